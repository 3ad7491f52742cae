#pragma once

#include <cmath>
#include <limits>
#include <utility>

#include "terrein/core/measure.hpp"

namespace terrein {

struct Bounds {
  double low, high;
};

/// What is known of a number: twice the number itself, else its bounds, infinite on a side without one. NaN counts as
/// missing; crossed bounds are put in order. Precondition: not a class.
[[nodiscard]] inline Bounds bounds_of(Measure const& measure, std::size_t row) {
  auto const given = [row](auto const& column, double otherwise) {
    return row < column.size() && column.is_known(row) && !std::isnan(column.values[row]) ? column.values[row]
                                                                                          : otherwise;
  };
  double const value = given(measure.value, std::numeric_limits<double>::quiet_NaN());
  if (!std::isnan(value)) return {value, value};
  constexpr double unlimited = std::numeric_limits<double>::infinity();
  Bounds out{given(measure.low, -unlimited), given(measure.high, unlimited)};
  if (out.low > out.high) std::swap(out.low, out.high);
  return out;
}

}  // namespace terrein
