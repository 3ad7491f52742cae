#include "terrein/geometry/geodesic.hpp"

#include <cmath>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/measures.hpp"

using namespace terrein;

namespace {

GeometryColumn lines(std::vector<std::string> const& wkt) { return test::layer_of(wkt).geometry; }

}  // namespace

TEST_CASE("the geodesic from Wellington to Salamanca has its published length", "[geometry][geodesic]") {
  // GeographicLib's manual of GeodSolve and of its libraries: 19959679.26735382 m on WGS 84.
  GeodesicLengths const lengths(lines({"LINESTRING(174.81 -41.32,-5.50 40.96)"}), crs_from("EPSG:4326"), 1);
  CHECK(lengths.edge(0) == Approx(19959679.26735382).margin(1e-6).epsilon(0));
  CHECK(lengths.edge(1) == 0);
}

TEST_CASE("lengths in Lambert 72 are those on its own ellipsoid", "[geometry][geodesic]") {
  std::vector<double> place{152000, 172000, 162000, 177000};
  GeodesicLengths const lengths(lines({"LINESTRING(152000 172000,162000 177000)"}), crs_from("EPSG:31370"), 1);
  // There and back on the International ellipsoid, by way of the geographic system under Lambert 72.
  Transform(crs_from("EPSG:31370"), crs_from("EPSG:4313"), {}).apply(place);
  CHECK(lengths.edge(0) == Approx(geodesic_ring(place, 6378388, 297).perimeter_m / 2).epsilon(1e-12));
  CHECK(lengths.stretch() == 1);  // between the standard parallels the map is too short
}

TEST_CASE("every edge has its own length, none leads from one path to the next, for any number of workers",
          "[geometry][geodesic]") {
  std::vector<std::string> wkt{"MULTILINESTRING((0 0,1 0),(5 0,7 0,7 0))", "LINESTRING EMPTY", "LINESTRING(0 60,1 60)"};
  std::string many = "LINESTRING(0 0";  // more vertices than one chunk of the work
  for (int i = 1; i < 40000; ++i) many += "," + std::to_string(i * 1e-3) + " " + std::to_string(i % 7);
  wkt.push_back(many + ")");
  GeometryColumn const shapes = lines(wkt);
  Crs const world = crs_from("EPSG:4326");
  GeodesicLengths const one(shapes, world, 1);
  double const degree = 111319.490793274;  // of the equator: 6378137 m · π / 180
  std::vector<double> const expected{degree, 0, 2 * degree, 0, 0};
  for (std::size_t i = 0; i < 5; ++i) CHECK(one.edge(i) == Approx(expected[i]).epsilon(1e-13));
  // The parallel of 60 degrees has a radius of a cos 60° / sqrt(1 - e² sin² 60°) = 3197104.6 m, so that a degree of it
  // is 55800.0 m; the geodesic cuts the arc short by L (sin 60° π / 180)² / 24 = 0.53 m.
  CHECK(one.edge(5) == Approx(55799.47).margin(0.02));
  for (unsigned const workers : {2U, 7U}) {
    GeodesicLengths const more(shapes, world, workers);
    std::size_t different = 0;
    for (std::size_t i = 0; i < shapes.xy.size() / 2; ++i) different += one.edge(i) == more.edge(i) ? 0U : 1U;
    CHECK(different == 0);
    CHECK(more.stretch() == one.stretch());
  }
}

TEST_CASE("a place that is none has no length, and a coordinate system must be known", "[geometry][geodesic]") {
  GeometryColumn const shapes = lines({"LINESTRING(500000 5600000,1e12 5600000,500000 5600000,500000 5600100)"});
  GeodesicLengths const lengths(shapes, crs_from("EPSG:32631"), 1);
  CHECK(std::isnan(lengths.edge(0)));
  CHECK(std::isnan(lengths.edge(1)));
  CHECK(lengths.edge(2) == Approx(100).margin(0.1));
  CHECK(test::error_of([&] { (void)GeodesicLengths(shapes, {}, 1); }).kind == ErrorKind::crs);
}
