// Layers as delivered, and what repairs did, in the result file.
#include "cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

/// B2 becomes a bow tie of two triangles of 2500 m²: its rings together have no area.
void cross(SmallWorld const& world) {
  world.edit("parcels.geojson", "[[100100,200100],[100200,200100],[100200,200200],[100100,200200],[100100,200100]]",
             "[[100100,200100],[100200,200200],[100200,200100],[100100,200200],[100100,200100]]");
}

std::string hex_of_original(Database const& result, std::string const& id) {
  return result.one("SELECT hex(geom) FROM parcels_original WHERE terrein_id = '" + id + "'");
}

}  // namespace

TEST_CASE("A layer is copied as delivered and joined by the id that terrein uses") {
  SmallWorld const world;
  cross(world);
  world.edit("parcels.geojson", "\"key\":\"C3\"", "\"key\":\"C2\"");
  world.edit("study.toml", "crs = \"EPSG:31370\"", "crs = \"EPSG:31370\"\nduplicates = \"suffix\"");
  world.edit("study.toml", "file = \"result.gpkg\"", "file = \"result.gpkg\"\noriginals = [\"parcels\", \"rail\"]");
  RunResult const run = world.terrein();
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  Database const result(world.path("result.gpkg"));
  CHECK(result.number("SELECT count(*) FROM parcels_original") == 9);
  CHECK(result.number("SELECT count(*) FROM rail_original") == 1);
  CHECK(result.number("SELECT count(*) FROM parcels_original AS o JOIN (SELECT key FROM candidates UNION SELECT key "
                      "FROM excluded) AS r ON r.key = o.terrein_id") == 9);
  CHECK(result.one("SELECT key || ' ' || price FROM parcels_original WHERE terrein_id = 'C2#2'") == "C2 12");
  // The bow tie as it was, after a head of 40 bytes: packed by Python's struct from type 3, 1 ring, 5 points.
  CHECK(
      hex_of_original(result, "B2").substr(80) ==
      "01030000000100000005000000000000004070F84000000000206D0841000000008076F8400000000040700841000000008076F840000000"
      "00206D0841000000004070F8400000000040700841000000004070F84000000000206D0841");
  CHECK(result.one("SELECT geometry_type_name FROM gpkg_geometry_columns WHERE table_name = 'parcels_original'") ==
        "POLYGON");
  CHECK(result.one("SELECT identifier FROM gpkg_contents WHERE table_name = 'parcels_original'")
            .find("zoals aangeleverd") != std::string::npos);
}

TEST_CASE("A repeated id that is left out has no id of terrein in the original") {
  SmallWorld const world;
  world.edit("parcels.geojson", "\"key\":\"A2\"", "\"key\":\"A1\"");
  world.edit("study.toml", "crs = \"EPSG:31370\"", "crs = \"EPSG:31370\"\nduplicates = \"first\"");
  world.edit("study.toml", "file = \"result.gpkg\"", "file = \"result.gpkg\"\noriginals = [\"parcels\"]");
  REQUIRE(world.terrein().exit_code == 0);
  Database const result(world.path("result.gpkg"));
  CHECK(result.one("SELECT group_concat(coalesce(terrein_id, '-')) FROM parcels_original") ==
        "A1,B1,C1,-,B2,C2,A3,B3,C3");
  CHECK(result.one("SELECT group_concat(key) FROM parcels_original") == "A1,B1,C1,A1,B2,C2,A3,B3,C3");
}

TEST_CASE("Issues tell the way of repair and both areas; they are null for other issues") {
  SmallWorld const world;
  cross(world);
  world.edit("parcels.geojson",
             "\"coordinates\":[[[100000,200000],[100100,200000],[100100,200100],[100000,200100],"
             "[100000,200000]]]}",
             "\"coordinates\":[]}");
  REQUIRE(world.terrein().exit_code == 0);
  Database const result(world.path("result.gpkg"));
  CHECK(result.one("SELECT method FROM issues WHERE code = 'self_intersection'") == "made valid by structure");
  CHECK(result.number("SELECT area_before_m2 FROM issues WHERE code = 'self_intersection'") == 0);
  CHECK(result.number("SELECT area_after_m2 FROM issues WHERE code = 'self_intersection'") == 5000);
  std::string const others = "SELECT count(*) FROM issues WHERE code <> 'self_intersection'";
  CHECK(result.number(others) > 0);
  CHECK(result.number(others + " AND coalesce(method, area_before_m2, area_after_m2) IS NOT NULL") == 0);
}

TEST_CASE("A layer that the study does not have cannot be copied, nor one whose name is taken") {
  SmallWorld const world;
  world.edit("study.toml", "file = \"result.gpkg\"", "file = \"result.gpkg\"\noriginals = [\"parcel\"]");
  RunResult const unknown = world.terrein();
  CHECK(unknown.exit_code == 2);
  CHECK(unknown.err.find("Did you mean 'parcels'") != std::string::npos);
  world.edit("study.toml", "[\"parcel\"]", "[\"parcels\"]\nlayer = \"parcels_original\"");
  RunResult const taken = world.terrein();
  CHECK(taken.exit_code == 2);
  CHECK(taken.err.find("'parcels_original'") != std::string::npos);
}
