#include "terrein/geometry/fronts.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "geometry/geos.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/core/parallel.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using terrein::test::Geos;
using terrein::test::layer_of;
using terrein::test::Random;

namespace {

// The bank lies on y = 0, the water below it.
std::string const canal = "POLYGON((-500 -50,500 -50,500 0,-500 0,-500 -50))";

Barriers barriers_of(Layer const& layer) { return Barriers(std::vector<Barriers::From>{{&layer}}); }

std::vector<Front> fronts(std::string const& plot, std::vector<std::string> const& banks = {canal},
                          std::vector<std::string> const& blockers = {}, FrontOptions options = {},
                          std::vector<std::string> const& buildings = {}) {
  Layer const shapes = layer_of({plot}), water = layer_of(banks), between = layer_of(blockers),
              built = layer_of(buildings);
  Barriers const bars = barriers_of(between), halls = barriers_of(built);
  options.blockers = &bars;
  options.buildings = &halls;
  FrontIndex const index(water, {}, options);
  return FrontSearch(index).find(shapes.geometry, 0);
}

/// A rectangle.
std::string box(double x0, double y0, double x1, double y1) {
  return fmt::format("POLYGON(({0} {1},{2} {1},{2} {3},{0} {3},{0} {1}))", x0, y0, x1, y1);
}

}  // namespace

TEST_CASE("A plot behind a towpath has the front that its width gives it") {
  auto const found = fronts(box(0, 30, 70, 90));
  REQUIRE(found.size() == 1);
  CHECK(found[0].length_m == Approx(70).margin(0.002));
  CHECK(found[0].depth_m == Approx(60).margin(0.002));
  CHECK(found[0].row == 0);
  CHECK(found[0].at.y == 0);
  CHECK(found[0].at.x == Approx(35).margin(1));
  REQUIRE(found[0].line.size() == 2);  // the edge on the water side, counter-clockwise
  CHECK(found[0].line[0] == Point{0, 30});
  CHECK(found[0].line[1] == Point{70, 30});
}

TEST_CASE("Within the tolerance is a front, beyond it none, and water alone has none") {
  CHECK(fronts(box(0, 40, 70, 90)).size() == 1);
  CHECK(fronts(box(0, 40.01, 70, 90)).empty());
  CHECK(fronts(box(0, 30, 70, 90), {}).empty());
  CHECK(fronts(box(0, 0, 70, 90)).at(0).length_m == Approx(70).margin(0.002));     // on the bank
  CHECK(fronts(box(0, -0.2, 70, 90)).at(0).length_m == Approx(70).margin(0.002));  // drawn into the water
}

TEST_CASE("Sides that run towards the bank add nothing to a front") {
  // A strip of 10 m whose sides lie within the tolerance for 40 m each.
  auto const narrow = fronts(box(0, 0, 10, 200));
  REQUIRE(narrow.size() == 1);
  CHECK(narrow[0].length_m == Approx(10).margin(0.002));
  CHECK(narrow[0].depth_m == Approx(200).margin(0.002));
  // The far side of a plot 20 m deep lies within the tolerance as well, behind the plot itself.
  auto const shallow = fronts(box(0, 5, 80, 25));
  REQUIRE(shallow.size() == 1);
  CHECK(shallow[0].length_m == Approx(80).margin(0.002));
  CHECK(shallow[0].depth_m == Approx(20).margin(0.002));
}

TEST_CASE("A slanted front counts as seen from the bank") {
  // The edge from (0, 0) to (60, 30) is 67 m long.
  auto const found = fronts("POLYGON((0 0,60 30,60 100,0 100,0 0))");
  REQUIRE(found.size() == 1);
  CHECK(found[0].length_m == Approx(60).margin(0.01));
}

TEST_CASE("What lies between bars a front: road, rail, building, nature") {
  CHECK(fronts(box(0, 30, 70, 90), {canal}, {"LINESTRING(-100 15,100 15)"}).empty());
  CHECK(fronts(box(0, 30, 70, 90), {canal}, {box(-10, 5, 80, 15)}).empty());
  CHECK(fronts(box(0, 30, 70, 90), {canal}, {"LINESTRING(-100 100,100 100)"}).size() == 1);  // behind it
  // A building of 10 m before the middle of 90 m leaves 40 m on either side, which do not make 80.
  auto const parted = fronts(box(0, 30, 90, 90), {canal}, {box(40, 5, 50, 15)});
  REQUIRE(parted.size() == 2);
  CHECK(parted[0].length_m == Approx(40).margin(0.002));
  CHECK(parted[1].length_m == Approx(40).margin(0.002));
  CHECK(parted[0].line.back().x == Approx(40).margin(0.001));
  CHECK(parted[1].line.front().x == Approx(50).margin(0.001));
}

TEST_CASE("A hall of the plot itself that is drawn over its boundary bars nothing, a road there does") {
  CHECK(fronts(box(0, 30, 70, 90), {canal}, {box(-1, 29.2, 71, 50)}).size() == 1);
  CHECK(fronts(box(0, 30, 70, 90), {canal}, {box(-1, 28.8, 71, 50)}).empty());
  CHECK(fronts(box(0, 30, 70, 90), {canal}, {"LINESTRING(-100 29.5,100 29.5)"}).empty());
}

TEST_CASE("Fronts on the two sides of a plot are two, also between canals near each other") {
  std::string const other = box(-500, 70, 500, 120);
  auto const found = fronts(box(0, 0, 40, 70), {canal, other});
  REQUIRE(found.size() == 2);
  CHECK(found[0].length_m == Approx(40).margin(0.002));
  CHECK(found[1].length_m == Approx(40).margin(0.002));
  CHECK(found[0].row + found[1].row == 1);
  // A quay around a peninsula goes on: 40 m and twice 60 m.
  std::string const dock = "POLYGON((-50 -50,90 -50,90 60,40 60,40 0,0 0,0 60,-50 60,-50 -50))";
  auto const around = fronts(box(0, 0, 40, 100), {dock});
  REQUIRE(around.size() == 1);
  CHECK(around[0].length_m == Approx(160).margin(0.01));
}

TEST_CASE("A front steps back without an end, and ends where the plot lies too far back") {
  // 40 m on the bank, 30 m that lie 20 m further back.
  auto const stepped = fronts("POLYGON((0 0,40 0,40 20,70 20,70 100,0 100,0 0))");
  REQUIRE(stepped.size() == 1);
  CHECK(stepped[0].length_m == Approx(70).margin(0.002));
  // Two arms of 40 m with 30 m between them that lie 60 m back.
  auto const arms = fronts("POLYGON((0 0,40 0,40 60,70 60,70 0,110 0,110 100,0 100,0 0))");
  REQUIRE(arms.size() == 2);
  CHECK(arms[0].length_m == Approx(40).margin(0.002));
  CHECK(arms[1].length_m == Approx(40).margin(0.002));
}

TEST_CASE("A ring that starts amid its front has one front") {
  auto const found = fronts("POLYGON((30 10,70 10,70 90,0 90,0 10,30 10))");
  REQUIRE(found.size() == 1);
  CHECK(found[0].length_m == Approx(70).margin(0.002));
}

TEST_CASE("The depth is that of the best part of the front, most of which has it") {
  CHECK(fronts(box(0, 10, 80, 59)).at(0).depth_m == Approx(49).margin(0.002));
  CHECK(fronts(box(0, 10, 80, 61)).at(0).depth_m == Approx(51).margin(0.002));
  // 200 m along the bank, half of it 20 m deep, half 60.
  CHECK(fronts("POLYGON((0 0,200 0,200 60,100 60,100 20,0 20,0 0))").at(0).depth_m == Approx(60).margin(0.002));
  // A spike of 10 m goes 300 m back; the other 60 m are 20 m deep.
  CHECK(fronts("POLYGON((0 0,70 0,70 300,60 300,60 20,0 20,0 0))").at(0).depth_m == Approx(20).margin(0.002));
  // Sides that lean inwards by 5 m over 100 m: four fifths of the 60 m have 60 m and more behind them. Over the places
  // 6 m from either end the side lies 120 m back, beyond the far side of the plot.
  CHECK(fronts("POLYGON((0 0,60 0,55 100,5 100,0 0))").at(0).depth_m == Approx(100).margin(0.002));
  // A hole ends the land: 15 m of 60 are more than a fifth.
  CHECK(fronts("POLYGON((0 0,60 0,60 90,0 90,0 0),(20 30,20 40,35 40,35 30,20 30))").at(0).depth_m ==
        Approx(30).margin(0.002));
}

TEST_CASE("Buildings near the bank are told by the length of front behind which they stand") {
  // A row over 59 and over 61 of 100 m, inside the plot, 20 m from the bank.
  FrontOptions options;
  auto const less = fronts(box(0, 0, 100, 80), {canal}, {}, options, {box(0, 20, 59, 40)});
  CHECK(less.at(0).built_m == Approx(59).margin(1));
  auto const more = fronts(box(0, 0, 100, 80), {canal}, {}, options, {box(0, 20, 61, 40)});
  CHECK(more.at(0).built_m == Approx(61).margin(1));
  CHECK(fronts(box(0, 0, 100, 80), {canal}, {}, options, {box(0, 26, 100, 40)}).at(0).built_m == 0);
  // Measured from the bank, not from the plot behind the towpath.
  CHECK(fronts(box(0, 20, 100, 80), {canal}, {}, options, {box(0, 30, 100, 40)}).at(0).built_m == 0);
  CHECK(fronts(box(0, 20, 100, 80), {canal}, {}, options, {box(0, 24, 100, 40)}).at(0).built_m ==
        Approx(100).margin(0.002));
}

TEST_CASE("A railway line gives fronts on both of its sides") {
  std::string const rail = "LINESTRING(-100 0,200 0)";
  CHECK(fronts(box(0, 5, 70, 60), {rail}).at(0).length_m == Approx(70).margin(0.002));
  CHECK(fronts(box(0, -60, 70, -5), {rail}).at(0).length_m == Approx(70).margin(0.002));
  CHECK(fronts(box(0, 5, 70, 60), {"POINT(10 0)"}).empty());
}

TEST_CASE("A front is no longer than the bank before it") {
  // A dock of 30 m, 10 m before a plot of 100 m.
  auto const dock = fronts(box(0, 10, 100, 90), {box(30, -20, 60, 0)});
  REQUIRE(dock.size() == 1);
  CHECK(dock[0].length_m == Approx(30).margin(0.01));
  // A bank with a tooth every 5 m, from whose tips alone the plot is seen, is as long as without.
  std::string teeth = "POLYGON((-50 -20,150 -20,150 0";
  for (int x = 145; x > -50; x -= 5) teeth += fmt::format(",{} 0,{} 1,{} 0", x + 1, x, x - 1);
  CHECK(fronts(box(0, 20, 100, 90), {teeth + ",-50 0,-50 -20))"}).at(0).length_m == Approx(100).margin(5));
}

TEST_CASE("The longest part says what a front looks on, the smaller id among equals") {
  Layer water = layer_of({box(-100, -50, 30, 0), box(30, -50, 200, 0)});
  Layer const plot = layer_of({box(0, 10, 70, 60), box(0, 10, 60, 60)});
  FrontIndex const index(water, {}, {});
  CHECK(FrontSearch(index).find(plot.geometry, 0).at(0).row == 1);
  CHECK(FrontSearch(index).find(plot.geometry, 1).at(0).row == 0);
  FrontIndex const first(water, {1, 0}, {});
  CHECK(FrontSearch(first).find(plot.geometry, 0).at(0).row == 0);
}

TEST_CASE("Lines, points, empty and null plots have no front") {
  Layer const water = layer_of({canal});
  Layer const plots = layer_of({"LINESTRING(0 10,70 10)", "POINT(0 10)", "POLYGON EMPTY"});
  FrontIndex const index(water, {}, {});
  for (Row row = 0; row < 3; ++row) CHECK(FrontSearch(index).find(plots.geometry, row).empty());
}

TEST_CASE("On a straight bank the front agrees with GEOS for random plots and blockers", "[slow]") {
  Geos const geos;
  Random random(6);
  double all = 0;
  int barred = 0;
  for (int scene = 0; scene < 16; ++scene) {
    auto const ring = terrein::test::star(random, {0, random.in(20, 60)}, 50, static_cast<int>(4 + random.below(8)));
    double const lowest = std::min_element(ring.begin(), ring.end(), [](Point a, Point b) { return a.y < b.y; })->y;
    if (lowest < 2) continue;  // on the water the bank runs elsewhere
    std::vector<std::string> blockers;
    for (std::size_t i = 0; i < 4; ++i) {
      blockers.push_back(terrein::test::polygon_text(random, {random.in(-50, 50), random.in(2, 20)}, random.in(2, 8)));
      blockers.push_back(terrein::test::line_text(random, {random.in(-50, 50), random.in(2, 20)}, 15));
    }
    Layer const between = layer_of(blockers), plot = layer_of({"POLYGON(" + terrein::test::ring_text(ring) + ")"});
    double total = 0;
    for (Front const& front : fronts("POLYGON(" + terrein::test::ring_text(ring) + ")", {canal}, blockers))
      total += front.length_m;
    // The twin looks straight down every 20 cm from the edges that face the bank.
    auto const own = geos.row(plot.geometry, 0);
    auto const inside_m = [&](Geos::Shape const& area, Point from, Point to) {
      Layer const way =
          layer_of({fmt::format("LINESTRING({:.17g} {:.17g},{:.17g} {:.17g})", from.x, from.y, to.x, to.y)});
      auto const cut = geos.own(GEOSIntersection_r(geos.handle(), geos.row(way.geometry, 0).get(), area.get()));
      return geos.length(cut);
    };
    std::vector<Geos::Shape> shapes;
    for (Row row = 0; row < between.size(); ++row) shapes.push_back(geos.row(between.geometry, row));
    double twin = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      Point const a = ring[i], b = ring[(i + 1) % ring.size()];
      if (!(b.x > a.x)) continue;  // counter-clockwise: the plot lies on the left, so that this edge faces down
      double const cells = std::ceil((b.x - a.x) / 0.2);
      for (double k = 0; k < cells; ++k) {
        double const t = (k + 0.5) / cells;
        Point const p{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
        if (p.y > 40) continue;
        bool open = inside_m(own, p, {p.x, 0}) < 0.01;
        for (Row row = 0; open && row < between.size(); ++row) {
          Geos::Shape const& shape = shapes[row];
          if (between.geometry.kind[row] == GeometryKind::polygon) {
            open = !(inside_m(shape, p, {p.x, 0}) > 0.01 && inside_m(shape, {p.x, p.y - 1}, {p.x, 0}) > 0.01);
          } else {
            Layer const way = layer_of({fmt::format("LINESTRING({0:.17g} {1:.17g},{0:.17g} 0)", p.x, p.y)});
            open = GEOSIntersects_r(geos.handle(), geos.row(way.geometry, 0).get(), shape.get()) == 0;
          }
        }
        if (open) twin += (b.x - a.x) / cells;
        if (!open) ++barred;
      }
    }
    all += twin;
    INFO(scene);
    CHECK(total == Approx(twin).margin(1.5));  // pieces narrower than the step may be missed
  }
  CHECK(all > 150);
  CHECK(barred > 200);
}

TEST_CASE("Fronts do not depend on other rows nor on their order") {
  Random random(8);
  std::vector<std::string> texts{canal, box(-500, 100, 500, 120)};
  for (int i = 0; i < 30; ++i)
    texts.push_back(terrein::test::polygon_text(random, {random.in(-400, 400), random.in(-300, -100)}, 30));
  Layer const some = layer_of({texts[0], texts[1]}), all = layer_of(texts);
  FrontIndex const few(some, {}, {}), many(all, {}, {}, 4);
  for (int i = 0; i < 50; ++i) {
    Layer const plot = layer_of({terrein::test::polygon_text(random, {random.in(-300, 300), random.in(20, 80)}, 40)});
    auto const a = FrontSearch(few).find(plot.geometry, 0), b = FrontSearch(many).find(plot.geometry, 0);
    REQUIRE(a.size() == b.size());
    for (std::size_t k = 0; k < a.size(); ++k) {
      CHECK(a[k].length_m == b[k].length_m);
      CHECK(a[k].depth_m == b[k].depth_m);
      CHECK(a[k].row == b[k].row);
      CHECK(a[k].line == b[k].line);
    }
  }
}
