#include "terrein/geometry/measures.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "geometry/predicates.hpp"
#include "geometry/segments.hpp"

namespace terrein {

namespace {

// First moments of a row about its first vertex, by dimension.
struct Moments {
  double x = 0, y = 0, weight = 0;
  void add(double at_x, double at_y, double by) {
    x += at_x * by;
    y += at_y * by;
    weight += by;
  }
};

Point first_vertex(GeometryColumn const& column, std::size_t row) {
  return vertex_at(column.path(column.first_path(row)).data(), 0);
}

// Calls edge(a, b) with coordinates relative to `origin`: sums of products of full coordinates would lose digits.
template <class Edge>
void each_edge(GeometryColumn const& column, std::size_t row, Point origin, Edge edge) {
  for (std::uint32_t p = column.first_path(row); p < column.end_path(row); ++p) {
    auto const xy = column.path(p);
    Point a{xy[0] - origin.x, xy[1] - origin.y};
    for (std::size_t i = 2; i + 1 < xy.size(); i += 2) {
      Point const b{xy[i] - origin.x, xy[i + 1] - origin.y};
      edge(a, b);
      a = b;
    }
  }
}

Moments area_moments(GeometryColumn const& column, std::size_t row, Point origin) {
  Moments sum;  // weight: twice the area; x, y: six times the moments
  each_edge(column, row, origin, [&](Point a, Point b) {
    double const cross = a.x * b.y - b.x * a.y;
    sum.x += (a.x + b.x) * cross;
    sum.y += (a.y + b.y) * cross;
    sum.weight += cross;
  });
  sum.x /= 3;
  sum.y /= 3;
  return sum;
}

Moments line_moments(GeometryColumn const& column, std::size_t row, Point origin) {
  Moments sum;
  each_edge(column, row, origin, [&](Point a, Point b) { sum.add((a.x + b.x) / 2, (a.y + b.y) / 2, distance(a, b)); });
  return sum;
}

Moments point_moments(GeometryColumn const& column, std::size_t row, Point origin) {
  Moments sum;
  for (std::uint32_t p = column.first_path(row); p < column.end_path(row); ++p) {
    auto const xy = column.path(p);
    for (std::size_t i = 0; i + 1 < xy.size(); i += 2) sum.add(xy[i] - origin.x, xy[i + 1] - origin.y, 1);
  }
  return sum;
}

}  // namespace

double area(GeometryColumn const& column, std::size_t row) {
  if (column.kind[row] != GeometryKind::polygon) return 0;
  double twice = 0;
  each_edge(column, row, first_vertex(column, row), [&](Point a, Point b) { twice += a.x * b.y - b.x * a.y; });
  return twice / 2;
}

double length(GeometryColumn const& column, std::size_t row) {
  if (!column.has_shape(row) || column.kind[row] == GeometryKind::point) return 0;
  double sum = 0;
  each_edge(column, row, {}, [&](Point a, Point b) { sum += distance(a, b); });
  return sum;
}

Point centroid(GeometryColumn const& column, std::size_t row) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  if (!column.has_shape(row)) return {nan, nan};
  Point const origin = first_vertex(column, row);
  Moments sum;
  if (column.kind[row] == GeometryKind::polygon) sum = area_moments(column, row, origin);
  if (sum.weight == 0 && column.kind[row] != GeometryKind::point) sum = line_moments(column, row, origin);
  if (sum.weight == 0) sum = point_moments(column, row, origin);
  return {origin.x + sum.x / sum.weight, origin.y + sum.y / sum.weight};
}

double compactness(double area, double length) {
  return length > 0 ? 4 * std::numbers::pi * area / (length * length) : 0;
}

double usable_width(double area, double length) {
  double const square = length * length - 16 * area;
  return square >= 0 ? (length - std::sqrt(square)) / 4 : std::sqrt(std::max(area, 0.0));
}

int locate(GeometryColumn const& column, std::size_t row, Point point) {
  Box const& box = column.box[row];
  if (column.kind[row] != GeometryKind::polygon || !box.meets({point.x, point.y, point.x, point.y})) return -1;
  RayCrossings ray{point};
  for (std::uint32_t p = column.first_path(row); p < column.end_path(row); ++p) {
    auto const xy = column.path(p);
    for (std::size_t i = 0; 2 * i + 3 < xy.size(); ++i) ray.add(vertex_at(xy.data(), i), vertex_at(xy.data(), i + 1));
    if (ray.on_boundary) return 0;
  }
  return ray.odd ? 1 : -1;
}

}  // namespace terrein
