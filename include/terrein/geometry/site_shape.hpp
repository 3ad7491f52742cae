#pragma once

#include <array>
#include <optional>

#include "terrein/geometry/measures.hpp"

namespace terrein {

/// Smallest circle around all vertices of a row, of any kind. Starting from one vertex, the one that lies furthest
/// outside joins those on the circle until none does: the radius grows with every step, so it ends, with the exact
/// circle but for rounding (after Elzinga and Hearn 1972). Radius 0 about NaN for null and empty rows.
[[nodiscard]] Circle smallest_enclosing_circle(GeometryColumn const& column, std::size_t row);

/// How compact a polygon row is, without its length, which zigzag boundaries blow up. Holes count as no land. 0 for
/// rows without area.
struct SiteShape {
  double circle_share = 0;  ///< area / area of the smallest enclosing circle (Reock 1961); 0.64 for a square
  double hull_share = 0;    ///< area / area of the convex hull; 1 for a convex polygon
};
[[nodiscard]] SiteShape site_shape(GeometryColumn const& column, std::size_t row);

/// A rectangle, its first side `length` long, counter-clockwise.
struct Hall {
  std::array<Point, 4> corners;
};
/// A rectangle of `length` by `width` metres that lies wholly in a polygon row, or nothing. It may stick out by a
/// millimetre on each side: GEOS has found that the polygon covers it when a millimetre is taken off all round, so a
/// yes is proven. A no is as sure as the search, which looks
/// - in the directions of all edges of 20 m and more, and in every second degree, both with the length along and
/// across;
/// - in each direction at all places to within 0.1 m across the strip and to within rounding along it (branch and
///   bound on the lower edge of the strip), and at those where a side lies on a corner of the polygon.
/// So a rectangle 0.1 m wider that lies in one of these directions is never missed; one that only fits in another
/// direction may be.
/// The first one found, longest edges first, is given. Null, empty and other rows hold no hall. The shape must be
/// valid; both sizes must be above 2 mm. Throws `Error{geometry}` when GEOS gives up.
[[nodiscard]] std::optional<Hall> fits_hall(GeometryColumn const& column, std::size_t row, double length, double width);

}  // namespace terrein
