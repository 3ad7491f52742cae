#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <tuple>

#include "geometry/edge_runs.hpp"
#include "geometry/geos.hpp"
#include "geometry/noded.hpp"
#include "geometry/segments.hpp"
#include "geometry/void_rings.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/fabric.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/spatial_index.hpp"

namespace terrein {
namespace {

double mean_width(double area, double perimeter) { return perimeter > 0 ? 2 * area / perimeter : 0; }

/// Per face the islands that lie in it and in no smaller one, by place.
std::vector<std::vector<std::uint32_t>> islands_of_faces(VoidRings const& rings, unsigned workers) {
  GeometryColumn const &faces = rings.faces, &islands = rings.islands;
  SpatialIndex const boxes(faces.box);
  EdgeRuns const runs(faces, workers);
  std::vector<std::uint32_t> face_of(islands.size(), no_row);
  parallel_chunks(islands.size(), workers, 16, [&](unsigned, std::size_t begin, std::size_t end) {
    std::vector<std::uint32_t> hits;
    for (std::size_t i = begin; i < end; ++i) {
      Point const corner = vertex_at(islands.path(islands.first_path(i)).data(), 0);
      hits.clear();
      boxes.query(islands.box[i], hits);
      double least = std::numeric_limits<double>::infinity();
      for (std::uint32_t const face : hits) {
        if (!faces.box[face].contains(islands.box[i]) || !runs.contains(face, corner)) continue;
        double const size = area(faces, face);
        if (size < least) face_of[i] = face, least = size;
      }
    }
  });
  std::vector<std::uint32_t> order(islands.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t i, std::uint32_t j) {
    Box const &p = islands.box[i], &q = islands.box[j];
    return std::tie(p.min_x, p.min_y, p.max_x, p.max_y) < std::tie(q.min_x, q.min_y, q.max_x, q.max_y);
  });
  std::vector<std::vector<std::uint32_t>> out(faces.size());
  for (std::uint32_t const i : order)
    if (face_of[i] != no_row) out[face_of[i]].push_back(i);
  return out;
}

void add_path(std::span<double const> path, GeometryBuilder& builder) {
  for (std::size_t i = 0; i + 1 < path.size(); i += 2) builder.vertex(path[i], path[i + 1]);
  builder.end_path();
}

/// Tells of a face whether it is a void, how large, and what lies around it. Read by all workers.
class VoidFinder {
 public:
  VoidFinder(NodedLand const& land, VoidRings const& rings, double tolerance, double least_area, double most_width,
             unsigned workers)
      : noded_(land),
        rings_(rings),
        tolerance_(tolerance),
        least_area_(least_area),
        most_width_(most_width),
        land_(land.boxes()),
        islands_(islands_of_faces(rings, workers)) {}

  [[nodiscard]] std::optional<EnclosedVoid> find(geos::Context const& context, std::size_t face) const {
    double size = area(rings_.faces, face), around = length(rings_.faces, face);
    for (std::uint32_t const island : islands_[face]) {
      size -= area(rings_.islands, island);
      around += length(rings_.islands, island);
    }
    if (size <= least_area_ || mean_width(size, around) >= most_width_) return std::nullopt;
    return empty_land(context, without_islands(face), 0);
  }

 private:
  [[nodiscard]] GeometryColumn without_islands(std::size_t face) const {
    GeometryColumn out;
    GeometryBuilder builder(out);
    add_path(rings_.faces.path(rings_.faces.first_path(face)), builder);
    for (std::uint32_t const island : islands_[face])
      add_path(rings_.islands.path(rings_.islands.first_path(island)), builder);
    builder.end_part();
    builder.end_row(GeometryKind::polygon);
    return out;
  }

  /// The face as it is, if it is a gap: no free edge passes through it, so one point tells whether it is land.
  [[nodiscard]] std::optional<EnclosedVoid> empty_land(geos::Context const& context, GeometryColumn const& column,
                                                       std::size_t face) const {
    EnclosedVoid out;
    out.area = area(column, face);
    out.width = mean_width(out.area, length(column, face));
    out.place = column.box[face].centre();
    auto const shape = geos::to_geos(context, column, face);
    auto const point = geos::own(context, shape ? GEOSPointOnSurface_r(context.get(), shape.get()) : nullptr);
    if (point) {
      GEOSGeomGetX_r(context.get(), point.get(), &out.place.x);
      GEOSGeomGetY_r(context.get(), point.get(), &out.place.y);
    }
    std::vector<Row> rows;
    land_.query(column.box[face].grown(tolerance_), rows);
    for (Row const row : rows) {
      auto const near = noded_.of(row);
      if (locate(near.column, near.row, out.place) >= 0) return std::nullopt;
      if (is_beside(near, column, face)) out.beside.push_back(row);
    }
    std::sort(out.beside.begin(), out.beside.end(), [&](Row a, Row b) { return noded_.rank()[a] < noded_.rank()[b]; });
    return out;
  }

  [[nodiscard]] bool is_beside(NodedLand::Shape const& shape, GeometryColumn const& column, std::size_t face) const {
    double const reach = tolerance_ * tolerance_;
    Box const near = column.box[face].grown(tolerance_);
    for (Run const& run : runs_of(shape.column, shape.row)) {
      if (!run.box.meets(near)) continue;
      for (std::uint32_t i = 0; i < run.segments(); ++i) {
        if (!box_of(run.start(i), run.end(i)).meets(near)) continue;
        for (Run const& other : runs_of(column, face))
          if (squared_distance(other, run.start(i), run.end(i), reach) <= reach) return true;
      }
    }
    return false;
  }

  NodedLand const& noded_;
  VoidRings const& rings_;
  double tolerance_, least_area_, most_width_;
  SpatialIndex land_;
  std::vector<std::vector<std::uint32_t>> islands_;  // per face
};

}  // namespace

std::vector<EnclosedVoid> enclosed_voids(Layer const& layer, Contacts const& touch, double tolerance, double least_area,
                                         double most_width, unsigned workers) {
  NodedLand const land(layer, touch);
  VoidRings const rings = void_rings(free_edges(land, workers), least_area, workers);
  VoidFinder const finder(land, rings, tolerance, least_area, most_width, workers);
  std::vector<std::optional<EnclosedVoid>> found(rings.faces.size());
  constexpr std::size_t chunk = 16;
  parallel_chunks(found.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    geos::Context const context;
    for (std::size_t face = begin; face < end; ++face) found[face] = finder.find(context, face);
  });
  std::vector<EnclosedVoid> out;
  for (auto& one : found)
    if (one) out.push_back(std::move(*one));
  std::sort(out.begin(), out.end(), [](EnclosedVoid const& v, EnclosedVoid const& w) {
    return v.place.x != w.place.x ? v.place.x < w.place.x : v.place.y < w.place.y;
  });
  return out;
}

}  // namespace terrein
