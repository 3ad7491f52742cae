#pragma once

#include <string>
#include <vector>

#include "terrein/network/road_graph.hpp"

namespace terrein {

/// Which lines of a road layer are slip roads (op- en afritten), told by the values of an attribute.
struct SlipRoads {
  std::string field;
  std::vector<std::string> values;  ///< slip roads
  std::vector<std::string> main;    ///< the roads they lead from: motorways
};

/// The places where a slip road meets a road that is neither a slip road nor one it leads from: where a truck leaves
/// the ordinary road for the main road, or comes back to it. Roads join as in the graph; roads that are closed in it
/// meet nothing. A layer of points with the ids of the slip road and of the road (the smallest at the place) as
/// attributes `slip_road` and `road`, in the order of those ids; ids are the coordinates in millimetres. Nulls in the
/// field are no slip roads and no meeting. Throws `Error{input}` when the field is absent.
[[nodiscard]] Layer slip_road_ends(Layer const& roads, GraphOptions const& options, SlipRoads const& slip_roads,
                                   std::string const& name);

}  // namespace terrein
