#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "terrein/geometry/corridors.hpp"
#include "terrein/network/reach.hpp"

namespace terrein {

/// Reached parts as lines.
struct ReachedLines {
  GeometryColumn lines;              ///< a row per part, several lines where the stretch has several paths
  std::vector<std::uint32_t> owner;  ///< of the part: its source
  std::vector<double> metres;
};
[[nodiscard]] ReachedLines lines_of(GeometryColumn const& network, std::span<NetworkEdge const> edges,
                                    std::span<ReachedPart const> parts);

/// Places along reached parts, no more than `spacing_m` apart, with their source. Both sides of a place where the
/// source changes have one equally far from it, so that the border between both runs through it. A node whose own
/// source is another one, because a road is one-way there, is left to that, and the part begins a metre on.
[[nodiscard]] std::vector<OwnedPoint> points_along(GeometryColumn const& network, std::span<NetworkEdge const> edges,
                                                   StretchReach const& reach, std::span<ReachedPart const> parts,
                                                   double spacing_m);

}  // namespace terrein
