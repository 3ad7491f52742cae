#pragma once

#include "terrein/network/road_graph.hpp"

namespace terrein {

/// The same nodes with the arcs that `is_open`.
template <class Open>
RoadGraph part_of(RoadGraph const& graph, Open const& is_open) {
  RoadGraph out;
  out.x = graph.x;
  out.y = graph.y;
  out.stretch = graph.stretch;
  for (std::size_t node = 0; node < graph.nodes(); ++node) {
    out.first_out.push_back(static_cast<std::uint32_t>(out.head.size()));
    for (auto arc = graph.first_out[node]; arc < graph.first_out[node + 1]; ++arc) {
      if (!is_open(arc)) continue;
      out.head.push_back(graph.head[arc]);
      out.seconds.push_back(graph.seconds[arc]);
      out.length_m.push_back(graph.length_m[arc]);
    }
  }
  out.first_out.push_back(static_cast<std::uint32_t>(out.head.size()));
  return out;
}

}  // namespace terrein
