#pragma once

#include <optional>
#include <string>
#include <vector>

#include "terrein/geometry/box.hpp"

namespace terrein {

/// A coordinate reference system by definition. Compare with `same_crs`, never by name.
struct Crs {
  std::string wkt;             ///< WKT2:2019; empty = unknown
  std::string authority;       ///< "EPSG:31370" when the definition has a code or is identified with one, else empty
  std::string name;            ///< for people
  bool projected = false;      ///< planar axes
  double metres_per_unit = 1;  ///< of the planar axes (1200/3937 for the US survey foot)

  [[nodiscard]] bool known() const noexcept { return !wkt.empty(); }
};

/// From "EPSG:31370", WKT or a PROJ text. Throws `Error{crs}` with the remedy when PROJ does not know it, and for
/// EPSG:31300, which PROJ computes wrongly.
[[nodiscard]] Crs crs_from(std::string const& definition);
/// Equal definitions; axis order and names do not count.
[[nodiscard]] bool same_crs(Crs const& a, Crs const& b);

/// One way of bringing coordinates from one CRS to another.
struct TransformInfo {
  std::string name;            ///< of the operation, as PROJ gives it
  double accuracy_m = 0;       ///< stated accuracy; negative = not stated
  bool grids_missing = false;  ///< a more accurate operation exists whose grid is not on this machine
  std::string better;          ///< name of that operation
  std::string better_grid;     ///< file of its first missing grid, as `projsync --file` wants it; may be empty
  std::string pipeline;        ///< PROJ pipeline text
};

/// Transforms coordinates, x = easting or longitude and y = northing or latitude on both sides.
/// The most accurate operation that is usable on this machine over `area` (in the source CRS) is taken; ballpark
/// operations never; where one side is WGS 84 (EPSG:4326) or a projection of it, ETRS89 or NAD83 may stand for it when
/// that is the more accurate way, so that Belgian coordinates never take the 1 m short cut. An operation whose area of
/// use holds `area` goes before one whose area does not; a mere projection holds everywhere and has accuracy 0.
class Transform {
 public:
  /// Throws `Error{crs}` when there is no operation but a ballpark one.
  Transform(Crs const& from, Crs const& to, Box const& area);
  Transform(Transform&&) noexcept;
  Transform& operator=(Transform&&) noexcept;
  ~Transform();
  [[nodiscard]] TransformInfo const& info() const noexcept;
  [[nodiscard]] bool identity() const noexcept;
  /// x, y pairs in place. Points that cannot be transformed become infinite. Not thread-safe: one per worker.
  void apply(std::vector<double>& xy) const;

 private:
  struct Impl;
  Impl* impl_;
};

/// How far planar areas at `centre` are from areas on the ellipsoid: planar / ellipsoidal. 1 for equal-area CRS.
/// Throws `Error{crs}` for a CRS that is not projected.
[[nodiscard]] double areal_scale(Crs const& crs, Point centre);
/// Signed area in m² (counter-clockwise positive) and perimeter in m of a ring of lon, lat pairs in degrees on an
/// ellipsoid with semi-major axis `a` and inverse flattening `inv_f` (Karney 2013, through PROJ).
struct GeodesicRing {
  double area_m2, perimeter_m;
};
[[nodiscard]] GeodesicRing geodesic_ring(std::vector<double> const& lon_lat, double a = 6378137,
                                         double inv_f = 298.257223563);
/// "9.1.1" and the name and version of the EPSG data in PROJ's database.
[[nodiscard]] std::string proj_version();
[[nodiscard]] std::string epsg_version();
[[nodiscard]] std::string geos_version();

}  // namespace terrein
