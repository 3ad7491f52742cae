#include "terrein/io/geojson.hpp"

#include <cmath>
#include <limits>

#include "io_fixtures.hpp"
#include "terrein/geometry/validity.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

OutputLayer output_of(Layer const& layer, ShapeType shape) {
  OutputLayer out;
  out.name = layer.name;
  out.title = "Sites \"here\"";
  out.shape = shape;
  out.geometry = &layer.geometry;
  out.crs = layer.crs;
  out.table = Table(layer.size());
  TextColumn id("site_id");
  for (std::string const& text : layer.id) id.push("S" + text);
  out.table.add(id);
  return out;
}

/// The ids of `output_of`, as the layer of a result has them beside its table.
std::vector<std::string> ids_of(Layer const& layer) {
  std::vector<std::string> out;
  for (std::string const& text : layer.id) out.push_back("S" + text);
  return out;
}

nlohmann::json written(fs::path const& path, Layer const& layer, OutputLayer const& out, Issues& issues) {
  write_geojson(path.string(), out, ids_of(layer), issues);
  return nlohmann::json::parse(read_file(path));
}

}  // namespace

TEST_CASE("GeoJSON lies where it must, within a centimetre, with ids, bbox and properties") {
  TempDir const dir;
  // The control point of EPSG:31370 is not needed: the centre of Brussels' Grand-Place lies at 4.3525 E, 50.8467 N.
  Layer layer = layer_of({"POLYGON((148900 170600,149000 170600,149000 170700,148900 170700,148900 170600),"
                          "(148950 170650,148950 170660,148960 170660,148950 170650))"},
                         "sites");
  OutputLayer out = output_of(layer, ShapeType::polygon);
  Column<double> score("score", 1), unknown("unknown", 1), nan("nan", 1);
  score.set(0, 0.1);
  nan.set(0, std::numeric_limits<double>::infinity());
  Column<std::int64_t> count("count", 1);
  count.set(0, -3);
  TextColumn text("why");
  text.push("\"a\"\n\x01 é\\ \xff");
  for (AnyColumn const& column : std::vector<AnyColumn>{score, unknown, nan, count, text}) out.table.add(column);
  Issues issues;
  auto const json = written(dir.path() / "a.geojson", layer, out, issues);
  CHECK(issues.size() == 0);
  CHECK(json["features"].size() == 1);
  auto const feature = json["features"][0];
  CHECK(feature["id"] == "S1");
  CHECK(feature["geometry"]["type"] == "MultiPolygon");
  auto const shell = feature["geometry"]["coordinates"][0][0];
  REQUIRE(shell.size() == 5);
  CHECK(shell[0] == shell[4]);
  CHECK(json["bbox"][0].get<double>() == Approx(4.352).margin(0.005));
  CHECK(json["bbox"][1].get<double>() == Approx(50.846).margin(0.005));
  CHECK(json["bbox"][2] > json["bbox"][0]);
  CHECK(json["bbox"][3] > json["bbox"][1]);
  CHECK(feature["geometry"]["coordinates"][0].size() == 2);  // the hole is there
  auto const properties = feature["properties"];
  CHECK(properties["score"] == 0.1);
  CHECK(properties["unknown"].is_null());
  CHECK(properties["nan"].is_null());
  CHECK(properties["count"] == -3);
  CHECK(properties["why"] == "\"a\"\n\x01 é\\ \xef\xbf\xbd");  // bytes that are no UTF-8 become U+FFFD
  CHECK(has_text(read_file(dir.path() / "a.geojson"),
                 R"("properties":{"site_id":"S1","score":0.1,"unknown":null,"nan":null,"count":-3,"why":)"));
}

TEST_CASE("All shapes are multi-types; null shapes are null; rows keep their order") {
  TempDir const dir;
  Layer layer = layer_of({"POINT(150000 170000)", "MULTIPOINT((150000 170000),(150010 170000))"}, "points");
  GeometryBuilder(layer.geometry).end_row(GeometryKind::null);
  GeometryBuilder(layer.geometry).end_row(GeometryKind::empty);
  layer.id = {"b", "a", "d", "c"};
  Issues issues;
  auto const json = written(dir.path() / "a.geojson", layer, output_of(layer, ShapeType::point), issues);
  CHECK(json["features"][0]["geometry"]["type"] == "MultiPoint");
  CHECK(json["features"][1]["geometry"]["coordinates"].size() == 2);
  CHECK(json["features"][2]["geometry"].is_null());
  CHECK(json["features"][3]["geometry"].is_null());
  CHECK(json["features"][0]["id"] == "Sb");
  CHECK(issues.size() == 0);
  Layer const lines = layer_of({"LINESTRING(150000 170000,150010 170000)"}, "lines");
  CHECK(written(dir.path() / "b.geojson", lines, output_of(lines, ShapeType::line),
                issues)["features"][0]["geometry"]["type"] == "MultiLineString");
}

TEST_CASE("Feature ids do not depend on which columns are written") {
  TempDir const dir;
  Layer const layer = layer_of({"POINT(150000 170000)", "POINT(150010 170000)"}, "points");
  OutputLayer out = output_of(layer, ShapeType::point);
  out.table = Table(2);  // no column is left of the two points
  Issues issues;
  auto const json = written(dir.path() / "a.geojson", layer, out, issues);
  CHECK(json["features"][0]["id"] == "S1");
  CHECK(json["features"][1]["id"] == "S2");
  CHECK(json["features"][1]["properties"].empty());
}

TEST_CASE("Ids that do not fit the rows, or stand twice, are refused before anything is written") {
  TempDir const dir;
  Layer const layer = layer_of({"POINT(150000 170000)", "POINT(150010 170000)"}, "points");
  OutputLayer const out = output_of(layer, ShapeType::point);
  auto const fault = [&](std::vector<std::string> const& ids) {
    Issues issues;
    return error_of([&] { write_geojson((dir.path() / "a.geojson").string(), out, ids, issues); });
  };
  auto const few = fault({"a"}), twice = fault({"a", "a"});
  CHECK(few.kind == ErrorKind::internal);
  CHECK(has_text(few.text, "'points' has 2 rows and 1 ids"));
  CHECK(twice.kind == ErrorKind::internal);
  CHECK(has_text(twice.text, "has the id 'a' twice"));
  CHECK_FALSE(fs::exists(dir.path() / "a.geojson"));
}

TEST_CASE("Title, description and licence are members of the collection, and absent when empty") {
  TempDir const dir;
  Layer const layer = layer_of({"POINT(150000 170000)"}, "points");
  OutputLayer out = output_of(layer, ShapeType::point);
  Issues issues;
  auto const bare = written(dir.path() / "a.geojson", layer, out, issues);
  CHECK_FALSE(bare.contains("description"));
  CHECK_FALSE(bare.contains("licence"));
  out.description = "Startgewichten, \"niet\" vastgesteld.";
  out.licence = "© Someone";
  auto const full = written(dir.path() / "b.geojson", layer, out, issues);
  CHECK(full["title"] == "Sites \"here\"");
  CHECK(full["description"] == "Startgewichten, \"niet\" vastgesteld.");
  CHECK(full["licence"] == "© Someone");
}

TEST_CASE("A shape smaller than the grid is written as null with an issue") {
  TempDir const dir;
  Layer const layer = layer_of({"POLYGON((150000 170000,150000.0001 170000,150000 170000.0001,150000 170000))",
                                "POLYGON((150000 170000,150010 170000,150000 170010,150000 170000))"},
                               "sites");
  Issues issues;
  auto const json = written(dir.path() / "a.geojson", layer, output_of(layer, ShapeType::polygon), issues);
  CHECK(json["features"][0]["geometry"].is_null());
  CHECK_FALSE(json["features"][1]["geometry"].is_null());
  REQUIRE(codes(issues) == std::vector<std::string>{"vanished_shape"});
  CHECK(issues.rows()[0].feature_id == "S1");
}

TEST_CASE("A layer without shapes, without rows or without ids is still GeoJSON") {
  TempDir const dir;
  Layer const none = layer_of({}, "none");
  Issues issues;
  auto const json = written(dir.path() / "a.geojson", none, output_of(none, ShapeType::polygon), issues);
  CHECK(json["features"].empty());
  CHECK_FALSE(json.contains("bbox"));
  OutputLayer table;
  table.name = "table";
  table.table = Table(1);
  write_geojson((dir.path() / "b.geojson").string(), table, {}, issues);
  auto const plain = nlohmann::json::parse(read_file(dir.path() / "b.geojson"));
  CHECK(plain["features"][0]["geometry"].is_null());
  CHECK_FALSE(plain["features"][0].contains("id"));
}

TEST_CASE("The checker finds no fault in GeoJSON of ours") {
  TempDir const dir;
  Layer layer = grid_of_parcels(40, 25, 7.3);  // sides that no grid of degrees holds exactly
  append_wkt(layer.geometry, "POLYGON((100400 200000,100500 200000,100500 200100,100400.01 200000.02,100400 200000))");
  layer.id.push_back("x");
  layer.name = "sites";
  OutputLayer out = output_of(layer, ShapeType::polygon);
  out.description = "Starting weights";
  out.licence = "© Someone";
  Issues issues;
  auto const path = dir.path() / "a.geojson";
  TransformInfo const info = write_geojson(path.string(), out, ids_of(layer), issues);
  CHECK_FALSE(info.name.empty());
  check_with("geojson_rfc7946.py",
             "--strict --validity --require-id --require-bbox --same-properties --within "
             "2.5,49.4,6.5,51.6 " +
                 path.string());
  write_geojson((dir.path() / "b.geojson").string(), out, ids_of(layer), issues);
  CHECK(read_file(path) == read_file(dir.path() / "b.geojson"));
}

TEST_CASE("Real parcels in feet come out valid") {
  auto const source = shared("data/parcels_zoning/forest_city_nc_2264.gpkg");
  if (source.empty()) return;
  TempDir const dir;
  ReadOptions options = options_for(source);
  if (auto const layers = list_layers(source.string()); layers.size() > 1) options.layer = layers.front();
  Issues issues;
  Layer layer = read_layer(options, issues).layer;
  auto const faults = validity(layer.geometry, 1);
  std::vector<Row> valid;
  for (std::size_t row = 0; row < layer.size(); ++row)
    if (!faults[row]) valid.push_back(static_cast<Row>(row));
  layer = take(layer, valid);
  layer.name = "parcels";
  auto const path = dir.path() / "a.geojson";
  write_geojson(path.string(), output_of(layer, ShapeType::polygon), ids_of(layer), issues);
  check_with("geojson_rfc7946.py",
             "--strict --validity --require-id --require-bbox --within=-82.2,35.1,-81.6,35.5 " + path.string());
}
