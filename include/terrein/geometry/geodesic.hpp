#pragma once

#include <vector>

#include "terrein/geometry/crs.hpp"
#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

/// Lengths in metres on the ellipsoid of a CRS, where a map in that CRS stretches them: the geodesics (Karney,
/// Algorithms for geodesics, 2013) between the vertices. The ellipsoid is the one of the CRS itself; no datum changes.
class GeodesicLengths {
 public:
  /// Of every edge of every row. Throws `Error{crs}` when the CRS is unknown or has no ellipsoid.
  GeodesicLengths(GeometryColumn const& shapes, Crs const& crs, unsigned workers);
  /// Of the edge from vertex `vertex` of `shapes` to the next one of its path. Not a finite number where a vertex is
  /// none, or lies where the CRS has no place.
  [[nodiscard]] double edge(std::size_t vertex) const { return edge_m_[vertex]; }
  /// The most that the map stretches an edge: the highest length in the CRS per metre on the ellipsoid, at least 1.
  [[nodiscard]] double stretch() const noexcept { return stretch_; }

 private:
  std::vector<double> edge_m_;  // by the vertex where it starts; 0 at the last one of a path
  double stretch_ = 1;
};

}  // namespace terrein
