// The whole run on a world of nine parcels whose answers are obvious, read back with plain SQL.
#include <nlohmann/json.hpp>

#include "cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

TEST_CASE("nine parcels are measured, judged and scored as by hand", "[pipeline]") {
  SmallWorld const world;
  RunResult const result = world.terrein();
  INFO(result.err << result.out);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));

  // The three western parcels lie wholly in flood class D and fail; the other six pass.
  CHECK(db.one("SELECT group_concat(key) FROM (SELECT key FROM excluded ORDER BY key)") == "A1,A2,A3");
  CHECK(db.one("SELECT count(*) FROM candidates WHERE own_outcome = 'voldoet'") == "6");
  CHECK(db.one("SELECT DISTINCT excluded_by FROM excluded") == "Eigen model: dry");

  // Column C touches the rail line (value 1), column B lies 100 m away (value 0.5 on 0..200 m). Weights 3:1, dry = 1.
  CHECK(db.number("SELECT own_score FROM candidates WHERE key = 'C2'") == Approx(100));
  CHECK(db.number("SELECT own_score FROM candidates WHERE key = 'B2'") == Approx(100 * (0.75 * 0.5 + 0.25)));
  CHECK(db.number("SELECT val_rail_m FROM candidates WHERE key = 'B1'") == Approx(100));
  CHECK(db.one("SELECT by_wet FROM excluded WHERE key = 'A1'") == "0");
  CHECK(db.number("SELECT m_dry FROM excluded WHERE key = 'A1'") == Approx(-0.5));
  // Three parcels share the first rank, the next three the fourth.
  CHECK(db.one("SELECT group_concat(own_rank) FROM (SELECT own_rank FROM candidates ORDER BY own_rank)") ==
        "1,1,1,4,4,4");
  CHECK(db.one("SELECT count(*) FROM excluded WHERE own_rank IS NOT NULL") == "0");
  CHECK(db.one("SELECT only_ha FROM ledger WHERE rule = 'dry'") == "3.0");
  CHECK(db.one("SELECT adopted FROM models LIMIT 1") == "startgewichten, niet bestuurlijk vastgesteld");
}

TEST_CASE("the same inputs give the same bytes for 1, 2 and 7 workers", "[pipeline]") {
  SmallWorld const world;
  std::string first;
  for (char const* workers : {"1", "2", "7"}) {
    auto const file = world.path(std::string("w") + workers + ".gpkg");
    REQUIRE(world
                .terrein(std::string("--workers ") + workers + " --set output.file=" + file.string() +
                         " --set output.geojson='[\"candidates\"]'")
                .exit_code == 0);
    std::string const bytes = read_file(file);
    std::string const json = read_file(world.path(std::string("w") + workers + ".candidates.geojson"));
    CHECK(json.size() > 1000);
    if (first.empty()) first = bytes;
    CHECK((bytes == first));
  }
}

TEST_CASE("the manifest beside the result holds hashes that a second program confirms", "[pipeline]") {
  SmallWorld const world;
  REQUIRE(world.terrein().exit_code == 0);
  auto const manifest = nlohmann::json::parse(read_file(world.path("result.gpkg.run.json")));
  RunResult const sum = run("sha256sum " + world.path("result.gpkg").string());
  CHECK(manifest["outputs"][0]["sha256"] == sum.out.substr(0, 64));
  RunResult const input = run("sha256sum " + world.path("parcels.geojson").string());
  CHECK(manifest["layers"][0]["sha256"] == input.out.substr(0, 64));
  CHECK(manifest["layers"][0]["source"] == "parcels.geojson");
  CHECK(manifest["layers"][0]["rows_read"] == 9);
  CHECK(manifest["candidates"] == 9);
  CHECK(manifest.contains("seconds"));
  Database const db(world.path("result.gpkg"));
  auto const inner = nlohmann::json::parse(db.one("SELECT metadata FROM gpkg_metadata WHERE mime_type LIKE '%json%'"));
  CHECK(inner["time"] == "1970-01-01T00:00:00.000Z");
  CHECK_FALSE(inner.contains("seconds"));
  CHECK_FALSE(inner.contains("workers"));
  CHECK_FALSE(inner.contains("paths"));
}

TEST_CASE("a parcel outside the coverage of a layer is unknown, never excluded", "[pipeline]") {
  SmallWorld world;
  // The flood layer now vouches only for its own extent, which is column A.
  world.edit("study.toml", "class = \"class\"\ncoverage = \"everywhere\"", "class = \"class\"");
  REQUIRE(world.terrein().exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(db.one("SELECT count(*) FROM candidates WHERE own_outcome = 'onbekend' AND rule_dry = 'unknown'") == "6");
  CHECK(db.one("SELECT count(*) FROM candidates WHERE val_wet IS NULL") == "6");
  CHECK(db.one("SELECT count(*) FROM excluded") == "3");
  // Three quarters of the weight are known: still ranked, and the score is that of the rail distance alone.
  CHECK(db.number("SELECT own_completeness FROM candidates WHERE key = 'B2'") == Approx(0.75));
  CHECK(db.number("SELECT own_score FROM candidates WHERE key = 'B2'") == Approx(50));
  CHECK(db.number("SELECT own_low FROM candidates WHERE key = 'B2'") == Approx(37.5));
  CHECK(db.number("SELECT own_high FROM candidates WHERE key = 'B2'") == Approx(62.5));
}

TEST_CASE("below the wanted completeness there is a score but no rank", "[pipeline]") {
  SmallWorld world;
  world.edit("study.toml", "class = \"class\"\ncoverage = \"everywhere\"", "class = \"class\"");
  REQUIRE(world.terrein("--set models.own.min_completeness=0.8").exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(db.one("SELECT count(*) FROM candidates WHERE own_rank IS NULL AND own_score IS NOT NULL") == "6");
}

TEST_CASE("an area limits the candidates, not the layers they are measured against", "[pipeline]") {
  SmallWorld world;
  world.edit("study.toml", "[candidates]", "[area]\nbox = [100100, 200000, 100200, 200300]\n[candidates]");
  world.edit("study.toml", "[rules.dry]", "[criteria.around]\nmeasure = \"neighbours\"\n[rules.dry]");
  REQUIRE(world.terrein().exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(db.one("SELECT group_concat(key) FROM (SELECT key FROM candidates ORDER BY key)") == "B1,B2,B3");
  // B2 has a neighbour on each side although A2 and C2 are no candidates.
  CHECK(db.number("SELECT val_around FROM candidates WHERE key = 'B2'") == 4);
  CHECK(db.number("SELECT val_rail_m FROM candidates WHERE key = 'B2'") == Approx(100));
}

TEST_CASE("a run over part of the candidates gives them the values of the whole run", "[pipeline]") {
  SmallWorld world;
  world.edit("study.toml", "[rules.dry]", "[criteria.around]\nmeasure = \"neighbours\"\n[rules.dry]");
  REQUIRE(world.terrein().exit_code == 0);
  REQUIRE(world.terrein("--set output.file=part.gpkg --set area.box='[100150,200000,100300,200200]'").exit_code == 0);
  Database const whole(world.path("result.gpkg")), part(world.path("part.gpkg"));
  std::string const columns =
      "key, val_wet, val_rail_m, val_around, by_rail_m, m_dry, own_outcome, own_score, own_low, own_high";
  auto const some = part.rows("SELECT " + columns + " FROM candidates ORDER BY key");
  REQUIRE(some.size() == 4);
  for (auto const& row : some)
    CHECK((whole.rows("SELECT " + columns + " FROM candidates WHERE key = '" + *row.at("key") + "'")[0] == row));
}

TEST_CASE("a broken parcel is repaired or put aside and shown", "[pipeline]") {
  SmallWorld world;
  // B2 becomes a bow-tie: two triangles of 25 ares each.
  world.edit("parcels.geojson", "[100100,200100],[100200,200100],[100200,200200],[100100,200200],[100100,200100]",
             "[100100,200100],[100200,200100],[100100,200200],[100200,200200],[100100,200100]");
  REQUIRE(world.terrein().exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(db.one("SELECT count(*) FROM issues WHERE layer = 'parcels' AND feature_id = 'B2'") != "0");
  CHECK(db.one("SELECT count(*) FROM candidates WHERE key = 'B2'") == "1");
}

TEST_CASE("land that cuts take together is no candidate, and the features that took it are named", "[pipeline]") {
  SmallWorld world;
  // Two halves of B2: neither takes all of it, together they do. Rail with 20 m takes a strip of column C.
  write_file(
      world.path("halves.geojson"),
      SmallWorld::collection(
          R"({"type":"Feature","properties":{"nr":"west"},"geometry":{"type":"Polygon","coordinates":[[[100100,200100],)"
          R"([100150,200100],[100150,200200],[100100,200200],[100100,200100]]]}},)"
          R"({"type":"Feature","properties":{"nr":"east"},"geometry":{"type":"Polygon","coordinates":[[[100150,200100],)"
          R"([100200,200100],[100200,200200],[100150,200200],[100150,200100]]]}})"));
  world.edit("study.toml", "[criteria.wet]",
             "[layers.halves]\nsource = \"halves.geojson\"\nid = \"nr\"\nclass = \"nr\"\ncoverage = \"everywhere\"\n"
             "[rules.west]\neffect = \"cut\"\nlayer = \"halves\"\nclasses = [\"west\"]\n"
             "[rules.east]\neffect = \"cut\"\nlayer = \"halves\"\nclasses = [\"east\"]\n"
             "[rules.track]\neffect = \"cut\"\nlayer = \"rail\"\nbuffer_m = 20\n[criteria.wet]");
  world.edit("study.toml", "rules = [\"dry\"]", "rules = [\"dry\", \"west\", \"east\", \"track\"]");
  RunResult const result = world.terrein("--set output.context='[\"rail\"]'");
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(db.one("SELECT own_outcome FROM excluded WHERE key = 'B2'") == "voldoet niet");
  CHECK(db.one("SELECT rule_west || ' ' || rule_east FROM excluded WHERE key = 'B2'") == "pass pass");
  CHECK(db.number("SELECT m_west FROM excluded WHERE key = 'B2'") == Approx(0.5));
  CHECK(db.one("SELECT by_west || ' ' || by_east FROM excluded WHERE key = 'B2'") == "west east");
  CHECK(db.one("SELECT excluded_by FROM excluded WHERE key = 'B2'") ==
        "Eigen model: samen geen grond over: west + east");
  // 20 m of each hectare of column C lies along the track: 0.2 ha each.
  CHECK(db.number("SELECT applies_ha FROM ledger WHERE rule = 'track'") == Approx(0.6));
  // What by_… names can be looked up in the context layer.
  CHECK(db.one("SELECT by_rail_m = (SELECT source_id FROM rail) FROM candidates WHERE key = 'C1'") == "1");
}

TEST_CASE("an earlier result can be the input of a new one", "[pipeline]") {
  SmallWorld world;
  REQUIRE(world.terrein().exit_code == 0);
  std::filesystem::rename(world.path("result.gpkg"), world.path("first.gpkg"));
  world.edit("study.toml", "source = \"parcels.geojson\"", "source = \"first.gpkg\"\nlayer = \"candidates\"");
  world.edit("study.toml", "layer = \"parcels\"\n[layers", "layer = \"parcels\"\nkeep = [\"*\"]\n[layers");
  RunResult const again = world.terrein("--overwrite");
  INFO(again.err);
  REQUIRE(again.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(db.one("SELECT count(*) FROM candidates WHERE val_rail_m = val_rail_m_src") == "6");
}

TEST_CASE("every layer that rests on weights says who adopted them", "[pipeline]") {
  SmallWorld const world;
  REQUIRE(world.terrein("--set output.geojson='[\"candidates\", \"excluded\"]'").exit_code == 0);
  Database const db(world.path("result.gpkg"));
  std::string const note = "startgewichten, niet bestuurlijk vastgesteld";
  for (char const* table : {"candidates", "excluded", "ledger", "models"})
    CHECK(db.one(std::string("SELECT description FROM gpkg_contents WHERE table_name = '") + table + "'").find(note) !=
          std::string::npos);
  for (char const* name : {"result.candidates.geojson", "result.excluded.geojson"})
    CHECK(read_file(world.path(name)).find(note) != std::string::npos);
}

TEST_CASE("values that depend on the other candidates are marked wherever the model speaks", "[pipeline]") {
  SmallWorld world;
  world.edit("study.toml", "points = \"0:1|200:0\"", "kind = \"minmax\"\npoints = \"less\"");
  REQUIRE(world.terrein("--set output.geojson='[\"candidates\"]'").exit_code == 0);
  Database const db(world.path("result.gpkg"));
  std::string const mark = "relatief ten opzichte van de kandidaten: rail_m";
  CHECK(db.one("SELECT description FROM gpkg_contents WHERE table_name = 'candidates'").find(mark) !=
        std::string::npos);
  CHECK(db.one("SELECT adopted FROM models LIMIT 1").find(mark) != std::string::npos);
  CHECK(db.one("SELECT value_function FROM models WHERE criterion = 'rail_m'") == "minmax");
  CHECK(read_file(world.path("result.candidates.geojson")).find(mark) != std::string::npos);
}
