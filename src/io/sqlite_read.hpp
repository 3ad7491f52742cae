#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>

namespace terrein::sqlite {

struct CloseHandle {
  void operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }
};
struct FinalizeQuery {
  void operator()(sqlite3_stmt* handle) const noexcept { sqlite3_finalize(handle); }
};
/// A database that is only read, for one thread at a time.
using Handle = std::unique_ptr<sqlite3, CloseHandle>;
using Query = std::unique_ptr<sqlite3_stmt, FinalizeQuery>;

/// Opens a file without writing to it or beside it; its schema is not trusted. `immutable` takes no lock and looks at
/// no log. Null when SQLite cannot.
[[nodiscard]] Handle open_to_read(std::string const& path, bool immutable);
/// Null when SQLite does not understand the statement.
[[nodiscard]] Query prepared(sqlite3* database, std::string const& sql);

}  // namespace terrein::sqlite
