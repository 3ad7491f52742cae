#pragma once

#include <vector>

#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

// Measures of one row, in the units of the CRS (metres once a layer is prepared). Null, empty, point and line rows
// have area 0. Areas are planar, by the shoelace formula about the first vertex of the row.

/// Area with holes subtracted.
[[nodiscard]] double area(GeometryColumn const& column, std::size_t row);
/// Length of all rings (holes included) or lines.
[[nodiscard]] double length(GeometryColumn const& column, std::size_t row);
/// Centre of mass of the area; of the line or the points where there is no area. NaN for null and empty rows.
[[nodiscard]] Point centroid(GeometryColumn const& column, std::size_t row);

/// Convex hull of a row: its area, and the smallest distance between two parallel lines that hold it.
struct HullMeasures {
  double area = 0;
  double width = 0;
};
[[nodiscard]] HullMeasures hull_measures(GeometryColumn const& column, std::size_t row);
/// The same for one row after the other: it keeps its buffers. For one worker.
class HullMeter {
 public:
  [[nodiscard]] HullMeasures of(GeometryColumn const& column, std::size_t row);

 private:
  std::vector<Point> points_, hull_;
};

/// 4π · area / length²: 1 for a circle, 0.785 for a square (Polsby and Popper 1991). Holes count in the length.
[[nodiscard]] double compactness(double area, double length);
/// Width of the rectangle with the same area and perimeter, (P − √(P² − 16A)) / 4; √A where no rectangle is that
/// compact. An L of two 40 m arms has 40 m.
[[nodiscard]] double usable_width(double area, double length);

struct Circle {
  Point centre;
  double radius = 0;
};
/// Largest circle inside a polygon row, to within `tolerance` of the radius; radius 0 for a row without area.
/// Quadtree of cells, best first (pole of inaccessibility), at most 200,000 of them.
[[nodiscard]] Circle largest_inscribed_circle(GeometryColumn const& column, std::size_t row, double tolerance = 0.1);

/// Whether a point lies in a polygon row (−1 outside, 0 on the boundary, 1 inside).
[[nodiscard]] int locate(GeometryColumn const& column, std::size_t row, Point point);

}  // namespace terrein
