#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "terrein/robustness/ranking_problem.hpp"

namespace terrein {

// One weight moves and the others keep their proportions: w_j = t, w_i(t) = w_i (1 - t) / (1 - w_j) (Mareschal 1988). A
// score is then a quotient of two linear functions of t, linear where nothing is missing, so that two candidates change
// places at roots of a polynomial of degree two or less: all numbers here are exact but for rounding. Where a weight is
// 1 the others have no proportions, and share what it gives up evenly.

/// Two rows that change places where a weight leaves its interval.
struct Swap {
  double at = 0;                       ///< weight, share of 1
  Row falls = no_row, rises = no_row;  ///< of the top k, and from outside it
};

/// How far the weight of a criterion may move before the top k is another.
struct StabilityInterval {
  double weight = 0;                 ///< now, share of 1
  double low = 0, high = 1;          ///< of the weight: between them the top k stays
  std::optional<Swap> below, above;  ///< what ends it on either side; nothing at 0 and 1
};

/// One per criterion. The top k are the rows whose rank is k or better, ties kept whole; a tie at its edge that the
/// least move breaks gives an interval without width. With k rows or fewer no weight changes anything.
[[nodiscard]] std::vector<StabilityInterval> top_stability(RankingProblem const& problem, std::size_t k,
                                                           unsigned workers = 1);

/// Weights of criterion `j` at which rows `a` and `b` change places, ascending; none where they never do or always tie.
[[nodiscard]] std::vector<double> swap_points(RankingProblem const& problem, std::size_t j, Row a, Row b);

/// A single weight that moves as little as it can.
struct WeightMove {
  std::size_t criterion = 0;
  double from = 0, to = 0;  ///< shares of 1
};
/// The smallest move of a single weight with which `a` and `b` change places; nothing when none does. Ties go to the
/// first criterion.
[[nodiscard]] std::optional<WeightMove> smallest_swap(RankingProblem const& problem, Row a, Row b);

/// Per criterion whose weight can do it alone, the smallest move that brings a row from outside among the top k; least
/// moves first, ties in the order of the criteria. The row then scores as much as the k-th best of all, or a little
/// more: the move goes 1e-9 past the place where they tie. Empty for a row that is among them already or takes no part.
[[nodiscard]] std::vector<WeightMove> moves_into_top(RankingProblem const& problem, Row row, std::size_t k,
                                                     unsigned workers = 1);
/// The same until row `a` scores more than row `b`.
[[nodiscard]] std::vector<WeightMove> moves_past(RankingProblem const& problem, Row a, Row b);

/// For every row that takes part, the smallest move of a single weight, as a share of 1, with which it changes places
/// with the row at the edge of the top k: the k-th for rows outside it, the best row outside for those in it. Null
/// where no weight does it, where there is no such row, and for rows that take no part.
[[nodiscard]] Column<double> edge_distance(RankingProblem const& problem, std::size_t k, unsigned workers = 1);

}  // namespace terrein
