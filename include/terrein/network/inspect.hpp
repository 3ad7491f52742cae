#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/network/road_graph.hpp"

namespace terrein {

/// One thing about a network that is worth looking at.
struct NetworkFinding {
  std::string_view code;  ///< of `network_codes`
  std::string id;         ///< of the line; of those at a node the one with the smallest id
  std::string other;      ///< of the other line, where there are two
  double x = 0, y = 0;    ///< NaN where the line has no place
  double value = 0;       ///< metres apart, metres of line, or what stands in the field; NaN = none
};

/// Codes of findings, in the order in which they are told:
/// island, one_way_part     a part that nothing joins to the largest; nodes that cannot be reached from the rest of
///                          their part, or from which it cannot be reached (value: metres of line)
/// dead_end                 a node where one line ends and no other is
/// snapped_end              an end that lies off its node, within the tolerance (value: metres)
/// far_from_node            an end that lies further from where its node id was first met (value: metres)
/// near_miss                a node and the nearest one that is not joined to it, within ten times the tolerance, one of
///                          them an end of a line (value: metres)
/// self_loop, parallel      a line that comes back to its node; one that joins the same nodes as another
/// class_closed, ferry, limit_closed, limit_unknown                    lines by what they let through
/// speed_missing, speed_zero, speed_negative, speed_no_number          values of the field with the speed
/// no_shape, no_line, not_finite, no_length, no_node                   lines that cannot be used
[[nodiscard]] std::vector<std::string_view> const& network_codes();

/// What is to be known of a network before anything is measured over it.
struct NetworkReport {
  std::size_t rows = 0;   ///< of the layer
  std::size_t lines = 0;  ///< rows that are in the network
  std::size_t nodes = 0, arcs = 0;
  double length_m = 0;  ///< of all lines in it, each once
  struct Parts {
    std::size_t count = 0;
    double share_nodes = 0, share_length = 0;  ///< of the one with the most nodes; 0 without nodes
  };
  Parts joined;               ///< parts that no line joins
  Parts mutual;               ///< parts in which every node reaches every other; lines between them count for none
  double snapped_most_m = 0;  ///< the furthest that an end lies off its node
  std::vector<NetworkFinding> findings;  ///< by code; within one the longest or furthest first, else by id
  [[nodiscard]] std::map<std::string_view, std::size_t> counts() const;
};

/// Looks at a layer of lines as `build_road_graph` joins them. Nothing ends it but what ends that: a layer of points
/// has no lines, which is told.
[[nodiscard]] NetworkReport inspect_network(Layer const& lines, GraphOptions const& options, unsigned workers = 1);

}  // namespace terrein
