// A whole run, started inside the folder of its inputs, changes nothing there.
#include "small_world.hpp"
#include "support/catch.hpp"
#include "support/folder_state.hpp"
#include "support/sqlite_rows.hpp"
#include "unit/io/io_fixtures.hpp"

using namespace terrein::test;

TEST_CASE("a run over layers of every format leaves its inputs as they were", "[cli]") {
  SmallWorld const world;
  auto const inputs = world.path("inputs");
  fs::create_directories(inputs);
  fs::rename(world.path("parcels.geojson"), inputs / "parcels.geojson");
  fs::rename(world.path("flood.geojson"), inputs / "flood.geojson");
  fs::rename(world.path("rail.geojson"), inputs / "rail.geojson");
  for (char const* name : {"parcels", "flood", "rail"})
    world.edit("study.toml", "\"" + std::string(name) + ".geojson\"", "\"inputs/" + std::string(name) + ".geojson\"");
  std::string const line = "LINESTRING (100300 200000,100300 200300)";
  struct Form {
    char const *name, *file, *driver;
  };
  std::string layers, criteria;
  for (auto const& [name, file, driver] :
       {Form{"gpkg", "a.gpkg", "GPKG"}, Form{"wal", "wal.gpkg", "GPKG"}, Form{"shp", "b.shp", "ESRI Shapefile"},
        Form{"bare", "bare.shp", "ESRI Shapefile"}, Form{"fgb", "c.fgb", "FlatGeobuf"}, Form{"gml", "d.gml", "GML"},
        Form{"tab", "e.tab", "MapInfo File"}, Form{"csv", "f.csv", nullptr}}) {
    if (driver != nullptr)
      make_source(inputs / file, driver, fs::path(file).stem().string(), 31370, {{"n", OFTInteger}}, {{line, {"1"}}});
    layers += std::string("[layers.") + name + "]\nsource = \"inputs/" + file + "\"\ncoverage = \"everywhere\"\n" +
              (driver == nullptr ? "crs = \"EPSG:31370\"\n" : "") +
              // MapInfo describes Lambert 72 by a datum shift of its own, for which PROJ knows no exact operation.
              (std::string(name) == "tab" ? "crs_override = \"EPSG:31370\"\n" : "");
    criteria += std::string("[criteria.to_") + name + "]\nmeasure = \"distance\"\nlayer = \"" + name + "\"\n";
  }
  write_file(inputs / "f.csv", "WKT,n\n\"" + line + "\",1\n");
  sql(inputs / "wal.gpkg", "PRAGMA journal_mode = WAL");
  for (char const* extension : {".cpg", ".qix"}) fs::remove(fs::path(inputs / "bare.shp").replace_extension(extension));
  fs::remove(inputs / "d.xsd");  // a server's GML comes without
  world.edit("study.toml", "[criteria.wet]", layers + criteria + "[criteria.wet]");

  auto const before = folder_state(inputs);
  RunResult const result = run("cd " + inputs.string() + " && env -u TMPDIR " + TERREIN_PROGRAM + " run " +
                               world.path("study.toml").string());
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  Database const package(world.path("result.gpkg"));
  for (char const* name : {"gpkg", "wal", "shp", "bare", "fgb", "gml", "tab", "csv"}) {
    INFO(name);
    CHECK(package.number("SELECT val_to_" + std::string(name) + " FROM candidates WHERE key = 'B1'") == Approx(100));
  }
  auto const after = folder_state(inputs);
  for (auto const& [name, state] : after) {
    INFO(name);
    CHECK(before.count(name) == 1);
    if (before.count(name) == 1) CHECK((before.at(name) == state));
  }
  CHECK(before.size() == after.size());
}
