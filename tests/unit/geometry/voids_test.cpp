// Gaps of dirty fabrics against GEOS: all borders noded and made polygons of, less those that lie on land.
#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "geometry/noded.hpp"
#include "geometry/void_rings.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/fabric.hpp"
#include "terrein/geometry/measures.hpp"
#include "unit/geometry/fabrics.hpp"

using namespace terrein;
using terrein::test::Geos;
using terrein::test::layer_of;
using terrein::test::Random;

namespace {

struct Void {
  double area = 0, length = 0;
  Geos::Shape shape;
};

using Ends = std::tuple<double, double, double, double>;

/// Edges of the noded shapes that do not run as often one way as the other, all counted one way.
std::map<Ends, int> borders(NodedLand const& land) {
  std::map<Ends, int> out;
  for (Row row = 0; row < land.size(); ++row) {
    auto const shape = land.of(row);
    for (auto path = shape.column.first_path(shape.row); path < shape.column.end_path(shape.row); ++path) {
      auto const xy = shape.column.path(path);
      for (std::size_t i = 0; i + 3 < xy.size(); i += 2) {
        Ends const there{xy[i], xy[i + 1], xy[i + 2], xy[i + 3]}, back{xy[i + 2], xy[i + 3], xy[i], xy[i + 1]};
        there < back ? ++out[there] : --out[back];
      }
    }
  }
  std::erase_if(out, [](auto const& one) { return one.second == 0; });
  return out;
}

/// What the noded boundaries of a layer enclose outside of its rows, by area.
std::vector<Void> voids_by_geos(Geos const& geos, Layer const& layer, Contacts const& touch, double least_area) {
  auto* const h = geos.handle();
  NodedLand const land(layer, touch);
  std::vector<GEOSGeometry*> lines;
  for (auto const& [ends, times] : borders(land)) {
    auto const& [ax, ay, bx, by] = ends;
    double const xy[] = {ax, ay, bx, by};
    lines.push_back(GEOSGeom_createLineString_r(h, GEOSCoordSeq_copyFromBuffer_r(h, xy, 2, 0, 0)));
  }
  auto const all = geos.own(
      GEOSGeom_createCollection_r(h, GEOS_GEOMETRYCOLLECTION, lines.data(), static_cast<unsigned>(lines.size())));
  auto const crossed = geos.own(GEOSUnaryUnion_r(h, all.get()));
  REQUIRE(crossed);
  GEOSGeometry const* const input = crossed.get();
  auto const faces = geos.own(GEOSPolygonize_r(h, &input, 1));
  std::vector<Void> out;
  for (int i = 0; i < GEOSGetNumGeometries_r(h, faces.get()); ++i) {
    auto face = geos.own(GEOSGeom_clone_r(h, GEOSGetGeometryN_r(h, faces.get(), i)));
    double const size = geos.area(face);
    if (size <= least_area) continue;
    auto const inner = geos.own(GEOSPointOnSurface_r(h, face.get()));
    Point const p = geos.centroid(inner);
    bool on_land = false;
    for (Row row = 0; row < land.size(); ++row)
      on_land = on_land || locate(land.of(row).column, land.of(row).row, p) >= 0;
    if (!on_land) out.push_back({size, geos.length(face), std::move(face)});
  }
  std::sort(out.begin(), out.end(), [](Void const& v, Void const& w) { return v.area < w.area; });
  return out;
}

bool lies_in(Geos const& geos, Point place, Void const& one) {
  auto* const h = geos.handle();
  auto const point = geos.own(GEOSGeom_createPointFromXY_r(h, place.x, place.y));
  return GEOSContains_r(h, one.shape.get(), point.get()) == 1;
}

std::vector<EnclosedVoid> by_area(std::vector<EnclosedVoid> voids) {
  std::sort(voids.begin(), voids.end(), [](EnclosedVoid const& v, EnclosedVoid const& w) { return v.area < w.area; });
  return voids;
}

/// How many voids both ways of computing find. GEOS may snap what lies within 1e-12 of the coordinates, which moves a
/// boundary by as much and cuts off tails that are no wider.
std::size_t compare(Geos const& geos, Layer const& layer, Contacts const& touch, double least_area) {
  auto const expected = voids_by_geos(geos, layer, touch, least_area);
  auto const found = by_area(enclosed_voids(layer, touch, 1e-3, least_area, 1e9, 1));
  REQUIRE(found.size() == expected.size());
  Box const box = layer.geometry.extent();
  double const snapped = 1e-12 * std::max({box.max_x, box.max_y, 1.0});
  for (std::size_t i = 0; i < found.size(); ++i) {
    double const around = 2 * found[i].area / found[i].width;
    CHECK(std::abs(found[i].area - expected[i].area) <= snapped * std::max(around, expected[i].length));
    CHECK(lies_in(geos, found[i].place, expected[i]));
  }
  return found.size();
}

/// Contacts that put no corner into an edge and know of no twin: edges overlap each other's parts.
Contacts without_contacts(Layer const& layer) {
  Contacts out;
  out.twin.assign(layer.geometry.xy.size() / 2, 0);
  return out;
}

/// Draws parcels on a grid of 10 m as badly as registers do.
class DirtyFabric {
 public:
  DirtyFabric(Random& random, Point origin, int side) : random_(random), side_(side), layer_(layer_of({})) {
    for (int i = 0; i < (2 * side + 1) * (2 * side + 1); ++i) {
      double const x = i % (2 * side + 1), y = i / (2 * side + 1);
      corners_.push_back({origin.x + 5 * x + random.in(-1, 1), origin.y + 5 * y + random.in(-1, 1)});
    }
    for (int x = 0; x < side; ++x)
      for (int y = 0; y < side; ++y) add_cell(x, y);
    layer_.id_rank = rank_ids(layer_.id);
  }
  [[nodiscard]] Layer const& layer() const { return layer_; }

 private:
  using Ring = std::vector<Point>;

  [[nodiscard]] Point corner(int x, int y) const { return corners_[static_cast<std::size_t>(x + (2 * side_ + 1) * y)]; }

  void add_cell(int x, int y) {
    if (random_.below(12) == 0) return;  // public land
    Ring ring;
    for (auto const& [dx, dy] : {std::pair{0, 0}, {1, 0}, {2, 0}, {2, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}})
      ring.push_back(corner(2 * x + dx, 2 * y + dy));
    Point const centre = corner(2 * x + 1, 2 * y + 1);
    if (auto const fate = random_.below(10); fate < 2) {
      Point& moved = ring[random_.below(ring.size())];
      moved = between(moved, centre, fate == 0 ? 0.05 : -0.05);
    }
    std::vector<Ring> rings{ring};
    if (random_.below(6) == 0) {
      rings.push_back(shrunk(ring, centre, 0.5));
      if (random_.below(3) != 0) add({shrunk(ring, centre, random_.below(2) == 0 ? 0.5 : 0.45)});
    }
    for (std::size_t copies = random_.below(15) == 0 ? 2 : 1; copies > 0; --copies) add(rings);
  }

  static Point between(Point p, Point q, double at) { return {p.x + at * (q.x - p.x), p.y + at * (q.y - p.y)}; }
  static Ring shrunk(Ring ring, Point centre, double to) {
    for (Point& p : ring) p = between(centre, p, to);
    return ring;
  }

  void add(std::vector<Ring> const& rings) {
    bool const junctions = random_.below(3) == 0;
    double const noise = random_.below(5) == 0 ? 0 : std::pow(10, random_.in(-9, -3));
    GeometryBuilder builder(layer_.geometry);
    for (Ring const& ring : rings) {
      Ring drawn;
      for (std::size_t i = 0; i < ring.size(); ++i) {
        drawn.push_back(ring[i]);
        if (junctions && random_.below(3) == 0)
          drawn.push_back(between(ring[i], ring[(i + 1) % ring.size()], random_.in(0.2, 0.8)));
      }
      for (Point& p : drawn) p = {p.x + random_.in(-noise, noise), p.y + random_.in(-noise, noise)};
      std::rotate(drawn.begin(), drawn.begin() + static_cast<std::ptrdiff_t>(random_.below(drawn.size())), drawn.end());
      if (random_.below(2) == 0) std::reverse(drawn.begin(), drawn.end());
      for (Point const p : drawn) builder.vertex(p.x, p.y);
      builder.end_path();
    }
    builder.end_part();
    builder.end_row(GeometryKind::polygon);
    layer_.id.push_back(std::to_string(layer_.id.size()));
  }

  Random& random_;
  int side_;
  Layer layer_;
  std::vector<Point> corners_;
};

std::string told(Layer const& layer, std::vector<EnclosedVoid> const& voids) {
  std::string out;
  for (auto const& one : voids) {
    out += fmt::format("{:a} {:a} {:a} {:a}", one.place.x, one.place.y, one.area, one.width);
    for (Row const row : one.beside) out += " " + layer.id[row];
    out += "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("gaps of dirty fabrics are what GEOS finds between all edges", "[geometry][fabric]") {
  Geos const geos;
  Random random(31);
  std::size_t found = 0;
  for (int round = 0; round < 300; ++round) {
    DirtyFabric const fabric(random, {0, 0}, 5);
    found += compare(geos, fabric.layer(), contacts(fabric.layer(), 1e-3, 1), 1e-4);
  }
  CHECK(found > 1000);
}

TEST_CASE("gaps of dirty fabrics far from the origin are what GEOS finds", "[geometry][fabric]") {
  Geos const geos;
  Random random(32);
  std::size_t found = 0;
  for (int round = 0; round < 60; ++round) {
    DirtyFabric const fabric(random, {1e7, 9e6}, 4);
    found += compare(geos, fabric.layer(), contacts(fabric.layer(), 1e-3, 1), 1e-3);
  }
  CHECK(found > 100);
}

TEST_CASE("gaps between shapes with corners and edges on one another are what GEOS finds", "[geometry][fabric]") {
  Geos const geos;
  Random random(33);
  std::size_t found = 0;
  for (int round = 0; round < 300; ++round) {
    Layer layer = test::corner_fabric(random, geos, 9);
    for (Row const row : {0U, 4U}) {  // stacked
      GeometryColumn const one = take(layer.geometry, std::vector<Row>{row});
      append(layer.geometry, one);
      layer.id.push_back(layer.id[row] + " again");
    }
    layer.id_rank = rank_ids(layer.id);
    // Whole coordinates up to 6: areas are multiples of a fraction far above the least one here.
    found += compare(geos, layer, contacts(layer, 1e-9, 1), 1e-7);
    found += compare(geos, layer, without_contacts(layer), 1e-7);
  }
  CHECK(found > 300);
}

TEST_CASE("gaps of a dirty fabric are the same bits for all workers and any order of the rows", "[geometry][fabric]") {
  Random random(34);
  DirtyFabric const fabric(random, {150000, 200000}, 40);
  auto const find = [](Layer const& layer, unsigned workers) {
    return told(layer, enclosed_voids(layer, contacts(layer, 1e-3, workers), 1e-3, 1e-5, 1e9, workers));
  };
  std::string const once = find(fabric.layer(), 1);
  CHECK(std::count(once.begin(), once.end(), '\n') > 500);
  for (unsigned const workers : {2U, 3U, 7U}) CHECK(find(fabric.layer(), workers) == once);
  CHECK(find(test::shuffled(random, fabric.layer()), 2) == once);
}

TEST_CASE("a gap between edges that cross has the area of its triangles", "[geometry][fabric]") {
  // The upper boundary of the lower parcel zigzags about y = 10 by 0.5; crossings lie at x = 5, 15, 25, 35. Of the five
  // triangles those at 10 and 30 are gaps of 10 · 0.5 / 2; the others overlap.
  auto const layer = layer_of(
      {"POLYGON((0 0,40 0,40 10.5,30 9.5,20 10.5,10 9.5,0 10.5,0 0))", "POLYGON((0 10,40 10,40 20,0 20,0 10))"});
  auto const found = enclosed_voids(layer, contacts(layer, 1e-3, 1), 1e-3, 0, 1e9, 1);
  REQUIRE(found.size() == 2);
  for (auto const& one : found) {
    CHECK(one.area == Approx(2.5));
    CHECK(one.width == Approx(2 * 2.5 / (10 + 2 * std::hypot(5, 0.5))));
    CHECK(one.beside == std::vector<Row>{0, 1});
  }
}

TEST_CASE("a gap along an edge whose twin was cut is found", "[geometry][fabric]") {
  // The third parcel reaches from a hole of the first 0.2 mm over its lower edge. The first has a vertex near that
  // corner, the corner of the hole, and keeps its edge. The second has none near either corner and lets its edge run
  // from (10, 0) over (5, -0.0002) to (5, 0.0005). Right of x = 5 lie 5 · 0.0002 / 2 m² between the two, less what the
  // third covers: it is 0.2 / 1.0002 · 0.0002 wide where it passes the edge.
  auto const layer = layer_of({"POLYGON((0 0,10 0,10 5,0 5,0 0),(5 0.0005,4 2,6 2,5 0.0005))",
                               "POLYGON((0 0,0 -5,10 -5,10 0,0 0))", "POLYGON((5 -0.0002,5.2 1,4.8 1,5 -0.0002))"});
  auto const found = by_area(enclosed_voids(layer, contacts(layer, 1e-3, 1), 1e-3, 1e-4, 1e9, 1));
  REQUIRE(found.size() == 2);  // the other is the rest of the hole
  CHECK(found[0].area == Approx(0.0005 - 0.2 / 1.0002 * 0.0002 * 0.0002 / 2).epsilon(1e-9));
  CHECK(found[0].beside == std::vector<Row>{0, 1, 2});
}

TEST_CASE("a spike into a gap changes nothing, however its edges lie on each other", "[geometry][fabric]") {
  // There in one edge, back in two, from a corner of a square hole.
  std::vector<FreeEdge> edges{{{0, 0}, {2, 2}}, {{2, 2}, {1, 1}}, {{1, 1}, {0, 0}},  //
                              {{0, 0}, {0, 4}}, {{0, 4}, {4, 4}}, {{4, 4}, {4, 0}}, {{4, 0}, {0, 0}}};
  for (std::size_t turn = 0; turn < edges.size(); ++turn) {
    std::rotate(edges.begin(), edges.begin() + 1, edges.end());
    auto const rings = void_rings(edges, 0.01, 1);
    REQUIRE(rings.faces.size() == 1);
    CHECK(area(rings.faces, 0) == 16);
    CHECK(length(rings.faces, 0) == 16);
    CHECK(rings.islands.size() == 0);
  }
}

TEST_CASE("ten thousand frames stacked on one place enclose one gap", "[geometry][fabric]") {
  std::vector<std::string> const texts(10000, "POLYGON((0 0,3 0,3 3,0 3,0 0),(1 1,1 2,2 2,2 1,1 1))");
  auto const layer = layer_of(texts);
  auto const found = enclosed_voids(layer, without_contacts(layer), 1e-3, 0.01, 1e9, 2);
  REQUIRE(found.size() == 1);
  CHECK(found[0].area == 1);
  CHECK(found[0].beside.size() == 10000);
}
