#include <cmath>

#include "io_fixtures.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

std::string const square = "POLYGON((0 0,10 0,10 10,0 10,0 0))";

std::string text(Layer const& layer, char const* column, std::size_t row) {
  AnyColumn const* const found = layer.attributes.find(column);
  REQUIRE(found != nullptr);
  return text_at(*found, row).value_or("NULL");
}

}  // namespace

TEST_CASE("A GeoPackage is read with its types, ids, nulls and CRS") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  make_source(path, "GPKG", "parcels", 31370,
              {{"code", OFTString}, {"area", OFTReal}, {"n", OFTInteger64}, {"day", OFTDate}, {"at", OFTDateTime}},
              {{square, {"A1", "2.5", "9007199254740993", "2026/01/31", "2026/01/31 12:30:15.250+00"}},
               {"", {"", "", "", "", ""}},
               {"POLYGON EMPTY", {"C3", "0", "-1", "", ""}}});
  ReadOptions options = options_for(path);
  options.all_fields = true;
  Issues issues;
  ReadResult const result = read_layer(options, issues);
  CHECK(result.driver == "GPKG");
  CHECK(result.source_layer == "parcels");
  CHECK(result.rows_declared == 3);
  CHECK(result.sha256 == sha256_of_file(path));
  CHECK(result.layer.crs.authority == "EPSG:31370");
  CHECK(result.layer.id == std::vector<std::string>{"1", "2", "3"});
  CHECK(result.layer.geometry.kind ==
        std::vector<GeometryKind>{GeometryKind::polygon, GeometryKind::null, GeometryKind::empty});
  CHECK(text(result.layer, "code", 0) == "A1");
  CHECK(text(result.layer, "code", 1) == "NULL");
  CHECK(text(result.layer, "area", 0) == "2.5");
  CHECK(text(result.layer, "n", 0) == "9007199254740993");  // 2^53 + 1: no double holds it
  CHECK(text(result.layer, "n", 1) == "NULL");
  CHECK(text(result.layer, "day", 0) == "2026-01-31");
  CHECK(text(result.layer, "at", 0) == "2026-01-31T12:30:15.250Z");
  CHECK(issues.size() == 0);
}

TEST_CASE("Only the fields asked for are read, found without case, optional ones where they are") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  make_source(path, "GPKG", "a", 31370, {{"Code", OFTString}, {"use", OFTString}, {"x", OFTReal}},
              {{square, {"K7", "industry", "1"}}, {square, {"", "farm", "2"}}});
  ReadOptions options = options_for(path);
  options.fields = {"USE"};
  options.optional_fields = {"X", "absent"};
  options.id_field = "code";
  Issues issues;
  ReadResult const result = read_layer(options, issues);
  CHECK(result.layer.attributes.names() == std::vector<std::string>{"use", "x"});
  CHECK(result.layer.id == std::vector<std::string>{"K7", ""});
  CHECK(result.id_known == std::vector<std::uint8_t>{1, 0});
}

TEST_CASE("A filter keeps the feature ids and may look at fields that are not read") {
  TempDir const dir;
  for (char const* driver : {"GPKG", "ESRI Shapefile"}) {
    auto const path = dir.path() / (driver == std::string("GPKG") ? "a.gpkg" : "a.shp");
    make_source(path, driver, "a", 31370, {{"use", OFTString}, {"x", OFTInteger}},
                {{square, {"farm", "1"}}, {square, {"industry", "2"}}, {square, {"farm", "3"}}});
    ReadOptions options = options_for(path);
    options.where = "use = 'farm'";
    options.fields = {"x"};
    Issues issues;
    ReadResult const result = read_layer(options, issues);
    CHECK(result.rows_declared == 3);
    CHECK(result.rows_read == 3);
    REQUIRE(result.layer.size() == 2);
    CHECK(result.layer.attributes.names() == std::vector<std::string>{"x"});
    CHECK(text(result.layer, "x", 0) == "1");
    CHECK(text(result.layer, "x", 1) == "3");
  }
}

TEST_CASE("Curves become lines, heights are dropped, patches become polygons") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  make_source(path, "GPKG", "a", 31370, {},
              {{"CURVEPOLYGON(CIRCULARSTRING(-10 0,0 10,10 0,0 -10,-10 0))"},
               {"MULTIPOLYGON Z(((0 0 5,1 0 5,1 1 5,0 0 5)))"},
               {"POINT ZM(1 2 3 4)"},
               {"TIN Z(((0 0 0,1 0 0,0 1 0,0 0 0)))"},
               {"COMPOUNDCURVE((0 0,5 0),CIRCULARSTRING(5 0,6 1,7 0))"}});
  Issues issues;
  ReadResult const result = read_layer(options_for(path), issues);
  GeometryColumn const& shapes = result.layer.geometry;
  REQUIRE(shapes.size() == 5);
  CHECK(shapes.kind[0] == GeometryKind::polygon);
  for (double const value : {shapes.box[0].max_x, shapes.box[0].max_y}) CHECK(value == Approx(10).margin(0.01));

  CHECK(shapes.box[1] == Box{0, 0, 1, 1});
  CHECK(shapes.box[2] == Box{1, 2, 1, 2});
  CHECK(shapes.kind[3] == GeometryKind::polygon);
  CHECK(shapes.kind[4] == GeometryKind::line);
  CHECK(codes(issues) == std::vector<std::string>{"curves"});
}

TEST_CASE("A mixed collection keeps its highest dimension and says so") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  make_source(path, "GPKG", "a", 31370, {},
              {{"GEOMETRYCOLLECTION(POINT(99 99),POLYGON((0 0,4 0,4 4,0 0)))"}, {square}});
  Issues issues;
  ReadResult const result = read_layer(options_for(path), issues);
  CHECK(result.layer.geometry.kind[0] == GeometryKind::polygon);
  CHECK(result.layer.geometry.box[0] == Box{0, 0, 4, 4});
  REQUIRE(codes(issues) == std::vector<std::string>{"mixed_collection"});
  CHECK(issues.rows()[0].feature_id == "1");
  CHECK(issues.rows()[0].source_crs);
  CHECK(issues.rows()[0].x == 2);
}

TEST_CASE("Bytes that are no geometry become an empty row with an issue") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  make_source(path, "GPKG", "a", 31370, {}, {{square}, {square}, {square}});
  sql(path, "UPDATE a SET geom = x'00112233445566778899' WHERE fid = 2");
  Issues issues;
  ReadResult const result = read_layer(options_for(path), issues);
  CHECK(result.layer.geometry.kind ==
        std::vector<GeometryKind>{GeometryKind::polygon, GeometryKind::empty, GeometryKind::polygon});
  REQUIRE(codes(issues) == std::vector<std::string>{"unreadable_geometry"});
  CHECK(issues.rows()[0].feature_id == "2");
  CHECK(has_text(issues.rows()[0].text, "Unable to read geometry"));
}

TEST_CASE("Text in a number field of a database is unknown, not zero") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  make_source(path, "GPKG", "a", 31370, {{"area", OFTReal}, {"n", OFTInteger64}},
              {{"", {"1.5", "3"}}, {"", {"1.5", "3"}}});
  sql(path, "UPDATE a SET area = 'circa 12', n = '7x' WHERE fid = 2");
  ReadOptions options = options_for(path);
  options.all_fields = true;
  Issues issues;
  ReadResult const result = read_layer(options, issues);
  CHECK(text(result.layer, "area", 0) == "1.5");
  CHECK(text(result.layer, "area", 1) == "NULL");
  CHECK(text(result.layer, "n", 1) == "NULL");
  REQUIRE(codes(issues) == std::vector<std::string>{"not_a_number", "not_a_number"});
  CHECK(has_text(issues.rows()[0].text, "'circa 12'"));
}

TEST_CASE("Text in a number field of a shapefile is unknown, blanks and stars are null, deleted rows are no loss") {
  TempDir const dir;
  auto const path = dir.path() / "a.shp";
  make_source(path, "ESRI Shapefile", "a", 31370, {{"area", OFTReal}, {"n", OFTInteger64}},
              {{"POINT(1 1)", {"4.25", "44"}},
               {"POINT(2 2)", {"4.25", "44"}},
               {"POINT(3 3)", {"", ""}},
               {"POINT(4 4)", {"4.25", "44"}}});
  std::string bytes = read_file(dir.path() / "a.dbf");
  auto const byte = [&bytes](std::size_t i) { return std::size_t{static_cast<unsigned char>(bytes[i])}; };
  std::size_t const header = byte(8) + 256 * byte(9), width = byte(10) + 256 * byte(11);
  for (std::size_t i = header + width; i < header + 2 * width; ++i)
    if (bytes[i] == '4') bytes[i] = 'x';
  bytes[header] = '*';  // the first row is marked as deleted
  write_file(dir.path() / "a.dbf", bytes);
  ReadOptions options = options_for(path);
  options.all_fields = true;
  Issues issues;
  ReadResult const result = read_layer(options, issues);
  REQUIRE(result.layer.size() == 3);
  CHECK(result.rows_declared == 3);
  CHECK(result.layer.id == std::vector<std::string>{"1", "2", "3"});
  CHECK(text(result.layer, "area", 0) == "NULL");
  CHECK(text(result.layer, "n", 0) == "NULL");
  CHECK(text(result.layer, "n", 1) == "NULL");
  CHECK(text(result.layer, "n", 2) == "44");
  CHECK(codes(issues) == std::vector<std::string>{"not_a_number", "not_a_number"});
}

TEST_CASE("NaN and infinity are unknown") {
  TempDir const dir;
  auto const path = dir.path() / "a.geojson";
  write_file(path, R"({"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"v":1.5,"ok":true,"list":["a","b"]},"geometry":{"type":"Point","coordinates":[4,51]}},
    {"type":"Feature","properties":{"v":NaN,"ok":false,"list":[]},"geometry":{"type":"Point","coordinates":[5,51]}}]})");
  ReadOptions options = options_for(path);
  options.all_fields = true;
  Issues issues;
  ReadResult const result = read_layer(options, issues);
  CHECK(result.layer.crs.authority == "EPSG:4326");
  CHECK(result.layer.geometry.box[1] == Box{5, 51, 5, 51});  // longitude first
  CHECK(text(result.layer, "v", 0) == "1.5");
  CHECK(text(result.layer, "v", 1) == "NULL");
  CHECK(text(result.layer, "ok", 0) == "1");
  CHECK(text(result.layer, "ok", 1) == "0");
  CHECK(text(result.layer, "list", 0) == R"(["a","b"])");
  CHECK(codes(issues) == std::vector<std::string>{"not_a_number"});
}

TEST_CASE("Latin-1 text is recoded with one issue per field; numbers written as text stay text") {
  TempDir const dir;
  auto const path = dir.path() / "a.csv";
  write_file(path,
             "WKT,name,v\n\"POINT(1 2)\",plain,007\n\"POINT(3 4)\",Caf\xe9 \x80,12\n\"POINT(5 6)\",\xc9t\xe9,x\n");
  ReadOptions options = options_for(path);
  options.all_fields = true;
  options.crs = "EPSG:31370";
  options.id_field = "name";
  Issues issues;
  ReadResult const result = read_layer(options, issues);
  CHECK(text(result.layer, "name", 1) == "Café €");
  CHECK(result.layer.id[2] == "Été");
  CHECK(text(result.layer, "v", 0) == "007");
  CHECK(result.layer.crs.authority == "EPSG:31370");
  REQUIRE(codes(issues) == std::vector<std::string>{"encoding"});
  CHECK(has_text(issues.rows()[0].text, "2 rows"));
}

TEST_CASE("Reading leaves every source folder as it was") {
  TempDir const dir;
  auto const gpkg = dir.path() / "wal.gpkg", gml = dir.path() / "a.gml", shp = dir.path() / "s" / "a.shp";
  make_source(gpkg, "GPKG", "a", 31370, {{"n", OFTInteger}}, {{square, {"1"}}});
  sql(gpkg, "PRAGMA journal_mode = WAL");
  make_source(gml, "GML", "a", 31370, {{"n", OFTInteger}}, {{square, {"1"}}});
  fs::remove(dir.path() / "a.xsd");  // without a schema GDAL would like to write a .gfs file
  fs::remove(dir.path() / "a.gfs");
  fs::create_directories(shp.parent_path());
  make_source(shp, "ESRI Shapefile", "a", 31370, {{"n", OFTInteger}}, {{square, {"1"}}});
  auto const before = fingerprint(dir.path());
  for (auto const& path : {gpkg, gml, shp, shp.parent_path()}) {
    INFO(path);
    ReadOptions options = options_for(path);
    options.all_fields = true;
    Issues issues;
    ReadResult const result = read_layer(options, issues);
    CHECK(result.layer.size() == 1);
    CHECK(result.layer.crs.authority == "EPSG:31370");
    CHECK(text(result.layer, "n", 0) == "1");
    CHECK(result.sha256.size() == 64);
  }
  CHECK(fingerprint(dir.path()) == before);
}

TEST_CASE("A GeoPackage that another program is writing is read with the rows in its log") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  make_source(path, "GPKG", "a", 31370, {{"n", OFTInteger}}, {{square, {"1"}}});
  sqlite3* other = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &other) == SQLITE_OK);
  REQUIRE(sqlite3_exec(other, "PRAGMA journal_mode = WAL; UPDATE a SET n = 2", nullptr, nullptr, nullptr) == SQLITE_OK);
  REQUIRE(fs::file_size(path.string() + "-wal") > 0);
  auto const before = fingerprint(dir.path());
  ReadOptions options = options_for(path);
  options.all_fields = true;
  Issues issues;
  ReadResult const result = read_layer(options, issues);
  CHECK(text(result.layer, "n", 0) == "2");
  CHECK(fingerprint(dir.path()) == before);
  sqlite3_close(other);
}

TEST_CASE("The only layer with shapes is found among tables, and listed") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  make_source(path, "GPKG", "parcels", 31370, {}, {{square}});
  sql(path,
      "CREATE TABLE notes(id INTEGER PRIMARY KEY, t TEXT); INSERT INTO gpkg_contents(table_name, data_type, "
      "identifier) VALUES ('notes', 'attributes', 'notes')");
  CHECK(list_layers(path.string()) == std::vector<std::string>{"parcels"});
  Issues issues;
  CHECK(read_layer(options_for(path), issues).source_layer == "parcels");
}

TEST_CASE("A source inside a zip archive is read, its hash is that of the archive") {
  auto const zip = shared("data/belgium/wegenregister_extract_shapefiles.zip");
  if (zip.empty()) return;
  auto const layers = list_layers("/vsizip/" + zip.string());
  REQUIRE_FALSE(layers.empty());
  ReadOptions options = options_for("/vsizip/" + zip.string());
  options.layer = layers.front();
  Issues issues;
  ReadResult const result = read_layer(options, issues);
  CHECK(result.layer.size() > 0);
  CHECK(result.sha256 == sha256_of_file(zip));
}

TEST_CASE("Real parcels in US survey feet are read whole") {
  auto const path = shared("data/parcels_zoning/forest_city_nc_2264.gpkg");
  if (path.empty()) return;
  ReadOptions options = options_for(path);
  options.all_fields = true;
  if (auto const layers = list_layers(path.string()); layers.size() > 1) options.layer = layers.front();
  Issues issues;
  ReadResult const result = read_layer(options, issues);
  CHECK(result.layer.size() == 7234);
  CHECK(result.layer.crs.authority == "EPSG:2264");
  CHECK(result.layer.crs.metres_per_unit == Approx(1200.0 / 3937.0).epsilon(1e-12));
  std::size_t without = 0;
  for (std::size_t row = 0; row < result.layer.size(); ++row)
    if (!result.layer.geometry.has_shape(row)) ++without;
  CHECK(without == 3);
}

TEST_CASE("Every sample of the shared data is read or refused with a reason, and none is changed") {
  auto const folder = shared("data");
  if (folder.empty()) return;
  std::size_t read = 0;
  for (char const* name : {"belgium/vlaanderen_gebieden.gpkg", "belgium/grb_adp_heverlee_408.geojson",
                           "belgium/grb_adp_full_sample.gml", "netherlands/brk_perceel_sample_v5.gml",
                           "netherlands/vaarwegvakken_28992.gpkg", "zoning_fr/plu_zone_urba_2154.gpkg",
                           "nature_flood/bwk_zwartebeek.gpkg", "nature_flood/river_subunits_rbsu.geojson",
                           "invalid/ogc_gpkg/null_geometry.gpkg", "invalid/ogc_gpkg/states10.gpkg"}) {
    if (!fs::exists(folder / name)) continue;
    auto const before = fingerprint((folder / name).parent_path());
    for (std::string const& layer : list_layers((folder / name).string())) {
      ReadOptions options = options_for(folder / name);
      options.layer = layer;
      options.all_fields = true;
      Issues issues;
      Thrown const thrown = error_of([&] {
        ReadResult const result = read_layer(options, issues);
        read += result.layer.size();
        CHECK(result.layer.size() == result.rows_declared);
      });
      INFO(name << " " << layer << ": " << thrown.text);
      CHECK((thrown.text.empty() || has_text(thrown.text, "has no rows") || has_text(thrown.text, "several shapes")));
    }
    CHECK(fingerprint((folder / name).parent_path()) == before);
  }
  CHECK(read > 1000);
}
