#include "terrein/geometry/crs.hpp"

#include <geodesic.h>
#include <geos_c.h>

#include <cmath>
#include <vector>

#include "geometry/ellipsoid.hpp"
#include "terrein/core/error.hpp"

namespace terrein {
namespace proj {

bool same(Context const& context, PJ const* crs, PJ const* other) {
  Object const a = east_north(context, crs), b = east_north(context, other);
  return a && b && proj_is_equivalent_to_with_ctx(context.get(), a.get(), b.get(), PJ_COMP_EQUIVALENT) != 0;
}

}  // namespace proj

namespace {

using proj::Object;
using proj::text;

[[noreturn]] void unknown_crs(std::string const& definition, std::string const& why) {
  throw_error(ErrorKind::crs,
              "PROJ does not know the coordinate system '{}'{}. Give an EPSG code such as 'EPSG:31370', or the WKT of "
              "the data's .prj file.",
              definition, why.empty() ? "" : " (" + why + ")");
}

bool is_horizontal_crs(PJ const* crs) {
  switch (proj_get_type(crs)) {
    case PJ_TYPE_GEOGRAPHIC_2D_CRS:
    case PJ_TYPE_PROJECTED_CRS:
    case PJ_TYPE_ENGINEERING_CRS:
    case PJ_TYPE_OTHER_CRS:
      return true;
    default:
      return false;
  }
}

/// The two-dimensional CRS inside a compound, three-dimensional or bound one.
Object horizontal(proj::Context const& context, Object crs) {
  if (crs && proj_get_type(crs.get()) == PJ_TYPE_COMPOUND_CRS)
    crs.reset(proj_crs_get_sub_crs(context.get(), crs.get(), 0));
  if (crs && proj_get_type(crs.get()) == PJ_TYPE_BOUND_CRS) return crs;
  if (crs && !proj_is_crs(crs.get())) return nullptr;
  if (crs) crs.reset(proj_crs_demote_to_2D(context.get(), nullptr, crs.get()));
  return crs;
}

std::string code_of(PJ const* crs) {
  auto const authority = text(proj_get_id_auth_name(crs, 0));
  return authority.empty() ? "" : authority + ":" + text(proj_get_id_code(crs, 0));
}

/// The code of a CRS, when the register says the same under that code: a label alone proves nothing.
std::string proven_code(proj::Context const& context, PJ const* crs) {
  std::string code = code_of(crs);
  if (code.empty()) return code;
  Object const under_code = horizontal(context, proj::create(context, code));
  bool const contradicted = under_code && !proj::same(context, crs, under_code.get());
  return contradicted ? std::string{} : code;
}

/// The registered CRS with the same definition as one that came without a code (a .prj file, a PROJ text), or the CRS
/// itself. Registered ones know all transformations. A bound CRS is looked up without the shift that it carries.
Object registered(proj::Context const& context, Object crs) {
  if (!proven_code(context, crs.get()).empty()) return crs;
  Object inner;
  if (proj_get_type(crs.get()) == PJ_TYPE_BOUND_CRS) inner.reset(proj_get_source_crs(context.get(), crs.get()));
  PJ* const asked = inner ? inner.get() : crs.get();
  constexpr int same_definition = 70;  // percent, as proj_identify counts: all but the name is equal
  int* confidence = nullptr;
  proj::List const found(proj_identify(context.get(), asked, "EPSG", nullptr, &confidence));
  bool const sure = found && proj_list_get_count(found.get()) > 0 && confidence[0] >= same_definition;
  proj_int_list_destroy(confidence);
  if (!sure) return crs;
  return Object(proj_list_get(context.get(), found.get(), 0));
}

}  // namespace

Crs crs_from(std::string const& definition) {
  proj::Context const context;
  Object crs = horizontal(context, proj::create(context, definition));
  if (!crs) unknown_crs(definition, context.last_error());
  crs = registered(context, std::move(crs));
  Object inner;
  if (proj_get_type(crs.get()) == PJ_TYPE_BOUND_CRS) inner.reset(proj_get_source_crs(context.get(), crs.get()));
  PJ const* const plain = inner ? inner.get() : crs.get();
  if (!is_horizontal_crs(plain)) unknown_crs(definition, "it is no geographic or planar system");
  Crs out;
  out.wkt = text(proj_as_wkt(context.get(), crs.get(), PJ_WKT2_2019, nullptr));
  out.authority = proven_code(context, crs.get());
  out.name = text(proj_get_name(plain));
  if (out.wkt.find("\"Lambert Conic Conformal (2SP Belgium)\"") != std::string::npos)
    throw_error(
        ErrorKind::crs,
        "The coordinate system '{}' is Lambert 72 with the rotation of its oldest definition (EPSG:31300), which "
        "PROJ computes 745 m off. Its coordinates are those of EPSG:31370 to a few centimetres: say "
        "\"EPSG:31370\" instead (for a source that is labelled so: crs_override = \"EPSG:31370\").",
        definition.size() > 60 ? out.name : definition);
  out.projected = proj_get_type(plain) != PJ_TYPE_GEOGRAPHIC_2D_CRS;
  if (out.projected) out.metres_per_unit = proj::unit_of_axes(context, plain);
  return out;
}

bool same_crs(Crs const& a, Crs const& b) {
  if (!a.known() || !b.known()) return false;
  if (a.wkt == b.wkt) return true;
  proj::Context const context;
  Object const first = proj::create(context, a.wkt), second = proj::create(context, b.wkt);
  return first && second && proj::same(context, first.get(), second.get());
}

double areal_scale(Crs const& crs, Point centre) {
  if (!crs.projected)
    throw_error(ErrorKind::crs, "The coordinate system '{}' is not projected: it has no scale.", crs.name);
  // By differences: proj_factors of PROJ 9.1 is wrong for systems in feet or with northing before easting. Over
  // 2 × 100 m the curvature of the map counts for 1e-9.
  double const step = 100 / crs.metres_per_unit;
  std::vector<double> cross{centre.x - step, centre.y, centre.x + step, centre.y, centre.x,
                            centre.y - step, centre.x, centre.y + step, centre.x, centre.y};
  proj::Ellipsoid const ellipsoid(crs);
  ellipsoid.to_lon_lat(cross);
  for (double const value : cross)
    if (!std::isfinite(value))
      throw_error(ErrorKind::crs, "The point {}, {} lies outside the coordinate system '{}'.", centre.x, centre.y,
                  crs.name);
  auto const slope = [&](std::size_t i) { return (cross[i + 2] - cross[i]) / 200; };
  double const radians_per_m2 = std::abs(slope(0) * slope(5) - slope(4) * slope(1));
  double const a = ellipsoid.a(), e2 = 1 - ellipsoid.b() * ellipsoid.b() / (a * a);
  double const sine = std::sin(cross[9]), bulge = 1 - e2 * sine * sine;
  // Radii of curvature of the meridian and of the prime vertical, and the circle of latitude.
  double const m2_per_radians = a * a * (1 - e2) * std::cos(cross[9]) / (bulge * bulge);
  return 1 / (radians_per_m2 * m2_per_radians);
}

GeodesicRing geodesic_ring(std::vector<double> const& lon_lat, double a, double inv_f) {
  geod_geodesic ellipsoid;
  geod_init(&ellipsoid, a, 1 / inv_f);
  geod_polygon ring;
  geod_polygon_init(&ring, 0);
  for (std::size_t i = 0; i + 1 < lon_lat.size(); i += 2)
    geod_polygon_addpoint(&ellipsoid, &ring, lon_lat[i + 1], lon_lat[i]);
  GeodesicRing out{};
  geod_polygon_compute(&ellipsoid, &ring, 0, 1, &out.area_m2, &out.perimeter_m);
  return out;
}

std::string proj_version() { return proj_info().version; }

std::string epsg_version() {
  proj::Context const context;
  return text(proj_context_get_database_metadata(context.get(), "EPSG.VERSION"));
}

std::string geos_version() {
  std::string const full = GEOSversion();  // "3.11.1-CAPI-1.17.1"
  return full.substr(0, full.find('-'));
}

}  // namespace terrein
