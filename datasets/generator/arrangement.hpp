#pragma once

#include <string>
#include <vector>

#include "plane.hpp"

namespace terrein::demo {

/// What a line of the plan stands for. Decides how much land it takes from the parcels on both sides.
enum class Way { border, brook, canal, rail, motorway, ramp, main_road, local_road, street, track };
[[nodiscard]] double half_width(Way way);

struct Chain {
  Way way = Way::border;
  std::string name;
  Line line;
};

/// A planar graph made of chains that cross: nodes where they meet, edges between nodes, faces between edges.
struct Arrangement {
  struct Edge {
    std::size_t from, to;
    std::size_t chain;
  };
  struct Face {
    std::vector<std::size_t> nodes;               ///< counter-clockwise
    std::vector<std::size_t> chains;              ///< chain of the edge from node i to node i + 1
    std::vector<std::vector<std::size_t>> holes;  ///< clockwise rings of nodes
  };
  std::vector<Vec> nodes;
  std::vector<Edge> edges;  ///< in the order of the chains, then along them
  std::vector<Face> faces;  ///< bounded ones; edges with a loose end bound nothing

  [[nodiscard]] Ring ring(std::vector<std::size_t> const& of) const;
  [[nodiscard]] std::size_t nearest_node(Vec p) const;
};

/// Ends of chains within `snap` metres of another chain are drawn onto it; places nearer than a metre become one node.
[[nodiscard]] Arrangement arrange(std::vector<Chain> chains, double snap);

/// A point inside a face, away from its edges.
[[nodiscard]] Vec point_inside(Ring const& shell, std::vector<Ring> const& holes);

}  // namespace terrein::demo
