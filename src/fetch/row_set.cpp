#include "fetch/row_set.hpp"

#include <charconv>
#include <cmath>

#include "terrein/core/text.hpp"

namespace terrein {
namespace {

AnyColumn empty_column(std::string const& name, FieldType type) {
  if (type == FieldType::whole) return Column<std::int64_t>(name, 0);
  if (type == FieldType::real) return Column<double>(name, 0);
  return TextColumn(name);
}

void push_null(AnyColumn& column) {
  std::visit([](auto& own) { own.push(std::nullopt); }, column);
}

bool exact_as_real(std::int64_t value) {
  constexpr std::int64_t most = std::int64_t{1} << 53;
  return value >= -most && value <= most;
}

void widen_to_text(AnyColumn& column) {
  TextColumn out(name_of(column));
  for (std::size_t row = 0; row < size_of(column); ++row) {
    auto const text = text_at(column, row);
    out.push(text ? std::optional<std::string_view>(*text) : std::nullopt);
  }
  column = std::move(out);
}

/// Whole numbers as reals; as text when one of them has no exact real.
void widen_to_real(AnyColumn& column) {
  auto const& whole = std::get<Column<std::int64_t>>(column);
  Column<double> out(whole.name, 0);
  for (std::size_t row = 0; row < whole.size(); ++row) {
    if (whole.is_known(row) && !exact_as_real(whole.values[row])) return widen_to_text(column);
    out.push(whole.is_known(row) ? std::optional<double>(static_cast<double>(whole.values[row])) : std::nullopt);
  }
  column = std::move(out);
}

void push_text(AnyColumn& column, std::string const& text) {
  if (!std::holds_alternative<TextColumn>(column)) widen_to_text(column);
  std::get<TextColumn>(column).push(text);
}

void push_whole(AnyColumn& column, std::int64_t value) {
  if (auto* const own = std::get_if<Column<std::int64_t>>(&column)) return own->push(value);
  auto* const real = std::get_if<Column<double>>(&column);
  if (real != nullptr && exact_as_real(value)) return real->push(static_cast<double>(value));
  push_text(column, std::to_string(value));
}

void push_real(AnyColumn& column, double value) {
  if (!std::isfinite(value)) return push_null(column);
  if (std::holds_alternative<Column<std::int64_t>>(column)) widen_to_real(column);
  if (auto* const own = std::get_if<Column<double>>(&column)) return own->push(value);
  push_text(column, shortest(value));
}

void push(AnyColumn& column, Cell const& cell) {
  if (auto const* const whole = std::get_if<std::int64_t>(&cell)) return push_whole(column, *whole);
  if (auto const* const real = std::get_if<double>(&cell)) return push_real(column, *real);
  if (auto const* const text = std::get_if<std::string>(&cell)) return push_text(column, *text);
  push_null(column);
}

FieldType type_of(Cell const& cell) {
  if (std::holds_alternative<double>(cell)) return FieldType::real;
  return std::holds_alternative<std::string>(cell) ? FieldType::text : FieldType::whole;
}

}  // namespace

std::size_t RowSet::index_of(std::string const& name, FieldType type) {
  auto const [place, added] = index_.try_emplace(name, columns_.size());
  if (added) columns_.push_back(empty_column(name, type));
  return place->second;
}

void RowSet::declare(FieldSpec const& field) { index_of(field.name, field.type); }

void RowSet::add(Feature feature) {
  std::size_t const row = ids_.size();
  ids_.push_back(std::move(feature.id));
  shapes_.push(std::move(feature.shape));
  for (auto const& [name, cell] : feature.values) {
    AnyColumn& column = columns_[index_of(name, type_of(cell))];
    while (size_of(column) < row) push_null(column);
    if (size_of(column) == row) push(column, cell);  // of a field that comes twice the first value counts
  }
}

Table RowSet::table() const {
  Table out(size());
  for (AnyColumn column : columns_) {
    while (size_of(column) < size()) push_null(column);
    out.add(std::move(column));
  }
  return out;
}

Cell cell_of(std::string const& text, FieldType type) {
  if (text.empty()) return {};
  if (type == FieldType::real) {
    if (auto const value = parse_number(text)) return *value;
  } else if (type == FieldType::whole) {
    if (text == "true" || text == "false") return std::int64_t{text == "true" ? 1 : 0};
    std::int64_t value = 0;
    char const* const end = text.data() + text.size();
    auto const [stopped, fault] = std::from_chars(text.data(), end, value);
    if (fault == std::errc{} && stopped == end) return value;
  }
  return text;
}

}  // namespace terrein
