#pragma once

#include <vector>

#include "decision/by_rows.hpp"
#include "terrein/decision/aggregation.hpp"

namespace terrein {

/// The scores of members by a method, one of them with weight. Ranges are not widened.
[[nodiscard]] Scores combine(std::vector<Member> const& members, Aggregation const& aggregation, unsigned workers);
/// Per criterion, (1 + net flow) / 2 of every candidate over the others, and its range. Their weighted sum is the score
/// of PROMETHEE II.
[[nodiscard]] std::vector<Values> flow_values(std::vector<Values const*> const& values,
                                              std::vector<double> const& weights, Aggregation const& aggregation,
                                              unsigned workers);
/// Throws for lists of different lengths, and for weights that are negative, not finite, or all 0.
void require_fit(std::vector<Values const*> const& values, std::vector<double> const& weights);

}  // namespace terrein
