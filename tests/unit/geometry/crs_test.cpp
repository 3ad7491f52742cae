#include "terrein/geometry/crs.hpp"

#include <cmath>

#include "support/catch.hpp"
#include "support/support.hpp"

using namespace terrein;

TEST_CASE("a code gives a CRS with its name, unit and kind", "[geometry][crs]") {
  Crs const lambert = crs_from("EPSG:31370");
  CHECK(lambert.known());
  CHECK(lambert.authority == "EPSG:31370");
  CHECK(lambert.projected);
  CHECK(lambert.metres_per_unit == 1);
  CHECK_FALSE(crs_from("EPSG:4326").projected);
  // The US survey foot is defined as 1200/3937 m.
  CHECK(crs_from("EPSG:2264").metres_per_unit == Approx(1200.0 / 3937.0).epsilon(1e-12));
}

TEST_CASE("a text without a code is recognised by its definition", "[geometry][crs]") {
  // .prj file as ESRI software writes it for Belgian Lambert 72.
  Crs const esri = crs_from(
      R"(PROJCS["Belge_Lambert_1972",GEOGCS["GCS_Belge_1972",DATUM["D_Belge_1972",SPHEROID["International_1924",6378388.0,297.0]],)"
      R"(PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],)"
      R"(PARAMETER["False_Easting",150000.013],PARAMETER["False_Northing",5400088.438],PARAMETER["Central_Meridian",4.367486666666666],)"
      R"(PARAMETER["Standard_Parallel_1",49.8333339],PARAMETER["Standard_Parallel_2",51.16666723333333],)"
      R"(PARAMETER["Latitude_Of_Origin",90.0],UNIT["Meter",1.0]])");
  CHECK(esri.authority == "EPSG:31370");
  CHECK(same_crs(esri, crs_from("EPSG:31370")));
  CHECK_FALSE(same_crs(crs_from("EPSG:31370"), crs_from("EPSG:3812")));
}

TEST_CASE("the height part of a compound CRS does not count", "[geometry][crs]") {
  CHECK(same_crs(crs_from("EPSG:31370+5710"), crs_from("EPSG:31370")));
  CHECK(same_crs(crs_from("EPSG:4979"), crs_from("EPSG:4326")));
}

TEST_CASE("axis order does not count when CRS are compared", "[geometry][crs]") {
  CHECK(same_crs(crs_from("OGC:CRS84"), crs_from("EPSG:4326")));
  CHECK_FALSE(same_crs(crs_from("EPSG:4258"), crs_from("EPSG:4326")));
  CHECK_FALSE(same_crs(Crs{}, Crs{}));
}

namespace {

/// Belgian Lambert 72 as a publisher may write it: any name, any false easting, with or without a code.
std::string lambert_72(std::string const& name, std::string const& false_easting, std::string const& code = "") {
  return "PROJCS[\"" + name +
         R"(",GEOGCS["BD72",DATUM["Reseau_National_Belge_1972",SPHEROID["International 1924",6378388,297]],)"
         R"(PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic_2SP"],)"
         R"(PARAMETER["latitude_of_origin",90],PARAMETER["central_meridian",4.36748666666667],)"
         R"(PARAMETER["standard_parallel_1",51.1666672333333],PARAMETER["standard_parallel_2",49.8333339],)"
         R"(PARAMETER["false_easting",)" +
         false_easting + R"(],PARAMETER["false_northing",5400088.438],UNIT["metre",1])" +
         (code.empty() ? "" : R"(,AUTHORITY["EPSG",")" + code + R"("])") + "]";
}

}  // namespace

TEST_CASE("coordinate systems are compared by definition, never by name or code", "[geometry][crs]") {
  Crs const registered = crs_from("EPSG:31370");
  for (char const* name : {"BD72 / Belgian Lambert 72", "Lambert-72", "RD New", "ETRS89 / Belgian Lambert 2008"}) {
    INFO(name);
    CHECK(same_crs(crs_from(lambert_72(name, "150000.013")), registered));
    CHECK_FALSE(same_crs(crs_from(lambert_72(name, "151000.013")), registered));
    CHECK_FALSE(same_crs(crs_from(lambert_72(name, "151000.013", "31370")), registered));
  }
  // The register of 2026 calls EPSG:28992 "RD": a file of either time means the same.
  std::string rd = crs_from("EPSG:28992").wkt;
  REQUIRE(rd.find("Amersfoort / RD New") != std::string::npos);
  rd.replace(rd.find("Amersfoort / RD New"), 19, "Amersfoort / RD");
  CHECK(same_crs(crs_from(rd), crs_from("EPSG:28992")));
}

TEST_CASE("a code that the definition contradicts is no code", "[geometry][crs]") {
  CHECK(crs_from(lambert_72("BD72 / Belgian Lambert 72", "150000.013", "31370")).authority == "EPSG:31370");
  CHECK(crs_from(lambert_72("BD72 / Belgian Lambert 72", "151000.013", "31370")).authority.empty());
}

TEST_CASE("EPSG:31300 is refused in whatever form it comes", "[geometry][crs]") {
  for (std::string const& form :
       {std::string("EPSG:31300"), std::string("urn:ogc:def:crs:EPSG::31300"), std::string("EPSG:31300+5710")}) {
    auto const thrown = test::error_of([&] { static_cast<void>(crs_from(form)); });
    INFO(form << " " << thrown.text);
    CHECK(thrown.kind == ErrorKind::crs);
    CHECK(thrown.text.find("745 m off") != std::string::npos);
    CHECK(thrown.text.find("\"EPSG:31370\"") != std::string::npos);
  }
}

TEST_CASE("an unknown CRS is refused with the remedy", "[geometry][crs]") {
  auto const thrown = test::error_of([] { static_cast<void>(crs_from("EPSG:313701")); });
  CHECK(thrown.kind == ErrorKind::crs);
  CHECK(thrown.text.find("'EPSG:313701'") != std::string::npos);
  CHECK(thrown.text.find(".prj") != std::string::npos);
  // An operation and a height system are no coordinate systems of a layer.
  CHECK(test::error_of([] { static_cast<void>(crs_from("EPSG:5710")); }).kind == ErrorKind::crs);
  CHECK(test::error_of([] { static_cast<void>(crs_from("+proj=pipeline +step +proj=merc")); }).kind == ErrorKind::crs);
}

TEST_CASE("areal scale of Belgian Lambert 72 follows the published factors", "[geometry][crs][oracle]") {
  auto const oracle = test::oracle("f02");
  if (oracle.is_null()) return;
  Crs const lambert = crs_from("EPSG:31370");
  Transform const to_planar(crs_from("EPSG:4313"), lambert, {});
  for (auto const& row : oracle["expected"]["factors"]) {
    std::vector<double> place{4.3674866, row["lat"].get<double>()};
    to_planar.apply(place);
    double const areal = areal_scale(lambert, {place[0], place[1]});
    CHECK(areal == Approx(row["area_factor"].get<double>()).margin(2e-8).epsilon(0));
    CHECK(std::sqrt(areal) == Approx(row["k"].get<double>()).margin(1e-8).epsilon(0));
  }
  auto const scale_at = [&](double latitude) {
    std::vector<double> place{4.3674866, latitude};
    to_planar.apply(place);
    return areal_scale(lambert, {place[0], place[1]});
  };
  auto const& least = oracle["expected"]["minimum"];
  CHECK(std::sqrt(scale_at(least["lat"])) == Approx(least["k"].get<double>()).margin(1e-8).epsilon(0));
  // Of 10 ha an areal factor that is exact to 2e-8 makes 0.002 m².
  double const error = 100000 * (scale_at(51) - 1);
  CHECK(error ==
        Approx(oracle["expected"]["area_error_of_10_ha_site_at_lat_51.0_m2"].get<double>()).margin(0.002).epsilon(0));
}

TEST_CASE("areal scale has no unit: feet give the same kind of number", "[geometry][crs]") {
  // State plane zones are made to distort lengths by less than 1 in 10 000.
  CHECK(areal_scale(crs_from("EPSG:2264"), {2000000, 600000}) == Approx(1).margin(3e-4));
  // An equal-area projection, with northing before easting in its definition.
  CHECK(areal_scale(crs_from("EPSG:3035"), {3900000, 3100000}) == Approx(1).margin(1e-8));
  CHECK(test::error_of([] { static_cast<void>(areal_scale(crs_from("EPSG:4326"), {4, 51})); }).kind == ErrorKind::crs);
}

TEST_CASE("geodesic area and perimeter of published rings", "[geometry][crs][oracle]") {
  auto const oracle = test::oracle("f03");
  if (oracle.is_null()) return;
  auto const& rings = oracle["input"]["polygons_lat_lon"];
  for (std::size_t i = 0; i < rings.size(); ++i) {
    std::vector<double> lon_lat;
    for (auto const& point : rings[i]) {
      lon_lat.push_back(point[1].get<double>());
      lon_lat.push_back(point[0].get<double>());
    }
    auto const found = geodesic_ring(lon_lat);
    auto const& perimeter = oracle["expected"]["perimeter_m"][i];
    CHECK(found.area_m2 == Approx(oracle["expected"]["area_m2"][i].get<double>()).margin(2).epsilon(0));
    if (!perimeter.is_null()) CHECK(found.perimeter_m == Approx(perimeter.get<double>()).margin(1).epsilon(0));
  }
}

TEST_CASE("planar and geodesic area of a site differ by the areal scale", "[geometry][crs][oracle]") {
  auto const oracle = test::oracle("f04");
  if (oracle.is_null()) return;
  double const x = oracle["input"]["square_lower_left"][0], y = oracle["input"]["square_lower_left"][1];
  double const side = oracle["input"]["side"];
  Crs const lambert = crs_from("EPSG:31370");
  std::vector<double> ring;  // 200 points a side, because straight lines of the map bend on the ellipsoid
  for (int edge = 0; edge < 4; ++edge)
    for (int i = 0; i < 200; ++i) {
      double const t = side * i / 200;
      double const dx[]{t, side, side - t, 0}, dy[]{0, t, side, side - t};
      ring.insert(ring.end(), {x + dx[edge], y + dy[edge]});
    }
  Transform(lambert, crs_from("EPSG:4313"), {}).apply(ring);
  double const ellipsoidal = geodesic_ring(ring, 6378388, 297).area_m2;
  CHECK(ellipsoidal == Approx(oracle["expected"]["ellipsoidal_m2"].get<double>()).margin(0.05).epsilon(0));
  double const planar = oracle["expected"]["planar_m2"];
  CHECK(planar / ellipsoidal ==
        Approx(oracle["expected"]["ratio_planar_over_ellipsoidal"].get<double>()).margin(1e-7).epsilon(0));
  CHECK(areal_scale(lambert, {x + side / 2, y + side / 2}) ==
        Approx(oracle["expected"]["areal_scale_at_centre"].get<double>()).margin(1e-9).epsilon(0));
}

TEST_CASE("versions of the libraries are told", "[geometry][crs]") {
  CHECK(proj_version().find('.') != std::string::npos);
  CHECK_FALSE(epsg_version().empty());
  CHECK(geos_version().substr(0, 2) == "3.");
}
