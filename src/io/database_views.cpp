#include "io/database_views.hpp"

#include <sqlite3.h>

#include <chrono>
#include <filesystem>
#include <vector>

#include "io/sqlite.hpp"
#include "io/sqlite_read.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

using Clock = std::chrono::steady_clock;

using sqlite::Handle;
using sqlite::prepared;
using sqlite::Query;

/// Without lock or log beside it; a log that is there belongs to a copy of ours and counts.
Handle open_untouched(std::string const& path) {
  std::error_code absent;
  bool const has_log = std::filesystem::file_size(path + "-wal", absent) > 0 && !absent;
  return sqlite::open_to_read(path, !has_log);
}

std::vector<std::string> views_of(sqlite3* database) {
  std::vector<std::string> out;
  Query const query = prepared(database, "SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name");
  while (query && sqlite3_step(query.get()) == SQLITE_ROW)
    if (auto const* name = sqlite3_column_text(query.get(), 0); name != nullptr)
      out.emplace_back(reinterpret_cast<char const*>(name));
  return out;
}

/// Called by SQLite every so many steps; anything but 0 ends the query.
int is_late(void* end) { return stop_requested() || Clock::now() > *static_cast<Clock::time_point*>(end) ? 1 : 0; }

}  // namespace

ViewFaults try_views(std::string const& path, Origin const& origin, std::chrono::milliseconds patience) {
  constexpr int steps_between_looks = 100000;
  ViewFaults out;
  Handle const database = open_untouched(path);
  if (database == nullptr) return out;
  auto end = Clock::now() + patience;
  sqlite3_progress_handler(database.get(), steps_between_looks, is_late, &end);
  for (std::string const& view : views_of(database.get())) {
    Query const query = prepared(database.get(), "SELECT * FROM " + sqlite::identifier(view));
    int result = query ? SQLITE_ROW : SQLITE_ERROR;
    while (result == SQLITE_ROW && is_late(&end) == 0) result = sqlite3_step(query.get());
    check_stop();
    if (is_late(&end) != 0)
      throw_error(ErrorKind::input,
                  "{} holds a view '{}' that takes more than {:g} s or never ends. Save the layer as a table in a new "
                  "file (in QGIS: Export), and name that.",
                  origin.text(), view, std::chrono::duration<double>(patience).count());
    if (result != SQLITE_DONE) out[view] = sqlite3_errmsg(database.get());
  }
  return out;
}

}  // namespace terrein
