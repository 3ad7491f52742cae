#include <cmath>
#include <filesystem>
#include <limits>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/crs.hpp"

using namespace terrein;

namespace {

Point transformed(std::string const& from, std::string const& to, Point point) {
  Box area;
  area.extend(point.x, point.y);
  std::vector<double> xy{point.x, point.y};
  Transform(crs_from(from), crs_from(to), area).apply(xy);
  return {xy[0], xy[1]};
}

Box const flanders{22000, 153000, 259000, 244000};  // EPSG:31370

}  // namespace

TEST_CASE("Belgian Lambert 72 projects the published point, there and back", "[geometry][transform][oracle]") {
  auto const oracle = test::oracle("f01");
  if (oracle.is_null()) return;
  double const lon = oracle["input"]["lon"], lat = oracle["input"]["lat"];
  auto const& expected = oracle["expected"]["EPSG_31370_by_PROJ"];
  Point const planar = transformed("EPSG:4313", "EPSG:31370", {lon, lat});
  CHECK(planar.x == Approx(expected[0].get<double>()).margin(0.001).epsilon(0));
  CHECK(planar.y == Approx(expected[1].get<double>()).margin(0.001).epsilon(0));
  // The published point belongs to EPSG:31300, whose parameters are a few centimetres off those of EPSG:31370.
  auto const& published = oracle["expected"]["EPSG_31300"];
  CHECK(planar.x == Approx(published[0].get<double>()).margin(0.06).epsilon(0));
  CHECK(planar.y == Approx(published[1].get<double>()).margin(0.06).epsilon(0));
  Point const back = transformed("EPSG:31370", "EPSG:4313", planar);
  CHECK(back.x == Approx(lon).margin(1e-9).epsilon(0));
  CHECK(back.y == Approx(lat).margin(1e-9).epsilon(0));
}

// PROJ looks for grids where the environment says when it is first used, so these run in a process of their own.
TEST_CASE("with grids at hand the cases marked [.grid] pass", "[geometry][transform]") {
  auto const folder = test::shared("data/grids");
  if (folder.empty()) return;
  auto const self = std::filesystem::read_symlink("/proc/self/exe");
  auto const result =
      test::run("PROJ_USER_WRITABLE_DIRECTORY='" + folder.string() + "' '" + self.string() + "' '[grid]'");
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  CHECK(result.out.find("3 test cases") != std::string::npos);
}

TEST_CASE("RDNAPTRANS points are met within 5 mm with the Dutch grid", "[.grid]") {
  struct Case {
    double lat, lon, x, y;
  };
  // Published validation points of RDNAPTRANS 2008; the 2018 grid differs by up to 4 mm.
  for (auto const& c : {Case{53.160753042, 4.824761912, 117380.1200, 575040.3400},
                        Case{53.419482050, 6.776726674, 247380.5600, 604580.7800},
                        Case{52.155172897, 5.387203657, 155000.0000, 463000.0000},
                        Case{51.368607152, 3.397588595, 16460.9100, 377380.2300},
                        Case{50.792584916, 5.773795548, 182260.4500, 311480.6700},
                        Case{51.947393898, 4.072887101, 64640.8900, 440700.0101}}) {
    Point const rd = transformed("EPSG:4258", "EPSG:28992", {c.lon, c.lat});
    CHECK(rd.x == Approx(c.x).margin(0.005).epsilon(0));
    CHECK(rd.y == Approx(c.y).margin(0.005).epsilon(0));
  }
  Point const bessel = transformed("EPSG:4289", "EPSG:28992", {6, 53});
  CHECK(bessel.x == Approx(196105.283).margin(0.001).epsilon(0));
  CHECK(bessel.y == Approx(557057.739).margin(0.001).epsilon(0));
}

TEST_CASE("the Belgian grid gives the reference coordinates in every system", "[.grid]") {
  struct Case {
    double x, y, lat, lon, east, north, rd_x, rd_y;
  };
  // Computed with PROJ 9.1.1's command line and the official grids.
  for (auto const& c : {Case{104800, 193700, 51.051697286, 3.724126933, 604797.289, 693694.929, 38392.338, 341560.935},
                        Case{103000, 207900, 51.179188687, 3.696624966, 602995.540, 707894.556, 36792.370, 355785.928},
                        Case{71600, 171000, 50.844123569, 3.255546400, 571600.387, 670991.000, 0, 0},
                        Case{153093, 211536, 51.213770518, 4.413022550, 653087.761, 711536.514, 86932.591, 358719.278},
                        Case{200000, 190000, 51.018037491, 5.081330225, 699996.937, 690006.347, 133536.940, 336535.003},
                        Case{110945.182, 210149.587, 51.2, 3.81, 610940.391, 710145.109, 44768.865, 357923.481}}) {
    // WGS 84 goes by way of ETRS89, so that both give the same numbers.
    for (char const* geographic : {"EPSG:4258", "EPSG:4326"}) {
      Point const degrees = transformed("EPSG:31370", geographic, {c.x, c.y});
      // Half a millimetre, to which the planar coordinates are given.
      CHECK(degrees.y == Approx(c.lat).margin(5e-9).epsilon(0));
      CHECK(degrees.x == Approx(c.lon).margin(5e-9).epsilon(0));
      Point const back = transformed(geographic, "EPSG:31370", degrees);
      CHECK(std::hypot(back.x - c.x, back.y - c.y) < 1e-4);
    }
    Point const lambert_2008 = transformed("EPSG:31370", "EPSG:3812", {c.x, c.y});
    CHECK(lambert_2008.x == Approx(c.east).margin(0.001).epsilon(0));
    CHECK(lambert_2008.y == Approx(c.north).margin(0.001).epsilon(0));
    Point const lambert_72 = transformed("EPSG:3812", "EPSG:31370", {c.east, c.north});
    CHECK(std::hypot(lambert_72.x - c.x, lambert_72.y - c.y) < 0.001);
    if (c.rd_x == 0) continue;
    Point const rd = transformed("EPSG:31370", "EPSG:28992", {c.x, c.y});
    CHECK(rd.x == Approx(c.rd_x).margin(0.001).epsilon(0));
    CHECK(rd.y == Approx(c.rd_y).margin(0.001).epsilon(0));
    Point const from_rd = transformed("EPSG:28992", "EPSG:31370", {c.rd_x, c.rd_y});
    CHECK(std::hypot(from_rd.x - c.x, from_rd.y - c.y) < 0.002);  // both are rounded to a millimetre
  }
}

TEST_CASE("with the grid the stated accuracy is that of the grid", "[.grid]") {
  for (char const* target : {"EPSG:4258", "EPSG:4326", "EPSG:3812"}) {
    Transform const transform(crs_from("EPSG:31370"), crs_from(target), flanders);
    CHECK(transform.info().accuracy_m == Approx(0.01));
    CHECK_FALSE(transform.info().grids_missing);
    CHECK(transform.info().pipeline.find("be_ign_bd72lb72_etrs89lb08.tif") != std::string::npos);
  }
}

TEST_CASE("without the grid the 0.2 m operation is taken and the better one named", "[geometry][transform]") {
  for (char const* target : {"EPSG:4258", "EPSG:4326", "EPSG:3812"}) {
    Transform const transform(crs_from("EPSG:31370"), crs_from(target), flanders);
    if (!transform.info().grids_missing) return;  // the grid is installed on this machine
    CHECK(transform.info().accuracy_m == Approx(0.2));
    CHECK(transform.info().name.find("BD72 to ETRS89 (2)") != std::string::npos);
    CHECK(transform.info().better.find("BD72 to ETRS89 (3)") != std::string::npos);
    CHECK(transform.info().better_grid == "be_ign_bd72lb72_etrs89lb08.tif");
  }
}

TEST_CASE("projections of WGS 84 take the same careful way as WGS 84 itself", "[geometry][transform]") {
  // 3.724126933 51.051697286 in spherical Mercator is (R λ, R ln tan(π/4 + φ/2)) with R = 6378137.
  double const radians = std::acos(-1.0) / 180, lon = 3.724126933 * radians, lat = 51.051697286 * radians;
  Point const mercator{6378137 * lon, 6378137 * std::log(std::tan(std::acos(-1.0) / 4 + lat / 2))};
  Point const direct = transformed("EPSG:4326", "EPSG:31370", {3.724126933, 51.051697286});
  Point const found = transformed("EPSG:3857", "EPSG:31370", mercator);
  CHECK(found.x == Approx(direct.x).margin(1e-4).epsilon(0));
  CHECK(found.y == Approx(direct.y).margin(1e-4).epsilon(0));
  CHECK(Transform(crs_from("EPSG:3857"), crs_from("EPSG:31370"), {}).info().accuracy_m < 0.5);
  Point const back = transformed("EPSG:31370", "EPSG:3857", found);
  CHECK(std::hypot(back.x - mercator.x, back.y - mercator.y) < 1e-3);
}

TEST_CASE("American coordinates in feet go to longitude and latitude without a datum shift", "[geometry][transform]") {
  for (char const* zone : {"EPSG:2264", "EPSG:2284"}) {
    Box const area = std::string(zone) == "EPSG:2264" ? Box{1400000, 500000, 1500000, 600000}
                                                      : Box{12000000, 3500000, 12100000, 3600000};
    Transform const transform(crs_from(zone), crs_from("EPSG:4326"), area);
    CHECK(transform.info().accuracy_m == 0);
    CHECK_FALSE(transform.info().grids_missing);
    std::vector<double> wgs84{area.min_x, area.min_y}, nad83 = wgs84;
    transform.apply(wgs84);
    Transform(crs_from(zone), crs_from("EPSG:4269"), area).apply(nad83);
    CHECK(wgs84 == nad83);
    CHECK(wgs84[0] < -70);  // x is the longitude
  }
}

TEST_CASE("equal systems need no operation and leave every bit alone", "[geometry][transform]") {
  Transform const same(crs_from("EPSG:31370"), crs_from("EPSG:31370+5710"), flanders);
  CHECK(same.identity());
  CHECK(same.info().accuracy_m == 0);
  std::vector<double> xy{104800.123456789, 193700.987654321};
  auto const before = xy;
  same.apply(xy);
  CHECK(xy == before);
}

TEST_CASE("points that cannot be transformed become infinite, their neighbours do not", "[geometry][transform]") {
  Transform const transform(crs_from("EPSG:4258"), crs_from("EPSG:3812"), {});
  std::vector<double> xy{4, 51, std::nan(""), 51, 4, std::numeric_limits<double>::infinity(), 5, 50.5};
  transform.apply(xy);
  CHECK(std::isfinite(xy[0]));
  CHECK(std::isinf(xy[2]));
  CHECK(std::isinf(xy[3]));
  CHECK(std::isinf(xy[4]));
  CHECK(std::isfinite(xy[6]));
}

TEST_CASE("a ballpark operation is never taken", "[geometry][transform]") {
  // A datum of which nothing is known but its ellipsoid.
  Crs const local = crs_from("+proj=tmerc +lon_0=4 +ellps=clrk66 +units=m +type=crs");
  auto const thrown = test::error_of([&] { Transform(local, crs_from("EPSG:31370"), {}); });
  CHECK(thrown.kind == ErrorKind::crs);
  CHECK(thrown.text.find("no exact operation") != std::string::npos);
}

TEST_CASE("an operation that covers all data is preferred to a more accurate one that does not",
          "[geometry][transform]") {
  // NAD27 in the north-west: operations for single states are more accurate than those for the whole country.
  Box const oregon{-120, 43, -119, 44}, country{-120, 30, -75, 45};
  Transform const narrow(crs_from("EPSG:4267"), crs_from("EPSG:4326"), oregon);
  Transform const wide(crs_from("EPSG:4267"), crs_from("EPSG:4326"), country);
  CHECK(narrow.info().accuracy_m <= wide.info().accuracy_m);
  std::vector<double> corners{-120, 30, -75, 45};
  wide.apply(corners);
  for (double const value : corners) CHECK(std::isfinite(value));
}
