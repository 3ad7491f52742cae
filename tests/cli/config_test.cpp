// terrein config show: every setting that counts, one a line.
#include <nlohmann/json.hpp>

#include "small_world.hpp"
#include "support/catch.hpp"

using namespace terrein::test;

namespace {

RunResult show(SmallWorld const& world, std::string const& arguments) {
  return run(std::string(TERREIN_PROGRAM) + " config show " + world.path("study.toml").string() + " " + arguments);
}

}  // namespace

TEST_CASE("config show prints settings with their origin") {
  SmallWorld const world;
  RunResult const result = show(world, "criteria.rail_m --set criteria.rail_m.label=Spoor");
  CHECK(result.exit_code == 0);
  CHECK(result.err == "");
  CHECK(result.out ==
        "criteria.rail_m.measure = \"distance\"   # study.toml line 21\n"
        "criteria.rail_m.layer = \"rail\"   # study.toml line 22\n"
        "criteria.rail_m.classes = (all)   # default\n"
        "criteria.rail_m.per = 1   # default\n"
        "criteria.rail_m.unit = \"m\"   # default\n"
        "criteria.rail_m.level = \"parcel\"   # default\n"
        "criteria.rail_m.label = \"Spoor\"   # --set\n");
  CHECK(show(world, "models.own.weights").out ==
        "models.own.weights.rail_m = 3   # study.toml line 31\n"
        "models.own.weights.wet = 1   # study.toml line 32\n");
  CHECK(show(world, "").out.starts_with("study.title = \"Kleine wereld\"   # study.toml line 2\n"));
}

TEST_CASE("config show answers programs with one JSON object") {
  SmallWorld const world;
  RunResult const result = show(world, "study --json");
  CHECK(result.err == "");
  auto const json = nlohmann::json::parse(result.out);
  CHECK(json["study"] == world.path("study.toml").string());
  auto const& settings = json["settings"];
  CHECK(settings[0] ==
        nlohmann::json{{"setting", "study.title"}, {"value", "Kleine wereld"}, {"origin", "study.toml"}, {"line", 2}});
  CHECK(settings[5] == nlohmann::json{{"setting", "study.max_age_days"},
                                      {"value", nullptr},
                                      {"words", "no limit"},
                                      {"origin", "default"},
                                      {"line", nullptr}});
}

TEST_CASE("config show refuses what a run would refuse, and names that no setting has") {
  SmallWorld const world;
  RunResult const absent = show(world, "layers.rails");
  CHECK(absent.exit_code == 2);
  CHECK(absent.out == "");
  CHECK(absent.err.find("has no setting 'layers.rails'") != std::string::npos);
  RunResult const wrong = show(world, "--set study.langage=en");
  CHECK(wrong.exit_code == 2);
  CHECK(wrong.err.find("study.langage: unknown key. Did you mean 'language'?") != std::string::npos);
  CHECK(run(std::string(TERREIN_PROGRAM) + " config").exit_code == 2);
  CHECK(run(std::string(TERREIN_PROGRAM) + " config show --help").out.starts_with("examples:\n"));
}
