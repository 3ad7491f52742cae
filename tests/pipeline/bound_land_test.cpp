// Land bound to water, through a whole run on nine parcels with the study of docs/water-bound.md.
#include "cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

std::string feature(std::string const& properties, std::string const& type, std::string const& coordinates) {
  return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":{"type":")" + type +
         R"(","coordinates":)" + coordinates + "}}";
}
std::string box(int x0, int y0, int x1, int y1) {
  auto const at = [](int x, int y) { return "[" + std::to_string(x) + "," + std::to_string(y) + "]"; };
  return "[[" + at(x0, y0) + "," + at(x1, y0) + "," + at(x1, y1) + "," + at(x0, y1) + "," + at(x0, y0) + "]]";
}
/// The first block of TOML in the manual.
std::string study_of_the_manual() {
  std::string const page = read_file(std::string(TERREIN_SOURCE_DIR) + "/docs/water-bound.md"), fence = "```toml\n";
  auto const from = page.find(fence) + fence.size();
  return page.substr(from, page.find("```", from) - from);
}
std::string layer(std::string const& key, std::string const& rest) {
  return "[layers." + key + "]\nsource = \"" + key + ".geojson\"\ncoverage = \"everywhere\"\n" + rest;
}

/// A canal 10 m south of row 1. The plan binds row 1 and A2 to it. A motor road runs before C1, a quay lies before A1
/// and B1. A1 moved 5000 t, C1 none, of B1 nothing is known.
class WorldOnCanal : public SmallWorld {
 public:
  WorldOnCanal() {
    write("water", feature(R"("name":"Kanaal","cemt":"Va")", "Polygon", box(99000, 199950, 101000, 199990)));
    write("zones", feature(R"("kind":"wb")", "Polygon", box(100000, 200000, 100300, 200100)) + "," +
                       feature(R"("kind":"wb")", "Polygon", box(100000, 200100, 100100, 200200)));
    write("roads", feature(R"("kind":"n")", "LineString", "[[100201,199995],[100400,199995]]") + "," +
                       feature(R"("kind":"path")", "LineString", "[[99000,199992],[101000,199992]]"));
    write("quays", feature(R"("name":"Kaai","cemt":"Va")", "LineString", "[[100000,199990],[100150,199990]]"));
    write("buildings", feature("", "Polygon", box(100010, 200040, 100090, 200080)));
    write("offer", feature("", "Polygon", box(100100, 200000, 100200, 200100)));
    write("parks", feature(R"("name":"Kanaalzone")", "Polygon", box(100000, 200000, 100200, 200300)));
    write_file(path("tonnage.csv"), "plot,tonnes,year\nA1,5000,2023\nA1,0,2019\nC1,0,2023\n");
    edit("study.toml", "[criteria.wet]",
         layer("water", "") + layer("zones", "class = \"kind\"\n[layers.zones.classes]\nwb = \"water_bound\"\n") +
             layer("roads", "class = \"kind\"\n[layers.roads.classes]\nn = \"motor_road\"\npath = \"towpath\"\n") +
             layer("quays", "") + layer("buildings", "") + layer("offer", "") + layer("parks", "") +
             "[layers.tonnage]\nsource = \"tonnage.csv\"\njoin = { layer = \"parcels\", key = \"plot\", on = \"key\" "
             "}\n" +
             study_of_the_manual() + "[criteria.wet]");
  }

 private:
  void write(std::string const& key, std::string const& features) const {
    write_file(path(key + ".geojson"), collection(features));
  }
};

std::string shown(Database const& db, std::string const& query) {
  std::string out;
  for (auto const& row : db.rows(query)) out += (out.empty() ? "" : ", ") + row.at("t").value_or("NULL");
  return out;
}

}  // namespace

TEST_CASE("Water-bound land is a layer with fronts and sums, as the manual shows", "[pipeline][docs]") {
  WorldOnCanal const world;
  RunResult const result = world.terrein();
  INFO(result.err << result.out);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(shown(db,
              "SELECT candidate || ' ' || bound_class || ' ' || suited || ' ' || round(frontage_m) || ' ' || "
              "coalesce(cemt, '-') || ' ' || coalesce(park, '-') || ' ' || section AS t FROM water_bound ORDER BY "
              "candidate") ==
        "A1 effectief suitable 100.0 Va Kanaalzone Kanaal, A2 vermoedelijk in naam no 0.0 - Kanaalzone Kanaal, "
        "B1 onbekend suitable 100.0 Va Kanaalzone Kanaal, C1 in naam no 1.0 Va - Kanaal");
  CHECK(db.one("SELECT reasons FROM water_bound WHERE candidate = 'A1'") ==
        "Bestemd; front van 100 m met 100 m grond erachter; klasse Va; geschikt; 5000 ton in 2023.");
  CHECK(db.one("SELECT reasons FROM water_bound WHERE candidate = 'A2'") ==
        "Bestemd; geen front aan het water; niet geschikt; gebruik niet bekend; geen kaai binnen 20 m.");
  CHECK(shown(db, "SELECT candidate || ' ' || round(frontage_m) AS t FROM water_frontage ORDER BY candidate") ==
        "A1 100.0, B1 100.0, C1 1.0");
  CHECK(shown(db,
              "SELECT kind || ' ' || coalesce(name, '-') || ' ' || plots_n || ' ' || potential_ha || ' ' || "
              "used_ha || ' ' || free_ha || ' ' || fitting_ha || ' ' || coalesce(shortage_ha, '-') AS t FROM "
              "water_bound_sums ORDER BY fid") ==
        "park Kanaalzone 3 3.0 1.0 1.0 1.0 -, park - 1 1.0 0.0 0.0 0.0 -, section Kanaal 4 4.0 1.0 1.0 1.0 -, "
        "total - 4 4.0 1.0 1.0 1.0 11.0");
  CHECK(db.one("SELECT identifier FROM gpkg_contents WHERE table_name = 'water_bound'") ==
        "Watergebonden: bestemd en gebruikt");
  CHECK(db.one("SELECT description FROM gpkg_data_column_constraints WHERE constraint_name = 'bound_class' AND value "
               "= 'effectief'") == "effectief");
  CHECK(db.one("SELECT count(*) FROM layer_styles WHERE f_table_name = 'water_bound' AND styleQML LIKE "
               "'%vermoedelijk in naam%'") == "1");
}

TEST_CASE("Water-bound land is the same bytes for any number of workers, and faults of its study are told",
          "[pipeline]") {
  WorldOnCanal const world;
  REQUIRE(world.terrein("--overwrite --no-cache --workers 1").exit_code == 0);
  std::string const one = read_file(world.path("result.gpkg"));
  REQUIRE(world.terrein("--overwrite --no-cache --workers 7").exit_code == 0);
  CHECK((read_file(world.path("result.gpkg")) == one));
  auto const told = [&](std::string const& set) { return world.terrein("--overwrite --set " + set).err; };
  CHECK(told("bound_land.canal.banks.layer=wtaer").find("no layer of features 'wtaer'") != std::string::npos);
  CHECK(told("bound_land.canal.network=roads").find("says in `graph`") != std::string::npos);
  CHECK(told("bound_land.canal.ports.layer=quays").find("name it in `network`") != std::string::npos);
  CHECK(told("bound_land.canal.use.tonnes=weight").find("weight") != std::string::npos);
  // An axis has no bank.
  CHECK(told("bound_land.canal.banks.layer=quays").find("needs polygons") != std::string::npos);
}

TEST_CASE("Rail-bound land has layers of its own", "[pipeline]") {
  WorldOnCanal const world;
  world.edit("study.toml", "[criteria.wet]", R"([bound_land.line]
mode = "rail"
destined = { layer = "zones" }
banks = { layer = "rail" }
min_frontage_m = 90
[criteria.wet])");
  RunResult const result = world.terrein();
  INFO(result.err << result.out);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  // The line runs along the east side of column C.
  CHECK(shown(db, "SELECT candidate || ' ' || bound_class || ' ' || suited AS t FROM rail_bound ORDER BY candidate") ==
        "A1 vermoedelijk in naam no, A2 vermoedelijk in naam no, B1 vermoedelijk in naam no, C1 onbekend suitable, "
        "C2 niet bestemd suitable, C3 niet bestemd suitable");
  CHECK(db.one("SELECT count(*) FROM rail_frontage") == "3");
  CHECK(db.one("SELECT count(*) FROM rail_bound_sums") != "0");
}
