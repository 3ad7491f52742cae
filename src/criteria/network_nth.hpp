#pragma once

#include "criteria/workbench.hpp"

namespace terrein {

/// What the way to the n-th nearest feature costs, in the direction asked for. Known where the candidate's centroid
/// lies inside the coverage of the roads and none that is not known can be cheaper: none without class or shape, and
/// none outside the coverage of the features, to which no way costs less than the straight line says. Fewer than n
/// features in reach: unknown.
[[nodiscard]] Measure measure_nth(CriterionSpec const& spec, Workbench& bench, TravelCost cost);

}  // namespace terrein
