#include "geometry/ellipsoid.hpp"

#include "terrein/core/error.hpp"

namespace terrein::proj {

double unit_of_axes(Context const& context, PJ const* crs) {
  Object const system(proj_crs_get_coordinate_system(context.get(), crs));
  double factor = 1;
  if (system)
    proj_cs_get_axis_info(context.get(), system.get(), 0, nullptr, nullptr, nullptr, &factor, nullptr, nullptr,
                          nullptr);
  return factor;
}

Ellipsoid::Ellipsoid(Crs const& crs) {
  Object const planar = create(context_, crs.wkt);
  Object const geographic(planar ? proj_crs_get_geodetic_crs(context_.get(), planar.get()) : nullptr);
  Object const ellipsoid(geographic ? proj_get_ellipsoid(context_.get(), geographic.get()) : nullptr);
  Object const raw(
      ellipsoid ? proj_create_crs_to_crs_from_pj(context_.get(), planar.get(), geographic.get(), nullptr, nullptr)
                : nullptr);
  inverse_ = raw ? east_north(context_, raw.get()) : nullptr;
  if (!inverse_)
    throw_error(ErrorKind::crs, "The coordinate system '{}' has no scale: it says nothing of an ellipsoid.", crs.name);
  radians_ = unit_of_axes(context_, geographic.get());
  proj_ellipsoid_get_parameters(context_.get(), ellipsoid.get(), &a_, &b_, nullptr, nullptr);
}

void Ellipsoid::to_lon_lat(std::vector<double>& xy) const {
  for (std::size_t i = 0; i + 1 < xy.size(); i += 2) {
    PJ_COORD const place = proj_trans(inverse_.get(), PJ_FWD, proj_coord(xy[i], xy[i + 1], 0, 0));
    xy[i] = place.xy.x * radians_;
    xy[i + 1] = place.xy.y * radians_;
  }
}

}  // namespace terrein::proj
