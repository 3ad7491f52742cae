#include "terrein/geometry/areas_along.hpp"

#include "geometry/geos.hpp"
#include "shapes.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

std::string shown(std::vector<LinePart> const& parts) {
  std::string out;
  for (LinePart const& part : parts) out += fmt::format("{}..{} ", part.begin, part.end);
  return out;
}

std::vector<LinePart> parts_of(std::vector<std::string> const& areas, std::vector<double> const& line,
                               std::vector<std::uint8_t> const& selected = {}) {
  Layer const layer = layer_of(areas);
  return AreasAlong(layer, selected).parts(line);
}

std::string const square = "POLYGON((10 0,20 0,20 10,10 10,10 0))", next = "POLYGON((20 0,30 0,30 10,20 10,20 0))";

}  // namespace

TEST_CASE("Parts of a line in areas are told in metres along it, overlapping areas once") {
  CHECK(shown(parts_of({square}, {0, 5, 40, 5})) == "10..20 ");
  CHECK(shown(parts_of({square, next}, {0, 5, 40, 5})) == "10..30 ");
  CHECK(shown(parts_of({square, "POLYGON((15 0,35 0,35 10,15 10,15 0))"}, {0, 5, 40, 5})) == "10..35 ");
  CHECK(shown(parts_of({square, "POLYGON((30 0,35 0,35 10,30 10,30 0))"}, {40, 5, 0, 5})) == "5..10 20..30 ");
  CHECK(shown(parts_of({square}, {15, 5, 15, 20, 12, 20, 12, 5})) == "0..5 28..33 ");  // out over the top, and in again
  CHECK(shown(parts_of({square}, {12, 2, 18, 2})) == "0..6 ");
  CHECK(shown(parts_of({square, next}, {0, 5, 40, 5}, {0, 1})) == "20..30 ");
}

TEST_CASE("Boundaries belong to areas, holes do not, and lines and points are none") {
  CHECK(shown(parts_of({square}, {0, 0, 40, 0})) == "10..20 ");
  CHECK(shown(parts_of({square}, {0, 10, 15, 10, 15, 30})) == "10..15 ");
  CHECK(shown(parts_of({square}, {0, 20, 10, 10, 0, 0})).empty());  // one corner in common
  CHECK(shown(parts_of({"POLYGON((0 0,30 0,30 10,0 10,0 0),(10 2,20 2,20 8,10 8,10 2))"}, {0, 5, 30, 5})) ==
        "0..10 20..30 ");
  CHECK(parts_of({"LINESTRING(0 5,40 5)", "POINT(5 5)", "POLYGON EMPTY"}, {0, 5, 40, 5}).empty());
  CHECK(parts_of({}, {0, 5, 40, 5}).empty());
  CHECK(parts_of({square}, {15, 5}).empty());
  CHECK(parts_of({square}, {}).empty());
  CHECK(shown(parts_of({square}, {15, 5, 15, 5, 15, 6})) == "0..1 ");  // a segment of no length
}

TEST_CASE("The metres of random lines in random areas are those of GEOS") {
  Random random(8);
  geos::Context const context;
  int touched = 0;
  for (int round = 0; round < 60; ++round) {
    std::vector<std::string> areas;
    for (int i = 0; i < 8; ++i)
      areas.push_back(polygon_text(random, {random.in(0, 100), random.in(0, 100)}, random.in(5, 40)));
    Layer const layer = layer_of(areas);
    std::vector<geos::Geom> shapes;
    for (std::size_t row = 0; row < layer.size(); ++row) shapes.push_back(geos::to_geos(context, layer.geometry, row));
    auto const all = geos::collect(context, shapes);
    auto const united = geos::unite(context, all.get());
    AreasAlong const along(layer);
    for (int i = 0; i < 20; ++i) {
      GeometryColumn line;
      append_wkt(line, line_text(random, {random.in(0, 100), random.in(0, 100)}, 20));
      auto const shape = geos::to_geos(context, line, 0);
      auto const common = geos::intersection(context, shape.get(), united.get());
      double expected = 0;
      GEOSLength_r(context.get(), common.get(), &expected);
      double found = 0;
      for (LinePart const& part : along.parts(line.path(0))) found += part.end - part.begin;
      CHECK(found == Approx(expected).margin(1e-9));
      touched += expected > 0 ? 1 : 0;
    }
  }
  CHECK(touched > 500);
}
