#include <algorithm>
#include <optional>

#include "geometry/edge_runs.hpp"
#include "geometry/geos.hpp"
#include "geometry/local_shape.hpp"
#include "geometry/signed_edges.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/fabric.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

constexpr std::size_t chunk = 16;
constexpr double same = 1e-9;  // of the area: rounding of the overlay

Box common(Box const& a, Box const& b) {
  return {std::max(a.min_x, b.min_x), std::max(a.min_y, b.min_y), std::min(a.max_x, b.max_x),
          std::min(a.max_y, b.max_y)};
}

void measure(geos::Context const& context, GEOSGeometry const* land, double area_a, double area_b, Overlap& out) {
  out.area = geos::area(context, land);
  double perimeter = 0;
  GEOSLength_r(context.get(), land, &perimeter);
  out.width = perimeter > 0 ? 2 * out.area / perimeter : 0;
  out.share = std::min(1.0, out.area / std::min(area_a, area_b));
  out.identical = out.area >= (1 - same) * std::max(area_a, area_b);
  auto const point = geos::own(context, GEOSPointOnSurface_r(context.get(), land));
  if (!point || GEOSGeomGetX_r(context.get(), point.get(), &out.place.x) == 0 ||
      GEOSGeomGetY_r(context.get(), point.get(), &out.place.y) == 0) {
    Box const box = geos::box(context, land);
    out.place = box.centre();
  }
}

Overlap overlap_of(geos::Context const& context, GeometryColumn const& column, EdgeRuns const& runs, RowPair pair) {
  Overlap out;
  out.a = pair.a;
  out.b = pair.b;
  Box const window = common(column.box[pair.a], column.box[pair.b]);
  geos::Geom const a = local_shape(context, column, runs, pair.a, window, 0);
  geos::Geom const b = local_shape(context, column, runs, pair.b, window, 0);
  geos::Geom land = a && b ? geos::intersection(context, a.get(), b.get()) : geos::own(context, nullptr);
  if (land) land = geos::polygons_only(context, std::move(land));
  if (!land) {
    out.failure = context.last_error();
    out.place = window.centre();
    return out;
  }
  if (GEOSisEmpty_r(context.get(), land.get()) == 0)
    measure(context, land.get(), area(column, pair.a), area(column, pair.b), out);
  return out;
}

/// Settles pairs of small rows by area alone. One per worker: it keeps its buffers.
class SmallOverlap {
 public:
  SmallOverlap(GeometryColumn const& column, double least_area) : column_(column), least_area_(least_area) {}

  /// Whether the common land is no more than the least area, whatever rounding did; false when that is not known.
  [[nodiscard]] bool is_surely(RowPair pair) {
    constexpr std::size_t most_edge_pairs = 4096;  // above, only edges near the common box should be looked at
    if (least_area_ <= 0 || column_.vertices(pair.a) * column_.vertices(pair.b) > most_edge_pairs) return false;
    Box both = column_.box[pair.a];
    both.extend(column_.box[pair.b]);
    Point const origin{both.min_x, both.min_y};
    set_edges(column_, pair.a, origin, a_);
    set_edges(column_, pair.b, origin, b_);
    CommonArea const common = common_area(a_, b_);
    return common.area + common.rounding <= least_area_;
  }

 private:
  GeometryColumn const& column_;
  double least_area_;
  SignedEdges a_, b_;
};

}  // namespace

std::vector<Overlap> overlaps(Layer const& layer, std::span<RowPair const> pairs, unsigned workers, double least_area) {
  EdgeRuns const runs(layer.geometry, workers);
  std::vector<Overlap> out(pairs.size());
  parallel_chunks(pairs.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    std::optional<geos::Context> context;
    SmallOverlap small(layer.geometry, least_area);
    for (std::size_t i = begin; i < end; ++i) {
      if (small.is_surely(pairs[i])) continue;
      if (!context) context.emplace();
      out[i] = overlap_of(*context, layer.geometry, runs, pairs[i]);
    }
  });
  std::erase_if(out, [](Overlap const& one) { return one.failure.empty() && !(one.area > 0); });
  return out;
}

}  // namespace terrein
