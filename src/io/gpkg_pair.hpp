#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace terrein::gpkg {

/// Two GeoPackages open side by side, for reading: the first as schema `main`, the second as `other`. Nothing is
/// written to them or beside them, and views are never carried out.
class Pair {
 public:
  using Statement = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;

  /// Throws `Error{input}` for a file that is absent, or that another program holds with changes in a log.
  Pair(std::filesystem::path const& first, std::filesystem::path const& second);
  [[nodiscard]] Statement prepare(std::string const& sql) const;
  /// Steps to the next row; false at the end. Throws `Error{input}`.
  [[nodiscard]] bool step(Statement const& statement) const;
  /// The first column of all rows, as text.
  [[nodiscard]] std::vector<std::string> texts(std::string const& sql) const;
  [[nodiscard]] std::size_t count(std::string const& sql) const;

 private:
  [[noreturn]] void fail() const;

  std::string files_;
  std::unique_ptr<sqlite3, int (*)(sqlite3*)> handle_;
};

/// A value as text; "null" where there is none.
[[nodiscard]] std::string text_of(sqlite3_stmt* statement, int column);

}  // namespace terrein::gpkg
