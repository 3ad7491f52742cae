#pragma once

#include <cmath>

#include "terrein/geometry/box.hpp"

namespace terrein {

/// On which side of the line a → b the point c lies: 1 left, −1 right, 0 on the line. Exact for all finite
/// coordinates without underflow (Shewchuk 1997: a filter first, expansions where it cannot decide).
[[nodiscard]] inline int orientation(Point a, Point b, Point c);
/// The same by expansions, whatever the filter says.
[[nodiscard]] int exact_orientation(Point a, Point b, Point c);

/// To which side the direction c → d turns from the direction a → b: 1 left, −1 right, 0 neither. Exact likewise.
[[nodiscard]] inline int turn(Point a, Point b, Point c, Point d);
[[nodiscard]] int exact_turn(Point a, Point b, Point c, Point d);

inline constexpr double turn_error = 3.3306690738754716e-16;  // (3 + 16ε)ε with ε = 2⁻⁵³

/// Sign of left − right, products of differences of coordinates; `exact` tells it where rounding leaves it open.
template <class Exact>
[[nodiscard]] int sign_of_difference(double left, double right, Exact const& exact) {
  double const det = left - right;
  // Differences and products have the right sign, rounded or not: with unequal signs or a zero so has their difference.
  // That settles a corner in common, and axis-parallel edges.
  bool const opposed = left > 0 ? right <= 0 : left == 0 || right >= 0;
  if (opposed) return det > 0 ? 1 : det < 0 ? -1 : 0;
  double const error = turn_error * (std::abs(left) + std::abs(right));
  if (det > error) return 1;
  if (-det > error) return -1;
  return exact();
}

inline int orientation(Point a, Point b, Point c) {
  return sign_of_difference((a.x - c.x) * (b.y - c.y), (a.y - c.y) * (b.x - c.x),
                            [&] { return exact_orientation(a, b, c); });
}

inline int turn(Point a, Point b, Point c, Point d) {
  return sign_of_difference((b.x - a.x) * (d.y - c.y), (b.y - a.y) * (d.x - c.x),
                            [&] { return exact_turn(a, b, c, d); });
}

/// A segment that another one crosses between the ends of both.
struct Crossed {
  Point a, b;
};
/// Which of two segments a → b crosses first: −1 the first, 1 the second, 0 both at one point. Exact.
[[nodiscard]] int exact_order_of_crossings(Point a, Point b, Crossed const& first, Crossed const& second);

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
