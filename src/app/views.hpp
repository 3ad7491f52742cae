#pragma once

#include <cstddef>
#include <vector>

#include "judge.hpp"
#include "terrein/decision/agreement.hpp"
#include "terrein/decision/stakeholders.hpp"

namespace terrein {

/// What one model says with the weights of somebody who has a say.
struct StakeholderView {
  StakeholderSpec const* who = nullptr;
  WeightSet set;                ///< with its weights, whatever they follow from
  std::vector<double> weights;  ///< shares of the whole: those of the set, but for groups with weights of their own
  Scores scores;                ///< by the method of the model
  std::vector<std::uint8_t> ranked;  ///< 1 = does not fail, and enough is known by these weights
  Column<double> rank;
  Column<double> ranked_score;  ///< the score of what is ranked, null elsewhere
};

/// The views of all that have weights for a model, side by side.
struct ModelViews {
  std::size_t top = 0;  ///< the k of "in the top k"
  std::vector<StakeholderView> of;
  Consensus consensus;
  Conflict conflict;
  Support support;
  std::vector<AgreementRow> agreement;  ///< of each with the model itself ("(model)"), and of all pairs
};

/// Scores and ranks candidates with the weights of every stakeholder, for each model that scores: those who have no set
/// for a model do not count for it. Throws `Error{input}` where weights cannot follow from the data.
void judge_views(Study const& study, Inputs const& inputs, Judgement& judgement);

}  // namespace terrein
