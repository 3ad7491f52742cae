#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

#include "geometry/proj.hpp"
#include "terrein/core/error.hpp"
#include "terrein/geometry/crs.hpp"

namespace terrein {

struct Transform::Impl {
  proj::Context context;            // first member: outlives the operations made in it
  std::vector<proj::Object> steps;  // applied one after the other; empty = nothing to do
  TransformInfo info;
};

namespace {

using proj::Context;
using proj::Object;
using proj::text;

/// Longitudes and latitudes in degrees; `any` = not known.
struct Region {
  double west = 0, south = 0, east = 0, north = 0;
  bool any = true;
};

/// One operation between two CRS, or "nothing to do" (no operation) between equal ones.
struct Candidate {
  Object operation;
  std::string name;
  double accuracy = 0;  // negative = not stated
  bool usable = true;   // all grids are on this machine
  bool covers = true;   // its area of use holds the region
  int way = 0;          // position of the pair of CRS that it belongs to
};

bool is_conversion(Context const& context, PJ const* operation) {
  if (proj_get_type(operation) == PJ_TYPE_CONVERSION) return true;
  if (proj_get_type(operation) != PJ_TYPE_CONCATENATED_OPERATION) return false;
  int const steps = proj_concatoperation_get_step_count(context.get(), operation);
  for (int i = 0; i < steps; ++i) {
    Object const step(proj_concatoperation_get_step(context.get(), operation, i));
    if (!step || proj_get_type(step.get()) != PJ_TYPE_CONVERSION) return false;
  }
  return steps > 0;
}

bool covers(Context const& context, PJ const* operation, Region const& region) {
  if (region.any) return true;
  double west = 0, south = 0, east = 0, north = 0;
  if (proj_get_area_of_use(context.get(), operation, &west, &south, &east, &north, nullptr) == 0) return false;
  if (west < -180 || west > 180) return false;  // PROJ gives -1000 for "not known"
  bool const across = west > east;              // over the antimeridian
  bool const in_x = across ? region.west >= west || region.east <= east : region.west >= west && region.east <= east;
  return in_x && region.south >= south && region.north <= north;
}

proj::List operations(Context const& context, PJ const* from, PJ const* to, Region const& region) {
  proj::Factory const factory(proj_create_operation_factory_context(context.get(), nullptr));
  if (!region.any)
    proj_operation_factory_context_set_area_of_interest(context.get(), factory.get(), region.west, region.south,
                                                        region.east, region.north);
  proj_operation_factory_context_set_spatial_criterion(context.get(), factory.get(),
                                                       PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
  // Operations without their grid are wanted too, to tell what would have been better.
  proj_operation_factory_context_set_grid_availability_use(context.get(), factory.get(),
                                                           PROJ_GRID_AVAILABILITY_IGNORED);
  proj_operation_factory_context_set_allow_ballpark_transformations(context.get(), factory.get(), 0);
  // Newer registers mark the Belgian grid to EPSG:4258 as superseded, in favour of a datum nobody's data names.
  proj_operation_factory_context_set_discard_superseded(context.get(), factory.get(), 0);
  return proj::List(proj_create_operations(context.get(), from, to, factory.get()));
}

Candidate describe(Context const& context, Object operation, Region const& region) {
  Candidate out;
  bool const exact = is_conversion(context, operation.get());
  out.name = text(proj_get_name(operation.get()));
  out.accuracy = exact ? 0 : proj_coordoperation_get_accuracy(context.get(), operation.get());
  out.usable = proj_coordoperation_is_instantiable(context.get(), operation.get()) != 0;
  out.covers = exact || covers(context, operation.get(), region);
  out.operation = std::move(operation);
  return out;
}

void add_candidates(Context const& context, PJ const* from, PJ const* to, Region const& region, int way,
                    std::vector<Candidate>& out) {
  if (proj::same(context, from, to)) {
    out.push_back({nullptr, "no operation", 0, true, true, way});
    return;
  }
  auto list = operations(context, from, to, region);
  if (!list || proj_list_get_count(list.get()) == 0) list = operations(context, from, to, Region{});
  int const count = list ? proj_list_get_count(list.get()) : 0;
  for (int i = 0; i < count; ++i) {
    Object operation(proj_list_get(context.get(), list.get(), i));
    if (!operation || proj_coordoperation_has_ballpark_transformation(context.get(), operation.get()) != 0) continue;
    out.push_back(describe(context, std::move(operation), region));
    out.back().way = way;
  }
}

/// Covering operations first, then the more accurate ones; accuracies that are not stated come last.
bool better(Candidate const& a, Candidate const& b) {
  if (a.covers != b.covers) return a.covers;
  auto const rank = [](double accuracy) { return accuracy < 0 ? std::numeric_limits<double>::infinity() : accuracy; };
  return rank(a.accuracy) < rank(b.accuracy);
}

Object conversion(Context const& context, PJ const* from, PJ const* to) {
  Object const raw(proj_create_crs_to_crs_from_pj(context.get(), from, to, nullptr, nullptr));
  return raw ? proj::east_north(context, raw.get()) : nullptr;
}

/// Where the data lie, in degrees: a lattice over their box, because edges bend between systems.
Region region_of(Context const& context, PJ const* from, Box const& area) {
  Object const world = proj::create(context, "EPSG:4326");
  Object const to_world = area.empty() ? nullptr : conversion(context, from, world.get());
  Region out;
  if (!to_world) return out;
  constexpr int cells = 8;
  Box degrees;
  for (int i = 0; i <= cells; ++i)
    for (int j = 0; j <= cells; ++j) {
      PJ_COORD const point =
          proj_coord(area.min_x + area.width() * i / cells, area.min_y + area.height() * j / cells, 0, 0);
      PJ_COORD const lon_lat = proj_trans(to_world.get(), PJ_FWD, point);
      if (std::isfinite(lon_lat.xy.x) && std::isfinite(lon_lat.xy.y)) degrees.extend(lon_lat.xy.x, lon_lat.xy.y);
    }
  if (degrees.empty() || degrees.min_y < -90 || degrees.max_y > 90) return out;
  return {degrees.min_x, degrees.min_y, degrees.max_x, degrees.max_y, false};
}

/// One side of a transformation: its CRS, and the geographic CRS that may take its place because it rests on WGS 84.
struct Side {
  Object crs;
  Object wgs84;             // geographic CRS under `crs` when that is WGS 84
  bool geographic = false;  // `crs` itself is WGS 84 longitude and latitude
};

Side side_of(Context const& context, Crs const& crs) {
  Side out;
  out.crs = proj::create(context, crs.wkt);
  if (!out.crs) throw_error(ErrorKind::crs, "PROJ cannot read the coordinate system '{}'.", crs.name);
  Object base(proj_get_type(out.crs.get()) == PJ_TYPE_BOUND_CRS
                  ? nullptr
                  : proj_crs_get_geodetic_crs(context.get(), out.crs.get()));
  if (!base) return out;
  base.reset(proj_crs_demote_to_2D(context.get(), nullptr, base.get()));
  Object const world = proj::create(context, "EPSG:4326");
  if (!base || !world || !proj::same(context, base.get(), world.get())) return out;
  out.geographic = proj::same(context, out.crs.get(), world.get());
  out.wgs84 = std::move(base);
  return out;
}

/// A pair of CRS between which operations are looked for; null = the side as it is.
struct Way {
  Object from_stand_in, to_stand_in;
};

std::vector<Way> ways(Context const& context, Side const& from, Side const& to) {
  std::vector<Way> out(1);
  if (static_cast<bool>(from.wgs84) == static_cast<bool>(to.wgs84)) return out;  // both or neither: nothing to gain
  for (char const* stand_in : {"EPSG:4258", "EPSG:4269"}) {
    Way way;
    (from.wgs84 ? way.from_stand_in : way.to_stand_in) = proj::create(context, stand_in);
    out.push_back(std::move(way));
  }
  return out;
}

/// The best candidates of all ways, best first. The plain way wins ties because it comes first.
std::vector<Candidate> candidates(Context const& context, Side const& from, Side const& to,
                                  std::vector<Way> const& all_ways, Region const& region) {
  std::vector<Candidate> out;
  for (std::size_t i = 0; i < all_ways.size(); ++i) {
    auto const& way = all_ways[i];
    add_candidates(context, way.from_stand_in ? way.from_stand_in.get() : from.crs.get(),
                   way.to_stand_in ? way.to_stand_in.get() : to.crs.get(), region, static_cast<int>(i), out);
  }
  std::stable_sort(out.begin(), out.end(), better);
  return out;
}

std::string missing_grid(Context const& context, PJ const* operation) {
  int const grids = proj_coordoperation_get_grid_used_count(context.get(), operation);
  for (int i = 0; i < grids; ++i) {
    char const* name = nullptr;
    int available = 1;
    proj_coordoperation_get_grid_used(context.get(), operation, i, &name, nullptr, nullptr, nullptr, nullptr, nullptr,
                                      &available);
    if (available == 0) return text(name);
  }
  return {};
}

TransformInfo info_of(Context const& context, std::vector<Candidate> const& all, Candidate const& chosen,
                      std::vector<Object> const& steps) {
  TransformInfo out;
  out.name = chosen.name;
  out.accuracy_m = chosen.accuracy < 0 ? -1 : chosen.accuracy;
  for (auto const& other : all)
    if (!other.usable && better(other, chosen)) {
      out.grids_missing = true;
      out.better = other.name;
      out.better_grid = missing_grid(context, other.operation.get());
      break;
    }
  for (auto const& step : steps) {
    if (!out.pipeline.empty()) out.pipeline += " ; ";
    out.pipeline += text(proj_as_proj_string(context.get(), step.get(), PJ_PROJ_5, nullptr));
  }
  return out;
}

/// The operation of the chosen candidate, with the projection of WGS 84 before or after it where a side has one.
std::vector<Object> steps_of(Context const& context, Side const& from, Side const& to, Way const& way,
                             Candidate const& chosen) {
  std::vector<Object> out;
  if (way.from_stand_in && !from.geographic) out.push_back(conversion(context, from.crs.get(), from.wgs84.get()));
  if (chosen.operation) out.push_back(proj::east_north(context, chosen.operation.get()));
  if (way.to_stand_in && !to.geographic) out.push_back(conversion(context, to.wgs84.get(), to.crs.get()));
  for (auto const& step : out)
    if (!step) throw_error(ErrorKind::crs, "PROJ cannot carry out '{}': {}.", chosen.name, context.last_error());
  return out;
}

}  // namespace

Transform::Transform(Crs const& from, Crs const& to, Box const& area) {
  auto impl = std::make_unique<Impl>();
  Side const source = side_of(impl->context, from), target = side_of(impl->context, to);
  auto const all_ways = ways(impl->context, source, target);
  auto const region = region_of(impl->context, source.crs.get(), area);
  auto const all = candidates(impl->context, source, target, all_ways, region);
  auto const chosen = std::find_if(all.begin(), all.end(), [](Candidate const& c) { return c.usable; });
  if (chosen == all.end())
    throw_error(ErrorKind::crs,
                "There is no exact operation from '{}' to '{}' on this machine{}. Deliver the data in the study's "
                "coordinate system, or check that the declared one is right.",
                from.name, to.name,
                all.empty() ? "" : "; '" + all.front().name + "' needs a grid (projsync downloads it)");
  impl->steps = steps_of(impl->context, source, target, all_ways[static_cast<std::size_t>(chosen->way)], *chosen);
  impl->info = info_of(impl->context, all, *chosen, impl->steps);
  impl_ = impl.release();
}

Transform::Transform(Transform&& other) noexcept : impl_(std::exchange(other.impl_, nullptr)) {}
Transform& Transform::operator=(Transform&& other) noexcept {
  std::swap(impl_, other.impl_);
  return *this;
}
Transform::~Transform() { delete impl_; }

TransformInfo const& Transform::info() const noexcept { return impl_->info; }
bool Transform::identity() const noexcept { return impl_->steps.empty(); }

void Transform::apply(std::vector<double>& xy) const {
  if (xy.empty()) return;
  std::size_t const points = xy.size() / 2, stride = 2 * sizeof(double);
  for (auto const& step : impl_->steps) {
    proj_trans_generic(step.get(), PJ_FWD, xy.data(), stride, points, xy.data() + 1, stride, points, nullptr, 0, 0,
                       nullptr, 0, 0);
    proj_errno_reset(step.get());
  }
  if (identity()) return;
  constexpr double failed = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i + 1 < xy.size(); i += 2)
    if (!std::isfinite(xy[i]) || !std::isfinite(xy[i + 1])) xy[i] = xy[i + 1] = failed;
}

}  // namespace terrein
