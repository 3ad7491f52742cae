#pragma once

#include <optional>
#include <string>
#include <vector>

#include "terrein/decision/aggregation.hpp"

namespace terrein {

/// Criteria, and groups of criteria, that have a score together. The whole of a model is a group too.
struct CriteriaGroup {
  std::string key;
  std::optional<double> weight;        ///< among its brothers; the sum of the weights of its members when not given
  std::optional<double> compensation;  ///< a power mean with this exponent joins its members; when not given, the
                                       ///< method of the aggregation does
  std::vector<std::size_t> criteria;   ///< from 0, in the order of the values
  std::vector<CriteriaGroup> groups;
};

/// Scores of the whole and of every group below it, a group before its own groups.
struct SubScores {
  std::string key;
  Scores scores;
};
struct TreeScores {
  Scores scores;
  std::vector<SubScores> sub_scores;
};
/// Scores by groups: the score of a group counts in the group around it with the weight of the group times its
/// completeness, so that a weighted sum over the tree is the weighted sum with `flat_weights`, also where values are
/// missing. A tree without groups gives `aggregate`. Criteria keep the weights in `weights`, which count among the
/// members of their group. The score of a group without weight below it is null, from 0 to 1. PROMETHEE joins flows,
/// which add up.
///
/// Throws `Error{config}` for a criterion that is missing from the tree or stands in it twice, a group without members,
/// two groups of one key, a weight that is negative or not finite, a group with a weight whose members have none, and a
/// normalisation other than `fixed` with groups, since the scores of groups have their fixed scale already.
[[nodiscard]] TreeScores aggregate_tree(std::vector<Values const*> const& values, std::vector<double> const& weights,
                                        Aggregation const& aggregation, CriteriaGroup const& tree,
                                        unsigned workers = 1);
/// What every criterion weighs in the whole: its shares along the tree multiplied; they sum to 1. Throws as
/// `aggregate_tree`, and for no weight at all.
[[nodiscard]] std::vector<double> flat_weights(CriteriaGroup const& tree, std::vector<double> const& weights);

}  // namespace terrein
