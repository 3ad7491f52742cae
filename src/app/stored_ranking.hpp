#pragma once

#include <memory>
#include <vector>

#include "stored_scores.hpp"
#include "terrein/decision/scoring.hpp"
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
  std::vector<std::uint8_t> standing;  ///< 1 = does not fail
  std::vector<std::uint8_t> ranked;
  Column<double> rank;
  RankingProblem problem;  ///< points at `values`
};
/// Throws `Error{input}` for columns that were left out. The model must outlive it, and have criteria.
[[nodiscard]] std::unique_ptr<StoredRanking const> stored_ranking(StoredCandidates const& candidates,
                                                                  StoredModel const& model, unsigned workers);

}  // namespace terrein
