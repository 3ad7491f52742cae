// Real layers of two towns, read back with plain SQL.
#include <cmath>
#include <fstream>

#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "support/support.hpp"
#include "terrein/core/csv.hpp"

using namespace terrein::test;

namespace {

/// The table of terminals as a GeoJSON layer: longitude and latitude as published.
void write_terminals(std::filesystem::path const& csv, std::filesystem::path const& out) {
  auto const table = terrein::read_csv(csv);
  nlohmann::json features = nlohmann::json::array();
  for (auto const& row : table.rows) {
    auto const cell = [&](char const* name) { return row[table.column(name)]; };
    features.push_back(
        {{"type", "Feature"},
         {"properties", {{"name", cell("name")}, {"modes", cell("modes")}, {"coord_quality", cell("coord_quality")}}},
         {"geometry", {{"type", "Point"}, {"coordinates", {std::stod(cell("lon")), std::stod(cell("lat"))}}}}});
  }
  write_file(out, nlohmann::json{{"type", "FeatureCollection"}, {"features", features}}.dump());
}

RunResult run_study(std::string const& study, std::string const& arguments) {
  return run(std::string(TERREIN_PROGRAM) + " run " + TERREIN_SOURCE_DIR + "/tests/real/" + study + " " + arguments);
}

}  // namespace

TEST_CASE("land use around Puurs runs through all three models", "[real]") {
  auto const data = shared("data");
  auto const terminals = shared("domain/terminals.csv");
  if (data.empty() || terminals.empty()) return;
  TempDir const dir;
  write_terminals(terminals, dir.path() / "terminals.geojson");
  RunResult const result = run_study(
      "puurs.toml", "--set data=" + data.string() + " --set terminals=" + (dir.path() / "terminals.geojson").string() +
                        " --set output=" + (dir.path() / "puurs.gpkg").string());
  INFO(result.err << result.out);
  REQUIRE(result.exit_code == 0);
  Database const db(dir.path() / "puurs.gpkg");
  // Every candidate lies in the three municipalities; null osm_id is no obstacle, the feature id is the id.
  double const n = db.number("SELECT (SELECT count(*) FROM candidates) + (SELECT count(*) FROM excluded)");
  CHECK(n > 2500);
  CHECK(n <= 3592);
  CHECK(db.number("SELECT count(*) FROM candidates WHERE osm_id IS NULL") > 1000);
  CHECK(db.one("SELECT count(DISTINCT id) = count(*) FROM candidates") == "1");
  // No flood layer: unknown and said so.
  CHECK(db.one("SELECT count(*) FROM candidates WHERE val_flood_share IS NOT NULL") == "0");
  CHECK(db.one("SELECT unmeasured FROM models WHERE criterion = 'flood_share' LIMIT 1").find("flood") !=
        std::string::npos);
  // All industrial land is zoned business: by its own polygon.
  CHECK(db.number("SELECT count(*) FROM candidates WHERE landuse = 'industrial'") > 25);
  CHECK(db.one("SELECT count(*) FROM candidates WHERE landuse = 'industrial' AND val_zoning_fit IS NOT 'business'") ==
        "0");
  // The canal passes Willebroek: some industrial land lies within 100 m of a CEMT waterway.
  CHECK(db.number("SELECT count(*) FROM candidates WHERE landuse = 'industrial' AND val_water_dist_m < 100") >= 3);
  // TCT Willebroek (51.075 N, 4.375 E) lies at 150437.6, 196096.7 by cs2cs, and nearer to every candidate than any
  // other barge terminal. The distance lies between those to the nearest and the farthest point of a candidate's box;
  // 1 m for another transformation.
  std::string const boxes =
      " FROM (SELECT val_barge_terminal_m AS m, max(minx - 150437.6, 150437.6 - maxx, 0) AS dx, "
      "max(miny - 196096.7, 196096.7 - maxy, 0) AS dy, max(maxx - 150437.6, 150437.6 - minx) AS far_x, "
      "max(maxy - 196096.7, 196096.7 - miny) AS far_y FROM candidates JOIN rtree_candidates_geom AS r ON r.id = fid)";
  CHECK(db.one("SELECT count(m) = count(*)" + boxes) == "1");
  CHECK(db.one("SELECT count(*)" + boxes + " WHERE (m + 1) * (m + 1) < dx * dx + dy * dy") == "0");
  CHECK(db.one("SELECT count(*)" + boxes + " WHERE (m - 1) * (m - 1) > far_x * far_x + far_y * far_y") == "0");
  // Only the brownfield polygons can be brownfields.
  CHECK(db.number("SELECT count(*) FROM candidates WHERE landuse = 'brownfield' AND rule_not_listed <> 'fail'") >= 5);
  for (char const* model : {"business_park", "brownfield", "multimodal"})
    CHECK(db.number(std::string("SELECT count(*) FROM candidates WHERE ") + model + "_score BETWEEN 0 AND 100") > 1000);
}

TEST_CASE("parcels in US feet are measured in square metres", "[real]") {
  auto const data = shared("data");
  if (data.empty()) return;
  TempDir const dir;
  RunResult const result = run_study(
      "forest_city.toml", "--set data=" + data.string() + " --set output=" + (dir.path() / "fc.gpkg").string());
  INFO(result.err << result.out);
  REQUIRE(result.exit_code == 0);
  Database const db(dir.path() / "fc.gpkg");
  double const n = db.number("SELECT (SELECT count(*) FROM candidates) + (SELECT count(*) FROM excluded)");
  CHECK(n == 7234);
  // Second way: ogrinfo's area in square survey feet of an ordinary parcel, times (1200/3937)². The two grids share
  // their projection, so only rounding differs.
  RunResult const feet =
      run("ogrinfo -q -dialect SQLite -sql \"SELECT sum(ST_Area(geom)) AS a FROM parcels WHERE "
          "ST_IsValid(geom) = 1\" " +
          (data / "parcels_zoning/forest_city_nc_2264.gpkg").string());
  auto const at = feet.out.find("a (Real) = ");
  if (at == std::string::npos) {
    WARN("SKIPPED: ogrinfo with SpatiaLite is not on this machine");
  } else {
    double const foot = 1200.0 / 3937.0;
    double const expected_ha = std::stod(feet.out.substr(at + 11)) * foot * foot / 10000;
    std::string const valid =
        " WHERE id NOT IN (SELECT feature_id FROM issues WHERE stage <> 'fabric' AND feature_id IS NOT NULL)";
    double const ours_ha = db.number("SELECT (SELECT sum(val_site_ha) FROM candidates" + valid +
                                     ") + (SELECT sum(val_site_ha) FROM excluded" + valid + ")");
    CHECK(ours_ha == Approx(expected_ha).epsilon(1e-8));
  }
  // Zones without a label are unknown, not "no business". Shapely finds 33 parcels with more than a millionth of their
  // area in such a zone and 151 with more than 99 % in zones M-1; 3 parcels are empty and some reach beyond the zoning
  // layer.
  std::string const both =
      "(SELECT id, val_business_share FROM candidates UNION ALL SELECT id, val_business_share FROM excluded)";
  CHECK(db.number("SELECT count(*) FROM " + both + " WHERE val_business_share IS NULL") >= 36);
  CHECK(db.number("SELECT count(*) FROM " + both + " WHERE val_business_share IS NULL") <= 80);
  CHECK(db.number("SELECT count(*) FROM " + both + " WHERE val_business_share > 0.99") == Approx(151).margin(2));
  CHECK(db.number("SELECT count(*) FROM issues WHERE layer = 'parcels' AND stage <> 'fabric'") >=
        6);  // three empty, three invalid
}
