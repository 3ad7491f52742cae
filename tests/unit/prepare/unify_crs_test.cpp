// Layers whose rows are in several CRS.
#include <cmath>
#include <limits>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/prepare/prepare_layer.hpp"

using namespace terrein;

namespace {

// 51 N 4 E in ETRS89 by gdaltransform: three projections of one datum, so that no accuracy is lost between them.
constexpr double lambert_x = 624112.7285, lambert_y = 687814.3689;  // EPSG:3812
constexpr double utm_x = 570168.8615, utm_y = 5650300.7865;         // EPSG:25831

constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();

struct Place {
  char const* label;
  double x, y;
};

Layer points_of(std::vector<Place> const& places, std::string const& crs) {
  Layer out;
  out.name = "toy";
  out.crs = crs_from(crs);
  TextColumn labels("label");
  GeometryBuilder builder(out.geometry);
  for (Place const& place : places) {
    labels.push(place.label);
    if (std::isnan(place.x)) {
      builder.end_row(GeometryKind::null);
    } else {
      builder.vertex(place.x, place.y);
      builder.end_path();
      builder.end_part();
      builder.end_row(GeometryKind::point);
    }
    out.id.push_back(std::to_string(out.id.size() + 1));
  }
  out.attributes = Table(places.size());
  out.attributes.add(std::move(labels));
  return out;
}

PrepareOptions options_for(std::string const& crs, std::map<std::string, std::string> values) {
  PrepareOptions out;
  out.crs = crs_from(crs);
  out.max_crs_error_m = 3;  // ETRS89 to OSGB36 without its grid: 2 m as stated
  out.row_crs = RowCrs{"label", std::move(values)};
  return out;
}

PrepareReport prepare(Layer& layer, PrepareOptions const& options, Issues& issues) {
  return prepare_layer(layer, std::vector<std::uint8_t>(layer.size(), 1), options, issues);
}

std::vector<std::string> codes(Issues const& issues) {
  std::vector<std::string> out;
  for (Issue const& issue : issues.rows())
    if (issue.code != "null_geometry" && issue.code != "empty_geometry")
      out.push_back(issue.code + ":" + issue.feature_id);
  return out;
}

}  // namespace

TEST_CASE("every row is brought to the layer's CRS by its own operation", "[prepare]") {
  Layer layer = points_of(
      {{"utm", utm_x, utm_y}, {" Degrees ", 4, 51}, {"lambert", lambert_x, lambert_y}, {"degrees", nowhere, nowhere}},
      "EPSG:3812");
  Issues issues;
  auto const report = prepare(
      layer, options_for("EPSG:3812", {{"UTM", "EPSG:25831"}, {"degrees", "EPSG:4258"}, {"lambert", "EPSG:3812"}}),
      issues);
  CHECK(codes(issues).empty());
  for (std::size_t row = 0; row < 3; ++row) {
    CHECK(layer.geometry.box[row].min_x == Approx(lambert_x).margin(0.0002));
    CHECK(layer.geometry.box[row].min_y == Approx(lambert_y).margin(0.0002));
  }
  REQUIRE(report.row_crs.size() == 3);
  CHECK(report.row_crs[0].crs == "EPSG:25831");
  CHECK(report.row_crs[1].crs == "EPSG:3812");
  CHECK(report.row_crs[1].transform.name.empty());
  CHECK(report.row_crs[2].crs == "EPSG:4258");
  for (RowCrsPart const& part : report.row_crs) CHECK(part.rows == 1);
  CHECK(report.quarantined == 0);
}

TEST_CASE("rows that contradict their label, or whose label is not listed, are quarantined", "[prepare]") {
  Layer layer = points_of({{"OSGB36", 530000, 180000},
                           {"OSGB36", 530100, 180000},
                           {"OSGB36", 530200, 180000},
                           {"OSGB36", -0.1, 51.5},  // near the false origin, which lies in the area of use
                           {"ETRS89", 3975323.664, -7125.8838},
                           {"ED50", 530000, 180000}},
                          "EPSG:27700");
  Issues issues;
  issues.add({.layer = "toy", .feature_id = "4", .code = "unreadable_value", .x = -0.1, .y = 51.5, .source_crs = true});
  auto const report =
      prepare(layer, options_for("EPSG:27700", {{"OSGB36", "EPSG:27700"}, {"ETRS*", "EPSG:4258"}}), issues);
  CHECK(codes(issues) ==
        std::vector<std::string>{"unreadable_value:4", "crs_contradicted:4", "crs_contradicted:5", "crs_unlisted:6"});
  CHECK(report.quarantined == 3);
  for (std::size_t row = 0; row < 6; ++row) CHECK(layer.geometry.has_shape(row) == (row < 3));
  for (Issue const& issue : issues.rows()) CHECK_FALSE(issue.has_place());
  CHECK(issues.rows()[1].text.find("They fit EPSG:4258.") != std::string::npos);
  CHECK(issues.rows()[2].text.find("They fit no other CRS") != std::string::npos);
  CHECK(issues.rows()[3].text.find("'ED50' is not listed") == 0);
}

TEST_CASE("a label that is listed whole goes before beginnings, and long ones before short ones", "[prepare]") {
  Layer layer =
      points_of({{"ETRS89", 4, 51}, {"ETRS-L08", lambert_x, lambert_y}, {"ETRS-UTM", utm_x, utm_y}}, "EPSG:3812");
  Issues issues;
  (void)prepare(layer,
                options_for("EPSG:3812", {{"etrs*", "EPSG:4258"}, {"ETRS-*", "EPSG:3812"}, {"etrs-utm", "EPSG:25831"}}),
                issues);
  CHECK(codes(issues).empty());
  for (std::size_t row = 0; row < 3; ++row) CHECK(layer.geometry.box[row].min_x == Approx(lambert_x).margin(0.0002));
}

TEST_CASE("a layer most of whose rows contradict their labels is refused with the counts", "[prepare]") {
  Layer layer = points_of({{"A", 4, 51}, {"A", 4.1, 51}, {"B", 4, 51}, {"C", lambert_x, lambert_y}}, "EPSG:3812");
  Issues issues;
  auto const thrown = test::error_of([&] {
    (void)prepare(layer, options_for("EPSG:3812", {{"A", "EPSG:3812"}, {"C", "EPSG:3812"}}), issues);
  });
  CHECK(thrown.kind == ErrorKind::crs);
  CHECK(thrown.text.find("3 of its 4 shapes") != std::string::npos);
  CHECK(thrown.text.find("'A' (2 rows), 'B' (1 rows)") != std::string::npos);
}

TEST_CASE("an operation that is less accurate than the study accepts is refused", "[prepare]") {
  Layer layer = points_of({{"OSGB36", 530000, 180000}, {"WGS84", -0.1, 51.5}}, "EPSG:27700");
  auto options = options_for("EPSG:27700", {{"OSGB36", "EPSG:27700"}, {"WGS84", "EPSG:4326"}});
  options.max_crs_error_m = 1e-6;
  Issues issues;
  auto const thrown = test::error_of([&] { (void)prepare(layer, options, issues); });
  CHECK(thrown.kind == ErrorKind::crs);
  INFO(thrown.text);
  CHECK(thrown.text.find("from EPSG:4326 to EPSG:27700") != std::string::npos);
}

TEST_CASE("points in degrees where metres belong are found out", "[prepare]") {
  Layer layer = points_of({{"", -3.53, 50.72}, {"", -3.54, 50.72}, {"", 530000, 180000}}, "EPSG:27700");
  PrepareOptions options;
  options.crs = crs_from("EPSG:27700");
  Issues issues;
  CHECK(test::error_of([&] { (void)prepare(layer, options, issues); }).text.find("degrees where metres belong") !=
        std::string::npos);
  Layer few = points_of({{"", 0, 0}, {"", 530000, 180000}}, "EPSG:27700");
  (void)prepare(few, options, issues);
  CHECK(codes(issues) == std::vector<std::string>{"outside_area_of_use:1"});
}
