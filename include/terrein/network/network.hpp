#pragma once

#include "terrein/network/line_facts.hpp"
#include "terrein/network/road_graph.hpp"

namespace terrein {

/// A graph with what is known of its lines.
struct Network {
  RoadGraph graph;
  LineFacts facts;
};

/// The graph of `build_road_graph` with the facts about its lines that `options.facts` names, and the arcs of lines of
/// which it is not known whether the vehicle may pass (`facts.unknown`): a limit that is named in `options.limits` is
/// missing there or cannot be read. Lines with a limit below what the vehicle needs are left out, and so are ferries.
/// Throws as `build_road_graph` does.
[[nodiscard]] Network build_network(Layer const& lines, GraphOptions const& options, Issues& issues,
                                    unsigned workers = 1);

/// The same nodes without the arcs of which it is not known whether the vehicle may pass. A way over the whole graph
/// takes at least as long as is found there, a way over this one at most as long.
[[nodiscard]] RoadGraph sure_part(RoadGraph const& graph, LineFacts const& facts);

/// Throws `Error{internal}` when arrays of facts do not fit the graph.
void verify(Network const& network);

}  // namespace terrein
