#pragma once

#include <vector>

#include "geometry/noded.hpp"

namespace terrein {

/// An edge with a row on its left and no twin: something ends here.
struct FreeEdge {
  Point a, b;
};

/// The free edges of a layer, ring by ring in the order of the rows. Of the edges that stacked rows have in common one;
/// of those that run both ways none: there is land on both sides.
[[nodiscard]] std::vector<FreeEdge> free_edges(NodedLand const& land, unsigned workers);

}  // namespace terrein
