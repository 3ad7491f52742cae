#pragma once

#include <vector>

#include "terrein/network/access.hpp"

namespace terrein {

/// A way in one direction: what is searched from the destinations, and how both ends join it.
struct AccessLeg {
  RoadGraph const& graph;
  Joins const &at_destination, &at_place;
};

/// One leg, or two for there and back. Throws `Error{internal}` for a join to a node that is not there.
[[nodiscard]] std::vector<AccessLeg> legs(AccessNetwork const& network, Attachment const& places,
                                          Attachment const& destinations, TravelDirection direction);

/// One search after the other over a graph: only what a search touched is cleared before the next.
class RepeatedSearch {
 public:
  explicit RepeatedSearch(RoadGraph const& graph) : graph_(graph), cost_(graph.nodes(), unreachable) {}
  /// Costs of all nodes within the limit.
  void run(AccessNetwork const& network, std::span<Join const> joins, double limit);
  /// Nodes within the limit, the cheapest first, with their costs.
  [[nodiscard]] std::span<Reach const> settled() const noexcept { return settled_; }
  /// Of the last search.
  [[nodiscard]] double cost(std::uint32_t node) const { return cost_[node]; }

 private:
  void offer(std::uint32_t node, double cost);

  RoadGraph const& graph_;
  double limit_ = unreachable;
  std::vector<double> cost_;
  std::vector<Reach> heap_, settled_;
};

}  // namespace terrein
