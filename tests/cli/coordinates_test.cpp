// Labels that the coordinates contradict: refused with what fits, mended when the study says so.
#include "small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

bool says(RunResult const& result, std::string const& text) { return result.err.find(text) != std::string::npos; }

/// The same world with parcels that are labelled with another CRS.
void relabel(SmallWorld const& world, std::string const& file, std::string const& code) {
  world.edit(file, "EPSG::31370", "EPSG::" + code);
}

std::string parcels_of(SmallWorld const& world) {
  Database const result(world.path("result.gpkg"));
  return result.one(
      "SELECT group_concat(key || ':' || val_wet, ' ') FROM (SELECT key, val_wet FROM candidates ORDER BY key)");
}

}  // namespace

TEST_CASE("a label that the coordinates contradict is refused with the CRS that fits", "[cli]") {
  SmallWorld const plain, world;
  REQUIRE(plain.terrein().exit_code == 0);
  relabel(world, "parcels.geojson", "3812");
  RunResult const refused = world.terrein();
  CHECK(refused.exit_code == 3);
  CHECK(says(refused, "9 of its 9 shapes lie outside the area of that CRS"));
  CHECK(says(refused, "They fit EPSG:31370: say crs_override = \"EPSG:31370\""));
  CHECK_FALSE(std::filesystem::exists(world.path("result.gpkg")));

  world.edit("study.toml", "source = \"parcels.geojson\"",
             "source = \"parcels.geojson\"\ncrs_override = \"EPSG:31370\"");
  REQUIRE(world.terrein().exit_code == 0);
  CHECK(parcels_of(world) == parcels_of(plain));
  Database const result(world.path("result.gpkg"));
  CHECK(result.one("SELECT text FROM issues WHERE code = 'crs_overridden'")
            .starts_with("The source says EPSG:3812; the study says that its coordinates are EPSG:31370"));
}

TEST_CASE("degrees with latitude first are found out and mended", "[cli]") {
  SmallWorld const world;
  write_file(world.path("terminal.geojson"),
             R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
                {"type":"Point","coordinates":[51.05,3.72]}}]})");
  world.edit("study.toml", "[criteria.wet]",
             "[layers.terminal]\nsource = \"terminal.geojson\"\ncoverage = \"everywhere\"\n[criteria.near]\n"
             "measure = \"distance\"\nlayer = \"terminal\"\n[criteria.wet]");
  // WGS 84 may be used all over the world, so only the study's CRS gives it away.
  RunResult const refused = world.terrein();
  CHECK(refused.exit_code == 3);
  CHECK(says(refused, "Layer 'terminal' (EPSG:4326) has its longitudes and latitudes in the wrong order"));
  CHECK(says(refused, "Say swap_axes = true for this layer"));
  world.edit("study.toml", "source = \"terminal.geojson\"", "source = \"terminal.geojson\"\nswap_axes = true");
  REQUIRE(world.terrein("--overwrite").exit_code == 0);
  Database const result(world.path("result.gpkg"));
  CHECK(result.number("SELECT count(*) FROM issues WHERE code = 'far_from_candidates'") == 0);
  // 51.05 N 3.72 E lies near 104510 193510 in Lambert 72; A1 has its corner at 100000 200000.
  CHECK(result.number("SELECT val_near FROM candidates WHERE key = 'C1'") < 8500);
}

TEST_CASE("parcels in degrees that are labelled as metres are refused", "[cli]") {
  SmallWorld const world;
  write_file(world.path("terminal.geojson"),
             R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::31370"}},
                "features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":
                [[[3.7,51.0],[3.71,51.0],[3.71,51.01],[3.7,51.0]]]}}]})");
  world.edit("study.toml", "[criteria.wet]", "[layers.terminal]\nsource = \"terminal.geojson\"\n[criteria.wet]");
  RunResult const refused = world.terrein();
  CHECK(refused.exit_code == 3);
  CHECK(says(refused, "degrees where metres belong"));
  CHECK(says(refused, "They fit EPSG:4258"));
}

TEST_CASE("a layer of which part is in another CRS is refused", "[cli]") {
  SmallWorld const world;
  std::string file =
      R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::31370"}},)";
  file += R"("features":[)";
  for (char const* at : {"[100100,200100]", "[100200,200100]", "[3.7,51.05]", "[3.8,51.05]"}) {
    if (file.back() != '[') file += ',';
    file += R"({"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":)";
    file += at;
    file += "}}";
  }
  file += "]}";
  write_file(world.path("terminal.geojson"), file);
  world.edit("study.toml", "[criteria.wet]", "[layers.terminal]\nsource = \"terminal.geojson\"\n[criteria.wet]");
  RunResult const refused = world.terrein();
  CHECK(refused.exit_code == 3);
  CHECK(says(refused,
             "Layer 'terminal' mixes coordinate systems: 2 of its 4 shapes lie outside the area of EPSG:31370 "
             "and fit EPSG:4258"));
}

TEST_CASE("hectares that are none on the ground are refused", "[cli]") {
  SmallWorld const world;
  world.edit("study.toml", "crs = \"EPSG:31370\"", "crs = \"EPSG:3857\"");
  RunResult const refused = world.terrein();
  CHECK(refused.exit_code == 3);
  CHECK(says(refused, "times those on the ground"));
}

TEST_CASE("a single feature in the sea is told, and the others are used", "[cli]") {
  SmallWorld const world;
  world.edit("rail.geojson", R"({"type":"Feature")",
             R"({"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":
                [[600000,690000],[600001,690000]]}},{"type":"Feature","properties":{},"geometry":
                {"type":"LineString","coordinates":[[100300,200000],[100300,200100]]}},{"type":"Feature")");
  REQUIRE(world.terrein().exit_code == 0);
  Database const result(world.path("result.gpkg"));
  CHECK(result.one("SELECT layer || ' ' || feature_id FROM issues WHERE code = 'outside_area_of_use'") == "rail 0");
  CHECK(result.number("SELECT val_rail_m FROM candidates WHERE key = 'C1'") == 0);
}

TEST_CASE("EPSG:31300 is refused wherever it stands, with the remedy", "[cli]") {
  SmallWorld const world;
  SECTION("in the study") { world.edit("study.toml", "crs = \"EPSG:31370\"", "crs = \"EPSG:31300\""); }
  SECTION("in the source") { relabel(world, "flood.geojson", "31300"); }
  RunResult const refused = world.terrein();
  CHECK((refused.exit_code == 2 || refused.exit_code == 3));
  CHECK(says(refused, "745 m off"));
  CHECK(says(refused, "EPSG:31370"));
}

TEST_CASE("candidates without any usable shape are no result", "[cli]") {
  SmallWorld const world;
  write_file(world.path("parcels.geojson"),
             SmallWorld::collection(R"({"type":"Feature","properties":{"key":"A"},"geometry":null})"));
  RunResult const refused = world.terrein();
  CHECK(refused.exit_code == 3);
  CHECK(says(refused, "None of the 1 candidates"));
}
