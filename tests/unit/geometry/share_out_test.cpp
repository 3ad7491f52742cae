// Common land given away, against counted cells and the union by GEOS; parts of candidates on both sides of a border.
#include <map>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/fabric.hpp"
#include "terrein/geometry/measures.hpp"
#include "unit/geometry/fabrics.hpp"

using namespace terrein;
using terrein::test::cell_fabric;
using terrein::test::Cells;
using terrein::test::corner_fabric;
using terrein::test::Geos;
using terrein::test::layer_of;
using terrein::test::Random;
using terrein::test::union_of;

namespace {

double total_area(GeometryColumn const& column) {
  double out = 0;
  for (std::size_t row = 0; row < column.size(); ++row) out += area(column, row);
  return out;
}

}  // namespace

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
