// terrein check: everything that is wrong at once, what a run would do, and what would stay unknown.
#include <nlohmann/json.hpp>

#include "small_world.hpp"
#include "support/catch.hpp"
#include "support/folder_state.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;
using Json = nlohmann::json;

namespace {

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

RunResult check(SmallWorld const& world, std::string const& arguments = "") {
  return run(std::string(TERREIN_PROGRAM) + " check '" + world.path("study.toml").string() + "' " + arguments);
}

Json checked(SmallWorld const& world, std::string const& arguments = "") {
  RunResult const result = check(world, "--json " + arguments);
  INFO(result.out << result.err);
  CHECK(result.err.empty());
  return Json::parse(result.out);
}

std::vector<std::string> fault_layers(Json const& answer) {
  std::vector<std::string> out;
  for (Json const& fault : answer["faults"]) out.push_back(fault["layer"]);
  return out;
}

std::string texts_of(Json const& answer) {
  std::string out;
  for (Json const& fault : answer["faults"]) out += fault["text"].get<std::string>() + "\n";
  for (Json const& fault : answer["study_faults"]) out += fault.get<std::string>() + "\n";
  return out;
}

/// Codes of the issues of a layer, with their number.
std::string codes_of(Json const& answer, std::string const& layer) {
  std::string out;
  for (Json const& issue : answer["issues"])
    if (issue["layer"] == layer)
      out += issue["code"].get<std::string>() + " " + std::to_string(issue["count"].get<int>()) + ";";
  return out;
}

/// Square of 300 m over the nine parcels, its first corner as written.
std::string square(std::string const& corner) {
  return R"({"type":"Feature","properties":{"class":"D"},"geometry":{"type":"Polygon","coordinates":[[[)" + corner +
         "],[100300,200000],[100300,200300],[100000,200300],[" + corner + "]]]}}";
}

/// A run and a check end alike.
void ends_alike(SmallWorld const& world, int code, std::string const& sentence) {
  RunResult const ran = world.terrein(), told = check(world);
  INFO(ran.err << told.out << told.err);
  CHECK(ran.exit_code == code);
  CHECK(told.exit_code == code);
  CHECK(has(code == 0 ? ran.out : ran.err, sentence));
  CHECK(has(told.out, sentence));
  CHECK(told.err.empty());
}

}  // namespace

TEST_CASE("a study that can be run is planned, and nothing is written", "[cli][check]") {
  SmallWorld const world;
  auto const before = folder_state(world.path(""));
  RunResult const result = check(world);
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  CHECK(result.err.empty());
  CHECK((folder_state(world.path("")) == before));
  CHECK(has(result.out, "Kleine wereld"));
  CHECK(has(result.out, "rekent in BD72 / Belgian Lambert 72 (EPSG:31370)\n9 kandidaten"));
  CHECK(has(result.out, "flood    flood.geojson: 1/1 rijen, EPSG:31370, dekking everywhere"));
  CHECK(has(result.out, "model own: Eigen model"));
  CHECK(has(result.out, "75.0 %  rail_m = rail_m (m): distance, laag rail"));  // 3 of 3 + 1
  CHECK(has(result.out, "regel dry = dry: exclude: wet >0.5"));
  CHECK(has(result.out, "result.gpkg\n"));
  CHECK_FALSE(has(result.out, "blijft onbekend"));
  CHECK(result.out.ends_with("\nbruikbaar\n"));
  CHECK(check(world, "--set study.language=en").out.ends_with("\nusable\n"));
  REQUIRE(world.terrein().exit_code == 0);
  CHECK(has(check(world).out, "result.gpkg (bestaat al: alleen met --overwrite)"));
}

TEST_CASE("sources that cannot be used are all told, and the others are read", "[cli][check]") {
  SmallWorld world;
  std::filesystem::remove(world.path("flood.geojson"));
  world.edit("parcels.geojson", "\"key\":\"B1\"", "\"key\":\"A1\"");
  world.edit("study.toml", "source = \"rail.geojson\"", "source = \"rail.geojson\"\nlayer = \"rails\"");
  world.edit("study.toml", "[criteria.wet]", R"([layers.green]
source = "green.geojson"
coverage = "flood"
[criteria.wet])");
  write_file(world.path("green.geojson"), SmallWorld::collection(square("Infinity,200000")));
  Json const answer = checked(world);
  CHECK(answer["usable"] == false);
  CHECK(fault_layers(answer) == std::vector<std::string>{"parcels", "flood", "rail", "green"});
  std::string const texts = texts_of(answer);
  CHECK(has(texts, "there is no such file"));
  CHECK(has(texts, "Did you mean 'rail'?"));
  CHECK(has(texts, "'A1'"));
  CHECK(has(texts, "Layer 'green' needs layer 'flood', which cannot be used."));
  CHECK(codes_of(answer, "green") == "invalid_coordinate 1;");
  CHECK(check(world).exit_code == 3);
}

TEST_CASE("a layer that cannot be used leaves unknown what it would say, and no more", "[cli][check]") {
  SmallWorld world;
  std::filesystem::remove(world.path("flood.geojson"));
  Json const answer = checked(world);
  CHECK(answer["candidates"] == 9);
  REQUIRE(answer["unknown"].size() == 2);
  CHECK(answer["unknown"][0]["criterion"] == "wet");
  CHECK(answer["unknown"][0]["share"] == 0.25);  // 1 of 3 + 1
  CHECK(answer["unknown"][0]["candidates"] == 9);
  CHECK(answer["unknown"][0]["why"] == "laag 'flood' is niet bruikbaar");
  CHECK(answer["unknown"][1]["rule"] == "dry");
}

TEST_CASE("a shipped model tells what it cannot measure without its layers", "[cli][check]") {
  SmallWorld world;
  world.edit("study.toml", "[output]", "[models.business_park]\n[output]");
  RunResult const result = check(world);
  INFO(result.out);
  CHECK(result.exit_code == 0);
  CHECK(has(result.out,
            "business_park hag_share (Aandeel HAG (0–1)), 12.0 %: bij alle kandidaten, want de studie heeft "
            "geen laag 'hag'"));
  // The small world says flood, class D; the model asks for fluvial_D.
  CHECK(has(result.out, "business_park regel worg"));
}

TEST_CASE("faults of the study and of its sources are told together", "[cli][check]") {
  SmallWorld world;
  std::filesystem::remove(world.path("rail.geojson"));
  world.edit("study.toml", "title =", "titel =");
  world.edit("study.toml", "layer = \"flood\"", "layer = \"floot\"");
  Json const answer = checked(world);
  CHECK(answer["study_faults"].size() == 2);
  CHECK(fault_layers(answer) == std::vector<std::string>{"rail"});
  CHECK(has(texts_of(answer), "Did you mean 'title'?"));
  CHECK(has(texts_of(answer), "Did you mean 'flood'?"));
  CHECK(check(world).exit_code == 2);
  write_file(world.path("study.toml"), "[study\n");
  RunResult const none = check(world);
  CHECK(none.exit_code == 2);
  CHECK(has(none.out, "study.toml:1"));
  CHECK(run(std::string(TERREIN_PROGRAM) + " check /no/such/study.toml").exit_code == 2);
}

TEST_CASE("every criterion that cannot be measured is told", "[cli][check]") {
  SmallWorld world;
  world.edit("parcels.geojson", "\"price\":10", "\"price\":\"n.v.t.\"");
  world.edit("study.toml", "[rules.dry]", R"([criteria.price]
measure = "own_attribute"
field = "price"
[criteria.rail_share]
measure = "area_share"
layer = "rail"
[rules.dry])");
  Json const answer = checked(world);
  CHECK(answer["faults"].size() == 2);
  CHECK(has(texts_of(answer), "'n.v.t.' where a number belongs"));
  CHECK(has(texts_of(answer), "'rail_share' (area_share) needs polygons, but layer 'rail' holds lines"));
  CHECK(check(world).exit_code == 3);
}

TEST_CASE("values without class are named with their rows", "[cli][check]") {
  SmallWorld world;
  world.edit("study.toml", "[layers.rail]", "[layers.flood.classes]\nE = \"D\"\n[layers.rail]");
  Json const answer = checked(world);
  CHECK(codes_of(answer, "flood") == "unmatched_class 1;");
  CHECK(has(answer["issues"].dump(), "1 rows have class 'D'"));
  CHECK(check(world).exit_code == 0);
}

TEST_CASE("issues become a layer of their own when asked for", "[cli][check]") {
  SmallWorld world;
  std::filesystem::remove(world.path("rail.geojson"));
  // A bow-tie over the three western parcels.
  world.edit("flood.geojson", "[100100,200000],[100100,200300],[100000,200300]",
             "[100100,200300],[100100,200000],[100000,200300]");
  std::string const file = world.path("met accent é.gpkg").string();
  RunResult const result = check(world, "--issues '" + file + "'");
  INFO(result.out << result.err);
  CHECK(result.exit_code == 3);
  Database const issues(file);
  CHECK(issues.one("SELECT group_concat(code) FROM (SELECT code FROM issues ORDER BY code)") ==
        "cannot_be_used,self_intersection");
  // The repaired shape crosses itself in the middle of the square of 100 by 300 m.
  CHECK(issues.one("SELECT minx || ' ' || miny FROM rtree_issues_geom") == "100050.0 200150.0");
  RunResult const again = check(world, "--issues '" + file + "'");
  CHECK(again.exit_code == 1);
  CHECK(has(again.err, "--overwrite"));
  CHECK(check(world, "--overwrite --issues '" + file + "'").exit_code == 3);
  RunResult const input = check(world, "--overwrite --issues " + world.path("flood.geojson").string());
  CHECK(input.exit_code == 2);
  CHECK(has(input.err, "inputs are never overwritten"));
}

TEST_CASE("a layer of another region is told", "[cli][check]") {
  SmallWorld world;
  write_file(world.path("flood.geojson"),
             SmallWorld::collection(R"({"type":"Feature","properties":{"class":"D"},"geometry":{"type":"Polygon",)"
                                    R"("coordinates":[[[180000,150000],[180300,150000],[180300,150300],)"
                                    R"([180000,150300],[180000,150000]]]}})"));
  ends_alike(world, 0, "far_from_candidates");
}

TEST_CASE("a text that is called a GeoPackage, and a study that is its own source, are no layers", "[cli][check]") {
  SmallWorld world;
  write_file(world.path("flood.gpkg"), "een tekst, geen databank\n");
  world.edit("study.toml", "flood.geojson", "flood.gpkg");
  ends_alike(world, 3, "Layer 'flood' ('flood.gpkg') cannot be read");
  world.edit("study.toml", "flood.gpkg", "study.toml");
  ends_alike(world, 3, "Layer 'flood' ('study.toml') cannot be read");
  world.edit("study.toml", "file = \"result.gpkg\"", "file = \"study.toml\"");
  CHECK(check(world).exit_code == 2);
}

TEST_CASE("coordinates that are no numbers, or beyond the world, lose their shape and are told", "[cli][check]") {
  for (char const* corner : {"NaN,200000", "100000,NaN", "1e400,200000", "-Infinity,200000"}) {
    INFO(corner);
    SmallWorld world;
    write_file(world.path("flood.geojson"), SmallWorld::collection(square("100000,200000") + "," + square(corner)));
    ends_alike(world, 0, "invalid_coordinate");
  }
  SmallWorld world;
  write_file(world.path("flood.geojson"),
             SmallWorld::collection(square("100000,200000") + "," + square("1e300,200000")));
  ends_alike(world, 0, "outside_area_of_use");
}

TEST_CASE("a layer of a single point is complete nowhere", "[cli][check]") {
  SmallWorld world;
  write_file(world.path("rail.csv"), "x,y\n100000,200000\n");
  world.edit("study.toml", "source = \"rail.geojson\"\ncoverage = \"everywhere\"",
             "source = \"rail.csv\"\ncrs = \"EPSG:31370\"");
  world.edit("study.toml", "measure = \"distance\"", "measure = \"count_within\"\nradius_m = 10");
  RunResult const ran = world.terrein();
  INFO(ran.err);
  CHECK(ran.exit_code == 0);
  // Within 10 m of A1 lies one point, perhaps more: nothing is complete, so no number is known.
  Database const result(world.path("result.gpkg"));
  CHECK(result.one("SELECT count(val_rail_m) FROM candidates") == "0");
  CHECK(checked(world)["unknown"][0]["candidates"] == 9);
}

TEST_CASE("paths with blanks, accents and bytes that are no UTF-8 are paths", "[cli][check]") {
  for (std::string const& name : {std::string("een map met é en 'n spatie"), std::string("caf\xe9 nu")}) {
    SmallWorld const world;
    TempDir const place;
    auto const folder = place.path() / name;
    std::filesystem::copy(world.path(""), folder);
    std::filesystem::rename(folder / "flood.geojson", folder / "over stroming ë.geojson");
    std::string text = read_file(folder / "study.toml");
    text.replace(text.find("flood.geojson"), 13, "over stroming ë.geojson");
    write_file(folder / "study.toml", text);
    std::string const start = "cd \"" + folder.string() + "\" && " + TERREIN_PROGRAM;
    RunResult const told = run(start + " check study.toml --json");
    INFO(told.out << told.err);
    CHECK(told.exit_code == 0);
    CHECK(Json::parse(told.out)["usable"] == true);
    CHECK(run(start + " check \"" + (folder / "study.toml").string() + "\"").exit_code == 0);
    CHECK(run(start + " run study.toml").exit_code == 0);
    CHECK(std::filesystem::exists(folder / "result.gpkg"));
  }
}

TEST_CASE("absurd sizes are one sentence", "[cli][check]") {
  SmallWorld world;
  // A raster of 10^9 by 10^9 cells in a hundred bytes.
  write_file(world.path("hoog.asc"),
             "ncols 1000000000\nnrows 1000000000\nxllcorner 100000\nyllcorner 200000\n"
             "cellsize 1\nNODATA_value -9999\n1 2 3\n");
  world.edit("study.toml", "[criteria.wet]", R"([layers.height]
source = "hoog.asc"
kind = "raster"
crs = "EPSG:31370"
[criteria.height]
measure = "raster_mean"
layer = "height"
[criteria.wet])");
  RunResult const ran = world.terrein(), told = check(world);
  INFO(ran.err << told.out);
  CHECK(ran.exit_code == 3);
  CHECK(told.exit_code == 3);
  CHECK(has(ran.err, "Layer 'height'"));
  CHECK(has(told.out, "Layer 'height'"));
  SmallWorld vast;  // parcels as large as Europe have no place in Lambert 72
  std::string text = read_file(vast.path("parcels.geojson"));
  for (auto at = text.find("100000,"); at != std::string::npos; at = text.find("100000,", at))
    text.replace(at, 6, "9e9");
  write_file(vast.path("parcels.geojson"), text);
  CHECK(vast.terrein().exit_code == check(vast).exit_code);
}

TEST_CASE("what a run for others refuses about persons is told", "[cli][check]") {
  SmallWorld world;
  world.edit("study.toml", "[rules.dry]",
             "[criteria.cost]\nmeasure = \"own_attribute\"\nfield = \"price\"\n[rules.dry]");
  CHECK(check(world).exit_code == 0);
  world.edit("study.toml", "id = \"key\"", "id = \"key\"\npersonal = [\"price\"]");
  RunResult const ran = world.terrein(), told = check(world);
  INFO(ran.err << told.out);
  CHECK(ran.exit_code == 2);
  CHECK(told.exit_code == 2);
  CHECK(has(ran.err, "price"));
  CHECK(has(told.out, ran.err.substr(std::string("terrein: ").size(), 40)));
  CHECK(run(std::string(TERREIN_PROGRAM) + " check " + world.path("study.toml").string() +
            " --set output.audience=intern")
            .exit_code == 0);
}
