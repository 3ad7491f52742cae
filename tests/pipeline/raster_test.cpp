// Rasters as layers of a study, from the file to the result.
#include "../cli/small_world.hpp"
#include "../unit/io/raster_fixtures.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// 12 × 12 cells of 25 m over the nine parcels: cell i is worth i % 7, and the one in the south-west corner nothing.
RasterToMake slope() {
  RasterToMake out;
  out.columns = out.rows = 12;
  out.type = GDT_Float32;
  out.place = {100000, 25, 0, 200300, 0, -25};
  out.nodata = -1;
  out.bands.emplace_back();
  for (int i = 0; i < 144; ++i) out.bands[0].push_back(i % 7);
  out.bands[0][132] = -1;
  return out;
}

/// 10 × 9 cells of 37 × 41 m, over the parcels but for a strip in the north: values 1 to 4.
RasterToMake land_use() {
  RasterToMake out;
  out.columns = 10;
  out.rows = 9;
  out.place = {99990, 37, 0, 200275, 0, -41};
  out.bands.emplace_back();
  for (int i = 0; i < 90; ++i) out.bands[0].push_back(1 + (i * i + i / 10) % 4);
  return out;
}

/// The cells of a raster as polygons with their value.
std::string cells_geojson(RasterToMake const& raster) {
  std::string out;
  for (int row = 0; row < raster.rows; ++row)
    for (int column = 0; column < raster.columns; ++column) {
      double const x = raster.place[0] + raster.place[1] * column, y = raster.place[3] + raster.place[5] * row;
      double const east = x + raster.place[1], south = y + raster.place[5];
      out +=
          fmt::format(R"({}{{"type":"Feature","properties":{{"class":"c{}"}},"geometry":{{"type":"Polygon",)"
                      R"("coordinates":[[[{},{}],[{},{}],[{},{}],[{},{}],[{},{}]]]}}}})",
                      out.empty() ? "" : ",", raster.bands[0][static_cast<std::size_t>(row * raster.columns + column)],
                      x, south, east, south, east, y, x, y, x, south);
    }
  return SmallWorld::collection(out);
}

constexpr char const* layers = R"([layers.slope]
source = "slope.tif"
kind = "raster"
date = 2024-05-01
licence = "Modellicentie"
[layers.use]
source = "use.tif"
kind = "raster"
[layers.use.classes]
"1" = "built"
"2" = "built"
"3" = "field"
[layers.cells]
source = "cells.geojson"
class = "class"
[criteria.steep]
measure = "raster_mean"
layer = "slope"
[criteria.steepest]
measure = "raster_max"
layer = "slope"
[criteria.taken]
measure = "raster_share"
layer = "use"
classes = ["built"]
[criteria.three]
measure = "raster_share"
layer = "use"
values = [3]
[criteria.three_by_overlay]
measure = "area_share"
layer = "cells"
classes = ["c3"]
[rules.dry])";

struct RasterWorld : SmallWorld {
  RasterWorld() {
    make_raster(path("slope.tif"), slope());
    make_raster(path("use.tif"), land_use());
    write_file(path("cells.geojson"), cells_geojson(land_use()));
    edit("study.toml", "[rules.dry]", layers);
    edit("study.toml", "when = \">0.5\"", "when = \">1\"");  // no parcel is excluded
  }
  void refused(int exit_code, std::vector<std::string> const& parts, std::string const& arguments = "") const {
    RunResult const result = terrein(arguments + " --overwrite");
    INFO(result.err);
    CHECK(result.exit_code == exit_code);
    for (std::string const& part : parts) CHECK(has_text(result.err, part));
    CHECK_FALSE(std::filesystem::exists(path("result.gpkg")));
  }
};

}  // namespace

TEST_CASE("a raster is a layer of a study, from its file to the result") {
  RasterWorld const world;
  RunResult const run_result = world.terrein();
  INFO(run_result.err);
  REQUIRE(run_result.exit_code == 0);
  Database const result(world.path("result.gpkg"));
  // A parcel is 4 × 4 cells. Of B2 (columns 4 … 7, rows 4 … 7) the cells are 52 … 55, 64 … 67, 76 … 79, 88 … 91, worth
  // 3 4 5 6, 1 2 3 4, 6 0 1 2, 4 5 6 0.
  CHECK(result.number("SELECT val_steep FROM candidates WHERE key = 'B2'") == Approx(52.0 / 16));
  CHECK(result.number("SELECT val_steepest FROM candidates WHERE key = 'B2'") == 6);
  CHECK(result.one("SELECT val_steep FROM candidates WHERE key = 'A1'") == "NULL");  // has the cell without value
  CHECK(result.one("SELECT val_steepest FROM candidates WHERE key = 'A1'") == "NULL");
  CHECK(result.number("SELECT count(*) FROM candidates WHERE val_steep IS NULL") == 1);
  // The same cells overlaid as polygons give the same shares; in the northern row 25 m are off both.
  CHECK(result.number("SELECT count(*) FROM candidates WHERE abs(val_three - val_three_by_overlay) < 1e-9") == 6);
  CHECK(result.number("SELECT count(*) FROM candidates WHERE val_three > 0") == 6);
  CHECK(result.number("SELECT count(*) FROM candidates WHERE val_three IS NULL AND val_three_by_overlay IS NULL") == 3);
  // Class 4 is in no table, so that of most parcels the share is not known.
  CHECK(result.one("SELECT text FROM issues WHERE code = 'unmatched_class'").find("value 4") != std::string::npos);
  CHECK(result.number("SELECT count(*) FROM issues WHERE code = 'unmatched_class'") == 1);
}

TEST_CASE("the result says of a raster what it says of every layer") {
  RasterWorld const world;
  auto const before = fingerprint(world.path("slope.tif").parent_path());
  REQUIRE(world.terrein().exit_code == 0);
  for (auto const& [file, hash] : before) CHECK(sha256_of_file(file) == hash);
  Database const result(world.path("result.gpkg"));
  auto const row = result.rows("SELECT * FROM sources WHERE layer = 'slope'").at(0);
  CHECK(row.at("source") == "slope.tif");
  CHECK(row.at("source_layer") == "band 1");
  CHECK(row.at("rows_declared") == "144");
  CHECK(row.at("rows_kept") == "143");
  CHECK(row.at("date") == "2024-05-01");
  CHECK(row.at("licence") == "Modellicentie");
  CHECK(row.at("crs") == "EPSG:31370");
  CHECK(row.at("coverage") == "cells");
  CHECK(row.at("extent") == "100000 200000 100300 200300");
  CHECK(row.at("sha256") == sha256_of_file(world.path("slope.tif")));
  auto const manifest = nlohmann::json::parse(read_file(world.path("result.gpkg.run.json")));
  bool seen = false;
  for (auto const& layer : manifest["layers"]) {
    if (layer["key"] != "slope") continue;
    seen = true;
    CHECK(layer["driver"] == "GTiff");
    CHECK(layer["raster"]["columns"] == 12);
    CHECK(layer["raster"]["nodata"] == -1);
    CHECK(layer["raster"]["type"] == "Float32");
  }
  CHECK(seen);
}

TEST_CASE("a raster in another CRS is read as it is, and says how the candidates come to it") {
  RasterWorld world;
  RasterToMake raster = slope();
  // Lambert 2008 lies 500 km further north-east, and is turned by less than a cell over 300 m.
  raster.epsg = 3812;
  raster.columns = raster.rows = 400;
  raster.place = {599000, 10, 0, 702000, 0, -10};
  raster.bands[0].assign(160000, 7);
  std::filesystem::remove(world.path("slope.tif"));
  make_raster(world.path("slope.tif"), raster);
  world.edit("study.toml", "crs = \"EPSG:31370\"", "crs = \"EPSG:31370\"\nmax_crs_error_m = 1.1");
  RunResult const done = world.terrein();
  INFO(done.err);
  REQUIRE(done.exit_code == 0);
  {
    Database const result(world.path("result.gpkg"));
    CHECK(result.number("SELECT count(*) FROM candidates WHERE abs(val_steep - 7) < 1e-12") == 9);
    auto const row = result.rows("SELECT * FROM sources WHERE layer = 'slope'").at(0);
    CHECK(row.at("crs") == "EPSG:3812");
    CHECK(row.at("operation").value_or("").find("BD72") != std::string::npos);
    CHECK(std::stod(row.at("rows_read").value_or("0")) < 3000);  // 32 × 32 cells and some room, not 160000
  }
  std::filesystem::remove(world.path("result.gpkg"));
  world.refused(3, {"Layer 'slope'", "0.0001", "max_crs_error_m"}, "--set study.max_crs_error_m=0.0001");
  std::filesystem::remove(world.path("slope.tif"));
  raster.epsg = 31370;  // what lies in Lambert 2008 says that it is Lambert 72
  make_raster(world.path("slope.tif"), raster);
  world.refused(3, {"Layer 'slope'", "EPSG:31370", "outside the area", "crs_override = \"EPSG:3812\""});
}

TEST_CASE("a raster of the whole world in degrees serves as well") {
  RasterWorld world;
  RasterToMake raster = slope();
  raster.epsg = 4326;
  raster.columns = 3600;
  raster.rows = 1800;
  raster.place = {-180, 0.1, 0, 90, 0, -0.1};
  raster.bands[0].assign(3600 * 1800, 3);
  std::filesystem::remove(world.path("slope.tif"));
  make_raster(world.path("slope.tif"), raster, "GTiff", {"COMPRESS=DEFLATE"});
  world.edit("study.toml", "crs = \"EPSG:31370\"", "crs = \"EPSG:31370\"\nmax_crs_error_m = 1.1");
  RunResult const done = world.terrein();
  INFO(done.err);
  REQUIRE(done.exit_code == 0);
  Database const result(world.path("result.gpkg"));
  CHECK(result.number("SELECT count(*) FROM candidates WHERE val_steep = 3 AND val_steepest = 3") == 9);
  CHECK(result.number("SELECT rows_read FROM sources WHERE layer = 'slope'") <= 16);
}

TEST_CASE("a raster that holds none of the candidates is told, and everything about it is unknown") {
  RasterWorld world;
  RasterToMake raster = slope();
  raster.place = {160000, 25, 0, 200300, 0, -25};
  std::filesystem::remove(world.path("slope.tif"));
  make_raster(world.path("slope.tif"), raster);
  REQUIRE(world.terrein().exit_code == 0);
  Database const result(world.path("result.gpkg"));
  CHECK(result.one("SELECT layer FROM issues WHERE code = 'far_from_candidates'") == "slope");
  CHECK(result.number("SELECT count(*) FROM candidates WHERE val_steep IS NULL AND val_steepest IS NULL") == 9);
}

TEST_CASE("measures of features on a raster, and the reverse, are faults of the study file") {
  RasterWorld world;
  world.refused(2, {"criteria.three_by_overlay.layer", "'slope' is a raster", "raster_share"},
                "--set criteria.three_by_overlay.layer=slope");
  world.refused(2, {"criteria.steep.layer", "'flood' is one of features", "kind = \"raster\""},
                "--set criteria.steep.layer=flood");
  world.refused(2, {"criteria.taken.classes", "'bilt'", "Did you mean 'built'?"},
                "--set criteria.taken.classes='[\"bilt\"]'");
  world.refused(2, {"criteria.taken", "one of both"}, "--set criteria.taken.values='[1]'");
  world.refused(2, {"layers.use.classes.x", "write a number"}, "--set layers.use.classes.x=built");
  world.refused(2, {"layers.use.where", "no meaning for a raster"}, "--set layers.use.where='a = 1'");
  world.refused(2, {"layers.use.kind", "neither vector nor raster"}, "--set layers.use.kind=grid");
  world.refused(2, {"layers.use.band", "whole number"}, "--set layers.use.band=0");
  world.refused(2, {"layers.flood.coverage", "'slope' is a raster"}, "--set layers.flood.coverage=slope");
  world.refused(2, {"output.context", "'slope' is a raster"}, "--set output.context='[\"slope\"]'");
  world.refused(2, {"candidates.layer", "'slope' is a raster"}, "--set candidates.layer=slope");
  world.refused(3, {"slope.tif", "1 band", "band 2"}, "--set layers.slope.band=2");
  world.refused(3, {"kind = \"raster\""}, "--set layers.cells.source=use.tif --set layers.cells.layer=\"\"");
}

TEST_CASE("one, two and seven workers write the same result of a raster") {
  RasterWorld const world;
  std::string first;
  for (int const workers : {1, 2, 7}) {
    REQUIRE(world.terrein("--overwrite --workers " + std::to_string(workers)).exit_code == 0);
    std::string const hash = sha256_of_file(world.path("result.gpkg"));
    if (first.empty()) first = hash;
    CHECK(hash == first);
  }
}
