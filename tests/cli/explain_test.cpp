// Why and why not: every answer about the small world is obvious, and written here by hand.
#include "explain_support.hpp"

using namespace terrein::test;
namespace fs = std::filesystem;

namespace {

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
Excluded: fails in every model. Eigen model: dry.

Eigen model: fails
------------------
Excluded by: dry.
Score 0.0 of 100; everything is known.
No rank: fails; by score alone it would be place 7 beside 6 candidates with a rank. Scores higher
than 0 % of them. Just above: B3 (no. 4, 62.5).
Weights: starting weights, not adopted by any council.

  Rules
  ✗ dry: fail
      wet 100.0 %; applies when more than 50 %; margin -50.0 percentage points.
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
  CHECK(json["result"] == "result.gpkg");
  CHECK(json["table"] == "candidates");
  CHECK(json["excluded"] == false);
  CHECK(json["excluded_by"].is_null());
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
  CHECK(excluded["excluded"] == true);
  CHECK(excluded["excluded_by"] == "Eigen model: dry");
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
