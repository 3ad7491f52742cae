#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace terrein::sqlite {

/// "name" with quotes doubled, as SQL wants names of tables and columns.
[[nodiscard]] std::string identifier(std::string_view name);
/// 'text' with quotes doubled.
[[nodiscard]] std::string literal(std::string_view text);
/// "file:/path%20with%20signs", to which options such as "?immutable=1" may be added.
[[nodiscard]] std::string file_uri(std::string_view path);

/// A database file, for one writer. Every fault throws `Error{output}` with SQLite's own sentence.
class Database {
 public:
  /// A new one: the file must not exist.
  explicit Database(std::string path);
  /// One that exists, to be changed.
  [[nodiscard]] static Database existing(std::string path);
  /// Runs one or more statements without values.
  void run(std::string const& sql);
  /// The whole number that a query gives.
  [[nodiscard]] std::int64_t number(std::string const& sql) const;
  /// Closes and reports faults that show only then.
  void close();
  [[nodiscard]] sqlite3* get() const noexcept { return handle_.get(); }
  [[noreturn]] void fail() const;

 private:
  struct Close {
    void operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }
  };
  Database(std::string path, int flags);
  std::string path_;
  std::unique_ptr<sqlite3, Close> handle_;
};

/// A statement run many times with values. Texts and bytes must live until `run`.
class Statement {
 public:
  Statement(Database& database, std::string const& sql);
  Statement& null() { return checked(sqlite3_bind_null(handle_.get(), ++at_)); }
  Statement& number(double value) { return checked(sqlite3_bind_double(handle_.get(), ++at_, value)); }
  Statement& number(std::int64_t value) { return checked(sqlite3_bind_int64(handle_.get(), ++at_, value)); }
  Statement& text(std::string_view value);
  Statement& text(char const* value) { return text(std::string_view(value)); }
  Statement& text(std::string&& passing) = delete;
  /// Null for nothing and for empty text.
  Statement& text_or_null(std::string_view value) { return value.empty() ? null() : text(value); }
  Statement& text_or_null(std::string&& passing) = delete;
  Statement& bytes(std::span<unsigned char const> value);
  /// Runs with the values bound since the last run.
  void run();

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const noexcept { sqlite3_finalize(handle); }
  };
  Statement& checked(int result);

  Database& database_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
  int at_ = 0;
};

}  // namespace terrein::sqlite
