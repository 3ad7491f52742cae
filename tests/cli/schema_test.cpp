// terrein schema: the JSON Schema of the study file, tried with a validator that knows nothing of terrein.
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
  json const& model = schema.at("properties").at("models").at("additionalProperties").at("properties");
  CHECK(model.at("defaults").at("enum") == json({"brownfield", "business_park", "multimodal", "none"}));
  CHECK(model.at("weights").at("additionalProperties").at("type") == "number");
  json const& criterion = schema.at("properties").at("criteria").at("additionalProperties").at("properties");
  CHECK(criterion.at("measure").at("enum").size() == 27);  // rows of the registry
}

TEST_CASE("a validator accepts the bundled study, dates written either way, and one text for a list", "[cli]") {
  TempDir const dir;
  RunResult const result = validate(dir, demo());
  if (is_absent(result)) return;
  CHECK(result.out + result.err == "");
  CHECK(result.exit_code == 0);
  CHECK(validate(dir, "[study]\ndate = 2026-01-31\n[area]\nmunicipalities = \"Gent\"\n").exit_code == 0);
  CHECK(validate(dir, "[study]\ndate = \"2026-01-31\"\n[layers.a.fabric]\ntiny_m2 = 2\n").exit_code == 0);
  CHECK(validate(dir, "[layers.a]\nfabric = false\n").exit_code == 0);
}

TEST_CASE("a validator refuses misspelt keys on every level, wrong types and words that are not allowed", "[cli]") {
  TempDir const dir;
  RunResult const result = validate(dir, with(demo(), "[candidates]\nlayer", "[candidates]\nlaier"));
  if (is_absent(result)) return;
  CHECK(result.exit_code == 1);
  CHECK(result.out == "candidates: Additional properties are not allowed ('laier' was unexpected)\n");
  for (std::string const study :
       {"[studie]\n", "[layers.a]\nsourse = \"x\"\n", "[layers.a.graph]\nconect = \"ends\"\n",
        "[layers.a.graph]\nconnect = \"crossings\"\n", "[layers.a]\nfabric = { tiny = 2 }\n",
        "[layers.a]\nfabric = \"yes\"\n", "[layers.Aa]\nsource = \"x\"\n", "[models.m.weights]\na = \"3\"\n",
        "[models.m.values.a]\npoint = \"0:1\"\n", "[criteria.c.cuts.a]\nbufer_m = 1\n", "[area]\nbox = \"0,0,1,1\"\n",
        "[study]\ndate = \"31/01/2026\"\n", "[output]\naudience = \"public\"\n",
        "[criteria.c]\nmeasure = \"arae_share\"\n"}) {
    INFO(study);
    CHECK(validate(dir, study).exit_code == 1);
  }
}
