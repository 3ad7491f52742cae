#pragma once

#include "geometry/edge_runs.hpp"
#include "terrein/geometry/fabric.hpp"
#include "terrein/geometry/spatial_index.hpp"

namespace terrein {

/// Shapes with the corners of neighbours put into the edges they lie on, so that edges match end to end.
struct Noded {
  GeometryColumn column;
  std::vector<std::uint8_t> twin;  ///< per vertex, as in `Contacts`; 0 for edges that were cut
};
[[nodiscard]] Noded noded(GeometryColumn const& column, Contacts const& touch);

/// Those of the pairs whose interiors meet.
[[nodiscard]] std::vector<RowPair> still_meeting(Layer const& layer, std::span<RowPair const> pairs, unsigned workers);

/// Pairs of the rows `chosen` (a byte per row; polygons) whose interiors meet, smaller row first, sorted. `runs` and
/// `boxes` are of all rows.
[[nodiscard]] std::vector<RowPair> meeting_rows(Layer const& layer, EdgeRuns const& runs, SpatialIndex const& boxes,
                                                std::vector<std::uint8_t> const& chosen, unsigned workers);

}  // namespace terrein
