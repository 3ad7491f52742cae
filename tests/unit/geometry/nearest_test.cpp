#include "terrein/geometry/nearest.hpp"

#include <algorithm>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using terrein::test::Geos;
using terrein::test::layer_of;
using terrein::test::Random;
using Hit = SegmentIndex::Hit;

namespace {

std::string point_text(Random& random, double size) {
  std::ostringstream text;
  text.precision(17);
  text << "POINT(" << random.in(0, size) << ' ' << random.in(0, size) << ')';
  return text.str();
}

// Points, lines and polygons of all sizes, some inside others.
std::vector<std::string> mixed_texts(Random& random, std::size_t n, double size) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < n; ++i) {
    Point const at{random.in(0, size), random.in(0, size)};
    switch (random.below(5)) {
      case 0:
        texts.push_back(point_text(random, size));
        break;
      case 1:
        texts.push_back(test::line_text(random, at, 60));
        break;
      case 2:
        texts.push_back(test::polygon_text(random, at, random.in(100, 400)));
        break;
      default:
        texts.push_back(test::polygon_text(random, at, random.in(2, 40)));
    }
  }
  texts.push_back("POLYGON EMPTY");
  return texts;
}

std::vector<Geos::Shape> geos_shapes(Geos const& geos, Layer const& layer) {
  std::vector<Geos::Shape> shapes;
  for (std::size_t row = 0; row < layer.size(); ++row) shapes.push_back(geos.row(layer.geometry, row));
  return shapes;
}

}  // namespace

TEST_CASE("the nearest row is the one of GEOS, for points, lines and polygons in and around each other") {
  Geos const geos;
  Random random(21);
  for (int round = 0; round < 6; ++round) {
    auto const features = layer_of(mixed_texts(random, 60, 2000));
    auto const probes = layer_of(mixed_texts(random, 60, 2000));
    auto const feature_shapes = geos_shapes(geos, features), probe_shapes = geos_shapes(geos, probes);
    SegmentIndex const index(features);
    for (std::size_t row = 0; row + 1 < probes.size(); ++row) {
      Hit expected;
      for (Row k = 0; k + 1 < features.size(); ++k) {
        double const d = geos.distance(probe_shapes[row], feature_shapes[k]);
        if (d < expected.distance) expected = {d, k};
      }
      Hit const found = index.nearest(probes.geometry, row);
      INFO(round << " " << row);
      REQUIRE(found.distance == Approx(expected.distance).epsilon(1e-9).margin(1e-9));
      // Ids are the row numbers, so that the first of several at distance 0 must be found.
      REQUIRE(found.row == expected.row);
    }
    CHECK(index.nearest(probes.geometry, probes.size() - 1).row == no_row);
  }
}

TEST_CASE("all rows within a radius are those of GEOS, by id and with their distances") {
  Geos const geos;
  Random random(22);
  auto const features = layer_of(mixed_texts(random, 120, 2000));
  auto const probes = layer_of(mixed_texts(random, 120, 2000));
  auto const feature_shapes = geos_shapes(geos, features), probe_shapes = geos_shapes(geos, probes);
  SegmentIndex const index(features);
  for (std::size_t row = 0; row < probes.size(); ++row) {
    double const radius = row % 4 == 0 ? 0 : random.in(0, 400);
    auto const hits = index.within(probes.geometry, row, radius);
    std::size_t next = 0;
    for (Row k = 0; k < features.size() && probes.geometry.has_shape(row); ++k) {
      if (!features.geometry.has_shape(k)) continue;
      double const d = geos.distance(probe_shapes[row], feature_shapes[k]);
      if (d > radius) continue;
      REQUIRE(next < hits.size());
      REQUIRE(hits[next].row == k);
      REQUIRE(hits[next].distance == Approx(d).epsilon(1e-9).margin(1e-9));
      ++next;
    }
    REQUIRE(next == hits.size());
  }
}

TEST_CASE("the nearest row to a point is that of brute force over all features") {
  Geos const geos;
  Random random(23);
  auto const features = layer_of(mixed_texts(random, 100, 1000));
  auto const shapes = geos_shapes(geos, features);
  SegmentIndex const index(features);
  for (int i = 0; i < 300; ++i) {
    Point const p{random.in(0, 1000), random.in(0, 1000)};
    auto const at = geos.own(GEOSGeom_createPointFromXY_r(geos.handle(), p.x, p.y));
    Hit expected;
    for (Row k = 0; k + 1 < features.size(); ++k)
      if (double const d = geos.distance(at, shapes[k]); d < expected.distance) expected = {d, k};
    auto const found = index.nearest(p);
    REQUIRE(found.distance == Approx(expected.distance).epsilon(1e-9).margin(1e-9));
    REQUIRE(found.row == expected.row);
  }
}

TEST_CASE("touching and containing, either way, is distance 0") {
  auto const parcel = layer_of({"POLYGON((0 0,10 0,10 10,0 10,0 0))"});
  auto const distance = [&](char const* text) {
    auto const feature = layer_of({text});
    double const d = SegmentIndex(feature).nearest(parcel.geometry, 0).distance;
    CHECK(SegmentIndex(parcel).nearest(feature.geometry, 0).distance == d);
    return d;
  };
  CHECK(distance("POLYGON((-50 -50,50 -50,50 50,-50 50,-50 -50))") == 0);  // the parcel lies inside
  CHECK(distance("POLYGON((4 4,5 4,5 5,4 4))") == 0);                      // the feature lies inside
  CHECK(distance("POINT(5 5)") == 0);
  CHECK(distance("LINESTRING(4 4,6 6)") == 0);
  CHECK(distance("LINESTRING(-5 5,15 5)") == 0);    // crosses without a vertex inside
  CHECK(distance("POINT(10 3)") == 0);              // on the boundary
  CHECK(distance("LINESTRING(10 10,20 20)") == 0);  // touches a corner
  CHECK(distance("MULTIPOINT(900 900,5 5)") == 0);  // only the second part lies inside
  // In the hole of a ring-shaped feature: the distance to the hole's edge.
  CHECK(distance("POLYGON((-50 -50,50 -50,50 50,-50 50,-50 -50),(-3 -4,-3 14,17 14,17 -4,-3 -4))") == 3);
  CHECK(distance("POINT(13 14)") == 5);
}

TEST_CASE("of rows at the same distance the one with the smallest id is found, whatever the order of the rows") {
  Layer layer = layer_of({"LINESTRING(0 10,9 10)", "LINESTRING(0 -10,9 -10)", "POINT(3 -10)", "POINT(4 10)"});
  auto const probe = layer_of({"LINESTRING(0 0,9 0)"});
  for (auto const& ids : std::vector<std::vector<std::string>>{
           {"1", "2", "3", "4"}, {"4", "3", "2", "1"}, {"10", "9", "8", "11"}, {"b", "a", "d", "c"}}) {
    layer.id = ids;
    layer.id_rank = rank_ids(ids);
    auto const smallest = std::min_element(layer.id_rank.begin(), layer.id_rank.end()) - layer.id_rank.begin();
    CHECK(SegmentIndex(layer).nearest(probe.geometry, 0).row == static_cast<Row>(smallest));
  }
  // Inside several polygons at once as well.
  Layer nested = layer_of({"POLYGON((-9 -9,9 -9,9 9,-9 9,-9 -9))", "POLYGON((-8 -8,8 -8,8 8,-8 8,-8 -8))"});
  CHECK(SegmentIndex(nested).nearest({1, 1}).row == 0);
  nested.id_rank = {1, 0};
  CHECK(SegmentIndex(nested).nearest({1, 1}).row == 1);
}

TEST_CASE("features far away and the order of the rows change no bit of a result") {
  Random random(24);
  auto texts = mixed_texts(random, 80, 2000);
  auto const probes = layer_of(mixed_texts(random, 80, 2000));
  auto const features = layer_of(texts);
  texts.push_back("POINT(900000 900000)");
  texts.push_back("LINESTRING(-900000 0,-900000 9)");
  auto const more = layer_of(texts);
  std::vector<Row> backwards(features.size());
  for (Row i = 0; i < backwards.size(); ++i) backwards[i] = static_cast<Row>(backwards.size() - 1 - i);
  auto const turned = take(features, backwards);
  SegmentIndex const index(features), with_more(more), of_turned(turned);
  for (std::size_t row = 0; row < probes.size(); ++row) {
    auto const a = index.nearest(probes.geometry, row), b = with_more.nearest(probes.geometry, row),
               c = of_turned.nearest(probes.geometry, row);
    REQUIRE(a.distance == b.distance);
    REQUIRE(a.row == b.row);
    REQUIRE(a.distance == c.distance);
    REQUIRE(a.row == (c.row == no_row ? no_row : backwards[c.row]));
  }
}

TEST_CASE("a limit, a selection and an empty layer leave rows out") {
  auto const layer = layer_of({"POINT(0 0)", "POINT(3 0)", "POLYGON((-9 -9,-8 -9,-8 -8,-9 -9))"});
  std::vector<std::uint8_t> const second{0, 1, 0};
  SegmentIndex const all(layer), only(layer, second);
  CHECK(all.nearest({1, 0}).row == 0);
  CHECK(only.nearest({1, 0}).row == 1);
  CHECK(all.nearest({10, 0}, 7).row == 1);  // the limit belongs to it
  CHECK(all.nearest({10, 0}, 6.9).row == no_row);
  CHECK(std::isinf(all.nearest({10, 0}, 6.9).distance));
  CHECK(only.nearest({-8.1, -8.9}).row == 1);
  CHECK(SegmentIndex(layer_of({})).nearest({0, 0}).row == no_row);
  CHECK(all.within(layer.geometry, 0, 3).size() == 2);
  CHECK(only.within(layer.geometry, 0, 3).size() == 1);
}

TEST_CASE("a large polygon with a long boundary holds the same points as locate finds") {
  Random random(25);
  auto const layer = layer_of(
      {"POLYGON(" + test::ring_text(test::star(random, {0, 0}, 1000, 2000)) + ")", "LINESTRING(-2000 0,2000 1)"});
  std::vector<std::uint8_t> const polygon_only{1, 0};
  SegmentIndex const index(layer, polygon_only);
  Geos const geos;
  auto const shape = geos.row(layer.geometry, 0);
  for (int i = 0; i < 500; ++i) {
    Point const p{random.in(-1000, 1000), random.in(-1000, 1000)};
    auto const at = geos.own(GEOSGeom_createPointFromXY_r(geos.handle(), p.x, p.y));
    REQUIRE((index.nearest(p, 0).row == 0) == (GEOSIntersects_r(geos.handle(), shape.get(), at.get()) == 1));
  }
}
