#include "terrein/geometry/facing.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/core/error.hpp"
#include "unit/geometry/fabrics.hpp"

using namespace terrein;
using terrein::test::layer_of;
using terrein::test::Random;

namespace {

/// A rectangle.
std::string box(double x0, double y0, double x1, double y1) {
  return fmt::format("POLYGON(({0} {1},{2} {1},{2} {3},{0} {3},{0} {1}))", x0, y0, x1, y1);
}

using Pairs = std::map<std::pair<Row, Row>, Facing>;

Pairs facing_in(Layer const& layer, FacingOptions const& options = {}, std::vector<std::uint8_t> const& chosen = {}) {
  Pairs out;
  for (Facing const& one : facings(layer, chosen, options).facing) {
    CHECK(layer.id_rank[one.a] < layer.id_rank[one.b]);
    CHECK(out.emplace(std::pair{one.a, one.b}, one).second);
  }
  return out;
}

Pairs facing_of(std::vector<std::string> const& texts, FacingOptions const& options = {}) {
  return facing_in(layer_of(texts), options);
}

std::set<std::pair<Row, Row>> touching_of(std::vector<std::string> const& texts, FacingOptions const& options = {}) {
  std::set<std::pair<Row, Row>> out;
  for (RowPair const& pair : facings(layer_of(texts), {}, options).touching) out.insert({pair.a, pair.b});
  return out;
}

double apart(Facing const& facing) { return std::hypot(facing.to.x - facing.from.x, facing.to.y - facing.from.y); }

/// Barriers of one layer, which lives as long.
struct Barred {
  explicit Barred(std::vector<std::string> const& texts)
      : layer(layer_of(texts)), barriers(std::vector<Barriers::From>{{&layer}}) {}
  Layer layer;
  Barriers barriers;
};

FacingPart part_of(Facing const& facing, std::uint32_t crosses) {
  for (FacingPart const& part : facing.parts)
    if (part.crosses == crosses) return part;
  return {crosses, 0, -1};
}

std::string const south = box(0, 0, 100, 50), north = box(20, 62, 80, 100);  // across a strip of 12 m

}  // namespace

TEST_CASE("parcels of c05 face each other as derived by hand, beside each other and across the road") {
  auto const c05 = test::oracle("c05");
  if (c05.is_null()) return;
  std::vector<std::string> names, texts;
  for (auto const& [name, text] : c05["input"]["parcels"].items()) {
    names.push_back(name);
    texts.push_back(text);
  }
  auto const& expected = c05["expected"];
  std::map<std::string, double> lengths;
  auto const check = [&](FacingOptions options, nlohmann::json const& more) {
    for (auto const& [pair, length] : more.items()) lengths[pair] = length;
    options.least_m = c05["input"]["min_frontage_m"];
    std::set<std::string> found;
    for (auto const& [pair, facing] : facing_of(texts, options)) {
      std::string const key = names[pair.first] + "-" + names[pair.second];
      INFO(key << " at " << options.tolerance_m);
      found.insert(key);
      REQUIRE(lengths.count(key) == 1);
      CHECK(facing.length_m() == Approx(lengths[key]).margin(2 * options.tolerance_m + 1e-9));
    }
    CHECK(found.size() == lengths.size());
  };
  FacingOptions options;
  for (double const tolerance : {0.0, 0.05, 0.5}) {
    options.most_m = options.tolerance_m = tolerance;
    check(options, expected[tolerance == 0 ? "tol_0" : tolerance < 0.1 ? "tol_0.05" : "tol_0.5"]["frontage"]);
  }
  // Across 12 m of road P1 and P4 join. Straight across none of P1 and P3, P2 and P4, which lie cornerwise, meet.
  options.most_m = c05["input"]["road_bridge_m"];
  check(options, {{"P1-P4", expected["road_bridge_12"]["frontage_P1_P4"]}});
  auto const touching = touching_of(texts, options);
  CHECK(touching.count({0, 2}) == 1);
}

TEST_CASE("two parcels face each other across a strip along what both have of it") {
  auto const found = facing_of({south, north});
  REQUIRE(found.size() == 1);
  Facing const& facing = found.at({0, 1});
  REQUIRE(facing.parts.size() == 1);
  CHECK(facing.parts[0].crosses == 0);
  CHECK(facing.parts[0].length_m == Approx(60).epsilon(1e-12));
  CHECK(facing.parts[0].width_m == Approx(12).epsilon(1e-12));
  CHECK(facing.barred_m == 0);
  CHECK(facing.from.x == Approx(50));  // the middle of it
  CHECK(facing.from.y == 50);
  CHECK(facing.to.x == Approx(50));
  CHECK(facing.to.y == Approx(62));
  FacingOptions options;
  options.most_m = 12;  // the widest strip counts
  CHECK(facing_of({south, north}, options).size() == 1);
  options.most_m = 11.99;
  CHECK(facing_of({south, north}, options).empty());
  options.most_m = 12;
  options.least_m = 60;
  CHECK(facing_of({south, north}, options).size() == 1);
  options.least_m = 60.01;
  CHECK(facing_of({south, north}, options).empty());
}

TEST_CASE("a parcel in between is in the way, chosen or not") {
  // A parcel on the west half of the strip, which touches neither.
  auto const layer = layer_of({south, north, box(0, 54, 50, 58)});
  auto const all = facing_in(layer);
  CHECK(all.size() == 3);
  CHECK(all.at({0, 1}).length_m() == Approx(30).epsilon(1e-12));
  CHECK(all.at({0, 2}).length_m() == Approx(50).epsilon(1e-12));
  CHECK(all.at({1, 2}).length_m() == Approx(30).epsilon(1e-12));
  auto const two = facing_in(layer, {}, {1, 1, 0});
  REQUIRE(two.size() == 1);
  CHECK(two.at({0, 1}) == all.at({0, 1}));
  CHECK(facing_in(layer, {}, {0, 1, 0}).empty());
  // The whole strip, and a sliver of a centimetre along one of the two.
  CHECK(facing_of({south, north, box(-5, 54, 105, 58)}).count({0, 1}) == 0);
  CHECK(facing_of({south, north, box(-5, 61.99, 105, 62)}).count({0, 1}) == 0);
}

TEST_CASE("another part of its own row is in the way of a parcel") {
  auto const found = facing_of({"MULTIPOLYGON(((0 0,100 0,100 50,0 50,0 0)),((0 54,50 54,50 58,0 58,0 54)))", north});
  REQUIRE(found.size() == 1);
  CHECK(found.at({0, 1}).length_m() == Approx(60).epsilon(1e-12));  // 30 from either part
  CHECK(found.at({0, 1}).parts[0].width_m == Approx(4).epsilon(1e-12));
  // An L looks out from its inner corner, but not at itself: its leg stands 6 m before the other parcel.
  auto const inner = facing_of({"POLYGON((0 0,60 0,60 10,10 10,10 60,0 60,0 0))", box(16, 14, 50, 60)});
  REQUIRE(inner.size() == 1);
  CHECK(inner.at({0, 1}).length_m() == Approx(34 + 46).epsilon(1e-12));
  CHECK(inner.at({0, 1}).parts[0].width_m == Approx(4).epsilon(1e-12));
  auto const hidden =
      facing_of({"POLYGON((0 0,60 0,60 10,14 10,14 62,12 62,12 10,10 10,10 60,0 60,0 0))", box(16, 14, 50, 60)});
  CHECK(hidden.at({0, 1}).length_m() == Approx(34 + 46).epsilon(1e-12));  // the thin leg looks out, not the thick
}

TEST_CASE("a slanted strip counts as seen from the longer side and is as wide as where it is narrowest") {
  // The north side of the first runs from 8 m below the other to 2 m below it: a slope of 6 in 80.
  auto const found = facing_of({"POLYGON((0 0,80 0,80 48,0 42,0 0))", box(0, 50, 80, 90)});
  REQUIRE(found.size() == 1);
  Facing const& facing = found.at({0, 1});
  // From below the other begins 8 m times the sine up the slope, at the foot of (0, 50).
  double const slope = std::hypot(80, 6), sine = 6 / slope;
  double const below = slope - 8 * sine, above = 80;
  CHECK(facing.length_m() == Approx(std::max(below, above)).epsilon(1e-9));
  CHECK(facing.parts[0].width_m == Approx(2).epsilon(1e-9));  // from above, at x = 80
  CHECK(apart(facing) == Approx(2).epsilon(1e-9));
  CHECK(facing.from.x == Approx(80));
  CHECK(facing.to == Point{80, 50});
}

TEST_CASE("corners, parcels cornerwise across a crossing and pieces that are too short do not face but may touch") {
  std::vector<std::string> const texts{box(0, 0, 50, 50), box(50, 50, 100, 100), box(62, 0, 100, 38),
                                       box(0, 62, 38, 100), box(-30, 46, 0, 80)};
  auto const found = facing_of(texts);
  CHECK(found.size() == 5);
  CHECK(found.count({0, 1}) == 0);  // one corner
  CHECK(found.count({2, 3}) == 0);  // cornerwise across the crossing
  CHECK(found.count({0, 2}) == 1);
  CHECK(found.count({0, 3}) == 1);
  CHECK(found.count({1, 2}) == 1);
  CHECK(found.count({1, 3}) == 1);
  CHECK(found.count({3, 4}) == 1);
  CHECK(found.count({0, 4}) == 0);  // 4 m in common
  CHECK(touching_of(texts) == std::set<std::pair<Row, Row>>{{0, 1}, {0, 4}});
}

TEST_CASE(
    "a place deeper in another parcel than the tolerance faces nothing, parcels of one shape face their neighbours") {
  FacingOptions options;
  // The second reaches 4 cm over the first, then 30 cm.
  CHECK(facing_of({box(0, 0, 50, 50), box(49.96, 0, 99, 50)}, options).at({0, 1}).length_m() == Approx(50));
  CHECK(facing_of({box(0, 0, 50, 50), box(49.96, 0, 99, 50)}, options).at({0, 1}).parts[0].width_m == 0);
  CHECK(facing_of({box(0, 0, 50, 50), box(49.7, 0, 99, 50)}, options).empty());
  CHECK(touching_of({box(0, 0, 50, 50), box(49.7, 0, 99, 50)}).count({0, 1}) == 1);
  // What lies over the strip from inside the first hides what is behind it.
  CHECK(facing_of({south, north, box(-10, 40, 110, 60)}).count({0, 1}) == 0);
  // Two of one shape both face a third, which stands before the first of them; not each other.
  auto const stacked = facing_of({south, south, north});
  CHECK(stacked.size() == 2);
  CHECK(stacked.at({0, 2}).length_m() == Approx(60));
  CHECK(stacked.at({1, 2}).length_m() == Approx(60));
}

TEST_CASE("a parcel in the hole of another faces it all round") {
  std::string const around = "POLYGON((0 0,90 0,90 90,0 90,0 0),(30 30,30 60,60 60,60 30,30 30))";
  CHECK(facing_of({around, box(30, 30, 60, 60)}).at({0, 1}).length_m() == Approx(120));
  auto const ditch = facing_of({around, box(32, 32, 58, 58)}).at({0, 1});
  CHECK(ditch.length_m() == Approx(104));  // its four sides of 26 m; corners of the ditch see nothing
  CHECK(ditch.parts[0].width_m == Approx(2));
  CHECK(facing_of({around}).empty());  // nor does it face itself
}

TEST_CASE("a line that may not be crossed bars along, in and at the edge of a strip, and ends where it ends") {
  FacingOptions options;
  options.most_m = 12;
  // A railway along the strip, on its middle, on its edge and drawn up to 1 m inside either parcel.
  for (double const y : {56.0, 50.0, 62.0, 49.2, 62.8}) {
    INFO(y);
    Barred const rail({fmt::format("LINESTRING(-99 {0},199 {0})", y)});
    options.barred = &rail.barriers;
    auto const facing = facing_of({south, north}, options).at({0, 1});
    CHECK(facing.parts.empty());
    CHECK(facing.barred_m == Approx(60).epsilon(1e-12));
    CHECK(apart(facing) == Approx(12));  // there is a narrowest way all the same
  }
  for (double const y : {48.9, 63.1}) {
    Barred const rail({fmt::format("LINESTRING(-99 {0},199 {0})", y)});
    options.barred = &rail.barriers;
    CHECK(facing_of({south, north}, options).at({0, 1}).barred_m == 0);
  }
  // One that ends in the middle: half is barred, and the way that is told is none of that.
  Barred const half({"LINESTRING(-99 56,50 56)"});
  options.barred = &half.barriers;
  auto const facing = facing_of({south, north}, options).at({0, 1});
  CHECK(facing.barred_m == Approx(30));
  CHECK(part_of(facing, 0).length_m == Approx(30));
  CHECK(facing.from.x > 50);
  // On a boundary in common.
  Barred const shared({"LINESTRING(50 -9,50 99)"});
  options.barred = &shared.barriers;
  CHECK(facing_of({box(0, 0, 50, 50), box(50, 0, 99, 50)}, options).at({0, 1}).barred_m == Approx(50));
}

TEST_CASE("the length that counts holds what is barred, so that a caller can tell barred from not facing") {
  FacingOptions options;
  Barred const most({"LINESTRING(-99 56,76 56)"});  // 4 of 60 m stay open
  options.barred = &most.barriers;
  options.least_m = 50;
  auto const facing = facing_of({south, north}, options).at({0, 1});
  CHECK(facing.barred_m == Approx(56));
  CHECK(part_of(facing, 0).length_m == Approx(4));
}

TEST_CASE("ways are told by all that they cross, kinds beside each other and together") {
  // A ditch (an area) under x < 40, a pipe (a line) under x > 30; nothing lies near the strip beyond x = 70.
  Barred const ditch({box(-9, 55, 40, 57)}), pipe({"LINESTRING(30 58,70 58)"}), far({box(500, 500, 600, 600)});
  FacingOptions options;
  options.kinds = {&ditch.barriers, &pipe.barriers, &far.barriers, nullptr};
  auto const facing = facing_of({south, north}, options).at({0, 1});
  REQUIRE(facing.parts.size() == 4);
  CHECK(std::is_sorted(facing.parts.begin(), facing.parts.end(),
                       [](FacingPart const& a, FacingPart const& b) { return a.crosses < b.crosses; }));
  CHECK(part_of(facing, 1).length_m == Approx(10));
  CHECK(part_of(facing, 3).length_m == Approx(10));
  CHECK(part_of(facing, 2).length_m == Approx(30));
  CHECK(part_of(facing, 0).length_m == Approx(10));
  for (FacingPart const& part : facing.parts) CHECK(part.width_m == Approx(12));
  Barred const rail({"LINESTRING(-99 60,50 60)"});
  options.barred = &rail.barriers;  // what is barred is not told by kinds
  auto const barred = facing_of({south, north}, options).at({0, 1});
  CHECK(barred.barred_m == Approx(30));
  CHECK(barred.parts.size() == 2);
  CHECK(part_of(barred, 2).length_m == Approx(20));
  CHECK(part_of(barred, 0).length_m == Approx(10));
  // A barrier somewhere else changes nothing.
  FacingOptions away;
  away.barred = &far.barriers;
  CHECK(facing_of({south, north}, away) == facing_of({south, north}));
  away.kinds.assign(33, &far.barriers);
  CHECK_THROWS_AS(facing_of({south, north}, away), Error);
}

TEST_CASE("rows without shape and other kinds of rows face nothing and are in no way") {
  auto const found = facing_of({"POLYGON EMPTY", south, "LINESTRING(-9 56,109 56)", "POINT(50 57)", north});
  CHECK(found.size() == 1);
  CHECK(found.count({1, 4}) == 1);
  CHECK(facing_of(std::vector<std::string>{}).empty());
  CHECK(facing_in(layer_of({south, north}), {}, {0, 0}).empty());
  // A spike, an edge that runs back over itself, twice the same corner.
  CHECK(
      facing_of({"POLYGON((0 0,100 0,100 50,90 50,90 60,90 50,50 50,50 50,0 50,0 0))", north}).at({0, 1}).length_m() ==
      Approx(60));
}

TEST_CASE("ten thousand parcels of one shape are looked at once") {
  std::vector<std::string> texts(10000, south);
  texts.push_back(north);
  auto const found = facing_of(texts);
  REQUIRE(found.size() == 1);
  CHECK(found.at({0, 10000}).length_m() == Approx(60));
}

TEST_CASE("boundaries of 100,000 edges and rows of 10,000 parts face what they face") {
  // A straight side of 100 km along a ragged one: 4 m and 6 m away in turn, so that all of it is seen.
  std::vector<Point> ragged;
  for (int i = 0; i <= 100000; ++i) ragged.push_back({100000.0 - i, i % 2 == 0 ? 4.0 : 6.0});
  ragged.insert(ragged.end(), {{0, 100}, {100000, 100}});
  std::reverse(ragged.begin(), ragged.end());
  auto const coast = facing_of({box(0, -50, 100000, 0), "POLYGON(" + test::ring_text(ragged) + ")"}).at({0, 1});
  CHECK(coast.length_m() == Approx(100000).epsilon(1e-9));
  CHECK(coast.parts[0].width_m == Approx(4));
  // 10,000 squares of one row, 100 m apart, and one beside the last.
  std::string parts;
  for (int i = 0; i < 10000; ++i)
    parts += fmt::format("{4}(({0} {1},{2} {1},{2} {3},{0} {3},{0} {1}))", 100 * (i % 100), i, 100 * (i % 100) + 10,
                         i + 0.5, i == 0 ? "" : ",");
  FacingOptions options;
  options.least_m = 0.5;
  auto const many = facing_of({"MULTIPOLYGON(" + parts + ")", box(9912, 9980, 9920, 10050)}, options).at({0, 1});
  CHECK(many.length_m() == Approx(0.5));
}
