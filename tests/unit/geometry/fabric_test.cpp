// The fabric of a layer against GEOS, exact arithmetic on whole coordinates, and counted cells.
#include "terrein/geometry/fabric.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/measures.hpp"
#include "unit/geometry/fabrics.hpp"

using namespace terrein;
using terrein::test::cell_fabric;
using terrein::test::Cells;
using terrein::test::corner_fabric;
using terrein::test::Geos;
using terrein::test::layer_of;
using terrein::test::Random;
using terrein::test::shuffled;
using terrein::test::union_of;

namespace {

std::vector<RowPair> meeting_by_geos(Geos const& geos, Layer const& layer) {
  std::vector<Geos::Shape> shapes;
  for (std::size_t row = 0; row < layer.size(); ++row) shapes.push_back(geos.row(layer.geometry, row));
  std::vector<RowPair> out;
  for (Row a = 0; a < layer.size(); ++a)
    for (Row b = a + 1; b < layer.size(); ++b)
      if (GEOSRelatePattern_r(geos.handle(), shapes[a].get(), shapes[b].get(), "T********") == 1) out.push_back({a, b});
  return out;
}

using Corner = std::tuple<Row, double, double, Row>;  // row without vertex, place, row with the corner

/// Whole coordinates: the cross product is exact.
std::set<Corner> missing_by_hand(GeometryColumn const& column) {
  auto const vertices = [&](Row row) {
    std::set<std::pair<double, double>> out;
    for (auto p = column.first_path(row); p < column.end_path(row); ++p)
      for (std::size_t i = 0; i + 1 < column.path(p).size(); i += 2)
        out.insert({column.path(p)[i], column.path(p)[i + 1]});
    return out;
  };
  auto const on_edge = [&](Row row, double x, double y) {
    for (auto p = column.first_path(row); p < column.end_path(row); ++p) {
      auto const xy = column.path(p);
      for (std::size_t i = 0; i + 3 < xy.size(); i += 2) {
        double const cross = (xy[i + 2] - xy[i]) * (y - xy[i + 1]) - (xy[i + 3] - xy[i + 1]) * (x - xy[i]);
        double const dot = (x - xy[i]) * (x - xy[i + 2]) + (y - xy[i + 1]) * (y - xy[i + 3]);
        if (cross == 0 && dot < 0) return true;
      }
    }
    return false;
  };
  std::set<Corner> out;
  for (Row row = 0; row < column.size(); ++row)
    for (Row of = 0; of < column.size(); ++of)
      if (row != of)
        for (auto const& [x, y] : vertices(of))
          if (!vertices(row).contains({x, y}) && on_edge(row, x, y)) out.insert({row, x, y, of});
  return out;
}

std::set<Corner> corners(Contacts const& found) {
  std::set<Corner> out;
  for (MissingVertex const& one : found.missing) out.insert({one.row, one.at.x, one.at.y, one.of});
  return out;
}

/// Areas of what the union of all rows encloses: a large box without the union, less the part that reaches the box.
std::vector<double> holes_by_geos(Geos const& geos, Layer const& layer) {
  std::vector<Geos::Shape> shapes;
  for (std::size_t row = 0; row < layer.size(); ++row) shapes.push_back(geos.row(layer.geometry, row));
  auto const land = union_of(geos, std::move(shapes));
  auto* const h = geos.handle();
  auto const box = geos.own(GEOSGeom_createRectangle_r(h, -100, -100, 200, 200));
  auto const empty = geos.own(GEOSDifference_r(h, box.get(), land.get()));
  std::vector<double> out;
  for (int i = 0; i < GEOSGetNumGeometries_r(h, empty.get()); ++i) {
    auto const part = geos.own(GEOSGeom_clone_r(h, GEOSGetGeometryN_r(h, empty.get(), i)));
    double left = 0;
    GEOSGeom_getXMin_r(h, part.get(), &left);
    if (left > -100) out.push_back(geos.area(part));
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<EnclosedVoid> all_voids(Layer const& layer, double tolerance = 1e-3) {
  auto out = enclosed_voids(layer, contacts(layer, tolerance, 1), tolerance, 0, 1e9, 1);
  return out;
}

std::vector<double> sorted_areas(std::vector<EnclosedVoid> const& voids) {
  std::vector<double> out;
  for (auto const& one : voids) out.push_back(one.area);
  std::sort(out.begin(), out.end());
  return out;
}

std::size_t common_cells(Cells const& a, Cells const& b) {
  return static_cast<std::size_t>(std::count_if(a.begin(), a.end(), [&](auto const& c) { return b.contains(c); }));
}

}  // namespace

TEST_CASE("interiors meet exactly where GEOS says so, in random heaps of cells", "[geometry][fabric]") {
  Geos const geos;
  Random random(11);
  std::size_t pairs = 0;
  for (int round = 0; round < 40; ++round) {
    auto const fabric = cell_fabric(random, geos, 9, 16, 14);
    auto const expected = meeting_by_geos(geos, fabric.layer);
    CHECK(contacts(fabric.layer, 1e-3, 1).meeting == expected);
    pairs += expected.size();
  }
  CHECK(pairs > 500);
}

TEST_CASE("interiors meet exactly where GEOS says so, with corners and edges on one another", "[geometry][fabric]") {
  Geos const geos;
  Random random(12);
  for (int round = 0; round < 60; ++round) {
    auto const layer = corner_fabric(random, geos, 14);
    CHECK(contacts(layer, 1e-9, 1).meeting == meeting_by_geos(geos, layer));
  }
}

TEST_CASE("a corner on an edge without a vertex is found from both sides", "[geometry][fabric]") {
  Geos const geos;
  Random random(13);
  std::size_t found = 0;
  for (int round = 0; round < 40; ++round) {
    auto const layer = corner_fabric(random, geos, 10);
    auto const expected = missing_by_hand(layer.geometry);
    // Whole coordinates up to 6: a corner that is not on an edge is at least 1/√72 away from it.
    CHECK(corners(contacts(layer, 1e-3, 1)) == expected);
    found += expected.size();
  }
  CHECK(found > 200);
}

TEST_CASE("the tolerance of a T-junction is a distance", "[geometry][fabric]") {
  auto const junctions = [](std::string const& y, double tolerance) {
    auto const layer =
        layer_of({"POLYGON((0 0,10 0,10 5,0 5,0 0))", "POLYGON((2 " + y + ",6 " + y + ",6 9,2 9,2 " + y + "))"});
    return contacts(layer, tolerance, 1).missing.size();
  };
  CHECK(junctions("5", 1e-3) == 2);
  CHECK(junctions("5.0009", 1e-3) == 2);
  CHECK(junctions("5.0011", 1e-3) == 0);
  CHECK(junctions("4.9991", 1e-3) == 2);
  CHECK(junctions("4.9989", 1e-3) == 0);
  CHECK(junctions("5.0011", 2e-3) == 2);
}

TEST_CASE("common land is what cells have in common", "[geometry][fabric]") {
  Geos const geos;
  Random random(14);
  for (int round = 0; round < 20; ++round) {
    auto const fabric = cell_fabric(random, geos, 8, 14, 12);
    std::map<std::pair<Row, Row>, Overlap> found;
    for (auto const& one : overlaps(fabric.layer, contacts(fabric.layer, 1e-3, 1).meeting, 1))
      found[{one.a, one.b}] = one;
    for (Row a = 0; a < fabric.cells.size(); ++a)
      for (Row b = a + 1; b < fabric.cells.size(); ++b) {
        auto const& first = fabric.cells[a];
        auto const& second = fabric.cells[b];
        auto const cells = common_cells(first, second);
        CHECK(found.contains({a, b}) == (cells > 0));
        if (cells == 0) continue;
        Overlap const& one = found[{a, b}];
        CHECK(one.area == Approx(static_cast<double>(cells)).margin(1e-9));
        CHECK(one.share ==
              Approx(static_cast<double>(cells) / static_cast<double>(std::min(first.size(), second.size()))));
        CHECK(one.identical == (first == second));
        std::pair const cell{static_cast<int>(std::floor(one.place.x)), static_cast<int>(std::floor(one.place.y))};
        CHECK((first.contains(cell) && second.contains(cell)));
      }
  }
}

TEST_CASE("enclosed voids are the holes of the union of all parcels", "[geometry][fabric]") {
  Geos const geos;
  Random random(15);
  std::size_t found = 0;
  for (int round = 0; round < 60; ++round) {
    auto const fabric = cell_fabric(random, geos, 16, 30, 20);
    auto const expected = holes_by_geos(geos, fabric.layer);
    auto const voids = all_voids(fabric.layer);
    CHECK(sorted_areas(voids) == expected);
    found += expected.size();
    for (auto const& one : voids)
      for (Row row = 0; row < fabric.layer.size(); ++row) CHECK(locate(fabric.layer.geometry, row, one.place) == -1);
  }
  CHECK(found > 60);
}

TEST_CASE("enclosed voids between stars with holes are the holes of their union", "[geometry][fabric]") {
  Geos const geos;
  Random random(16);
  std::size_t found = 0;
  for (int round = 0; round < 40; ++round) {
    std::vector<std::string> texts;
    for (int i = 0; i < 25; ++i)
      texts.push_back(test::polygon_text(random, {random.in(0, 80), random.in(0, 80)}, random.in(5, 20)));
    auto const layer = layer_of(texts);
    auto const expected = holes_by_geos(geos, layer);
    auto const areas = sorted_areas(all_voids(layer, 1e-9));  // no corner is that near to an edge by chance
    REQUIRE(areas.size() == expected.size());
    // Crossings are rounded in both ways of computing: 1e-14 of coordinates of 1e2, times a boundary of 1e2.
    for (std::size_t i = 0; i < areas.size(); ++i) CHECK(areas[i] == Approx(expected[i]).margin(1e-10));
    found += expected.size();
  }
  CHECK(found > 100);
}

TEST_CASE("an island does not belong to the void around it", "[geometry][fabric]") {
  // A frame with a hole of 8 × 8; in it an island of 7.8 × 7.8 that has a hole of 2 × 2 of its own.
  auto const layer = layer_of({"POLYGON((0 0,10 0,10 10,0 10,0 0),(1 1,1 9,9 9,9 1,1 1))",
                               "POLYGON((1.1 1.1,8.9 1.1,8.9 8.9,1.1 8.9,1.1 1.1),(4 4,4 6,6 6,6 4,4 4))"});
  auto const voids = all_voids(layer);
  REQUIRE(voids.size() == 2);
  auto const areas = sorted_areas(voids);
  CHECK(areas[0] == Approx(64 - 7.8 * 7.8));
  CHECK(areas[1] == Approx(4));
  // The ring between them is 0.1 m wide: 2 · 3.16 / (32 + 31.2); the hole of the island 1 m: 2 · 4 / 8.
  auto const narrow = enclosed_voids(layer, contacts(layer, 1e-3, 1), 1e-3, 0.01, 0.5, 1);
  REQUIRE(narrow.size() == 1);
  CHECK(narrow[0].width == Approx(2 * (64 - 7.8 * 7.8) / (32 + 31.2)));
  CHECK(narrow[0].beside == std::vector<Row>{0, 1});
}

TEST_CASE("a gap that is narrower than the tolerance at its mouth is closed", "[geometry][fabric]") {
  // Three parcels around a void of 1 × 4; the upper one ends 0.5 mm above the lower one.
  auto const layer =
      layer_of({"POLYGON((0 0,4 0,4 5,3 5,3 1,2 1,2 5,0 5,0 0))", "POLYGON((0 5.0005,4 5.0005,4 9,0 9,0 5.0005))"});
  CHECK(enclosed_voids(layer, contacts(layer, 1e-3, 1), 1e-3, 0.01, 1e9, 1).size() == 1);
  CHECK(enclosed_voids(layer, contacts(layer, 1e-4, 1), 1e-4, 0.01, 1e9, 1).empty());
}

TEST_CASE("what is found does not depend on workers or on the order of the rows", "[geometry][fabric]") {
  Geos const geos;
  Random random(20);
  auto const fabric = cell_fabric(random, geos, 60, 600, 14);
  auto const tell = [](Layer const& layer, unsigned workers) {
    auto const touch = contacts(layer, 1e-3, workers);
    auto const common = overlaps(layer, touch.meeting, workers);
    std::string out;
    for (auto const& one : common)
      out += fmt::format("{} {} {} {} {}\n", layer.id[one.a], layer.id[one.b], one.area, one.place.x, one.width);
    for (auto const& one : touch.missing)
      out += fmt::format("{} {} {} {}\n", layer.id[one.row], layer.id[one.of], one.at.x, one.at.y);
    for (auto const& one : enclosed_voids(layer, touch, 1e-3, 0.01, 1e9, workers)) {
      out += fmt::format("{} {} {}\n", one.place.x, one.place.y, one.area);
      for (Row const row : one.beside) out += layer.id[row] + " ";
    }
    std::map<std::string, std::string> rows;
    auto const split = split_common(layer, common, 0.01, workers);
    for (Row row = 0; row < layer.size(); ++row) rows[layer.id[row]] = fmt::format("{}", area(split.geometry, row));
    for (auto const& [id, size] : rows) out += id + " " + size + "\n";
    for (std::size_t i = 0; i < split.made_of.size(); ++i) {
      for (Row const row : split.made_of[i]) out += layer.id[row] + "+";
      out += fmt::format(" {}\n", area(split.geometry, layer.size() + i));
    }
    return out;
  };
  std::string const once = tell(fabric.layer, 1);
  CHECK(once.size() > 5000);
  CHECK(tell(fabric.layer, 2) == once);
  CHECK(tell(fabric.layer, 7) == once);
  CHECK(tell(shuffled(random, fabric.layer), 2) == once);
}

TEST_CASE("overlaps up to an area are left out, and all others are those that an overlay finds", "[geometry][fabric]") {
  Geos const geos;
  Random random(21);
  auto const fabric = cell_fabric(random, geos, 60, 600, 14);
  auto const pairs = contacts(fabric.layer, 1e-3, 1).meeting;
  auto const all = overlaps(fabric.layer, pairs, 1);
  std::vector<double> areas;
  for (auto const& one : all) areas.push_back(one.area);
  std::sort(areas.begin(), areas.end());
  REQUIRE(areas.size() > 100);
  // Cells are whole squares, so that no area lies near a limit of half a square.
  for (double const least : {areas.front() + 0.5, areas[areas.size() / 2] + 0.5, areas.back() + 0.5}) {
    std::vector<Overlap> wanted;
    for (auto const& one : all)
      if (one.area > least) wanted.push_back(one);
    for (unsigned const workers : {1U, 3U}) {
      auto const found = overlaps(fabric.layer, pairs, workers, least);
      REQUIRE(found.size() == wanted.size());
      for (std::size_t i = 0; i < found.size(); ++i) {
        CHECK((found[i].a == wanted[i].a && found[i].b == wanted[i].b));
        CHECK(found[i].area == wanted[i].area);
      }
    }
  }
}

TEST_CASE("a frame around more than a thousand parcels touches them and meets none", "[geometry][fabric]") {
  // 36 × 36 unit squares; the hole of the frame has their corners, its outside 4 · 72 of its own.
  constexpr int side = 36;
  auto const edge_points = [](double low, double high, int steps, bool clockwise) {
    std::vector<Point> ring;
    for (auto const& [from, to] : {std::pair{Point{low, low}, Point{high, low}},
                                   {Point{high, low}, Point{high, high}},
                                   {Point{high, high}, Point{low, high}},
                                   {Point{low, high}, Point{low, low}}})
      for (int i = 0; i < steps; ++i)
        ring.push_back({from.x + (to.x - from.x) * i / steps, from.y + (to.y - from.y) * i / steps});
    if (clockwise) std::reverse(ring.begin(), ring.end());
    return test::ring_text(ring);
  };
  std::vector<std::string> texts{"POLYGON(" + edge_points(-36, 72, 72, false) + "," + edge_points(0, side, side, true) +
                                 ")"};
  for (int x = 0; x < side; ++x)
    for (int y = 0; y < side; ++y)
      texts.push_back(fmt::format("POLYGON(({0} {1},{2} {1},{2} {3},{0} {3},{0} {1}))", x, y, x + 1, y + 1));
  auto const clean = contacts(layer_of(texts), 1e-3, 2);
  CHECK(clean.meeting.empty());
  CHECK(clean.missing.empty());
  CHECK(std::count(clean.twin.begin(), clean.twin.end(), 1) == 4 * side * side + 4 * side);
  texts[1 + 35 * side] = "POLYGON((35.25 0,36.25 0,36.25 1,35.25 1,35.25 0))";  // a quarter into the frame
  auto const moved = contacts(layer_of(texts), 1e-3, 2);
  CHECK(moved.meeting == std::vector<RowPair>{{0, 1 + 35 * side}});
  CHECK(contacts(layer_of(texts), 1e-3, 1).twin == moved.twin);
  CHECK(std::count(moved.twin.begin(), moved.twin.end(), 1) == 4 * side * side + 4 * side - 8);
}
