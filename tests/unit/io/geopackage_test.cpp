#include "terrein/io/geopackage.hpp"

#include <cmath>
#include <limits>

#include "io_fixtures.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

char const* const qml = R"xml(<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Fields">
 <renderer-v2 type="categorizedSymbol" attr="verdict">
  <categories><category symbol="0" value="yes" label="Yes" render="true"/><category symbol="1" value="" label="Other" render="true"/></categories>
  <symbols>
   <symbol name="0" type="fill" alpha="1"><layer class="SimpleFill"><Option type="Map"><Option name="color" type="QString" value="68,1,84,255"/></Option></layer></symbol>
   <symbol name="1" type="fill" alpha="1"><layer class="SimpleFill"><Option type="Map"><Option name="color" type="QString" value="59,82,139,255"/></Option></layer></symbol>
  </symbols>
 </renderer-v2>
 <aliases><alias field="score" index="0" name="Score (0-100)"/></aliases>
</qgis>)xml";

/// Everything a GeoPackage of ours can hold. The layers point at shapes that must live as long.
struct Sample {
  Layer sites = grid_of_parcels(3, 2, 50), empty = layer_of({});
  Layer lines = layer_of({"LINESTRING(0 0,5 5)", "MULTILINESTRING((0 0,1 0),(2 2,3 3))"});
  Layer points = layer_of({"POINT(1 2)", "MULTIPOINT((3 4),(5 6))"});
  GeoPackage content;

  Sample() {
    GeometryBuilder(sites.geometry).end_row(GeometryKind::null);
    GeometryBuilder(sites.geometry).end_row(GeometryKind::empty);
    content.time = "2026-01-31T12:00:00.000Z";
    content.manifest = R"({"run":"é"})";
    content.domains = {{"verdict", {{"yes", "Suitable"}, {"no", "Not suitable"}}}};
    content.layers.push_back(main_layer());
    content.layers.push_back(layer("empty", ShapeType::polygon, empty.geometry, 0));
    content.layers.push_back(layer("roads", ShapeType::line, lines.geometry, 2));
    content.layers.push_back(layer("stations", ShapeType::point, points.geometry, 2));
    OutputLayer table;
    table.name = "details";
    table.title = "Details";
    table.table = Table(1);
    TextColumn note("note");
    note.push("it's \"quoted\"");
    table.table.add(note);
    content.layers.push_back(std::move(table));
  }

  OutputLayer layer(std::string const& name, ShapeType shape, GeometryColumn const& shapes, std::size_t rows) const {
    OutputLayer out;
    out.name = name;
    out.title = "Same title";
    out.shape = shape;
    out.geometry = &shapes;
    out.crs = crs_from("EPSG:31370");
    out.table = Table(rows);
    return out;
  }

  OutputLayer main_layer() const {
    OutputLayer out = layer("sites", ShapeType::polygon, sites.geometry, 8);
    out.title = "Sites & <places>";
    out.description = "All sites";
    out.licence = "© Someone & Co";
    out.qml = qml;
    out.style_name = "Verdict";
    out.extra_styles = {{"Plain", "one colour", qml}};
    Column<double> score("score", 8);
    Column<std::int64_t> count("count", 8);
    TextColumn verdict("verdict");
    for (std::size_t i = 0; i < 8; ++i) {
      if (i % 2 == 0) score.set(i, 0.1 * static_cast<double>(i));
      count.set(i, 9007199254740993 + static_cast<std::int64_t>(i));
      verdict.push(i == 3 ? std::nullopt : std::optional<std::string_view>(i < 5 ? "yes" : "no"));
    }
    score.set(7, std::numeric_limits<double>::quiet_NaN());
    score.set(5, -0.0);
    out.table.add(score);
    out.table.add(count);
    out.table.add(verdict);
    out.fields = {{"score", {"Score", "0 to 100", ""}},
                  {"count", {"Score", "same alias", ""}},
                  {"verdict", {"", "", "verdict"}},
                  {"absent", {"Not there", "", ""}}};
    return out;
  }
};

}  // namespace

TEST_CASE("What is written to a GeoPackage is read back, fid = row + 1") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  Sample const sample;
  write_geopackage(path.string(), sample.content);
  ReadOptions options = options_for(path);
  options.layer = "sites";
  options.all_fields = true;
  Issues issues;
  ReadResult const back = read_layer(options, issues);
  OutputLayer const& written = sample.content.layers[0];
  CHECK(issues.size() == 0);
  CHECK(back.layer.crs.authority == "EPSG:31370");
  CHECK(back.layer.id == std::vector<std::string>{"1", "2", "3", "4", "5", "6", "7", "8"});
  CHECK(back.layer.attributes.names() == written.table.names());
  CHECK(back.layer.geometry.xy == sample.sites.geometry.xy);
  CHECK(back.layer.geometry.kind[6] == GeometryKind::null);
  CHECK(back.layer.geometry.kind[7] == GeometryKind::null);
  for (std::size_t row = 0; row < 7; ++row)
    for (std::string const& name : written.table.names())
      CHECK(text_at(*back.layer.attributes.find(name), row) == text_at(*written.table.find(name), row));
  CHECK_FALSE(text_at(*back.layer.attributes.find("score"), 7).has_value());  // NaN is unknown
  CHECK(list_layers(path.string()) == std::vector<std::string>{"sites", "empty", "roads", "stations"});
  for (char const* name : {"roads", "stations"}) {
    options.layer = name;
    CHECK(read_layer(options, issues).layer.geometry.xy ==
          (name == std::string("roads") ? sample.lines : sample.points).geometry.xy);
  }
}

TEST_CASE("The same content gives the same bytes, and leaves nothing beside the file") {
  TempDir const dir;
  Sample const sample;
  write_geopackage((dir.path() / "a.gpkg").string(), sample.content);
  write_geopackage((dir.path() / "b.gpkg").string(), Sample().content);
  CHECK(read_file(dir.path() / "a.gpkg") == read_file(dir.path() / "b.gpkg"));
  CHECK(fingerprint(dir.path()).size() == 2);
}

TEST_CASE("The tables that make a GeoPackage native to QGIS are there") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  write_geopackage(path.string(), Sample().content);
  CHECK(sql(path, "SELECT count(*) FROM layer_styles WHERE f_table_schema = '' AND f_geometry_column = 'geom'") == "2");
  CHECK(sql(path, "SELECT styleName FROM layer_styles WHERE useAsDefault = 1") == "Verdict");
  CHECK(sql(path, "SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'") == "attributes");
  CHECK(sql(path, "SELECT data_type FROM gpkg_contents WHERE table_name = 'details'") == "attributes");
  CHECK(sql(path, "SELECT identifier FROM gpkg_contents WHERE table_name = 'sites'") == "Sites & <places>");
  CHECK(sql(path, "SELECT identifier FROM gpkg_contents WHERE table_name = 'empty'") == "Same title");
  CHECK(sql(path, "SELECT identifier FROM gpkg_contents WHERE table_name = 'roads'") == "roads");
  CHECK(sql(path, "SELECT name FROM gpkg_data_columns WHERE column_name = 'score'") == "Score");
  CHECK(sql(path, "SELECT name FROM gpkg_data_columns WHERE column_name = 'count'") == "Score (count)");
  CHECK(sql(path, "SELECT constraint_name FROM gpkg_data_columns WHERE column_name = 'verdict'") == "verdict");
  CHECK(sql(path, "SELECT metadata FROM gpkg_metadata WHERE mime_type = 'application/json'") == R"({"run":"é"})");
  CHECK(sql(path, "SELECT count(*) FROM gpkg_metadata_reference WHERE timestamp = '2026-01-31T12:00:00.000Z'") == "5");
  CHECK(sql(path, "SELECT count(*) FROM gpkg_contents WHERE last_change = '2026-01-31T12:00:00.000Z'") == "6");
  CHECK(sql(path, "SELECT min_x FROM gpkg_contents WHERE table_name = 'empty'") == "NULL");
  CHECK(sql(path, "SELECT count(*) FROM rtree_sites_geom") == "6");
  CHECK(sql(path, "PRAGMA integrity_check") == "ok");
  CHECK(sql(path, "PRAGMA foreign_key_check").empty());
  CHECK(sql(path, "PRAGMA journal_mode") == "delete");
}

TEST_CASE("GDAL opens the file without a warning, sees the domain, and keeps index and count when it edits") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  write_geopackage(path.string(), Sample().content);
  gdal::register_drivers();
  {
    gdal::CplErrorScope const said;
    gdal::Dataset const dataset(GDALOpenEx(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE, nullptr, nullptr, nullptr));
    REQUIRE(dataset != nullptr);
    OGRLayerH const layer = GDALDatasetGetLayerByName(dataset.get(), "sites");
    REQUIRE(layer != nullptr);
    CHECK(OGR_L_GetFeatureCount(layer, FALSE) == 8);
    CHECK(OGR_L_TestCapability(layer, OLCFastSpatialFilter) != 0);
    OGRFeatureDefnH const definition = OGR_L_GetLayerDefn(layer);
    CHECK(gdal::text_of(OGR_Fld_GetDomainName(
              OGR_FD_GetFieldDefn(definition, OGR_FD_GetFieldIndex(definition, "verdict")))) == "verdict");
    CHECK(GDALDatasetGetFieldDomain(dataset.get(), "verdict") != nullptr);
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset.get()); ++i)
      while (gdal::Feature const row{OGR_L_GetNextFeature(GDALDatasetGetLayer(dataset.get(), i))}) {
      }
    OGR_L_SetSpatialFilterRect(layer, 100010, 200010, 100020, 200020);
    CHECK(OGR_L_GetFeatureCount(layer, TRUE) == 1);
    CHECK(OGR_L_DeleteFeature(layer, 1) == OGRERR_NONE);
    INFO(said.sentence());
    CHECK(said.empty());
  }
  CHECK(sql(path, "SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = 'sites'") == "7");
  CHECK(sql(path, "SELECT count(*) FROM rtree_sites_geom") == "5");
}

TEST_CASE("A CRS without a code is stored by definition") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  Sample sample;
  Crs const own =
      crs_from("+proj=tmerc +lat_0=50.5 +lon_0=4.25 +k=1 +x_0=1234 +y_0=4321 +ellps=GRS80 +units=m +type=crs");
  for (OutputLayer& layer : sample.content.layers) layer.crs = own;
  write_geopackage(path.string(), sample.content);
  CHECK(sql(path, "SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = 'sites'") == "100001");
  ReadOptions options = options_for(path);
  options.layer = "sites";
  Issues issues;
  CHECK(same_crs(read_layer(options, issues).layer.crs, own));
}

TEST_CASE("The checkers find no fault in a GeoPackage of ours") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  write_geopackage(path.string(), Sample().content);
  check_with("gpkg_check.py", "--strict --gdal --srs 31370 --need-rtree --need-style sites " + path.string());
  auto const before = fingerprint(dir.path());
  check_with("qgis_open.py",
             "--crs EPSG:31370 --style sites=categorizedSymbol --attr sites=verdict "
             "--alias 'sites.score=Score (0-100)' --allow-unstyled empty,roads,stations --layers "
             "sites,roads,stations " +
                 path.string());
  CHECK(fingerprint(dir.path()) == before);
}

TEST_CASE("Two layers of one name are refused before anything is written") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  for (char const* name : {"roads", "Roads"}) {  // SQLite does not tell capitals from small letters
    Sample sample;
    sample.content.layers[3].name = name;
    Thrown const thrown = error_of([&] { write_geopackage(path.string(), sample.content); });
    CHECK(thrown.kind == ErrorKind::internal);
    CHECK(thrown.text ==
          "Two layers of the result are called '" + std::string(name) + "'; each needs a name of its own.");
    CHECK_FALSE(fs::exists(path));
  }
}

TEST_CASE("A GeoPackage that cannot be written is an error and leaves no file") {
  TempDir const dir;
  Sample sample;
  Thrown thrown = error_of([&] { write_geopackage("/no/such/folder/a.gpkg", sample.content); });
  CHECK(thrown.kind == ErrorKind::output);
  CHECK(has_text(thrown.text, "'/no/such/folder/a.gpkg' could not be written: unable to open database file"));
  auto const path = dir.path() / "a.gpkg";
  sample.content.layers[2].shape = ShapeType::polygon;  // lines in a layer of polygons
  thrown = error_of([&] { write_geopackage(path.string(), sample.content); });
  CHECK(thrown.kind == ErrorKind::internal);
  CHECK(has_text(thrown.text, "'roads' is a line"));
  CHECK_FALSE(fs::exists(path));
  write_file(path, "mine");
  thrown = error_of([&] { write_geopackage(path.string(), Sample().content); });
  CHECK(thrown.kind == ErrorKind::output);
  CHECK(has_text(thrown.text, "exists already"));
  CHECK(read_file(path) == "mine");
}
