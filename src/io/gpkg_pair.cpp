#include "io/gpkg_pair.hpp"

#include "io/sqlite.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein::gpkg {
namespace fs = std::filesystem;
namespace {

/// Without a log beside it a file is read as it stands, so that SQLite makes no log of its own.
std::string read_only_uri(fs::path const& file) {
  std::error_code absent;
  if (!fs::is_regular_file(file, absent)) throw_error(ErrorKind::input, "There is no file '{}'.", file.string());
  fs::path const log = file.string() + "-wal";
  if (auto const logged = fs::file_size(log, absent); !absent && logged > 0)
    throw_error(ErrorKind::input,
                "'{}' has changes in '{}' that are not in the file yet. Close it in the program that made them, then "
                "ask again.",
                file.string(), log.string());
  return sqlite::file_uri(fs::absolute(file).string()) + "?immutable=1";
}

}  // namespace

Pair::Pair(fs::path const& first, fs::path const& second)
    : files_("'" + first.string() + "' and '" + second.string() + "'"), handle_(nullptr, sqlite3_close_v2) {
  std::string const main = read_only_uri(first), other = read_only_uri(second);
  sqlite3* handle = nullptr;
  int const result = sqlite3_open_v2(main.c_str(), &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr);
  handle_.reset(handle);
  if (result != SQLITE_OK) fail();
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  static_cast<void>(step(prepare("ATTACH " + sqlite::literal(other) + " AS other")));
}

void Pair::fail() const {
  throw_error(ErrorKind::input, "{} cannot be compared: {}.", files_, sqlite3_errmsg(handle_.get()));
}

Pair::Statement Pair::prepare(std::string const& sql) const {
  sqlite3_stmt* made = nullptr;
  int const result = sqlite3_prepare_v2(handle_.get(), sql.c_str(), -1, &made, nullptr);
  if (result != SQLITE_OK) fail();
  return {made, sqlite3_finalize};
}

bool Pair::step(Statement const& statement) const {
  int const result = sqlite3_step(statement.get());
  if (result != SQLITE_ROW && result != SQLITE_DONE) fail();
  return result == SQLITE_ROW;
}

std::vector<std::string> Pair::texts(std::string const& sql) const {
  std::vector<std::string> out;
  Statement const statement = prepare(sql);
  while (step(statement)) out.push_back(text_of(statement.get(), 0));
  return out;
}

std::size_t Pair::count(std::string const& sql) const {
  Statement const statement = prepare(sql);
  return step(statement) ? static_cast<std::size_t>(sqlite3_column_int64(statement.get(), 0)) : 0;
}

std::string text_of(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
      return "null";
    case SQLITE_FLOAT:
      return shortest(sqlite3_column_double(statement, column));
    case SQLITE_BLOB:
      return "a shape";
    default: {
      auto const* bytes = reinterpret_cast<char const*>(sqlite3_column_text(statement, column));
      return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
    }
  }
}

}  // namespace terrein::gpkg
