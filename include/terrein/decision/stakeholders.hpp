#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/core/column.hpp"

namespace terrein {

// Several stakeholders, each with weights and so with a ranking of their own: what they agree on and where they differ.
// A candidate that a stakeholder does not rank (too little is known by that one's weights) is neither good nor bad for
// that one: it takes no place, counts for nothing, and how far it is ranked stands beside every number.

/// One stakeholder's ranking. Columns must outlive this.
struct Stakeholder {
  std::string name;
  Column<double> const* score = nullptr;  ///< null where nothing is known
  Column<double> const* rank = nullptr;   ///< `RankKind::competition`, 1 = best; null = not ranked
  double share = 1;                       ///< say of this one beside the others, above 0; shares need not sum to 1
};

/// The ranking of all together, among the candidates that everyone ranks.
struct Consensus {
  Column<double>
      mean_rank;        ///< mean of the ranks among these, by share (the Borda count); ties have their average rank
  Column<double> rank;  ///< competition rank of that mean; both null for candidates that not everyone ranks
  /// Kendall's W over these candidates, every stakeholder counting once, corrected for ties (Kendall and Smith 1939):
  /// 1 = all rank alike, 0 = no agreement. Null for one stakeholder, fewer than two candidates, and when everyone ties
  /// all.
  std::optional<double> agreement;
  std::size_t candidates = 0;  ///< how many everyone ranks
};
/// Throws `Error{config}` without stakeholders, for two of one name and a share that is not finite and above 0,
/// `Error{internal}` for columns of different lengths. The same for all functions below.
[[nodiscard]] Consensus consensus(std::vector<Stakeholder> const& stakeholders, unsigned workers = 1);

/// How far stakeholders are apart about a candidate; each one's rank among all that this one ranks.
struct Conflict {
  Column<double> best_rank, worst_rank;  ///< null when nobody ranks it
  Column<double> rank_spread;            ///< worst − best; null when fewer than two rank it
  /// Standard deviation of the scores around their mean, by share, over the stakeholders that rank it; null for fewer
  /// than two.
  Column<double> score_deviation;
};
[[nodiscard]] Conflict conflict(std::vector<Stakeholder> const& stakeholders, unsigned workers = 1);

enum class Acceptance : std::uint8_t {
  everyone,      ///< in the top k of every stakeholder
  not_everyone,  ///< somebody ranks it below
  unknown,       ///< in the top k of all that rank it, but not all do
};
/// "everyone", "not everyone", "unknown"
[[nodiscard]] std::string_view to_string(Acceptance acceptance);

/// Who has a candidate among the best k, ties with the last of them included.
struct Support {
  std::vector<std::uint32_t> ranked_n, top_k_n;   ///< stakeholders that rank it; that have it in their top k
  std::vector<double> ranked_share, top_k_share;  ///< the same by share of all: at most top_k + 1 − ranked have it
  std::vector<Acceptance> acceptance;
};
/// Throws also `Error{config}` for k = 0.
[[nodiscard]] Support support(std::vector<Stakeholder> const& stakeholders, std::size_t k, unsigned workers = 1);

}  // namespace terrein
