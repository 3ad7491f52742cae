#pragma once

#include <vector>

#include "geometry/proj.hpp"
#include "terrein/geometry/crs.hpp"

namespace terrein::proj {

/// From coordinates of a CRS to places on its own ellipsoid: no datum changes, so that nothing depends on which grids
/// are on the machine. For one thread.
class Ellipsoid {
 public:
  /// Throws `Error{crs}` for a CRS without ellipsoid.
  explicit Ellipsoid(Crs const& crs);
  /// x, y pairs become longitude and latitude in radians; infinite where the CRS has no such place.
  void to_lon_lat(std::vector<double>& xy) const;
  [[nodiscard]] double a() const noexcept { return a_; }  ///< semi-major axis in metres
  [[nodiscard]] double b() const noexcept { return b_; }  ///< semi-minor axis in metres

 private:
  Context context_;  // first member: outlives the operation made in it
  Object inverse_;
  double radians_ = 1;  // per unit of the geographic axes
  double a_ = 0, b_ = 0;
};

/// Metres (or another length), degrees or grads: what one unit of the axes of a CRS is in metres or radians.
[[nodiscard]] double unit_of_axes(Context const& context, PJ const* crs);

}  // namespace terrein::proj
