#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "terrein/app/study.hpp"
#include "terrein/decision/criteria_tree.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {

// How the criteria of a model become its scores: a run and everything that scores a result anew go through here.

/// Whether a model scores by anything but the plain weighted sum: another method, groups, or vetoes. Results name what
/// it is; of the weighted sum, which is the rule, they say nothing more than they always did.
[[nodiscard]] bool has_method(ModelConfig const& model);
/// Whether its score is a weighted sum, with groups or without: points per criterion add up to it, and weights can be
/// drawn for it.
[[nodiscard]] bool is_weighted_sum(ModelConfig const& model);

/// The groups of a model; criteria in none stand at the top. Its key is empty, as is that of a whole without groups.
[[nodiscard]] CriteriaGroup tree_of(ModelConfig const& model);
/// What every criterion weighs in the whole, as shares of 1. Throws `Error{config}` as `normalised_weights` and
/// `flat_weights`.
[[nodiscard]] std::vector<double> weight_shares(ModelConfig const& model);

/// Scores of the whole and of the groups; `shares` are those of `weight_shares`. Throws `Error{config}` as `aggregate`,
/// naming the model.
[[nodiscard]] TreeScores scores_by(ModelConfig const& model, std::vector<Values> const& values,
                                   std::vector<double> const& shares, unsigned workers);
/// Empty without vetoes.
[[nodiscard]] VetoOutcome vetoes_by(ModelConfig const& model, std::vector<Values> const& values, unsigned workers);
/// Candidates that take part in the ranking: those that stand, have a score, are complete enough and are not vetoed.
[[nodiscard]] std::vector<std::uint8_t> ranked_rows(ModelConfig const& model, std::vector<std::uint8_t> const& standing,
                                                    Scores const& scores, VetoOutcome const& vetoes);

/// Method, normalisation, groups and vetoes in words, without capital and full stop.
[[nodiscard]] std::string method_note(ModelConfig const& model, Labels const& labels);
/// Label of a group in the user's language, its key when it has none.
[[nodiscard]] std::string group_label(ModelGroup const& group, Labels const& labels);

}  // namespace terrein
