#include "io/sqlite_read.hpp"

#include "io/sqlite.hpp"

namespace terrein::sqlite {

Handle open_to_read(std::string const& path, bool immutable) {
  std::string const uri = file_uri(path) + (immutable ? "?immutable=1" : "");
  sqlite3* opened = nullptr;
  constexpr int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
  int const result = sqlite3_open_v2(uri.c_str(), &opened, flags, nullptr);
  Handle handle(opened);
  if (result != SQLITE_OK) return nullptr;
  sqlite3_db_config(handle.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  return handle;
}

Query prepared(sqlite3* database, std::string const& sql) {
  sqlite3_stmt* statement = nullptr;
  bool const understood =
      sqlite3_prepare_v2(database, sql.c_str(), static_cast<int>(sql.size()) + 1, &statement, nullptr) == SQLITE_OK;
  Query out(statement);
  return understood ? std::move(out) : nullptr;
}

}  // namespace terrein::sqlite
