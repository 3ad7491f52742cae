#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/nearest.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using terrein::test::Geos;
using terrein::test::layer_of;
using terrein::test::Random;

TEST_CASE("frontage along a road is the part of the boundary within the distance") {
  auto const parcel = layer_of({"POLYGON((0 0,100 0,100 50,0 50,0 0))"});
  auto const road = layer_of({"LINESTRING(-500 -6,500 -6)", "LINESTRING(40 58,60 58)", "LINESTRING(400 0,400 9)"});
  SegmentIndex const index(road);
  // 10 m reach: the whole south side and 4 m up each flank; the short road reaches √(10² − 8²) = 6 m past its ends.
  auto const front = index.frontage(parcel.geometry, 0, 10);
  CHECK(front.length == Approx(100 + 2 * 4 + 20 + 2 * 6).epsilon(1e-12));
  CHECK(front.row == 0);
  CHECK(index.frontage(parcel.geometry, 0, 5).length == 0);
  CHECK(index.frontage(parcel.geometry, 0, 5).row == no_row);
  CHECK(index.frontage(parcel.geometry, 0, 6).length == Approx(100).epsilon(1e-9));
  CHECK(index.frontage(parcel.geometry, 0, 10, 0).row == 1);
  CHECK(index.frontage(parcel.geometry, 0, 10, 0).length == Approx(32).epsilon(1e-12));
}

TEST_CASE("roads that overlap count once, and equal parts go to the smallest id") {
  auto const parcel = layer_of({"POLYGON((0 0,100 0,100 50,0 50,0 0))"});
  Layer roads = layer_of({"LINESTRING(0 -1,100 -1)", "LINESTRING(0 -1,100 -1)"});
  roads.id_rank = {1, 0};
  auto const front = SegmentIndex(roads).frontage(parcel.geometry, 0, 2);
  CHECK(front.length == Approx(102).epsilon(1e-9));  // and 1 m up each flank
  CHECK(front.row == 1);
}

TEST_CASE("boundary inside a polygon counts, in its hole it does not") {
  auto const parcel = layer_of({"POLYGON((0 0,100 0,100 50,0 50,0 0))"});
  auto const frontage = [&](char const* text, double distance) {
    auto const layer = layer_of({text});
    return SegmentIndex(layer).frontage(parcel.geometry, 0, distance).length;
  };
  CHECK(frontage("POLYGON((-900 -900,900 -900,900 900,-900 900,-900 -900))", 0) == 300);        // all of it
  CHECK(frontage("POLYGON((-900 -900,30 -900,30 900,-900 900,-900 -900))", 0) == Approx(110));  // west of x = 30
  CHECK(frontage("POLYGON((-900 -900,30 -900,30 900,-900 900,-900 -900))", 5) == Approx(120));
  CHECK(frontage("POLYGON((-900 -900,900 -900,900 900,-900 900,-900 -900),"
                 "(-20 -20,-20 70,120 70,120 -20,-20 -20))",
                 5) == 0);
  CHECK(frontage("POINT(50 -3)", 5) == Approx(8));  // a chord of 2·√(5² − 3²)
  CHECK(frontage("POLYGON EMPTY", 5) == 0);
}

TEST_CASE("parcels of c05 front each other as derived by hand") {
  auto const c05 = test::oracle("c05");
  if (c05.is_null()) return;
  std::vector<std::string> names, texts;
  for (auto const& [name, text] : c05["input"]["parcels"].items()) {
    names.push_back(name);
    texts.push_back(text);
  }
  auto const layer = layer_of(texts);
  auto const row_of = [&](std::string const& name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  auto const check = [&](nlohmann::json const& lengths, double tolerance) {
    for (auto const& [pair, length] : lengths.items()) {
      INFO(pair);
      std::vector<std::uint8_t> other(layer.size(), 0);
      other[row_of(pair.substr(3))] = 1;
      SegmentIndex const index(layer, other);
      CHECK(index.frontage(layer.geometry, row_of(pair.substr(0, 2)), tolerance).length ==
            Approx(length.get<double>()).margin(2 * tolerance + 1e-9));
    }
  };
  check(c05["expected"]["tol_0"]["frontage"], 0);
  check(c05["expected"]["tol_0.5"]["frontage"], 0.5);
}

TEST_CASE("frontage is the length of the boundary inside GEOS's buffer") {
  Geos const geos;
  Random random(31);
  for (int i = 0; i < 120; ++i) {
    auto const parcel = layer_of({test::polygon_text(random, {500, 500}, 60)});
    std::vector<std::string> texts;
    for (int k = 0; k < 6; ++k) {
      Point const at{random.in(400, 600), random.in(400, 600)};
      texts.push_back(k % 2 == 0 ? test::line_text(random, at, 80) : test::polygon_text(random, at, random.in(5, 60)));
    }
    auto const features = layer_of(texts);
    double const reach = random.in(0.5, 25);
    // 256 segments a quarter circle: the chords stay 1e-5 of the radius inside the circle.
    auto buffer = geos.own(nullptr);
    for (std::size_t row = 0; row < features.size(); ++row) {
      auto one = geos.own(GEOSBuffer_r(geos.handle(), geos.row(features.geometry, row).get(), reach, 256));
      buffer = buffer ? geos.own(GEOSUnion_r(geos.handle(), buffer.get(), one.get())) : std::move(one);
    }
    auto const boundary = geos.own(GEOSBoundary_r(geos.handle(), geos.row(parcel.geometry, 0).get()));
    auto const inside = geos.own(GEOSIntersection_r(geos.handle(), boundary.get(), buffer.get()));
    INFO(i);
    REQUIRE(SegmentIndex(features).frontage(parcel.geometry, 0, reach).length ==
            Approx(geos.length(inside)).margin(0.05).epsilon(1e-4));
  }
}
