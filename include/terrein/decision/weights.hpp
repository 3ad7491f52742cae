#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/decision/bilingual.hpp"

namespace terrein {

// Weights of criteria, by several ways of asking people for them. Every function takes criteria by their place in
// `WeightSubject::criteria`, returns shares that sum to 1 in that order, and throws `Error{config}` with one sentence
// that names the weight set and the criterion. A weight belongs to the range from worst to best of its criterion: other
// goal-posts need other weights.

/// What weights are asked for: the names that sentences of faults use.
struct WeightSubject {
  std::string set;                    ///< name of the weight set
  std::vector<std::string> criteria;  ///< at least one
};

/// How weights came about.
enum class Elicitation : std::uint8_t {
  direct,
  rank_order,
  rank_sum,
  rank_reciprocal,
  swing,
  ahp_eigenvector,
  ahp_geometric_mean,
  best_worst,
  entropy,
  critic,
};
/// The names of the enumerators.
[[nodiscard]] std::string_view to_string(Elicitation how);
[[nodiscard]] std::optional<Elicitation> elicitation(std::string_view text);
/// As users read it; weights that describe data say so.
[[nodiscard]] Bilingual words_of(Elicitation how);

/// How well judgements agree with each other.
struct Consistency {
  std::optional<double> ratio;  ///< 0 = they agree; null where no ratio is defined
  Bilingual words;              ///< one or two sentences
};

/// A set of weights with its origin, as outputs print it.
struct WeightSet {
  std::string key, label_nl, label_en;
  std::string date;                    ///< when it was made
  std::string adopted_by, adopted_on;  ///< both empty: adopted by nobody
  Elicitation how = Elicitation::direct;
  std::vector<double> weights;    ///< sum to 1
  std::vector<double> low, high;  ///< least and greatest share of each; empty where no range was given
  std::optional<Consistency> consistency;
};

/// Shares of weights from 0 up, not all 0: the same numbers as `normalised_weights`.
[[nodiscard]] std::vector<double> direct_weights(WeightSubject const& subject, std::vector<double> const& weights);

enum class RankRule : std::uint8_t { centroid, sum, reciprocal };
/// Weights that stand in for an order of importance: `groups` from the most to the least important, criteria of a group
/// being equally important. Every criterion has one place. Rank order centroid (1/n) Σ_{i≥k} 1/i (Barron and Barrett
/// 1996, the mean of all weights in that order), rank sum 2(n+1−k)/(n(n+1)) and rank reciprocal (1/k)/Σ 1/i (Stillwell,
/// Seaver and Edwards 1981); a group gets the mean of the weights of its ranks.
[[nodiscard]] std::vector<double> rank_order_weights(WeightSubject const& subject,
                                                     std::vector<std::vector<std::size_t>> const& groups,
                                                     RankRule rule);

/// Points for the swing of a criterion from its worst to its best, on any scale from 0 up (by custom 100 for the most
/// valuable swing); `low` = `high` for points without doubt.
struct SwingPoints {
  double low = 0, high = 0;
};
struct SwingWeights {
  std::vector<double> weights;    ///< of the middle of each interval (a choice: people name no likeliest points)
  std::vector<double> low, high;  ///< the least and greatest share that points within the intervals can give, exactly
};
/// Points divided by their sum (Edwards and Barron 1994). Some `high` must be above 0; where all points may be 0, what
/// can be a share is told of points that are not all 0.
[[nodiscard]] SwingWeights swing_weights(WeightSubject const& subject, std::vector<SwingPoints> const& points);

}  // namespace terrein
