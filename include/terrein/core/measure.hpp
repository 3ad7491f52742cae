#pragma once

#include <string>
#include <utility>
#include <vector>

#include "terrein/core/column.hpp"

namespace terrein {

/// Why nothing could be measured, for a reader of either language: part of a sentence without capital and full stop.
struct Reason {
  std::string en{}, nl{};
  [[nodiscard]] bool empty() const noexcept { return en.empty(); }
};

/// Bounds of numbers that are not known; null = no bound. Most measures know every number: then it has no rows at all,
/// and reads as null everywhere; which is why it is no `Column`.
class BoundColumn : private Column<double> {
 public:
  using Column::Column, Column::values, Column::known, Column::size, Column::set, Column::push;
  BoundColumn() = default;
  explicit BoundColumn(Column<double> column) : Column(std::move(column)) {}
  [[nodiscard]] bool is_known(std::size_t row) const noexcept { return row < size() && Column::is_known(row); }
  [[nodiscard]] std::optional<double> at(std::size_t row) const {
    return is_known(row) ? std::optional<double>(values[row]) : std::nullopt;
  }
  /// The rows it has.
  [[nodiscard]] Column<double> const& column() const noexcept { return *this; }
  /// Makes room for `rows` rows, where it has none.
  void make_rows(std::size_t rows);
  /// Gives its memory back when no row has a bound.
  void drop_if_null();
};

/// What a criterion measured for every candidate: a number or a class, what is known about it when it is not known,
/// and which source feature decided.
struct Measure {
  std::string key;   ///< of the criterion in the study
  std::string unit;  ///< "m", "m2", "share", "min", "n", "class" …
  bool is_class = false;
  Column<double> value;   ///< numbers; empty (size 0) for a class
  TextColumn text;        ///< classes; empty (size 0) for a number
  char separator = '\0';  ///< between the classes of a row that may have several; 0 = one class
  BoundColumn low, high;  ///< of the number where it is not known; as many rows as `value`, or none
  std::vector<Row> by;    ///< row of the layer `by_layer` that decided, `no_row` for none
  std::string by_layer;   ///< empty when no layer decides (shape, own attribute)
  Reason why_unknown;     ///< set when nothing could be measured at all

  [[nodiscard]] std::size_t size() const noexcept { return is_class ? text.size() : value.size(); }
  [[nodiscard]] bool is_known(std::size_t row) const noexcept {
    return is_class ? text.is_known(row) : value.is_known(row);
  }
};

/// A measure of which nothing is known, with the reason. Its bounds have rows.
[[nodiscard]] Measure unknown_measure(std::string key, std::string unit, bool is_class, std::size_t rows, Reason why);

}  // namespace terrein
