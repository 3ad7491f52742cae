#include "terrein/geometry/corridors.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "geometry/geos.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

constexpr int pieces_per_quarter = 8;

/// Lines of one owner that lie together: what is widened in one go, so that no step sees very many lines.
struct Batch {
  std::uint32_t owner;
  std::vector<std::uint32_t> rows;
};

[[noreturn]] void fail(geos::Context const& context, char const* what) {
  throw_error(ErrorKind::geometry, "Land around lines cannot be {}: {}.", what, context.last_error());
}

std::span<double const> vertices_of(GeometryColumn const& lines, std::size_t row) {
  std::size_t const begin = lines.path_begin[lines.first_path(row)], end = lines.path_begin[lines.end_path(row)];
  return std::span(lines.xy).subspan(2 * begin, 2 * (end - begin));
}

/// By squares of an absolute grid, and within one by coordinates, so that the order of the rows does not matter.
std::vector<Batch> batches_of(GeometryColumn const& lines, std::span<std::uint32_t const> owner, double side) {
  std::map<std::tuple<std::uint32_t, double, double>, Batch> batches;
  for (std::uint32_t row = 0; row < lines.size(); ++row) {
    bool const is_drawn = lines.kind[row] == GeometryKind::line || lines.kind[row] == GeometryKind::point;
    if (!is_drawn || !lines.has_shape(row)) continue;
    Box const& box = lines.box[row];
    Batch& batch = batches[{owner[row], std::floor(box.min_x / side), std::floor(box.min_y / side)}];
    batch.owner = owner[row];
    batch.rows.push_back(row);
  }
  std::vector<Batch> out;
  for (auto& [place, batch] : batches) {
    std::sort(batch.rows.begin(), batch.rows.end(), [&](std::uint32_t a, std::uint32_t b) {
      auto const x = vertices_of(lines, a), y = vertices_of(lines, b);
      return std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end());
    });
    out.push_back(std::move(batch));
  }
  return out;
}

/// Lines that meet become one first: far fewer round ends are to be united.
void widen(GeometryColumn const& lines, Batch const& batch, double width_m, GeometryColumn& out) {
  geos::Context const context;
  std::vector<geos::Geom> shapes, all;
  for (std::uint32_t const row : batch.rows) {
    auto& kind = lines.kind[row] == GeometryKind::line ? shapes : all;
    kind.push_back(geos::to_geos(context, lines, row));
    if (!kind.back()) fail(context, "made");
  }
  auto const unmerged = geos::collect(context, shapes);
  all.push_back(unmerged ? geos::own(context, GEOSLineMerge_r(context.get(), unmerged.get())) : nullptr);
  if (!all.back()) fail(context, "made");
  auto const together = geos::collect(context, all);
  auto const wide = geos::own(context, GEOSBuffer_r(context.get(), together.get(), width_m, pieces_per_quarter));
  if (!wide) fail(context, "made");
  geos::from_geos(context, wide.get(), GeometryKind::polygon, out);
}

geos::Geom united(geos::Context const& context, std::vector<geos::Geom>& shapes) {
  auto const all = geos::collect(context, shapes);
  auto out = all ? geos::unite(context, all.get()) : geos::own(context, nullptr);
  if (!out) fail(context, "united");
  return geos::polygons_only(context, std::move(out));
}

/// A row in a form that does not depend on how it was made.
void append_normal(geos::Context const& context, geos::Geom shape, GeometryColumn& out) {
  GEOSNormalize_r(context.get(), shape.get());
  geos::from_geos(context, shape.get(), GeometryKind::polygon, out);
}

void append_united(std::span<GeometryColumn const> columns, GeometryColumn& out) {
  geos::Context const context;
  std::vector<geos::Geom> shapes;
  for (GeometryColumn const& column : columns)
    for (std::size_t row = 0; row < column.size(); ++row) shapes.push_back(geos::to_geos(context, column, row));
  if (shapes.empty()) return GeometryBuilder(out).end_row(GeometryKind::empty);
  append_normal(context, united(context, shapes), out);
}

/// Land of several owners, and who gets what of it.
class Sharing {
 public:
  Sharing(GeometryColumn const& areas, double reach_m) : areas_(areas) {
    for (std::size_t row = 0; row < areas.size(); ++row) shapes_.push_back(geos::to_geos(context_, areas, row));
    std::vector<geos::Geom> common;
    for (std::size_t a = 0; a < areas.size(); ++a)
      for (std::size_t b = a + 1; b < areas.size(); ++b) {
        if (!areas.has_shape(a) || !areas.has_shape(b) || !areas.box[a].meets(areas.box[b])) continue;
        auto both = checked(geos::intersection(context_, shapes_[a].get(), shapes_[b].get()));
        if (geos::area(context_, both.get()) > 0) common.push_back(geos::polygons_only(context_, std::move(both)));
      }
    if (common.empty()) return;
    common_ = united(context_, common);
    near_ = checked(geos::own(context_, GEOSBuffer_r(context_.get(), common_.get(), reach_m, pieces_per_quarter)));
  }

  [[nodiscard]] bool any() const { return common_ != nullptr; }

  GeometryColumn by(std::vector<OwnedPoint> const& points) {
    auto cells = cells_of(near_only(points));
    GeometryColumn out;
    for (std::size_t row = 0; row < areas_.size(); ++row) {
      if (!areas_.has_shape(row)) {
        GeometryBuilder(out).end_row(GeometryKind::empty);
        continue;
      }
      std::vector<geos::Geom> parts;
      parts.push_back(
          geos::polygons_only(context_, checked(geos::difference(context_, shapes_[row].get(), common_.get()))));
      if (!cells[row].empty()) {
        auto const own = united(context_, cells[row]);
        parts.push_back(geos::polygons_only(context_, checked(geos::intersection(context_, common_.get(), own.get()))));
      }
      append_normal(context_, united(context_, parts), out);
    }
    return out;
  }

 private:
  geos::Geom checked(geos::Geom shape) {
    if (!shape) fail(context_, "shared out");
    return shape;
  }
  geos::Geom point_shape(OwnedPoint const& point) {
    return geos::own(context_, GEOSGeom_createPointFromXY_r(context_.get(), point.x, point.y));
  }

  std::vector<OwnedPoint> near_only(std::vector<OwnedPoint> const& points) {
    struct Unprepare {
      GEOSContextHandle_t handle;
      void operator()(GEOSPreparedGeometry const* shape) const { GEOSPreparedGeom_destroy_r(handle, shape); }
    };
    std::unique_ptr<GEOSPreparedGeometry const, Unprepare> const near(GEOSPrepare_r(context_.get(), near_.get()),
                                                                      {context_.get()});
    std::vector<OwnedPoint> out;
    for (OwnedPoint const& point : points)
      if (GEOSPreparedIntersects_r(context_.get(), near.get(), point_shape(point).get()) == 1) out.push_back(point);
    return out;
  }

  /// The Voronoi cells of each owner's points.
  std::vector<std::vector<geos::Geom>> cells_of(std::vector<OwnedPoint> const& points) {
    std::vector<std::vector<geos::Geom>> out(areas_.size());
    if (points.empty()) return out;
    std::vector<geos::Geom> sites;
    for (OwnedPoint const& point : points) sites.push_back(point_shape(point));
    auto const all = geos::collect(context_, sites);
    if (points.size() == 1) {
      out[points.front().owner].push_back(geos::own(context_, GEOSGeom_clone_r(context_.get(), near_.get())));
      return out;
    }
    auto const cells = checked(geos::own(context_, GEOSVoronoiDiagram_r(context_.get(), all.get(), near_.get(), 0, 0)));
    // GEOS gives the cells in an order of its own: the site in a cell tells whose it is.
    int const count = GEOSGetNumGeometries_r(context_.get(), cells.get());
    for (int i = 0; i < count; ++i) {
      GEOSGeometry const* const cell = GEOSGetGeometryN_r(context_.get(), cells.get(), i);
      GeometryColumn column;
      geos::from_geos(context_, cell, GeometryKind::polygon, column);
      Box const& box = column.box.front();
      auto point = std::lower_bound(points.begin(), points.end(), OwnedPoint{box.min_x, box.min_y, 0},
                                    [](OwnedPoint const& a, OwnedPoint const& b) { return a.x < b.x; });
      for (; point != points.end() && point->x <= box.max_x; ++point)
        if (point->y >= box.min_y && point->y <= box.max_y && locate(column, 0, {point->x, point->y}) > 0) break;
      if (point == points.end() || point->x > box.max_x) fail(context_, "shared out");
      out[point->owner].push_back(geos::own(context_, GEOSGeom_clone_r(context_.get(), cell)));
    }
    return out;
  }

  geos::Context context_;
  GeometryColumn const& areas_;
  std::vector<geos::Geom> shapes_;
  geos::Geom common_, near_;
};

}  // namespace

GeometryColumn corridors(GeometryColumn const& lines, std::span<std::uint32_t const> owner, std::size_t owners,
                         double width_m, unsigned workers) {
  double const side = width_m;  // larger batches hold many lines whose land overlaps, which takes far longer
  auto const batches = batches_of(lines, owner, side);
  std::vector<GeometryColumn> wide(batches.size());
  parallel_chunks(batches.size(), workers, 1,
                  [&](unsigned, std::size_t i, std::size_t) { widen(lines, batches[i], width_m, wide[i]); });
  std::vector<GeometryColumn> rows(owners);
  parallel_chunks(owners, workers, 1, [&](unsigned, std::size_t one, std::size_t) {
    auto const first_of = [&](std::uint32_t number) {
      return std::partition_point(batches.begin(), batches.end(),
                                  [number](Batch const& batch) { return batch.owner < number; }) -
             batches.begin();
    };
    auto const first = static_cast<std::size_t>(first_of(static_cast<std::uint32_t>(one)));
    auto const end = static_cast<std::size_t>(first_of(static_cast<std::uint32_t>(one + 1)));
    append_united(std::span(wide).subspan(first, end - first), rows[one]);
  });
  GeometryColumn out;
  for (GeometryColumn const& row : rows) append(out, row);
  return out;
}

GeometryColumn shared_out(GeometryColumn const& areas, std::vector<OwnedPoint> points, double reach_m) {
  std::sort(points.begin(), points.end());
  auto const same_place = [](OwnedPoint const& a, OwnedPoint const& b) { return a.x == b.x && a.y == b.y; };
  points.erase(std::unique(points.begin(), points.end(), same_place), points.end());
  Sharing sharing(areas, reach_m);
  return sharing.any() ? sharing.by(points) : areas;
}

}  // namespace terrein
