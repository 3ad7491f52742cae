// Tables as sources of a whole run, seen in the result file and its manifest alone.
#include "../cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

bool says(RunResult const& result, std::string const& text) { return result.err.find(text) != std::string::npos; }

/// The world with a table of soil dossiers that takes the shapes of the parcels, and a criterion on it.
void add_dossiers(SmallWorld const& world, std::string const& join) {
  write_file(world.path("dossiers.csv"),
             "nummer;perceel;toestand\n"
             "d1;A1;vuil\n"
             "d2;A1;proper\n"
             "d3;C3;vuil\n"
             "d4;Z9;vuil\n");
  // The layer stands before the one whose shapes it takes.
  world.edit("study.toml", "[layers.parcels]\n",
             "[layers.soil]\nsource = \"dossiers.csv\"\nid = \"nummer\"\nclass = \"toestand\"\n" + join +
                 "\ncoverage = \"everywhere\"\n[layers.parcels]\n");
  world.edit("study.toml", "[criteria.wet]",
             "[criteria.dirty]\nmeasure = \"area_share\"\nlayer = \"soil\"\nclasses = [\"vuil\"]\n[criteria.wet]");
  world.edit("study.toml", "wet = 1\n", "wet = 1\ndirty = 1\n");
  world.edit("study.toml", "[output]", "[models.own.values.dirty]\npoints = \"0:1|1:0\"\n[output]");
}

nlohmann::json layer_of(nlohmann::json const& manifest, std::string const& key) {
  for (auto const& layer : manifest.at("layers"))
    if (layer.at("key") == key) return layer;
  return {};
}

nlohmann::json manifest_of(SmallWorld const& world) {
  Database const result(world.path("result.gpkg"));
  return nlohmann::json::parse(result.one("SELECT metadata FROM gpkg_metadata WHERE mime_type = 'application/json'"));
}

}  // namespace

TEST_CASE("rows of a table take the shapes of the parcels with their key", "[pipeline]") {
  SmallWorld const world;
  add_dossiers(world, "join = { layer = \"parcels\", key = \"perceel\", on = \"key\" }");
  RunResult const run = world.terrein();
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  Database const result(world.path("result.gpkg"));
  // Joined parcels are wholly covered by their own dossier, the others by none.
  CHECK(result.one("SELECT group_concat(key) FROM (SELECT key FROM (SELECT key, val_dirty FROM candidates UNION SELECT "
                   "key, val_dirty FROM excluded) WHERE val_dirty = 1 ORDER BY key)") == "A1,C3");
  CHECK(result.one("SELECT group_concat(feature_id) FROM issues WHERE code = 'no_match'") == "d4");
  auto const soil = layer_of(manifest_of(world), "soil");
  CHECK(soil.at("rows_kept") == 4);
  CHECK(soil.at("join").at("matched") == 3);
  CHECK(soil.at("join").at("unmatched") == 1);
  CHECK(soil.at("join").at("layer") == "parcels");
}

TEST_CASE("joins that lead nowhere are faults of the study", "[pipeline]") {
  SmallWorld const absent, cyclic, both;
  add_dossiers(absent, "join = { layer = \"parcel\", key = \"perceel\", on = \"key\" }");
  RunResult const a = absent.terrein();
  CHECK(a.exit_code == 2);
  CHECK(says(a, "layers.soil.join: there is no layer 'parcel' in this study. Did you mean 'parcels'?"));
  add_dossiers(cyclic, "join = { layer = \"soil\", key = \"perceel\", on = \"key\" }");
  RunResult const c = cyclic.terrein();
  CHECK(c.exit_code == 2);
  CHECK(says(c, "goes round in a circle"));
  add_dossiers(both, "join = { layer = \"parcels\", key = \"perceel\", on = \"key\" }\nx = \"nummer\"");
  RunResult const b = both.terrein();
  CHECK(b.exit_code == 2);
  CHECK(says(b, "layers.soil.x"));
  CHECK(says(b, "layers.soil.join: gives the rows the shapes of another layer"));
}

TEST_CASE("a join over an attribute that is not there is told with those there are", "[pipeline]") {
  SmallWorld const world;
  add_dossiers(world, "join = { layer = \"parcels\", key = \"percel\", on = \"key\" }");
  RunResult const run = world.terrein();
  CHECK(run.exit_code == 3);
  CHECK(says(run, "has no field 'percel'. Did you mean 'perceel'?"));
}

TEST_CASE("columns of a table become own attributes of the candidates", "[pipeline]") {
  SmallWorld const world;
  write_file(world.path("owners.csv"), "perceel;eigenaars_n\nA1;1\nA2;3\nQ7;5\n");
  world.edit("study.toml", "[candidates]\n", "[candidates]\nkeep = [\"key\", \"eigenaars_n\"]\n");
  world.edit(
      "study.toml", "[criteria.wet]",
      "[layers.parcels.add.owners]\nsource = \"owners.csv\"\nkey = \"perceel\"\non = \"key\"\nfields = "
      "[\"eigenaars_n\"]\n[criteria.owners]\nmeasure = \"own_attribute\"\nfield = \"eigenaars_n\"\n[criteria.wet]");
  world.edit("study.toml", "wet = 1\n", "wet = 1\nowners = 1\n");
  world.edit("study.toml", "[output]", "[models.own.values.owners]\npoints = \"1:1|5:0\"\n[output]");
  RunResult const run = world.terrein();
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  Database const result(world.path("result.gpkg"));
  std::string const all =
      "(SELECT key, val_owners, eigenaars_n FROM candidates UNION SELECT key, val_owners, eigenaars_n "
      "FROM excluded)";
  CHECK(result.one("SELECT group_concat(key || val_owners || eigenaars_n, ' ') FROM (SELECT * FROM " + all +
                   " WHERE val_owners IS NOT NULL ORDER BY key)") == "A11.01 A23.03");
  CHECK(result.number("SELECT count(*) FROM " + all + " WHERE val_owners IS NULL") == 7);
  CHECK(result.one("SELECT text FROM issues WHERE code = 'no_row'").starts_with("7 of 9 features have no row"));
  CHECK(result.one("SELECT text FROM issues WHERE code = 'no_match'").find("'Q7'") != std::string::npos);
  auto const added = layer_of(manifest_of(world), "parcels").at("added").at(0);
  CHECK(added.at("matched") == 2);
  CHECK(added.at("unmatched") == 7);
  CHECK(added.at("sha256") == ::run("sha256sum " + world.path("owners.csv").string()).out.substr(0, 64));
}

TEST_CASE("rows in several CRS are brought to one", "[pipeline]") {
  SmallWorld const world;
  write_file(world.path("stops.csv"),
             "naam;GeoX;GeoY;stelsel\n"
             "a;100400;200150;Lambert 72\n"
             "b;570168,8615;5650300,7865;UTM\n"
             "c;4,0;51,0;Lambert 72\n");
  world.edit(
      "study.toml", "[criteria.wet]",
      "[layers.stops]\nsource = \"stops.csv\"\nx = \"GeoX\"\ny = \"GeoY\"\ncrs = \"EPSG:31370\"\nid = \"naam\"\n"
      "crs_field = \"stelsel\"\ncoverage = \"everywhere\"\n[layers.stops.crs_values]\n\"Lambert 72\" = \"EPSG:31370\"\n"
      "UTM = \"EPSG:25831\"\n[criteria.wet]");
  world.edit("study.toml", "[study]\n", "[study]\nmax_crs_error_m = 1.5\n");
  world.edit("study.toml", "[output]\n", "[output]\ncontext = [\"stops\"]\n");
  RunResult const run = world.terrein();
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  Database const result(world.path("result.gpkg"));
  CHECK(result.one("SELECT group_concat(feature_id || ' ' || text) FROM issues WHERE code = 'crs_contradicted'")
            .starts_with("c The row says 'Lambert 72', which is EPSG:31370, but its coordinates 4 51"));
  // 51 N 4 E on ETRS89 by gdaltransform -s_srs EPSG:4258 -t_srs EPSG:31370, without the grid: a metre or so.
  CHECK(result.number(
            "SELECT count(*) FROM rtree_stops_geom WHERE abs(minx - 124114.956) < 2 AND abs(miny - 187817.185) < 2") ==
        1);
  auto const stops = layer_of(manifest_of(world), "stops");
  CHECK(stops.at("quarantined") == 1);
  REQUIRE(stops.at("row_crs").size() == 2);
  CHECK(stops.at("row_crs").at(0).at("crs") == "EPSG:25831");
  CHECK(stops.at("row_crs").at(0).at("transformation").at("accuracy_m") > 0);
}

TEST_CASE("the keys of a table are checked together", "[pipeline]") {
  SmallWorld const world;
  world.edit(
      "study.toml", "[criteria.wet]",
      "[layers.a]\nsource = \"a.csv\"\nx = \"q\"\n[layers.b]\nsource = \"a.csv\"\ncrs_field = \"q\"\n[layers.c]\n"
      "source = \"a.csv\"\ncrs = \"EPSG:31370\"\n[layers.c.crs_values]\nq = \"EPSG:99999999\"\n[layers.d.add.t]\nkey = "
      "\"k\"\n[criteria.wet]");
  RunResult const run = world.terrein();
  CHECK(run.exit_code == 2);
  for (char const* text :
       {"layers.a.x: needs the other one", "layers.b.crs_field: needs the table `crs_values`",
        "layers.b.crs_field: needs `crs`", "layers.c.crs_values: needs `crs_field`", "layers.c.crs_values.q",
        "layers.d.add.t.source: is missing", "layers.d.add.t: needs `key`", "layers.d.add.t.fields: is missing"}) {
    INFO(text << "\n" << run.err);
    CHECK(says(run, text));
  }
}
