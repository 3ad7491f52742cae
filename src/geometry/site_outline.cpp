#include "terrein/geometry/site_outline.hpp"

#include <algorithm>
#include <cmath>

#include "geometry/offsets.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/spatial_index.hpp"

namespace terrein {
namespace {

constexpr geos::Mitre corners{5};   // only corners sharper than 23 degrees are cut off on the way
constexpr double slack_m = 0.0005;  // a strip of exactly `bridge_m` is drawn a little wider or narrower
constexpr double noise_m2 = 1e-4;   // less public domain than this is rounding
constexpr double grid_m = 1e-6;     // slivers along boundaries that should be one collapse on it

/// One site at a time, for one worker.
class OutlineMaker {
 public:
  OutlineMaker(Layer const& parcels, SpatialIndex const& index, double bridge_m)
      : parcels_(parcels), index_(index), bridge_m_(bridge_m) {}

  void append_outline(std::size_t site, std::vector<Row> const& rows, GeometryColumn& out) {
    site_ = site;
    std::vector<Row> const members = members_of(rows);
    if (members.empty()) return GeometryBuilder(out).end_row(GeometryKind::empty);
    auto const own_land = united(shapes_of(members));
    auto outline = with_public_domain(own_land.get(), members);
    GEOSNormalize_r(context_.get(), outline.get());
    geos::from_geos(context_, outline.get(), GeometryKind::polygon, out);
  }

 private:
  [[nodiscard]] bool is_land(Row row) const {
    return parcels_.geometry.kind[row] == GeometryKind::polygon && parcels_.geometry.has_shape(row);
  }
  void sort_by_id(std::vector<Row>& rows) const {
    std::sort(rows.begin(), rows.end(), [&](Row a, Row b) { return parcels_.id_rank[a] < parcels_.id_rank[b]; });
  }
  [[nodiscard]] std::vector<Row> members_of(std::vector<Row> rows) const {
    for (Row const row : rows)
      if (row >= parcels_.size())
        throw_error(ErrorKind::internal, "Site {} has row {} of {} parcels.", site_ + 1, row, parcels_.size());
    std::erase_if(rows, [&](Row row) { return !is_land(row); });
    sort_by_id(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
  }
  std::vector<geos::Geom> shapes_of(std::vector<Row> const& rows) {
    std::vector<geos::Geom> out;
    for (Row const row : rows) out.push_back(checked(geos::to_geos(context_, parcels_.geometry, row)));
    return out;
  }

  geos::Geom with_public_domain(GEOSGeometry const* own_land, std::vector<Row> const& members) {
    auto const reach = enclosed(bridge_m_ > 0 ? bridged(own_land) : copy(own_land));
    if (geos::area(context_, reach.get()) - geos::area(context_, own_land) <= noise_m2) return copy(own_land);
    auto free = copy(reach.get());
    if (auto others = other_parcels(reach.get(), members); !others.empty()) {
      auto const taken = united(std::move(others));
      free = polygons(geos::difference(context_, reach.get(), taken.get()));
    }
    std::vector<geos::Geom> both;
    both.push_back(copy(own_land));
    both.push_back(std::move(free));
    return only_around(own_land, united_on_grid(std::move(both)));
  }
  /// The land with the strips between its parts. Where edges of two members lie on one line, walls without width would
  /// remain between them, and enclose land: what is thinner than twice the slack is taken off.
  geos::Geom bridged(GEOSGeometry const* land) {
    double const distance = bridge_m_ / 2 + slack_m;
    auto const wide = checked(geos::grown(context_, land, distance, corners));
    auto const thin = polygons(geos::shrunk(context_, wide.get(), distance + slack_m, corners));
    std::vector<geos::Geom> both;
    both.push_back(polygons(geos::grown(context_, thin.get(), slack_m, corners)));
    both.push_back(copy(land));
    return united(std::move(both));
  }
  /// The land without its holes.
  geos::Geom enclosed(geos::Geom land) {
    std::vector<geos::Geom> shells;
    bool holes = false;
    for (GEOSGeometry const* const polygon : geos::polygons_of(context_, land.get())) {
      holes |= GEOSGetNumInteriorRings_r(context_.get(), polygon) > 0;
      GEOSGeometry* const ring = GEOSGeom_clone_r(context_.get(), GEOSGetExteriorRing_r(context_.get(), polygon));
      shells.push_back(checked(geos::own(context_, GEOSGeom_createPolygon_r(context_.get(), ring, nullptr, 0))));
    }
    return holes ? united(std::move(shells)) : std::move(land);
  }
  std::vector<geos::Geom> other_parcels(GEOSGeometry const* reach, std::vector<Row> const& members) {
    std::vector<Row> rows;
    index_.query(geos::box(context_, reach), rows);
    std::vector<Row> known = members;
    std::sort(known.begin(), known.end());
    std::erase_if(rows, [&](Row row) { return !is_land(row) || std::binary_search(known.begin(), known.end(), row); });
    sort_by_id(rows);
    std::vector<geos::Geom> out = shapes_of(rows);
    GEOSPreparedGeometry const* const near = GEOSPrepare_r(context_.get(), reach);
    std::erase_if(
        out, [&](geos::Geom const& shape) { return GEOSPreparedIntersects_r(context_.get(), near, shape.get()) == 0; });
    GEOSPreparedGeom_destroy_r(context_.get(), near);
    return out;
  }
  /// The polygons that hold own land: behind other parcels public domain may be left that touches none of it.
  geos::Geom only_around(GEOSGeometry const* own_land, geos::Geom outline) {
    auto const polygons = geos::polygons_of(context_, outline.get());
    if (polygons.size() == 1) return outline;
    std::vector<geos::Geom> places;
    for (GEOSGeometry const* const part : geos::polygons_of(context_, own_land))
      places.push_back(checked(geos::own(context_, GEOSPointOnSurface_r(context_.get(), part))));
    std::vector<GEOSGeometry const*> kept;
    for (GEOSGeometry const* const polygon : polygons)
      if (std::any_of(places.begin(), places.end(), [&](geos::Geom const& place) {
            return GEOSIntersects_r(context_.get(), polygon, place.get()) == 1;
          }))
        kept.push_back(polygon);
    return geos::together(context_, kept);
  }

  geos::Geom united_on_grid(std::vector<geos::Geom> shapes) {
    auto const all = checked(geos::collect(context_, shapes));
    auto out = geos::own(context_, GEOSUnaryUnionPrec_r(context_.get(), all.get(), grid_m));
    return polygons(out ? std::move(out) : geos::unite(context_, all.get()));
  }
  geos::Geom united(std::vector<geos::Geom> shapes) {
    auto const all = checked(geos::collect(context_, shapes));
    return polygons(geos::unite(context_, all.get()));
  }
  geos::Geom copy(GEOSGeometry const* shape) {
    return checked(geos::own(context_, GEOSGeom_clone_r(context_.get(), shape)));
  }
  geos::Geom polygons(geos::Geom shape) { return geos::polygons_only(context_, checked(std::move(shape))); }
  geos::Geom checked(geos::Geom shape) {
    if (!shape)
      throw_error(ErrorKind::geometry,
                  "The outline of site {} of layer '{}' cannot be made: {}. Repair the shapes in the source and run "
                  "again.",
                  site_ + 1, parcels_.name, context_.last_error());
    return shape;
  }

  geos::Context context_;
  Layer const& parcels_;
  SpatialIndex const& index_;
  double bridge_m_;
  std::size_t site_ = 0;
};

}  // namespace

GeometryColumn site_outlines(Layer const& parcels, std::span<std::vector<Row> const> sites, double bridge_m,
                             unsigned workers) {
  if (!(bridge_m >= 0) || !std::isfinite(bridge_m) || parcels.id_rank.size() != parcels.size())
    throw_error(ErrorKind::internal, "Outlines with a bridge of {} m, {} rows and {} ranks of layer '{}'.", bridge_m,
                parcels.size(), parcels.id_rank.size(), parcels.name);
  SpatialIndex const index(parcels.geometry.box, workers);
  std::vector<GeometryColumn> rows(sites.size());
  parallel_chunks(sites.size(), workers, 4, [&](unsigned, std::size_t begin, std::size_t end) {
    OutlineMaker maker(parcels, index, bridge_m);
    for (std::size_t site = begin; site < end; ++site) maker.append_outline(site, sites[site], rows[site]);
  });
  GeometryColumn out;
  for (GeometryColumn const& row : rows) append(out, row);
  return out;
}

}  // namespace terrein
