#pragma once

#include <cstddef>
#include <vector>

#include "terrein/decision/weights.hpp"

namespace terrein {

/// Every criterion compared with the most and with the least important one.
struct BestWorst {
  std::size_t best = 0, worst = 0;
  std::vector<double> best_to_others;   ///< how many times as important the best is, from 1 up; 1 for itself
  std::vector<double> others_to_worst;  ///< how many times as important as the worst, from 1 up; 1 for itself
};

struct BestWorstWeights {
  std::vector<double> weights;
  double deviation = 0;  ///< ξ: the greatest |w_B − a_Bj w_j| and |w_j − a_jW w_W|, the least that there can be
  /// max |a_Bj a_jW − a_BW| / (a_BW² − a_BW), from 0 (judgements agree) to 1 (Liang, Brunelli and Rezaei 2020). From
  /// which ratio on judgements should be made anew depends on the number of criteria and the scale; their table of
  /// thresholds is not known here.
  double consistency_ratio = 0;
  std::size_t farthest = 0;  ///< the criterion that this ratio comes from, the first of equals
};

/// The linear best-worst method (Rezaei 2016): the weights with the least ξ, to the last digit; there is one optimum.
/// Throws `Error{config}` where the best is the worst, a judgement is not finite and at least 1, that of a criterion
/// with itself is not 1, the two judgements of the best against the worst differ, or one surpasses that of the best
/// against the worst.
[[nodiscard]] BestWorstWeights best_worst_weights(WeightSubject const& subject, BestWorst const& judgements);
/// The ratio, and the criterion whose judgements agree least.
[[nodiscard]] Consistency consistency_of(WeightSubject const& subject, BestWorst const& judgements,
                                         BestWorstWeights const& found);

}  // namespace terrein
