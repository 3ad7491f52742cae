// Common land and borders, from the study file to the rows of the result.
#include "small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

bool says(RunResult const& result, std::string const& text) { return result.err.find(text) != std::string::npos; }

/// West: all of the parcels A and half of the parcels B; Oost: the other half of B and half of C. The rest lies
/// outside.
SmallWorld const& with_provinces(SmallWorld const& world) {
  auto const polygon = [](std::string const& name, int x0, int x1) {
    auto const at = [](int x, int y) { return "[" + std::to_string(x) + "," + std::to_string(y) + "]"; };
    return R"({"type":"Feature","properties":{"naam":")" + name +
           R"("},"geometry":{"type":"Polygon","coordinates":[[)" + at(x0, 199000) + "," + at(x1, 199000) + "," +
           at(x1, 201000) + "," + at(x0, 201000) + "," + at(x0, 199000) + "]]}}";
  };
  write_file(world.path("provinces.geojson"),
             SmallWorld::collection(polygon("West", 99000, 100150) + "," + polygon("Oost", 100150, 100250)));
  world.edit("study.toml", "[layers.flood]", "[layers.provinces]\nsource = \"provinces.geojson\"\n[layers.flood]");
  return world;
}

std::string crossing(SmallWorld const& world) {
  return Database(world.path("result.gpkg"))
      .one(
          "SELECT group_concat(key || '=' || crosses_border, ', ') FROM (SELECT key, crosses_border FROM candidates "
          "UNION ALL SELECT key, crosses_border FROM excluded ORDER BY key)");
}

/// B1 begins 10 m further west: 1000 m² of it lie on A1.
SmallWorld const& with_overlap(SmallWorld const& world) {
  world.edit("parcels.geojson", "[[100100,200000],[100200,200000],[100200,200100],[100100,200100],[100100,200000]]",
             "[[100090,200000],[100200,200000],[100200,200100],[100090,200100],[100090,200000]]");
  return world;
}

/// Area in hectares by key, from the boxes of the spatial index: everything is a rectangle here.
std::string sizes(SmallWorld const& world) {
  Database const db(world.path("result.gpkg"));
  std::string out;
  for (auto const& row :
       db.rows("SELECT key, (maxx - minx) * (maxy - miny) AS m2 FROM (SELECT key, 'c' AS t, fid FROM "
               "candidates) JOIN rtree_candidates_geom AS r ON r.id = fid UNION ALL SELECT key, (maxx - "
               "minx) * (maxy - miny) FROM excluded JOIN rtree_excluded_geom AS r ON r.id = fid "
               "ORDER BY key"))
    if (row.at("key")->find('1') != std::string::npos)
      out += *row.at("key") + "=" + std::to_string(std::lround(std::stod(*row.at("m2")))) + " ";
  return out;
}

}  // namespace

TEST_CASE("candidates across a border are marked with the names on both sides", "[cli]") {
  SmallWorld const world;
  with_provinces(world);
  RunResult const done = world.terrein("--set study.borders=provinces --set study.border_field=naam");
  INFO(done.err);
  REQUIRE(done.exit_code == 0);
  CHECK(crossing(world) ==
        "B1=West; Oost, B2=West; Oost, B3=West; Oost, C1=Oost; buiten elk gebied, "
        "C2=Oost; buiten elk gebied, C3=Oost; buiten elk gebied");
  Database const db(world.path("result.gpkg"));
  CHECK(db.one("SELECT count_n FROM fabric WHERE kind = 'crosses_border'") == "6");
  CHECK(db.one("SELECT count(*) FROM issues WHERE code = 'crosses_border'") == "6");
  CHECK(db.one("SELECT text FROM issues WHERE code = 'crosses_border' AND feature_id = 'B2'") ==
        "Lies on a border: 50.00 % in 'West', 50.00 % in 'Oost'.");
  CHECK(db.one("SELECT text FROM issues WHERE code = 'crosses_border' AND feature_id = 'C2'") ==
        "Lies on a border: 50.00 % in 'Oost', 50.00 % outside of all.");
}

TEST_CASE("a part that is not above the limit crosses no border", "[cli]") {
  SmallWorld const world;
  with_provinces(world);
  REQUIRE(world.terrein("--set study.borders=provinces --set study.border_m2=4999").exit_code == 0);
  CHECK(crossing(world).find("B1=0; 1") == 0);  // without a field the ids are the names
  REQUIRE(world.terrein("--overwrite --set study.borders=provinces --set study.border_m2=5000").exit_code == 0);
  CHECK(crossing(world) == "NULL");
}

TEST_CASE("a study without borders has no column for them", "[cli]") {
  SmallWorld const world;
  REQUIRE(world.terrein().exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(db.one("SELECT count(*) FROM pragma_table_info('candidates') WHERE name = 'crosses_border'") == "0");
  CHECK(db.one("SELECT count(*) FROM fabric WHERE count_n = 0 AND layer = 'parcels'") == "8");
}

TEST_CASE("borders that cannot be are refused with the remedy", "[cli]") {
  SmallWorld const world;
  with_provinces(world);
  auto const refused = [&](int code, std::string const& text, std::string const& arguments) {
    RunResult const result = world.terrein(arguments);
    INFO(result.err);
    CHECK(result.exit_code == code);
    CHECK(says(result, text));
  };
  refused(2, "no layer 'province'. Did you mean 'provinces'?", "--set study.borders=province");
  refused(2, "'parcels' are the candidates themselves", "--set study.borders=parcels");
  refused(2, "needs `borders`", "--set study.border_field=naam");
  refused(2, "'drop' is not one of keep, first, split, quarantine", "--set study.overlaps=drop");
  refused(2, "overlaps: has no effect while [layers.parcels] says fabric = false",
          "--set study.overlaps=first --set layers.parcels.fabric=false");
  refused(2, "tolerance_m: must be above 0", "--set layers.parcels.fabric.tolerance_m=0");
  refused(3, "'rail' has no polygons", "--set study.borders=rail");
  refused(3, "'name'", "--set study.borders=provinces --set study.border_field=name");
}

TEST_CASE("common land follows the policy of the study", "[cli]") {
  SmallWorld const world;
  with_overlap(world);
  auto const run_with = [&](std::string const& policy) {
    RunResult const result = world.terrein("--overwrite --set study.overlaps=" + policy);
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
  };
  run_with("keep");
  CHECK(sizes(world) == "A1=10000 B1=11000 C1=10000 ");
  {
    Database const db(world.path("result.gpkg"));
    CHECK(db.one("SELECT text FROM issues WHERE code = 'overlap'") ==
          "Has 1000.00 m² in common with 'B1': 10.00 % of the smaller one, 9.09 m wide on average.");
    CHECK(db.one("SELECT feature_id FROM issues WHERE code = 'overlap'") == "A1");
  }
  run_with("first");
  CHECK(sizes(world) == "A1=10000 B1=10000 C1=10000 ");
  run_with("split");
  CHECK(sizes(world) == "A1=9000 A1+B1=1000 B1=10000 C1=10000 ");
  run_with("quarantine");
  CHECK(sizes(world) == "C1=10000 ");
  Database const db(world.path("result.gpkg"));
  CHECK(db.one("SELECT policy FROM fabric WHERE kind = 'overlap'") == "quarantine");
  CHECK(db.one("SELECT severity FROM issues WHERE code = 'overlap'") == "error");
  CHECK(db.one("SELECT (SELECT count(*) FROM candidates) + (SELECT count(*) FROM excluded)") == "9");
  CHECK(read_file(world.path("result.gpkg.run.json")).find("\"overlaps\": \"quarantine\"") != std::string::npos);
}

TEST_CASE("the fabric of candidates may be left alone, that of another layer looked at", "[cli]") {
  SmallWorld const world;
  with_overlap(world);
  REQUIRE(world.terrein("--set layers.parcels.fabric=false --set layers.flood.fabric=true").exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(db.one("SELECT count(*) FROM issues WHERE code = 'overlap'") == "0");
  CHECK(db.one("SELECT group_concat(DISTINCT layer) FROM fabric") == "flood");
  CHECK(sizes(world) == "A1=10000 B1=11000 C1=10000 ");
}
