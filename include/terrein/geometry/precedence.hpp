#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "terrein/geometry/layer.hpp"

namespace terrein {

/// Shapes of which the later ones only count where no earlier one lies.
struct Precedence {
  GeometryColumn geometry;      ///< rows as before; a row of which nothing is left is empty
  std::vector<double> lost_m2;  ///< area of a row that earlier rows took, in square units of the CRS
  std::vector<Row> failed;      ///< rows that GEOS could not compute; they are empty
};
/// Every polygon row minus the union of the polygon rows with a smaller `order`. Rows of equal order do not take from
/// each other; lines and points stay as they are, and take nothing. What is left below 1e-9 m² or 1e-12 of the row is
/// nothing. Preconditions: one order and one id rank per row, valid polygons.
[[nodiscard]] Precedence by_precedence(Layer const& layer, std::span<std::uint32_t const> order, unsigned workers);

/// What the polygons of two columns have in common, as one row. Throws `Error{geometry}` when it cannot be computed.
[[nodiscard]] GeometryColumn common_area(GeometryColumn const& a, GeometryColumn const& b);

}  // namespace terrein
