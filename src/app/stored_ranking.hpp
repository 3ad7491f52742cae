#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "drawn_factors.hpp"
#include "stored_scores.hpp"
#include "terrein/app/decision_spec.hpp"
#include "terrein/decision/criteria_tree.hpp"
#include "terrein/decision/scoring.hpp"
#include "terrein/robustness/information.hpp"
#include "terrein/robustness/ranking_problem.hpp"

namespace terrein {

/// Values of a criterion as the run had them. The stored ones come first: a measure without end, such as a distance to
/// nothing, is null in the file but has a value. The range of what has none follows from the bounds of its measure.
Values stored_values(StoredCandidates const& candidates, Measure const& measure, StoredModel const& model,
                     ModelCriterion const& one);

/// A model of a result as it was ranked, scored again from the values in the file.
struct StoredRanking {
  StoredModel const* model = nullptr;
  std::vector<Measure> measures;  ///< one per criterion of the model, likewise the values
  std::vector<Values> values;
  Scores scores;
  std::vector<SubScores> groups;       ///< of the groups of its criteria
  std::vector<std::uint8_t> standing;  ///< 1 = does not fail
  std::vector<std::uint8_t> ranked;
  Column<double> rank;
  RankingProblem problem;  ///< points at `values`
};
/// Throws `Error{input}` for columns that were left out. The model must outlive it, and have criteria.
/// `drawn` are the measures under draws of factors that the result holds; null = central values.
[[nodiscard]] std::unique_ptr<StoredRanking const> stored_ranking(StoredCandidates const& candidates,
                                                                  StoredModel const& model, DrawnFactors const* drawn,
                                                                  unsigned workers);
/// Measures under the draws of factors of a run; nothing for a result without.
[[nodiscard]] std::optional<DrawnFactors> stored_draws(ResultFile const& file, StoredCandidates const& candidates);

/// Exclusions of the model whose result is not known for some candidates, with the chances that they fail by it.
[[nodiscard]] std::vector<DoubtfulRule> stored_doubts(StoredCandidates const& candidates, StoredModel const& model);

/// How sure the run wanted to be, as table `robustness` says; nothing for a result without.
[[nodiscard]] std::optional<RobustnessSpec> stored_robustness_spec(ResultFile const& file);
/// Reads the ranges that weights were drawn within back into the models.
void read_drawn_ranges(ResultFile const& file, std::vector<StoredModel>& models);

}  // namespace terrein
