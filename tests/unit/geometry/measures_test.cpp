#include "terrein/geometry/measures.hpp"

#include "support/catch.hpp"
#include "support/support.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using terrein::test::Geos;
using terrein::test::Random;

namespace {

GeometryColumn column_of(std::string const& wkt) {
  GeometryColumn column;
  append_wkt(column, wkt);
  return column;
}

GeometryColumn from_json(nlohmann::json const& ring) {
  std::vector<Point> points;
  for (auto const& p : ring) points.push_back({p[0], p[1]});
  return column_of("POLYGON(" + test::ring_text(points) + ")");
}

GeometryColumn random_polygons(std::uint64_t seed, std::size_t n) {
  Random random(seed);
  GeometryColumn column;
  for (std::size_t i = 0; i < n; ++i)
    append_wkt(column,
               test::polygon_text(random, {random.in(20000, 260000), random.in(150000, 250000)}, random.in(1, 900)));
  return column;
}

// The width of the narrowest strip, over every hull edge direction that any two vertices can give: slow and plain.
double brute_width(GeometryColumn const& column) {
  auto const xy = column.xy;
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < xy.size(); i += 2)
    for (std::size_t k = 0; k < i; k += 2) {
      double const dx = xy[i] - xy[k], dy = xy[i + 1] - xy[k + 1], l = std::hypot(dx, dy);
      if (l == 0) continue;
      double low = 0, high = 0;
      for (std::size_t m = 0; m < xy.size(); m += 2) {
        double const d = (dx * (xy[m + 1] - xy[k + 1]) - dy * (xy[m] - xy[k])) / l;
        low = std::min(low, d);
        high = std::max(high, d);
      }
      best = std::min(best, high - low);
    }
  return best;
}

}  // namespace

TEST_CASE("the concave polygon of esda has its published indices") {
  auto const c01 = test::oracle("c01");
  if (c01.is_null()) return;
  auto const column = from_json(c01["input"]["polygon"]);
  auto const& more = c01["expected"]["more_digits"];
  double const a = area(column, 0), l = length(column, 0);
  CHECK(a == Approx(more["area"].get<double>()).epsilon(1e-12));
  CHECK(l == Approx(more["perimeter"].get<double>()).epsilon(1e-12));
  CHECK(compactness(a, l) == Approx(more["polsby_popper"].get<double>()).epsilon(1e-9));
  CHECK(a / hull_measures(column, 0).area == Approx(c01["expected"]["hull_area_ratio"].get<double>()).epsilon(1e-9));
}

TEST_CASE("square, rectangle and L have the indices of hand geometry") {
  auto const c02 = test::oracle("c02");
  if (c02.is_null()) return;
  auto const square = column_of("POLYGON((0 0,100 0,100 100,0 100,0 0))");
  auto const rectangle = column_of("POLYGON((0 0,200 0,200 50,0 50,0 0))");
  auto const ell = from_json(c02["input"]["L"]);
  auto const& e = c02["expected"];
  auto const check = [](GeometryColumn const& column, nlohmann::json const& expected) {
    CHECK(area(column, 0) == expected["area"].get<double>());
    CHECK(length(column, 0) == expected["perimeter"].get<double>());
    CHECK(compactness(area(column, 0), length(column, 0)) ==
          Approx(expected["polsby_popper"].get<double>()).epsilon(1e-12));
    CHECK(largest_inscribed_circle(column, 0, 1e-6).radius ==
          Approx(expected["inscribed_circle_radius"].get<double>()).margin(1e-6));
  };
  check(square, e["square"]);
  check(rectangle, e["rectangle"]);
  check(ell, e["L"]);
  CHECK(hull_measures(ell, 0).area == e["L"]["hull_area"].get<double>());
  auto const circle = largest_inscribed_circle(ell, 0, 1e-7);
  CHECK(circle.centre.x == Approx(e["L"]["inscribed_circle_center"][0].get<double>()).margin(1e-5));
  CHECK(circle.centre.y == Approx(e["L"]["inscribed_circle_center"][1].get<double>()).margin(1e-5));
}

TEST_CASE("usable width is the short side of a rectangle, the arm of an L and the root of what is rounder") {
  CHECK(usable_width(200 * 50, 500) == 50);
  CHECK(usable_width(6400, 400) == 40);  // an L of two arms, 40 m wide
  CHECK(usable_width(100, 40) == 10);
  CHECK(usable_width(100, 36) == 10);  // rounder than a square
  CHECK(usable_width(0, 0) == 0);
  CHECK(compactness(0, 0) == 0);
}

TEST_CASE("largest inscribed circles are those of JTS") {
  auto const c03 = test::oracle("c03");
  if (c03.is_null()) return;
  for (auto const& circle : c03["expected"]["circles"]) {
    INFO(circle["name"]);
    auto const column = column_of(circle["wkt"].get<std::string>());
    // JTS stops within its tolerance of the best radius and its figures are compared to within it again.
    double const tolerance = 2 * circle["tol"].get<double>();
    auto const found = largest_inscribed_circle(column, 0, 1e-6);
    CHECK(found.radius == Approx(circle["radius"].get<double>()).margin(tolerance));
    CHECK(found.centre.x == Approx(circle["center"][0].get<double>()).margin(tolerance));
    CHECK(found.centre.y == Approx(circle["center"][1].get<double>()).margin(tolerance));
  }
}

TEST_CASE("the inscribed circle of a kite touches its four sides") {
  // A kite has a circle that touches all sides: r = area / half the perimeter.
  auto const kite = column_of("POLYGON((400 250,300 150,400 50,560 150,400 250))");
  double const half_perimeter = 100 * std::sqrt(2.0) + std::hypot(160, 100);
  CHECK(largest_inscribed_circle(kite, 0, 1e-7).radius == Approx(260.0 * 200 / 2 / half_perimeter).margin(1e-6));
}

TEST_CASE("the inscribed circle is GEOS's to within the tolerance, and lies inside") {
  Geos const geos;
  auto const column = random_polygons(11, 150);
  for (std::size_t row = 0; row < column.size(); ++row) {
    auto const shape = geos.row(column, row);
    auto const line = geos.own(GEOSMaximumInscribedCircle_r(geos.handle(), shape.get(), 0.001));
    double const radius = geos.length(line);
    auto const circle = largest_inscribed_circle(column, row);
    REQUIRE(std::abs(circle.radius - radius) <= 0.102);
    auto const centre = geos.own(GEOSGeom_createPointFromXY_r(geos.handle(), circle.centre.x, circle.centre.y));
    auto const boundary = geos.own(GEOSBoundary_r(geos.handle(), shape.get()));
    REQUIRE(geos.distance(centre, boundary) == Approx(circle.radius).margin(1e-9));
    REQUIRE(locate(column, row, circle.centre) == 1);
  }
}

TEST_CASE("shapes without area have no inscribed circle and end the search") {
  for (auto const* text : {"POLYGON((0 0,9 0,4 0,0 0))", "POLYGON((5 5,5 5,5 5,5 5))", "POINT(1 2)",
                           "LINESTRING(0 0,1 1)", "POLYGON EMPTY"})
    CHECK(largest_inscribed_circle(column_of(text), 0, 0).radius == 0);
  // A sliver of 100 km by 1 cm, and a tolerance of nothing.
  auto const sliver = column_of("POLYGON((0 0,100000 0,100000 0.01,0 0.01,0 0))");
  CHECK(largest_inscribed_circle(sliver, 0, 0).radius == Approx(0.005).margin(1e-6));
  // A bent road of 10 km by 8 m, so that no straight strip bounds it: the search is cut off, close to the answer.
  auto const road = column_of("POLYGON((0 0,10000 0,10000 10000,9992 10000,9992 8,0 8,0 0))");
  // In the bend a circle touches both outer sides and goes through the inner corner: its centre (10000 − r, r) is r
  // away from (9992, 8), so r = (8 − r)√2.
  CHECK(largest_inscribed_circle(road, 0, 0).radius == Approx(8 * std::sqrt(2.0) / (1 + std::sqrt(2.0))).margin(1e-3));
}

TEST_CASE("area, length and centroid are those of GEOS") {
  Geos const geos;
  auto column = random_polygons(12, 300);
  append_wkt(column,
             "MULTIPOLYGON(((150000 200000,150100 200000,150100 200100,150000 200000)),"
             "((160000 200000,160001 200000,160001 200001,160000 200000)))");
  append_wkt(column, "MULTILINESTRING((150000 200000,150010 200033.3),(150001 200001,150002 200007))");
  append_wkt(column, "MULTIPOINT(150000 200000,150010 200033.3,150011 200034)");
  append_wkt(column, "POLYGON((150000 200000,150009 200000,150004 200000,150000 200000))");  // flat: by its edges
  for (std::size_t row = 0; row < column.size(); ++row) {
    auto const shape = geos.row(column, row);
    REQUIRE(area(column, row) == Approx(geos.area(shape)).epsilon(1e-9).margin(1e-9));
    REQUIRE(length(column, row) == Approx(geos.length(shape)).epsilon(1e-12));
    Point const ours = centroid(column, row), theirs = geos.centroid(shape);
    REQUIRE(ours.x == Approx(theirs.x).epsilon(0).margin(2e-9));
    REQUIRE(ours.y == Approx(theirs.y).epsilon(0).margin(2e-9));
  }
  CHECK(std::isnan(centroid(column_of("POINT EMPTY"), 0).x));
  CHECK(area(column_of("LINESTRING(0 0,1 0,1 1,0 0)"), 0) == 0);
  CHECK(length(column_of("MULTIPOINT(0 0,1 0)"), 0) == 0);
}

TEST_CASE("a small area far from the origin keeps its digits") {
  // 1 cm² at Lambert coordinates; corners are multiples of 2⁻⁷ m so that the doubles are exact.
  auto const column = column_of(
      "POLYGON((250000 200000,250000.0078125 200000,250000.0078125 200000.0078125,250000 200000.0078125,250000 "
      "200000))");
  CHECK(area(column, 0) == 0.0078125 * 0.0078125);
}

TEST_CASE("measures do not care where a ring starts, which way it runs or where it lies") {
  auto const a = column_of("POLYGON((0 0,100 0,100 40,40 40,40 100,0 100,0 0))");
  auto const b = column_of("POLYGON((40 40,40 100,0 100,0 0,100 0,100 40,40 40))");
  auto const c = column_of("POLYGON((0 0,0 100,40 100,40 40,100 40,100 0,0 0))");
  auto const moved = column_of("POLYGON((131072 0,131172 0,131172 40,131112 40,131112 100,131072 100,131072 0))");
  for (auto const* other : {&b, &c, &moved}) {
    CHECK(area(*other, 0) == area(a, 0));
    CHECK(length(*other, 0) == length(a, 0));
    CHECK(hull_measures(*other, 0).area == hull_measures(a, 0).area);
    CHECK(hull_measures(*other, 0).width == Approx(hull_measures(a, 0).width).epsilon(1e-12));
  }
  CHECK(centroid(moved, 0).x - 131072 == Approx(centroid(a, 0).x).margin(1e-9));
}

TEST_CASE("hull area is GEOS's and hull width that of all directions tried in turn") {
  Geos const geos;
  Random random(13);
  for (int i = 0; i < 100; ++i) {
    auto const column = column_of(test::polygon_text(random, {150000, 200000}, 300));
    auto const hull = geos.own(GEOSConvexHull_r(geos.handle(), geos.row(column, 0).get()));
    auto const measured = hull_measures(column, 0);
    REQUIRE(measured.area == Approx(geos.area(hull)).epsilon(1e-9));
    // Directions that are no hull edge can only be wider.
    REQUIRE(measured.width == Approx(brute_width(column)).epsilon(1e-9));
  }
  CHECK(hull_measures(column_of("LINESTRING(0 0,4 4)"), 0).width == 0);
  CHECK(hull_measures(column_of("MULTIPOINT(0 0,4 0,0 3)"), 0).area == 6);
  CHECK(hull_measures(column_of("MULTIPOINT(0 0,4 0,0 3)"), 0).width == Approx(12.0 / 5));  // height on the hypotenuse
  CHECK(hull_measures(column_of("POLYGON EMPTY"), 0).area == 0);
}

TEST_CASE("a meter of hulls gives for each row what the row alone gives, and GEOS's for a ring of 100,000 vertices") {
  Geos const geos;
  Random random(14);
  GeometryColumn rows;
  for (int i = 0; i < 200; ++i) {
    Point const at{1e7 + random.in(0, 100), std::round(random.in(0, 100))};
    append_wkt(rows, i % 5 == 0   ? "LINESTRING(0 0,4 4)"
                     : i % 7 == 0 ? "POLYGON EMPTY"
                                  : test::polygon_text(random, at, 50));
  }
  append_wkt(rows, "POLYGON(" + test::ring_text(test::star(random, {1e5, 2e5}, 3000, 100000)) + ")");
  append_wkt(rows,
             "POLYGON((0 0,5 0,9 0,9 9,9 9,4 9,0 9,0 3,0 0))");  // corners on the edges of the hull, and one twice
  HullMeter meter;
  for (std::size_t row = rows.size(); row-- > 0;) {
    auto const alone = hull_measures(rows, row), together = meter.of(rows, row);
    REQUIRE(together.area == alone.area);
    REQUIRE(together.width == alone.width);
  }
  auto const coast = rows.size() - 2;
  auto const hull = geos.own(GEOSConvexHull_r(geos.handle(), geos.row(rows, coast).get()));
  auto const width = geos.own(GEOSMinimumWidth_r(geos.handle(), hull.get()));
  CHECK(hull_measures(rows, coast).area == Approx(geos.area(hull)).epsilon(1e-12));
  CHECK(hull_measures(rows, coast).width == Approx(geos.length(width)).epsilon(1e-9));
  CHECK(hull_measures(rows, rows.size() - 1).area == 81);
  CHECK(hull_measures(rows, rows.size() - 1).width == 9);
}

TEST_CASE("a hull has its width although corners lie on one line but for the last digit") {
  // GEOS 3.11 gives 20.110841502680 (GEOSMinimumWidth). From the corner at the left, 6 m to the right and 4 m down
  // comes one, and 9 m and 6 m further the next.
  auto const column = column_of(
      "POLYGON((4.2086657960932214 -6.43177458567515,-4.7913342039067777 0.56822541432484996,-11.791334203906779 "
      "5.56822541432485,-15.791334203906779 -3.43177458567515,-19.791334203906779 -13.43177458567515,"
      "-13.791334203906779 -17.43177458567515,-4.7913342039067777 -23.43177458567515,6.2086657960932214 "
      "-19.43177458567515,4.2086657960932214 -6.43177458567515))");
  CHECK(hull_measures(column, 0).area == Approx(452).epsilon(1e-12));
  CHECK(hull_measures(column, 0).width == Approx(20.110841502680).epsilon(1e-12));
}

TEST_CASE("a point is located inside, outside or exactly on the boundary") {
  auto const column = column_of("POLYGON((0 0,9 0,9 9,0 9,0 0),(3 3,3 6,6 6,6 3,3 3))");
  CHECK(locate(column, 0, {1, 1}) == 1);
  CHECK(locate(column, 0, {4, 4}) == -1);
  CHECK(locate(column, 0, {3, 4}) == 0);
  CHECK(locate(column, 0, {9, 9}) == 0);
  CHECK(locate(column, 0, {4, 0}) == 0);
  CHECK(locate(column, 0, {-1, 3}) == -1);
  CHECK(locate(column, 0, {1, 3}) == 1);  // the ray runs along the edge of the hole
  CHECK(locate(column_of("LINESTRING(0 0,4 4)"), 0, {2, 2}) == -1);
  CHECK(locate(column_of("POLYGON EMPTY"), 0, {0, 0}) == -1);
}
