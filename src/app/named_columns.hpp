#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "terrein/core/table.hpp"

namespace terrein {

/// Columns that are found by name while they are filled, in the order in which they were first named.
class NamedColumns {
 public:
  TextColumn& texts(std::string const& name) { return std::get<TextColumn>(add(TextColumn(name))); }
  Column<double>& numbers(std::string const& name) { return std::get<Column<double>>(add(Column<double>(name, 0))); }
  Column<std::int64_t>& counts(std::string const& name) {
    return std::get<Column<std::int64_t>>(add(Column<std::int64_t>(name, 0)));
  }
  Table table(std::size_t rows) {
    Table out(rows);
    for (AnyColumn& column : columns_) out.add(std::move(column));
    columns_.clear();
    return out;
  }

 private:
  AnyColumn& add(AnyColumn column) {
    for (AnyColumn& there : columns_)
      if (name_of(there) == name_of(column)) return there;
    return columns_.emplace_back(std::move(column));
  }
  std::vector<AnyColumn> columns_;
};

}  // namespace terrein
