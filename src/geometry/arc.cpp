#include "geometry/arc.hpp"

#include <cmath>

namespace terrein {
namespace {

constexpr unsigned most_halvings = 12;

/// tan of a quarter of the angle from `p` to `q` around the centre, where `apex` is another point of the circle:
/// the angle seen from there is half of it. Positive for counter-clockwise.
double quarter_tangent(Point p, Point q, Point apex) {
  double const ux = p.x - apex.x, uy = p.y - apex.y, vx = q.x - apex.x, vy = q.y - apex.y;
  double const cross = ux * vy - uy * vx;
  if (cross == 0) return 0;  // on one line
  double const dot = ux * vx + uy * vy;
  return cross / (std::sqrt((ux * ux + uy * uy) * (vx * vx + vy * vy)) + dot);
}

/// The arc from `p` to `q` rises `tangent` times half its chord to the right of that chord, and half of it has
/// tan(a/2) = tan(a) / (1 + sqrt(1 + tan²(a))).
void halve(GeometryBuilder& out, Point p, Point q, double tangent, double tolerance, unsigned left) {
  double const dx = q.x - p.x, dy = q.y - p.y;
  double const rise = std::abs(tangent) * std::sqrt(dx * dx + dy * dy) / 2;
  if (left == 0 || !(rise > tolerance)) return out.vertex(q.x, q.y);
  Point const middle{(p.x + q.x) / 2 + tangent * dy / 2, (p.y + q.y) / 2 - tangent * dx / 2};
  double const half = tangent / (1 + std::sqrt(1 + tangent * tangent));
  halve(out, p, middle, half, tolerance, left - 1);
  halve(out, middle, q, half, tolerance, left - 1);
}

}  // namespace

void append_arc(GeometryBuilder& out, Point start, Point mid, Point end, double tolerance) {
  bool const circle = start == end;
  if (mid == start) return out.vertex(end.x, end.y);
  double const first = circle ? 1 : quarter_tangent(start, mid, end);
  double const second = circle ? 1 : quarter_tangent(mid, end, start);
  halve(out, start, mid, first, tolerance, most_halvings);
  if (mid != end) halve(out, mid, end, second, tolerance, most_halvings);
}

}  // namespace terrein
