#pragma once

#include <string>
#include <vector>

#include "arrangement.hpp"
#include "plan.hpp"
#include "random.hpp"

namespace terrein::demo {

enum class Kind { field, house, farm, works, wood, whole };

/// A parcel on the plan.
struct Plot {
  Ring ring;
  Kind kind = Kind::field;
  bool has_front = false;
  Vec front_a, front_b;  ///< a stretch of the street it lies along, land on the left
  bool core = false;     ///< in the village core: houses stand on the street
  std::size_t face = 0;
};

/// Land between roads and water: the faces of the plan without the land that roads, rail and water take.
struct Land {
  Ring ring;
  std::vector<Way> ways;  ///< what lies along the edge from vertex i to vertex i + 1
};
[[nodiscard]] Land parcel_land(Arrangement const& graph, std::vector<Chain> const& chains,
                               Arrangement::Face const& face);

/// Cuts a strip along the front of `pattern` into plots side by side.
void cut_row(Random& random, Ring strip, Plot const& pattern, double narrow, double wide, std::vector<Plot>& out);

/// Cuts all land into parcels. Neighbours share every vertex of their common boundary.
[[nodiscard]] std::vector<Plot> cut_land(Arrangement const& graph, std::vector<Chain> const& chains);

/// Makes neighbours share vertices: every vertex that lies on an edge of another ring is put into that edge.
void share_vertices(std::vector<Plot>& plots);

}  // namespace terrein::demo
