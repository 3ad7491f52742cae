#pragma once

#include <span>
#include <vector>

#include "terrein/geometry/layer.hpp"

namespace terrein {

/// Gross plan area (bruto plangebied) of sites: row i holds the land of the parcels `sites[i]`, rows of `parcels`,
/// together with public domain, which is land that is in no parcel of the layer:
/// - strips between members, or between arms of one member, up to `bridge_m` wide (to a millimetre), where both sides
///   face each other: the members grown by half of it and shrunk back, corners kept as corners; gaps of the cadastre
///   between members are such strips;
/// - what the land so far encloses.
/// Without a bridge (0) it is the members and what they enclose. Land of parcels that are no members is never part of
/// it, and a parcel that is enclosed is a hole; land that a member has in common with such a parcel stays in the site.
/// What is nobody's is public domain only where the layer of parcels is whole.
///
/// A site has several parts where its members lie further apart than `bridge_m`, or come near with a corner alone: no
/// strip of land lies between two corners. Shapes must be valid; rows without polygon give and take nothing, rows named
/// twice count once, a site without any polygon is an empty row. Vertices lie on a grid of a micrometre where public
/// domain was added, so that a member is contained to a micrometre. The result is the same for any order of the rows
/// in a site or in the layer, with the same ids, and any number of workers. Throws `Error{geometry}` when GEOS gives
/// up.
[[nodiscard]] GeometryColumn site_outlines(Layer const& parcels, std::span<std::vector<Row> const> sites,
                                           double bridge_m, unsigned workers);

}  // namespace terrein
