#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/nearest.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using terrein::test::Geos;
using terrein::test::layer_of;
using terrein::test::Random;
using Pairs = std::map<std::pair<Row, Row>, double>;

namespace {

Pairs pairs_of(Adjacency const& found) {
  Pairs pairs;
  for (Row row = 0; row + 1 < found.first.size(); ++row)
    for (std::uint32_t k = found.first[row]; k < found.first[row + 1]; ++k)
      pairs[{row, found.neighbour[k]}] = found.shared_m[k];
  return pairs;
}

// Exact matching: edges of one row that occur the other way round, vertex for vertex, in another.
Pairs matching_edges(Layer const& layer) {
  std::map<std::array<double, 4>, std::vector<Row>> rows_of;
  auto const& shapes = layer.geometry;
  for (Row row = 0; row < shapes.size(); ++row)
    for (std::uint32_t p = shapes.first_path(row); p < shapes.end_path(row); ++p) {
      auto const xy = shapes.path(p);
      for (std::size_t i = 0; i + 3 < xy.size(); i += 2) {
        std::array<double, 4> edge{xy[i], xy[i + 1], xy[i + 2], xy[i + 3]};
        if (std::pair(edge[0], edge[1]) > std::pair(edge[2], edge[3])) edge = {edge[2], edge[3], edge[0], edge[1]};
        rows_of[edge].push_back(row);
      }
    }
  Pairs pairs;
  for (auto const& [edge, rows] : rows_of)
    for (Row const a : rows)
      for (Row const b : rows)
        if (a != b) pairs[{a, b}] += std::hypot(edge[2] - edge[0], edge[3] - edge[1]);
  return pairs;
}

// A grid of parcels whose corners were moved about: every edge is shared, none is parallel to an axis.
Layer crooked_grid(Random& random, int columns, int rows) {
  std::vector<std::vector<Point>> corner(static_cast<std::size_t>(rows) + 1);
  for (int r = 0; r <= rows; ++r)
    for (int c = 0; c <= columns; ++c)
      corner[static_cast<std::size_t>(r)].push_back(
          {150000 + 50 * c + random.in(-15, 15), 200000 + 50 * r + random.in(-15, 15)});
  std::vector<std::string> texts;
  for (std::size_t r = 0; r + 1 < corner.size(); ++r)
    for (std::size_t c = 0; c + 1 < corner[r].size(); ++c)
      texts.push_back("POLYGON(" +
                      test::ring_text({corner[r][c], corner[r][c + 1], corner[r + 1][c + 1], corner[r + 1][c]}) + ")");
  return layer_of(texts);
}

}  // namespace

TEST_CASE("parcels of c05 are neighbours as derived by hand, at every tolerance") {
  auto const c05 = test::oracle("c05");
  if (c05.is_null()) return;
  std::vector<std::string> names, texts;
  for (auto const& [name, text] : c05["input"]["parcels"].items()) {
    names.push_back(name);
    texts.push_back(text);
  }
  auto const layer = layer_of(texts);
  auto const& expected = c05["expected"];
  std::map<std::string, double> lengths;
  auto const check = [&](double tolerance, nlohmann::json const& more) {
    for (auto const& [pair, length] : more.items()) lengths[pair] = length;
    auto const pairs = pairs_of(adjacency(layer, c05["input"]["min_frontage_m"], tolerance, 1));
    std::set<std::string> found;
    for (auto const& [pair, shared] : pairs)
      if (pair.first < pair.second) {
        std::string const key = names[pair.first] + "-" + names[pair.second];
        INFO(key << " at " << tolerance);
        found.insert(key);
        REQUIRE(lengths.count(key) == 1);
        CHECK(shared == Approx(lengths[key]).margin(2 * tolerance + 1e-9));
      }
    CHECK(found.size() == lengths.size());
  };
  check(0, expected["tol_0"]["frontage"]);
  check(0.05, expected["tol_0.05"]["frontage"]);
  check(0.5, expected["tol_0.5"]["frontage"]);
  // Across the road of 8 m: P1 and P4 join, with the whole of P1's north side.
  auto const bridged = pairs_of(adjacency(layer, 5, c05["input"]["road_bridge_m"], 1));
  REQUIRE(bridged.count({0, 3}) == 1);
  CHECK(bridged.at({0, 3}) == Approx(expected["road_bridge_12"]["frontage_P1_P4"].get<double>()));
}

TEST_CASE("a grid of squares has shared sides and no shared corners") {
  auto const layer = test::grid_of_parcels(10, 7, 30);
  auto const pairs = pairs_of(adjacency(layer, 0, 0.05, 2));
  CHECK(pairs.size() == 2 * (9 * 7 + 10 * 6));  // horizontal and vertical sides, each seen from both parcels
  for (auto const& [pair, shared] : pairs) {
    CHECK(shared == Approx(30).epsilon(1e-12));
    CHECK(pairs.at({pair.second, pair.first}) == shared);
  }
  CHECK(adjacency(layer, 30.1, 0.05, 1).neighbour.empty());
  CHECK(adjacency(layer, 29.9, 0.05, 1).neighbour.size() == pairs.size());
}

TEST_CASE("with a tolerance of a micrometre the lengths are those of exact segment matching") {
  Random random(41);
  auto const layer = crooked_grid(random, 25, 20);
  auto const expected = matching_edges(layer);
  auto const found = pairs_of(adjacency(layer, 0, 1e-6, 2));
  REQUIRE(found.size() == expected.size());
  for (auto const& [pair, shared] : expected) {
    REQUIRE(found.count(pair) == 1);
    REQUIRE(found.at(pair) == Approx(shared).epsilon(0).margin(1e-4));
  }
}

TEST_CASE("edges that overlap without common vertices are shared") {
  auto const layer = layer_of({"POLYGON((0 0,100 0,100 50,0 50,0 0))", "POLYGON((20 50,45 50,45 90,20 90,20 50))",
                               "POLYGON((45 50,140 50,140 90,45 90,45 50))",
                               // a crooked T: its side runs along the line (0, 0)–(100, 0) turned by 3:4
                               "POLYGON((1000 0,1080 60,1050 100,970 40,1000 0))",
                               "POLYGON((1016 12,1040 -20,1072 4,1048 36,1016 12))"});
  auto const pairs = pairs_of(adjacency(layer, 1, 1e-6, 1));
  CHECK(pairs.size() == 8);
  CHECK(pairs.at({0, 1}) == Approx(25).epsilon(1e-9));
  CHECK(pairs.at({0, 2}) == Approx(55).epsilon(1e-9));
  CHECK(pairs.at({1, 2}) == Approx(40).epsilon(1e-9));
  CHECK(pairs.at({3, 4}) == Approx(40).epsilon(1e-9));  // (16, 12) to (48, 36)
}

TEST_CASE("corners and crossings share nothing, also with a wide tolerance") {
  auto const layer =
      layer_of({"POLYGON((0 0,10 0,10 10,0 10,0 0))", "POLYGON((10 10,20 10,20 20,10 20,10 10))",
                "POLYGON((-40 4,-20 -10,30 5,-20 30,-40 4))", "POLYGON((10.3 -20,20 -20,20 -0.3,10.3 -0.3,10.3 -20))"});
  CHECK(adjacency(layer, 0, 0.5, 1).neighbour.empty());
}

TEST_CASE("a parcel in the hole of another shares the whole edge of the hole") {
  auto const layer = layer_of({"POLYGON((0 0,90 0,90 90,0 90,0 0),(30 30,30 60,60 60,60 30,30 30))",
                               "POLYGON((30 30,60 30,60 60,30 60,30 30))"});
  CHECK(pairs_of(adjacency(layer, 0, 0.01, 1)).at({0, 1}) == Approx(120).epsilon(1e-12));
}

TEST_CASE("an arc drawn twice with other chords is shared as long as the chords stay within the tolerance") {
  // Radius 100 m, 12 against 17 chords over a quarter: the chords leave the arc by at most r(1 − cos(π/48)) = 0.214 m.
  auto const arc = [](int chords, bool inner) {
    std::vector<Point> ring;
    for (int i = 0; i <= chords; ++i) {
      double const angle = std::numbers::pi / 2 * i / chords;
      ring.push_back({100 * std::cos(angle), 100 * std::sin(angle)});
    }
    if (inner)
      ring.push_back({0, 0});
    else
      ring.insert(ring.end(), {{0, 200}, {200, 200}, {200, 0}});
    return "POLYGON(" + test::ring_text(ring) + ")";
  };
  auto const layer = layer_of({arc(12, true), arc(17, false)});
  CHECK(pairs_of(adjacency(layer, 5, 0.25, 1)).at({0, 1}) == Approx(50 * std::numbers::pi).epsilon(0.01));
}

TEST_CASE("neither the order of the rows, nor the workers, nor other parcels change a shared length") {
  Random random(42);
  auto const layer = crooked_grid(random, 30, 20);
  auto const one = adjacency(layer, 1, 0.05, 1), seven = adjacency(layer, 1, 0.05, 7);
  CHECK(one.first == seven.first);
  CHECK(one.neighbour == seven.neighbour);
  CHECK(one.shared_m == seven.shared_m);
  std::vector<Row> some;
  for (Row row = static_cast<Row>(layer.size()); row-- > 0;)
    if (row % 3 != 0) some.push_back(row);
  auto const expected = pairs_of(one);
  auto const found = pairs_of(adjacency(take(layer, some), 1, 0.05, 2));
  std::size_t kept = 0;
  for (auto const& [pair, shared] : expected) kept += pair.first % 3 != 0 && pair.second % 3 != 0 ? 1 : 0;
  CHECK(found.size() == kept);
  for (auto const& [pair, shared] : found) REQUIRE(shared == expected.at({some[pair.first], some[pair.second]}));
}

TEST_CASE("long boundaries compared through an index share what short ones share") {
  // Two parcels along a border of 2,000 edges, and the same border from 2 edges each: more pairs than are compared
  // one by one.
  std::vector<Point> border;
  Random random(43);
  for (int i = 0; i <= 2000; ++i) border.push_back({10.0 * i, random.in(-4, 4)});
  std::vector<Point> north = border, south(border.rbegin(), border.rend());
  north.insert(north.end(), {{20000, 100}, {0, 100}});
  south.insert(south.end(), {{0, -100}, {20000, -100}});
  auto const layer = layer_of({"POLYGON(" + test::ring_text(north) + ")", "POLYGON(" + test::ring_text(south) + ")"});
  double length = 0;
  for (std::size_t i = 1; i < border.size(); ++i)
    length += std::hypot(border[i].x - border[i - 1].x, border[i].y - border[i - 1].y);
  CHECK(pairs_of(adjacency(layer, 5, 1e-6, 1)).at({0, 1}) == Approx(length).epsilon(1e-9));
}

TEST_CASE("rows that are no polygons have no neighbours") {
  auto const layer = layer_of({"LINESTRING(0 0,9 0)", "POLYGON((0 0,9 0,9 9,0 0))", "POLYGON EMPTY", "POINT(0 0)"});
  auto const found = adjacency(layer, 0, 0.1, 1);
  CHECK(found.first == std::vector<std::uint32_t>{0, 0, 0, 0, 0});
}

TEST_CASE("a boundary of 100,000 vertices, one polygon over everything and a pile of twins share what they share") {
  std::vector<Point> coast;
  for (int i = 0; i < 100000; ++i) {
    double const angle = 2 * std::numbers::pi * i / 100000, r = 1000 + 0.01 * (i % 3);
    coast.push_back({r * std::cos(angle), r * std::sin(angle)});
  }
  std::vector<std::string> texts{"POLYGON(" + test::ring_text(coast) + ")"};
  // A triangle on every 2,500th edge of the coast, whose other sides leave it steeply, and one that touches a corner.
  std::map<Row, double> expected;
  for (std::size_t i = 0; i + 1 < coast.size(); i += 2500) {
    Point const a = coast[i], b = coast[i + 1];
    expected[static_cast<Row>(texts.size())] = std::hypot(b.x - a.x, b.y - a.y);
    texts.push_back("POLYGON(" + test::ring_text({b, a, {2 * a.x, 2 * a.y}}) + ")");
  }
  texts.push_back("POLYGON(" + test::ring_text({coast[77], {1500, 1500}, {1500, 1501}}) + ")");
  texts.push_back("POLYGON((-9000 -9000,9000 -9000,9000 9000,-9000 9000,-9000 -9000))");
  auto const layer = layer_of(texts);
  auto const found = adjacency(layer, 0, 1e-7, 2);
  std::size_t of_coast = 0;
  for (auto const& [pair, metres] : pairs_of(found)) {
    if (pair.first != 0) continue;
    REQUIRE(expected.count(pair.second) == 1);
    REQUIRE(metres == Approx(expected[pair.second]).epsilon(1e-6));
    ++of_coast;
  }
  CHECK(of_coast == expected.size());

  std::size_t const pile = 400;
  auto const stacked = layer_of(std::vector<std::string>(pile, "POLYGON((0 0,3 0,3 4,0 4,0 0))"));
  for (unsigned const workers : {1U, 7U}) {
    auto const all = adjacency(stacked, 1, 0.01, workers);
    REQUIRE(all.neighbour.size() == pile);  // one row stands for the rest
    CHECK(all.times == std::vector<std::uint32_t>(pile, pile - 1));
    CHECK(std::all_of(all.shared_m.begin(), all.shared_m.end(), [](double metres) { return metres == 14; }));
  }
}

namespace {

/// Shared lengths of all pairs of rectangles of some rounds, against the boundaries that GEOS intersects.
void compare_shared_lengths(std::uint64_t seed, int rounds) {
  Geos const geos;
  Random random(seed);
  std::size_t shared = 0;
  for (int round = 0; round < rounds; ++round) {
    // Rectangles of whole metres next to, on and in each other: T-junctions, corners, twins and overlaps.
    double const offset = round % 2 == 0 ? 0 : 1e7;
    std::vector<std::string> texts;
    for (int i = 0; i < 25; ++i) {
      double const x = offset + static_cast<double>(random.below(8)), y = static_cast<double>(random.below(8));
      double const w = 1 + static_cast<double>(random.below(3)), h = 1 + static_cast<double>(random.below(3));
      std::vector<Point> ring{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}};
      if (random.below(2) == 0) ring.insert(ring.begin() + 1, {x + w / 2, y});
      std::rotate(ring.begin(), ring.begin() + static_cast<std::ptrdiff_t>(random.below(4)), ring.end());
      texts.push_back("POLYGON(" + test::ring_text(ring) + ")");
    }
    auto const layer = layer_of(texts);
    auto const pairs = pairs_of(adjacency(layer, 0, 1e-6, 2));
    for (Row a = 0; a < layer.size(); ++a)
      for (Row b = a + 1; b < layer.size(); ++b) {
        auto const ring_a = geos.own(GEOSBoundary_r(geos.handle(), geos.row(layer.geometry, a).get()));
        auto const ring_b = geos.own(GEOSBoundary_r(geos.handle(), geos.row(layer.geometry, b).get()));
        auto const common = geos.own(GEOSIntersection_r(geos.handle(), ring_a.get(), ring_b.get()));
        double const expected = geos.length(common);
        auto const it = pairs.find({a, b});
        REQUIRE((it == pairs.end() ? 0 : it->second) == Approx(expected).margin(1e-8));
        shared += expected > 0 ? 1U : 0U;
      }
  }
  CHECK(shared > 16 * static_cast<std::size_t>(rounds));
}

}  // namespace

TEST_CASE(
    "edges that share their ends, part of their length or nearly run along each other add up as GEOS finds them") {
  compare_shared_lengths(37, 60);
}

TEST_CASE("shared lengths of 300,000 pairs of parcels are those that GEOS finds", "[slow]") {
  compare_shared_lengths(38, 1000);
}
