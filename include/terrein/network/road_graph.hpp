#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "terrein/core/issues.hpp"
#include "terrein/geometry/layer.hpp"
#include "terrein/network/limits.hpp"
#include "terrein/network/line_facts.hpp"

namespace terrein {

/// How lines are joined to a network. Lines that merely cross never connect.
enum class Connect {
  node_ids,  ///< two fields name the nodes at both ends (Wegenregister)
  vertices,  ///< lines meet wherever they share a coordinate (OpenStreetMap); every vertex is a node
  ends,      ///< lines meet at their ends, within a tolerance
};

/// What the length of an edge is.
enum class Lengths {
  planar,    ///< in the layer's CRS
  geodesic,  ///< on the ellipsoid of that CRS, without the stretch of the map
};

struct GraphOptions {
  Connect connect = Connect::ends;
  std::string from_field, to_field;  ///< node_ids
  double tolerance_m = 0.01;         ///< ends: two that are no further apart are one node, and so are chains of them
  Lengths lengths = Lengths::planar;
  std::string speed_field;  ///< km/h; empty, or a line without a usable speed = by class or default
  std::string class_field;  ///< field of `speed_by_class`
  std::map<std::string, double> speed_by_class;  ///< km/h; 0 = closed, whatever the line's own speed. A class not
                                                 ///< listed gets `default_speed_kmh`
  double default_speed_kmh = 50;                 ///< for lines without a usable speed (null, text, zero, negative)
  std::string oneway_field;               ///< empty = all two-way. "1", "yes", "true", "F" along the line; "-1", "R",
                                          ///< "reverse" against it; all else and null both ways
  std::string ferry_field;                ///< tells ferries, which are no roads: they are closed
  std::vector<std::string> ferry_values;  ///< values of `ferry_field` that are ferries
  LimitFields limits;                     ///< lines that do not take the vehicle are closed
  Vehicle vehicle;
  FactFields facts;  ///< for `build_network`
};
/// The attributes that a graph is made of, those that are named.
[[nodiscard]] std::vector<std::string> fields_of(GraphOptions const& options);

/// Directed graph of roads with times, as compressed rows. Arcs of a node are in the order of the source rows.
struct RoadGraph {
  std::vector<std::uint32_t> first_out;  ///< nodes + 1 entries
  std::vector<std::uint32_t> head;
  std::vector<double> seconds;
  std::vector<double> length_m;
  std::vector<double> x, y;  ///< per node
  double stretch = 1;        ///< the most that an edge is longer between x, y than its `length_m`; planar lengths: 1
  [[nodiscard]] std::size_t nodes() const noexcept { return x.size(); }
  [[nodiscard]] std::size_t arcs() const noexcept { return head.size(); }
};

/// Builds the graph. Lines that the vehicle of `options` may not pass, or perhaps not, are as in `build_network`. Rows
/// without shape, rows that are no lines, rows whose length is no finite number and rows with a
/// null or blank node id are issues and left out; closed lines are left out; parallel edges and loops stay. With `ends`
/// every part of a multi-line is a line; with `node_ids` the parts count as one line. Node order is the order of first
/// mention. A node's place is the end of the first line that mentions it. Throws `Error{input}` when a field is absent,
/// `Error{config}` for a default speed or a tolerance that cannot be used, `Error{crs}` for geodesic lengths in a CRS
/// without an ellipsoid.
[[nodiscard]] RoadGraph build_road_graph(Layer const& roads, GraphOptions const& options, Issues& issues,
                                         unsigned workers = 1);
/// The same graph with every arc turned round.
[[nodiscard]] RoadGraph reversed(RoadGraph const& graph);
/// Highest speed of the arcs in m/s, 0 without arcs: no path gets from node to node quicker than the straight line at
/// this speed. An arc counts with the distance between its nodes where that is more than a metre longer than its line
/// (node ids that join places far apart), else with its length times `stretch`; infinite when such an arc takes no
/// time.
[[nodiscard]] double fastest_mps(RoadGraph const& graph);
/// Throws `Error{internal}` with the first broken invariant.
void verify(RoadGraph const& graph);

}  // namespace terrein
