#pragma once

#include <cstdint>
#include <vector>

#include "geometry/noded.hpp"

namespace terrein {

/// An edge with rows on its left and less or none on its right: something ends here.
struct FreeEdge {
  Point a, b;
  std::uint32_t rows = 1;  ///< how many more there are on its left
};

/// The free edges of a layer, ring by ring in the order of the rows. Of the edges between two places one, or none where
/// as many run one way as the other: there is land on both sides, or one row goes there and back (a spike that a corner
/// of a neighbour made) and there is none on either.
[[nodiscard]] std::vector<FreeEdge> free_edges(NodedLand const& land, unsigned workers);

}  // namespace terrein
