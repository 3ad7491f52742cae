#pragma once

#include <cstdint>
#include <vector>

#include "terrein/network/road_graph.hpp"

namespace terrein {

/// Arcs as they are found, before they are put with their tails.
struct Arcs {
  std::vector<std::uint32_t> tail, head;
  std::vector<double> seconds, length_m;

  void add(std::uint32_t from, std::uint32_t to, double time, double length) {
    tail.push_back(from);
    head.push_back(to);
    seconds.push_back(time);
    length_m.push_back(length);
  }
};

/// Counting sort by tail; arcs of one tail keep their order. `rows`, one per arc, come into the order of the graph.
[[nodiscard]] RoadGraph compressed(Arcs const& arcs, std::vector<double> x, std::vector<double> y,
                                   std::vector<Row>* rows = nullptr);

}  // namespace terrein
