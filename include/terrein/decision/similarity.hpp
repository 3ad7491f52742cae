#pragma once

#include <vector>

#include "terrein/decision/value_function.hpp"

namespace terrein {

/// How far candidates are from one of them.
struct Distances {
  Column<double> distance;     ///< 0 = alike in every criterion, 1 = as different as values can be; null where nothing
                               ///< that counts is known of both
  std::vector<double> shared;  ///< share of the weight that is known of both
};

/// Distance between values of a candidate and of all others: the mean of the differences |v - v'| of their values by
/// weight, over the criteria that are known of both (Gower 1971, "A general coefficient of similarity", in values
/// instead of measures, so that a difference counts by what it is worth). `weights` sum to 1. Precondition: `row` is a
/// row.
[[nodiscard]] Distances distances_from(std::vector<Values const*> const& values, std::vector<double> const& weights,
                                       Row row);

}  // namespace terrein
