#include "terrein/geometry/geodesic.hpp"

#include <geodesic.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numbers>

#include "geometry/ellipsoid.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

double metres(geod_geodesic const& on, double const* from, double const* to) {
  for (double const* value : {from, from + 1, to, to + 1})
    if (!std::isfinite(*value)) return std::numeric_limits<double>::quiet_NaN();
  constexpr double degrees = 180 / std::numbers::pi;
  double out = 0;
  geod_inverse(&on, from[1] * degrees, from[0] * degrees, to[1] * degrees, to[0] * degrees, &out, nullptr, nullptr);
  return out;
}

double planar(double const* from) {
  double const dx = from[2] - from[0], dy = from[3] - from[1];
  return std::sqrt(dx * dx + dy * dy);
}

}  // namespace

GeodesicLengths::GeodesicLengths(GeometryColumn const& shapes, Crs const& crs, unsigned workers)
    : edge_m_(shapes.xy.size() / 2, 0) {
  if (!crs.known())
    throw_error(ErrorKind::crs, "Lengths on the ellipsoid need a coordinate system, and none is known.");
  std::vector<std::unique_ptr<proj::Ellipsoid>> of_worker(std::max(1U, workers));
  parallel_chunks(edge_m_.size(), workers, 16384, [&](unsigned worker, std::size_t begin, std::size_t end) {
    auto& ellipsoid = of_worker[worker];
    if (!ellipsoid) ellipsoid = std::make_unique<proj::Ellipsoid>(crs);
    geod_geodesic on;
    geod_init(&on, ellipsoid->a(), 1 - ellipsoid->b() / ellipsoid->a());
    std::size_t const last = std::min(end + 1, edge_m_.size());
    auto const at = [&shapes](std::size_t vertex) {
      return shapes.xy.begin() + static_cast<std::ptrdiff_t>(2 * vertex);
    };
    std::vector<double> lon_lat(at(begin), at(last));
    ellipsoid->to_lon_lat(lon_lat);
    for (std::size_t vertex = begin; vertex + 1 < last; ++vertex) {
      double const* from = lon_lat.data() + 2 * (vertex - begin);
      edge_m_[vertex] = metres(on, from, from + 2);
    }
  });
  for (std::size_t path = 0; path + 1 < shapes.path_begin.size(); ++path)
    if (shapes.path_begin[path + 1] > shapes.path_begin[path]) edge_m_[shapes.path_begin[path + 1] - 1] = 0;
  for (std::size_t vertex = 0; vertex < edge_m_.size(); ++vertex)
    if (edge_m_[vertex] > 0) stretch_ = std::max(stretch_, planar(shapes.xy.data() + 2 * vertex) / edge_m_[vertex]);
}

}  // namespace terrein
