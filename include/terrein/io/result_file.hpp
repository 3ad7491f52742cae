#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace terrein {

/// A value of a result: nothing (null, and shapes), a number or a text.
using ResultValue = std::variant<std::monostate, double, std::string>;
/// A row by column name.
using ResultRow = std::map<std::string, ResultValue>;

/// The number, or nothing where the column is absent, null or a text.
[[nodiscard]] std::optional<double> number_in(ResultRow const& row, std::string const& column);
/// The text, or an empty one where the column is absent, null or a number.
[[nodiscard]] std::string text_in(ResultRow const& row, std::string const& column);

/// A table as a GeoPackage lists it.
struct ResultTable {
  std::string name, title;
  bool has_shapes = false;
};

/// A result of terrein, open for reading. Nothing is written to it or beside it, and views are never carried out.
/// All that cannot be read throws `Error{input}`.
class ResultFile {
 public:
  /// Throws `Error{input}` for a file that is absent, is no GeoPackage, or was not written by terrein.
  explicit ResultFile(std::filesystem::path const& path);
  ~ResultFile();
  ResultFile(ResultFile const&) = delete;
  ResultFile& operator=(ResultFile const&) = delete;

  /// The manifest, JSON.
  [[nodiscard]] std::string const& manifest() const noexcept { return manifest_; }
  /// In the order in which they were written: the candidates stand first.
  [[nodiscard]] std::vector<ResultTable> const& tables() const noexcept { return tables_; }
  /// Whether there is such a table.
  [[nodiscard]] bool has(std::string const& table) const;
  /// Columns in their order, without key and shape; none for a table that is not there.
  [[nodiscard]] std::vector<std::string> columns(std::string const& table) const;
  /// Titles of columns; a column without one is left out.
  [[nodiscard]] std::map<std::string, std::string> titles(std::string const& table) const;
  /// All rows in their order; none for a table that is not there.
  [[nodiscard]] std::vector<ResultRow> rows(std::string const& table) const;
  /// Rows whose column is this text; none where there is no such table or column.
  [[nodiscard]] std::vector<ResultRow> rows_with(std::string const& table, std::string const& column,
                                                 std::string const& text) const;
  /// All known texts of a column, in the order of the rows; none where there is no such table or column.
  [[nodiscard]] std::vector<std::string> texts(std::string const& table, std::string const& column) const;
  /// How many rows have a value in a column; 0 where there is no such table or column.
  [[nodiscard]] std::size_t known(std::string const& table, std::string const& column) const;

 private:
  struct Database;
  std::unique_ptr<Database> database_;
  std::string manifest_;
  std::vector<ResultTable> tables_;
};

}  // namespace terrein
