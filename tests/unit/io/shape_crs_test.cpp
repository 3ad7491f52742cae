// Layers whose shapes say that they are in another CRS than their layer, or in several.
#include "unit/io/io_fixtures.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

std::string gml(std::vector<std::string> const& epsg) {
  std::string out = R"(<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml" xmlns:a="http://a">)";
  for (std::size_t i = 0; i < epsg.size(); ++i)
    out += "<gml:featureMember><a:p gml:id=\"p" + std::to_string(i) + "\"><a:n>" + std::to_string(i) +
           "</a:n><a:g><gml:Point srsName=\"EPSG:" + epsg[i] +
           "\"><gml:pos>150000 200000</gml:pos></gml:Point></a:g></a:p></gml:featureMember>";
  return out + "</gml:FeatureCollection>";
}

Thrown fault(ReadOptions const& options) {
  return error_of([&] {
    Issues issues;
    (void)read_layer(options, issues);
  });
}

/// Writes another SRS id into the header of one shape of a GeoPackage: bytes 5-8, little-endian.
void set_srs_id(fs::path const& path, int row, std::string const& hex) {
  sql(path, "UPDATE toy SET geom = CAST(substr(geom, 1, 4) || x'" + hex +
                "' || substr(geom, 9) AS BLOB) WHERE fid = " + std::to_string(row));
}

constexpr char const* lambert_72 = "8A7A0000";    // 31370
constexpr char const* lambert_2008 = "E40E0000";  // 3812

}  // namespace

TEST_CASE("a GML layer with two srsName is refused with the counts", "[io]") {
  TempDir const dir;
  fs::path const path = dir.path() / "a.gml";
  ReadOptions options = options_for(path);
  options.crs = "EPSG:31370";  // GDAL tells no CRS of such a layer
  write_file(path, gml({"31370", "31370", "3812"}));
  auto const thrown = fault(options);
  CHECK(thrown.kind == ErrorKind::crs);
  CHECK(has_text(thrown.text, "its shapes say 'EPSG:31370' (2 rows), 'EPSG:3812' (1 rows)"));
  options.where = "n < 2";
  CHECK(fault(options).text.empty());
  options.where = "n = 2";
  CHECK(has_text(fault(options).text, "is in EPSG:31370, but all 1 of its shapes say EPSG:3812"));
  options.where = "";
  options.crs = "";
  options.crs_override = "EPSG:31370";
  CHECK(has_text(fault(options).text, "mixes coordinate systems"));
  write_file(path, gml({"31370", "31370"}));
  options.crs_override = "";
  CHECK(fault(options).text.empty());
}

TEST_CASE("a GeoJSON layer with the CRS in its shapes is refused", "[io]") {
  TempDir const dir;
  fs::path const path = dir.path() / "a.geojson";
  auto const crs = [](std::string const& code) {
    return R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::)" + code + "\"}}";
  };
  auto const feature = [](std::string const& more) {
    return R"({"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[150000,200000])" + more +
           "}}";
  };
  write_file(path, R"({"type":"FeatureCollection",)" + crs("31370") + R"(,"features":[)" + feature("") + "," +
                       feature("," + crs("3812")) + "]}");
  CHECK(has_text(fault(options_for(path)).text, "'EPSG:31370' (1 rows), 'EPSG:3812' (1 rows)"));
}

TEST_CASE("a GeoJSON layer with the CRS in its features is refused", "[io]") {
  TempDir const dir;
  fs::path const path = dir.path() / "a.geojson";
  auto const feature = [](std::string const& code) {
    return R"({"type":"Feature","properties":{"crs":"x"},"crs":{"type":"name","properties":{"name":"EPSG:)" + code +
           R"("}},"geometry":{"type":"Point","coordinates":[150000,200000]}})";
  };
  auto const collection = [&](std::string const& other) {
    return R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:31370"}},"features":[)" +
           feature("31370") + "," + feature(other) + "]}";
  };
  write_file(path, collection("3812"));
  CHECK(has_text(fault(options_for(path)).text, "'EPSG:31370' (1 rows), 'EPSG:3812' (1 rows)"));
  write_file(path, collection("31370"));
  CHECK(fault(options_for(path)).text.empty());
}

TEST_CASE("WKT texts that name several CRS are refused", "[io]") {
  TempDir const dir;
  fs::path const path = dir.path() / "a.csv";
  ReadOptions options = options_for(path);
  options.crs = "EPSG:31370";
  write_file(path, "id;WKT\n1;SRID=31370;POINT(1 2)\n");  // the separator stands in the text: more cells than columns
  CHECK(has_text(fault(options).text, "have more cells than the header"));
  write_file(path, "id;WKT\n1;\"SRID=31370;POINT(1 2)\"\n2;\"SRID=3812;POINT(1 2)\"\n3;\n");
  CHECK(has_text(fault(options).text, "'EPSG:31370' (1 rows), 'EPSG:3812' (1 rows)"));
  write_file(path, "id;WKT\n1;\"SRID=31370;POINT(1 2)\"\n2;\"SRID=31370;POINT(1 2)\"\n3;\n");
  CHECK(fault(options).text.empty());
  options.crs = "EPSG:3812";
  CHECK(has_text(fault(options).text, "all 2 of its shapes say EPSG:31370"));
}

TEST_CASE("a GeoPackage whose shapes name another CRS than their layer is refused", "[io]") {
  TempDir const dir;
  fs::path const path = dir.path() / "a.gpkg";
  make_source(path, "GPKG", "toy", 31370, {{"n", OFTInteger}},
              {{"POINT(150000 200000)", {"1"}}, {"POINT(150001 200000)", {"2"}}, {"", {"3"}}});
  REQUIRE(sql(path, "SELECT hex(substr(geom, 5, 4)) FROM toy WHERE fid = 1") == lambert_72);
  ReadOptions options = options_for(path);
  CHECK(fault(options).text.empty());
  set_srs_id(path, 2, lambert_2008);
  CHECK(has_text(fault(options).text, "its shapes say 'EPSG:31370' (1 rows), 'srs_id 3812' (1 rows)"));
  options.where = "n <> 2";
  CHECK(fault(options).text.empty());
  options.where = "";
  for (char const* unknown : {"00000000", "FFFFFFFF"}) {  // 0 and -1: the shape does not say
    set_srs_id(path, 2, unknown);
    CHECK(fault(options).text.empty());
  }
  set_srs_id(path, 1, lambert_2008);
  set_srs_id(path, 2, lambert_2008);
  CHECK(has_text(fault(options).text, "is in EPSG:31370, but all 2 of its shapes say srs_id 3812"));
  options.crs_override = "EPSG:3812";
  CHECK(fault(options).text.empty());
}
