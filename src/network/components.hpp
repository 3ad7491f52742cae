#pragma once

#include <cstdint>
#include <vector>

#include "network/road_lines.hpp"
#include "terrein/network/road_graph.hpp"

namespace terrein {

/// Parts of a graph: the number of the part of every node, by the order of their first nodes.
struct Parts {
  std::vector<std::uint32_t> of_node;
  std::uint32_t count = 0;
};

/// Nodes that lines join, whatever their direction.
[[nodiscard]] Parts joined_parts(RoadLines const& lines);
/// Nodes that reach each other (Tarjan, Depth-first search and linear graph algorithms, 1972), without recursion.
[[nodiscard]] Parts mutual_parts(RoadGraph const& graph);

}  // namespace terrein
