#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "judge.hpp"
#include "terrein/app/decision_spec.hpp"
#include "terrein/robustness/acceptability.hpp"
#include "terrein/robustness/information.hpp"
#include "terrein/robustness/sobol.hpp"
#include "terrein/robustness/stability.hpp"

namespace terrein {

/// How sure the ranking of a model is.
struct ModelRobustness {
  std::size_t top = 0;
  WeightSpace space;             ///< the weights that were drawn
  std::size_t factor_draws = 0;  ///< of the factors that its criteria rest on; 0 = on none, or on their central values
  Acceptability acceptability;
  std::vector<StabilityInterval> stability;  ///< of the weights of the criteria
  Column<double> edge;                    ///< smallest move of a weight that swaps a candidate with the one at the edge
  std::optional<ScoreVariance> variance;  ///< nothing where it cannot be told: see `ScoreVariance`
  std::vector<MissingFact> facts;         ///< what is worth knowing, most points first
};

/// A ranking as the robustness of it is asked for. `ids` name the candidates, and decide what is drawn for each.
/// `values` must outlive it.
[[nodiscard]] RankingProblem ranking_problem(std::vector<Values> const& values, std::vector<double> const& weights,
                                             Column<double> const& score, std::vector<std::uint8_t> const& ranked,
                                             std::vector<std::string> const& ids,
                                             std::vector<std::uint32_t> const& id_rank);
/// Per row what is drawn for its missing value together with others: the class whose value is a range. Empty where no
/// class of the function has one.
[[nodiscard]] std::vector<std::uint64_t> shared_value_key(ValueFunction const& function, Measure const& measure);

/// The weights that a model thinks possible, as the study says. `shares` are its weights.
[[nodiscard]] WeightSpace weight_space(RobustnessSpec const& spec, ModelConfig const& model,
                                       std::vector<double> const& shares);

/// Everything of one ranking but what is worth knowing.
[[nodiscard]] ModelRobustness robustness_of(RankingProblem const& problem, WeightSpace space,
                                            RobustnessSpec const& spec, std::size_t top, unsigned workers);

/// Adds the robustness to every model of a judgement that scores; `top` as in `RobustnessSpec`. Models whose score is
/// no weighted sum are left without: weights and values cannot be drawn for them.
void judge_robustness(Study const& study, Inputs const& inputs, std::size_t top, Judgement& judgement);
/// Whether weights can be drawn for a method: those whose score is a weighted sum. See `is_weighted_sum` for a model.
[[nodiscard]] bool draws_for(Aggregation const& aggregation);

}  // namespace terrein
