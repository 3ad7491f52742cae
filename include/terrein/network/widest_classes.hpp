#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "terrein/network/edges.hpp"
#include "terrein/network/line_facts.hpp"
#include "terrein/network/road_graph.hpp"

namespace terrein {

/// A node that a vessel wants to get to, and the largest class that gets on from there.
struct WidestStart {
  std::uint32_t node = 0;
  Cemt most = Cemt::VIIb;
};
/// Per node the largest class of vessel that gets to one of the goals along the arcs: over all ways the greatest of the
/// smallest class on the way (the widest path, Pollack 1960). `unknown` = no way. `of_arc` is the class of every arc;
/// arcs of unknown class are not gone along. Throws `Error{internal}` for a goal that is no node.
[[nodiscard]] std::vector<Cemt> widest_classes(RoadGraph const& graph, std::span<Cemt const> of_arc,
                                               std::span<WidestStart const> goals);

/// What is known of a class: at least `low`, at most `high`. Both `unknown` = there is no way at all; `low` alone =
/// none that is surely open.
struct CemtRange {
  Cemt low = Cemt::unknown, high = Cemt::unknown;
  [[nodiscard]] bool exact() const noexcept { return low == high; }
  friend bool operator==(CemtRange const&, CemtRange const&) = default;
};
/// What is known of one line: `below` to VIIb where its class is not known.
[[nodiscard]] CemtRange range_of(Cemt value);

/// Per stretch of waterway the class of the bottleneck on the way from it to a port, itself included. Ports lie on the
/// stretches `ports`. A line of unknown class may be the bottleneck, or none; one that is perhaps not open to the
/// vessel counts for `high` alone. `edges` are those of the layer that `graph` and `facts` were made of.
[[nodiscard]] std::vector<CemtRange> port_classes(RoadGraph const& graph, LineFacts const& facts,
                                                  std::span<NetworkEdge const> edges,
                                                  std::span<std::uint32_t const> ports);

}  // namespace terrein
