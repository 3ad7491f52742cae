// Every gate of real land between Scheldt, Rupel and canal, judged by GEOS.
#include <algorithm>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/spatial_index.hpp"
#include "terrein/io/osm.hpp"
#include "terrein/io/read_layer.hpp"
#include "terrein/network/gates.hpp"
#include "terrein/prepare/prepare_layer.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using namespace terrein::test;

namespace fs = std::filesystem;

namespace {

constexpr double tolerance_m = 60;

/// A layer of an OSM file in Lambert 72, its shapes repaired.
Layer read(fs::path const& file, std::string const& layer, std::string const& where) {
  use_osm_config(fs::path(TERREIN_SOURCE_DIR) / "datasets/osm/osmconf.ini");
  ReadOptions options;
  options.name = options.layer = layer;
  options.path = file.string();
  options.where = where;
  Issues issues;
  ReadResult found = read_layer(options, issues);
  PrepareOptions prepare;
  prepare.ids_matter = false;
  prepare.crs = crs_from("EPSG:31370");
  static_cast<void>(prepare_layer(found.layer, found.id_known, prepare, issues));
  return std::move(found.layer);
}

/// Areas and lines as GEOS shapes, and what of them a straight way meets.
class Judge {
 public:
  Judge(Layer const& areas, std::vector<Layer const*> const& lines) {
    add(areas, GeometryKind::polygon);
    areas_ = shapes_.size();
    for (Layer const* one : lines) add(*one, GeometryKind::line);
    index_.emplace(boxes_);
  }
  [[nodiscard]] GEOSContextHandle_t handle() const { return geos_.handle(); }
  [[nodiscard]] Geos const& geos() const { return geos_; }

  /// Metres of the way in areas, and its shortest distance to a line.
  struct Way {
    double metres_in = 0, off_line = 1e9;
    [[nodiscard]] bool open() const { return metres_in <= 0.01 && off_line > 0; }
    [[nodiscard]] bool doubtful() const {
      return std::abs(metres_in - 0.01) < 1e-6 || (off_line > 0 && off_line < 1e-6);
    }
  };
  [[nodiscard]] Way way(Point a, Point b) const {
    auto const line = segment(a, b);
    Way out;
    std::vector<std::uint32_t> near;
    index_->query(Box{std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)}.grown(1), near);
    for (std::uint32_t const i : near) {
      if (i >= areas_) {
        out.off_line = std::min(out.off_line, geos_.distance(shapes_[i], line));
        continue;
      }
      auto const common = geos_.own(GEOSIntersection_r(handle(), shapes_[i].get(), line.get()));
      REQUIRE(common != nullptr);
      out.metres_in = std::max(out.metres_in, geos_.length(common));
    }
    return out;
  }
  [[nodiscard]] Geos::Shape segment(Point a, Point b) const {
    GEOSCoordSequence* const at = GEOSCoordSeq_create_r(handle(), 2, 2);
    GEOSCoordSeq_setXY_r(handle(), at, 0, a.x, a.y);
    GEOSCoordSeq_setXY_r(handle(), at, 1, b.x, b.y);
    return geos_.own(GEOSGeom_createLineString_r(handle(), at));
  }
  /// The points of two shapes that are nearest to each other.
  [[nodiscard]] std::pair<Point, Point> nearest(Geos::Shape const& a, Geos::Shape const& b) const {
    GEOSCoordSequence* const at = GEOSNearestPoints_r(handle(), a.get(), b.get());
    std::pair<Point, Point> out;
    GEOSCoordSeq_getXY_r(handle(), at, 0, &out.first.x, &out.first.y);
    GEOSCoordSeq_getXY_r(handle(), at, 1, &out.second.x, &out.second.y);
    GEOSCoordSeq_destroy_r(handle(), at);
    return out;
  }

 private:
  void add(Layer const& layer, GeometryKind kind) {
    for (Row row = 0; row < layer.size(); ++row) {
      if (layer.geometry.kind[row] != kind) continue;
      shapes_.push_back(geos_.row(layer.geometry, row));
      boxes_.push_back(layer.geometry.box[row]);
    }
  }

  Geos geos_;
  std::vector<Geos::Shape> shapes_;
  std::vector<Box> boxes_;
  std::size_t areas_ = 0;
  std::optional<SpatialIndex> index_;
};

}  // namespace

TEST_CASE("No gate of real land lies behind water, rail or a motorway, and none that GEOS sees is missing", "[real]") {
  auto const osm = shared("data/osm/puurs-bornem-willebroek.osm.pbf");
  if (osm.empty()) return;
  Layer const roads = read(osm, "lines",
                           "highway in ('trunk', 'trunk_link', 'primary', 'primary_link', 'secondary', "
                           "'secondary_link', 'tertiary', 'tertiary_link', 'unclassified', 'residential', "
                           "'living_street', 'service', 'road')");
  Layer const water = read(osm, "multipolygons", "natural = 'water' or waterway in ('riverbank', 'dock')");
  Layer const rail = read(osm, "lines", "railway in ('rail', 'preserved')");
  Layer const motorways = read(osm, "lines", "highway = 'motorway'");
  Layer const land = read(osm, "multipolygons",
                          "landuse is not null and natural is null or historic is not null or leisure = "
                          "'nature_reserve'");
  GraphOptions graph;
  graph.connect = Connect::vertices;
  auto const edges = network_edges(roads, graph);
  Barriers const barriers({{&water}, {&rail}, {&motorways}});
  Gates const gates =
      find_gates(roads, edges, {tolerance_m, {}, &barriers}, land.geometry, hilbert_order(land.geometry.box), 2);
  Judge const judge(water, {&rail, &motorways});

  // Every vertex is a node: a stretch is one straight piece.
  std::vector<Point> from, to;
  std::vector<Box> boxes;
  for (NetworkEdge const& edge : edges) {
    REQUIRE(edge.end - edge.begin == 2);
    double const* xy = roads.geometry.xy.data() + 2 * std::size_t{edge.begin};
    from.push_back({xy[0], xy[1]});
    to.push_back({xy[2], xy[3]});
    boxes.push_back({std::min(xy[0], xy[2]), std::min(xy[1], xy[3]), std::max(xy[0], xy[2]), std::max(xy[1], xy[3])});
  }
  SpatialIndex const near_edges(boxes);

  int checked = 0, shut = 0, fault = 0, missing = 0;
  for (Row row = 0; row < land.size(); ++row) {
    if (land.geometry.kind[row] != GeometryKind::polygon) continue;
    auto const shape = judge.geos().row(land.geometry, row);
    auto const boundary = judge.geos().own(GEOSBoundary_r(judge.handle(), shape.get()));
    for (Gate const& gate : gates.of(row)) {
      auto const at = judge.segment(gate.at, gate.at), on = judge.segment(gate.on, gate.on);
      auto const way = judge.way(gate.at, gate.on);
      bool const good = (way.open() || way.doubtful()) && gate.metres <= tolerance_m &&
                        judge.geos().distance(boundary, at) < 1e-6 &&
                        judge.geos().distance(judge.segment(from[gate.edge], to[gate.edge]), on) < 1e-6;
      ++checked;
      if (!good && ++fault <= 10)
        WARN("gate of " << land.id[row] << " on " << roads.id[edges[gate.edge].row] << ": " << way.metres_in
                        << " m in water, " << way.off_line << " m off a line");
    }
    std::vector<std::uint32_t> near;
    near_edges.query(land.geometry.box[row].grown(tolerance_m), near);
    for (std::uint32_t const edge : near) {
      auto const [at, on] = judge.nearest(boundary, judge.segment(from[edge], to[edge]));
      double const metres = std::hypot(at.x - on.x, at.y - on.y);
      if (metres > tolerance_m - 1e-6) continue;
      auto const way = judge.way(at, on);
      auto const mine = gates.of(row);
      bool const has = std::any_of(mine.begin(), mine.end(), [&](Gate const& gate) { return gate.edge == edge; });
      if (!way.open()) ++shut;
      if (way.open() && !way.doubtful() && !has && ++missing <= 10)
        WARN("no gate of " << land.id[row] << " on " << roads.id[edges[edge].row] << ", " << metres << " m away");
    }
  }

  CHECK(fault == 0);
  CHECK(missing == 0);
  CHECK(checked > 10000);
  CHECK(shut > 1000);
}
