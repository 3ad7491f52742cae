// Layers of the result that are made from those of a study, through a whole run on nine parcels.
#include "cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

std::string feature(std::string const& properties, std::string const& type, std::string const& coordinates) {
  return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":{"type":")" + type +
         R"(","coordinates":)" + coordinates + "}}";
}

/// The small world with a street 8 m west of column A, a track 8 m east of column C beyond a canal, and a ditch without
/// class 5 m north of A3 before a lane.
class WorldWithGates : public SmallWorld {
 public:
  WorldWithGates() {
    write_file(
        path("streets.geojson"),
        collection(feature(R"("name":"west","kind":"street")", "LineString", "[[99992,200010],[99992,200290]]") + "," +
                   feature(R"("name":"east","kind":"track")", "LineString", "[[100308,200000],[100308,200090]]") + "," +
                   feature(R"("name":"north","kind":"street")", "LineString", "[[100020,200310],[100080,200310]]")));
    write_file(
        path("water.geojson"),
        collection(feature(R"("name":"canal","kind":"canal")", "LineString", "[[100304,199900],[100304,200400]]") +
                   "," + feature(R"("name":"ditch","kind":null)", "LineString", "[[100000,200305],[100100,200305]]")));
    edit("study.toml", "[criteria.wet]", R"([layers.streets]
source = "streets.geojson"
coverage = "everywhere"
id = "name"
class = "kind"
[layers.streets.classes]
street = "street"
track = "track"
[layers.streets.graph]
connect = "ends"
[layers.streets.gates]
tolerance_m = 12
barriers = { water = { classes = ["canal"] } }
[layers.water]
source = "water.geojson"
coverage = "everywhere"
id = "name"
class = "kind"
[layers.water.classes]
canal = "canal"
[criteria.gates]
measure = "gates"
roads = "streets"
[criteria.gate_class]
measure = "gate_class"
roads = "streets"
[criteria.wet])");
    edit("study.toml", "file = \"result.gpkg\"", "file = \"result.gpkg\"\ngates = [\"streets\"]");
  }
};

/// Gates of a parcel as text: kind, line, metres, barrier.
std::string gates_of(Database const& db, std::string const& parcel) {
  std::string out;
  for (auto const& row :
       db.rows("SELECT kind || ' ' || line_id || ' ' || line_class || ' ' || round(gate_m, 3) || ' ' || "
               "coalesce(barrier || '/' || barrier_id || '/' || barrier_class, '-') AS t FROM gates "
               "WHERE candidate = '" +
               parcel + "' ORDER BY fid"))
    out += (out.empty() ? "" : ", ") + row.at("t").value_or("NULL");
  return out;
}

}  // namespace

TEST_CASE("The gates of a network are a layer, with what bars those who have none", "[pipeline]") {
  WorldWithGates const world;
  RunResult const result = world.terrein();
  INFO(result.err << result.out);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(gates_of(db, "A1") == "gate west street 8.0 -");
  CHECK(gates_of(db, "A3") == "gate west street 8.0 -, possible north street 10.0 -");  // the ditch may be a canal
  CHECK(gates_of(db, "C1") == "barred east track 8.0 water/canal/canal");
  CHECK(gates_of(db, "B2") == "");
  CHECK(db.one("SELECT count(*) FROM gates") == "5");  // those, and that of A2
  // A row per gate that the measure counts, where it is known.
  CHECK(db.one("SELECT count(*) FROM (SELECT key, val_gates AS n FROM candidates UNION ALL SELECT key, val_gates "
               "FROM excluded) AS c WHERE n IS NOT NULL AND n <> (SELECT count(*) FROM gates WHERE candidate = c.key "
               "AND kind = 'gate')") == "0");
  CHECK(db.one("SELECT geometry_type_name FROM gpkg_geometry_columns WHERE table_name = 'gates'") == "MULTILINESTRING");
  CHECK(db.one("SELECT identifier FROM gpkg_contents WHERE table_name = 'gates'") == "Toegangen tot het netwerk");
  CHECK(db.one("SELECT name FROM gpkg_data_columns WHERE table_name = 'gates' AND column_name = 'barrier'") ==
        "Laag van de hindernis");
  CHECK(db.one("SELECT description FROM gpkg_data_column_constraints WHERE constraint_name = 'gate_kind' AND value = "
               "'barred'") == "versperd");
  CHECK(db.one("SELECT count(*) FROM layer_styles WHERE f_table_name = 'gates' AND styleQML LIKE '%dash%'") == "1");
}

TEST_CASE("Layers that are made are the same bytes for any number of workers, and leave all others as they were",
          "[pipeline]") {
  WorldWithGates const world;
  REQUIRE(world.terrein("--overwrite --no-cache --workers 1").exit_code == 0);
  std::string const one = read_file(world.path("result.gpkg"));
  REQUIRE(world.terrein("--overwrite --no-cache --workers 7").exit_code == 0);
  CHECK((read_file(world.path("result.gpkg")) == one));
  world.edit("study.toml", "gates = [\"streets\"]\n", "");
  REQUIRE(world.terrein("--overwrite --no-cache").exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(db.one("SELECT count(*) FROM gpkg_contents WHERE table_name = 'gates'") == "0");
  CHECK(db.one("SELECT count(*) FROM gpkg_data_column_constraints WHERE constraint_name = 'gate_kind'") == "0");
}

TEST_CASE("Layers that are made can be GeoJSON, and take their name from others", "[pipeline]") {
  WorldWithGates const world;
  world.edit("study.toml", "gates = [\"streets\"]", "gates = [\"streets\"]\ngeojson = [\"gates\"]");
  REQUIRE(world.terrein().exit_code == 0);
  auto const json = nlohmann::json::parse(read_file(world.path("result.gates.geojson")));
  CHECK(json["features"].size() == 5);
  CHECK(json["features"][0]["properties"]["candidate"] == "A1");
  CHECK(world.terrein("--overwrite --set output.gates='[\"rail\"]'")
            .err.find("'rail' is no layer that says in `gates`") != std::string::npos);
  CHECK(world.terrein("--overwrite --set output.layer=gates")
            .err.find("two layers of the result would be named 'gates'") != std::string::npos);
  CHECK(world.terrein("--overwrite --set output.gates=[]").err.find("'gates' is not a layer of the output") !=
        std::string::npos);
}

TEST_CASE("Isochrones and market areas of a study are layers with Dutch labels", "[pipeline]") {
  WorldWithGates const world;
  write_file(world.path("ramps.geojson"),
             SmallWorld::collection(feature(R"("nr":"r1")", "Point", "[99992,200010]") + "," +
                                    feature(R"("nr":"r2")", "Point", "[99992,200290]")));
  world.edit("study.toml", "[criteria.wet]", R"([layers.ramps]
source = "ramps.geojson"
id = "nr"
coverage = "everywhere"
[reach.to_ramps]
layer = "ramps"
roads = "streets"
limits_s = [6, 60]
label_nl = "Tot de oprit"
[reach.ramp_areas]
kind = "market_areas"
layer = "ramps"
roads = "streets"
limits_m = [120]
width_m = 50
[criteria.wet])");
  world.edit("study.toml", "gates = [\"streets\"]", "gates = [\"streets\"]\ngeojson = [\"market_areas\"]");
  RunResult const result = world.terrein();
  INFO(result.err << result.out);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  // 280 m at 50 km/h: in 6 s 83.3 m from either end, in a minute all.
  CHECK(db.one("SELECT group_concat(t, '; ') FROM (SELECT label || ' ' || round(minutes, 1) || ' ' || lines || ' ' || "
               "round(road_km, 4) AS t FROM isochrones ORDER BY fid)") ==
        "Tot de oprit 0.1 sure 0.1667; Tot de oprit 1.0 sure 0.28");
  CHECK(db.one("SELECT group_concat(t, '; ') FROM (SELECT source_id || ' ' || round(km, 2) || ' ' || round(road_km, 4) "
               "|| ' ' || (minutes IS NULL) AS t FROM market_areas ORDER BY fid)") == "r1 0.12 0.12 1; r2 0.12 0.12 1");
  CHECK(db.number("SELECT max(area_ha) FROM isochrones") > 30);  // 250 m around 280 m
  CHECK(db.one("SELECT identifier FROM gpkg_contents WHERE table_name = 'market_areas'") == "Marktgebieden");
  CHECK(db.one("SELECT count(*) FROM layer_styles WHERE f_table_name = 'isochrones' AND styleQML LIKE '%tot 10 "
               "minuten%'") == "1");
  auto const json = nlohmann::json::parse(read_file(world.path("result.market_areas.geojson")));
  CHECK(json["features"].size() == 2);
  std::string const bytes = read_file(world.path("result.gpkg"));
  REQUIRE(world.terrein("--overwrite --no-cache --workers 7").exit_code == 0);
  CHECK((read_file(world.path("result.gpkg")) == bytes));
}

TEST_CASE("Faults of [reach] are told before a run", "[pipeline]") {
  WorldWithGates const world;
  world.edit("study.toml", "[criteria.wet]", "[reach.a]\nlayer = \"nothing\"\nroads = \"rail\"\n[criteria.wet]");
  std::string const err = world.terrein().err;
  INFO(err);
  for (char const* part : {"no layer of features 'nothing'", "'rail' is no layer that says in `graph`",
                           "reach.a.limits_s: or `limits_m` is missing"})
    CHECK(err.find(part) != std::string::npos);
}
