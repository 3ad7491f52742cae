#pragma once

#include <functional>
#include <optional>

#include "assembly/bounds.hpp"
#include "assembly/improve.hpp"

namespace terrein {

/// Whether a set of pieces of a neighbourhood may be a site, for reasons that are no sums.
using Accept = std::function<bool(std::vector<std::uint8_t> const& in)>;

struct ExactAnswer {
  std::optional<LocalSite> site;  ///< the best found, worth more than `least_value`
  double bound = no_site;         ///< no site of the neighbourhood is worth more
  bool proven = false;            ///< there is no better one than `site`, or none worth more than `least_value`
  std::size_t nodes = 0;
};

/// Branch and bound, the node with the highest bound first: a piece beside the set comes in, or stays out for good.
/// Every connected set with the seed is the set of one node, so that the search is complete. Sites worth `least_value`
/// or less are not looked for. `known` is where to start. Ends after `most_nodes`.
[[nodiscard]] ExactAnswer search_exactly(Neighbourhood const& land, std::optional<LocalSite> known, double least_value,
                                         std::size_t most_nodes, Accept const& accept);

}  // namespace terrein
