#pragma once

#include "terrein/geometry/box.hpp"

namespace terrein {

/// On which side of the line a → b the point c lies: 1 left, −1 right, 0 on the line. Exact for all finite
/// coordinates without underflow (Shewchuk 1997: a filter first, expansions where it cannot decide).
[[nodiscard]] int orientation(Point a, Point b, Point c);

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
