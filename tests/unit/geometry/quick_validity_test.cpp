// The quick test of validity against GEOS: what it calls valid must be, and of ordinary shapes it must leave none open.
#include "geometry/quick_validity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/validity.hpp"
#include "unit/geometry/fabrics.hpp"

using namespace terrein;
using terrein::test::Geos;
using terrein::test::Random;
using terrein::test::star;

namespace {

using Ring = std::vector<Point>;
using Polygon = std::vector<Ring>;  // shell and holes

GeometryColumn column_of(std::vector<Polygon> const& polygons) {
  GeometryColumn out;
  GeometryBuilder builder(out);
  for (Polygon const& polygon : polygons) {
    for (Ring const& ring : polygon) {
      for (Point const p : ring) builder.vertex(p.x, p.y);
      builder.end_path();
    }
    builder.end_part();
  }
  builder.end_row(GeometryKind::polygon);
  return out;
}

/// How many shapes were valid, and how many of them the quick test settled.
struct Tally {
  std::size_t shapes = 0, valid = 0, settled = 0;
};

/// Counts a shape; one that is called valid against the word of GEOS is a failure.
void judge(Geos const& geos, GeometryColumn const& column, Tally& tally) {
  static QuickValidity quick;
  auto const shape = geos.row(column, 0);
  bool const valid = shape != nullptr && GEOSisValid_r(geos.handle(), shape.get()) == 1;
  bool const settled = quick.is_surely_valid(column, 0);
  ++tally.shapes;
  tally.valid += valid ? 1 : 0;
  tally.settled += settled ? 1 : 0;
  if (settled && !valid) {
    auto const bytes = to_wkb(column, 0);
    std::string hex;
    for (unsigned char const byte : bytes)
      hex +=
          std::string("0123456789abcdef").substr(byte >> 4U, 1) + std::string("0123456789abcdef").substr(byte & 15U, 1);
    FAIL_CHECK("called valid, but GEOS does not think so: " << hex);
  }
}

Ring moved(Ring ring, double scale, Point by) {
  for (Point& p : ring) p = {p.x * scale + by.x, p.y * scale + by.y};
  return ring;
}

/// Scales and places of coordinates, from degrees to ten thousand kilometres from the origin.
struct Frame {
  double scale;
  Point by;
};
Frame frame(Random& random) {
  constexpr double scales[] = {1, 0.001, 0.1, 1e-9, 12.5, 1e5};
  constexpr Point places[] = {{0, 0}, {104000, 193000}, {1e7, 1e7}, {-1e7, 3}, {0.1, 0.1}, {1e12, 1e12}};
  return {scales[random.below(6)], places[random.below(6)]};
}

Ring whole_ring(Random& random, std::size_t corners, std::size_t side) {
  Ring out;
  for (std::size_t i = 0; i < corners; ++i)
    out.push_back({static_cast<double>(random.below(side)), static_cast<double>(random.below(side))});
  return out;
}

double nudge(Random& random, double value) {
  double const ends[] = {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  for (std::size_t n = random.below(4); n > 0; --n) value = std::nextafter(value, ends[random.below(2)]);
  return value;
}

/// A point of an edge, as near as rounding allows and sometimes some units in the last place away from there.
Point on_edge(Random& random, Point a, Point b) {
  double const at = random.below(3) == 0 ? 0.5 : random.in(0, 1);
  return {nudge(random, a.x + at * (b.x - a.x)), nudge(random, a.y + at * (b.y - a.y))};
}

/// Something that often goes wrong with a ring.
void spoil(Random& random, Ring& ring) {
  std::size_t const n = ring.size(), i = random.below(n), j = random.below(n);
  auto const at = ring.begin() + static_cast<std::ptrdiff_t>(i);
  Point const p = ring[i], next = ring[(i + 1) % n];
  switch (random.below(9)) {
    case 0:  // a bow tie
      std::swap(ring[i], ring[j]);
      break;
    case 1:  // a repeated vertex
      ring.insert(at, p);
      break;
    case 2:  // a vertex that touches another one
      ring[i] = ring[j];
      break;
    case 3:  // a vertex on another edge
      ring[i] = on_edge(random, ring[j], ring[(j + 1) % n]);
      break;
    case 4:  // a spike there and back
      ring.insert(at, {p, {p.x + random.in(-9, 9), p.y + random.in(-9, 9)}});
      break;
    case 5:  // a step back along an edge
      ring.insert(at + 1, on_edge(random, p, next));
      ring.insert(ring.begin() + static_cast<std::ptrdiff_t>(i) + 1, next);
      break;
    case 6:  // a vertex on its own edge, which is fine
      ring.insert(at + 1, on_edge(random, p, next));
      break;
    case 7:  // a needle
      ring[(i + 2) % n] = on_edge(random, p, next);
      break;
    default:  // an edge right through
      ring[i] = {2 * ring[(i + n / 2) % n].x - p.x, 2 * ring[(i + n / 2) % n].y - p.y};
  }
}

}  // namespace

TEST_CASE("rings of few corners on whole coordinates are never called valid when they are not",
          "[geometry][validity]") {
  Geos const geos;
  Random random(51);
  Tally tally;
  for (int i = 0; i < 300000; ++i) {
    Frame const f = frame(random);
    judge(geos, column_of({{moved(whole_ring(random, 3 + random.below(6), 2 + random.below(5)), f.scale, f.by)}}),
          tally);
  }
  CHECK(tally.valid > 30000);
  CHECK(tally.valid < 200000);
  CHECK(tally.settled > tally.valid / 2);  // offsets of 1e12 blur the small ones
}

TEST_CASE("spoilt stars are never called valid when they are not", "[geometry][validity]") {
  Geos const geos;
  Random random(52);
  Tally tally;
  for (int i = 0; i < 200000; ++i) {
    Frame const f = frame(random);
    Ring ring = star(random, {0, 0}, 10, static_cast<int>(3 + random.below(i % 50 == 0 ? 400 : 20)));
    if (random.below(2) == 0) ring = moved(ring, f.scale, f.by);
    for (std::size_t n = 1 + random.below(2); n > 0; --n) spoil(random, ring);
    if (random.below(2) == 0) ring = moved(ring, f.scale, f.by);
    judge(geos, column_of({{ring}}), tally);
  }
  CHECK(tally.valid > 30000);
  CHECK(tally.valid < 150000);
  CHECK(tally.settled > tally.valid / 3);
}

TEST_CASE("holes and parts that lie wrong are never called valid", "[geometry][validity]") {
  Geos const geos;
  Random random(53);
  Tally tally;
  for (int i = 0; i < 150000; ++i) {
    Frame const f = frame(random);
    bool const whole = random.below(3) == 0;
    auto const ring = [&](double reach, double size) {
      Point const centre{random.in(-reach, reach), random.in(-reach, reach)};
      Ring out = whole ? whole_ring(random, 3 + random.below(2), 6)
                       : star(random, centre, size * random.in(0.3, 1), static_cast<int>(3 + random.below(9)));
      return moved(out, f.scale, f.by);
    };
    std::vector<Polygon> polygons;
    for (std::size_t parts = 1 + random.below(3); parts > 0; --parts) {
      Polygon& polygon = polygons.emplace_back();
      polygon.push_back(ring(random.below(2) == 0 ? 20 : 3, 10));
      for (std::size_t holes = random.below(4); holes > 0; --holes) polygon.push_back(ring(6, 3));
    }
    judge(geos, column_of(polygons), tally);
  }
  CHECK(tally.valid > 10000);
  CHECK(tally.valid < 130000);
  CHECK(tally.settled > tally.valid / 2);
}

TEST_CASE("one crossing far along a ring of thousands of corners is not overlooked", "[geometry][validity]") {
  Geos const geos;
  Random random(54);
  Tally whole, spoilt;
  for (int i = 0; i < 300; ++i) {
    Ring ring;
    std::size_t const corners = 500 + random.below(4000);
    for (std::size_t k = 0; k < corners; ++k) {  // a wiggly circle
      double const angle = 2 * M_PI * static_cast<double>(k) / static_cast<double>(corners),
                   r = 1000 + 200 * std::sin(7 * angle) + random.in(-1, 1);
      ring.push_back({104000 + r * std::cos(angle), 193000 + r * std::sin(angle)});
    }
    judge(geos, column_of({{ring}}), whole);
    std::size_t const k = random.below(corners);
    if (i % 2 == 0)
      ring[k] = on_edge(random, ring[(k + corners / 3) % corners], ring[(k + corners / 3 + 1) % corners]);
    else
      std::swap(ring[k], ring[(k + 1) % corners]);
    judge(geos, column_of({{ring}}), spoilt);
  }
  CHECK(whole.settled == whole.shapes);
  CHECK(spoilt.valid < 200);
}

TEST_CASE("ordinary shapes are settled without GEOS", "[geometry][validity]") {
  Geos const geos;
  Random random(55);
  Tally parcels, holes, parts;
  for (int i = 0; i < 20000; ++i) {
    Point const place{104000 + random.in(0, 90000), 160000 + random.in(0, 70000)};
    auto const millimetres = [](Ring ring) {
      for (Point& p : ring) p = {std::round(p.x * 1000) / 1000, std::round(p.y * 1000) / 1000};
      return ring;
    };
    auto const corners = static_cast<int>(4 + random.below(40));
    Ring const shell = millimetres(star(random, place, 40, corners));
    Ring const hole = millimetres(star(random, place, 4, 5));
    judge(geos, column_of({{shell}}), parcels);
    judge(geos, column_of({{shell, hole}}), holes);
    judge(geos, column_of({{shell, hole}, {millimetres(star(random, {place.x + 90, place.y}, 30, 9))}}), parts);
  }
  // Two stars of 40 and 30 that are 90 apart never meet, a hole of 4 in a star that is 16 at its narrowest may.
  CHECK(parcels.settled == parcels.shapes);
  CHECK(holes.settled == holes.valid);
  CHECK(parts.settled == parts.valid);
  CHECK(holes.valid > 15000);
}

TEST_CASE("edges along one line are settled when they go on, and left open when they turn back",
          "[geometry][validity]") {
  QuickValidity quick;
  auto const settled = [&quick](char const* wkt) {
    GeometryColumn column;
    append_wkt(column, wkt);
    return quick.is_surely_valid(column, 0);
  };
  CHECK(settled("POLYGON((0 0,5 0,10 0,10 5,10 10,0 10,0 3,0 0))"));
  CHECK_FALSE(settled("POLYGON((0 0,12 0,10 0,10 10,0 10,0 0))"));
  CHECK_FALSE(settled("POLYGON((0 0,10 0,0 0))"));
  CHECK_FALSE(settled("POLYGON((0 0,10 0,10 10,10 10,0 0))"));
  CHECK_FALSE(settled("POLYGON((0 0,5 0,10 0,0 0))"));
  CHECK_FALSE(settled("POLYGON((0 0,8 0,4 4,8 8,0 8,4 4,0 0))"));
  CHECK_FALSE(settled("POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 8,8 8,8 1,1 1),(2 2,2 7,7 7,7 2,2 2))"));
  CHECK_FALSE(settled("POLYGON((0 0,9 0,9 9,0 9,0 0),(20 1,20 8,28 8,28 1,20 1))"));
  CHECK_FALSE(settled("MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((1 1,8 1,8 8,1 8,1 1)))"));
  CHECK(settled("MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((11 1,18 1,18 8,11 8,11 1)))"));
  CHECK(settled("POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 4,4 4,4 1,1 1),(5 5,5 8,8 8,8 5,5 5))"));
}

TEST_CASE("points and lines are judged by their coordinates and lengths", "[geometry][validity]") {
  QuickValidity quick;
  Layer layer = test::layer_of({"POINT(1 1)", "MULTIPOINT((1 1),(1 1))", "LINESTRING(0 0,0 0,1 1)", "POLYGON EMPTY",
                                "LINESTRING(3 3,3 3)", "MULTILINESTRING((0 0,1 1),(2 2,2 2,2 2))"});
  for (std::size_t row = 0; row < 4; ++row) CHECK(quick.is_surely_valid(layer.geometry, row));
  for (std::size_t row = 4; row < 6; ++row) CHECK_FALSE(quick.is_surely_valid(layer.geometry, row));
  for (double const bad :
       {std::nan(""), std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()})
    for (char const* wkt : {"POINT(1 1)", "LINESTRING(0 0,5 1,3 3)", "POLYGON((0 0,9 0,9 9,0 9,0 0))"})
      for (std::size_t i = 0;; ++i) {
        GeometryColumn column;
        append_wkt(column, wkt);
        if (i == column.xy.size()) break;
        column.xy[i] = bad;
        CHECK_FALSE(quick.is_surely_valid(column, 0));
      }
}

TEST_CASE("coordinates at the ends of the range of numbers are left to GEOS", "[geometry][validity]") {
  Geos const geos;
  Random random(56);
  Tally tally;
  for (int i = 0; i < 20000; ++i) {
    constexpr double scales[] = {1e-320, 1e-300, 1e-162, 1e-150, 1e150, 1e154, 1e300, 1e307};
    judge(geos, column_of({{moved(whole_ring(random, 3 + random.below(4), 5), scales[random.below(8)], {0, 0})}}),
          tally);
  }
  CHECK(tally.shapes == 20000);
}

TEST_CASE("a shape that takes too many comparisons is left open", "[geometry][validity]") {
  // Teeth one above the other, each as long as the comb. The boxes of slanted ones all meet each other.
  Geos const geos;
  auto const comb = [](int teeth, double slant) {
    Ring ring;
    for (int tooth = 0; tooth < teeth; ++tooth) {
      ring.push_back({0, 1.0 * tooth});
      ring.push_back({100000, tooth + 0.25 + slant});
      ring.push_back({100000, tooth + 0.5 + slant});
      ring.push_back({0, tooth + 0.75});
    }
    ring.push_back({-1, 1.0 * teeth});
    ring.push_back({-1, 0});
    return column_of({{ring}});
  };
  QuickValidity quick;
  for (auto const& [teeth, slant, settled] : {std::tuple{2000, 0.0, true}, {20, 5000.0, true}, {2000, 5000.0, false}}) {
    GeometryColumn const column = comb(teeth, slant);
    CHECK(quick.is_surely_valid(column, 0) == settled);
    CHECK(GEOSisValid_r(geos.handle(), geos.row(column, 0).get()) == 1);
    CHECK(validity(column, 1).empty());
  }
}
