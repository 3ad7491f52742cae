#pragma once

#include <span>
#include <vector>

#include "terrein/geometry/connections.hpp"
#include "terrein/network/edges.hpp"
#include "terrein/network/joins.hpp"

namespace terrein {

/// Where a parcel or site meets a network: a place on its boundary from which traffic reaches a stretch of road, rail
/// or water straight, without crossing a barrier.
struct Gate {
  std::uint32_t edge = 0;  ///< number of the stretch
  double share = 0;        ///< of its length that lies before the gate, seen from its `from`
  double metres = 0;       ///< between the boundary and the stretch
  Point at, on;            ///< the place on the boundary, and on the stretch
};

/// The shortest way between a candidate without gate and a stretch within the tolerance, and what lies across it.
struct BarredWay {
  std::uint32_t candidate = 0;
  Gate way;
  Barriers::Crossed by;
};

/// The gates of candidates. A candidate has at most one per stretch, by number of the stretch; none where no stretch is
/// near enough, or where a barrier lies between.
struct Gates {
  std::vector<std::uint32_t> first{0};  ///< candidates + 1 entries
  std::vector<Gate> gate;
  /// Per candidate what lies between it and the nearest stretch within the tolerance, where that leaves it without
  /// gate; nothing else.
  std::vector<Barriers::Crossed> barred_by;
  std::vector<BarredWay> barred_ways;  ///< of those candidates, by number

  [[nodiscard]] std::size_t candidates() const noexcept { return first.size() - 1; }
  [[nodiscard]] std::span<Gate const> of(std::size_t candidate) const {
    return std::span(gate).subspan(first[candidate], first[candidate + 1] - first[candidate]);
  }
};

struct GateOptions {
  double tolerance_m = 20;         ///< the longest way between a boundary and a line
  std::vector<std::uint8_t> rows;  ///< a byte per row of the network's layer, 0 = no gate on it; empty = on all
  Barriers const* barriers = nullptr;
};

/// Finds the gates of all candidates. `nearby` is the `hilbert_order` of the candidates; candidates without shape have
/// no gate. Throws `Error{config}` for a tolerance that is negative or no number.
[[nodiscard]] Gates find_gates(Layer const& network, std::span<NetworkEdge const> edges, GateOptions const& options,
                               GeometryColumn const& candidates, std::span<std::uint32_t const> nearby,
                               unsigned workers);

/// The nearest stretch of every feature, however far: one gate per row with a shape, that of the smallest number among
/// equally near ones; none without a stretch to go to. `rows` is as in `GateOptions`. Rows that are not `selected` (a
/// byte per row; empty = all) have none.
[[nodiscard]] Gates nearest_gates(Layer const& network, std::span<NetworkEdge const> edges,
                                  std::vector<std::uint8_t> const& rows, GeometryColumn const& features,
                                  std::vector<std::uint8_t> const& selected);

/// `gates` with place i for candidate `order[i]`, without the barred ways.
[[nodiscard]] Gates take(Gates const& gates, std::span<std::uint32_t const> order);

/// Candidates and features joined to a network at their gates.
struct GateNetwork {
  RoadGraph graph;  ///< the network, and a node without arcs per gate of a feature
  Attachment candidates, features;
};
/// Gates join the ends of their stretch, as far as its direction allows, after the way between boundary and stretch at
/// `access_kmh`; a stretch has the same speed all along. A candidate and a feature on one stretch reach each other
/// along it, past none of its ends: both join the node that stands for the gate of the feature.
[[nodiscard]] GateNetwork meet_at_gates(RoadGraph const& graph, std::span<NetworkEdge const> edges,
                                        Gates const& candidates, Gates const& features, double access_kmh);

}  // namespace terrein
