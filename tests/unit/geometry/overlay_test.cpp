#include "terrein/geometry/overlay.hpp"

#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "geometry/geos.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/measures.hpp"

using namespace terrein;

namespace {

std::vector<std::uint32_t> one_group(Layer const& layer) { return std::vector<std::uint32_t>(layer.size(), 0); }

double covered(std::string const& a, std::string const& b) {
  Layer const candidate = test::layer_of({a}), cover = test::layer_of({b}, "cover");
  return cover_areas(candidate.geometry, cover, one_group(cover), 1, 1).area[0][0];
}

std::string wkt_of(std::vector<Point> const& ring) {
  std::string text = "POLYGON((";
  for (auto const& p : ring) text += fmt::format("{} {},", p.x, p.y);
  return text + fmt::format("{} {}))", ring[0].x, ring[0].y);
}

/// A star-shaped polygon with a ragged outline: valid, not convex, with as many vertices as wanted.
std::string blob(std::mt19937_64& random, Point centre, double radius, int vertices) {
  std::uniform_real_distribution<double> ragged(0.5, 1);
  std::vector<Point> ring;
  for (int i = 0; i < vertices; ++i) {
    double const angle = 2 * std::acos(-1.0) * i / vertices, r = radius * ragged(random);
    ring.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
  }
  return wkt_of(ring);
}

Layer blobs(unsigned seed, int count, double radius, int vertices, double extent = 1000) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> place(0, extent);
  std::vector<std::string> wkt;
  for (int i = 0; i < count; ++i) {
    double const x = 150000 + place(random), y = 200000 + place(random);
    wkt.push_back(blob(random, {x, y}, radius, vertices));
  }
  return test::layer_of(wkt, "cover");
}

/// Plain GEOS: the union of all rows of a group, cut with the candidate. No index, no short cuts, no cutting.
double brute_force(GeometryColumn const& candidates, std::size_t row, Layer const& cover,
                   std::vector<std::uint32_t> const& group, std::uint32_t wanted) {
  geos::Context const context;
  std::vector<geos::Geom> shapes;
  for (std::size_t i = 0; i < cover.size(); ++i)
    if (group[i] == wanted) shapes.push_back(geos::to_geos(context, cover.geometry, i));
  auto const all = geos::collect(context, shapes);
  auto const united = geos::own(context, GEOSUnaryUnion_r(context.get(), all.get()));
  auto const candidate = geos::to_geos(context, candidates, row);
  auto const part = geos::own(context, GEOSIntersection_r(context.get(), candidate.get(), united.get()));
  return geos::area(context, part.get());
}

}  // namespace

TEST_CASE("areas of intersection are exact for the published pairs", "[geometry][overlay][oracle]") {
  auto const oracle = test::oracle("f05");
  if (oracle.is_null()) return;
  auto const& pairs = oracle["input"]["pairs"];
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    std::string const name = pairs[i]["name"], a = pairs[i]["a"], b = pairs[i]["b"];
    double const expected = oracle["expected"]["areas"][i]["area"];
    double const margin = name == "sliver_lambert" ? 1e-6 : 1e-9;
    INFO(name);
    CHECK(covered(a, b) == Approx(expected).epsilon(1e-12).margin(margin));
    CHECK(covered(b, a) == Approx(expected).epsilon(1e-12).margin(margin));
  }
}

TEST_CASE("touching is nothing and being covered is everything, exactly", "[geometry][overlay]") {
  std::string const square = "POLYGON((0 0,10 0,10 10,0 10,0 0))";
  CHECK(covered(square, "POLYGON((10 0,20 0,20 10,10 10,10 0))") == 0);
  CHECK(covered(square, "POLYGON((10 10,20 10,20 20,10 20,10 10))") == 0);
  CHECK(covered(square, square) == 100);
  CHECK(covered(square, "POLYGON((-5 -5,20 -5,20 20,-5 20,-5 -5))") == 100);
  // In the hole, and half over the hole.
  CHECK(covered(square, "POLYGON((-9 -9,20 -9,20 20,-9 20,-9 -9),(-1 -1,-1 11,11 11,11 -1,-1 -1))") == 0);
  CHECK(covered(square, "POLYGON((-9 -9,20 -9,20 20,-9 20,-9 -9),(-1 -1,-1 11,5 11,5 -1,-1 -1))") == 50);
  CHECK(covered("POINT(5 5)", square) == 0);
  CHECK(covered(square, "LINESTRING(0 0,10 10)") == 0);
}

TEST_CASE("land under two polygons of a group counts once", "[geometry][overlay]") {
  Layer const candidate = test::layer_of({"POLYGON((0 0,10 0,10 10,0 10,0 0))"});
  Layer const cover = test::layer_of(
      {"POLYGON((0 0,6 0,6 10,0 10,0 0))", "POLYGON((4 0,9 0,9 10,4 10,4 0))", "POLYGON((0 0,10 0,10 2,0 2,0 0))"});
  auto const found = cover_areas(candidate.geometry, cover, std::vector<std::uint32_t>{0, 0, 1}, 2, 1);
  CHECK(found.area[0][0] == Approx(90).margin(1e-9));  // 60 + 50 − 20
  CHECK(found.largest[0][0] == 0);
  CHECK(found.area[1][0] == Approx(20).margin(1e-9));
  CHECK(found.largest[1][0] == 2);
}

TEST_CASE("rows without a group are not used and groups without rows are nothing", "[geometry][overlay]") {
  Layer const candidate = test::layer_of({"POLYGON((0 0,10 0,10 10,0 10,0 0))"});
  Layer const cover = test::layer_of({"POLYGON((0 0,6 0,6 10,0 10,0 0))"});
  auto const found = cover_areas(candidate.geometry, cover, std::vector<std::uint32_t>{no_row}, 1, 1);
  CHECK(found.area[0][0] == 0);
  CHECK(found.largest[0][0] == no_row);
}

TEST_CASE("of equally large parts the row with the smallest id is named", "[geometry][overlay]") {
  Layer const candidate = test::layer_of({"POLYGON((0 0,10 0,10 10,0 10,0 0))"});
  Layer cover = test::layer_of({"POLYGON((0 0,5 0,5 10,0 10,0 0))", "POLYGON((5 0,10 0,10 10,5 10,5 0))"});
  CHECK(cover_areas(candidate.geometry, cover, one_group(cover), 1, 1).largest[0][0] == 0);
  cover.id = {"b", "a"};
  cover.id_rank = rank_ids(cover.id);
  CHECK(cover_areas(candidate.geometry, cover, one_group(cover), 1, 1).largest[0][0] == 1);
}

TEST_CASE("parts of a partition add up to the parcel", "[geometry][overlay][property]") {
  // Parcels turned against a partition of 20 m squares: 1000 m² each wherever they lie.
  Layer const cover = test::grid_of_parcels(50, 50, 20, 150000, 200000);
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> place(100, 900), turn(0, 3);
  std::vector<std::string> wkt;
  for (int i = 0; i < 200; ++i) {
    double const x = 150000 + place(random), y = 200000 + place(random), a = turn(random);
    auto const corner = [&](double u, double v) {
      return Point{x + u * std::cos(a) - v * std::sin(a), y + u * std::sin(a) + v * std::cos(a)};
    };
    wkt.push_back(wkt_of({corner(0, 0), corner(50, 0), corner(50, 20), corner(0, 20)}));
  }
  Layer const parcels = test::layer_of(wkt);
  std::vector<std::uint32_t> each(cover.size());
  for (std::size_t i = 0; i < each.size(); ++i) each[i] = static_cast<std::uint32_t>(i);
  auto const parts = cover_areas(parcels.geometry, cover, each, each.size(), 2);
  auto const together = cover_areas(parcels.geometry, cover, one_group(cover), 1, 2);
  for (std::size_t row = 0; row < parcels.size(); ++row) {
    double sum = 0;
    for (auto const& part : parts.area) sum += part[row];
    double const whole = area(parcels.geometry, row);
    CHECK(sum == Approx(whole).epsilon(1e-9));
    CHECK(together.area[0][row] == Approx(whole).epsilon(1e-9));
  }
}

TEST_CASE("overlapping covers give what plain GEOS gives", "[geometry][overlay][property][slow]") {
  Layer const parcels = blobs(1, 60, 60, 24);
  // 12 and 400 vertices: whole shapes, and shapes that are cut to the surroundings of a candidate.
  for (int const vertices : {12, 400}) {
    Layer const cover = blobs(2, 40, 150, vertices);
    std::vector<std::uint32_t> group(cover.size());
    for (std::size_t i = 0; i < group.size(); ++i) group[i] = static_cast<std::uint32_t>(i % 3);
    auto const found = cover_areas(parcels.geometry, cover, group, 3, 2);
    for (std::size_t row = 0; row < parcels.size(); ++row)
      for (std::uint32_t g = 0; g < 3; ++g)
        CHECK(found.area[g][row] ==
              Approx(brute_force(parcels.geometry, row, cover, group, g)).margin(1e-6).epsilon(1e-9));
  }
}

TEST_CASE("large shapes with holes and islands give what plain GEOS gives", "[geometry][overlay][property]") {
  // Rings within rings, shifted so that candidates meet every kind of border between them.
  std::mt19937_64 random(3);
  std::vector<std::string> parts;
  for (double const radius : {500.0, 120.0}) {
    std::string const outer = blob(random, {150500, 200500}, radius, 300);
    std::string const inner = blob(random, {150500, 200500}, radius * 0.49, 200);
    parts.push_back(outer.substr(7, outer.size() - 8) + "," + inner.substr(8, inner.size() - 9) + ")");
  }
  Layer const cover = test::layer_of({"MULTIPOLYGON(" + parts[0] + "," + parts[1] + ")"});
  for (double const size : {15.0, 60.0, 250.0}) {
    Layer const parcels = blobs(4, 80, size, 20);
    auto const found = cover_areas(parcels.geometry, cover, one_group(cover), 1, 2);
    for (std::size_t row = 0; row < parcels.size(); ++row)
      CHECK(found.area[0][row] ==
            Approx(brute_force(parcels.geometry, row, cover, one_group(cover), 0)).margin(1e-6).epsilon(1e-9));
  }
}

TEST_CASE("neither workers nor other candidates change a cover area", "[geometry][overlay][determinism]") {
  Layer const parcels = blobs(5, 150, 60, 30), cover = blobs(6, 60, 150, 200);
  auto const one = cover_areas(parcels.geometry, cover, one_group(cover), 1, 1);
  for (unsigned const workers : {2U, 7U}) {
    auto const many = cover_areas(parcels.geometry, cover, one_group(cover), 1, workers);
    CHECK(many.area == one.area);
    CHECK(many.largest == one.largest);
  }
  std::vector<Row> some;
  for (Row row = 149; row > 10; row -= 7) some.push_back(row);
  auto const subset = cover_areas(take(parcels.geometry, some), cover, one_group(cover), 1, 2);
  for (std::size_t i = 0; i < some.size(); ++i) {
    CHECK(subset.area[0][i] == one.area[0][some[i]]);
    CHECK(subset.largest[0][i] == one.largest[0][some[i]]);
  }
}

TEST_CASE("the order of the cover's rows does not change a cover area", "[geometry][overlay][determinism]") {
  Layer const parcels = blobs(5, 100, 60, 30), cover = blobs(6, 60, 150, 200);
  std::vector<Row> order(cover.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<Row>(i);
  std::shuffle(order.begin(), order.end(), std::mt19937_64(1));
  Layer const shuffled = take(cover, order);
  auto const a = cover_areas(parcels.geometry, cover, one_group(cover), 1, 2);
  auto const b = cover_areas(parcels.geometry, shuffled, one_group(cover), 1, 2);
  CHECK(a.area == b.area);
  for (std::size_t row = 0; row < parcels.size(); ++row) {
    Row const in_a = a.largest[0][row], in_b = b.largest[0][row];
    CHECK((in_a == no_row ? "" : cover.id[in_a]) == (in_b == no_row ? "" : shuffled.id[in_b]));
  }
}

TEST_CASE("dissolving unites polygons and leaves the rest out", "[geometry][overlay]") {
  Layer const layer = test::layer_of({"POLYGON((0 0,10 0,10 10,0 10,0 0))", "POLYGON((10 0,20 0,20 10,10 10,10 0))",
                                      "POLYGON((50 0,60 0,60 10,50 10,50 0))", "LINESTRING(0 0,5 5)"});
  auto const all = dissolve(layer.geometry);
  REQUIRE(all.size() == 1);
  CHECK(all.kind[0] == GeometryKind::polygon);
  CHECK(area(all, 0) == 300);
  CHECK(all.row_begin[1] - all.row_begin[0] == 2);
  CHECK_FALSE(dissolve(GeometryColumn{}).has_shape(0));
}

TEST_CASE("land under a crowd of polygons counts once, as GEOS unites them", "[geometry][overlay]") {
  // 200 squares of 30 m on one place, each moved by 0.1 m: together 49.9 by 30 m, of which the candidate has the left
  // half.
  std::vector<std::string> squares;
  for (int i = 0; i < 200; ++i) {
    std::string const x0 = std::to_string(1000 + 0.1 * i), x1 = std::to_string(1030 + 0.1 * i);
    squares.push_back("POLYGON((" + x0 + " 0," + x1 + " 0," + x1 + " 30," + x0 + " 30," + x0 + " 0))");
  }
  Layer const candidate = test::layer_of(
      {"POLYGON((1000 0,1025 0,1025 30,1000 30,1000 0))", "POLYGON((1040 10,1060 10,1060 20,1040 20,1040 10))"});
  auto const found = cover_areas(candidate.geometry, test::layer_of(squares), std::vector<std::uint32_t>(200, 0), 1, 2);
  CHECK(found.area[0][0] == Approx(750).epsilon(1e-12));
  CHECK(found.area[0][1] == Approx(9.9 * 10).epsilon(1e-12));
}
