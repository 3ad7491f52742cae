// The fabric of a layer against GEOS, exact arithmetic on whole coordinates, and counted cells.
#include "terrein/geometry/fabric.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/measures.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using terrein::test::Geos;
using terrein::test::layer_of;
using terrein::test::Random;

namespace {

using Cells = std::set<std::pair<int, int>>;

Geos::Shape square(Geos const& geos, int x, int y) {
  return geos.own(GEOSGeom_createRectangle_r(geos.handle(), x, y, x + 1, y + 1));
}

Geos::Shape union_of(Geos const& geos, std::vector<Geos::Shape> shapes) {
  std::vector<GEOSGeometry*> raw;
  for (auto& shape : shapes) raw.push_back(shape.release());
  auto const all = geos.own(GEOSGeom_createCollection_r(geos.handle(), GEOS_GEOMETRYCOLLECTION, raw.data(),
                                                        static_cast<unsigned>(raw.size())));
  return geos.own(GEOSUnaryUnion_r(geos.handle(), all.get()));
}

Geos::Shape shape_of(Geos const& geos, Cells const& cells) {
  std::vector<Geos::Shape> squares;
  for (auto const& [x, y] : cells) squares.push_back(square(geos, x, y));
  return union_of(geos, std::move(squares));
}

std::vector<unsigned char> wkb(Geos const& geos, Geos::Shape const& shape) {
  std::size_t size = 0;
  unsigned char* const bytes = GEOSGeomToWKB_buf_r(geos.handle(), shape.get(), &size);
  std::vector<unsigned char> out(bytes, bytes + size);
  GEOSFree_r(geos.handle(), bytes);
  return out;
}

/// Parcels of random cells, in one or more pieces, with holes, that overlap, nest and leave gaps.
struct CellFabric {
  std::vector<Cells> cells;
  Layer layer;
};

CellFabric cell_fabric(Random& random, Geos const& geos, int side, std::size_t parcels, std::size_t most_cells) {
  CellFabric out;
  out.layer = layer_of({});
  for (std::size_t i = 0; i < parcels; ++i) {
    Cells cells;
    int x = static_cast<int>(random.below(static_cast<std::size_t>(side)));
    int y = static_cast<int>(random.below(static_cast<std::size_t>(side)));
    for (std::size_t n = 1 + random.below(most_cells); n > 0; --n) {
      cells.insert({x, y});
      bool const jump = random.below(12) == 0;
      int const step = random.below(2) == 0 ? 1 : -1;
      (random.below(2) == 0 ? x : y) += jump ? 2 * step : step;
    }
    REQUIRE(append_wkb(out.layer.geometry, wkb(geos, shape_of(geos, cells))));
    out.layer.id.push_back(std::to_string(i + 1));
    out.cells.push_back(std::move(cells));
  }
  out.layer.id_rank = rank_ids(out.layer.id);
  return out;
}

/// Triangles and quadrilaterals on a small grid of whole coordinates: corners on edges, edges on edges, crossings.
Layer corner_fabric(Random& random, Geos const& geos, std::size_t parcels) {
  Layer out = layer_of({});
  while (out.id.size() < parcels) {
    std::vector<Point> ring;
    for (std::size_t n = 3 + random.below(3); n > 0; --n)
      ring.push_back({static_cast<double>(random.below(7)), static_cast<double>(random.below(7))});
    GeometryColumn one;
    append_wkt(one, "POLYGON(" + test::ring_text(ring) + ")");
    auto const shape = geos.row(one, 0);
    if (!shape || GEOSisValid_r(geos.handle(), shape.get()) != 1 || geos.area(shape) == 0) continue;
    GeometryBuilder(out.geometry).copy_row(one, 0);
    out.id.push_back(std::to_string(out.id.size() + 1));
  }
  out.id_rank = rank_ids(out.id);
  return out;
}

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
  std::vector<std::string> failures;
  auto out = enclosed_voids(layer, contacts(layer, tolerance, 1), tolerance, 0, 1e9, 1, failures);
  CHECK(failures.empty());
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

double total_area(GeometryColumn const& column) {
  double out = 0;
  for (std::size_t row = 0; row < column.size(); ++row) out += area(column, row);
  return out;
}

/// The same rows in another order.
Layer shuffled(Random& random, Layer const& layer) {
  std::vector<Row> order(layer.size());
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  return take(layer, order);
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
  std::vector<std::string> failures;
  // The ring between them is 0.1 m wide: 2 · 3.16 / (32 + 31.2); the hole of the island 1 m: 2 · 4 / 8.
  auto const narrow = enclosed_voids(layer, contacts(layer, 1e-3, 1), 1e-3, 0.01, 0.5, 1, failures);
  REQUIRE(narrow.size() == 1);
  CHECK(narrow[0].width == Approx(2 * (64 - 7.8 * 7.8) / (32 + 31.2)));
  CHECK(narrow[0].beside == std::vector<Row>{0, 1});
}

TEST_CASE("a gap that is narrower than the tolerance at its mouth is closed", "[geometry][fabric]") {
  // Three parcels around a void of 1 × 4; the upper one ends 0.5 mm above the lower one.
  auto const layer =
      layer_of({"POLYGON((0 0,4 0,4 5,3 5,3 1,2 1,2 5,0 5,0 0))", "POLYGON((0 5.0005,4 5.0005,4 9,0 9,0 5.0005))"});
  std::vector<std::string> failures;
  CHECK(enclosed_voids(layer, contacts(layer, 1e-3, 1), 1e-3, 0.01, 1e9, 1, failures).size() == 1);
  CHECK(enclosed_voids(layer, contacts(layer, 1e-4, 1), 1e-4, 0.01, 1e9, 1, failures).empty());
}

TEST_CASE("the first by id keeps common land, and no land is lost", "[geometry][fabric]") {
  Geos const geos;
  Random random(17);
  for (int round = 0; round < 20; ++round) {
    auto const fabric = cell_fabric(random, geos, 8, 12, 12);
    auto const common = overlaps(fabric.layer, contacts(fabric.layer, 1e-3, 1).meeting, 1);
    auto const after = first_keeps(fabric.layer, common, 1);
    CHECK(after.failed.empty());
    CHECK(after.made_of.empty());
    Cells seen;
    std::vector<Row> changed;
    for (Row row = 0; row < fabric.cells.size(); ++row) {
      Cells own;
      for (auto const& cell : fabric.cells[row])
        if (seen.insert(cell).second) own.insert(cell);
      CHECK(area(after.geometry, row) == Approx(static_cast<double>(own.size())).margin(1e-9));
      if (own.size() < fabric.cells[row].size()) changed.push_back(row);
    }
    CHECK(after.changed == changed);
    Layer settled = fabric.layer;
    settled.geometry = after.geometry;
    CHECK(contacts(settled, 1e-3, 1).meeting.empty());
  }
}

TEST_CASE("common land becomes a row for each set of parcels that share it", "[geometry][fabric]") {
  Geos const geos;
  Random random(18);
  for (int round = 0; round < 20; ++round) {
    auto const fabric = cell_fabric(random, geos, 8, 12, 12);
    auto const common = overlaps(fabric.layer, contacts(fabric.layer, 1e-3, 1).meeting, 1);
    auto const after = split_common(fabric.layer, common, 0.01, 1);
    std::map<std::vector<Row>, double> expected, found;
    std::map<std::pair<int, int>, std::vector<Row>> owners;
    for (Row row = 0; row < fabric.cells.size(); ++row)
      for (auto const& cell : fabric.cells[row]) owners[cell].push_back(row);
    for (auto const& [cell, rows] : owners) expected[rows] += 1;
    for (Row row = 0; row < fabric.layer.size(); ++row)
      if (after.geometry.has_shape(row)) found[{row}] = area(after.geometry, row);
    for (std::size_t i = 0; i < after.made_of.size(); ++i)
      found[after.made_of[i]] = area(after.geometry, fabric.layer.size() + i);
    REQUIRE(found.size() == expected.size());
    for (auto const& [rows, cells] : expected) CHECK(found[rows] == Approx(cells).margin(1e-9));
  }
}

TEST_CASE("slanted common land keeps its sum too", "[geometry][fabric]") {
  Geos const geos;
  Random random(19);
  for (int round = 0; round < 20; ++round) {
    auto const layer = corner_fabric(random, geos, 8);
    std::vector<Geos::Shape> shapes;
    for (std::size_t row = 0; row < layer.size(); ++row) shapes.push_back(geos.row(layer.geometry, row));
    double const whole = geos.area(union_of(geos, std::move(shapes)));
    auto const common = overlaps(layer, contacts(layer, 1e-3, 1).meeting, 1);
    // Dust below a square millimetre is dropped: at most some parts of 1e-6.
    CHECK(total_area(first_keeps(layer, common, 1).geometry) == Approx(whole).margin(1e-5));
    CHECK(total_area(split_common(layer, common, 0, 1).geometry) == Approx(whole).margin(1e-5));
    CHECK(total_area(split_common(layer, common, 0.5, 1).geometry) == Approx(whole).margin(1e-5));
  }
}

TEST_CASE("what is found does not depend on workers or on the order of the rows", "[geometry][fabric]") {
  Geos const geos;
  Random random(20);
  auto const fabric = cell_fabric(random, geos, 60, 600, 14);
  auto const tell = [](Layer const& layer, unsigned workers) {
    std::vector<std::string> failures;
    auto const touch = contacts(layer, 1e-3, workers);
    auto const common = overlaps(layer, touch.meeting, workers);
    std::string out;
    for (auto const& one : common)
      out += fmt::format("{} {} {} {} {}\n", layer.id[one.a], layer.id[one.b], one.area, one.place.x, one.width);
    for (auto const& one : touch.missing)
      out += fmt::format("{} {} {} {}\n", layer.id[one.row], layer.id[one.of], one.at.x, one.at.y);
    for (auto const& one : enclosed_voids(layer, touch, 1e-3, 0.01, 1e9, workers, failures)) {
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

TEST_CASE("parts of a candidate on both sides of a border, and outside", "[geometry][fabric]") {
  Layer const areas =
      layer_of({"POLYGON((0 0,100 0,100 100,0 100,0 0))", "POLYGON((100 0,200 0,200 100,100 100,100 0))"});
  Layer const parcels = layer_of({"POLYGON((10 10,20 10,20 20,10 20,10 10))",         // in the first
                                  "POLYGON((95 10,105 10,105 20,95 20,95 10))",       // half in each
                                  "POLYGON((190 90,210 90,210 110,190 110,190 90))",  // a quarter in the second
                                  "POLYGON((300 0,310 0,310 10,300 10,300 0))",       // outside
                                  "POLYGON((100 50,110 50,110 60,100 60,100 50))",  // touches the border from one side
                                  "POLYGON EMPTY"});
  std::vector<Row> failed;
  auto const parts = border_parts(parcels.geometry, areas, 2, failed);
  CHECK(failed.empty());
  auto const text = [&](std::size_t row) {
    std::string out;
    for (auto const& one : parts[row])
      out += fmt::format("{}:{:.3f} ", one.row == no_row ? "out" : areas.id[one.row], one.area);
    return out;
  };
  CHECK(text(0) == "1:100.000 ");
  CHECK(text(1) == "1:50.000 2:50.000 ");
  CHECK(text(2) == "2:100.000 out:300.000 ");
  CHECK(text(3) == "out:100.000 ");
  CHECK(text(4) == "2:100.000 ");
  CHECK(text(5).empty());
}
