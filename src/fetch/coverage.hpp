#pragma once

#include <optional>
#include <string>

#include "fetch/service.hpp"
#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

/// Where a snapshot is complete: one polygon in its CRS.
struct Coverage {
  GeometryColumn polygon;
  std::string basis;  ///< "box asked", "extent stated by the service", "extent of the rows"
};

/// The box that was asked for, else the extent that the service states (its sides bent as the change of CRS bends
/// them), else, when it states none or one that cannot be brought to the CRS, the extent of the rows.
[[nodiscard]] Coverage coverage_of(ServiceFacts const& service, std::optional<Box> const& asked, Box const& rows);

/// Throws `Error{crs}` when the rows lie outside the extent that the service states, and inside it with their axes
/// swapped: the service writes northing before easting without saying so, or the other way round.
void check_axes(ServiceFacts const& service, Box const& rows);

}  // namespace terrein
