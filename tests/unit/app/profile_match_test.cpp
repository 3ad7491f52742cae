// Which profile fits a source.
#include <set>

#include "profile_rows.hpp"
#include "profile_support.hpp"
#include "terrein/core/text.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

using Keys = std::set<std::string>;

std::vector<ProfileMatch> matches(std::filesystem::path const& file) {
  SourceDescription const source = describe_source(file.string(), file.string());
  return match_profiles(source.layers.at(0), file.string(), shipped_profiles());
}

/// The profiles that stand first, side by side.
Keys best(std::vector<ProfileMatch> const& found) {
  Keys out;
  for (ProfileMatch const& one : found)
    if (one.by_name == found.front().by_name && one.fields == found.front().fields) out.insert(one.profile->key);
  return out;
}

/// The rows as their publisher delivers them, in a file of that name.
std::filesystem::path source_of(ProfileRows const& one, std::string const& name, std::filesystem::path const& folder) {
  auto const rows = nlohmann::json::parse(one.rows);
  std::filesystem::create_directories(folder);
  auto const file = folder / (name + (one.is_table ? ".csv" : ".geojson"));
  if (one.is_table)
    write_csv(file, rows);
  else
    write_rows(file, shipped_profiles().at(one.profile)->shape, rows);
  return file;
}

}  // namespace

TEST_CASE("a source under its published name is recognised by its own profile and by no other as well") {
  TempDir const dir;
  int n = 0;
  for (ProfileRows const& one : profile_rows()) {
    INFO(one.profile << " as " << one.layer);
    auto const found = matches(source_of(one, one.layer, dir.path() / std::to_string(n++)));
    CHECK(best(found) == Keys{one.profile});
  }
}

namespace {

/// What a source is taken for when its file lost the published name, where that is not its own profile alone.
struct Confusion {
  Keys fit;
  char const* why;
};

std::map<std::string, Confusion> confusions() {
  Keys const plans{"apa", "bpa", "gewestplan", "gewestplan_overdruk"};
  Keys const floods{"watertoets_fluviaal", "watertoets_pluviaal", "watertoets_zee"};
  Keys const protections{"heritage_archaeology", "heritage_landscape", "heritage_monument", "heritage_townscape"};
  char const* const text = "old plans have the text of the zone in common and nothing of their own";
  char const* const grid = "the three flood maps have one attribute, and the same one";
  char const* const same = "the four kinds of protection have the same attributes";
  char const* const bare = "no attribute of the layer is known, so that only its name speaks";
  char const* const common = "its attributes are too common to speak for it";
  return {{"grb_gbg", {{}, common}},
          {"water_banks", {{}, common}},
          {"hag", {{}, common}},
          {"signaalgebieden", {{}, common}},
          {"municipalities", {{}, common}},
          {"gewestplan", {plans, text}},
          {"gewestplan_overdruk", {plans, text}},
          {"bpa", {plans, text}},
          {"apa", {plans, text}},
          {"watertoets_fluviaal", {floods, grid}},
          {"watertoets_pluviaal", {floods, grid}},
          {"watertoets_zee", {floods, grid}},
          {"heritage_monument", {protections, same}},
          {"heritage_landscape", {protections, same}},
          {"heritage_townscape", {protections, same}},
          {"heritage_archaeology", {protections, same}},
          {"leegstand", {{"generic_parcels", "leegstand"}, "a list joined to parcels has their key as well"}},
          {"vlaio_bedrontw", {{}, bare}},
          {"vlaio_bedrbeh", {{}, bare}},
          {"worg", {{}, bare}},
          {"seveso_consultation", {{}, bare}},
          {"infrabel_geosporen", {{}, bare}},
          {"infrabel_lijnsecties", {{}, bare}}};
}

}  // namespace

TEST_CASE("a source that lost its name is recognised by its attributes; where they cannot tell, nothing is guessed") {
  TempDir const dir;
  auto const confused = confusions();
  Keys seen;
  int n = 0;
  for (ProfileRows const& one : profile_rows()) {
    INFO(one.profile << " as " << one.layer);
    Keys const fit = best(matches(source_of(one, "data", dir.path() / std::to_string(n++))));
    if (fit == Keys{one.profile}) continue;
    seen.insert(one.profile);
    auto const known = confused.find(one.profile);
    REQUIRE(known != confused.end());
    INFO(known->second.why);
    CHECK(fit == known->second.fit);
  }
  for (auto const& [profile, confusion] : confused) {
    INFO(profile << " is told apart now");
    CHECK(seen.contains(profile));
  }
}

TEST_CASE("plan layers with all their published attributes are told apart by name only") {
  TempDir const dir;
  auto const rows = nlohmann::json::parse(
      R"([{"algplanid":"x","naam":"x","svnaam":"woongebieden","svnr":"1","categorie":"WON","legende":"rood",
           "fichelink":"x","svidlink":"x","fase":"BG","fasedatum":"2020-01-01"}])");
  auto const fit = [&](std::string const& name) {
    write_rows(dir.path() / (name + ".geojson"), "polygon", rows);
    return best(matches(dir.path() / (name + ".geojson")));
  };
  CHECK(fit("lu_gwp_gv") == Keys{"gewestplan"});
  CHECK(fit("lu_gwp_ov") == Keys{"gewestplan_overdruk"});
  CHECK(fit("lu_gemrup_gv") == Keys{"rup"});
  CHECK(fit("lu_prorup_gv") == Keys{"rup"});
  CHECK(fit("lu_gewrup_gv") == Keys{"rup"});
  CHECK(fit("lu_bpa_gv") == Keys{"bpa"});
  CHECK(fit("lu_apa_gv") == Keys{"apa"});
  CHECK(fit("lu_si_gv") == Keys{"plan_in_preparation"});
  CHECK(fit("zones") == Keys{"rup"});  // only RUPs are known to have a category: the most attributes are theirs
}

TEST_CASE("names with a namespace or another case, and names cut to ten characters, are recognised") {
  SourceLayer layer;
  layer.shape = "polygon";
  layer.name = "GRB:ADP";
  for (char const* name : {"capakey", "oidn", "oppervl"}) layer.fields.push_back({name, "string"});
  auto const found = match_profiles(layer, "x.gml", shipped_profiles());
  REQUIRE_FALSE(found.empty());
  CHECK(found.front().profile->key == "grb_adp");
  CHECK(found.front().why == "the name 'adp', the attributes capakey, oidn, oppervl");

  SourceLayer roads;
  roads.shape = "line";
  roads.name = "data";
  for (char const* name : {"beginknoop", "eindknoopO", "morfologis"}) roads.fields.push_back({name, "string"});
  auto const cut = match_profiles(roads, "data.shp", shipped_profiles());
  REQUIRE(cut.size() == 1);
  CHECK(cut.front().profile->key == "wegenregister_v1");
}

TEST_CASE("attributes that many layers have do not make one of them") {
  SourceLayer roads;  // the road surfaces of the GRB
  roads.shape = "polygon";
  roads.name = "Wbn";
  for (char const* name : {"OIDN", "UIDN", "TYPE", "LBLTYPE"}) roads.fields.push_back({name, "integer"});
  CHECK(match_profiles(roads, "Wbn.shp", shipped_profiles()).empty());
  roads.name = "GRB:GBG";
  auto const found = match_profiles(roads, "x.gpkg", shipped_profiles());
  REQUIRE(found.size() == 1);
  CHECK(found.front().profile->key == "grb_gbg");
}

TEST_CASE("a source of another shape, or with an attribute that rules a profile out, does not fit") {
  SourceLayer layer;
  layer.shape = "line";
  layer.name = "Adp";
  for (char const* name : {"CAPAKEY", "OIDN", "OPPERVL"}) layer.fields.push_back({name, "string"});
  CHECK(match_profiles(layer, "x.gml", shipped_profiles()).empty());
  SourceLayer roads;
  roads.shape = "line";
  roads.name = "Wegsegment";
  for (char const* name : {"B_WK_OIDN", "E_WK_OIDN", "MORF"}) roads.fields.push_back({name, "integer"});
  CHECK(match_profiles(roads, "x.gml", shipped_profiles()).size() == 1);
  for (char const* name : {"AUTOHEEN", "AUTOTERUG", "TOEGANG", "VERHARDING"}) roads.fields.push_back({name, "integer"});
  auto const second = match_profiles(roads, "x.gml", shipped_profiles());
  REQUIRE(second.size() == 1);
  CHECK(second.front().profile->key == "wegenregister_v2");
}
