#include "terrein/core/table.hpp"

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

std::vector<std::string> Table::names() const {
  std::vector<std::string> out;
  for (AnyColumn const& column : columns_) out.push_back(name_of(column));
  return out;
}

AnyColumn const* Table::find(std::string_view name) const {
  for (AnyColumn const& column : columns_)
    if (name_of(column) == name) return &column;
  for (AnyColumn const& column : columns_)
    if (lower(name_of(column)) == lower(name)) return &column;
  return nullptr;
}

void Table::add(AnyColumn column) {
  if (columns_.empty() && rows_ == 0) rows_ = size_of(column);
  if (size_of(column) != rows_)
    throw_error(ErrorKind::internal, "Column '{}' has {} rows, its table has {}.", name_of(column), size_of(column),
                rows_);
  for (AnyColumn const& other : columns_)
    if (name_of(other) == name_of(column))
      throw_error(ErrorKind::internal, "Column '{}' is already in the table.", name_of(column));
  columns_.push_back(std::move(column));
}

Table take(Table const& table, std::vector<Row> const& rows) {
  Table out(rows.size());
  for (AnyColumn const& column : table.columns()) out.add(take(column, rows));
  return out;
}

}  // namespace terrein
