// terrein init FOLDER: a starter that runs as soon as the parcels are there, and whose every setting may be switched
// on.
#include <nlohmann/json.hpp>
#include <sstream>

#include "small_world.hpp"
#include "support/catch.hpp"
#include "support/folder_state.hpp"

using namespace terrein::test;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

RunResult typed(fs::path const& folder, std::string const& arguments) {
  return run("cd '" + folder.string() + "' && " + TERREIN_PROGRAM + " " + arguments);
}

/// Nine parcels of 1 ha as the GRB delivers them, under the name that the starter asks for.
void put_parcels(fs::path const& folder) {
  std::string rows;
  for (int i = 0; i < 9; ++i) {
    int const x = 100000 + 100 * (i % 3), y = 200000 + 100 * (i / 3);
    auto const at = [](int px, int py) { return "[" + std::to_string(px) + "," + std::to_string(py) + "]"; };
    rows += (i == 0 ? "" : ",") + std::string(R"({"type":"Feature","properties":{"CAPAKEY":"44021A000)") +
            std::to_string(i) + R"(/00A000"},"geometry":{"type":"Polygon","coordinates":[[)" + at(x, y) + "," +
            at(x + 100, y) + "," + at(x + 100, y + 100) + "," + at(x, y + 100) + "," + at(x, y) + "]]}}";
  }
  write_file(folder / "data/percelen.gpkg", SmallWorld::collection(rows));  // what a file is tells its content
}

/// The study with every setting switched on that a # stands before; of [area], which takes one way only, the box.
std::string all_switched_on(std::string const& study) {
  std::istringstream lines(study);
  std::string out;
  for (std::string line; std::getline(lines, line);) {
    bool const setting = line.size() > 1 && line[0] == '#' && line[1] != ' ' && line[1] != ':';
    bool const other_area = has(line, "gemeenten.gpkg") || has(line, "NAAM") || has(line, "municipalities");
    out += (setting && !other_area ? line.substr(1) : line) + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("A starter runs as soon as the parcels are there", "[cli]") {
  std::string const language = GENERATE("nl", "en");
  TempDir const dir;
  RunResult const made = typed(dir.path(), "init 'zone één' --language " + language);
  INFO(made.err);
  CHECK(made.exit_code == 0);
  CHECK(made.err.empty());
  std::string const page = language == "nl" ? "LEESMIJ.md" : "README.md";
  CHECK(made.out == "zone één/study.toml\nzone één/study.schema.json\nzone één/" + page + "\n");
  fs::path const folder = dir.path() / "zone één";
  CHECK(fs::is_directory(folder / "data"));
  CHECK(Json::parse(read_file(folder / "study.schema.json")).contains("properties"));

  RunResult const early = typed(folder, "check study.toml");
  CHECK(early.exit_code == 3);  // the parcels are missing, and it says which file
  CHECK(has(early.out + early.err, "percelen.gpkg"));
  put_parcels(folder);
  RunResult const check = typed(folder, "check study.toml");
  INFO(check.out << check.err);
  CHECK(check.exit_code == 0);
  RunResult const ran = typed(folder, "run study.toml");
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(fs::exists(folder / "result.gpkg"));
  CHECK(fs::exists(folder / "result.qgz"));
}

TEST_CASE("Every setting of a starter may be switched on", "[cli]") {
  std::string const language = GENERATE("nl", "en");
  TempDir const dir;
  REQUIRE(typed(dir.path(), "init . --language " + language).exit_code == 0);
  std::string const before = read_file(dir.path() / "study.toml");
  std::string const study = all_switched_on(before);
  REQUIRE(has(study, "\n[models.business_park.weights]\nflood_share = 12\n"));
  write_file(dir.path() / "study.toml", study);
  RunResult const check = typed(dir.path(), "check study.toml --json");
  INFO(check.out << check.err);
  CHECK(check.exit_code == 3);  // 2 would be a fault of the study; its files are not there
}

TEST_CASE("Both starters have the same settings", "[cli]") {
  auto const settings = [](std::string const& text) {
    std::istringstream lines(text);
    std::vector<std::string> out;
    for (std::string line; std::getline(lines, line);)
      if (line.size() > 1 && line[1] != ' ' && line[1] != ':') out.push_back(line.substr(0, line.find(" =")));
    return out;
  };
  fs::path const starter = fs::path(TERREIN_SOURCE_DIR) / "datasets/starter";
  auto const dutch = settings(read_file(starter / "study_nl.toml"));
  CHECK(dutch.size() > 60);
  CHECK(dutch == settings(read_file(starter / "study_en.toml")));
}

TEST_CASE("A starter replaces nothing, and takes no options of --from", "[cli]") {
  TempDir const dir;
  write_file(dir.path() / "study.toml", "# mine\n");
  RunResult const refused = typed(dir.path(), "init .");
  CHECK(refused.exit_code == 1);
  CHECK(has(refused.err, "study.toml"));
  CHECK(read_file(dir.path() / "study.toml") == "# mine\n");
  CHECK(folder_state(dir.path()).size() == 2);  // the folder and the study
  CHECK(typed(dir.path(), "init . --overwrite").exit_code == 0);
  CHECK(has(read_file(dir.path() / "study.toml"), "[candidates]"));

  for (char const* arguments : {"init", "init a --from b", "init a --model business_park", "init a --output b.toml",
                                "init a --crs EPSG:31370", "init a --json"}) {
    INFO(arguments);
    CHECK(typed(dir.path(), arguments).exit_code == 2);
  }
  CHECK_FALSE(fs::exists(dir.path() / "a"));
}
