#pragma once

#include "geometry/edge_runs.hpp"
#include "geometry/geos.hpp"

namespace terrein {

/// Row `row` of a column as far as it lies in a window around `near`, as a valid GEOS shape: what happens inside
/// `near` (grown by `reach`) is the row itself. Vertices are kept as they are; only edges that leave the window are
/// cut, at the same point from both sides of a shared boundary. Small shapes are given whole. The result depends on the
/// row and on `near` and `reach` alone. Null when GEOS refuses the row.
[[nodiscard]] geos::Geom local_shape(geos::Context const& context, GeometryColumn const& column, EdgeRuns const& runs,
                                     std::size_t row, Box const& near, double reach);

}  // namespace terrein
