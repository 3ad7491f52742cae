#include "terrein/network/edges.hpp"

#include "network/road_lines.hpp"

namespace terrein {

std::vector<NetworkEdge> network_edges(Layer const& roads, GraphOptions const& options, unsigned workers) {
  Issues told_with_the_graph;
  RoadLines const lines(roads, options, workers, told_with_the_graph);
  std::vector<NetworkEdge> out;
  out.reserve(lines.lines().size());
  for (RoadLines::Line const& line : lines.lines())
    out.push_back({line.from, line.to, line.seconds, line.length_m, line.direction != Direction::against,
                   line.direction != Direction::along, lines.states()[line.row] != LineState::unknown, line.row,
                   line.begin, line.end});
  return out;
}

}  // namespace terrein
