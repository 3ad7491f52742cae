#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "terrein/robustness/ranking_problem.hpp"
#include "terrein/robustness/weight_space.hpp"

namespace terrein {

struct AcceptabilityOptions {
  std::size_t draws = 1000;
  std::uint64_t seed = 1;
  std::size_t top = 20;             ///< the k of "in the top k"
  std::size_t listed = 100;         ///< so many of the best rows get shares of ranks, wins and central weights
  std::size_t ranks = 100;          ///< ranks that are told apart for them
  std::size_t with_range = 50'000;  ///< so many of the best rows get a range of ranks
  std::size_t range_draws = 400;    ///< draws that the ranges rest on, the first ones
  Missing missing = Missing::drawn;
  unsigned workers = 1;
};

/// The weights with which a row comes first, on average.
struct CentralWeights {
  double share = 0;             ///< of draws in which it comes first, alone or together
  std::vector<double> weights;  ///< empty when it never does: a row that never wins has no central weights
};

/// How often what happens when weights and missing values are drawn (stochastic multicriteria acceptability analysis;
/// Lahdelma, Hokkanen & Salminen 1998, Lahdelma & Salminen 2001). A rank is one more than the number of rows that
/// score more by over `tie_tolerance`; rows that tie share their ranks evenly in `rank_share`, and are all in the top k
/// when their rank is.
struct Acceptability {
  std::size_t draws = 0, top = 0;
  Column<double> in_top;                        ///< share of draws in which a row is in the top k; null without rank
  Column<std::int64_t> rank_low, rank_high;     ///< that 5 % of draws do not surpass, and 95 %; the best `with_range`
  std::vector<Row> listed;                      ///< the best rows by score, best first
  std::vector<std::vector<double>> rank_share;  ///< [listed][rank - 1], and in the last place all ranks beyond
  std::vector<std::vector<double>> wins;        ///< [a][b]: share of draws in which a scores more than b
  std::vector<CentralWeights> central;          ///< of the listed
  std::size_t same_top = 0;                     ///< draws whose top k is that of the weights themselves
};

/// The standard error of a share p is sqrt(p (1 - p) / draws). The same for any number of workers and any order of
/// rows. Throws `Error{config}` without draws or with a top of 0.
[[nodiscard]] Acceptability acceptability(RankingProblem const& problem, WeightSampler const& sampler,
                                          AcceptabilityOptions const& options);

/// Share of draws of missing values in which `row` comes first with these weights: the confidence factor of its central
/// weights. Without missing values one look settles it.
[[nodiscard]] double confidence(RankingProblem const& problem, Row row, std::vector<double> const& weights,
                                AcceptabilityOptions const& options);

}  // namespace terrein
