#pragma once
// Area of intersection without overlay: boundaries as signed edges over a common base line.

#include <cstddef>
#include <vector>

#include "geometry/edge_runs.hpp"
#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

/// The boundary of a polygon as edges from left to right, each with the sign of the land between it and the base line
/// y = 0: 1 where the polygon lies below the edge, −1 where it lies above. Vertical edges have no such land and are
/// left out.
struct SignedEdges {
  std::vector<double> x0, x1, y0, slope, sign;

  [[nodiscard]] std::size_t size() const noexcept { return x0.size(); }
  void clear();
  /// An edge of a ring that has the interior on its left.
  void add(Point a, Point b);
};

/// Sets `edges` to the boundary of a polygon row, relative to `origin`, which lies nowhere above it.
void set_edges(GeometryColumn const& column, std::size_t row, Point origin, SignedEdges& edges);

/// Sets `edges` to the boundary of what a polygon row has inside a window, relative to the lower left corner of the
/// window. Edges that leave the window are cut at the same point from both sides of a shared boundary. Only edges near
/// the window are looked at, however large the shape. False, with `edges` unusable, when a vertex lies on the border:
/// try another window.
[[nodiscard]] bool set_edges_within(GeometryColumn const& column, EdgeRuns const& runs, std::size_t row,
                                    Box const& window, SignedEdges& edges);

struct CommonArea {
  double area = 0;
  double rounding = 0;  ///< an area up to this may be rounding alone
};
/// Area that two polygons have in common: over all pairs of edges, sign · sign · ∫ min(e(x), f(x)) dx over the x they
/// share. It needs no case for holes, parts, shared edges or touching corners. Land that one of them covers twice
/// counts twice. Both are relative to the same origin.
[[nodiscard]] CommonArea common_area(SignedEdges const& a, SignedEdges const& b);

}  // namespace terrein
