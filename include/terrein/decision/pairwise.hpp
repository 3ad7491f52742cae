#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "terrein/decision/weights.hpp"

namespace terrein {

/// Criterion `a` is `ratio` times as important as criterion `b`; that `b` is 1/ratio of `a` goes without saying.
struct PairJudgement {
  std::size_t a = 0, b = 0;
  double ratio = 1;
};

enum class PairwiseMethod : std::uint8_t {
  eigenvector,     ///< principal eigenvector (Saaty 1980); of incomplete judgements Harker's matrix (1987)
  geometric_mean,  ///< row geometric means; of incomplete judgements logarithmic least squares (Bozóki et al. 2010)
};

/// The three criteria i < j < k, all compared with each other, whose judgements contradict each other most.
struct WorstTriple {
  std::array<std::size_t, 3> criteria{};
  double factor = 1;      ///< the product of the judgements around the triple or its inverse, whichever is above 1
  PairJudgement suspect;  ///< the judgement of the three that fits the weights least, the way it was given
  double consistent = 1;  ///< the ratio it should have for the other two to be right
};

struct PairwiseWeights {
  std::vector<double> weights;
  double lambda_max = 0;         ///< greatest eigenvalue; the number of criteria when no judgement contradicts another
  double consistency_index = 0;  ///< (λ − n)/(n − 1), 0 for fewer than three criteria
  /// Consistency index by that of random judgements; 0 for fewer than three criteria, nothing beyond the table. Saaty's
  /// table (up to 10 criteria) is general knowledge and unverified: printed versions differ in the last place. Alonso
  /// and Lamata's (2006) goes to 15. Both tables are of complete judgements: with pairs left out contradictions weigh
  /// less, so that the ratio is too mild (Ágoston and Csató 2022).
  std::optional<double> ratio_saaty, ratio_alonso_lamata;
  std::size_t pairs_given = 0, pairs_possible = 0;
  std::optional<WorstTriple> worst;  ///< nothing when no triple contradicts itself (by more than a rounded ninth digit)
};

/// Consistency ratio that is accepted by custom (Saaty); a convention, not a law.
inline constexpr double usual_consistency_ratio = 0.1;

/// Weights from judgements of pairs; not every pair needs one, but together they must link all criteria. Throws
/// `Error{config}` for ratios that are not finite and above 0, a criterion compared with itself, a pair that is judged
/// twice, and criteria that no chain of judgements links, naming the separate parts.
[[nodiscard]] PairwiseWeights pairwise_weights(WeightSubject const& subject,
                                               std::vector<PairJudgement> const& judgements, PairwiseMethod method);
/// The ratio (Alonso and Lamata's), whether it is within the custom, and the worst triple with what would mend it.
[[nodiscard]] Consistency consistency_of(WeightSubject const& subject, PairwiseWeights const& found);

}  // namespace terrein
