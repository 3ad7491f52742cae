#pragma once

#include <span>

#include "geometry/free_edges.hpp"

namespace terrein {

/// Rings along which free edges have no land on their right, each as a polygon that begins at its smallest corner.
/// Whether land lies behind them all the same, because it lies over the whole, must be asked of the land.
struct VoidRings {
  GeometryColumn faces;    ///< around empty land: all with more than an area
  GeometryColumn islands;  ///< around land that hangs together, from outside; not those that are rounding alone
};
/// Faces with more than `least_area`, and those that are small but could hold an island. In no particular order.
[[nodiscard]] VoidRings void_rings(std::span<FreeEdge const> edges, double least_area, unsigned workers);

}  // namespace terrein
