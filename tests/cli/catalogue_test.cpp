// terrein criteria, terrein models: what can be measured and which models are shipped, on standard output.
#include <nlohmann/json.hpp>

#include "support/catch.hpp"
#include "support/support.hpp"

using namespace terrein::test;
using nlohmann::json;

namespace {

RunResult program(std::string const& arguments) { return run(std::string(TERREIN_PROGRAM) + " " + arguments); }

/// Standard output of a command that must end well and say nothing else.
std::string said(std::string const& arguments) {
  RunResult const result = program(arguments);
  CHECK(result.exit_code == 0);
  CHECK(result.err == "");
  return result.out;
}

json entry(json const& list, std::string const& key, std::string const& name) {
  for (json const& one : list)
    if (one.at(key) == name) return one;
  FAIL("no entry " << name);
  return {};
}

bool contains(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

/// Rows of a shipped table that start so.
std::size_t table_rows(std::string const& model, std::string const& start) {
  std::string const text = "\n" + read_file(std::string(TERREIN_SOURCE_DIR) + "/datasets/defaults/" + model + ".csv");
  std::size_t out = 0;
  for (auto at = text.find("\n" + start); at != std::string::npos; at = text.find("\n" + start, at + 1)) ++out;
  return out;
}

std::string const starting_weights = "startgewichten, niet bestuurlijk vastgesteld\n";

}  // namespace

TEST_CASE("criteria lists every measure with unit, direction, layer and meaning in the language asked for", "[cli]") {
  std::string const english = said("criteria --list"), dutch = said("criteria --list --language nl");
  CHECK(english == said("criteria"));
  CHECK(contains(english, "distance: m, less is better, needs a layer\n  Shortest straight distance"));
  CHECK(contains(english, "own_attribute: unit of the field, no usual direction, no layer needed\n"));
  CHECK(contains(english, "raster_mean: unit of the raster, no usual direction, needs a raster\n"));
  CHECK(contains(english, "compactness: ratio, more is better, no layer needed\n  4π · area"));
  CHECK(contains(dutch, "distance: m, minder is beter, heeft een laag nodig\n  Kortste afstand in vogelvlucht"));
  CHECK(contains(dutch, "raster_mean: eenheid van het raster, geen vaste richting, heeft een raster nodig\n"));
  CHECK(program("criteria --language fr").exit_code == 2);
}

TEST_CASE("criteria as JSON is one object with the measures that the manual has", "[cli]") {
  json const all = json::parse(said("criteria --list --json")).at("criteria");
  CHECK(all.size() == 42);  // rows of the registry
  std::string const manual = read_file(std::string(TERREIN_SOURCE_DIR) + "/docs/criteria.md");
  for (json const& one : all) CHECK(contains(manual, "`" + one.at("name").get<std::string>() + "`"));
  json const distance = entry(all, "name", "distance"), mean = entry(all, "name", "raster_mean");
  CHECK(distance.at("unit") == "m");
  CHECK(distance.at("better") == "less");
  CHECK(distance.at("layer") == "vector");
  CHECK(distance.at("gives_class") == false);
  CHECK(mean.at("unit").is_null());
  CHECK(mean.at("better").is_null());
  CHECK(mean.at("layer") == "raster");
  CHECK(entry(all, "name", "largest_class").at("gives_class") == true);
  CHECK(entry(all, "name", "gross_area").at("layer").is_null());
}

TEST_CASE("models lists the shipped models, and always says that nobody adopted the weights", "[cli]") {
  std::string const text = said("models --language nl");
  for (std::string const name : {"brownfield", "business_park", "multimodal"}) {
    json const one = entry(json::parse(said("models --json")).at("models"), "name", name);
    CHECK(one.at("rules") == table_rows(name, "rule,"));
    CHECK(contains(text, name + ": " + one.at("label_nl").get<std::string>() + ", " +
                             std::to_string(table_rows(name, "rule,")) + " regels, "));
  }
  CHECK(contains(text, "business_park: Nieuw bedrijventerrein, "));
  CHECK(contains(said("models"), "business_park: New business park, "));
  CHECK(text.substr(text.size() - starting_weights.size()) == starting_weights);
  CHECK(json::parse(said("models --json")).at("weights").get<std::string>() + "\n" == starting_weights);
}

TEST_CASE("a model shows weights, value functions and reasons, and rules with their grounds and duties", "[cli]") {
  std::string const english = said("models business_park"), dutch = said("models business_park --language nl");
  CHECK(contains(english, starting_weights));
  CHECK(contains(dutch, "business_park: Nieuw bedrijventerrein\n" + starting_weights));
  CHECK(contains(dutch,
                 "  cycle_m (Afstand tot fietssnelweg): gewicht 3, piecewise 300:1|1000:0.6|3000:0\n"
                 "    judgement: half of the 6 points for cycling and transit\n"));
  CHECK(contains(english, "  seveso_share (Share in a Seveso consultation zone): area_share of seveso\n"));
  CHECK(contains(english,
                 "  ven (Flemish Ecological Network (VEN)): cut when land of nature in ven\n"
                 "    beleid, unverified: Inside VEN: exclude (strict nature test); general planning practice\n"
                 "    Laat het VEN-gebied buiten het plan.\n"));
  CHECK(contains(english, "cut when land of zoning in housing|housing_rural + 50 m\n"));
  CHECK(contains(dutch, "cut als land van zoning in housing|housing_rural + 50 m\n"));
  CHECK(contains(dutch, "\nalleen gemeten voor regels\n"));
  CHECK(contains(english, "  narrow (Too narrow): exclude when site_width_m <100, per site\n"));
}

TEST_CASE("a model as JSON has every row of its table", "[cli]") {
  json const model = json::parse(said("models brownfield --json"));
  CHECK(model.at("weights").get<std::string>() + "\n" == starting_weights);
  CHECK(model.at("rules").size() == table_rows("brownfield", "rule,"));
  CHECK(model.at("criteria").size() + model.at("measured_for_rules").size() == table_rows("brownfield", "criterion,"));
  double sum = 0;
  for (json const& one : model.at("criteria")) sum += one.at("weight").get<double>();
  CHECK(sum == 100);  // the table says: weights are points of 100
  json const soil = entry(model.at("criteria"), "key", "soil_class");
  CHECK(soil.at("kind") == "categorical");
  CHECK(contains(soil.at("points"), "t4:[0.2-0.8]"));
  json const worg = entry(model.at("rules"), "key", "worg");
  CHECK(worg.at("when").is_null());
  CHECK(worg.at("cut").at("layer") == "worg");
  CHECK(worg.at("ground") == "wet");
  CHECK(worg.at("date") == "2024-07-19");
  CHECK(entry(model.at("rules"), "key", "nitrogen").at("when") == "<=5000");
}

TEST_CASE("a model that is not shipped is a wrong command line, with the nearest names", "[cli]") {
  RunResult const result = program("models bussiness_park --json");
  CHECK(result.exit_code == 2);
  CHECK(result.out == "");
  CHECK(contains(result.err, "There is no shipped model 'bussiness_park'. Did you mean 'business_park'?"));
}
