// What fetch writes, run reads: without the server, and with the coverage that the snapshot states.
#include "same_rows.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

TEST_CASE("a study runs on a snapshot while the server is gone", "[services]") {
  if (!have({"python3"})) return;
  TempDir const dir;
  {
    auto const world = ServiceWorld::fake();
    // The box holds columns 0 to 9 of 20 (x up to 100980) with all 16 rows, and ends 20 m behind column 9.
    RunResult const done =
        world.fetch("ARCGIS:" + world.address("/rest/services/world/MapServer/0"), "--box 100000,200000,101000,202000");
    INFO(done.err);
    REQUIRE(done.exit_code == 0);
    for (char const* ending : {"", ".fetch.json"})
      std::filesystem::copy_file(world.path("out/snapshot.gpkg").string() + ending,
                                 (dir.path() / "plots.gpkg").string() + ending);
  }
  write_file(dir.path() / "study.toml", R"([study]
title = "Op een momentopname"
crs = "EPSG:31370"
[candidates]
layer = "parcels"
[layers.parcels]
source = "plots.gpkg"
layer = "Plots"
id = "OBJECTID"
[layers.plots]
source = "plots.gpkg"
coverage = "known"
[layers.known]
source = "plots.gpkg"
layer = "coverage"
[criteria.near]
measure = "distance"
layer = "plots"
[models.own]
label = "Eigen"
[models.own.weights]
near = 1
[models.own.values.near]
points = "0:1|200:0"
[output]
file = "result.gpkg"
project = false
)");
  RunResult const done = run(std::string(TERREIN_PROGRAM) + " run " + (dir.path() / "study.toml").string());
  INFO(done.err);
  REQUIRE(done.exit_code == 0);
  Database const result(dir.path() / "result.gpkg");
  // 301 plots in rows of 20: fifteen whole rows of ten, and the one plot of the sixteenth row.
  CHECK(result.number("SELECT count(*) FROM candidates") == 151);
  CHECK(result.number("SELECT max(val_near) FROM candidates") == 0);
  // What the study does not say comes from the manifest of the snapshot: the layer, and the date it was fetched.
  CHECK(result.one("SELECT source_layer FROM sources WHERE layer = 'plots'") == "Plots");
  auto const manifest = nlohmann::json::parse(read_file(dir.path() / "plots.gpkg.fetch.json"));
  CHECK(result.one("SELECT date FROM sources WHERE layer = 'plots'") ==
        manifest["time"].get<std::string>().substr(0, 10));
}
