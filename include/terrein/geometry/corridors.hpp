#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

/// Row i: all land within `width_m` of the lines and points whose owner is i, united, with its holes; ends and bends
/// are round, by eight pieces a quarter. Owners of nothing have an empty row. Land comes out the same in any order.
/// Throws `Error{geometry}` when GEOS gives up. Precondition: an owner below `owners` per row of `lines`.
[[nodiscard]] GeometryColumn corridors(GeometryColumn const& lines, std::span<std::uint32_t const> owner,
                                       std::size_t owners, double width_m, unsigned workers);

/// A place that belongs to an owner.
struct OwnedPoint {
  double x = 0, y = 0;
  std::uint32_t owner = 0;
  auto operator<=>(OwnedPoint const&) const = default;
};
/// Areas that do not overlap, of areas that do: land of several owners goes to the owner of the nearest point
/// (Voronoi), the smaller owner where two have points on one place. Points further than `reach_m` from land of several
/// owners are not looked at. Together the areas are what they were. Throws as `corridors` does.
[[nodiscard]] GeometryColumn shared_out(GeometryColumn const& areas, std::vector<OwnedPoint> points, double reach_m);

}  // namespace terrein
