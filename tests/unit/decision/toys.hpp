#pragma once
// Small measures and values for the tests of this room.
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein::test {

using Numbers = std::vector<std::optional<double>>;
using Words = std::vector<std::optional<std::string>>;

/// A number measure; rows without a value have no bounds.
inline Measure numbers(Numbers const& values, std::string const& key = "x") {
  Measure out = unknown_measure(key, "m", false, values.size(), {});
  for (std::size_t row = 0; row < values.size(); ++row)
    if (values[row]) out.value.set(row, *values[row]);
  return out;
}

/// One row without a value, between bounds.
inline Measure between(std::optional<double> low, std::optional<double> high) {
  Measure out = numbers({std::nullopt});
  if (low) out.low.set(0, *low);
  if (high) out.high.set(0, *high);
  return out;
}

inline Measure words(Words const& values, std::string const& key = "zoning") {
  Measure out = unknown_measure(key, "class", true, 0, {});
  for (auto const& value : values) out.text.push(value ? std::optional<std::string_view>(*value) : std::nullopt);
  return out;
}

/// Values that are given as they are: a missing one may be anything from 0 to 1.
inline Values values_of(Numbers const& column) {
  Values out{Column<double>("", column.size()), std::vector<double>(column.size(), 0),
             std::vector<double>(column.size(), 1)};
  for (std::size_t row = 0; row < column.size(); ++row) {
    if (!column[row]) continue;
    out.value.set(row, *column[row]);
    out.low[row] = out.high[row] = *column[row];
  }
  return out;
}

inline std::vector<Values const*> pointers(std::vector<Values> const& values) {
  std::vector<Values const*> out;
  for (Values const& column : values) out.push_back(&column);
  return out;
}

/// A column as optional numbers, so that two can be compared row by row.
inline Numbers listed(Column<double> const& column) {
  Numbers out;
  for (std::size_t row = 0; row < column.size(); ++row) out.push_back(column.at(row));
  return out;
}

inline double uniform(std::mt19937& random, double low = 0, double high = 1) {
  return low + (high - low) * (static_cast<double>(random()) / 4294967295.0);
}

/// Equal within an absolute margin alone: `Approx` forgives a hundred thousandth besides.
inline Approx within(double value, double margin) { return Approx(value).epsilon(0).margin(margin); }

/// Random values of `rows` candidates; about one in four is missing, some of those within a narrower range.
inline Values random_values(std::mt19937& random, std::size_t rows) {
  Numbers column(rows);
  for (auto& value : column)
    if (random() % 4 != 0) value = uniform(random);
  Values out = values_of(column);
  for (std::size_t row = 0; row < rows; ++row) {
    if (column[row] || random() % 2 == 0) continue;
    out.low[row] = uniform(random, 0, 0.5);
    out.high[row] = uniform(random, out.low[row], 1);
  }
  return out;
}

}  // namespace terrein::test
