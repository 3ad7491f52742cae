#pragma once

#include <optional>
#include <string>
#include <vector>

#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

/// Why a row is not valid (OGC Simple Features), and where.
struct Invalid {
  std::string code;  ///< ring_self_intersection, self_intersection, too_few_points, hole_outside_shell, nested_shells …
  std::string reason;  ///< as GEOS says it
  double x = 0, y = 0;
};
/// Per row the fault, or nothing. Null and empty rows are valid; coordinates that are not finite are not.
[[nodiscard]] std::vector<std::optional<Invalid>> validity(GeometryColumn const& column, unsigned workers);

struct Repair {
  bool repaired = false;   ///< false: give up, the row must be put in quarantine
  double area_before = 0;  ///< of the faulty rings, absolute shoelace sums with holes subtracted
  double area_after = 0;
};
/// Repairs the rows `rows` (polygons: make valid by structure, shells united and holes subtracted; lines: repeated
/// vertices dropped) and appends one row each to `out`. Parts that collapse to lines or points are dropped. A row of
/// which nothing remains, or that has coordinates that are not finite, is not repaired and appended as empty.
[[nodiscard]] std::vector<Repair> make_valid(GeometryColumn const& column, std::vector<Row> const& rows,
                                             GeometryColumn& out);

/// The row with its coordinates on a grid (1e-7 degrees for GeoJSON), valid again after rounding; empty when nothing
/// remains. Points and lines are rounded only.
void append_on_grid(GeometryColumn const& column, std::size_t row, double grid, GeometryColumn& out);

}  // namespace terrein
