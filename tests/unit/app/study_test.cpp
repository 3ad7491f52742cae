#include <algorithm>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/app/study.hpp"

using namespace terrein;
using test::error_of;

namespace {

/// Writes a study in a folder of its own and reads it.
class StudyFile {
 public:
  explicit StudyFile(std::string const& text) { test::write_file(path(), text); }
  [[nodiscard]] std::filesystem::path path() const { return dir_.path() / "study.toml"; }
  [[nodiscard]] Study load(std::vector<std::string> const& set = {}) const {
    return load_study(path(), set, data_folders());
  }
  [[nodiscard]] std::string fault(std::vector<std::string> const& set = {}) const {
    auto const thrown = error_of([&] { (void)load(set); });
    if (!thrown.text.empty()) CHECK(thrown.kind == ErrorKind::config);
    return thrown.text;
  }

 private:
  test::TempDir dir_;
};

std::string const base = R"(
[study]
title = "Proef"
[candidates]
layer = "parcels"
[layers.parcels]
source = "parcels.gpkg"
id = "capakey"
[layers.flood]
source = "${data}/flood.gpkg"
[variables]
data = "water"
[output]
file = "result.gpkg"
)";

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("paths are relative to the study and take variables", "[app][unit]") {
  StudyFile const file(base);
  Study const study = file.load();
  CHECK(study.find_layer("parcels")->path == (file.path().parent_path() / "parcels.gpkg").string());
  CHECK(study.find_layer("flood")->path == (file.path().parent_path() / "water/flood.gpkg").string());
  CHECK(study.find_layer("flood")->written == "water/flood.gpkg");
  CHECK(file.load({"data=/srv"}).find_layer("flood")->path == "/srv/flood.gpkg");
}

TEST_CASE("an unset variable is named with the way to set it", "[app][unit]") {
  StudyFile const file(
      "[candidates]\nlayer = \"p\"\n[layers.p]\nsource = \"${imput}\"\n[variables]\ninput = \"x\"\n[output]\nfile = "
      "\"r.gpkg\"\n");
  std::string const text = file.fault();
  CHECK(has(text, ":4: layers.p.source: variable '${imput}' has no value"));
  CHECK(has(text, "--set imput=VALUE"));
  CHECK(has(text, "Did you mean 'input'?"));
}

TEST_CASE("all faults of a study are reported at once, each with its line", "[app][unit]") {
  StudyFile const file(R"([study]
titel = "typo"
max_crs_error_m = "half"
[candidates]
layer = "parcel"
[layers.parcels]
source = "p.gpkg"
coverage = "nowhere"
[criteria.far]
measure = "distanse"
[rules.close]
criterion = "fra"
when = ">> 3"
[output]
file = "r.tif"
)");
  std::string const text = file.fault();
  INFO(text);
  CHECK(has(text, ":2: study.titel: unknown key. Did you mean 'title'?"));
  CHECK(has(text, ":3: study.max_crs_error_m: expected a number, found text."));
  CHECK(has(text, ":5: candidates.layer: the study has no layer 'parcel'. Did you mean 'parcels'?"));
  CHECK(has(text, ":8: layers.parcels.coverage: 'nowhere'"));
  CHECK(has(text, "there is no measure 'distanse'. Did you mean 'distance'?"));
  CHECK(has(text, "there is no criterion 'fra'. Did you mean 'far'?"));
  CHECK(has(text, ":13: rules.close.when:"));
  CHECK(has(text, ":15: output.file: 'r.tif' does not end in .gpkg"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 7);
}

TEST_CASE("a rule or criterion of the study on a missing layer is a fault", "[app][unit]") {
  StudyFile const file(base +
                       "[criteria.wet]\nmeasure = \"area_share\"\nlayer = \"floods\"\n"
                       "[rules.cut]\neffect = \"cut\"\nlayer = \"natuur\"\n");
  std::string const text = file.fault();
  CHECK(has(text, "criteria.wet.layer: the study has no layer 'floods'. Did you mean 'flood'?"));
  CHECK(has(text, "rules.cut.layer: the study has no layer 'natuur'."));
}

TEST_CASE("a rule that no model uses is a fault, not a silent gap", "[app][unit]") {
  std::string const text = base +
                           "[criteria.size]\nmeasure = \"gross_area\"\n[rules.big]\ncriterion = \"size\"\n"
                           "when = \">1\"\n[models.business_park]\n";
  CHECK(has(StudyFile(text).fault(), "rules.big: no model uses this rule"));
}

TEST_CASE("the command line overrides any key", "[app][unit]") {
  StudyFile const file(base);
  CHECK(file.load({"study.max_crs_error_m=0.05"}).max_crs_error_m == 0.05);
  CHECK(file.load({"study.title=Andere titel"}).title == "Andere titel");
  CHECK(file.load({"study.language=\"en\""}).language == Language::en);
  CHECK(has(file.fault({"study.langage=en"}), "study.langage: unknown key."));
  CHECK(error_of([&] { (void)file.load({"nonsense"}); }).kind == ErrorKind::usage);
}

TEST_CASE("shipped models load; what a study changes wins", "[app][unit]") {
  StudyFile const file(base + R"(
[models.business_park.weights]
flood_share = 30
[models.brownfield]
[models.multimodal]
)");
  Study const study = file.load();
  REQUIRE(study.models.size() == 3);
  auto const& park = study.models[0];
  CHECK(park.key == "business_park");
  CHECK(park.adopted_by.empty());
  auto const it = std::find_if(park.criteria.begin(), park.criteria.end(),
                               [](ModelCriterion const& one) { return one.criterion == "flood_share"; });
  REQUIRE(it != park.criteria.end());
  CHECK(it->weight == 30);
  for (ModelConfig const& model : study.models) {
    CHECK(model.criteria.size() >= 5);
    CHECK(model.rules.size() >= 3);
  }
}

TEST_CASE("weights must have a meaning", "[app][unit]") {
  CHECK(has(StudyFile(base + "[models.business_park.weights]\nflood_share = -1\n").fault(), "-1"));
  std::string zero = base +
                     "[criteria.size]\nmeasure = \"gross_area\"\n[models.own]\n[models.own.weights]\nsize = 0\n"
                     "[models.own.values.size]\npoints = \"0:0|1:1\"\n";
  CHECK(has(StudyFile(zero).fault(), "models.own.weights"));
  CHECK(
      has(StudyFile(base + "[models.business_park.weights]\nflood_shar = 3\n").fault(), "Did you mean 'flood_share'?"));
}

TEST_CASE("a value function with lo = hi is a fault of the study", "[app][unit]") {
  std::string const text = base +
                           "[criteria.size]\nmeasure = \"gross_area\"\n[models.own]\n[models.own.weights]\nsize = 1\n"
                           "[models.own.values.size]\nkind = \"linear\"\npoints = \"lo=5|hi=5\"\n";
  CHECK(has(StudyFile(text).fault(), "models.own.values.size.points"));
}

TEST_CASE("adopted weights need a name and a date", "[app][unit]") {
  CHECK(has(StudyFile(base + "[models.business_park]\nadopted_by = \"deputatie\"\n").fault(), "adopted_on"));
  Study const study =
      StudyFile(base + "[models.business_park]\nadopted_by = \"deputatie\"\nadopted_on = 2026-02-03\n").load();
  CHECK(study.models[0].adopted_on == "2026-02-03");
}

TEST_CASE("columns may be chosen and renamed", "[app][unit]") {
  std::string text = base;
  text += "columns = [\"capakey\", \"val_area as area\"]\n[criteria.area]\nmeasure = \"gross_area\"\n";
  Study const study = StudyFile(text).load();
  REQUIRE(study.output.columns.size() == 2);
  CHECK(study.output.columns[1].name == "area");
  CHECK(study.output.columns[1].from == "val_area");
}

TEST_CASE("a file that is no TOML is answered with the line", "[app][unit]") {
  CHECK(has(StudyFile("[study]\ntitle = \n").fault(), ":2: not valid TOML"));
  CHECK(error_of([] { (void)load_study("/nonexistent/study.toml", {}, data_folders()); }).kind == ErrorKind::config);
}

TEST_CASE("the study shown in the README is a study", "[app][docs]") {
  std::string const readme = test::read_file(std::string(TERREIN_SOURCE_DIR) + "/README.md");
  auto const begin = readme.find("```toml\n");
  REQUIRE(begin != std::string::npos);
  std::string const text = readme.substr(begin + 8, readme.find("```", begin + 8) - begin - 8);
  Study const study = StudyFile(text).load();
  CHECK(study.models.size() == 1);
  CHECK(study.layers.size() == 2);
}
