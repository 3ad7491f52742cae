#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "terrein/core/measure.hpp"
#include "terrein/decision/attribution.hpp"
#include "terrein/decision/rules.hpp"
#include "terrein/decision/value_function.hpp"

namespace terrein {

// What differs between two judgements of candidates, whether they come from files or from one study twice: plain
// columns in, changes out.

/// A criterion of a model in one result.
struct CriterionView {
  std::string key, label;
  double weight = 0;  ///< as written; with groups its share in the whole
  ValueFunction function;
  Column<double> value;  ///< 0..1, null where it is not known
};

/// A rule of a model in one result.
struct RuleView {
  RuleSpec rule;
  std::string label;
  std::string layer, classes;  ///< of a cut: what it takes away
  double buffer_m = 0;         ///< of a cut
  std::vector<RuleResult> result;
};

/// A model in one result.
struct ModelView {
  std::string key, label;
  bool additive = true;                 ///< its score is a weighted sum
  std::vector<CriterionView> criteria;  ///< none: a model that only tests
  std::vector<RuleView> rules;
  Column<double> score;  ///< 0..100; no rows without criteria
  Column<double> rank;   ///< likewise
  std::vector<Outcome> outcome;
};

/// Gives what was measured for a criterion by the order of the rows of a view. Asked only where a value function or a
/// test changed.
using MeasureOf = std::function<Measure(std::string const& criterion)>;

struct ResultView {
  ModelView const& model;
  MeasureOf measure_of;
};

/// Where a candidate stands in both results; `no_row` where it is not.
struct MatchedRows {
  Row before = no_row, after = no_row;
};
/// Candidates of either result by their ids, in the order of `id_less`. Throws `Error{input}` for an id that occurs
/// twice in one.
[[nodiscard]] std::vector<MatchedRows> matched_rows(std::vector<std::string> const& before,
                                                    std::vector<std::string> const& after);

/// A rule that says something else of a candidate.
struct RuleShift {
  std::size_t rule = 0;                     ///< in `ModelChanges::rules`
  std::optional<RuleResult> before, after;  ///< nothing where that result does not have the rule
  RuleReason reason = RuleReason::measure;
};

/// A candidate whose score, rank or outcome is another, or which only one result has.
struct CandidateShift {
  std::size_t pair = 0;
  std::optional<double> score_before, score_after;
  std::optional<std::int64_t> rank_before, rank_after;
  std::optional<Outcome> outcome_before, outcome_after;  ///< nothing where that result does not have the candidate
  bool in_top_before = false, in_top_after = false;
  std::vector<CriterionPoints> parts;  ///< of the difference of the scores; `criterion` is that of `ModelChanges`
  double unexplained = 0;  ///< what the values in the results leave of it, where somebody changed a file by hand; all
                           ///< of it where a score is no weighted sum
  std::vector<RuleShift> rules;

  [[nodiscard]] std::optional<double> score_change() const {
    return score_before && score_after ? std::optional(*score_after - *score_before) : std::nullopt;
  }
  /// Places won (positive) or lost.
  [[nodiscard]] std::optional<std::int64_t> places_won() const {
    return rank_before && rank_after ? std::optional(*rank_before - *rank_after) : std::nullopt;
  }
  /// Sums of `parts` by cause.
  [[nodiscard]] PointsByCause by_cause() const;
  [[nodiscard]] bool outcome_changed() const { return outcome_before != outcome_after; }
};

struct NamedKey {
  std::string key, label;
};

/// What differs in one model.
struct ModelChanges {
  std::string key, label;
  bool additive = true;                       ///< in both results, so that differences have causes by criterion
  std::vector<NamedKey> criteria, rules;      ///< of either result: in the order of the new one, then those it lacks
  std::vector<CandidateShift> changed;        ///< in the order of the pairs
  std::size_t both = 0, added = 0, gone = 0;  ///< candidates in both results, only in the new one, only in the old one
  std::size_t ranked_before = 0, ranked_after = 0;
  std::size_t up = 0, down = 0, got_rank = 0, lost_rank = 0;  ///< of those in both
  std::size_t score_changed = 0;                              ///< with a score in both that differs
  std::size_t outcome_changed = 0;                            ///< of those in both
  std::size_t top_before = 0, top_after = 0, top_both = 0;    ///< in the best `top`, whole groups of ties
  PointsByCause sum{}, mean_size{};  ///< points by cause, and their mean size over all with a score in both
  std::size_t scored_both = 0;
  std::size_t unexplained = 0;              ///< candidates with such points
  std::optional<double> kendall, spearman;  ///< of the scores of those with a rank in both, see `Agreement`
};

struct ChangeOptions {
  std::int64_t top = 20;
  unsigned workers = 1;
};

/// Differences of scores up to this are none: the last digits may differ between processors.
inline constexpr double score_tolerance = 1e-9;

/// Compares one model in two results. Scores are those of the results; what their values do not account for is
/// `unexplained`. The same answer for any number of workers.
[[nodiscard]] ModelChanges compare_models(ResultView const& before, ResultView const& after,
                                          std::vector<MatchedRows> const& pairs, ChangeOptions const& options);

}  // namespace terrein
