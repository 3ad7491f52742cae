#include "io_fixtures.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

std::string const square = "POLYGON((0 0,10 0,10 10,0 10,0 0))";

Thrown refused(ReadOptions const& options) {
  return error_of([&options] {
    Issues issues;
    static_cast<void>(read_layer(options, issues));
  });
}

/// All of `parts` must be in the message.
void check_message(Thrown const& thrown, ErrorKind kind, std::vector<std::string> const& parts) {
  CHECK(thrown.kind == kind);
  for (std::string const& part : parts) {
    INFO(thrown.text << "\n  must hold: " << part);
    CHECK(has_text(thrown.text, part));
  }
}

}  // namespace

TEST_CASE("A file that is not there is refused with the nearest name beside it") {
  TempDir const dir;
  write_file(dir.path() / "parcels.gpkg", "x");
  check_message(refused(options_for(dir.path() / "parcel.gpkg")), ErrorKind::input,
                {"Layer 'toy'", "'parcel.gpkg'", "no such file", "Did you mean 'parcels.gpkg'?"});
}

TEST_CASE("Layers and fields that are not there are refused with the nearest names") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  make_source(path, "GPKG", "parcels", 31370, {{"landuse", OFTString}, {"area", OFTReal}}, {{square, {"x", "1"}}});
  ReadOptions options = options_for(path);
  options.layer = "parcel";
  check_message(refused(options), ErrorKind::input, {"no layer 'parcel'", "Did you mean 'parcels'?"});
  options.layer = "";
  options.fields = {"land_use"};
  check_message(refused(options), ErrorKind::input, {"no field 'land_use'", "Did you mean 'landuse'?"});
  options.fields = {};
  options.id_field = "capakey";
  check_message(refused(options), ErrorKind::input, {"no field 'capakey'", "id", "Known: landuse, area."});
}

TEST_CASE("A source with several layers asks which one") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  make_source(path, "GPKG", "parcels", 31370, {}, {{square}});
  make_source(path, "GPKG", "zoning", 31370, {}, {{square}});
  check_message(refused(options_for(path)), ErrorKind::input, {"2 layers: parcels, zoning", "layer = "});
}

TEST_CASE("A table without shapes is refused") {
  TempDir const dir;
  write_file(dir.path() / "a.csv", "name,v\nx,1\n");
  check_message(refused(options_for(dir.path() / "a.csv")), ErrorKind::input, {"no shapes", "WKT"});
}

TEST_CASE("A source without CRS asks for one, a declared one may not contradict the source") {
  TempDir const dir;
  auto const bare = dir.path() / "bare.shp", known = dir.path() / "known.gpkg", undefined = dir.path() / "u.gpkg";
  make_source(bare, "ESRI Shapefile", "bare", 0, {}, {{square}});
  make_source(known, "GPKG", "known", 31370, {}, {{square}});
  make_source(undefined, "GPKG", "u", 0, {}, {{square}});
  check_message(refused(options_for(bare)), ErrorKind::crs, {"'bare.shp'", "no CRS", "crs = \"EPSG:…\""});
  check_message(refused(options_for(undefined)), ErrorKind::crs, {"'u.gpkg'", "no CRS"});
  ReadOptions options = options_for(known);
  options.crs = "EPSG:28992";
  check_message(refused(options), ErrorKind::crs, {"EPSG:31370", "EPSG:28992", "Remove crs"});
  options.crs = "EPSG:31370";
  CHECK(refused(options).text.empty());
  options = options_for(undefined);
  options.crs = "EPSG:31370";
  CHECK(refused(options).text.empty());
}

TEST_CASE("A layer without rows is refused, with its filter when it has one") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg", empty = dir.path() / "e.gpkg";
  make_source(path, "GPKG", "a", 31370, {{"use", OFTString}}, {{square, {"farm"}}});
  make_source(empty, "GPKG", "e", 31370, {}, {});
  check_message(refused(options_for(empty)), ErrorKind::input, {"'e.gpkg'", "has no rows"});
  ReadOptions options = options_for(path);
  options.where = "use = 'Farm'";
  check_message(refused(options), ErrorKind::input,
                {"\"use\" = 'Farm'", "no rows", "of 1 rows read", "case-sensitive"});
}

TEST_CASE("A filter that is no condition is a fault of the study") {
  TempDir const dir;
  auto const gpkg = dir.path() / "a.gpkg", shp = dir.path() / "a.shp";
  make_source(gpkg, "GPKG", "a", 31370, {{"use", OFTString}}, {{square, {"farm"}}});
  make_source(shp, "ESRI Shapefile", "a", 31370, {{"use", OFTString}}, {{square, {"farm"}}});
  for (auto const& path : {gpkg, shp}) {
    ReadOptions options = options_for(path);
    options.where = "use = = 'farm'";
    check_message(refused(options), ErrorKind::config, {path.filename(), "use = = 'farm'", "at character 7"});
    options.where = "ues = 'farm'";
    check_message(refused(options), ErrorKind::input, {"no field 'ues'", "Did you mean 'use'?"});
  }
}

TEST_CASE("A cut-off GeoPackage is refused wherever it is cut") {
  TempDir const dir;
  auto const whole = dir.path() / "whole.gpkg", cut = dir.path() / "cut.gpkg";
  std::vector<SourceRow> const rows(2000, {square, {"some text that fills pages"}});
  make_source(whole, "GPKG", "a", 31370, {{"t", OFTString}}, rows);
  std::string const bytes = read_file(whole);
  for (double const share : {0.0, 0.001, 0.02, 0.3, 0.6, 0.9, 0.99}) {
    write_file(cut, bytes.substr(0, static_cast<std::size_t>(share * static_cast<double>(bytes.size()))));
    INFO(share);
    check_message(refused(options_for(cut)), ErrorKind::input, {"'cut.gpkg'"});
  }
}

TEST_CASE("A page of a GeoPackage that was overwritten with zeros is noticed") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  std::vector<SourceRow> const rows(2000, {square, {"some text that fills pages"}});
  make_source(path, "GPKG", "a", 31370, {{"t", OFTString}}, rows);
  std::string bytes = read_file(path);
  std::size_t const root = 4096 * (std::stoul(sql(path, "SELECT rootpage FROM sqlite_master WHERE name = 'a'")) - 1);
  std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(root), 4096, '\0');
  write_file(path, bytes);
  check_message(refused(options_for(path)), ErrorKind::input, {"'a.gpkg'", "GDAL says: '"});
}

TEST_CASE("A count that the rows do not meet is refused") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  make_source(path, "GPKG", "a", 31370, {}, {{square}, {square}});
  sql(path, "UPDATE gpkg_ogr_contents SET feature_count = 5");
  check_message(refused(options_for(path)), ErrorKind::input, {"says 5 rows, 2 could be read", "ogr2ogr"});
}

TEST_CASE("A cut-off GeoJSON and a GML that ends early are refused") {
  TempDir const dir;
  write_file(dir.path() / "a.geojson",
             R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Poi)");
  check_message(refused(options_for(dir.path() / "a.geojson")), ErrorKind::input, {"'a.geojson'", "GDAL says: '"});
  auto const gml = dir.path() / "a.gml";
  make_source(gml, "GML", "a", 31370, {{"t", OFTString}}, std::vector<SourceRow>(50, {square, {"text"}}));
  std::string const bytes = read_file(gml);
  write_file(gml, bytes.substr(0, bytes.size() / 2));
  check_message(refused(options_for(gml)), ErrorKind::input, {"'a.gml'", "GDAL says: '"});
}

TEST_CASE("Shapefiles without their other files are refused with what to copy") {
  auto const folder = shared("data/invalid/wegenregister_hostile");
  if (folder.empty()) return;
  for (char const* name : {"polygon.shp", "empty-polygon.shp", "point.shp", "polygon-ccw.shp",
                           "ShapeFeatureReader/dbf-more-than-shp/eWegknoop.shp"})
    check_message(refused(options_for(folder / name)), ErrorKind::input,
                  {".shx", "copy all its files", "GDAL says: '"});
  check_message(refused(options_for(folder / "empty.zip")), ErrorKind::input, {"'empty.zip'", "damaged"});
}

TEST_CASE("A shapefile without its table is read by feature id") {
  TempDir const dir;
  auto const path = dir.path() / "a.shp";
  make_source(path, "ESRI Shapefile", "a", 31370, {{"use", OFTString}}, {{square, {"farm"}}});
  fs::remove(dir.path() / "a.dbf");
  Issues issues;
  CHECK(read_layer(options_for(path), issues).layer.id == std::vector<std::string>{"0"});
}

TEST_CASE("A shapefile whose table has fewer rows than shapes is refused") {
  TempDir const dir;
  auto const path = dir.path() / "a.shp", shorter = dir.path() / "b.shp";
  make_source(path, "ESRI Shapefile", "a", 31370, {{"use", OFTString}}, {{square, {"a"}}, {square, {"b"}}});
  make_source(shorter, "ESRI Shapefile", "b", 31370, {{"use", OFTString}}, {{square, {"a"}}});
  fs::copy_file(dir.path() / "b.dbf", dir.path() / "a.dbf", fs::copy_options::overwrite_existing);
  ReadOptions options = options_for(path);
  options.all_fields = true;
  CHECK(refused(options).kind == ErrorKind::input);
  CHECK_FALSE(refused(options).text.empty());
}
