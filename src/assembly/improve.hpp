#pragma once

#include <optional>
#include <vector>

#include "assembly/site_set.hpp"

namespace terrein {

/// A set of a neighbourhood that is a site.
struct LocalSite {
  std::vector<std::uint8_t> in;
  double value = 0;
};

/// Grows a set by the neighbour that adds most worth per hectare until the target is met, then as long as that pays.
/// Nothing where it gets stuck. Pieces that must be in it come first, over the fewest pieces. `from` is where to start
/// (empty = the seed); pieces marked in `out` stay out (empty = none).
[[nodiscard]] std::optional<LocalSite> grow(Neighbourhood const& land, std::vector<std::uint8_t> const& from,
                                            std::vector<std::uint8_t> const& out);

/// Adds, drops and swaps single pieces, the best change first, as long as the site gets better and hangs together.
void improve(Neighbourhood const& land, LocalSite& site);

}  // namespace terrein
