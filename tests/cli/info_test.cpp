// terrein info: what a source is, which profile fits, what is wrong with it.
#include <nlohmann/json.hpp>

#include "small_world.hpp"
#include "support/catch.hpp"

using namespace terrein::test;

namespace {

std::string const plan_profile = R"([profile]
role = "zoning"
shape = "polygon"
title_nl = "Proefplan"
publisher = "Proefstad"
facts_date = 2026-01-31
mark = "partly"
notes_en = ["only a toy"]
[match]
layers = ["proefplan*"]
fields = ["svnaam|naam"]
[read]
coverage = "everywhere"
absent_en = "no plan"
[read.class]
field = "svnaam|naam"
text = true
null = ["-9"]
[read.class.values]
"industrieën" = "business"
[read.class.begins]
"woon" = "housing"
)";

/// Four zones: mended text, a beginning, a value that no table lists, and a code for not known with a bow-tie.
std::string zones() {
  auto const zone = [](std::string const& name, std::string const& ring) {
    return R"({"type":"Feature","properties":{"NAAM":")" + name +
           R"("},"geometry":{"type":"Polygon","coordinates":[[)" + ring + "]]}}";
  };
  std::string const square = "[100000,200000],[100100,200000],[100100,200100],[100000,200100],[100000,200000]";
  std::string const bow_tie = "[100200,200000],[100300,200100],[100300,200000],[100200,200100],[100200,200000]";
  return zone("industrieÃ«n", square) + "," + zone("Woonpark", square) + "," + zone("moeras", square) + "," +
         zone("-9", bow_tie);
}

class Folder {
 public:
  Folder() {
    write_file(path("proefplan_2026.geojson"), SmallWorld::collection(zones()));
    write_file(path("profiles/proefplan.toml"), plan_profile);
  }
  [[nodiscard]] std::filesystem::path path(std::string const& name) const { return dir_.path() / name; }
  [[nodiscard]] RunResult info(std::string const& arguments, std::string const& before = "") const {
    return run("cd " + dir_.path().string() + " && " + before + TERREIN_PROGRAM + " info " + arguments);
  }

 private:
  TempDir dir_;
};

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("info tells what a source is, which profile fits and why, and what is wrong with it") {
  Folder const folder;
  RunResult const result = folder.info("proefplan_2026.geojson");
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  CHECK(result.err.empty());
  CHECK(has(result.out, "proefplan_2026.geojson: GeoJSON, 1 layer, sha256 "));
  CHECK(has(result.out, "date of the data not stated"));
  CHECK(has(result.out, "4 rows, polygon, EPSG:31370 (BD72 / Belgian Lambert 72)"));
  CHECK(has(result.out, "profile proefplan, version 1: Proefplan (role zoning), by the name 'proefplan_2026'"));
  CHECK(has(result.out, "the attributes NAAM"));
  CHECK(has(result.out, "facts of 2026-01-31; partly verified; never tried on real rows"));
  CHECK(has(result.out, "no feature here means: no plan"));
  CHECK(has(result.out, "note: only a toy"));
  CHECK(has(result.out, "classes: business 1, housing 1, not known 2"));
  CHECK(has(result.out, "no class for NAAM 'moeras': 1 rows (for instance 2)"));
  CHECK(has(result.out, "1 repaired, 0 beyond repair"));
  CHECK(has(result.out, "mended_encoding (1)"));
  CHECK(has(result.out, "profile = \"proefplan\""));
}

TEST_CASE("info answers programs with one JSON object") {
  Folder const folder;
  auto const json = nlohmann::json::parse(folder.info("proefplan_2026.geojson --json").out);
  CHECK(json["usable"] == true);
  auto const& layer = json["layers"][0];
  CHECK(layer["profile"]["key"] == "proefplan");
  CHECK(layer["profile"]["tried_on"] == "");
  CHECK(layer["rows_read"] == 4);
  CHECK(layer["repaired"] == 1);
  CHECK(layer["classes"] == nlohmann::json{{"business", 1}, {"housing", 1}});
  CHECK(layer["without_class"] == 2);
  CHECK(layer["unlisted"][0]["value"] == "moeras");
  CHECK(layer["extent"] == nlohmann::json{100000, 200000, 100300, 200100});
  auto const quick = nlohmann::json::parse(folder.info("proefplan_2026.geojson --json --quick").out);
  CHECK_FALSE(quick["layers"][0].contains("rows_read"));
}

TEST_CASE("two profiles that fit equally well are both told, and none is taken") {
  Folder const folder;
  std::string other = plan_profile;
  write_file(folder.path("more/zuster.toml"), other);
  std::string const more = "TERREIN_PROFILES=" + folder.path("more").string() + " ";
  RunResult const result = folder.info("proefplan_2026.geojson", more);
  CHECK(has(result.out, "several profiles fit equally well"));
  CHECK(has(result.out, "proefplan: "));
  CHECK(has(result.out, "zuster: "));
  CHECK_FALSE(has(result.out, "classes:"));
  CHECK(has(folder.info("proefplan_2026.geojson --profile zuster", more).out, "classes: business 1"));
  RunResult const unknown = folder.info("proefplan_2026.geojson --profile zustar", more);
  CHECK(unknown.exit_code == 2);
  CHECK(has(unknown.err, "Did you mean 'zuster'?"));
}

TEST_CASE("a source that cannot be used as it is ends with 3 and the reason") {
  Folder const folder;
  std::string text = SmallWorld::collection(zones());
  text.replace(text.find("31370"), 5, "3812");
  write_file(folder.path("fout.geojson"), text);
  RunResult const result = folder.info("fout.geojson");
  INFO(result.out << result.err);
  CHECK(result.exit_code == 3);
  CHECK(has(result.out, "cannot be used as it is"));
  CHECK(has(result.out, "crs_override = \"EPSG:31370\""));
  RunResult const absent = folder.info("weg.geojson");
  CHECK(absent.exit_code == 3);
  CHECK(has(absent.err, "there is no such file"));
}

TEST_CASE("a study takes a profile over, and what it says itself goes before it") {
  SmallWorld const world;
  write_file(world.path("plan.geojson"), SmallWorld::collection(zones()));
  write_file(world.path("profiles/proefplan.toml"), plan_profile);
  world.edit("study.toml", "[layers.rail]", R"([layers.zoning]
source = "plan.geojson"
profile = "proefplan"
[layers.zoning.classes]
moeras = "nature"
[layers.rail])");
  world.edit("study.toml", "[rules.dry]", R"([criteria.zone]
measure = "area_share"
layer = "zoning"
classes = ["nature"]
[rules.dry])");
  RunResult const result = world.terrein();
  INFO(result.out << result.err);
  REQUIRE(result.exit_code == 0);
  CHECK_FALSE(has(result.out, "unmatched_class"));
  world.edit("study.toml", "profile = \"proefplan\"", "profile = \"proefplam\"");
  RunResult const wrong = world.terrein("--overwrite");
  CHECK(wrong.exit_code == 2);
  CHECK(has(wrong.err, "layers.zoning.profile: there is no profile 'proefplam'. Did you mean 'proefplan'?"));
}

TEST_CASE("a raster is described by its grid and its values") {
  Folder const folder;
  write_file(folder.path("gebruik.asc"),
             "ncols 3\nnrows 2\nxllcorner 100000\nyllcorner 200000\ncellsize 10\nNODATA_value -9\n1 1 2\n2 2 -9\n");
  RunResult const result = folder.info("gebruik.asc --set crs=EPSG:31370");
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  CHECK(has(result.out, "3 x 2 cells of 10 x 10"));
  CHECK(has(result.out, "EPSG:31370"));
  CHECK(has(result.out, "extent: 100000.00 200000.00 100030.00 200020.00"));
  CHECK(has(result.out, "5 of 6 cells have a value, 1 to 2"));
  CHECK(has(result.out, "1: 2 cells"));
  CHECK(has(result.out, "2: 3 cells"));
  auto const json = nlohmann::json::parse(folder.info("gebruik.asc --json --set crs=EPSG:31370").out);
  CHECK(json["raster"]["cells_with_value"] == 5);
  CHECK(json["raster"]["nodata"] == -9);
  RunResult const unplaced = folder.info("gebruik.asc");
  CHECK(unplaced.exit_code == 3);
  CHECK(has(unplaced.err, "has no CRS"));
}
