// terrein init --from: a folder of files becomes a study that runs, and says what it lacks.
#include <nlohmann/json.hpp>

#include "small_world.hpp"
#include "support/catch.hpp"
#include "support/folder_state.hpp"

using namespace terrein::test;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

std::string feature(std::string const& properties, std::string const& type, std::string const& coordinates) {
  return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":{"type":")" + type +
         R"(","coordinates":)" + coordinates + "}}";
}

std::string square(int x, int y, int side) {
  auto const at = [](int px, int py) { return "[" + std::to_string(px) + "," + std::to_string(py) + "]"; };
  return "[[" + at(x, y) + "," + at(x + side, y) + "," + at(x + side, y + side) + "," + at(x, y + side) + "," +
         at(x, y) + "]]";
}

std::string zone(std::string const& properties, int x = 100000, int y = 200000, int side = 300) {
  return feature(properties, "Polygon", square(x, y, side));
}

/// Nine parcels of 1 ha as the GRB delivers them, in a folder of their own.
class Downloads {
 public:
  Downloads() {
    std::string parcels;
    for (int i = 0; i < 9; ++i)
      parcels +=
          (i == 0 ? "" : ",") + zone(R"("OIDN":)" + std::to_string(i) + R"(,"OPPERVL":10000,"CAPAKEY":"44021A000)" +
                                         std::to_string(i) + R"(/00A000")",
                                     100000 + 100 * (i % 3), 200000 + 100 * (i / 3), 100);
    put("Adp_44021.geojson", parcels);
  }
  [[nodiscard]] fs::path path(std::string const& name) const { return dir_.path() / name; }
  void put(std::string const& name, std::string const& features) const {
    write_file(path("map/" + name), SmallWorld::collection(features));
  }
  [[nodiscard]] RunResult terrein(std::string const& arguments) const {
    return run("cd '" + dir_.path().string() + "' && SOURCE_DATE_EPOCH=1767225600 " + TERREIN_PROGRAM + " " +
               arguments);
  }
  [[nodiscard]] Json init(std::string const& arguments = "") const {
    RunResult const result = terrein("init --from map --json " + arguments);
    INFO(result.out << result.err);
    REQUIRE(result.exit_code == 0);
    CHECK(result.err.empty());
    return Json::parse(result.out);
  }
  [[nodiscard]] std::string study() const { return read_file(path("study.toml")); }
  /// The study as it was written can be run.
  void runs() const {
    RunResult const result = terrein("run study.toml");
    INFO(study() << result.out << result.err);
    CHECK(result.exit_code == 0);
  }

 private:
  TempDir dir_;
};

Json const* layer_of(Json const& report, std::string const& key) {
  for (Json const& layer : report["layers"])
    if (layer["key"] == key) return &layer;
  return nullptr;
}

std::string why_unused(Json const& report, std::string const& source) {
  for (Json const& one : report["unused"])
    if (has(one["source"].get<std::string>(), source)) return one["why"];
  return "";
}

Json const* missing(Json const& report, std::string const& role) {
  for (Json const& one : report["missing"])
    if (one["role"] == role) return &one;
  return nullptr;
}

}  // namespace

TEST_CASE("a folder becomes a study with comments that runs, and a table of what it has and lacks", "[cli][init]") {
  Downloads const downloads;
  downloads.put("ps_hbtrl.geojson", zone(R"("gebcode":"BE2300006")", 100000, 200000, 100));
  RunResult const result = downloads.terrein("init --from map");
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  CHECK(result.err.empty());
  CHECK(has(result.out, "rol"));
  CHECK(has(result.out, "parcels  map/Adp_44021.geojson  grb_adp  niet vermeld"));
  CHECK(has(result.out, "rekent in: dat van de kandidaten: BD72 / Belgian Lambert 72"));
  // 12 points of the shipped model, and its rule.
  CHECK(has(result.out, "hag: Herbevestigd agrarisch gebied (HAG)"));
  CHECK(has(result.out, "lu:lu_hag (profiel hag)"));
  CHECK(
      has(result.out, "blijft onbekend: Aandeel HAG (12 punten, business_park); regel Herbevestigd agrarisch gebied"));
  std::string const study = downloads.study();
  CHECK(has(study, "crs = \"EPSG:31370\"\ndate = 2026-01-01\n"));
  CHECK(has(study, "[layers.parcels]\nsource = \"map/Adp_44021.geojson\"\nprofile = \"grb_adp\"\n"));
  CHECK(has(study, "# Ontbreekt: Herbevestigd agrarisch gebied (HAG) (hag)."));
  downloads.runs();
}

TEST_CASE("a study that exists is kept", "[cli][init]") {
  Downloads const downloads;
  write_file(downloads.path("study.toml"), "# mijn werk\n");
  RunResult const kept = downloads.terrein("init --from map");
  CHECK(kept.exit_code == 2);
  CHECK(has(kept.err, "--overwrite"));
  CHECK(downloads.study() == "# mijn werk\n");
  auto const before = folder_state(downloads.path("map"));
  CHECK(downloads.terrein("init --from map --overwrite").exit_code == 0);
  CHECK((folder_state(downloads.path("map")) == before));
  CHECK(has(downloads.study(), "[layers.parcels]"));
  for (auto const& entry : fs::directory_iterator(downloads.path("")))  // no draft is left
    CHECK((entry.path().filename() == "map" || entry.path().filename() == "study.toml"));
  CHECK(downloads.terrein("init --from map --output ander/x.toml --language en").exit_code == 0);
  std::string const english = read_file(downloads.path("ander/x.toml"));
  CHECK(has(english, "source = \"../map/Adp_44021.geojson\""));
  CHECK(has(english, "# Missing: Reconfirmed agricultural area (HAG) (hag)."));
  CHECK(downloads.terrein("run ander/x.toml").exit_code == 0);
}

TEST_CASE("protections of several files are put together", "[cli][init]") {
  Downloads const downloads;
  downloads.put("ps_hbtrl.geojson", zone(R"("gebcode":"BE1","naam":"a")", 100000, 200000, 100));
  downloads.put("ps_vglrl.geojson", zone(R"("na2000code":"BE2","gebnaam":"b")", 100200, 200000, 100));
  Json const report = downloads.init();
  INFO(downloads.study());
  CHECK((*layer_of(report, "nature_sbz_h"))["profile"] == "sbz_h");
  CHECK(has(downloads.study(), "[layers.nature]\ncombine = [\"nature_sbz_h|nature_sbz_v\"]\n"));
  CHECK(missing(report, "nature") == nullptr);
  downloads.runs();
}

TEST_CASE("plans are put over each other in their order of force, three files of one profile side by side",
          "[cli][init]") {
  Downloads const downloads;
  std::string const plan =
      R"("svnaam":"woongebieden","categorie":"WON","algplanid":"1","fase":"BG","fasedatum":"2015-01-01")";
  downloads.put("lu_gemrup_gv.geojson", zone(plan, 100000, 200000, 100));
  downloads.put("lu_prorup_gv.geojson", zone(plan, 100200, 200000, 100));
  downloads.put("lu_gwp_gv.geojson", zone(R"("svnaam":"industriegebieden","HC":"1000")"));
  Json const report = downloads.init();
  INFO(downloads.study());
  CHECK(has(downloads.study(), "combine = [\"zoning_rup|zoning_rup_2\", \"zoning_gewestplan\"]"));
  CHECK(layer_of(report, "zoning") != nullptr);
  downloads.runs();
}

TEST_CASE("layers are recognised by the words of the vocabulary, and their classes when they say so", "[cli][init]") {
  Downloads const downloads;
  downloads.put("drinking_water.geojson", zone(R"("zone":"2","naam":"put")", 100000, 200000, 100));
  downloads.put("Natuur_2026.geojson", zone(R"("soort":"SBZ-H","naam":"x")", 100000, 200000, 100) + "," +
                                           zone(R"("soort":"iets anders","naam":"y")", 100200, 200000, 50));
  downloads.put("zoning.geojson", zone(R"("plan":"M-1","naam":"z")"));
  Json const report = downloads.init();
  INFO(downloads.study());
  std::string const study = downloads.study();
  CHECK((*layer_of(report, "drinking_water"))["profile"] == nullptr);
  CHECK(has(study, "class = \"zone\"\n[layers.drinking_water.classes]\n\"2\" = \"2\"\n"));
  CHECK(has(study, "class = \"soort\"\n[layers.nature.classes]\n\"SBZ-H\" = \"sbz_h\"\n# \"iets anders\" = \"\""));
  CHECK(has(report["choices"].dump(),
            "nature: 1 rij met waarden die geen klasse hebben en dus onbekend zijn, zoals 'iets anders'"));
  // Nothing says what M-1 is: the lines are there to choose from.
  CHECK(has(study, "# [layers.zoning.classes]\n# \"M-1\" = \"\"   # 1 rij"));
  downloads.runs();
}

TEST_CASE("roads say how they join, or stand aside until it is chosen", "[cli][init]") {
  Downloads const downloads;
  std::string const line = "[[100000,200050],[100300,200050]]";
  downloads.put("wegen.geojson", feature(R"("naam":"straat")", "LineString", line));
  downloads.put("ramps.geojson", feature("", "Point", "[100300,200050]"));
  Json const aside = downloads.init();
  CHECK(layer_of(aside, "roads") == nullptr);
  CHECK(missing(aside, "roads") != nullptr);
  CHECK(has(downloads.study(), "# [layers.roads]\n# source = \"map/wegen.geojson\""));
  CHECK(has(downloads.study(), "# graph = { connect = \"vertices\", default_speed_kmh = 50 }"));
  downloads.runs();
  downloads.put("wegen.geojson", feature(R"("from_node":1,"to_node":2,"speed_kmh":50)", "LineString", line));
  Json const joined = downloads.init("--overwrite");
  CHECK(layer_of(joined, "roads") != nullptr);
  CHECK(has(downloads.study(),
            "graph = { connect = \"node_ids\", from = \"from_node\", to = \"to_node\", speed = "
            "\"speed_kmh\" }"));
  RunResult const ran = downloads.terrein("run study.toml --overwrite");
  INFO(ran.err);
  CHECK(ran.exit_code == 0);
}

TEST_CASE("what cannot be used stands aside with the reason", "[cli][init]") {
  Downloads const downloads;
  write_file(downloads.path("map/kapot.gpkg"), "geen databank\n");
  write_file(downloads.path("map/levering.tar.gz"), "\x1f\x8b");
  write_file(downloads.path("map/.verborgen.geojson"), SmallWorld::collection(zone("")));
  write_file(downloads.path("map/hag.geojson"), SmallWorld::collection(zone("", 180000, 150000)));
  write_file(downloads.path("map/worg.csv"),
             "WKT,n\n\"POLYGON((100000 200000,100100 200000,100100 200100,100000 "
             "200000))\",1\n");
  std::string wrong = SmallWorld::collection(zone(""));
  wrong.replace(wrong.find("31370"), 5, "3812");
  write_file(downloads.path("map/forest.geojson"), wrong);
  write_file(downloads.path("map/caf\xe9.geojson"), SmallWorld::collection(zone("")));
  Json const report = downloads.init();
  INFO(report.dump(1) << downloads.study());
  CHECK(has(why_unused(report, "kapot.gpkg"), "unknown format"));
  CHECK(has(why_unused(report, "levering.tar.gz"), "Unpack it"));
  CHECK(why_unused(report, "verborgen").empty());
  // From 100000 200000 to 180000 150000: a gap of 79 700 m and 49 700 m, 93.9 km.
  CHECK(why_unused(report, "hag.geojson") == "hag: ligt 94 km van de kandidaten");
  CHECK(has(why_unused(report, "caf"), "geen UTF-8"));
  CHECK(layer_of(report, "worg") == nullptr);
  CHECK(layer_of(report, "forest") == nullptr);
  CHECK(has(downloads.study(), "# [layers.worg]"));
  CHECK(has(downloads.study(), "# [layers.forest]"));
  downloads.runs();
}

TEST_CASE("candidates that no profile knows are found by name and attributes, with an id that is unique",
          "[cli][init]") {
  Downloads const downloads;
  fs::remove(downloads.path("map/Adp_44021.geojson"));
  std::string lots;
  for (int i = 0; i < 4; ++i)
    lots += (i == 0 ? "" : ",") +
            zone(R"("OBJECTID":)" + std::to_string(i) + R"(,"GISPIN":"P)" + std::to_string(i) + R"(","street":"Main")",
                 100000 + 100 * i, 200000, 100);
  downloads.put("lots.geojson", lots);
  downloads.put("etj.geojson", zone(R"("name":"city")"));
  Json const report = downloads.init();
  CHECK(has((*layer_of(report, "parcels"))["source"].get<std::string>(), "lots.geojson"));
  CHECK(has(downloads.study(), "source = \"map/lots.geojson\"\n"));
  CHECK(has(downloads.study(), "id = \"GISPIN\""));
  downloads.runs();
  // One of thirty is repeated: still the key, with a rule for the two rows.
  std::string many;
  for (int i = 0; i < 30; ++i)
    many += (i == 0 ? "" : ",") +
            zone(R"("GISPIN":"P)" + std::to_string(i == 29 ? 0 : i) + "\"", 100000 + 100 * i, 200000, 100);
  downloads.put("lots.geojson", many);
  Json const repeated = downloads.init("--overwrite");
  CHECK(has(downloads.study(), "duplicates = \"suffix\""));
  CHECK(has(repeated["choices"].dump(), "GISPIN komt bij 1 van de 30 rijen nog eens voor"));
  RunResult const ran = downloads.terrein("run study.toml --overwrite");
  INFO(ran.err);
  CHECK(ran.exit_code == 0);
}

TEST_CASE("without polygons, or without a CRS, one line is to be filled in", "[cli][init]") {
  Downloads const downloads;
  fs::rename(downloads.path("map/Adp_44021.geojson"), downloads.path("percelen.geojson"));
  downloads.put("rail.geojson", feature("", "LineString", "[[100000,200000],[100300,200000]]"));
  Json const none = downloads.init("--model multimodal");
  CHECK(none["to_fill"].size() == 1);
  CHECK(downloads.terrein("run study.toml").exit_code == 2);
  std::string text = downloads.study();
  text.replace(text.find("source = \"\""), 11, "source = \"percelen.geojson\"");
  write_file(downloads.path("study.toml"), text);
  downloads.runs();
  write_file(downloads.path("map/percelen.csv"),
             "WKT,capakey\n\"POLYGON((100000 200000,100100 200000,100100 200100,100000 200000))\",1\n");
  Json const nowhere = downloads.init("--overwrite");
  REQUIRE(nowhere["to_fill"].size() == 1);
  CHECK(has(nowhere["to_fill"][0].get<std::string>(), "coördinatenstelsel"));
  text = downloads.study();
  auto const at = text.find("# crs = \"EPSG:31370\"");
  REQUIRE(at != std::string::npos);
  write_file(downloads.path("study.toml"), text.erase(at, 2));
  RunResult const ran = downloads.terrein("run study.toml --overwrite");
  INFO(text << ran.err);
  CHECK(ran.exit_code == 0);
}

TEST_CASE("results of terrein are no sources", "[cli][init]") {
  Downloads const downloads;
  REQUIRE(downloads.terrein("init --from map --output map/study.toml").exit_code == 0);
  REQUIRE(downloads.terrein("run map/study.toml --set output.geojson='[\"candidates\"]'").exit_code == 0);
  REQUIRE(fs::exists(downloads.path("map/resultaat.candidates.geojson")));
  Json const report = downloads.init();
  CHECK(report["layers"].size() == 1);
  CHECK(report["unused"].empty());
}

TEST_CASE("a wrong command is told before any work", "[cli][init]") {
  Downloads const downloads;
  CHECK(downloads.terrein("init").exit_code == 2);
  CHECK(has(downloads.terrein("init --from nergens").err, "is no folder"));
  RunResult const model = downloads.terrein("init --from map --model bussines_park");
  CHECK(model.exit_code == 2);
  CHECK(has(model.err, "Did you mean 'business_park'?"));
  CHECK(downloads.terrein("init --from map --language fr").exit_code == 2);
  CHECK(downloads.terrein("init --from map --crs EPSG:99999").exit_code == 3);
  fs::create_directories(downloads.path("leeg"));
  CHECK(has(downloads.terrein("init --from leeg").err, "holds no layer"));
  CHECK_FALSE(fs::exists(downloads.path("study.toml")));
}
