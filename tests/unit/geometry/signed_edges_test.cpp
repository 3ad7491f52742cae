// The area of intersection by signed edges against GEOS, hand values, and conservation.
#include "geometry/signed_edges.hpp"

#include <cmath>
#include <random>

#include "geometry/geos.hpp"
#include "geometry/window.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/overlay.hpp"
#include "terrein/geometry/validity.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

Point origin_below(GeometryColumn const& column, std::size_t a, std::size_t b) {
  Box box = column.box[a];
  box.extend(column.box[b]);
  return {box.min_x, box.min_y};
}

CommonArea by_edges(GeometryColumn const& column, std::size_t a, std::size_t b) {
  SignedEdges first, second;
  Point const origin = origin_below(column, a, b);
  set_edges(column, a, origin, first);
  set_edges(column, b, origin, second);
  return common_area(first, second);
}

/// Row `a` against what row `b` has in the window around it.
CommonArea in_window(GeometryColumn const& column, EdgeRuns const& runs, std::size_t a, std::size_t b) {
  SignedEdges first, second;
  for (int attempt = 0; attempt < window_attempts; ++attempt) {
    Box const window = window_around(column.box[a], 0, attempt);
    if (!set_edges_within(column, runs, b, window, second)) continue;
    set_edges(column, a, {window.min_x, window.min_y}, first);
    return common_area(first, second);
  }
  FAIL("no window was found");
  return {};
}

double by_geos(geos::Context const& context, GeometryColumn const& column, std::size_t a, std::size_t b) {
  auto const first = geos::to_geos(context, column, a), second = geos::to_geos(context, column, b);
  auto const common = geos::intersection(context, first.get(), second.get());
  REQUIRE(common);
  return geos::area(context, common.get());
}

GeometryColumn of(std::vector<std::string> const& wkt) {
  GeometryColumn out;
  for (std::string const& text : wkt) append_wkt(out, text);
  return out;
}

double uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11U) / 9007199254740992.0; }

/// A star around a centre: valid by construction, with a hole of half its size when asked for.
void add_star(GeometryColumn& column, std::mt19937_64& random, Point centre, double size, int corners, bool hole,
              double grid) {
  GeometryBuilder builder(column);
  std::vector<double> radius;
  for (int i = 0; i < corners; ++i) radius.push_back(size * (0.3 + 0.7 * uniform(random)));
  auto const snap = [grid](double value) { return grid > 0 ? std::round(value / grid) * grid : value; };
  auto const ring = [&](double scale) {
    for (int i = 0; i <= corners; ++i) {
      double const angle = 2 * M_PI * (i % corners) / corners,
                   r = scale * radius[static_cast<std::size_t>(i % corners)];
      builder.vertex(snap(centre.x + r * std::cos(angle)), snap(centre.y + r * std::sin(angle)));
    }
    builder.end_path();
  };
  ring(1);
  if (hole) ring(0.5);
  builder.end_part();
  builder.end_row(GeometryKind::polygon);
}

}  // namespace

TEST_CASE("Areas that are known by hand come out exactly") {
  struct Case {
    char const *a, *b;
    double area;
  };
  for (Case const& one : {
           Case{"POLYGON((0 0,10 0,10 10,0 10,0 0))", "POLYGON((5 5,15 5,15 15,5 15,5 5))", 25},
           Case{"POLYGON((0 0,10 0,10 10,0 10,0 0))", "POLYGON((0 0,10 0,10 10,0 10,0 0))", 100},
           Case{"POLYGON((0 0,10 0,10 10,0 10,0 0))", "POLYGON((10 0,20 0,20 10,10 10,10 0))", 0},     // an edge
           Case{"POLYGON((0 0,10 0,10 10,0 10,0 0))", "POLYGON((10 10,20 10,20 20,10 20,10 10))", 0},  // a corner
           Case{"POLYGON((0 0,10 0,10 10,0 10,0 0))", "POLYGON((0 0,10 0,0 10,0 0))", 50},
           Case{"POLYGON((0 0,10 0,10 10,0 10,0 0),(2 2,8 2,8 8,2 8,2 2))", "POLYGON((4 4,6 4,6 6,4 6,4 4))", 0},
           Case{"POLYGON((0 0,10 0,10 10,0 10,0 0),(2 2,8 2,8 8,2 8,2 2))", "POLYGON((1 1,9 1,9 9,1 9,1 1))", 28},
           Case{"MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((6 0,10 0,10 4,6 4,6 0)))", "POLYGON((2 1,8 1,8 3,2 3,2 1))", 8},
           Case{"POLYGON((0 0,10 10,0 10,0 0))", "POLYGON((0 0,10 0,10 10,0 0))", 0},  // a common diagonal
           Case{"POLYGON((0 0,8 8,0 8,0 0))", "POLYGON((2 2,6 6,6 0,2 0,2 2))", 0},    // part of a diagonal
           Case{"POLYGON((0 0,8 0,8 8,0 8,0 0))", "POLYGON((4 -4,12 4,4 12,-4 4,4 -4))", 64},
           Case{"POLYGON((0 0,8 0,8 8,0 8,0 0))", "POLYGON((4 -2,10 4,4 10,-2 4,4 -2))", 56},
       }) {
    INFO(one.a << " and " << one.b);
    GeometryColumn const column = of({one.a, one.b});
    CHECK(by_edges(column, 0, 1).area == Approx(one.area).margin(1e-13));
    CHECK(by_edges(column, 1, 0).area == Approx(one.area).margin(1e-13));
    CHECK(in_window(column, EdgeRuns(column), 0, 1).area == Approx(one.area).margin(1e-12));
    CHECK(in_window(column, EdgeRuns(column), 1, 0).area == Approx(one.area).margin(1e-12));
  }
}

TEST_CASE("Oracle f05: areas of intersection in rational arithmetic") {
  auto const file = oracle("f05");
  if (file.is_null()) return;
  auto const& areas = file["expected"]["areas"];
  std::size_t compared = 0;
  for (auto const& pair : file["input"]["pairs"])
    for (auto const& one : areas) {
      if (one["name"] != pair["name"]) continue;
      INFO(pair["name"].get<std::string>());
      GeometryColumn const column = of({pair["a"].get<std::string>(), pair["b"].get<std::string>()});
      EdgeRuns const runs(column);
      double const expected = one["area"].get<double>();
      for (CommonArea const& found : {by_edges(column, 0, 1), by_edges(column, 1, 0), in_window(column, runs, 0, 1),
                                      in_window(column, runs, 1, 0)})
        CHECK(found.area == Approx(expected).epsilon(1e-12).margin(1e-9));
      ++compared;
    }
  CHECK(compared == areas.size());
  CHECK(compared > 5);
}

TEST_CASE("Oracle f06: areas by local terms are those that polygons have in common with themselves") {
  auto const file = oracle("f06");
  if (file.is_null()) return;
  for (char const* name : {"unit_square", "triangle"}) {
    std::string text = "POLYGON((";
    auto const& corners = file["input"][name];
    for (std::size_t i = 0; i <= corners.size(); ++i) {
      auto const& corner = corners[i % corners.size()];
      text += fmt::format("{}{} {}", i == 0 ? "" : ",", corner[0].get<double>(), corner[1].get<double>());
    }
    GeometryColumn const column = of({text + "))"});
    double const tolerance = file["tolerance"]["abs"], expected = file["expected"][name]["area"];
    double terms = 0;
    for (auto const& term : file["expected"][name]["terms"]) terms += term["term"].get<double>() / 2;
    CHECK(std::abs(terms - expected) <= tolerance);
    CHECK(std::abs(by_edges(column, 0, 0).area - expected) <= tolerance);
    CHECK(std::abs(in_window(column, EdgeRuns(column), 0, 0).area - expected) <= tolerance);
    CHECK(std::abs(area(column, 0) - expected) <= tolerance);
  }
}

TEST_CASE("Random polygons have the area in common that GEOS finds") {
  geos::Context const context;
  std::mt19937_64 random(7);
  std::size_t compared = 0;
  for (double const offset : {0.0, 200000.0, 1e7}) {
    // GEOS rounds places where boundaries cross to absolute coordinates: half a unit in the last place, on boundaries
    // of at most 64 crossings of 60 m each.
    double const tolerance = 64 * 60 * std::max(1e-12, offset * 1.2e-16);
    for (int i = 0; i < 6000; ++i) {
      GeometryColumn column;
      double const grid = i % 3 == 0 ? 1 : i % 3 == 1 ? 0.001 : 0;  // on whole metres boundaries meet in many ways
      add_star(column, random, {offset, offset}, 20, 3 + static_cast<int>(random() % 20), i % 2 == 0, grid);
      add_star(column, random, {offset + 30 * (uniform(random) - 0.5), offset + 30 * (uniform(random) - 0.5)},
               5 + 40 * uniform(random), 3 + static_cast<int>(random() % 60), i % 4 < 2, grid);
      auto const faults = validity(column, 1);
      if (faults[0] || faults[1]) continue;  // a star on whole metres may touch itself
      double const expected = by_geos(context, column, 0, 1);
      EdgeRuns const runs(column);
      for (CommonArea const& found : {by_edges(column, 0, 1), by_edges(column, 1, 0), in_window(column, runs, 0, 1),
                                      in_window(column, runs, 1, 0)})
        if (std::abs(found.area - expected) > tolerance) {
          INFO(offset << ", pair " << i << ": " << found.area << " for " << expected);
          CHECK(false);
        }
      ++compared;
    }
  }
  CHECK(compared > 10000);
}

TEST_CASE("A needle thinner than rounding that ends in the window takes nothing of it, from either side") {
  // Corners on one line but for the last digit: where it leaves the window its two sides change places.
  double const dx = 0.0021768466691364, dy = -0.001088423334568;
  for (double const offset : {0.0, 200000.0, 1e7})
    for (int i = 0; i < 200; ++i) {
      double const x = offset + 0.75 + dx * i, y = offset + 11 + dy * i;
      GeometryColumn column;
      GeometryBuilder builder(column);
      for (Point const p : {Point{x, y}, {x + 1.6875, y - 2.25}, {x + 8.25, y - 11}}) builder.vertex(p.x, p.y);
      builder.end_path();
      builder.end_part();
      builder.end_row(GeometryKind::polygon);
      append_wkt(column,
                 fmt::format("POLYGON(({} {},{} {},{} {},{} {},{} {}))", offset + 3, offset + 8, offset + 11,
                             offset + 14, offset + 8, offset + 18, offset, offset + 12, offset + 3, offset + 8));
      Layer cover;
      cover.geometry = take(column, std::vector<Row>{0});
      cover.id = {"1"};
      cover.id_rank = {0};
      auto const parcel = take(column, std::vector<Row>{1});
      double const taken = cover_areas(parcel, cover, std::vector<std::uint32_t>{0}, 1, 1).area[0][0];
      REQUIRE(taken <= 1e-9 + 2 * offset * 2.3e-16 * 14);  // a needle as wide as the last digit, 14 m long
    }
}

TEST_CASE("Boundaries of thousands of edges, looked up by their x, have the area in common that GEOS finds") {
  geos::Context const context;
  std::mt19937_64 random(13);
  GeometryColumn column;
  GeometryBuilder builder(column);
  for (int const corners : {4000, 3000, 500}) {  // strips of 100 m with a crooked upper and a straight lower side
    builder.vertex(100, -5);
    for (int i = corners; i >= 0; --i) builder.vertex(100.0 * i / corners, uniform(random));
    builder.vertex(0, -5);
    builder.end_path();
    builder.end_part();
    builder.end_row(GeometryKind::polygon);
  }
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t b = 0; b < 3; ++b)
      // Thousands of crossings, each rounded to 1.4e-14, on edges of less than 2 m.
      CHECK(by_edges(column, a, b).area == Approx(by_geos(context, column, a, b)).epsilon(0).margin(1e-9));
}

TEST_CASE("A boundary that passes through a corner of the window leaves all of it covered") {
  // The window around the parcel has 1.25 m on each side: its upper right corner (-7.75, -17.75) lies on the edge from
  // (-4, -23) to (-9, -16), its others well inside.
  GeometryColumn const column =
      of({"POLYGON((-13 -22,-9 -19,-13 -21,-13 -22))",
          "POLYGON((-9 -16,-10 -9,-15 -11,-16 -12,-18 -14,-20 -17,-20 -23,-14 -26,-10 -26,-4 -23,-9 -16))"});
  CHECK(in_window(column, EdgeRuns(column), 0, 1).area == Approx(2).epsilon(1e-12));  // 4 · 1 / 2
}

TEST_CASE("The parts of a divided polygon have together what the whole has, and nothing in common") {
  std::mt19937_64 random(11);
  for (int i = 0; i < 2000; ++i) {
    // A square of 100 m, divided by a jagged line from its left to its right side.
    Point const at{100000 + 1000 * uniform(random), 200000 + 1000 * uniform(random)};
    std::vector<Point> line{{at.x, at.y + 50}};
    int const corners = 1 + static_cast<int>(random() % 60);
    for (int k = 1; k <= corners; ++k)
      line.push_back({at.x + 100.0 * k / (corners + 1), at.y + 10 + 80 * uniform(random)});
    line.push_back({at.x + 100, at.y + 50});
    GeometryColumn column;
    GeometryBuilder builder(column);
    auto const end = [&builder] {
      builder.end_path();
      builder.end_part();
      builder.end_row(GeometryKind::polygon);
    };
    for (Point const p : line) builder.vertex(p.x, p.y);  // below: 0, above: 1
    builder.vertex(at.x + 100, at.y);
    builder.vertex(at.x, at.y);
    end();
    for (Point const p : line) builder.vertex(p.x, p.y);
    builder.vertex(at.x + 100, at.y + 100);
    builder.vertex(at.x, at.y + 100);
    end();
    add_star(column, random, {at.x + 50, at.y + 50}, 45, 3 + static_cast<int>(random() % 30), true, 0);  // 2
    EdgeRuns const runs(column);
    double const star = area(column, 2);
    CommonArea const below = in_window(column, runs, 2, 0), above = in_window(column, runs, 2, 1);
    CHECK(below.area + above.area == Approx(star).epsilon(1e-12));
    CommonArea const both = in_window(column, runs, 0, 1);
    CHECK(std::abs(both.area) <= both.rounding);
    CHECK(both.rounding < 1e-9);
  }
}
