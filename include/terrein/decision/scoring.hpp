#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "terrein/decision/rules.hpp"
#include "terrein/decision/value_function.hpp"

namespace terrein {

/// Weights as shares of 1. Throws `Error{config}` (naming `model`) for negative or infinite weights, NaN, or a sum of
/// zero.
[[nodiscard]] std::vector<double> normalised_weights(std::vector<double> const& weights, std::string const& model);

/// Scores of all candidates by weighted linear combination, in [0, 1].
struct Scores {
  Column<double> score;              ///< renormalised over the known weights; null when nothing is known
  std::vector<double> low, high;     ///< missing values at their worst and best, widened to include the score
  std::vector<double> completeness;  ///< share of the weight that is known
};
/// `weights` sum to 1, one per entry of `values`. Criteria with weight 0 change nothing. Sums run in the order of
/// `values`.
[[nodiscard]] Scores weighted_sum(std::vector<Values const*> const& values, std::vector<double> const& weights,
                                  unsigned workers = 1);
/// Points (0..100) each criterion adds to a candidate's score: they sum to 100 · score; 0 for unknown criteria,
/// so all 0 where the score is null.
[[nodiscard]] std::vector<double> contributions(std::vector<Values const*> const& values,
                                                std::vector<double> const& weights, std::size_t row);

enum class RankKind { competition, dense, average };
inline constexpr double tie_tolerance = 1e-12;
/// Ranks from the highest score down, null where `eligible` is 0 or the score is null. Scores within `tie_tolerance` of
/// the first of their group tie. Equal scores keep row order.
[[nodiscard]] Column<double> ranks(Column<double> const& score, std::vector<std::uint8_t> const& eligible,
                                   RankKind kind = RankKind::competition, unsigned workers = 1);
/// Rows of the best `k`, whole tie groups kept, ordered by score descending, ties (as in `ranks`) by `id_rank`.
[[nodiscard]] std::vector<Row> top(Column<double> const& score, std::vector<std::uint8_t> const& eligible,
                                   std::vector<std::uint32_t> const& id_rank, std::size_t k);

}  // namespace terrein
