// Shapes that GDAL leaves out without a word.
#include "io_fixtures.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

std::string json_feature(std::string const& geometry) {
  return R"({"type":"Feature","properties":{},"geometry":)" + geometry + "}";
}

ReadResult read(fs::path const& path, std::string const& text, Issues& issues) {
  write_file(path, text);
  return read_layer(options_for(path), issues);
}

/// Feature ids of the issues with the code unreadable_geometry.
std::vector<std::string> unreadable(Issues const& issues) {
  std::vector<std::string> out;
  for (Issue const& issue : issues.rows())
    if (issue.code == "unreadable_geometry") out.push_back(issue.feature_id);
  return out;
}

using Ids = std::vector<std::string>;

std::string const parcel_gml = R"(<?xml version="1.0" encoding="UTF-8"?>
<c xmlns:gml="http://www.opengis.net/gml/3.2"><member><Perceel gml:id="P1"><nr>7</nr>
<grens><gml:Polygon srsName="urn:ogc:def:crs:EPSG::31370"><gml:exterior><gml:LinearRing><gml:posList>100000 200000 100100 200000
100100 200100 100000 200100 100000 200000</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></grens>
<plaats><gml:Point srsName="urn:ogc:def:crs:EPSG::31370"><gml:pos>100050 200050</gml:pos></gml:Point></plaats>
</Perceel></member></c>
)";

}  // namespace

TEST_CASE("a GeoJSON shape that cannot be read is told apart from no shape") {
  TempDir const dir;
  Issues issues;
  auto const result =
      read(dir.path() / "a.geojson",
           R"({"type":"FeatureCollection","features":[)" + json_feature("null") + "," +
               json_feature(R"({"type":"Point","coordinates":[4,51]})") + "," +
               json_feature(R"({"type":"MultiPolygon","coordinates":[[[1]]]})") + "," +
               json_feature(R"({"type":"MultiPolygon","coordinates":[]})") + "," +
               json_feature(R"({"type":"Polygon","coordinates":[[4.1,51],[4.2,51],[4.2,51.1],[4.1,51]]})") + "]}",
           issues);
  REQUIRE(result.layer.size() == 5);
  CHECK(unreadable(issues) == Ids{"2", "4"});  // counted from 0, as GDAL numbers features
}

TEST_CASE("a document that is a bad shape and nothing else is told, too") {
  TempDir const dir;
  Issues issues, none;
  (void)read(dir.path() / "a.geojson", R"({"type":"GeometryCollection","geometries":[false]})", issues);
  CHECK(unreadable(issues) == Ids{"0"});
  (void)read(dir.path() / "b.geojson", R"({"type":"GeometryCollection","geometries":[]})", none);
  CHECK(unreadable(none).empty());
}

TEST_CASE("GML features with several shapes are refused until one is named") {
  TempDir const dir;
  fs::path const path = dir.path() / "p.gml";
  write_file(path, parcel_gml);
  auto const before = fingerprint(dir.path());
  Issues issues;
  ReadOptions options = options_for(path);
  auto const thrown = error_of([&] { (void)read_layer(options, issues); });
  CHECK(thrown.kind == ErrorKind::input);
  CHECK(has_text(thrown.text, "several shapes: grens, plaats"));
  options.geometry = "grens";
  ReadResult const polygon = read_layer(options, issues);
  REQUIRE(polygon.layer.size() == 1);
  CHECK(polygon.layer.geometry.kind[0] == GeometryKind::polygon);
  CHECK(polygon.layer.geometry.box[0] == Box{100000, 200000, 100100, 200100});
  CHECK(polygon.layer.crs.authority == "EPSG:31370");
  options.geometry = "plaats";
  CHECK(read_layer(options, issues).layer.geometry.kind[0] == GeometryKind::point);
  options.geometry = "grenz";
  CHECK(has_text(error_of([&] { (void)read_layer(options, issues); }).text, "Did you mean 'grens'?"));
  CHECK(fingerprint(dir.path()) == before);
}

TEST_CASE("the parts of one GML shape are not several shapes") {
  TempDir const dir;
  fs::path const path = dir.path() / "m.gml";
  std::string text = parcel_gml;
  auto const begin = text.find("<plaats>"), end = text.find("</Perceel>");
  text.replace(begin, end - begin, "");
  auto const polygon = text.find("<gml:Polygon"), after = text.find("</grens>");
  std::string const shape = text.substr(polygon, after - polygon);
  text.replace(polygon, after - polygon,
               "<gml:MultiSurface srsName=\"urn:ogc:def:crs:EPSG::31370\"><gml:surfaceMember>" + shape +
                   "</gml:surfaceMember></gml:MultiSurface>");
  write_file(path, text);
  Issues issues;
  CHECK(read_layer(options_for(path), issues).layer.geometry.kind[0] == GeometryKind::polygon);
}
