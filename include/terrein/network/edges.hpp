#pragma once

#include <cstdint>
#include <vector>

#include "terrein/network/road_graph.hpp"

namespace terrein {

/// A stretch of a network between two nodes, with its line.
struct NetworkEdge {
  std::uint32_t from = 0, to = 0;     ///< nodes of the graph that `build_road_graph` makes of the same layer
  double seconds = 0, length_m = 0;   ///< from end to end
  bool along = true, against = true;  ///< open from `from` to `to`, and from `to` to `from`
  bool certain = true;                ///< false = it is not known whether the vehicle may pass
  Row row = no_row;                   ///< of the layer
  std::uint32_t begin = 0, end = 0;   ///< its vertices in the layer, those of several paths one after the other
};

/// The stretches a road graph is made of, in the order of the source rows. Rows without a usable line have none. Throws
/// what `build_road_graph` throws.
[[nodiscard]] std::vector<NetworkEdge> network_edges(Layer const& roads, GraphOptions const& options,
                                                     unsigned workers = 1);

}  // namespace terrein
