#pragma once

#include <cmath>

#include "terrein/geometry/box.hpp"

namespace terrein {

/// On which side of the line a → b the point c lies: 1 left, −1 right, 0 on the line. Exact for all finite
/// coordinates without underflow (Shewchuk 1997: a filter first, expansions where it cannot decide).
[[nodiscard]] inline int orientation(Point a, Point b, Point c);
/// The same by expansions, whatever the filter says.
[[nodiscard]] int exact_orientation(Point a, Point b, Point c);

inline int orientation(Point a, Point b, Point c) {
  constexpr double error_bound = 3.3306690738754716e-16;  // (3 + 16ε)ε with ε = 2⁻⁵³
  double const left = (a.x - c.x) * (b.y - c.y);
  double const right = (a.y - c.y) * (b.x - c.x);
  double const det = left - right;
  // Differences and products have the right sign, rounded or not: with unequal signs or a zero so has their difference.
  // That settles a corner in common, and axis-parallel edges.
  bool const opposed = left > 0 ? right <= 0 : left == 0 || right >= 0;
  if (opposed) return det > 0 ? 1 : det < 0 ? -1 : 0;
  double const error = error_bound * (std::abs(left) + std::abs(right));
  if (det > error) return 1;
  if (-det > error) return -1;
  return exact_orientation(a, b, c);
}

/// Whether two closed segments have a point in common; a segment may be a point.
[[nodiscard]] bool segments_meet(Point a, Point b, Point c, Point d);

/// Counts the crossings of a ray from `point` in the direction of positive x with the edges of rings.
struct RayCrossings {
  Point point;
  bool odd = false;          ///< the point lies inside, once all edges were added
  bool on_boundary = false;  ///< the point lies on one of the edges

  void add(Point a, Point b);
};

}  // namespace terrein
