#include "terrein/geometry/area_of_use.hpp"

#include <cmath>

#include "geometry/proj.hpp"

namespace terrein {

struct AreaOfUse::Impl {
  proj::Context context;
  proj::Object to_degrees;  ///< to longitude and latitude on the CRS's own datum; empty for a geographic CRS
  bool known = false;
  double west = 0, south = 0, east = 0, north = 0;
};

AreaOfUse::AreaOfUse(Crs const& crs) : impl_(std::make_unique<Impl>()) {
  proj::Object const own = proj::create(impl_->context, crs.authority.empty() ? crs.wkt : crs.authority);
  if (!own) return;
  Impl& area = *impl_;
  bool const stated = proj_get_area_of_use(area.context.get(), own.get(), &area.west, &area.south, &area.east,
                                           &area.north, nullptr) != 0;
  constexpr double unknown = -1000;  // PROJ's mark
  if (!stated || area.west <= unknown) return;
  if (crs.projected) {
    proj::Object const degrees(proj_crs_get_geodetic_crs(area.context.get(), own.get()));
    proj::Object const raw(
        degrees ? proj_create_crs_to_crs_from_pj(area.context.get(), own.get(), degrees.get(), nullptr, nullptr)
                : nullptr);
    if (raw) area.to_degrees = proj::east_north(area.context, raw.get());
    if (!area.to_degrees) return;
  }
  area.known = true;
}

AreaOfUse::AreaOfUse(AreaOfUse&&) noexcept = default;
AreaOfUse::~AreaOfUse() = default;

bool AreaOfUse::known() const noexcept { return impl_->known; }

bool AreaOfUse::holds(Point place) const {
  Impl const& area = *impl_;
  if (!area.known) return true;
  if (!std::isfinite(place.x) || !std::isfinite(place.y)) return false;
  double lon = place.x, lat = place.y;
  if (area.to_degrees) {
    PJ_COORD const degrees = proj_trans(area.to_degrees.get(), PJ_FWD, proj_coord(place.x, place.y, 0, 0));
    lon = degrees.xy.x;
    lat = degrees.xy.y;
  }
  constexpr double around = 0.5, full_turn = 360;
  if (!(lat >= area.south - around && lat <= area.north + around)) return false;
  double const width = area.east - area.west + (area.east < area.west ? full_turn : 0) + 2 * around;
  double const offset = std::fmod(lon - (area.west - around) + 2 * full_turn, full_turn);
  return width >= full_turn || offset <= width;
}

}  // namespace terrein
