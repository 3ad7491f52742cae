#pragma once
// Polygons grown and shrunk by a distance, to the last bit of their edges. GEOS's own buffers leave out corners that
// are shallower than a hundredth of the distance, which moves boundaries by decimetres; here the land along every edge
// and around every corner is united or taken away. No library functions are used whose last bits differ between
// processors. Null when GEOS gives up.

#include "geometry/geos.hpp"

namespace terrein::geos {

/// How far a sharp corner reaches, in distances, before it is cut off.
struct Mitre {
  double limit;
};

/// The polygons and all land within `distance`; corners stay corners (up to the limit) where that makes them longer.
[[nodiscard]] Geom grown(Context const& context, GEOSGeometry const* shape, double distance, Mitre mitre);
/// What is left when land within `distance` of the outside is taken away, corners that point inwards likewise kept as
/// corners: what was grown is as before.
[[nodiscard]] Geom shrunk(Context const& context, GEOSGeometry const* shape, double distance, Mitre mitre);
/// All centres of circles of radius `distance` inside the polygons. Arcs, here as there, are drawn with pieces of less
/// than 6 degrees, which makes the distance from corners at most 0.13 % too small.
[[nodiscard]] Geom centres_of_discs(Context const& context, GEOSGeometry const* shape, double distance);

/// The polygons of a shape, one by one; belongs to the shape.
[[nodiscard]] std::vector<GEOSGeometry const*> polygons_of(Context const& context, GEOSGeometry const* shape);
/// Polygons that do not overlap, as one shape.
[[nodiscard]] Geom together(Context const& context, std::vector<GEOSGeometry const*> const& polygons);

}  // namespace terrein::geos
