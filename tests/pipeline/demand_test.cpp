// Demand beside supply, through a whole run on nine parcels with the study of docs/demand.md.
#include "cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

std::string square(std::string const& properties, int x0, int y0, int x1, int y1) {
  auto const at = [](int x, int y) { return "[" + std::to_string(x) + "," + std::to_string(y) + "]"; };
  return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":{"type":"Polygon","coordinates":[[)" +
         at(x0, y0) + "," + at(x1, y0) + "," + at(x1, y1) + "," + at(x0, y1) + "," + at(x0, y0) + "]]}}";
}
/// The first block of TOML in the manual.
std::string study_of_the_manual() {
  std::string const page = read_file(std::string(TERREIN_SOURCE_DIR) + "/docs/demand.md"), fence = "```toml\n";
  auto const from = page.find(fence) + fence.size();
  return page.substr(from, page.find("```", from) - from);
}

std::string const header =
    "subregion,kind,sector,jobs_change,park_share,m2_per_job,mixed_share,stock_years,yearly_ha,demand_ha,water_share\n";
std::string const good_rows =
    "West,regionaal,Logistiek,100,0.5,200,0.2,,,,\n"  // 100 · 0.5 · 0.8 · 200 m² = 0.8 ha
    "West,regionaal,,,,,,2,0.5,,\n"                   // 1 ha
    "Oost,,,,,,,,,5,0.2\n";                           // 1 ha on water, 4 ha beside it

/// Two subregions, parted by the east side of column A. Plots are offered on A1 (regional, on water), B1 (local, dry),
/// beside the parcels (its hectares not known) and far away. Zones lie on B1 and B2 together, and on A1.
class WorldWithDemand : public SmallWorld {
 public:
  WorldWithDemand() {
    write("subregions", square(R"("name":"West")", 99000, 199000, 100100, 201000) + "," +
                            square(R"("name":"Oost")", 100100, 199000, 101000, 201000));
    write("offer", square(R"("ha":0.8,"text":"gebied voor regionaal bedrijventerrein","water":"ja")", 100000, 200000,
                          100100, 200100) +
                       "," + square(R"("ha":1,"text":"lokaal","water":"nee")", 100100, 200000, 100200, 200100) + "," +
                       square(R"("ha":null,"text":null,"water":null)", 100400, 200000, 100500, 200100) + "," +
                       square(R"("ha":9,"text":null,"water":null)", 90000, 200000, 90100, 200100));
    write("zoned", square("", 100100, 200000, 100200, 200200) + "," + square("", 100000, 200000, 100100, 200100));
    write_table(good_rows);
    edit("study.toml", "[criteria.wet]", study_of_the_manual() + "[criteria.wet]");
  }
  void write(std::string const& key, std::string const& features) const {
    write_file(path(key + ".geojson"), collection(features));
  }
  void write_table(std::string const& rows) const { write_file(path("demand.csv"), header + rows); }
  /// One site of one parcel of column C, half of which is farmland.
  void add_new_sites() const {
    write("farmland", square("", 100250, 199000, 100300, 201000));
    edit("study.toml", "[criteria.wet]",
         "[demand.open_space]\nlayer = \"farmland\"\n[layers.farmland]\nsource = \"farmland.geojson\"\ncoverage = "
         "\"everywhere\"\n[assembly.park]\ntarget_ha = [1, 1.5]\ncount = 1\n[criteria.wet]");
    edit("study.toml", "[demand.supply.offered]", "[demand.supply]\nnew_sites = \"park\"\n[demand.supply.offered]");
  }
};

std::string shown(Database const& db, std::string const& query) {
  std::string out;
  for (auto const& row : db.rows(query)) out += (out.empty() ? "" : ", ") + row.at("t").value_or("NULL");
  return out;
}
std::string number(std::string const& column) { return "coalesce(round(" + column + ", 6), '-')"; }
std::string const told_demand = "SELECT subregion || ' ' || needs_water || ' ' || kind || ' ' || " +
                                number("demand_ha") + " || ' ' || " + number("offered_ha") + " || ' ' || " +
                                number("zoned_ha") + " || ' ' || " + number("new_sites_ha") + " || ' ' || " +
                                number("short_ha") + " AS t FROM demand ORDER BY fid";

}  // namespace

TEST_CASE("demand is met step by step, as the manual shows", "[pipeline][docs]") {
  WorldWithDemand const world;
  RunResult const result = world.terrein();
  INFO(result.err << result.out);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  // Zoned: 2 ha × 0.75, half of it on the plot offered on B1; that on A1 counts there.
  CHECK(shown(db, told_demand) ==
        "Oost yes any 1.0 0.0 0.0 - 1.0, Oost no any 4.0 1.0 0.75 - 2.25, West no regionaal 1.8 0.8 0.0 - 1.0");
  CHECK(shown(db, "SELECT step || ' ' || coalesce(subregion, '-') || ' ' || state || ' ' || " + number("supply_ha") +
                      " || ' ' || " + number("double_ha") + " || ' ' || " + number("used_ha") + " || ' ' || " +
                      number("left_ha") + " AS t FROM demand_supply ORDER BY fid") ==
        "offered West counted 0.8 0.0 0.8 0.0, offered Oost counted 1.0 0.0 1.0 0.0, offered Oost unknown - - - -, "
        "offered - outside 9.0 0.0 - -, zoned Oost counted 1.5 0.75 0.75 0.0, zoned West double 0.75 0.75 - -");
  CHECK(shown(db, "SELECT scope || ' ' || coalesce(subregion, '-') || ' ' || " + number("demand_ha") + " || ' ' || " +
                      number("stock_ha") + " || ' ' || " + number("covered_ha") + " || ' ' || " + number("short_ha") +
                      " || ' ' || " + number("double_ha") + " || ' ' || unknown_areas_n || ' ' || " +
                      number("to_compensate_ha") + " || ' ' || coalesce(rows_left_out, '-') AS t FROM demand_sums " +
                      "ORDER BY fid") ==
        "subregion Oost 5.0 0.0 1.75 3.25 0.75 1 1.0 -, subregion West 1.8 1.0 0.8 1.0 0.75 0 0.0 -, "
        "total - 6.8 1.0 2.55 4.25 1.5 1 1.0 0");
  CHECK(shown(db, "SELECT used_for AS t FROM demand_supply WHERE used_for IS NOT NULL ORDER BY fid") ==
        "0.80 ha regionaal, 1.00 ha elke soort, 0.75 ha elke soort");
  CHECK(db.one("SELECT count(*) FROM issues WHERE code = 'supply_unknown'") == "1");
  CHECK(db.one("SELECT identifier FROM gpkg_contents WHERE table_name = 'demand'") == "Vraag naar bedrijfsgrond");
}

TEST_CASE("new sites meet what is short then, and open space that they take is to be compensated", "[pipeline]") {
  WorldWithDemand const world;
  world.add_new_sites();
  RunResult const result = world.terrein();
  INFO(result.err << result.out);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  REQUIRE(shown(db, "SELECT parcel_ids || ' ' || " + number("net_ha") + " AS t FROM sites") == "C1 0.7");
  CHECK(shown(db, told_demand) ==
        "Oost yes any 1.0 0.0 0.0 0.0 1.0, Oost no any 4.0 1.0 0.75 0.7 1.55, West no regionaal 1.8 0.8 0.0 0.0 1.0");
  CHECK(db.one("SELECT item FROM demand_supply WHERE step = 'new_sites'") == db.one("SELECT site_id FROM sites"));
  CHECK(shown(db, "SELECT " + number("open_space_ha") + " || ' ' || " + number("zoned_unbuilt_ha") + " || ' ' || " +
                      number("to_compensate_ha") + " AS t FROM demand_sums WHERE scope = 'total'") == "0.5 1.0 1.5");
  std::string const one = read_file(world.path("result.gpkg"));
  REQUIRE(world.terrein("--overwrite --no-cache --workers 7").exit_code == 0);
  CHECK((read_file(world.path("result.gpkg")) == one));

  SECTION("what is not known is not 0") {
    world.edit("study.toml", "coverage = \"everywhere\"\n[assembly.park]", "coverage = \"extent\"\n[assembly.park]");
    REQUIRE(world.terrein("--overwrite").exit_code == 0);
    Database const again(world.path("result.gpkg"));
    CHECK(again.one("SELECT count(*) FROM demand_sums WHERE to_compensate_ha IS NULL") == "2");
    CHECK(shown(again, "SELECT " + number("zoned_unbuilt_ha") + " AS t FROM demand_sums WHERE scope = 'total'") ==
          "1.0");
  }
}

TEST_CASE("rows of the table that cannot be understood are told one by one, and count nowhere", "[pipeline]") {
  WorldWithDemand const world;
  world.write_table(good_rows +
                    "Nergens,,,,,,,,,3,\n"               // told by the join
                    ",,,,,,,,,3,\n"                      // likewise
                    "Oost,,Hout,10,1.5,200,,,,,\n"       // a share above 1
                    "Oost,lokaal,,,,,,,,-1,\n"           // negative
                    "Oost,klein,,,,,,,,1,\n"             // no kind
                    "Oost,,,10,0.5,,,,,,\n"              // no coefficient
                    "Oost,,,10,0.5,200,,,,4,\n"          // twice
                    "Oost,,,,,,,5,,,\n"                  // half a stock
                    "Oost,,,,,,,,,,\n"                   // nothing
                    "Oost,,,,,,,,,\"1,5 ha\",\n"         // text
                    "Oost,,,1e9,1,1e6,,,,,\n"            // more than all land
                    "Oost,,Textiel,-1000,1,20,,,,,\n");  // fewer jobs are no fault
  RunResult const result = world.terrein();
  INFO(result.err << result.out);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(shown(db,
              "SELECT feature_id || ' ' || code AS t FROM issues WHERE layer = 'demand_table' AND code <> "
              "'null_geometry' ORDER BY fid") ==
        "4 no_match, 5 no_match, 6 demand_number, 7 demand_number, 8 demand_kind, 9 demand_incomplete, "
        "10 demand_twice, 11 demand_incomplete, 12 demand_incomplete, 13 demand_number, 14 demand_number");
  CHECK(db.one("SELECT rows_left_out FROM demand_sums WHERE scope = 'total'") == "11");
  CHECK(shown(db, "SELECT " + number("demand_ha") + " || ' ' || " + number("released_ha") +
                      " AS t FROM demand_sums WHERE scope = 'total'") == "6.8 2.0");
}

TEST_CASE("without supply all is short, and faults of the study are told", "[pipeline]") {
  WorldWithDemand const world;
  auto const told = [&](std::string const& set) { return world.terrein("--overwrite --set " + set).err; };
  CHECK(told("demand.table=tabel").find("no layer of features 'tabel'") != std::string::npos);
  CHECK(told("demand.subregions.layer=regions").find("no layer of features 'regions'") != std::string::npos);
  CHECK(told("demand.supply.new_sites=park").find("no [assembly.park]") != std::string::npos);
  CHECK(told("demand.columns.demand_ha=hectaren").find("hectaren") != std::string::npos);
  CHECK(told("demand.supply.offered.ha=opp").find("opp") != std::string::npos);
  CHECK(told("demand.supply.offered.classes='[\"x\"]'").find("names classes of layer 'offer'") != std::string::npos);
  CHECK(told("demand.supply.offered.net_factor=75").find("from 0 to 1") != std::string::npos);
  CHECK(told("demand.subregions.layer=rail --set 'demand.subregions.field=\"\"'").find("no polygons") !=
        std::string::npos);
  CHECK(told("layers.offer.where=\"ha > 100\"").find("has no rows") != std::string::npos);
  std::string const text = read_file(world.path("study.toml"));
  auto const from = text.find("[demand.supply.offered]"), to = text.find("[criteria.wet]");
  write_file(world.path("study.toml"), text.substr(0, from) + text.substr(to));
  RunResult const empty = world.terrein("--overwrite");
  INFO(empty.err);
  REQUIRE(empty.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(shown(db, "SELECT short_ha || ' ' || " + number("offered_ha") +
                      " AS t FROM demand_sums WHERE scope = 'total'") == "6.8 -");
  CHECK(db.one("SELECT count(*) FROM demand_supply") == "0");
  write_file(world.path("demand.csv"), "subregion,hectaren\nWest,3\n");
  CHECK(world.terrein("--overwrite").err.find("has no column 'demand_ha'") != std::string::npos);
}
