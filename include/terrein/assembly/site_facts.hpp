#pragma once

#include <optional>

#include "terrein/assembly/site_search.hpp"

namespace terrein {

/// What one piece does for a site.
struct MemberFacts {
  std::uint32_t piece = 0;
  bool connects = false;  ///< without it the others do not hang together
  bool fills = false;     ///< without it the others are less than the target's least
  /// What the site is worth more with it than the best site that local search makes of the others; nothing when it
  /// makes none: then the site stands or falls with this piece. An upper limit of the loss.
  std::optional<double> loss;
};

/// What one piece beside a site would change.
struct BesideFacts {
  std::uint32_t piece = 0;
  enum class Why : std::uint8_t {
    worth_less,  ///< the site would be worth less with it
    worth_more,  ///< more, but a hard limit, or the search that did not go to the end, left it out
    too_large,   ///< the site would be larger than the target's most
    too_far,     ///< beyond the reach of the seed
    owners,      ///< more owners than allowed
    closed,      ///< taken by another site, or too near to one
  } why = Why::worth_less;
  double change = 0;  ///< of the value
};
[[nodiscard]] std::string_view to_string(BesideFacts::Why why);

struct SiteFacts {
  std::vector<MemberFacts> members;      ///< as `FoundSite::pieces`
  std::vector<BesideFacts> beside;       ///< pieces that touch the site, ascending
  std::optional<std::uint32_t> weakest;  ///< member with the largest loss, one without a loss first; index in `members`
  std::optional<BesideFacts> one_more;   ///< the best piece that could be added within the target
  std::optional<BesideFacts> one_less;   ///< the best member that could be dropped within the target
};

/// Looks at a site of a problem piece by piece. `closed` has a byte per piece of the graph: taken since. The seed of
/// the site may be dropped as any other.
[[nodiscard]] SiteFacts site_facts(SiteProblem const& problem, FoundSite const& site,
                                   std::vector<std::uint8_t> const& closed);

}  // namespace terrein
