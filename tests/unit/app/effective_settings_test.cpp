// Which settings count, and who says so.
#include "terrein/app/effective_settings.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "every_key.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"

using namespace terrein;
using test::write_file;

namespace {

/// "value # origin" of every setting, by name.
std::map<std::string, std::string> shown(std::vector<Setting> const& settings) {
  std::map<std::string, std::string> out;
  for (Setting const& one : settings) {
    std::string const origin = one.line == 0 ? one.origin : one.origin + " " + std::to_string(one.line);
    bool const is_new =
        out.emplace(dotted(one.path), (one.json.empty() ? one.words : one.json) + " # " + origin).second;
    CHECK(is_new);
  }
  return out;
}

/// Shipped rules may have a year or a month as their date, which a study may not.
bool is_part_of_date(Setting const& one) {
  return one.path.size() == 3 && one.path[2] == "date" && one.json.size() < std::string("'2026-01-31'").size();
}

std::map<std::string, std::string> values(std::vector<Setting> const& settings) {
  std::map<std::string, std::string> out;
  for (Setting const& one : settings)
    if (!one.json.empty() && !is_part_of_date(one)) out[dotted(one.path)] = one.json;
  return out;
}

std::string const study_text = R"([study]
max_age_days = 400
[variables]
data = "water"
wachtwoord = "hush hush"
[candidates]
layer = "parcels"
[layers.parcels]
source = "p.gpkg"
[layers.own]
source = "PG:host=h dbname=d user=u password='${wachtwoord}'"
layer = "a.b"
[layers.zoning]
source = "${data}/plan.geojson"
profile = "plan"
[layers.hag]
source = "hag.gpkg"
[layers.ramps]
slip_roads_of = "roads"
[layers.roads]
source = "roads.gpkg"
profile = "net"
[criteria.width]
measure = "usable_width"
[rules.thin]
criterion = "width"
when = "<40"
[models.business_park]
rules = ["thin"]
without_rules = ["hag"]
[models.business_park.weights]
flood_share = 3
[models.business_park.values.cycle_m]
points = "0:1|10:0"
[output]
file = "r.gpkg"
postgis = "postgresql://u:s3cret@h/d"
)";

/// A study with a profile whose source is there, one whose source is not, and a snapshot.
class World {
 public:
  World() {
    write_file(file(), study_text);
    write_file(dir_.path() / "profiles/plan.toml", R"([profile]
role = "zoning"
shape = "polygon"
title_nl = "Plan"
title_en = "A plan"
licence = "Open"
[match]
fields = ["svnaam|naam"]
[read]
coverage = "everywhere"
id = ["nr", "OBJECTID"]
[read.class]
field = "svnaam|naam"
[read.class.values]
"industrie" = "business"
"wonen" = "housing"
[read.class.begins]
"woon" = "housing"
)");
    write_file(dir_.path() / "profiles/net.toml", R"([profile]
role = "roads"
shape = "line"
title_nl = "Net"
[match]
fields = ["soort"]
[read]
graph = { connect = "ends", class = ["soort", "kind"], speeds = { "snelweg" = 90 } }
slip_roads = { field = "soort", values = ["oprit"] }
)");
    write_file(dir_.path() / "water/plan.geojson",
               R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"NAAM":"wonen","nr":7},)"
               R"("geometry":{"type":"Polygon","coordinates":[[[4,51],[4.1,51],[4,51.1],[4,51]]]}}]})");
    write_file(dir_.path() / "hag.gpkg.fetch.json",
               R"({"kind":"terrein fetch","time":"2026-02-03T04:05:06Z","table":"lu_hag","attribution":"Bron: DOV"})");
  }
  [[nodiscard]] std::filesystem::path file() const { return dir_.path() / "study.toml"; }
  [[nodiscard]] std::vector<Setting> settings(std::vector<std::string> const& set = {}) const {
    return effective_settings(file(), set, data_folders());
  }

 private:
  test::TempDir dir_;
};

/// What a study would say that writes every setting down itself. Variables are filled in already.
std::string written_out(std::vector<Setting> const& settings) {
  std::string out;
  for (Setting const& one : settings)
    if (!one.json.empty() && one.path[0] != "variables" && !is_part_of_date(one))
      out += dotted(one.path) + " = " + one.json + "\n";
  return out;
}

}  // namespace

TEST_CASE("every setting tells who says so", "[app][unit]") {
  World const world;
  auto const now = shown(world.settings({"study.language=en", "models.business_park.weights.hag_share=9"}));
  auto const is = [&now](std::string const& name, std::string const& text) {
    INFO(name);
    auto const found = now.find(name);
    CHECK((found == now.end() ? "" : found->second) == text);
  };
  is("study.language", "\"en\" # --set");
  is("study.max_age_days", "400 # study.toml 2");
  is("study.overlaps", "\"keep\" # default");
  is("study.crs", "that of the candidates # default");
  is("study.borders", "");       // none
  is("study.border_field", "");  // no borders, no names of them
  is("layers.zoning.source", "\"water/plan.geojson\" # study.toml 14");
  is("layers.zoning.class", "\"NAAM\" # profile plan");  // the name that the source has
  is("layers.zoning.classes", "of the profile: 2 values, 1 beginnings, ends and parts of texts # profile plan");
  is("layers.zoning.id", "\"nr\" # profile plan");
  is("layers.zoning.coverage", "\"everywhere\" # profile plan");
  is("layers.zoning.label_nl", "\"Plan\" # profile plan");
  is("layers.zoning.licence", "\"Open\" # profile plan");
  is("layers.zoning.fabric", "false # default");
  is("layers.parcels.fabric", "true # default");
  is("layers.parcels.label_en", "\"Parcels\" # default");
  is("layers.roads.graph.class", "\"soort|kind\" # profile net, source not looked at");
  is("layers.roads.graph.speeds.snelweg", "90 # profile net");
  is("layers.roads.slip_roads.values", "[\"oprit\"] # profile net");
  is("layers.hag.layer", "\"lu_hag\" # snapshot");
  is("layers.hag.date", "\"2026-02-03\" # snapshot");
  is("layers.hag.attribution", "\"Bron: DOV\" # snapshot");
  is("layers.ramps.swap_axes", "");  // it has no source
  is("layers.ramps.coverage", "where all its members are complete # default");
  is("criteria.width.level", "\"parcel\" # default");
  is("criteria.width.unit", "\"m\" # default");
  is("criteria.width.access_kmh", "");  // counts for times by road alone
  is("criteria.terminal_min.access_kmh", "20 # model defaults business_park.csv");
  is("criteria.terminal_min.per", "60 # model defaults business_park.csv");
  is("rules.thin.effect", "\"exclude\" # default");
  is("rules.thin.buffer_m", "");  // of cuts
  is("rules.worg.effect", "\"cut\" # model defaults business_park.csv");
  is("rules.worg.date", "\"2024-07-19\" # model defaults business_park.csv");
  is("rules.hag.effect", "");  // the study removes it
  is("models.business_park.defaults", "\"business_park\" # default");
  is("models.business_park.rules", "[\"thin\"] # study.toml 29");
  is("models.business_park.weights.flood_share", "3 # study.toml 32");
  is("models.business_park.weights.hag_share", "9 # --set");
  is("models.business_park.weights.terminal_min", "8 # model defaults business_park.csv");
  is("models.business_park.values.terminal_min.points",
     "\"8:1|20:0.6|40:0.1|60:0\" # model defaults business_park.csv");
  is("models.business_park.values.cycle_m.points", "\"0:1|10:0\" # study.toml 34");
  is("models.business_park.values.cycle_m.mark", "\"own choice\" # default");  // no longer that of the model
  is("models.business_park.adopted_by", "starting weights # default");
  is("models.business_park.label", "\"New business park\" # default");
  is("output.audience", "\"extern\" # default");
}

TEST_CASE("the settings of a measure over roads are those that count for it", "[app][unit]") {
  World const world;
  auto const now = shown(world.settings(
      {"criteria.pull.measure=gravity", "criteria.pull.layer=hag", "criteria.pull.roads=roads",
       "criteria.pull.limit_s=600", "criteria.pull.decay.kind=exponential", "criteria.pull.decay.points='beta=0.1'"}));
  auto const of = [&now](std::string const& name) {
    auto const found = now.find(name);
    return found == now.end() ? "" : found->second;
  };
  CHECK(of("criteria.pull.limit_s") == "600 # --set");
  CHECK(of("criteria.pull.decay.kind") == "\"exponential\" # --set");
  CHECK(of("criteria.pull.decay.per") == "1 # default");
  CHECK(of("criteria.pull.direction") == "\"to\" # default");
  CHECK(of("criteria.pull.nth") == "");  // of times and distances
  CHECK(of("criteria.pull.demand") == "");
  CHECK(of("criteria.width.direction") == "");
  CHECK(of("criteria.terminal_min.nth") == "1 # default");
}

TEST_CASE("no setting shows a secret, nor the variable that holds one", "[app][unit]") {
  World const world;
  std::string const text = settings_text(world.settings()) + settings_json("study.toml", world.settings());
  CHECK(text.find("hush") == std::string::npos);
  CHECK(text.find("s3cret") == std::string::npos);
  auto const now = shown(world.settings());
  CHECK(now.at("variables.wachtwoord") == "\"***\" # study.toml 5");
  CHECK(now.at("variables.data") == "\"water\" # study.toml 4");
  CHECK(now.at("layers.own.source") == "\"PG:host=h dbname=d user=u password=***\" # study.toml 11");
  CHECK(now.at("output.postgis") == "\"postgresql://u:***@h/d\" # study.toml 37");
}

TEST_CASE("a study that writes all its settings down has the same settings, all of its own", "[app][unit]") {
  std::string const demo = std::string(TERREIN_SOURCE_DIR) + "/datasets/demo/study.toml";
  test::TempDir const dir;
  auto const every = test::write_every_key(dir.path());
  for (char const* folder : {"weights", "scenarios"})
    std::filesystem::copy(std::filesystem::path(demo).parent_path() / folder, dir.path() / folder);
  for (std::filesystem::path const& file : {std::filesystem::path(demo), every}) {
    auto const first = effective_settings(file, {}, data_folders());
    CHECK(first.size() > 150);
    std::string text = written_out(first);
    if (file == demo)
      for (auto at = text.find("\"kanaalveld.gpkg\""); at != std::string::npos; at = text.find("\"kanaalveld.gpkg\""))
        text.replace(at, 17, "\"" + std::string(TERREIN_SOURCE_DIR) + "/datasets/demo/kanaalveld.gpkg\"");
    write_file(dir.path() / "again.toml", text);
    auto const again = effective_settings(dir.path() / "again.toml", {}, data_folders());
    auto wanted = values(first), got = values(again);
    for (auto* all : {&wanted, &got})
      std::erase_if(
          *all, [](auto const& one) { return one.first.starts_with("variables.") || one.first.ends_with(".source"); });
    CHECK(got == wanted);
    for (Setting const& one : again)
      if (!one.json.empty()) CHECK(one.origin == "again.toml");
  }
}

TEST_CASE("settings stand in the order of the study and of the table of keys", "[app][unit]") {
  World const world;
  std::vector<std::string> heads;
  for (Setting const& one : world.settings()) {
    std::string const head = one.path[0] + (one.path.size() > 2 ? "." + one.path[1] : "");
    if (heads.empty() || heads.back() != head) heads.push_back(head);
  }
  CHECK(std::set<std::string>(heads.begin(), heads.end()).size() == heads.size());  // every table stands together
  std::vector<std::string> const begin(heads.begin(), heads.begin() + 11);
  CHECK(begin == std::vector<std::string>{"study", "variables", "candidates", "layers.parcels", "layers.own",
                                          "layers.zoning", "layers.hag", "layers.ramps", "layers.roads",
                                          "criteria.width", "criteria.developable_share"});
  CHECK(heads.back() == "output");
}

TEST_CASE("a study that cannot be loaded has no settings but a fault", "[app][unit]") {
  World const world;
  CHECK(test::error_of([&] { (void)world.settings({"study.langage=en"}); }).text.find("Did you mean 'language'?") !=
        std::string::npos);
}

TEST_CASE("names that are no bare words stand in quotes", "[app][unit]") {
  CHECK(dotted({"layers", "a", "classes", "weg \"A\""}) == R"(layers.a.classes."weg \"A\"")");
  CHECK(dotted({"layers", "a-b_1"}) == "layers.a-b_1");
  CHECK(dotted({"x", ""}) == "x.\"\"");
}
