// Profiles of a user: where they are looked for, and what is wrong with one.
#include <cstdlib>

#include "profile_support.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// A profile that has what it must have, and `more`.
std::string minimal(std::string const& more, std::string const& title = "Zones") {
  return "[profile]\nrole = \"zoning\"\nshape = \"polygon\"\ntitle_nl = \"" + title +
         "\"\n[match]\nfields = [\"zone\"]\n" + more;
}

Profile read_one(std::string const& text) {
  TempDir const dir;
  write_file(dir.path() / "own.toml", text);
  return *load_profiles({dir.path()}).at("own");
}

std::string faults_of(std::string const& text) {
  return error_of([&] { static_cast<void>(read_one(text)); }).text;
}

}  // namespace

TEST_CASE("a profile beside the study goes before one of TERREIN_PROFILES, and that before a shipped one") {
  TempDir const study, own;
  std::filesystem::create_directory(study.path() / "profiles");
  write_file(study.path() / "profiles" / "zones.toml", minimal("", "beside the study"));
  write_file(own.path() / "zones.toml", minimal("", "own folder"));
  write_file(own.path() / "gewestplan.toml", minimal("", "own gewestplan"));
  DataFolders data;
  data.datasets = std::filesystem::path(TERREIN_SOURCE_DIR) / "datasets";
  setenv("TERREIN_PROFILES", own.path().c_str(), 1);
  auto const folders = profile_folders(study.path(), data);
  unsetenv("TERREIN_PROFILES");
  Profiles const all = load_profiles(folders);
  CHECK(all.at("zones")->title_nl == "beside the study");
  CHECK(all.at("gewestplan")->title_nl == "own gewestplan");
  CHECK(all.at("rup")->title_nl == "RUP: bestemmingen");
  CHECK(all.size() == shipped_profiles().size() + 1);
  CHECK(profile_folders({}, data).size() == 1);
}

TEST_CASE("a study takes a profile of its own folder, and its own classes add to the table") {
  TempDir const dir;
  std::filesystem::create_directory(dir.path() / "profiles");
  write_file(dir.path() / "profiles" / "our_zoning.toml",
             minimal("[read]\n[read.class]\nfield = [\"zone\"]\n[read.class.values]\nIND = \"business\"\n"));
  write_rows(dir.path() / "zones.geojson", "polygon",
             nlohmann::json::parse(R"([{"zone":"IND"},{"zone":"WON"},{"zone":"X"}])"));
  write_file(dir.path() / "study.toml",
             "[candidates]\nlayer = \"parcels\"\n[layers.parcels]\nsource = \"zones.geojson\"\n[layers.zoning]\n"
             "source = \"zones.geojson\"\nprofile = \"our_zoning\"\n[layers.zoning.classes]\nWON = \"housing\"\n"
             "[output]\nfile = \"out.gpkg\"\n");
  DataFolders data;
  data.datasets = std::filesystem::path(TERREIN_SOURCE_DIR) / "datasets";
  Study const study = with_profiles(load_study(dir.path() / "study.toml", {}, data));
  LayerConfig const& zoning = *study.find_layer("zoning");
  CHECK(zoning.classes.field == "zone");
  CHECK(zoning.classes.values == std::map<std::string, std::string>{{"IND", "business"}, {"WON", "housing"}});
  CHECK(zoning.label_nl == "Zones");
}

TEST_CASE("all parts of a profile are read") {
  Profile const profile = read_one(minimal(R"(
[read]
where = "a = 1"
[read.keep]
field = ["status", "STAT"]
values = ["4", "in gebruik"]
[read.drop]
field = "access"
values = ["3"]
optional = true
[read.class]
field = ["zone"]
pad = 4
all = "business"
[plan]
order = 2
phase = ["fase"]
date = ["fasedatum"]
in_force = ["BG"]
in_preparation = ["PV", "VV"]
suspended = ["SC"]
[personal]
columns = ["owner", "e_mail"]
)"));
  REQUIRE(profile.rows.size() == 2);
  CHECK(profile.rows[0].field == "status|STAT");
  CHECK(profile.rows[0].values == std::vector<std::string>{"4", "in gebruik"});
  CHECK(profile.rows[0].keep);
  CHECK_FALSE(profile.rows[0].optional);
  CHECK(profile.rows[1].field == "access");
  CHECK_FALSE(profile.rows[1].keep);
  CHECK(profile.rows[1].optional);
  CHECK(profile.defaults.classes.pad == 4);
  CHECK(profile.defaults.classes.all == "business");
  CHECK_FALSE(profile.defaults.classes.identity);
  REQUIRE(profile.plan);
  CHECK(profile.plan->order == 2);
  CHECK(profile.plan->phase == "fase");
  CHECK(profile.plan->date == "fasedatum");
  CHECK(profile.plan->in_force == std::vector<std::string>{"BG"});
  CHECK(profile.plan->in_preparation == std::vector<std::string>{"PV", "VV"});
  CHECK(profile.plan->suspended == std::vector<std::string>{"SC"});
  CHECK(profile.defaults.personal == std::vector<std::string>{"owner", "e_mail"});
  CHECK_FALSE(read_one(minimal("")).plan);
}

TEST_CASE("a filter of a profile that has an `or` keeps its meaning beside the rows it drops") {
  TempDir const dir;
  std::filesystem::create_directory(dir.path() / "profiles");
  write_file(dir.path() / "profiles" / "own.toml",
             minimal("[read]\nwhere = \"zone = 'a' or zone = 'b'\"\n[read.drop]\nfield = [\"n\"]\nvalues = [\"1\"]\n"));
  write_rows(
      dir.path() / "x.geojson", "polygon",
      nlohmann::json::parse(
          R"([{"zone":"a","n":1},{"zone":"a","n":2},{"zone":"b","n":null},{"zone":"c","n":2},{"zone":"b","n":1}])"));
  Study study;
  auto const profile = load_profiles({dir.path() / "profiles"}).at("own");
  study.layers.push_back(profile->defaults);
  LayerConfig& layer = study.layers.back();
  layer.key = "it";
  layer.profile = profile;
  layer.path = layer.written = (dir.path() / "x.geojson").string();
  study = with_profiles(study);
  Issues issues;
  // Of the five rows the second and the third: zone a or b, and n is not 1.
  CHECK(read_layer(read_options(study, study.layers.back()), issues).layer.size() == 2);
}

TEST_CASE("faults of a profile are told together, with what to write") {
  std::string const text = faults_of(
      "[profile]\nshape = \"square\"\nmark = \"sure\"\n[match]\n[read]\ncoverage = \"world\"\n[read.keep]\nvalues = "
      "[\"1\"]\n[read.class]\nvalue = \"x\"\n[plan]\nforce = 1\n");
  for (char const* part :
       {"'square' is not one of polygon, line, point, table", "'sure' is not one of verified, partly, unverified",
        "needs `layers` or `fields`", "'world' is not one of extent, everywhere", "needs `field` and `values`",
        "the attribute that holds the class", "force"}) {
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
  }
  CHECK(faults_of("[profile]\nshape = \"line\"\ntitle_nl = \"x\"\n[match]\nfields = [\"a\"]\nneeds_name = true\n")
            .find("needs `layers`, the names") != std::string::npos);
}
