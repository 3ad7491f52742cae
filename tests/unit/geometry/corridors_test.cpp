#include "terrein/geometry/corridors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "shapes.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/nearest.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

GeometryColumn shapes_of(std::vector<std::string> const& wkt) { return layer_of(wkt).geometry; }

/// Area of what lies around a point, by eight pieces a quarter.
double disc(double radius) { return radius * radius * 16 * std::sin(std::numbers::pi / 16); }

}  // namespace

TEST_CASE("Land around a line is a rectangle with round ends, and lines of one owner are united") {
  GeometryColumn const lines = shapes_of({"LINESTRING(0 0,100 0)", "LINESTRING(100 0,300 0)",
                                          "LINESTRING(0 500,50 500)", "POINT(0 900)", "LINESTRING EMPTY"});
  std::vector<std::uint32_t> const owner{0, 0, 2, 3, 3};
  auto const land = corridors(lines, owner, 5, 10, 1);
  REQUIRE(land.size() == 5);
  CHECK(area(land, 0) == Approx(300 * 20 + disc(10)));
  CHECK(!land.has_shape(1));  // owns nothing
  CHECK(area(land, 2) == Approx(50 * 20 + disc(10)));
  CHECK(area(land, 3) == Approx(disc(10)));
  CHECK(!land.has_shape(4));
  CHECK(corridors(shapes_of({}), {}, 0, 10, 1).size() == 0);
  // A ring of roads leaves a hole.
  auto const ring =
      corridors(shapes_of({"LINESTRING(0 0,100 0,100 100,0 100,0 0)"}), std::vector<std::uint32_t>{0}, 1, 10, 1);
  CHECK(locate(ring, 0, {50, 50}) == -1);
  CHECK(locate(ring, 0, {50, 5}) == 1);
}

TEST_CASE("Land around random lines is where their distance says, for any number of workers and order of rows") {
  Random random(4);
  std::vector<std::string> text;
  for (int i = 0; i < 80; ++i) text.push_back(line_text(random, {random.in(0, 6000), random.in(0, 6000)}, 200));
  std::vector<std::uint32_t> owner;
  for (int i = 0; i < 80; ++i) owner.push_back(static_cast<std::uint32_t>(random.below(3)));
  Layer const layer = layer_of(text);
  double const width = 100;
  auto const land = corridors(layer.geometry, owner, 3, width, 1);
  CHECK(corridors(layer.geometry, owner, 3, width, 7).xy == land.xy);
  std::vector<Row> order(80);
  for (Row row = 0; row < 80; ++row) order[row] = 79 - row;
  std::vector<std::uint32_t> turned(owner.rbegin(), owner.rend());
  CHECK(corridors(take(layer.geometry, order), turned, 3, width, 2).xy == land.xy);
  int inside = 0;
  for (std::uint32_t one = 0; one < 3; ++one) {
    std::vector<std::uint8_t> selected;
    for (std::uint32_t const of : owner) selected.push_back(of == one ? 1 : 0);
    SegmentIndex const index(layer, selected);
    for (int i = 0; i < 1500; ++i) {
      Point const at{random.in(-200, 6200), random.in(-200, 6200)};
      double const metres = index.nearest(at).distance;
      if (metres > 0.98 * width && metres < 1.01 * width) continue;  // round ends are polygons
      CHECK((locate(land, one, at) == 1) == (metres < width));
      inside += metres < width ? 1 : 0;
    }
  }
  CHECK(inside > 300);
}

TEST_CASE("Land of several owners goes to the nearest point, and all of it to someone") {
  Random random(9);
  GeometryColumn areas;
  std::vector<Point> centres{{0, 0}, {150, 20}, {90, 160}, {600, 600}};
  for (Point const centre : centres) append_wkt(areas, "POLYGON(" + ring_text(star(random, centre, 140, 30)) + ")");
  std::vector<OwnedPoint> points;
  for (std::uint32_t owner = 0; owner < 4; ++owner)
    for (int i = 0; i < 12; ++i)
      points.push_back({centres[owner].x + random.in(-40, 40), centres[owner].y + random.in(-40, 40), owner});
  auto const shared = shared_out(areas, points, 1000);
  REQUIRE(shared.size() == 4);
  CHECK(area(shared, 3) == Approx(area(areas, 3)));  // meets no other
  std::map<std::size_t, int> owners;
  for (int i = 0; i < 4000; ++i) {
    Point const at{random.in(-150, 300), random.in(-150, 300)};
    std::vector<std::uint32_t> in, got;
    for (std::uint32_t owner = 0; owner < 4; ++owner) {
      if (locate(areas, owner, at) == 1) in.push_back(owner);
      if (locate(shared, owner, at) == 1) got.push_back(owner);
    }
    ++owners[in.size()];
    if (in.size() == 1) CHECK(got == in);
    if (in.empty()) CHECK(got.empty());
    if (in.size() < 2) continue;
    auto const nearest = std::min_element(points.begin(), points.end(), [&](OwnedPoint const& a, OwnedPoint const& b) {
      return std::hypot(a.x - at.x, a.y - at.y) < std::hypot(b.x - at.x, b.y - at.y);
    });
    CHECK(got == std::vector<std::uint32_t>{nearest->owner});
  }
  CHECK(owners[2] > 100);
  std::reverse(points.begin(), points.end());
  CHECK(shared_out(areas, points, 1000).xy == shared.xy);
}

TEST_CASE("Owners whose points lie on one place leave it to the smaller, and areas apart stay as they are") {
  GeometryColumn areas;
  append_wkt(areas, "POLYGON((0 0,10 0,10 10,0 10,0 0))");
  append_wkt(areas, "POLYGON((0 0,20 0,20 10,0 10,0 0))");
  auto const one = shared_out(areas, {{5, 5, 1}, {5, 5, 0}}, 100);
  CHECK(area(one, 0) == Approx(100));
  CHECK(area(one, 1) == Approx(100));
  auto const halves = shared_out(areas, {{2, 5, 0}, {8, 5, 1}}, 100);
  CHECK(area(halves, 0) == Approx(50));
  CHECK(area(halves, 1) == Approx(150));
  GeometryColumn apart;
  append_wkt(apart, "POLYGON((0 0,10 0,10 10,0 10,0 0))");
  append_wkt(apart, "POLYGON((10 0,20 0,20 10,10 10,10 0))");
  GeometryBuilder(apart).end_row(GeometryKind::empty);
  CHECK(shared_out(apart, {{2, 5, 0}}, 100).xy == apart.xy);
  CHECK(shared_out({}, {}, 100).size() == 0);
}
