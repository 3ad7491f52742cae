#include "fetch/arcgis_texts.hpp"
#include "fetch/json_values.hpp"
#include "fetch/oapif_texts.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"

using namespace terrein;
using terrein::test::error_of;

TEST_CASE("of several next links the one to GeoJSON counts", "[fetch]") {
  OapifReading const reading{"", "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "t"};
  auto const next = [&](std::string const& links) {
    return parse_oapif_page(R"({"type":"FeatureCollection","features":[],"links":)" + links + "}", reading).next;
  };
  CHECK(next(R"([{"rel":"self","href":"a"},{"rel":"next","href":"b"}])") == "b");
  CHECK(
      next(
          R"([{"rel":"next","type":"text/html","href":"h"},{"rel":"next","type":"application/geo+json","href":"g"}])") ==
      "g");
  CHECK(next(R"([{"rel":"next","type":"text/html","href":"h"}])").empty());
  CHECK(next("[]").empty());
  CHECK(next("null").empty());
}

TEST_CASE("items are read with ids, values and axes", "[fetch]") {
  std::string const text =
      R"({"type":"FeatureCollection","numberMatched":9,"numberReturned":2,"timeStamp":"T","features":[
    {"type":"Feature","id":12,"properties":{"a":true,"b":1.5,"c":{"d":[1]},"e":null,"f":18446744073709551615},
     "geometry":{"type":"Point","coordinates":[51.2,3.8]}},
    {"type":"Feature","id":"x","properties":null,"geometry":null}]})";
  Page const page = parse_oapif_page(text, {"", "http://www.opengis.net/def/crs/EPSG/0/4258", "t"});
  CHECK(page.matched == 9);
  CHECK(page.returned == 2);
  REQUIRE(page.features.size() == 2);
  CHECK(page.features[0].id == "12");
  CHECK(page.features[1].id == "x");
  CHECK(page.features[0].shape.box == Box{3.8, 51.2, 3.8, 51.2});  // this CRS has latitude first
  CHECK(page.features[1].shape.wkb.empty());
  using Values = std::vector<std::pair<std::string, Cell>>;
  CHECK(page.features[0].values == Values{{"feature_id", std::int64_t{12}},
                                          {"a", std::int64_t{1}},
                                          {"b", 1.5},
                                          {"c", std::string(R"({"d":[1]})")},
                                          {"e", Cell()},
                                          {"f", std::string("18446744073709551615")}});
  CHECK(error_of([] {
          static_cast<void>(
              parse_oapif_page(R"({"type":"FeatureCollection","features":[{"properties":{}}]})", {"", "x", "t"}));
        }).text.find("--id-field") != std::string::npos);
  CHECK(error_of([&] {
          static_cast<void>(parse_oapif_page(text.substr(0, 200), {"", "x", "t"}));
        }).kind == ErrorKind::input);
}

TEST_CASE("a collection says its CRS and its extent", "[fetch]") {
  OapifCollection const read = parse_oapif_collection(
      R"({"id":"ADP","title":"Percelen","storageCrs":"http://www.opengis.net/def/crs/EPSG/0/31370","crs":["#/crs"],
          "extent":{"spatial":{"bbox":[[2.5,50.6,0,5.9,51.5,100]]}}})",
      "t");
  CHECK(read.storage_crs == "http://www.opengis.net/def/crs/EPSG/0/31370");
  REQUIRE(read.lon_lat);
  CHECK(*read.lon_lat == Box{2.5, 50.6, 5.9, 51.5});
  CHECK(error_of([] { static_cast<void>(parse_oapif_collection("{}", "t")); }).kind == ErrorKind::input);
}

TEST_CASE("ArcGIS names a CRS by its newest code", "[fetch]") {
  CHECK(arcgis_crs(R"({"wkid":102100,"latestWkid":3857})") == "EPSG:3857");
  CHECK(arcgis_crs(R"({"wkid":102100})") == "EPSG:3857");
  CHECK(arcgis_crs(R"({"wkid":103300,"latestWkid":31370})") == "EPSG:31370");
  CHECK(arcgis_crs(R"({"wkid":102499})") == "ESRI:102499");
  CHECK(arcgis_crs(R"({"wkt":"PROJCS[]"})").empty());
}

TEST_CASE("fields of another type on another page widen, and nothing is lost", "[fetch]") {
  RowSet rows;
  rows.declare({"always_null", FieldType::whole});
  rows.add({"1", {}, {{"a", std::int64_t{7}}, {"b", std::int64_t{1}}, {"c", std::int64_t{9007199254740993}}}});
  rows.add({"2", {}, {{"a", std::string("x")}, {"b", 0.5}, {"c", 0.5}, {"late", std::string("z")}}});
  rows.add({"3", {}, {{"b", std::int64_t{2}}}});
  Table const table = rows.table();
  CHECK(table.names() == std::vector<std::string>{"always_null", "a", "b", "c", "late"});
  auto const column = [&](char const* name) {
    std::string out;
    for (std::size_t row = 0; row < 3; ++row) out += text_at(*table.find(name), row).value_or("-") + " ";
    return out;
  };
  CHECK(column("a") == "7 x - ");
  CHECK(column("b") == "1 0.5 2 ");
  CHECK(std::holds_alternative<Column<double>>(*table.find("b")));
  CHECK(column("c") == "9007199254740993 0.5 - ");  // 2^53 + 1 is no double: text
  CHECK(column("late") == "- z - ");
  CHECK(column("always_null") == "- - - ");
}

TEST_CASE("JSON without bottom is refused before anything works through it", "[fetch]") {
  CHECK(nested_too_deep(std::string(201, '[')));
  CHECK_FALSE(nested_too_deep(std::string(200, '[')));
  CHECK_FALSE(nested_too_deep("{\"a\":\"" + std::string(500, '[') + "\\\"" + std::string(500, '{') + "\"}"));
  std::string const deep = "{\"a\":" + std::string(200000, '[') + std::string(200000, ']') + "}";
  CHECK(error_of([&] { static_cast<void>(parse_object(deep, "t")); }).kind == ErrorKind::input);
  CHECK(fault_in(std::string(30000, '[') + std::string(30000, ']')).empty());
}
