#include "append_rows.hpp"

#include <cmath>

namespace terrein {
namespace {

/// A column that holds fractions if it must.
AnyColumn roomy(AnyColumn column, AnyColumn const* more) {
  auto const* const whole = std::get_if<Column<std::int64_t>>(&column);
  auto const* const numbers = more == nullptr ? nullptr : std::get_if<Column<double>>(more);
  if (whole == nullptr || numbers == nullptr) return column;
  bool fractions = false;
  for (std::size_t row = 0; row < numbers->size(); ++row)
    fractions = fractions || (numbers->is_known(row) && numbers->values[row] != std::floor(numbers->values[row]));
  if (!fractions) return column;
  Column<double> out(whole->name, 0);
  for (std::size_t row = 0; row < whole->size(); ++row)
    out.push(whole->is_known(row) ? std::optional(static_cast<double>(whole->values[row])) : std::nullopt);
  return out;
}

void push(Column<double>& column, AnyColumn const& more, std::size_t row) { column.push(number_at(more, row)); }

void push(Column<std::int64_t>& column, AnyColumn const& more, std::size_t row) {
  if (auto const* const whole = std::get_if<Column<std::int64_t>>(&more)) return column.push(whole->at(row));
  auto const number = number_at(more, row);
  bool const fits = number && *number == std::floor(*number) && std::abs(*number) < 9e15;
  column.push(fits ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt);
}

void push(TextColumn& column, AnyColumn const& more, std::size_t row) { column.push(text_at(more, row)); }

template <class Any>
void push_nulls(Any& column, std::size_t rows) {
  for (std::size_t row = 0; row < rows; ++row) column.push(std::nullopt);
}

}  // namespace

void append_rows(Layer& layer, Layer const& more) {
  std::size_t const rows = layer.size() + more.size();
  GeometryBuilder builder(layer.geometry);
  for (Row row = 0; row < more.size(); ++row) builder.copy_row(more.geometry, row);
  Table attributes(rows);
  for (AnyColumn& before : std::move(layer.attributes).take_columns()) {
    AnyColumn const* const added = more.attributes.find(name_of(before));
    AnyColumn column = roomy(std::move(before), added);
    std::visit(
        [&](auto& values) {
          if (added == nullptr) return push_nulls(values, more.size());
          for (std::size_t row = 0; row < more.size(); ++row) push(values, *added, row);
        },
        column);
    attributes.add(std::move(column));
  }
  layer.attributes = std::move(attributes);
  layer.id.insert(layer.id.end(), more.id.begin(), more.id.end());
  layer.id_rank = rank_ids(layer.id);
}

}  // namespace terrein
