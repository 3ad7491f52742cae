#include <cmath>
#include <limits>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/validity.hpp"
#include "terrein/prepare/prepare_layer.hpp"

using namespace terrein;

namespace {

PrepareOptions into(std::string const& crs, unsigned workers = 1) {
  PrepareOptions options;
  options.crs = crs_from(crs);
  options.workers = workers;
  return options;
}

PrepareReport prepare_all(Layer& layer, PrepareOptions const& options, Issues& issues) {
  return prepare_layer(layer, std::vector<std::uint8_t>(layer.size(), 1), options, issues);
}

std::string square(double x, double y, double side) {
  return fmt::format("POLYGON(({0} {1},{2} {1},{2} {3},{0} {3},{0} {1}))", x, y, x + side, y + side);
}

}  // namespace

TEST_CASE("a layer in the study's CRS keeps every bit of its coordinates", "[prepare]") {
  Layer layer = test::layer_of({square(104800.123456789, 193700.1, 33.3), "POINT(1e5 2e5)"});
  auto const before = layer.geometry.xy;
  Issues issues;
  auto const report = prepare_all(layer, into("EPSG:31370"), issues);
  CHECK(layer.geometry.xy == before);
  CHECK(report.transform.name.empty());
  CHECK(issues.size() == 0);
}

TEST_CASE("invalid shapes are repaired in place and told of with place and areas", "[prepare]") {
  // By hand: two squares of 100 m² that share 25 m², drawn as one ring; an even-odd reading would have 150.
  Layer layer = test::layer_of(
      {square(0, 0, 10), "POLYGON((0 0,10 0,10 10,5 10,5 5,15 5,15 15,5 15,5 10,0 10,0 0))", square(50, 0, 10)});
  Issues issues;
  auto const report = prepare_all(layer, into("EPSG:31370"), issues);
  CHECK(report.repaired == 1);
  CHECK(report.quarantined == 0);
  REQUIRE(issues.size() == 1);
  auto const& issue = issues.rows()[0];
  CHECK(issue.layer == "toy");
  CHECK(issue.feature_id == "2");
  CHECK(issue.stage == "repair");
  CHECK(issue.code.find("self_intersection") != std::string::npos);
  CHECK(issue.has_place());
  CHECK(layer.geometry.box[1].meets({issue.x, issue.y, issue.x, issue.y}));
  CHECK(area(layer.geometry, 1) == Approx(175).margin(1e-9));
  CHECK(issue.severity == Severity::warning);
  CHECK(issue.text.find("200.00 m² became 175.00 m²") != std::string::npos);
  CHECK(area(layer.geometry, 2) == 100);
}

TEST_CASE("a shape of which nothing remains is quarantined, the row stays", "[prepare]") {
  Layer layer = test::layer_of({"POLYGON((0 0,10 10,20 20,0 0))", square(0, 0, 10)});
  Issues issues;
  auto const report = prepare_all(layer, into("EPSG:31370"), issues);
  CHECK(report.quarantined == 1);
  CHECK(layer.size() == 2);
  CHECK_FALSE(layer.geometry.has_shape(0));
  REQUIRE(issues.size() == 1);
  CHECK(issues.rows()[0].severity == Severity::error);
}

TEST_CASE("null and empty rows are counted and told of", "[prepare]") {
  Layer layer = test::layer_of({"POLYGON EMPTY", square(0, 0, 10)});
  GeometryBuilder(layer.geometry).end_row(GeometryKind::null);
  layer.id.push_back("3");
  layer.attributes = Table(3);
  Issues issues;
  auto const report = prepare_all(layer, into("EPSG:31370"), issues);
  CHECK(report.empty_geometry == 1);
  CHECK(report.null_geometry == 1);
  REQUIRE(issues.size() == 2);
  CHECK(issues.rows()[0].code == "empty_geometry");
  CHECK(issues.rows()[1].code == "null_geometry");
  CHECK(layer.geometry.kind[2] == GeometryKind::null);
}

TEST_CASE("a layer in another CRS is brought over, and its issues with it", "[prepare]") {
  // A bow-tie near Gent in ETRS89: 51.051697286 N 3.724126933 E is 604797.289 693694.929 in EPSG:3812.
  Layer layer = test::layer_of({"POLYGON((3.724 51.051,3.725 51.052,3.724 51.052,3.725 51.051,3.724 51.051))"});
  layer.crs = crs_from("EPSG:4258");
  Issues issues;
  issues.add({.layer = "toy", .stage = "read", .code = "x", .x = 3.724126933, .y = 51.051697286, .source_crs = true});
  issues.add({.layer = "other", .stage = "read", .code = "x", .x = 1, .y = 1, .source_crs = true});
  auto const report = prepare_all(layer, into("EPSG:3812"), issues);
  CHECK(report.transform.accuracy_m == 0);  // a projection only
  CHECK(same_crs(layer.crs, crs_from("EPSG:3812")));
  CHECK(issues.rows()[0].x == Approx(604797.289).margin(0.001).epsilon(0));
  CHECK(issues.rows()[0].y == Approx(693694.929).margin(0.001).epsilon(0));
  CHECK_FALSE(issues.rows()[0].source_crs);
  CHECK(issues.rows()[1].x == 1);
  CHECK(issues.rows()[1].source_crs);
  REQUIRE(issues.size() == 3);
  CHECK(layer.geometry.box[0].meets({issues.rows()[2].x, issues.rows()[2].y, issues.rows()[2].x, issues.rows()[2].y}));
  // A thousandth of a degree here is 70.09 by 111.25 m: two triangles of a quarter of that.
  CHECK(area(layer.geometry, 0) == Approx(70.09 * 111.25 / 2).epsilon(1e-3));
}

TEST_CASE("American survey feet become metres", "[prepare]") {
  // 1000 × 1000 US survey feet are (1200/3.937)² m²; both zones are the same projection, in other units.
  Layer layer = test::layer_of({square(1450000, 550000, 1000)});
  layer.crs = crs_from("EPSG:2264");
  Issues issues;
  auto const report = prepare_all(layer, into("EPSG:32119"), issues);
  double const foot = 1200.0 / 3937.0;
  CHECK(area(layer.geometry, 0) == Approx(1e6 * foot * foot).epsilon(1e-9));
  CHECK(layer.geometry.xy[0] == Approx(1450000 * foot).margin(0.001).epsilon(0));
  CHECK(report.transform.accuracy_m == 0);
}

TEST_CASE("an operation that is not exact enough is refused with the remedy", "[prepare]") {
  Layer layer = test::layer_of({square(104800, 193700, 30)});
  PrepareOptions options = into("EPSG:3812");
  options.max_crs_error_m = 0.005;  // less than the Belgian grid can do
  Issues issues;
  auto const thrown = test::error_of([&] { static_cast<void>(prepare_all(layer, options, issues)); });
  CHECK(thrown.kind == ErrorKind::crs);
  CHECK(thrown.text.find("'toy'") != std::string::npos);
  CHECK(thrown.text.find("raise max_crs_error_m") != std::string::npos);
  if (Transform(layer.crs, options.crs, layer.geometry.extent()).info().grids_missing)
    CHECK(thrown.text.find("projsync --file be_ign_bd72lb72_etrs89lb08.tif") != std::string::npos);
  options.max_crs_error_m = 0.5;
  auto const report = prepare_all(layer, options, issues);
  CHECK(report.transform.accuracy_m <= 0.2);
}

TEST_CASE("a layer without a CRS is refused", "[prepare]") {
  Layer layer = test::layer_of({square(0, 0, 1)});
  layer.crs = {};
  Issues issues;
  CHECK(test::error_of([&] { static_cast<void>(prepare_all(layer, into("EPSG:31370"), issues)); }).kind ==
        ErrorKind::crs);
}

TEST_CASE("shapes that lie outside the study's CRS are quarantined", "[prepare]") {
  // The pole opposite to the one of the cone has no coordinates in a conic projection.
  Layer layer = test::layer_of({"POLYGON((3 51,4 51,4 52,3 52,3 51))", "POLYGON((3 -90,4 -89,4 -88,3 -88,3 -90))"});
  layer.crs = crs_from("EPSG:4258");
  Issues issues;
  auto const report = prepare_all(layer, into("EPSG:3812"), issues);
  CHECK(report.quarantined == 1);
  CHECK(layer.geometry.has_shape(0));
  CHECK_FALSE(layer.geometry.has_shape(1));
  REQUIRE(issues.size() == 2);
  CHECK(issues.rows()[0].code == "outside_area_of_use");  // Europe
  CHECK(issues.rows()[1].code == "outside_crs");
  for (Issue const& issue : issues.rows()) CHECK(issue.feature_id == "2");
}

TEST_CASE("coordinates that are not finite are quarantined", "[prepare]") {
  Layer layer = test::layer_of({square(104800, 193700, 10), square(104820, 193700, 10)});
  layer.geometry.xy[2] = std::numeric_limits<double>::quiet_NaN();
  for (char const* crs : {"EPSG:31370", "EPSG:3812"}) {
    Layer copy = layer;
    Issues issues;
    auto const report = prepare_all(copy, into(crs), issues);
    CHECK(report.quarantined == 1);
    CHECK_FALSE(copy.geometry.has_shape(0));
    CHECK(copy.geometry.has_shape(1));
    CHECK(issues.rows()[0].code == "invalid_coordinate");
  }
}

TEST_CASE("workers do not change a prepared layer", "[prepare][determinism]") {
  std::vector<std::string> wkt;
  for (int i = 0; i < 5000; ++i)
    wkt.push_back(i % 5 == 0 ? fmt::format("POLYGON(({0} 193000,{1} 193010,{0} 193010,{1} 193000,{0} 193000))",
                                           100000 + 10 * i, 100010 + 10 * i)
                             : square(100000 + 10 * i, 193000, 9));
  Layer const source = test::layer_of(wkt);
  Layer one = source;
  Issues issues_one;
  static_cast<void>(prepare_all(one, into("EPSG:3812"), issues_one));
  for (unsigned const workers : {2U, 7U}) {
    Layer many = source;
    Issues issues;
    auto const report = prepare_all(many, into("EPSG:3812", workers), issues);
    CHECK(report.repaired == 1000);
    CHECK(many.geometry.xy == one.geometry.xy);
    CHECK(many.geometry.row_begin == one.geometry.row_begin);
    REQUIRE(issues.size() == issues_one.size());
    for (std::size_t i = 0; i < issues.size(); ++i) {
      CHECK(issues.rows()[i].text == issues_one.rows()[i].text);
      CHECK(issues.rows()[i].x == issues_one.rows()[i].x);
    }
  }
}
