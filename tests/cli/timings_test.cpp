// terrein run --timings: seconds per stage and part on standard error, and in the manifest beside the result.
#include <map>
#include <regex>
#include <sstream>

#include "small_world.hpp"
#include "support/catch.hpp"

using namespace terrein::test;

namespace {

/// Seconds by name, from lines that must all look alike.
std::map<std::string, double> told(std::string const& text) {
  std::map<std::string, double> out;
  std::istringstream lines(text);
  std::smatch parts;
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    REQUIRE(std::regex_match(line, parts, std::regex(" +([0-9]+[.][0-9]{3}) s  ([a-z_/]+)")));
    CHECK(out.emplace(parts[2], std::stod(parts[1])).second);
  }
  return out;
}

}  // namespace

TEST_CASE("--timings tells every stage and criterion once, and leaves standard output and the result alone") {
  SmallWorld const world;
  std::string const epoch = "SOURCE_DATE_EPOCH=1769860800 ";
  auto const made = [&](std::string const& more) {
    RunResult const result =
        run(epoch + TERREIN_PROGRAM + " run " + world.path("study.toml").string() + " --quiet --overwrite " + more);
    REQUIRE(result.exit_code == 0);
    return std::pair{result, read_file(world.path("result.gpkg"))};
  };
  auto const [silent, first] = made("");
  auto const [timed, second] = made("--timings");
  CHECK(silent.err.empty());
  CHECK(timed.out.empty());
  CHECK(first == second);

  auto const seconds = told(timed.err);
  for (char const* name : {"read", "read/files", "read/shapes", "read/fabric", "read/graphs", "measure", "measure/wet",
                           "measure/rail_m", "write", "write/tables", "write/geopackage", "finish"}) {
    INFO(name);
    CHECK(seconds.count(name) == 1);
  }
  constexpr double rounding = 0.002;  // of three numbers told in milliseconds
  CHECK(seconds.at("measure/wet") + seconds.at("measure/rail_m") <= seconds.at("measure") + rounding);
}

TEST_CASE("The manifest beside the result has the seconds of parts, the one inside has none") {
  SmallWorld const world;
  REQUIRE(world.terrein("--quiet").exit_code == 0);
  auto const manifest = nlohmann::json::parse(read_file(world.path("result.gpkg.run.json")));
  CHECK(manifest.at("seconds").at("measure").get<double>() > 0);
  CHECK(manifest.at("seconds_of_parts").at("measure").at("wet").get<double>() > 0);
  CHECK(manifest.at("seconds_of_parts").at("write").at("geopackage").get<double>() <=
        manifest.at("seconds").at("write").get<double>());
  CHECK(read_file(world.path("result.gpkg")).find("seconds_of_parts") == std::string::npos);
}
