#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "terrein/network/access.hpp"
#include "terrein/network/edges.hpp"
#include "terrein/network/gates.hpp"

namespace terrein {

/// A part of a stretch whose places have one nearest source; shares of its length, begin < end.
struct ReachedPart {
  std::uint32_t edge = 0;
  double begin = 0, end = 0;
  std::uint32_t source = no_row;
};

/// What every place on a network takes to its nearest source: exactly, also between the nodes.
class StretchReach {
 public:
  /// Sources are the places of `sources` joined to `graph`, whose first nodes are those of `edges`; `stops`, which may
  /// be empty, are the same sources at gates on stretches: places on the stretch reach them along it, after the way
  /// beside it at `access_kmh`. Ways are travelled `to` the sources, or `from` them. With `only_certain` stretches of
  /// which it is not known whether the vehicle may pass are closed; the graph must be `sure_part` then. Costs above
  /// `most` are not looked for. Equal costs go to the smaller source. Throws `Error{config}` for the direction `both`.
  StretchReach(RoadGraph const& graph, std::span<NetworkEdge const> edges, Attachment const& sources,
               Gates const& stops, double access_kmh, TravelCost cost, TravelDirection direction, bool only_certain,
               double most = unreachable);

  /// The parts of all stretches within the limit, which is included, by stretch and along it. Neighbouring parts of one
  /// stretch have different sources, or places between them that are too far.
  [[nodiscard]] std::vector<ReachedPart> within(double limit) const;
  /// Nodes within the limit at which no part of their own source begins or ends: all roads there are one-way. `parts`
  /// are those within that limit; nodes that are no end of a stretch do not count.
  [[nodiscard]] std::vector<std::uint32_t> lone_nodes(double limit, std::span<ReachedPart const> parts) const;
  /// The source of a node; no_row where none is within reach.
  [[nodiscard]] std::uint32_t source_of_node(std::uint32_t node) const { return node_[node].source; }
  /// What a place on a stretch takes, and to or from which source; `unreachable` when there is none.
  [[nodiscard]] Reach at(std::uint32_t edge, double share) const;

 private:
  struct Label {
    double cost = unreachable;
    std::uint32_t source = no_row;
  };
  /// A place on a stretch from which places beside it are reached along it.
  struct Anchor {
    double share;
    Label label;
  };
  /// Both ends of a stretch and the stops between, each with the best of all.
  void anchors_of(std::uint32_t edge, std::vector<Anchor>& out) const;
  [[nodiscard]] double cost_of(NetworkEdge const& edge) const {
    return cost_ == TravelCost::seconds ? edge.seconds : edge.length_m;
  }
  static void take_better(Label& best, Label const& other);

  std::span<NetworkEdge const> edges_;
  TravelCost cost_;
  bool to_, only_certain_;
  std::vector<Label> node_;
  std::vector<std::pair<std::uint32_t, Anchor>> stops_;  // by stretch, then share
};

}  // namespace terrein
