#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "terrein/network/edges.hpp"
#include "terrein/network/gates.hpp"

namespace terrein {

/// Draws ways over a network along its lines. The layer and the stretches must outlive it.
class WayLines {
 public:
  WayLines(Layer const& network, std::span<NetworkEdge const> edges);

  /// The line of a way over `nodes`, as x, y pairs: from one of the gates where it begins along its stretch to the
  /// first node, from node to node by the quickest stretch, and to one of the gates where it ends. Between two gates
  /// that meet along one stretch there is one node, which is none of the network's. Without gates it begins or ends at
  /// the node.
  [[nodiscard]] std::vector<double> line(std::span<Gate const> from, std::span<std::uint32_t const> nodes,
                                         std::span<Gate const> to) const;

 private:
  /// Part of a stretch between two shares of its length, in that direction.
  void add_part(std::uint32_t edge, double begin, double end, std::vector<double>& line) const;
  [[nodiscard]] Gate const* nearest(std::span<Gate const> gates, std::uint32_t node, bool leaving) const;

  Layer const& network_;
  std::span<NetworkEdge const> edges_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> quickest_;  // by both nodes, in order of travel
  std::uint32_t nodes_ = 0;
};

}  // namespace terrein
