#include <algorithm>

#include "layer_steps.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

bool is_null(FieldRename const& rename, std::optional<std::string> const& text) {
  return !text || std::find(rename.nulls.begin(), rename.nulls.end(), trim(*text)) != rename.nulls.end();
}

AnyColumn renamed(AnyColumn const& column, FieldRename const& rename) {
  std::size_t const rows = size_of(column);
  if (rename.factor == 1 && std::holds_alternative<TextColumn>(column)) {
    TextColumn out(rename.name);
    for (std::size_t row = 0; row < rows; ++row) {
      auto const text = text_at(column, row);
      out.push(is_null(rename, text) ? std::nullopt : std::optional<std::string_view>(*text));
    }
    return out;
  }
  if (auto const* whole = std::get_if<Column<std::int64_t>>(&column); whole != nullptr && rename.factor == 1) {
    Column<std::int64_t> out(rename.name, 0);
    for (std::size_t row = 0; row < rows; ++row)
      out.push(is_null(rename, text_at(column, row)) ? std::nullopt : whole->at(row));
    return out;
  }
  Column<double> out(rename.name, 0);
  for (std::size_t row = 0; row < rows; ++row) {
    auto const value = is_null(rename, text_at(column, row)) ? std::nullopt : number_at(column, row);
    out.push(value ? std::optional<double>(*value * rename.factor) : std::nullopt);
  }
  return out;
}

}  // namespace

Table rename_fields(Table table, std::vector<FieldRename> const& renames) {
  for (FieldRename const& rename : renames) {
    AnyColumn const* source = table.find(rename.from);
    if (source == nullptr) continue;
    bool const in_place = lower(rename.from) == lower(rename.name);
    if (!in_place && table.find(rename.name) != nullptr) continue;  // the source's own attribute of that name counts
    AnyColumn made = renamed(*source, rename);
    if (!in_place) {
      table.add(std::move(made));
      continue;
    }
    Table out(table.rows());
    for (AnyColumn const& column : table.columns()) out.add(&column == source ? std::move(made) : column);
    table = std::move(out);
  }
  return table;
}

}  // namespace terrein
