// Rows of a source written unchanged: GDAL reads the source and the result, and compares them.
#include <cmath>

#include "io_fixtures.hpp"
#include "terrein/io/geopackage.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

std::string const square = "POLYGON((0 0,10 0,10 10,0 10,0 0))";

ReadResult read_original(fs::path const& path, ReadOptions options, Issues& issues) {
  options.path = path.string();
  options.keep_original = true;
  return read_layer(options, issues);
}

/// Writes the rows beside one ordinary table, as `layer`_original.
void write_rows(fs::path const& path, OriginalRows const& rows, std::vector<std::string> const& ids) {
  GeoPackage content;
  content.time = "2026-01-31T12:00:00.000Z";
  OutputLayer table;
  table.name = "main";
  content.layers.push_back(std::move(table));
  OriginalLayer original{"toy_original", "Toy (as delivered)", "", &rows, TextColumn("terrein_id")};
  for (std::string const& id : ids) original.id.push(id);
  content.originals.push_back(std::move(original));
  write_geopackage(path.string(), content);
}

std::string wkb_of(OGRFeatureH feature) {
  OGRGeometryH const shape = OGR_F_GetGeometryRef(feature);
  if (shape == nullptr) return "null";
  std::string out(static_cast<std::size_t>(OGR_G_WkbSize(shape)), '\0');
  OGR_G_ExportToIsoWkb(shape, wkbNDR, reinterpret_cast<unsigned char*>(out.data()));
  return out;
}

std::string value_of(OGRFeatureH feature, int at, OGRFieldDefnH field) {
  if (OGR_F_IsFieldSetAndNotNull(feature, at) == 0) return "null";
  if (OGR_Fld_GetType(field) != OFTReal) return OGR_F_GetFieldAsString(feature, at);
  return fmt::format("{}", OGR_F_GetFieldAsDouble(feature, at));  // the shortest text that gives the same number
}

/// The fields of a feature that a source has, by name: type, subtype and value as GDAL shows them.
std::vector<std::string> values_of(OGRFeatureH feature, OGRFeatureDefnH names) {
  std::vector<std::string> out;
  for (int i = 0; i < OGR_FD_GetFieldCount(names); ++i) {
    int const at = OGR_F_GetFieldIndex(feature, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(names, i)));
    REQUIRE(at >= 0);
    OGRFieldDefnH const field = OGR_F_GetFieldDefnRef(feature, at);
    out.push_back(gdal::text_of(OGR_Fld_GetNameRef(field)) + " " + OGR_GetFieldTypeName(OGR_Fld_GetType(field)) + " " +
                  OGR_GetFieldSubTypeName(OGR_Fld_GetSubType(field)) + " " + value_of(feature, at, field));
  }
  return out;
}

gdal::Dataset open(fs::path const& path) {
  gdal::register_drivers();
  gdal::Dataset dataset(GDALOpenEx(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, nullptr, nullptr));
  REQUIRE(dataset != nullptr);
  return dataset;
}

/// Every row of the source's first layer stands in the result with the same bytes and values. Returns their number.
std::size_t compare(fs::path const& source, fs::path const& result) {
  gdal::Dataset const a = open(source), b = open(result);
  OGRLayerH const from = GDALDatasetGetLayer(a.get(), 0), to = GDALDatasetGetLayerByName(b.get(), "toy_original");
  REQUIRE(to != nullptr);
  OGRSpatialReferenceH const srs = OGR_L_GetSpatialRef(from);
  CHECK(OSRIsSame(srs, OGR_L_GetSpatialRef(to)) != 0);
  std::size_t rows = 0;
  while (gdal::Feature const one{OGR_L_GetNextFeature(from)}) {
    gdal::Feature const other(OGR_L_GetNextFeature(to));
    REQUIRE(other != nullptr);
    CHECK(wkb_of(one.get()) == wkb_of(other.get()));
    CHECK(values_of(one.get(), OGR_L_GetLayerDefn(from)) == values_of(other.get(), OGR_L_GetLayerDefn(from)));
    ++rows;
  }
  CHECK(OGR_L_GetNextFeature(to) == nullptr);
  return rows;
}

}  // namespace

TEST_CASE("Shapes and attributes of every type come back as they were delivered") {
  TempDir const dir;
  auto const source = dir.path() / "source.gpkg", result = dir.path() / "result.gpkg";
  make_source(
      source, "GPKG", "toy", 28992,
      {{"Naam", OFTString},
       {"n", OFTInteger},
       {"big", OFTInteger64},
       {"x", OFTReal},
       {"day", OFTDate},
       {"at", OFTDateTime},
       {"raw", OFTBinary}},
      {{square, {"Čafé 'x'", "-7", "9007199254740993", "0.1", "2026/01/31", "2026/01/31 12:30:15.250+00", "00FF"}},
       {"", {"", "", "", "", "", "", ""}},
       {"POLYGON EMPTY", {" spaces ", "0", "0", "-0.5", "1899/12/31", "1970/01/01 00:00:00+00", ""}},
       {"POINT EMPTY"},
       {"POLYGON((0 0,10 10,10 0,0 10,0 0))"},
       {"POLYGON((0 0,0 10,10 10,10 0,0 0))"},
       {"MULTIPOLYGON ZM(((0 0 1 2,4 0 3 4,4 4 5 6,0 0 7 8)))"},
       {"POINT Z(1 2 3)"},
       {"CURVEPOLYGON(COMPOUNDCURVE(CIRCULARSTRING(0 0,5 5,10 0),(10 0,0 0)))"},
       {"MULTISURFACE(CURVEPOLYGON(CIRCULARSTRING(100 0,0 100,-100 0,0 -100,100 0)),((500 0,510 0,510 10,500 0)))"},
       {"GEOMETRYCOLLECTION(POINT(1 1),GEOMETRYCOLLECTION(LINESTRING(0 0,1 1)))"},
       {"MULTIPOLYGON(EMPTY,((0 0,4 0,4 4,0 0)))"}});
  sql(source,
      "ALTER TABLE toy ADD COLUMN flag BOOLEAN; ALTER TABLE toy ADD COLUMN small SMALLINT; ALTER TABLE toy ADD "
      "COLUMN light FLOAT; UPDATE toy SET flag = fid % 2, small = fid, light = 1.5 WHERE fid <> 2");
  Issues issues;
  ReadOptions options = options_for(source);
  options.fields = {"Naam"};
  ReadResult const read = read_original(source, options, issues);
  REQUIRE(read.original);
  CHECK(read.layer.attributes.names() == std::vector<std::string>{"Naam"});
  write_rows(result, *read.original, read.layer.id);
  CHECK(compare(source, result) == 12);
  CHECK(sql(result, "SELECT group_concat(terrein_id) FROM toy_original") == "1,2,3,4,5,6,7,8,9,10,11,12");
  CHECK(sql(result,
            "SELECT geometry_type_name || z || m FROM gpkg_geometry_columns WHERE table_name = "
            "'toy_original'") == "GEOMETRY22");
  CHECK(sql(result,
            "SELECT group_concat(extension_name, ' ') FROM (SELECT * FROM gpkg_extensions WHERE table_name = "
            "'toy_original' AND extension_name LIKE 'gpkg_geom%' ORDER BY 1)") ==
        "gpkg_geom_CIRCULARSTRING gpkg_geom_COMPOUNDCURVE gpkg_geom_CURVEPOLYGON gpkg_geom_MULTISURFACE");
  CHECK(sql(result, "SELECT count(*) FROM rtree_toy_original_geom") == "9");
  check_with("gpkg_check.py", "--allow-invalid --need-rtree " + result.string());
}

TEST_CASE("The box of an arc is that of the arc, not of the points that it is given by") {
  TempDir const dir;
  auto const source = dir.path() / "s.gpkg", result = dir.path() / "r.gpkg";
  make_source(source, "GPKG", "toy", 31370, {}, {{"CURVEPOLYGON(CIRCULARSTRING(100 0,-100 0,100 0))"}});
  Issues issues;
  ReadResult const read = read_original(source, options_for(source), issues);
  write_rows(result, *read.original, read.layer.id);
  CHECK(compare(source, result) == 1);
  CHECK(sql(result, "SELECT miny || ' ' || maxy FROM rtree_toy_original_geom") == "-100.0 100.0");
  CHECK(sql(result, "SELECT min_y || ' ' || max_y FROM gpkg_contents WHERE table_name = 'toy_original'") ==
        "-100.0 100.0");
}

TEST_CASE("A shapefile and a GeoJSON keep their types; dates without a zone, times and lists become texts") {
  TempDir const dir;
  auto const shp = dir.path() / "toy.shp", json = dir.path() / "toy.geojson";
  make_source(shp, "ESRI Shapefile", "toy", 31370, {{"CAPAKEY", OFTString}, {"OPP", OFTReal}, {"D", OFTDate}},
              {{square, {"11001A", "12.5", "2024/02/29"}}, {square, {"", "", ""}}, {"", {"x", "1", ""}}});
  Issues issues;
  ReadResult const a = read_original(shp, options_for(shp), issues);
  write_rows(dir.path() / "a.gpkg", *a.original, a.layer.id);
  CHECK(compare(shp, dir.path() / "a.gpkg") == 3);
  CHECK(sql(dir.path() / "a.gpkg", "SELECT geometry_type_name FROM gpkg_geometry_columns") == "POLYGON");

  write_file(json, R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"ok":true,
    "at":"2026-01-31T12:30:15","utc":"2026-01-31T12:30:15Z","list":["a","b"],"t":"12:30:15"},"geometry":
    {"type":"Point","coordinates":[4.1,51.2,7]}}]})");
  ReadResult const b = read_original(json, options_for(json), issues);
  write_rows(dir.path() / "b.gpkg", *b.original, b.layer.id);
  auto const value = [&](std::string const& column) {
    return sql(dir.path() / "b.gpkg", "SELECT typeof(" + column + ") || ' ' || " + column + " FROM toy_original");
  };
  CHECK(value("ok") == "integer 1");
  CHECK(value("at") == "text 2026-01-31T12:30:15");
  CHECK(value("utc") == "text 2026-01-31T12:30:15.000Z");
  CHECK(value("list") == "text [\"a\",\"b\"]");
  CHECK(value("t") == "text 12:30:15");
  auto const type = [&](std::string const& column) {
    return sql(dir.path() / "b.gpkg",
               "SELECT type FROM pragma_table_info('toy_original') WHERE name = '" + column + "'");
  };
  CHECK(type("ok") == "BOOLEAN");
  CHECK(type("at") == "TEXT");
  CHECK(type("utc") == "DATETIME");
  check_with("gpkg_check.py", "--strict --need-rtree " + (dir.path() / "b.gpkg").string());
}

TEST_CASE("Feature ids stay keys; names that SQLite cannot tell apart get a number; a filter leaves rows out") {
  TempDir const dir;
  auto const source = dir.path() / "s.gpkg", result = dir.path() / "r.gpkg";
  make_source(source, "GPKG", "toy", 31370, {{"terrein_id", OFTString}, {"use", OFTString}},
              {{square, {"own", "a"}}, {square, {"own", "b"}}, {"POINT(5 5)", {"own", "a"}}});
  sql(source, "UPDATE toy SET fid = fid + 40");
  ReadOptions options = options_for(source);
  options.where = "use = 'a'";
  Issues issues;
  ReadResult const read = read_original(source, options, issues);
  write_rows(result, *read.original, read.layer.id);
  CHECK(sql(result, "SELECT group_concat(fid || terrein_id || terrein_id_2 || use) FROM toy_original") ==
        "41own41a,43own43a");
  CHECK(sql(result, "SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = 'toy_original'") == "2");

  auto const csv = dir.path() / "c.csv";
  write_file(csv, "WKT,geom,FID,b\n\"POINT(1 2)\",g,17,q\n");
  options = options_for(csv);
  options.crs = "EPSG:31370";
  ReadResult const table = read_original(csv, options, issues);
  write_rows(dir.path() / "c.gpkg", *table.original, {"1"});
  CHECK(sql(dir.path() / "c.gpkg", "SELECT geom || FID || b || fid_2 FROM toy_original") == "g17q1");
  CHECK(sql(dir.path() / "c.gpkg", "SELECT column_name FROM gpkg_geometry_columns") == "geom_2");
}

TEST_CASE("What cannot be kept is null and told: bytes that are no shape, texts in number fields") {
  TempDir const dir;
  auto const source = dir.path() / "s.gpkg", result = dir.path() / "r.gpkg";
  make_source(source, "GPKG", "toy", 31370, {{"x", OFTReal}}, {{square, {"1"}}, {square, {"2"}}});
  sql(source, "UPDATE toy SET geom = x'00112233445566778899', x = 'circa 12' WHERE fid = 2");
  Issues issues;
  ReadResult const read = read_original(source, options_for(source), issues);
  write_rows(result, *read.original, read.layer.id);
  CHECK(sql(result, "SELECT count(*) FROM toy_original WHERE geom IS NULL AND x IS NULL") == "1");
  auto const told = codes(issues);
  CHECK(std::count(told.begin(), told.end(), "unreadable_geometry") == 1);
  CHECK(std::count(told.begin(), told.end(), "original_not_a_number") == 1);
}

TEST_CASE("Real layers come back byte for byte") {
  for (char const* name : {"invalid/ogc_gpkg/null_geometry.gpkg", "parcels_zoning/forest_city_nc_2264.gpkg",
                           "belgium/gemeente_shp/gemeente.shp", "netherlands/vaarwegvakken_28992.gpkg"}) {
    auto const source = shared(std::string("data/") + name);
    if (source.empty()) continue;
    TempDir const dir;
    ReadOptions options = options_for(source);
    options.layer = list_layers(source.string()).front();
    Issues issues;
    ReadResult const read = read_original(source, options, issues);
    write_rows(dir.path() / "r.gpkg", *read.original, read.layer.id);
    INFO(name);
    CHECK(compare(source, dir.path() / "r.gpkg") == read.layer.size());
    check_with("gpkg_check.py", "--allow-invalid --need-rtree " + (dir.path() / "r.gpkg").string());
  }
}
