#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "terrein/robustness/ranking_problem.hpp"
#include "terrein/robustness/weight_space.hpp"

namespace terrein {

/// How much of the variance of an output comes from each input (Sobol 1993). Nothing where the output does not vary.
struct SobolIndices {
  double variance = 0;
  std::vector<std::optional<double>> first;  ///< by the input alone
  std::vector<std::optional<double>> total;  ///< with all that it does together with others
};

/// A function of numbers between 0 and 1, one per input, that writes all outputs.
using UnitFunction = std::function<void(double const* inputs, double* outputs)>;

/// Indices of every output, from `points` · (`inputs` + 2) evaluations on a shifted Sobol sequence (Saltelli et al.
/// 2010 for the first order, Jansen 1999 for the total). `points` is a power of two. The function is called by several
/// workers at a time. The same for any number of workers.
[[nodiscard]] std::vector<SobolIndices> sobol_indices(std::size_t inputs, std::size_t outputs, std::size_t points,
                                                      std::uint64_t seed, unsigned workers,
                                                      UnitFunction const& function);

struct ScoreVarianceOptions {
  std::size_t points = 512;
  std::uint64_t seed = 1;
  std::size_t top = 20;
  std::size_t listed = 100;  ///< best rows whose scores and places in the top k are looked at
  unsigned workers = 1;
};

/// What the scores of a ranking depend on. Inputs are the weights before they are brought to a sum of 1, which are
/// independent, unlike the weights themselves: gamma numbers for `around` and `any` (as in `WeightSampler`), uniform
/// ones within `ranges`; and, as two more inputs after those of the criteria, all missing values together and, where
/// there are draws of factors, these.
struct ScoreVariance {
  std::vector<Row> listed;              ///< best rows by score
  std::vector<SobolIndices> score;      ///< of their scores, 0 to 1
  std::vector<SobolIndices> in_top;     ///< of whether they are in the top k
  SobolIndices all_scores, all_in_top;  ///< of the listed together, weighed by their variance (Gamboa et al. 2014)
};
/// Whether a row is in the top k is judged among the rows of `contenders`, which should hold all that could be in it.
/// Throws `Error{config}` for `fixed` weights, which nothing depends on, and for an `order`, whose weights depend on
/// each other.
[[nodiscard]] ScoreVariance score_variance(RankingProblem const& problem, WeightSpace const& space,
                                           std::vector<std::uint8_t> const& contenders,
                                           ScoreVarianceOptions const& options);

}  // namespace terrein
