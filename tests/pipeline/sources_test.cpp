// The table `sources` and the age of layers, seen in the result file alone.
#include "../cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

TEST_CASE("the result says of every layer where it comes from and what was read") {
  SmallWorld const world;
  world.edit(
      "study.toml", "source = \"flood.geojson\"",
      "source = \"flood.geojson\"\nlicence = \"Modellicentie\"\nattribution = \"Bron: test\"\ndate = 2024-05-01");
  REQUIRE(world.terrein().exit_code == 0);
  Database const result(world.path("result.gpkg"));
  CHECK(result.number("SELECT count(*) FROM sources") == 3);
  auto const flood = result.rows("SELECT * FROM sources WHERE layer = 'flood'").at(0);
  CHECK(flood.at("source") == "flood.geojson");
  CHECK(flood.at("date") == "2024-05-01");
  CHECK(flood.at("rows_declared") == "1");
  CHECK(flood.at("rows_read") == "1");
  CHECK(flood.at("licence") == "Modellicentie");
  CHECK(flood.at("attribution") == "Bron: test");
  CHECK(flood.at("crs") == "EPSG:31370");
  CHECK(flood.at("extent") == "100000 200000 100100 200300");
  RunResult const hash = run("sha256sum " + world.path("flood.geojson").string());
  CHECK(flood.at("sha256") == hash.out.substr(0, 64));
  CHECK(result.one("SELECT date FROM sources WHERE layer = 'rail'") == "NULL");
}

TEST_CASE("layers older than the study allows, and layers without a date, are told") {
  SmallWorld const world;
  world.edit("study.toml", "crs = \"EPSG:31370\"", "crs = \"EPSG:31370\"\ndate = 2026-01-31\nmax_age_days = 365");
  world.edit("study.toml", "source = \"flood.geojson\"", "source = \"flood.geojson\"\ndate = 2025-01-30");  // 366 days
  world.edit("study.toml", "source = \"parcels.geojson\"", "source = \"parcels.geojson\"\ndate = 2025-01-31");  // 365
  REQUIRE(world.terrein().exit_code == 0);
  Database const result(world.path("result.gpkg"));
  CHECK(result.one("SELECT group_concat(layer) FROM issues WHERE code = 'outdated'") == "flood");
  CHECK(result.one("SELECT group_concat(layer) FROM issues WHERE code = 'date_unknown'") == "rail");
}
