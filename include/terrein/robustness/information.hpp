#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "terrein/decision/rules.hpp"
#include "terrein/robustness/ranking_problem.hpp"

namespace terrein {

/// One thing that is not known of one candidate, and what knowing it could change. The decision is which k candidates
/// are chosen; a chosen candidate is worth its score, one that turns out to fail nothing.
struct MissingFact {
  Row row = no_row;
  bool is_rule = false;
  std::size_t index = 0;  ///< of the criterion of the model, or of the rule
  bool chosen = false;    ///< the candidate is in the top k as things stand
  double chance = 0;      ///< that knowing it changes the choice, when every value that remains possible is as likely
  double gain = 0;        ///< points (0 to 100) that the choice would be better for it, on average: the expected value
                          ///< of perfect information about this one thing (Raiffa & Schlaifer 1961)
};

/// A rule whose result is not known for some rows.
struct DoubtfulRule {
  std::size_t index = 0;
  /// Per row the chance that the candidate fails by it, 0 where that is known.
  std::vector<double> chance;
};

/// What is worth looking into first, most points first, ties by id, then criteria before rules, in their order.
///
/// A missing value of a ranked row changes the choice when its score, with the value known and the weights renormalised
/// as always, passes the edge: the k-th score for rows outside the top, the best score outside for rows in it. The
/// score is linear in the value, so that chance and gain have closed forms. A rule that may exclude a chosen candidate
/// changes it when it does. A row without rank takes part only where the one value alone makes it complete enough:
/// `min_completeness`, rows with `standing` 1 alone.
[[nodiscard]] std::vector<MissingFact> worth_knowing(RankingProblem const& problem, std::size_t k,
                                                     std::vector<DoubtfulRule> const& rules, double min_completeness,
                                                     std::vector<std::uint8_t> const& standing);

/// Chance that a rule applies to a value that may lie anywhere between `low` and `high`; one half where a bound is
/// missing, or infinite, and the other does not settle it.
[[nodiscard]] double chance_of(RuleTest const& test, std::optional<double> low, std::optional<double> high);

}  // namespace terrein
