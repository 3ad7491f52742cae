#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "support/support.hpp"
#include "terrein/network/road_graph.hpp"

namespace terrein::test {

struct Arc {
  std::uint32_t from, to;
  double seconds;
};

/// A graph from a list of arcs, for tests that need no geometry. Nodes lie on a line.
inline RoadGraph graph_of(std::size_t nodes, std::vector<Arc> const& arcs) {
  RoadGraph graph;
  graph.first_out.assign(nodes + 1, 0);
  for (std::size_t node = 0; node < nodes; ++node) {
    graph.x.push_back(static_cast<double>(node));
    graph.y.push_back(0);
    for (Arc const& arc : arcs) {
      if (arc.from != node) continue;
      graph.head.push_back(arc.to);
      graph.seconds.push_back(arc.seconds);
      graph.length_m.push_back(arc.seconds);
    }
    graph.first_out[node + 1] = static_cast<std::uint32_t>(graph.head.size());
  }
  return graph;
}

/// All arcs as (from, to, seconds), in the order of the graph.
inline std::vector<std::array<double, 3>> arcs_of(RoadGraph const& graph) {
  std::vector<std::array<double, 3>> out;
  for (std::size_t node = 0; node < graph.nodes(); ++node)
    for (auto arc = graph.first_out[node]; arc < graph.first_out[node + 1]; ++arc)
      out.push_back({static_cast<double>(node), static_cast<double>(graph.head[arc]), graph.seconds[arc]});
  return out;
}

inline AnyColumn texts(std::string const& name, std::vector<char const*> const& values) {
  TextColumn column(name);
  for (char const* value : values)
    column.push(value == nullptr ? std::nullopt : std::optional<std::string_view>(value));
  return column;
}

inline AnyColumn numbers(std::string const& name, std::vector<std::optional<double>> const& values) {
  Column<double> column;
  column.name = name;
  for (auto const& value : values) column.push(value);
  return column;
}

inline AnyColumn wholes(std::string const& name, std::vector<std::optional<std::int64_t>> const& values) {
  Column<std::int64_t> column;
  column.name = name;
  for (auto const& value : values) column.push(value);
  return column;
}

}  // namespace terrein::test
