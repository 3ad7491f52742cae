#include "terrein/geometry/site_shape.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace terrein {
namespace {

constexpr double rounding = 1e-12;  // of the radius

double distance(Point a, Point b) { return std::sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)); }

Point middle(Point a, Point b) { return {(a.x + b.x) / 2, (a.y + b.y) / 2}; }
/// The place as far from all three; not finite when they lie on a line.
Point middle(Point a, Point b, Point c) {
  double const bx = b.x - a.x, by = b.y - a.y, cx = c.x - a.x, cy = c.y - a.y;
  double const det = 2 * (bx * cy - by * cx), bb = bx * bx + by * by, cc = cx * cx + cy * cy;
  return {a.x + (cy * bb - by * cc) / det, a.y + (bx * cc - cx * bb) / det};
}

/// The smallest circle around a few points: about the middle of two or of three of them, which are kept.
class Support {
 public:
  explicit Support(Point first) : points_{first}, circle_{first, 0} {}

  [[nodiscard]] Circle const& circle() const { return circle_; }
  void add(Point p) {
    points_.push_back(p);
    std::vector<Point> const all = points_;
    circle_.radius = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < all.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) {
        offer(all, middle(all[i], all[j]), {all[i], all[j]});
        for (std::size_t k = 0; k < j; ++k) offer(all, middle(all[i], all[j], all[k]), {all[i], all[j], all[k]});
      }
  }

 private:
  void offer(std::vector<Point> const& all, Point centre, std::vector<Point> points) {
    if (!std::isfinite(centre.x) || !std::isfinite(centre.y)) return;
    double radius = 0;
    for (Point const p : all) radius = std::max(radius, distance(p, centre));
    if (!(radius < circle_.radius)) return;
    circle_ = {centre, radius};
    points_ = std::move(points);
  }

  std::vector<Point> points_;
  Circle circle_;
};

Point furthest(std::vector<Point> const& points, Point from) {
  return *std::max_element(points.begin(), points.end(),
                           [from](Point a, Point b) { return distance(a, from) < distance(b, from); });
}

}  // namespace

Circle smallest_enclosing_circle(GeometryColumn const& column, std::size_t row) {
  constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();
  if (!column.has_shape(row) || !column.all_finite(row)) return {{nowhere, nowhere}, 0};
  Point const origin = column.box[row].centre();  // small numbers lose fewer digits
  std::vector<Point> points;
  for (std::size_t path = column.first_path(row); path < column.end_path(row); ++path) {
    auto const xy = column.path(path);
    for (std::size_t i = 0; i + 1 < xy.size(); i += 2) points.push_back({xy[i] - origin.x, xy[i + 1] - origin.y});
  }
  Support support(points.front());
  while (true) {
    Circle const before = support.circle();
    Point const far = furthest(points, before.centre);
    if (distance(far, before.centre) <= before.radius * (1 + rounding)) break;
    support.add(far);
    if (!(support.circle().radius > before.radius)) break;  // no more than rounding
  }
  Circle out = support.circle();
  out.centre = {out.centre.x + origin.x, out.centre.y + origin.y};
  return out;
}

SiteShape site_shape(GeometryColumn const& column, std::size_t row) {
  double const land = area(column, row);
  if (!(land > 0)) return {};
  double const radius = smallest_enclosing_circle(column, row).radius;
  return {land / (std::numbers::pi * radius * radius), land / hull_measures(column, row).area};
}

}  // namespace terrein
