#pragma once

#include <span>

#include "criteria/workbench.hpp"
#include "terrein/network/edges.hpp"
#include "terrein/network/passage.hpp"

namespace terrein {

/// The parts of the stretches of a network that run through villages.
struct VillageParts {
  EdgeParts sure;      ///< in a housing zone, or past dense dwellings
  EdgeParts possible;  ///< those, and parts of which that is not known
};

/// Zones are polygons of `spec.passage.zones`: a line lies in them exactly as far as its parts do, boundary included.
/// Dwellings are looked for by stretches of a line: each path of it is divided into equal ones as near to 100 m as can
/// be, at least one; dense is one with at least the dwellings per 100 m within the distance, and never fewer than that
/// number where it is shorter. Not known are parts where a zone or dwelling may be that the layer does not tell: rows
/// without class where classes count, stretches that do not lie inside the coverage (with the distance around them),
/// and everything where a row has no usable shape. Throws `Error{config}` without zones and dwellings, and for numbers
/// that cannot be used; what `select` throws.
[[nodiscard]] VillageParts village_parts(CriterionSpec const& spec, std::span<NetworkEdge const> edges,
                                         Workbench& bench);

}  // namespace terrein
