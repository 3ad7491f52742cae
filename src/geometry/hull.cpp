#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "geometry/predicates.hpp"
#include "geometry/segments.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {

namespace {

// Adds a point to one half of the hull for as long as it turns left (Andrew 1979); `begin` is where the half begins.
Point* add_to_chain(Point const* begin, Point* end, Point p) {
  while (end - begin >= 2 && orientation(end[-2], end[-1], p) <= 0) --end;
  *end = p;
  return end + 1;
}

// Corners of the convex hull, counter-clockwise, without repeats, from the leftmost one. Points above the line from
// the leftmost to the rightmost cannot be on the lower half, nor those below on the upper one.
void convex_hull(std::vector<Point>& points, std::vector<Point>& hull) {
  std::sort(points.begin(), points.end(), [](Point a, Point b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
  points.erase(std::unique(points.begin(), points.end()), points.end());
  hull.clear();
  if (points.size() < 3) return;
  hull.resize(points.size() + 2);
  Point const left = points.front(), right = points.back();
  Point* end = add_to_chain(hull.data(), hull.data(), left);
  std::size_t above = 0;  // these move to the front of the points, in order
  for (std::size_t i = 1; i + 1 < points.size(); ++i) {
    int const side = orientation(left, right, points[i]);
    if (side < 0) end = add_to_chain(hull.data(), end, points[i]);
    if (side > 0) points[above++] = points[i];
  }
  end = add_to_chain(hull.data(), end, right);
  Point const* const upper = end - 1;
  while (above > 0) end = add_to_chain(upper, end, points[--above]);
  end = add_to_chain(upper, end, left) - 1;
  hull.resize(static_cast<std::size_t>(end - hull.data()));
}

void finite_vertices(GeometryColumn const& column, std::size_t row, std::vector<Point>& points) {
  points.clear();
  for (std::uint32_t p = column.first_path(row); p < column.end_path(row); ++p) {
    auto const xy = column.path(p);
    for (std::size_t i = 0; i + 1 < xy.size(); i += 2)
      if (std::isfinite(xy[i]) && std::isfinite(xy[i + 1])) points.push_back({xy[i], xy[i + 1]});
  }
}

double hull_area(std::span<Point const> hull) {
  double twice = 0;
  for (std::size_t i = 1; i + 1 < hull.size(); ++i)
    twice +=
        (hull[i].x - hull[0].x) * (hull[i + 1].y - hull[0].y) - (hull[i + 1].x - hull[0].x) * (hull[i].y - hull[0].y);
  return twice / 2;
}

// Rotating calipers: the corner opposite to an edge only moves forward from edge to edge (Toussaint 1983). `twice` is
// the hull, gone round two times. A corner next to an edge may lie so nearly on its line that rounding puts it on the
// other side: up to there, heights do not tell where to stop.
double smallest_width(std::span<Point const> twice) {
  std::size_t const n = twice.size() / 2;
  Box around;
  for (Point const p : twice.first(n)) around.extend(p.x, p.y);
  double const extent = 1e-15 * (around.width() + around.height());
  double smallest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0, far = 1; i < n; ++i) {
    Point const a = twice[i], b = twice[i + 1];
    auto const height = [&](std::size_t k) {
      return (b.x - a.x) * (twice[k].y - a.y) - (twice[k].x - a.x) * (b.y - a.y);
    };
    far = std::max(far, i + 1);
    double const noise = extent * (std::abs(b.x - a.x) + std::abs(b.y - a.y));
    double highest = height(far);
    for (; far < i + n; ++far) {
      double const next = height(far + 1);
      if (!(next > highest) && highest > noise) break;
      highest = std::max(highest, next);
    }
    smallest = std::min(smallest, highest / distance(a, b));
  }
  return smallest;
}

}  // namespace

HullMeasures HullMeter::of(GeometryColumn const& column, std::size_t row) {
  if (!column.has_shape(row)) return {};
  finite_vertices(column, row, points_);
  convex_hull(points_, hull_);
  if (hull_.size() < 3) return {};
  double const area = hull_area(hull_);
  std::size_t const corners = hull_.size();
  hull_.reserve(2 * corners);
  hull_.insert(hull_.end(), hull_.begin(), hull_.begin() + static_cast<std::ptrdiff_t>(corners));
  return {area, smallest_width(hull_)};
}

HullMeasures hull_measures(GeometryColumn const& column, std::size_t row) { return HullMeter().of(column, row); }

}  // namespace terrein
