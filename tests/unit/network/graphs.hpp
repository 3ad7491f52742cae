#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "support/support.hpp"
#include "terrein/network/road_graph.hpp"
#include "terrein/network/shortest_paths.hpp"

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

/// All-pairs times by Floyd and Warshall: slow, short, and nothing like the code under test.
inline std::vector<std::vector<double>> all_pairs(std::size_t nodes, std::vector<Arc> const& arcs) {
  std::vector<std::vector<double>> d(nodes, std::vector<double>(nodes, unreachable));
  for (std::size_t i = 0; i < nodes; ++i) d[i][i] = 0;
  for (Arc const& arc : arcs) d[arc.from][arc.to] = std::min(d[arc.from][arc.to], arc.seconds);
  for (std::size_t k = 0; k < nodes; ++k)
    for (std::size_t i = 0; i < nodes; ++i)
      for (std::size_t j = 0; j < nodes; ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
  return d;
}

inline std::uint32_t draw(std::mt19937& random, std::uint32_t below) {
  return static_cast<std::uint32_t>(random() % below);
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
