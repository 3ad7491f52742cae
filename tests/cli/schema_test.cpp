// terrein schema: the JSON Schema of the study file, tried with a validator that knows nothing of terrein.
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "small_world.hpp"
#include "support/catch.hpp"

using namespace terrein::test;
using nlohmann::json;

namespace {

std::string const source_dir = TERREIN_SOURCE_DIR;

/// What the validator says of a study; 77 when it is not on the machine.
RunResult validate(TempDir const& dir, std::string const& study) {
  write_file(dir.path() / "study.toml", study);
  write_file(dir.path() / "schema.json", run(std::string(TERREIN_PROGRAM) + " schema").out);
  RunResult const out = run("/usr/bin/python3 " + source_dir + "/tests/support/validate_study.py " +
                            (dir.path() / "schema.json").string() + " " + (dir.path() / "study.toml").string());
  if (out.exit_code == 77 || out.exit_code == 127) std::cout << "SKIPPED: no JSON Schema validator. " << out.out;
  return out;
}

/// What no study goes without.
std::string const least = "[candidates]\nlayer = \"a\"\n[output]\nfile = \"r.gpkg\"\n";

bool is_absent(RunResult const& result) { return result.exit_code == 77 || result.exit_code == 127; }

std::string demo() { return read_file(source_dir + "/datasets/demo/study.toml"); }

std::string with(std::string text, std::string const& from, std::string const& to) {
  auto const at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("'" + from + "' is not in the text");
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("schema prints one JSON object and nothing else", "[cli]") {
  RunResult const result = run(std::string(TERREIN_PROGRAM) + " schema");
  CHECK(result.exit_code == 0);
  CHECK(result.err == "");
  json const schema = json::parse(result.out);
  CHECK(schema.at("$schema") == "https://json-schema.org/draft/2020-12/schema");
  json const& study = schema.at("properties").at("study");
  CHECK(study.at("additionalProperties") == false);
  CHECK(study.at("properties").at("language").at("enum") == json({"nl", "en"}));
  CHECK(study.at("properties").at("language").at("default") == "nl");
  CHECK(study.at("properties").at("max_crs_error_m").at("default") == 0.5);
  CHECK(study.at("properties").at("crs").at("description") ==
        "CRS of the computation: projected, in metres (default: that of the candidates)");
  json const& model = schema.at("properties").at("models").at("patternProperties").at("^[a-z0-9_]+$").at("properties");
  CHECK(model.at("defaults").at("enum") == json({"brownfield", "business_park", "multimodal", "none"}));
  CHECK(model.at("weights").at("patternProperties").at("^").at("type") == "number");
  CHECK(model.at("min_completeness").at("minimum") == 0);
  CHECK(model.at("min_completeness").at("maximum") == 1);
  json const& criterion =
      schema.at("properties").at("criteria").at("patternProperties").at("^[a-z0-9_]+$").at("properties");
  CHECK(criterion.at("measure").at("enum").size() == 42);  // rows of the registry
  CHECK(schema.at("required") == json({"candidates", "output"}));
}

TEST_CASE("schema speaks Dutch when asked for, and gives tables for people", "[cli]") {
  json const schema = json::parse(run(std::string(TERREIN_PROGRAM) + " schema --language nl").out);
  CHECK(schema.at("properties").at("study").at("properties").at("crs").at("description") ==
        "CRS van de berekening: geprojecteerd, in meter; standaard dat van de kandidaten");
  RunResult const tables = run(std::string(TERREIN_PROGRAM) + " schema --markdown --language nl");
  CHECK(tables.exit_code == 0);
  CHECK(tables.err == "");
  CHECK(
      tables.out.starts_with("### `[study]`\n\nWat de studie is, en wat ze doet met twijfelachtige gegevens.\n\n"
                             "| sleutel | type | betekenis | standaard |\n|---|---|---|---|\n"));
  CHECK(tables.out.find("| `language` | `nl` of `en` | taal van labels en legendes | `nl` |\n") != std::string::npos);
}

TEST_CASE("a validator accepts the bundled study, dates written either way, and one text for a list", "[cli]") {
  TempDir const dir;
  RunResult const result = validate(dir, demo());
  if (is_absent(result)) return;
  CHECK(result.out + result.err == "");
  CHECK(result.exit_code == 0);
  for (std::string const study : {"[study]\ndate = 2026-01-31\n[area]\nmunicipalities = \"Gent\"\n",
                                  "[study]\ndate = \"2026-01-31\"\n[layers.a]\nfabric = { tiny_m2 = 2 }\n",
                                  "[layers.a]\nfabric = false\ncoverage = \"everywhere\"\n",
                                  "[layers.a]\ncoverage = \"b\"\n", "[variables]\n\"a b\" = 3\n"})
    CHECK(validate(dir, least + study).out == "");
}

TEST_CASE("a validator accepts the studies of the tests", "[cli]") {
  TempDir const dir;
  if (is_absent(validate(dir, demo()))) return;
  SmallWorld const world;
  CHECK(validate(dir, read_file(world.path("study.toml"))).out == "");
  for (char const* study : {"forest_city.toml", "puurs.toml"})
    CHECK(validate(dir, read_file(source_dir + "/tests/real/" + study)).out == "");
}

TEST_CASE("a validator refuses misspelt keys on every level, wrong types and words that are not allowed", "[cli]") {
  TempDir const dir;
  RunResult const result = validate(dir, with(demo(), "keep = ", "kepe = "));
  if (is_absent(result)) return;
  CHECK(result.exit_code == 1);
  CHECK(result.out == "candidates: Additional properties are not allowed ('kepe' was unexpected)\n");
  CHECK(validate(dir, "[candidates]\nlayer = \"a\"\n").out == ": 'output' is a required property\n");
  for (std::string const study :
       {"[studie]\n", "[layers.a]\nsourse = \"x\"\n", "[layers.a.graph]\nconect = \"ends\"\n",
        "[layers.a.graph]\nconnect = \"crossings\"\n", "[layers.a]\nfabric = { tiny = 2 }\n",
        "[layers.a]\nfabric = \"yes\"\n", "[layers.Aa]\nsource = \"x\"\n", "[models.m.weights]\na = \"3\"\n",
        "[models.m.values.a]\npoints = \"0:1\"\noutsid = \"clip\"\n",
        "[criteria.c]\nmeasure = \"net_area\"\n[criteria.c.cuts.a]\nbufer_m = 1\n", "[area]\nbox = \"0,0,1,1\"\n",
        "[study]\ndate = \"31/01/2026\"\n", "[study]\nmax_crs_error_m = 0\n", "[layers.a]\nband = 1.5\n",
        "[layers.a]\njoin = { layer = \"b\", key = \"k\" }\n", "[models.m]\nmin_completeness = 1.1\n",
        "[criteria.c]\nmeasure = \"arae_share\"\n", "[criteria.c]\nlayer = \"a\"\n"}) {
    RunResult const faulty = validate(dir, least + study);
    INFO(study << faulty.out << faulty.err);
    CHECK(faulty.exit_code == 1);
    CHECK(std::count(faulty.out.begin(), faulty.out.end(), '\n') == 1);  // nothing else is wrong with it
  }
  CHECK(validate(dir, with(demo(), "[output]", "[output]\naudience = \"public\"")).exit_code == 1);
}
