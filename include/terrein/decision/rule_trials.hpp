#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "terrein/decision/rules.hpp"

namespace terrein {

/// What two rules of a model take together. Sums are kept in whole mm² as in the ledger.
struct RulePair {
  std::size_t a = 0, b = 0;  ///< places in the model, a < b
  std::size_t both_n = 0;    ///< candidates that fail both
  double both_ha = 0;
  std::size_t only_n = 0;  ///< candidates that fail both and no other rule
  double only_ha = 0;
  double gain_net_ha = 0;  ///< net developable hectares gained, at least, if both were dropped: the net of candidates
                           ///< that fail no rule but one or both of these, and for cuts their marginal areas in every
                           ///< candidate that no other rule fails. Land that both cut lies in the margin of neither,
                           ///< and would be gained too. What is unknown by other rules counts
};
/// All pairs of rules that can fail a candidate (exclude and cut, not at site level), in their order: (0, 1), (0, 2) …
/// Throws as `ledger`.
[[nodiscard]] std::vector<RulePair> rule_pairs(std::vector<RuleSpec> const& rules,
                                               std::vector<RuleOutcome const*> const& results,
                                               LedgerInput const& input);

/// A candidate that fails a model by one excluding rule alone.
struct NearMiss {
  std::size_t rule = 0;  ///< place in the model
  Row row = no_row;
  double margin = 0;  ///< of the measure to the threshold, 0 or less: how far it would have to move
};
/// Candidates that fail by exactly one rule whose margin is known, by rule in their order, nearest first, ties by
/// `id_rank`. Cuts fail a candidate only when they take all of it, which nobody misses by little, and classes have no
/// margin. Rows with `lost` not 0 fail whatever one rule says (all their land is cut). At most `most` in all: every
/// rule gives its nearest in turn, so that none pushes the others out. Throws as `outcomes`.
[[nodiscard]] std::vector<NearMiss> near_misses(std::vector<RuleSpec> const& rules,
                                                std::vector<RuleOutcome const*> const& results,
                                                std::vector<std::uint8_t> const& lost,
                                                std::vector<std::uint32_t> const& id_rank, std::size_t most);

}  // namespace terrein
