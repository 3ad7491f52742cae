#include "terrein/geometry/connections.hpp"

#include <algorithm>
#include <map>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using terrein::test::Geos;
using terrein::test::layer_of;
using terrein::test::Random;

namespace {

/// The rows of a layer as lines with their row as number.
std::vector<ConnectionIndex::Path> paths_of(Layer const& layer) {
  std::vector<ConnectionIndex::Path> out;
  for (Row row = 0; row < layer.size(); ++row)
    for (auto path = layer.geometry.first_path(row); path < layer.geometry.end_path(row); ++path)
      out.push_back({layer.geometry.path(path), row});
  return out;
}

Barriers barriers_of(Layer const& layer) { return Barriers(std::vector<Barriers::From>{{&layer}}); }

}  // namespace

TEST_CASE("A line bars what touches it, an area what runs through it") {
  Layer const rail = layer_of({"LINESTRING(0 0,10 0)"});
  Barriers const line = barriers_of(rail);
  CHECK(line.crossed({5, -1}, {5, 1}).row == 0);
  CHECK(line.crossed({5, 0}, {5, 1}).row == 0);
  CHECK_FALSE(line.crossed({5, 0.001}, {5, 1}).any());
  CHECK_FALSE(line.crossed({11, -1}, {11, 1}).any());
  CHECK(line.crossed({5, 0}, {5, 0}).row == 0);

  // A canal with an island: 4 ≤ y ≤ 6 is dry between x = 4 and x = 6.
  Layer const canal = layer_of({"POLYGON((0 0,10 0,10 10,0 10,0 0),(4 4,6 4,6 6,4 6,4 4))"});
  Barriers const area = barriers_of(canal);
  CHECK(area.crossed({5, -1}, {5, 11}).row == 0);
  CHECK(area.crossed({1, 1}, {2, 2}).row == 0);           // inside from end to end
  CHECK_FALSE(area.crossed({4.5, 4.5}, {5.5, 5}).any());  // on the island
  CHECK_FALSE(area.crossed({-5, 0}, {15, 0}).any());      // along the bank
  CHECK_FALSE(area.crossed({5, 0}, {5, -9}).any());       // away from the bank
  CHECK_FALSE(area.crossed({5, 0.009}, {5, -9}).any());   // from a parcel drawn 9 mm into the water
  CHECK(area.crossed({5, 0.02}, {5, -9}).row == 0);
  CHECK_FALSE(area.crossed({-1, 1}, {1, -1}).any());  // past the corner
  CHECK_FALSE(area.crossed({5, 2}, {5, 2}).any());    // no way at all
  CHECK(area.any_in({9, 9, 20, 20}));
  CHECK_FALSE(area.any_in({11, 11, 20, 20}));
}

TEST_CASE("Of what a way crosses, the first layer and its smallest id are told") {
  Layer rails = layer_of({"LINESTRING(0 1,10 1)", "LINESTRING(0 2,10 2)"});
  rails.id_rank = {1, 0};
  Layer const water = layer_of({"POINT(5 0.5)", "POLYGON((0 3,10 3,10 4,0 4,0 3))"});
  Barriers const both({{&rails, {}}, {&water, {}}});
  CHECK(both.crossed({5, 0}, {5, 9}) == Barriers::Crossed{0, 1});
  CHECK(both.crossed({5, 2.5}, {5, 9}) == Barriers::Crossed{1, 1});
  CHECK_FALSE(both.crossed({5, 0}, {5, 0.9}).any());  // points bar nothing
  Barriers const without(std::vector<Barriers::From>{{&rails, {0, 0}}});
  CHECK_FALSE(without.crossed({5, 0}, {5, 9}).any());
}

TEST_CASE("Whether a way is barred agrees with GEOS for thousands of ways", "[slow]") {
  Geos const geos;
  Random random(41);
  int barred = 0;
  for (int scene = 0; scene < 200; ++scene) {
    std::vector<std::string> texts;
    for (int i = 0; i < 6; ++i) {
      texts.push_back(terrein::test::polygon_text(random, {random.in(0, 100), random.in(0, 100)}, random.in(5, 40)));
      texts.push_back(terrein::test::line_text(random, {random.in(0, 100), random.in(0, 100)}, 30));
    }
    Layer const layer = layer_of(texts);
    Barriers const barriers = barriers_of(layer);
    for (int i = 0; i < 50; ++i) {
      Point const a{random.in(0, 100), random.in(0, 100)}, b{a.x + random.in(-15, 15), a.y + random.in(-15, 15)};
      Layer const way = layer_of({"LINESTRING(" + std::to_string(a.x) + " " + std::to_string(a.y) + "," +
                                  std::to_string(b.x) + " " + std::to_string(b.y) + ")"});
      auto const ends = way.geometry.path(0);
      auto const shape = geos.row(way.geometry, 0);
      Row expected = no_row;
      for (Row row = 0; row < layer.size(); ++row) {
        auto const barrier = geos.row(layer.geometry, row);
        bool const crossed =
            layer.geometry.kind[row] == GeometryKind::line
                ? GEOSIntersects_r(geos.handle(), shape.get(), barrier.get()) == 1
                : geos.length(geos.own(GEOSIntersection_r(geos.handle(), shape.get(), barrier.get()))) > 0.01;
        if (crossed && (expected == no_row || layer.id_rank[row] < layer.id_rank[expected])) expected = row;
      }
      REQUIRE(barriers.crossed({ends[0], ends[1]}, {ends[2], ends[3]}).row == expected);
      barred += expected != no_row ? 1 : 0;
    }
  }
  CHECK(barred > 2000);
  CHECK(barred < 8000);
}

TEST_CASE("The shortest connection to a line is where and as long as it must be") {
  Layer const parcel = layer_of({"POLYGON((0 0,100 0,100 50,0 50,0 0))"});
  // Parallel 10 m off; a crossing road; one that ends 6 m off; one too far away; of two paths, the second is nearer.
  Layer const roads =
      layer_of({"LINESTRING(-50 -10,150 -10)", "LINESTRING(40 90,40 30,60 30)", "LINESTRING(106 20,300 20)",
                "LINESTRING(0 -20.5,100 -20.5)", "MULTILINESTRING((400 0,500 0),(-5 10,-5 30))"});
  ConnectionIndex const index(paths_of(roads), 20, nullptr);
  ConnectionSearch search(index);
  auto const& found = search.find(parcel.geometry, 0);
  REQUIRE(found.open.size() == 4);
  CHECK(found.open[0].line == 0);
  CHECK(found.open[0].metres == 10);
  CHECK(found.open[0].share == Approx(0.25).epsilon(1e-15));  // the first of the places that are 10 m off
  CHECK(found.open[1].metres == 0);
  CHECK(found.open[1].share == Approx(0.5).epsilon(1e-15));  // 40 of 80 m
  CHECK(found.open[1].to.x == 40);
  CHECK(found.open[1].to.y == 50);
  CHECK(found.open[2].metres == 6);
  CHECK(found.open[2].share == 0);
  CHECK(found.open[2].from.x == 100);
  CHECK(found.open[2].from.y == 20);
  CHECK(found.open[3].line == 4);
  CHECK(found.open[3].metres == 5);
  CHECK(found.open[3].share == Approx(100.0 / 120).epsilon(1e-15));
  CHECK_FALSE(found.barrier.any());
  CHECK(search.find(layer_of({"POLYGON EMPTY"}).geometry, 0).open.empty());
  CHECK(search.find(layer_of({"POLYGON((900 0,910 0,910 9,900 0))"}).geometry, 0).open.empty());
}

TEST_CASE("A parcel along a canal is not connected to the road on the other bank") {
  Layer const parcel = layer_of({"POLYGON((0 0,100 0,100 50,0 50,0 0))"});
  Layer const canal = layer_of({"POLYGON((-500 50,500 50,500 60,-500 60,-500 50))"});
  Barriers const water = barriers_of(canal);
  Layer const over_there = layer_of({"LINESTRING(-500 62,500 62)"});
  ConnectionIndex const index(paths_of(over_there), 20, &water);
  ConnectionSearch search(index);
  auto const& none = search.find(parcel.geometry, 0);
  CHECK(none.open.empty());
  CHECK(none.barrier == Barriers::Crossed{0, 0});
  CHECK(none.blocked.metres == 12);
  // The towpath on its own bank, 3 m from it and 65 m from the water, is another matter.
  Layer const roads = layer_of({"LINESTRING(-500 62,500 62)", "LINESTRING(0 -3,100 -3)"});
  ConnectionIndex const with_path(paths_of(roads), 20, &water);
  ConnectionSearch again(with_path);
  auto const& found = again.find(parcel.geometry, 0);
  REQUIRE(found.open.size() == 1);
  CHECK(found.open[0].line == 1);
  CHECK_FALSE(found.barrier.any());
}

TEST_CASE("Where the shortest way is barred, an open one beside it is found") {
  Layer const parcel = layer_of({"POLYGON((0 0,100 0,100 50,0 50,0 0))"});
  Layer const road = layer_of({"LINESTRING(-50 -10,150 -10)"});
  // A ditch between parcel and road, with a dam at x from 55 to 75: no corner of anything lies there.
  Layer const ditch = layer_of({"LINESTRING(-100 -5,55 -5)", "LINESTRING(75 -5,200 -5)"});
  Barriers const barriers = barriers_of(ditch);
  ConnectionIndex const index(paths_of(road), 20, &barriers);
  ConnectionSearch search(index);
  auto const& found = search.find(parcel.geometry, 0);
  REQUIRE(found.open.size() == 1);
  CHECK(found.open[0].metres == 10);
  CHECK(found.open[0].from.x > 55);
  CHECK(found.open[0].from.x < 75);
}

TEST_CASE("Connections are as long as GEOS says, and none is missing") {
  Geos const geos;
  Random random(43);
  std::size_t connections = 0;
  for (int scene = 0; scene < 300; ++scene) {
    std::vector<std::string> texts;
    for (int i = 0; i < 8; ++i)
      texts.push_back(terrein::test::line_text(random, {random.in(0, 200), random.in(0, 200)}, 40));
    Layer const lines = layer_of(texts);
    Layer const shapes = layer_of({terrein::test::polygon_text(random, {random.in(0, 200), random.in(0, 200)}, 40)});
    auto const shape = geos.row(shapes.geometry, 0);
    auto const boundary = geos.own(GEOSBoundary_r(geos.handle(), shape.get()));
    ConnectionIndex const index(paths_of(lines), 25, nullptr);
    ConnectionSearch search(index);
    std::map<std::uint32_t, Connection> found;
    for (Connection const& one : search.find(shapes.geometry, 0).open) found[one.line] = one;
    for (Row row = 0; row < lines.size(); ++row) {
      auto const line = geos.row(lines.geometry, row);
      double const metres = geos.distance(boundary, line);
      if (metres > 25 + 1e-9) {
        CHECK_FALSE(found.contains(row));
        continue;
      }
      REQUIRE(found.contains(row));
      CHECK(found[row].metres == Approx(metres).margin(1e-9));
      auto const to = geos.own(GEOSGeom_createPointFromXY_r(geos.handle(), found[row].to.x, found[row].to.y));
      double const along = GEOSProject_r(geos.handle(), GEOSGetGeometryN_r(geos.handle(), line.get(), 0), to.get());
      CHECK(found[row].share * geos.length(line) == Approx(along).margin(1e-6));
      CHECK(geos.distance(to, line) < 1e-9);
      ++connections;
    }
  }
  CHECK(connections > 500);
}
