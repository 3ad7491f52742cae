#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace terrein {

/// Two numbers are the same when they differ by at most `absolute`, or by `relative` times the larger of them.
struct Tolerance {
  double relative = 1e-9;
  double absolute = 1e-6;
};

/// What differs in one column of a table that two GeoPackages have.
struct ColumnDifference {
  std::string column;
  std::size_t rows = 0;       ///< whose values are not the same
  double largest = 0;         ///< difference between two numbers, or two coordinates, within the tolerance or not
  std::string id;             ///< of the row of the largest difference; of the first other one where none are numbers
  std::string first, second;  ///< its values, as text; of shapes "a shape" and the like
};

struct TableComparison {
  std::string table;
  std::string key;                         ///< column by which rows are found again
  bool in_first = true, in_second = true;  ///< whether the file has the table
  std::size_t rows = 0;                    ///< that both have
  std::size_t only_first = 0, only_second = 0;
  std::string example_first, example_second;  ///< key of such a row
  std::vector<std::string> columns_only_first, columns_only_second;
  std::vector<ColumnDifference> columns;  ///< those with any difference, also within the tolerance

  [[nodiscard]] bool same() const;
};

/// Compares two GeoPackages table by table and column by column, in the order of the first. Rows are found again by the
/// first attribute when its values are unique and known in both files, else by their number (`rowid`). Whole numbers
/// (ranks, counts) and texts are compared exactly, other numbers and the coordinates of shapes within the tolerance.
/// Styles are left out: they are no values. Nothing is written to the files or beside them. Throws `Error{input}` for
/// one that cannot be read.
[[nodiscard]] std::vector<TableComparison> compare_packages(std::filesystem::path const& first,
                                                            std::filesystem::path const& second,
                                                            Tolerance const& tolerance);

}  // namespace terrein
