#include <algorithm>
#include <optional>

#include "geometry/edge_runs.hpp"
#include "geometry/free_edges.hpp"
#include "geometry/geos.hpp"
#include "geometry/noded.hpp"
#include "geometry/segments.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/fabric.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/spatial_index.hpp"

namespace terrein {
namespace {

double mean_width(double area, double perimeter) { return perimeter > 0 ? 2 * area / perimeter : 0; }

/// Polygons between free edges, each with the cluster it comes from: land or void, which is seen later.
struct Faces {
  GeometryColumn column;
  std::vector<std::uint32_t> cluster;
};

void add_lines(geos::Context const& context, std::span<FreeEdge const> edges, std::vector<geos::Geom>& lines) {
  for (FreeEdge const& e : edges) {
    double const xy[] = {e.a.x, e.a.y, e.b.x, e.b.y};
    auto* const ends = GEOSCoordSeq_copyFromBuffer_r(context.get(), xy, 2, 0, 0);
    lines.push_back(geos::own(context, GEOSGeom_createLineString_r(context.get(), ends)));
  }
}

/// All polygons that lines enclose, each as a row of `out`. False when GEOS gives up.
bool polygonize(geos::Context const& context, std::vector<geos::Geom>& lines, GeometryColumn& out) {
  geos::Geom const all = geos::collect(context, lines);
  geos::Geom const crossed = all ? geos::unite(context, all.get()) : geos::own(context, nullptr);
  if (!crossed) return false;
  GEOSGeometry const* const input = crossed.get();
  geos::Geom const polygons = geos::own(context, GEOSPolygonize_r(context.get(), &input, 1));
  if (!polygons) return false;
  int const count = GEOSGetNumGeometries_r(context.get(), polygons.get());
  for (int i = 0; i < count; ++i)
    geos::from_geos(context, GEOSGetGeometryN_r(context.get(), polygons.get(), i), GeometryKind::polygon, out);
  return true;
}

/// A plain ring that runs clockwise around what is on its right.
void add_hole(std::span<FreeEdge const> ring, std::uint32_t cluster, Faces& faces) {
  double twice = 0;
  Point const o = ring.front().a;
  for (FreeEdge const& e : ring) twice += (e.a.x - o.x) * (e.b.y - o.y) - (e.b.x - o.x) * (e.a.y - o.y);
  if (twice >= 0) return;
  GeometryBuilder builder(faces.column);
  for (FreeEdge const& e : ring) builder.vertex(e.a.x, e.a.y);
  builder.end_path();
  builder.end_part();
  builder.end_row(GeometryKind::polygon);
  faces.cluster.push_back(cluster);
}

Faces faces_of(FreeEdges const& free, unsigned workers, std::vector<std::string>& failures) {
  std::vector<std::uint32_t> tangled;
  Faces out;
  for (std::uint32_t c = 0; c < free.clusters(); ++c) {
    if (free.plain[c] != 0)
      add_hole(free.of(c), c, out);
    else
      tangled.push_back(c);
  }
  std::vector<GeometryColumn> parts(tangled.size());
  std::vector<std::string> failed(tangled.size());
  parallel_chunks(tangled.size(), workers, 1, [&](unsigned, std::size_t begin, std::size_t end) {
    geos::Context const context;
    for (std::size_t i = begin; i < end; ++i) {
      std::vector<geos::Geom> lines;
      add_lines(context, free.of(tangled[i]), lines);
      if (!polygonize(context, lines, parts[i])) failed[i] = context.last_error();
    }
  });
  for (std::size_t i = 0; i < tangled.size(); ++i) {
    GeometryBuilder builder(out.column);
    for (std::size_t row = 0; row < parts[i].size(); ++row) {
      builder.copy_row(parts[i], row);
      out.cluster.push_back(tangled[i]);
    }
    if (!failed[i].empty()) failures.push_back(failed[i]);
  }
  return out;
}

/// Tells of a face whether it is a void, how large, and what lies around it. Read by all workers.
class VoidFinder {
 public:
  VoidFinder(NodedLand const& land, FreeEdges const& free, Faces const& faces, double tolerance, double least_area,
             double most_width)
      : noded_(land),
        free_(free),
        faces_(faces),
        tolerance_(tolerance),
        least_area_(least_area),
        most_width_(most_width),
        land_(land.boxes()),
        clusters_(free.box),
        runs_(faces.column) {}

  /// `failure` says why it could not be told.
  std::optional<EnclosedVoid> find(geos::Context const& context, std::size_t face, std::string& failure) const {
    GeometryColumn const& column = faces_.column;
    double const whole = area(column, face);
    if (whole <= least_area_) return std::nullopt;
    auto const inside = clusters_inside(face);
    if (inside.empty()) return measured(context, column, face);
    if (surely_wide(face, whole, inside)) return std::nullopt;
    std::vector<geos::Geom> lines;
    for (std::uint32_t path = column.first_path(face); path < column.end_path(face); ++path)
      add_lines(context, edges_of(column.path(path)), lines);
    for (std::uint32_t const cluster : inside) add_lines(context, free_.of(cluster), lines);
    GeometryColumn cut;
    if (!polygonize(context, lines, cut)) {
      failure = context.last_error();
      return std::nullopt;
    }
    // Islands lie strictly inside: the rest of the face alone reaches its whole box.
    for (std::size_t row = 0; row < cut.size(); ++row)
      if (cut.box[row] == column.box[face]) return measured(context, cut, row);
    return std::nullopt;
  }

 private:
  static std::vector<FreeEdge> edges_of(std::span<double const> path) {
    std::vector<FreeEdge> out;
    for (std::size_t i = 0; 2 * i + 3 < path.size(); ++i)
      out.push_back({vertex_at(path.data(), i), vertex_at(path.data(), i + 1)});
    return out;
  }

  /// Clusters of free edges other than its own that lie in a face: islands of land, and what they enclose.
  [[nodiscard]] std::vector<std::uint32_t> clusters_inside(std::size_t face) const {
    std::vector<std::uint32_t> hits;
    Box const& box = faces_.column.box[face];
    clusters_.query(box, hits);
    std::erase_if(hits, [&](std::uint32_t c) {
      return c == faces_.cluster[face] || !box.contains(free_.box[c]) || !runs_.contains(face, free_.of(c).front().a);
    });
    return hits;
  }

  /// Whether what islands leave of a face is wider than a gap even if they overlap nowhere: spares large public land.
  [[nodiscard]] bool surely_wide(std::size_t face, double whole, std::vector<std::uint32_t> const& inside) const {
    double perimeter = length(faces_.column, face);
    for (std::uint32_t const cluster : inside)
      for (FreeEdge const& e : free_.of(cluster)) perimeter += distance(e.a, e.b);
    Box const& box = faces_.column.box[face];
    std::vector<Row> rows;
    land_.query(box, rows);
    for (Row const row : rows)
      if (auto const shape = noded_.of(row);
          box.contains(shape.column.box[shape.row]) && runs_.contains(face, first_vertex(shape)))
        whole -= area(shape.column, shape.row);
    return mean_width(whole, perimeter) >= most_width_;
  }

  static Point first_vertex(NodedLand::Shape const& shape) {
    return vertex_at(shape.column.path(shape.column.first_path(shape.row)).data(), 0);
  }

  /// The face as it is, if it is a gap: no free edge passes through it, so one point tells whether it is land.
  [[nodiscard]] std::optional<EnclosedVoid> measured(geos::Context const& context, GeometryColumn const& column,
                                                     std::size_t face) const {
    EnclosedVoid out;
    out.area = area(column, face);
    out.width = mean_width(out.area, length(column, face));
    if (out.area <= least_area_ || out.width >= most_width_) return std::nullopt;
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
  FreeEdges const& free_;
  Faces const& faces_;
  double tolerance_, least_area_, most_width_;
  SpatialIndex land_, clusters_;
  EdgeRuns runs_;
};

}  // namespace

std::vector<EnclosedVoid> enclosed_voids(Layer const& layer, Contacts const& touch, double tolerance, double least_area,
                                         double most_width, unsigned workers, std::vector<std::string>& failures) {
  NodedLand const land(layer, touch);
  FreeEdges const free = free_edges(land, still_meeting(land, touch.meeting, workers), workers);
  Faces const faces = faces_of(free, workers, failures);
  VoidFinder const finder(land, free, faces, tolerance, least_area, most_width);
  std::vector<std::optional<EnclosedVoid>> found(faces.column.size());
  std::vector<std::string> failed(found.size());
  constexpr std::size_t chunk = 16;
  parallel_chunks(found.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    geos::Context const context;
    for (std::size_t face = begin; face < end; ++face) found[face] = finder.find(context, face, failed[face]);
  });
  std::vector<EnclosedVoid> out;
  for (auto& one : found)
    if (one) out.push_back(std::move(*one));
  for (std::string& text : failed)
    if (!text.empty()) failures.push_back(std::move(text));
  std::sort(out.begin(), out.end(), [](EnclosedVoid const& v, EnclosedVoid const& w) {
    return v.place.x != w.place.x ? v.place.x < w.place.x : v.place.y < w.place.y;
  });
  return out;
}

}  // namespace terrein
