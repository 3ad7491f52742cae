// Why and why not: every answer about the small world is obvious, and written here by hand.
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "small_world.hpp"
#include "support/catch.hpp"
#include "support/folder_state.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;
namespace fs = std::filesystem;

namespace {

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

/// A text without its line breaks.
std::string flat(std::string const& text) {
  std::string out;
  for (char const c : text) {
    bool const blank = c == ' ' || c == '\n';
    if (!blank || out.empty() || out.back() != ' ') out += blank ? ' ' : c;
  }
  return out;
}

RunResult explain(fs::path const& file, std::string const& arguments) {
  return run(std::string(TERREIN_PROGRAM) + " explain " + file.string() + " " + arguments);
}

nlohmann::json json_of(fs::path const& file, std::string const& arguments) {
  RunResult const result = explain(file, arguments + " --json");
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK(result.err.empty());
  return nlohmann::json::parse(result.out);
}

/// The one entry of a list whose `key` is `value`.
nlohmann::json entry(nlohmann::json const& list, std::string const& key, std::string const& value) {
  for (auto const& one : list)
    if (one.at(key) == value) return one;
  return nullptr;
}

/// Changes a result as an unwise person would.
void execute(fs::path const& file, std::string const& sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &db) == SQLITE_OK);
  // The triggers of the spatial index ask for these; no shape is changed here.
  for (auto const& [name, arguments] :
       {std::pair{"ST_IsEmpty", 1}, {"ST_MinX", 1}, {"ST_MaxX", 1}, {"ST_MinY", 1}, {"ST_MaxY", 1}})
    sqlite3_create_function(
        db, name, arguments, SQLITE_UTF8, nullptr,
        [](sqlite3_context* context, int, sqlite3_value**) { sqlite3_result_int(context, 0); }, nullptr, nullptr);
  char* fault = nullptr;
  int const result = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &fault);
  INFO(sql << ": " << (fault == nullptr ? "" : fault));
  CHECK(result == SQLITE_OK);
  sqlite3_free(fault);
  sqlite3_close(db);
}

/// A copy of the result, to be spoilt.
fs::path copy_of(SmallWorld const& world, std::string const& name) {
  fs::copy_file(world.path("result.gpkg"), world.path(name));
  return world.path(name);
}

/// The world after a run. C1 to C3 touch the rail, B lies 100 m and A 200 m from it; all of A is wet.
void run_world(SmallWorld const& world) {
  RunResult const result = world.terrein();
  INFO(result.out << result.err);
  REQUIRE(result.exit_code == 0);
}

constexpr char const* b2 = R"(B2 · Kleine wereld
==================
1,00 ha · een van 9 kandidaten · result.gpkg

Eigen model: voldoet
--------------------
Geen regel sluit uit of stelt een voorwaarde.
Score 62,5 van 100; alles is bekend.
Rang 4 van 6. Scoort hoger dan 0 % van de andere. Net erboven: B1 (nr. 4, 62,5). Net eronder: B3
(nr. 4, 62,5).
Gewichten: startgewichten, niet bestuurlijk vastgesteld.

  Regels
  ✓ dry: niet van toepassing
      wet 0,0 %; geldt bij meer dan 50 %; marge 50,0 procentpunt.
      Grond: eigen keuze · vakkundig oordeel
      Bron: Overstromingsgevoelige gebieden (flood.geojson); klassen D

  Criteria: punten                                    meting  waarde  gewicht          punten
  rail_m                                               100 m    0,50   75,0 %   37,5 van 75,0
      Waarde: 0 m: 1; 200 m of meer: 0; ertussen rechtlijnig. Beter dan 0 % van de kandidaten met
      een rang, even goed als 40 %.
      Waarom: keuze van deze studie
      Bron: Spoorlijnen (rail.geojson); bepaald door 0
  wet                                                  0,0 %    1,00   25,0 %   25,0 van 25,0
      Waarde: 0 %: 1; 100 % of meer: 0; ertussen rechtlijnig. Beter dan 0 % van de kandidaten met
      een rang, even goed als 100 %.
      Waarom: keuze van deze studie
      Bron: Overstromingsgevoelige gebieden (flood.geojson); klassen D
  Som                                                                            62,5 van 100

  Bronnen
  - Overstromingsgevoelige gebieden: flood.geojson
  - Spoorlijnen: rail.geojson

Verkennende analyse, geen vergunningsbeslissing. Studie study.toml, 1970-01-01, terrein )";

constexpr char const* a1 = R"(A1 · Kleine wereld
==================
1.00 ha · one of 9 candidates · result.gpkg

Eigen model: fails
------------------
Excluded by: dry.
Score 0.0 of 100; everything is known.
No rank; by score alone it would be place 7 beside 6 candidates with a rank. Scores higher than 0 %
of them. Just above: B3 (no. 4, 62.5).
Weights: starting weights, not adopted by any council.

  Rules
  ✗ dry: fail
      wet 100.0 %; applies at more than 50 %; margin -50.0 percentage points.
      Ground: own choice · professional judgement
      Source: Overstromingsgevoelige gebieden (flood.geojson); classes D; decided by 0
)";

}  // namespace

TEST_CASE("a candidate is explained as text, rules, points and position in words") {
  SmallWorld const world;
  run_world(world);
  auto const before = folder_state(world.path(""));
  RunResult const passing = explain(world.path("result.gpkg"), "B2");
  CHECK(passing.exit_code == 0);
  CHECK(passing.err.empty());
  CHECK(passing.out.substr(0, std::string(b2).size()) == b2);
  RunResult const failing = explain(world.path("result.gpkg"), "A1 --language en");
  CHECK(failing.exit_code == 0);
  CHECK(failing.out.substr(0, std::string(a1).size()) == a1);
  CHECK(folder_state(world.path("")) == before);
}

TEST_CASE("the points of the criteria sum to the score, the margin is threshold minus measure") {
  SmallWorld const world;
  run_world(world);
  auto const json = json_of(world.path("result.gpkg"), "B2");
  CHECK(json["table"] == "candidates");
  CHECK(json["area_m2"] == 10000);
  CHECK(json["candidates"] == 9);
  auto const& model = json["models"][0];
  CHECK(model["outcome"] == "voldoet");
  // rail: 3 of 4 weights, half way between 0 and 200 m; wet: 1 of 4, dry.
  auto const rail = entry(model["criteria"], "criterion", "rail_m"), wet = entry(model["criteria"], "criterion", "wet");
  CHECK(rail["weight"] == 3);
  CHECK(rail["weight_share"] == 0.75);
  CHECK(rail["value"] == 0.5);
  CHECK(rail["points"] == 37.5);
  CHECK(rail["possible"] == 75);
  CHECK(wet["points"] == 25);
  CHECK(model["score"] == 62.5);
  CHECK(rail["value_function"]["points"] == "0:1|200:0");
  // Of the five others with a rank, C1 to C3 are nearer to the rail and B1 and B3 as near.
  CHECK(rail["better_than"] == 0);
  CHECK(rail["equal_to"] == 0.4);
  CHECK(model["position"]["rank"] == 4);
  CHECK(model["position"]["ranked"] == 6);
  auto const& rule = model["rules"][0];
  CHECK(rule["result"] == "pass");
  CHECK(rule["when"] == ">0.5");
  CHECK(rule["margin"] == 0.5);
  auto const best = json_of(world.path("result.gpkg"), "C2")["models"][0];
  CHECK(best["score"] == 100);
  CHECK(best["position"]["rank"] == 1);
  CHECK(best["position"]["better_than"] == 0.6);  // B1, B2, B3 of five
  CHECK(best["position"]["above"][0]["id"] == "C1");
  CHECK(best["position"]["below"][0]["id"] == "C3");
  auto const excluded = json_of(world.path("result.gpkg"), "A1");
  CHECK(excluded["table"] == "excluded");
  CHECK(excluded["models"][0]["position"]["would_be"] == 7);
  CHECK(excluded["models"][0]["rules"][0]["margin"] == -0.5);
  CHECK(entry(excluded["measures"], "key", "wet")["by_layer"] == "flood");
}

TEST_CASE("what is unknown is told with its bounds and what it could change") {
  SmallWorld const world;
  // The flood map ends in the middle of C: half of it is dry, the other half may be either.
  write_file(world.path("seen.geojson"),
             SmallWorld::collection(R"({"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":
      [[[100000,200000],[100250,200000],[100250,200300],[100000,200300],[100000,200000]]]}})"));
  world.edit("study.toml", "coverage = \"everywhere\"\n[layers.rail]", "coverage = \"seen\"\n[layers.rail]");
  world.edit("study.toml", "[criteria.wet]", "[layers.seen]\nsource = \"seen.geojson\"\n[criteria.wet]");
  run_world(world);
  auto const json = json_of(world.path("result.gpkg"), "C2");
  auto const measure = entry(json["measures"], "key", "wet");
  CHECK(measure["value"].is_null());
  CHECK(measure["low"] == 0);
  CHECK(measure["high"].get<double>() == Approx(0.5).margin(1e-12));
  auto const& model = json["models"][0];
  auto const wet = entry(model["criteria"], "criterion", "wet");
  CHECK(wet["points"].is_null());
  CHECK(wet["value_low"].get<double>() == Approx(0.5).margin(1e-12));
  CHECK(wet["value_high"] == 1);
  CHECK(model["completeness"] == 0.75);
  CHECK(model["score"] == 100);                                               // of what is known: the rail
  CHECK(model["low"].get<double>() == Approx(87.5).margin(1e-9));             // 75 + 25 · 0.5
  CHECK(entry(model["criteria"], "criterion", "rail_m")["possible"] == 100);  // 75 / 0.75
  CHECK(model["rules"][0]["result"] == "pass");                               // not more than half at either bound
  RunResult const text = explain(world.path("result.gpkg"), "C2");
  CHECK(has(flat(text.out),
            "Score 100,0 van 100 op wat bekend is, 75,0 % van het gewicht; met het onbekende tussen 87,5 en "
            "100,0."));
  CHECK(
      has(text.out, "? wet: onbekend, tussen 0,0 % en 50,0 %; goed voor 12,5 tot 25,0 punten van 100 (25,0 % van het"));
}

TEST_CASE("an unknown rule keeps the outcome open, and a layer that is absent says so") {
  SmallWorld const world;
  world.edit("study.toml", "[rules.dry]", R"([criteria.near_rail]
measure = "distance"
layer = "rail"
label_nl = "Spoor dichtbij"
[rules.wide]
criterion = "near_rail"
when = "<150"
effect = "condition"
ground = "beleid"
reference = "Plan 7"
date = 2020-02-03
duty = "Maak een aansluiting."
mark = "verified"
label_nl = "Nabij spoor"
[rules.dry])");
  world.edit("study.toml", "rules = [\"dry\"]", "rules = [\"dry\", \"wide\"]");
  run_world(world);
  RunResult const result = explain(world.path("result.gpkg"), "B2");
  CHECK(has(result.out, "Eigen model: onder voorwaarden\n"));
  CHECK(has(result.out, "Voorwaarde door: Nabij spoor.\n"));
  CHECK(has(result.out, "  - Maak een aansluiting.\n"));
  CHECK(has(result.out, "Spoor dichtbij 100 m; geldt bij minder dan 150 m; marge -50 m.\n"));
  CHECK(has(result.out, "Grond: beleid · Plan 7 · 2020-02-03 · nagelezen in de bron\n"));
}

TEST_CASE("cuts say what each takes and what is left by all") {
  SmallWorld const world;
  // The western half of B is cut by one strip, a quarter of it again by another: 5000 m² of 10000 are left.
  auto const strip = [](std::string const& west, std::string const& east, std::string const& north) {
    return R"({"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[)" + west + ",200000],[" +
           east + ",200000],[" + east + "," + north + "],[" + west + "," + north + "],[" + west + ",200000]]]}}";
  };
  write_file(world.path("pipe.geojson"), SmallWorld::collection(strip("100100", "100150", "200300")));
  write_file(world.path("wood.geojson"), SmallWorld::collection(strip("100100", "100150", "200150")));
  world.edit("study.toml", "[criteria.wet]", R"([layers.pipe]
source = "pipe.geojson"
coverage = "everywhere"
label_nl = "Leiding"
date = 2024-05-06
[layers.wood]
source = "wood.geojson"
coverage = "everywhere"
[rules.pipe_strip]
effect = "cut"
layer = "pipe"
label_nl = "Leidingstrook"
[rules.wood_cut]
effect = "cut"
layer = "wood"
[criteria.wet])");
  world.edit("study.toml", "rules = [\"dry\"]", "rules = [\"dry\", \"pipe_strip\", \"wood_cut\"]");
  run_world(world);
  auto const model = json_of(world.path("result.gpkg"), "B2")["models"][0];
  auto const pipe = entry(model["rules"], "key", "pipe_strip"), wood = entry(model["rules"], "key", "wood_cut");
  CHECK(pipe["cut_share"].get<double>() == Approx(0.5).margin(1e-9));
  CHECK(pipe["cut_m2"].get<double>() == Approx(5000).margin(1e-5));
  CHECK(wood["cut_m2"].get<double>() == Approx(2500).margin(1e-5));
  CHECK(pipe["by"] == "0");
  CHECK(model["net_m2"].get<double>() == Approx(5000).margin(1e-5));
  RunResult const result = explain(world.path("result.gpkg"), "B2");
  CHECK(has(result.out, "− Leidingstrook: 50,0 % (0,50 ha)\n"));
  CHECK(has(result.out, "Bron: Leiding (pipe.geojson, 2024-05-06); meest door 0\n"));
  CHECK(has(result.out, "= Netto over na alle uitsnijdingen: 0,50 ha van 1,00 ha\n"));
  CHECK(has(explain(world.path("result.gpkg"), "C2").out, "✓ Leidingstrook: niets\n"));
}

TEST_CASE("cuts that leave no land together are named as the reason") {
  SmallWorld const world;
  auto const half = [](std::string const& west, std::string const& east) {
    return SmallWorld::collection(
        R"({"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[)" + west + ",200100],[" +
        east + ",200100],[" + east + ",200200],[" + west + ",200200],[" + west + ",200100]]]}}");
  };
  write_file(world.path("west.geojson"), half("100100", "100150"));
  write_file(world.path("east.geojson"), half("100150", "100200"));
  world.edit("study.toml", "[criteria.wet]", R"([layers.west]
source = "west.geojson"
coverage = "everywhere"
[layers.east]
source = "east.geojson"
coverage = "everywhere"
[rules.cut_west]
effect = "cut"
layer = "west"
[rules.cut_east]
effect = "cut"
layer = "east"
[criteria.wet])");
  world.edit("study.toml", "rules = [\"dry\"]", "rules = [\"dry\", \"cut_west\", \"cut_east\"]");
  run_world(world);
  auto const model = json_of(world.path("result.gpkg"), "B2")["models"][0];
  CHECK(model["outcome"] == "voldoet niet");
  CHECK(model["all_cut"] == true);
  CHECK(has(explain(world.path("result.gpkg"), "B2").out,
            "De uitsnijdingen samen laten geen grond over: cut_west, cut_east.\n"));
}

TEST_CASE("a page holds everything in itself and escapes what the sources say") {
  SmallWorld const world;
  std::string const id = R"(<b onload='x'>&"2)";
  world.edit("parcels.geojson", R"("key":"B2")", R"("key":"<b onload='x'>&\"2")");
  world.edit("study.toml", "title = \"Kleine wereld\"", "title = \"Klein <script>alert(1)</script>\"");
  run_world(world);
  write_file(world.path("id.txt"), id);
  RunResult const result =
      explain(world.path("result.gpkg"), "\"$(cat " + world.path("id.txt").string() + ")\" --html");
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  std::string const& page = result.out;
  CHECK(has(page, "<!DOCTYPE html>\n<html lang=\"nl\">"));
  CHECK(has(page, "<h1>&lt;b onload=&#39;x&#39;&gt;&amp;&quot;2</h1>"));
  for (char const* part : {"<script", "<b onload", "http:", "https:", "src=", "href=", "url(", "@import"}) {
    INFO(part);
    CHECK_FALSE(has(page, part));
  }
  CHECK(has(page, "37,5 van 75,0"));
  // The map: the candidate, and eight neighbours.
  std::size_t near = 0;
  for (auto at = page.find("class=\"near"); at != std::string::npos; at = page.find("class=\"near", at + 1)) ++near;
  CHECK(near == 8);
  // A bar of 75 points half filled: 37.5 of the longest, which is 75.
  CHECK(has(page, "<rect class=\"track\" width=\"100.00\" height=\"8\"/><rect class=\"fill\" width=\"50.00\""));
}

TEST_CASE("columns that the study leaves out are named, and nothing is guessed") {
  SmallWorld const world;
  world.edit("study.toml", "[output]",
             "[output]\ncolumns = [\"key\", \"own_score\", \"own_v_wet\", \"val_wet as nat\"]");
  run_world(world);
  auto const json = json_of(world.path("result.gpkg"), "B2");
  auto const& model = json["models"][0];
  CHECK(model["outcome"].is_null());
  CHECK(model["score"] == 62.5);
  CHECK(model["rules"][0]["result"].is_null());
  CHECK(entry(json["measures"], "key", "wet")["value"] == 0);  // found under its new name
  CHECK(entry(json["measures"], "key", "rail_m")["shown"] == false);
  auto const wet = entry(model["criteria"], "criterion", "wet");
  CHECK(wet["value"] == 1);
  CHECK(wet["points"].is_null());  // the completeness is not there
  for (char const* column : {"val_rail_m", "own_outcome", "own_completeness", "rule_dry"}) {
    INFO(column);
    auto const& list = json["left_out"];
    CHECK(std::find(list.begin(), list.end(), column) != list.end());
  }
  RunResult const text = explain(world.path("result.gpkg"), "B2");
  CHECK(has(flat(text.out), "Niet te tonen, omdat [output] columns van de studie deze kolommen weglaat: val_rail_m"));
  // The excluded keep all their columns.
  CHECK(json_of(world.path("result.gpkg"), "A1")["left_out"].empty());
  world.edit("study.toml", "\"key\", ", "");
  CHECK(world.terrein("--overwrite").exit_code == 0);
  RunResult const nameless = explain(world.path("result.gpkg"), "B2");
  CHECK(nameless.exit_code == 2);
  CHECK(has(nameless.err, "The column 'key' of 'candidates' was left out by [output] columns"));
}

TEST_CASE("what was filled in by hand is called handmatig") {
  SmallWorld const world;
  run_world(world);
  fs::path const file = copy_of(world, "hand.gpkg");
  execute(file, R"(ALTER TABLE candidates ADD COLUMN manual TEXT;
    UPDATE candidates SET manual = 'wet' WHERE key = 'B2';
    CREATE TABLE additions_used (fid INTEGER PRIMARY KEY, id TEXT, field TEXT, value TEXT, low TEXT, high TEXT,
      source TEXT, "by" TEXT, date TEXT, was TEXT, outcome TEXT);
    INSERT INTO additions_used VALUES (1, 'B2', 'val_wet', '0', NULL, NULL, 'terreinbezoek', 'JD', '2026-01-02', '0.4', 'used'),
      (2, 'B2', 'rail_m', 'x', NULL, NULL, NULL, NULL, NULL, NULL, 'bad_value');)");
  RunResult const result = explain(file, "B2");
  CHECK(has(result.out, "  Met de hand ingevuld\n"));
  CHECK(has(flat(result.out),
            "* wet = 0: handmatig, bron: terreinbezoek, door JD, op 2026-01-02; zonder aanvulling 0.4."));
  CHECK(has(result.out, "Bron: handmatig, bron: terreinbezoek"));
  auto const json = json_of(file, "B2");
  CHECK(json["manual"].size() == 1);
  CHECK(entry(json["measures"], "key", "wet")["manual"] == true);
  CHECK(entry(json["measures"], "key", "rail_m")["manual"] == false);
  CHECK(has(explain(file, "B2 --html").out, "<span class=\"hand\">handmatig</span>"));
}

TEST_CASE("points that do not add up show that the file was changed") {
  SmallWorld const world;
  run_world(world);
  fs::path const file = copy_of(world, "changed.gpkg");
  CHECK(json_of(file, "B2")["warnings"].empty());
  execute(file, "UPDATE candidates SET own_v_wet = 0.2 WHERE key = 'B2'");
  CHECK(has(flat(explain(file, "B2").out), "! Eigen model: de punten tellen op tot 42,50 en de score is 62,50"));
}

TEST_CASE("a study without models still tells its rules and what was measured") {
  SmallWorld const world;
  std::string study = read_file(world.path("study.toml"));
  auto const from = study.find("[models.own]"), to = study.find("[output]");
  write_file(world.path("study.toml"), study.erase(from, to - from));
  run_world(world);
  auto const json = json_of(world.path("result.gpkg"), "A1");
  CHECK(json["models"][0]["model"].is_null());
  CHECK(json["models"][0]["rules"][0]["result"] == "fail");
  CHECK(has(explain(world.path("result.gpkg"), "A1").out, "  - rail_m: 200 m\n"));
  CHECK(has(explain(world.path("result.gpkg"), "A1 --html").out, "200 m"));
}

TEST_CASE("a relative value function is named, and unknown models and ids are refused with the nearest") {
  SmallWorld const world;
  world.edit("study.toml", "points = \"0:1|200:0\"", "kind = \"minmax\"\npoints = \"less\"");
  run_world(world);
  RunResult const result = explain(world.path("result.gpkg"), "B2 --model own");
  CHECK(has(result.out, "Waarde: relatief: 1 bij de kleinste kandidaat, 0 bij de grootste."));
  CHECK(has(flat(result.out), "relatief ten opzichte van de kandidaten: rail_m."));
  RunResult const id = explain(world.path("result.gpkg"), "B4");
  CHECK(id.exit_code == 2);
  CHECK(id.out.empty());
  CHECK(has(id.err, "has no candidate 'B4'. Did you mean 'A1' or 'A2' or 'A3'?") == false);  // the nearest have the B
  CHECK(has(id.err, "Did you mean 'B1' or 'B2' or 'B3'?"));
  RunResult const model = explain(world.path("result.gpkg"), "B2 --model oen");
  CHECK(model.exit_code == 2);
  CHECK(has(model.err, "has no model 'oen'. Did you mean 'own'?"));
  CHECK(explain(world.path("result.gpkg"), "B2 --json --html").exit_code == 2);
}

TEST_CASE("the explanation goes to a file, never over the result or another file unasked") {
  SmallWorld const world;
  run_world(world);
  std::string const page = world.path("waarom.html").string();
  RunResult const first = explain(world.path("result.gpkg"), "B2 --html --output " + page);
  CHECK(first.exit_code == 0);
  CHECK(first.out.empty());
  CHECK(has(read_file(page), "</html>"));
  CHECK(explain(world.path("result.gpkg"), "A1 --html --output " + page).exit_code == 1);
  CHECK(has(read_file(page), "<h1>B2</h1>"));
  CHECK(explain(world.path("result.gpkg"), "A1 --html --overwrite --output " + page).exit_code == 0);
  CHECK(has(read_file(page), "<h1>A1</h1>"));
  RunResult const self =
      explain(world.path("result.gpkg"), "A1 --overwrite --output " + world.path("result.gpkg").string());
  CHECK(self.exit_code == 2);
  CHECK(has(self.err, "is the result itself"));
}

TEST_CASE("what is no whole result of this terrein is refused in one sentence") {
  SmallWorld const world;
  run_world(world);
  auto const refused = [](fs::path const& file, std::string const& why) {
    RunResult const result = explain(file, "B2");
    INFO(file << ": " << result.err);
    CHECK(result.exit_code == 3);
    CHECK(result.out.empty());
    CHECK(has(result.err, why));
    CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
  };
  refused(world.path("weg.gpkg"), "there is no such file");
  refused(world.path(""), "it is a folder");
  refused(world.path("study.toml"), "it is no GeoPackage");
  write_file(world.path("leeg.gpkg"), "");
  refused(world.path("leeg.gpkg"), "it is empty (0 bytes)");
  execute(world.path("other.gpkg"), "CREATE TABLE candidates (fid INTEGER PRIMARY KEY, key TEXT)");
  refused(world.path("other.gpkg"), "it is no result of terrein");

  fs::path const older = copy_of(world, "older.gpkg");
  execute(older, "UPDATE gpkg_metadata SET metadata = replace(metadata, '\"result\"', '\"results\"')");
  refused(older, "was made by an older terrein (0.1.0)");
  fs::path const untold = copy_of(world, "untold.gpkg");
  execute(untold, "DROP TABLE rules");
  refused(untold, "was made by an older terrein");
  fs::path const newer = copy_of(world, "newer.gpkg");
  execute(newer,
          "UPDATE gpkg_metadata SET metadata = replace(metadata, '\"manifest_version\": 1', "
          "'\"manifest_version\": 9')");
  refused(newer, "was made by a newer terrein (manifest version 9; this one knows 1)");
  fs::path const garbled = copy_of(world, "garbled.gpkg");
  execute(garbled, "UPDATE gpkg_metadata SET metadata = '{' WHERE md_standard_uri = 'urn:terrein:run'");
  refused(garbled, "its manifest is no JSON");

  fs::path const cut = copy_of(world, "cut.gpkg");
  fs::resize_file(cut, fs::file_size(cut) / 2);
  refused(cut, "it is cut off");
  fs::path const damaged = copy_of(world, "damaged.gpkg");
  std::string bytes = read_file(damaged);
  std::fill(bytes.begin() + 4096, bytes.end(), '\x55');  // all pages but the first
  write_file(damaged, bytes);
  refused(damaged, "it is damaged");
  fs::path const texts = copy_of(world, "texts.gpkg");
  execute(texts, "UPDATE candidates SET val_rail_m = 'ver' WHERE key = 'B2'");
  refused(texts, "column 'val_rail_m' in table 'candidates' holds text where numbers belong");
  fs::path const broken = copy_of(world, "broken.gpkg");
  execute(broken, "UPDATE models SET points = '1:2:3' WHERE criterion = 'wet'");
  refused(broken, "has no value function");
  fs::path const poor = copy_of(world, "poor.gpkg");
  execute(poor, "ALTER TABLE criteria DROP COLUMN unit");
  refused(poor, "its table 'criteria' has no column 'unit'");

  fs::path const edited = copy_of(world, "edited.gpkg");
  write_file(edited.string() + "-wal", "changes");
  refused(edited, "another program is changing it");
}
