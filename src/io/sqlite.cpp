#include "io/sqlite.hpp"

#include <filesystem>
#include <utility>

#include "terrein/core/error.hpp"

namespace terrein::sqlite {
namespace {

std::string wrapped(std::string_view text, char quote) {
  std::string out(1, quote);
  for (char const c : text) {
    if (c == quote) out += quote;
    out += c;
  }
  return out + quote;
}

}  // namespace

std::string identifier(std::string_view name) { return wrapped(name, '"'); }
std::string file_uri(std::string_view path) {
  std::string uri = "file:";
  for (char const c : path) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/';
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

std::string literal(std::string_view text) { return wrapped(text, '\''); }

namespace {

/// Throws for a path that is taken.
std::string new_path(std::string path) {
  if (std::filesystem::exists(path))
    throw_error(ErrorKind::output, "The GeoPackage '{}' exists already. Remove it, or write to another name.", path);
  return path;
}

}  // namespace

Database::Database(std::string path) : Database(new_path(std::move(path)), SQLITE_OPEN_CREATE) {}

Database Database::existing(std::string path) { return {std::move(path), 0}; }

Database::Database(std::string path, int flags) : path_(std::move(path)) {
  sqlite3* handle = nullptr;
  // Without a lock around every call: this object serves one thread at a time.
  int const result =
      sqlite3_open_v2(path_.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | flags, nullptr);
  handle_.reset(handle);
  if (result != SQLITE_OK) fail();
}

void Database::fail() const {
  throw_error(ErrorKind::output,
              "The GeoPackage '{}' could not be written: {}. Check the free space and your rights in "
              "that folder.",
              path_, sqlite3_errmsg(handle_.get()));
}

void Database::run(std::string const& sql) {
  if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

std::int64_t Database::number(std::string const& sql) const {
  sqlite3_stmt* handle = nullptr;
  bool const found = sqlite3_prepare_v2(handle_.get(), sql.c_str(), -1, &handle, nullptr) == SQLITE_OK &&
                     sqlite3_step(handle) == SQLITE_ROW;
  std::int64_t const out = found ? sqlite3_column_int64(handle, 0) : 0;
  sqlite3_finalize(handle);
  if (!found) fail();
  return out;
}

void Database::close() {
  if (sqlite3_close(handle_.get()) != SQLITE_OK) fail();
  static_cast<void>(handle_.release());
}

Statement::Statement(Database& database, std::string const& sql) : database_(database) {
  sqlite3_stmt* handle = nullptr;
  int const result = sqlite3_prepare_v2(database.get(), sql.c_str(), -1, &handle, nullptr);
  handle_.reset(handle);
  if (result != SQLITE_OK) database_.fail();
}

Statement& Statement::text(std::string_view value) {
  char const* const data = value.empty() ? "" : value.data();  // a null pointer would mean null
  return checked(sqlite3_bind_text64(handle_.get(), ++at_, data, value.size(), nullptr, SQLITE_UTF8));
}

Statement& Statement::bytes(std::span<unsigned char const> value) {
  return checked(sqlite3_bind_blob64(handle_.get(), ++at_, value.data(), value.size(), nullptr));
}

Statement& Statement::checked(int result) {
  if (result != SQLITE_OK) database_.fail();
  return *this;
}

void Statement::run() {
  at_ = 0;
  int const result = sqlite3_step(handle_.get());
  if (result != SQLITE_DONE && result != SQLITE_ROW) database_.fail();
  if (sqlite3_reset(handle_.get()) != SQLITE_OK) database_.fail();
}

}  // namespace terrein::sqlite
