#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "terrein/core/column.hpp"

namespace terrein {

/// Columns of equal length, found by name, in the order in which they were added.
class Table {
 public:
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::vector<AnyColumn> const& columns() const noexcept { return columns_; }
  [[nodiscard]] std::vector<std::string> names() const;
  /// The columns of a table that is needed no more.
  [[nodiscard]] std::vector<AnyColumn> take_columns() && { return std::move(columns_); }
  /// nullptr when there is no such column. Exact match first, then case-insensitive.
  [[nodiscard]] AnyColumn const* find(std::string_view name) const;
  /// Adds a column. Throws `Error{internal}` when the length or the name does not fit.
  void add(AnyColumn column);
  /// An empty table gets its number of rows from its first column, or from here.
  explicit Table(std::size_t rows = 0) : rows_(rows) {}

 private:
  std::size_t rows_;
  std::vector<AnyColumn> columns_;
};

/// The rows `rows` of a table, in that order.
[[nodiscard]] Table take(Table const& table, std::vector<Row> const& rows);

}  // namespace terrein
