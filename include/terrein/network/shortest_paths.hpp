#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "terrein/geometry/nearest.hpp"
#include "terrein/network/road_graph.hpp"

namespace terrein {

inline constexpr double unreachable = std::numeric_limits<double>::infinity();

/// Where a search starts: node, seconds already spent there, and the source (a terminal) it stands for.
struct Start {
  std::uint32_t node = 0;
  double seconds = 0;
  std::uint32_t source = 0;  ///< ties go to the smallest
};
struct Reached {
  std::vector<double> seconds;         ///< per node, `unreachable` if not reached within the limit
  std::vector<std::uint32_t> source;   ///< nearest source per node, no_row if not reached
};
/// Multi-source Dijkstra with cut-off (`limit` included). Equal times go to the smallest source.
[[nodiscard]] Reached shortest_seconds(RoadGraph const& graph, std::vector<Start> const& starts,
                                       double limit = unreachable);

/// Seconds from every candidate to the nearest feature of a layer, by road: candidate centroid straight to the nearest
/// road node at `access_kmh`, by road in the allowed direction, and from the road node nearest to the feature straight
/// to it (its centroid) at `access_kmh`.
struct CentroidTimes {
  std::vector<double> seconds;  ///< `unreachable` when no path exists
  std::vector<Row> feature;     ///< row of the nearest feature, smallest id in ties
};
[[nodiscard]] CentroidTimes centroid_times(RoadGraph const& graph, GeometryColumn const& candidates,
                                           Layer const& features, std::vector<std::uint8_t> const& selected,
                                           double access_kmh, unsigned workers);

}  // namespace terrein
