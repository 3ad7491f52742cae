// Synthetic rows with the published names and codes, and the classes they must come to.
#include "profile_rows.hpp"

#include <fmt/core.h>

#include <set>

#include "profile_support.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// The class of a main code of the gewestplan, by hand from the list of rubrics.
std::map<std::string, std::string> const class_of_rubric{
    {"0100", "housing"}, {"0300", "services"},    {"0500", "park"},     {"0600", "buffer"},         {"0700", "nature"},
    {"0800", "forest"},  {"0900", "agriculture"}, {"1000", "business"}, {"1100", "business_local"}, {"1600", "other"}};

/// Texts of the live layer that matter, by rubric.
std::map<std::string, std::vector<std::string>> const texts_of_rubric{
    {"1000",
     {"industriegebieden", "milieubelastende industrieën", "gebieden voor vervuilende industrieën",
      "stedelijk-industriegebieden", "gebied voor zeehaven- en watergebonden bedrijven",
      "gebied voor watergebonden bedrijven", "industriegebied met nabestemming natuurgebied",
      "industriegebied met nabestemming woongebied",
      "industriegebied met bijzondere bestemming (testen van autovoertuigen)",
      "gebied voor uitbreiding van bestaande nijverheid", "bijzondere industriegebieden (afvalverwerking)",
      "regionaal bedrijventerrein met openbaar karakter", "transportzone", "luchthaven gebonden bedrijventerrein",
      "gebieden voor havenactiviteiten en vervoeren"}},
    {"1100",
     {"ambachtelijke bedrijven en kmo's", "lokaal bedrijventerrein met openbaar karakter", "publieke bedrijvenzones",
      "bedrijfsgebied met stedelijk karakter", "zone voor kleinhandel en kleine en middelgrote ondernemingen",
      "gebied voor kleine niet-hinderlijke bedrijven en kantoren"}},
    {"0300",
     {"dienstverleningsgebieden", "kantoor- en dienstenzone", "teleport", "business-park", "wetenschapspark",
      "researchpark", "gebieden hoofdzakelijk bestemd voor de vestiging van grootwinkelbedrijven",
      "zone voor handelsvestigingen"}},
    {"0100",
     {"woongebieden", "woongebieden met landelijk karakter", "woonuitbreidingsgebieden", "woonreservegebieden",
      "woonaansnijdingsgebied", "woonpark", "gebied voor kernontwikkeling"}},
    {"0900",
     {"agrarische gebieden", "landschappelijk waardevolle agrarische gebieden",
      "agrarische gebieden met ecologisch belang", "bouwvrij agrarisch gebied", "valleigebieden", "serregebieden"}},
    {"0700", {"natuurgebieden", "natuurgebieden met wetenschappelijke waarde of natuurreservaten", "groengebieden"}},
    {"0500", {"parkgebieden"}},
    {"0600", {"bufferzones", "koppelingsgebied K1", "koppelingsgebied K2"}},
    {"0800", {"bosgebieden"}},
    {"1600",
     {"bestaande autosnelwegen", "spoorweggebieden", "bestaande waterwegen", "bestaande luchtvaartterreinen",
      "gebieden voor wachtbekken", "reservegebied voor bufferzone"}}};

/// Texts whose words say more than their rubric, in classes that the vocabulary keeps apart.
std::map<std::string, std::string> const finer_than_rubric{
    {"gebied voor zeehaven- en watergebonden bedrijven", "port"},
    {"gebieden voor havenactiviteiten en vervoeren", "port"},
    {"woongebieden met landelijk karakter", "housing_rural"},
    {"woonuitbreidingsgebieden", "housing_reserve"},
    {"woonreservegebieden", "housing_reserve"},
    {"landschappelijk waardevolle agrarische gebieden", "agriculture_valuable"},
    {"agrarische gebieden met ecologisch belang", "agriculture_valuable"},
    {"valleigebieden", "agriculture_valuable"},
    {"bestaande autosnelwegen", "infrastructure"},
    {"spoorweggebieden", "infrastructure"},
    {"bestaande luchtvaartterreinen", "infrastructure"},
    {"bestaande waterwegen", "water"}};

ReadByProfile read_rows(ProfileRows const& one, std::filesystem::path const& folder) {
  auto const& profile = *shipped_profiles().at(one.profile);
  auto const file = folder / (one.layer + ".geojson");
  write_rows(file, profile.shape == "table" ? "point" : profile.shape, nlohmann::json::parse(one.rows));
  return read_by_profile(one.profile, file);
}

std::vector<std::string> unmatched(Issues const& issues) {
  std::vector<std::string> out;
  for (Issue const& issue : issues.rows())
    if (issue.code == "unmatched_class") out.push_back(issue.text);
  return out;
}

}  // namespace

TEST_CASE("rows with published names and codes come to the classes their publisher means") {
  TempDir const dir;
  std::set<std::string> tried;
  int n = 0;
  for (ProfileRows const& one : profile_rows()) {
    INFO(one.profile << ": " << one.rows);
    tried.insert(one.profile);
    auto const folder = dir.path() / std::to_string(n++);
    std::filesystem::create_directory(folder);
    ReadByProfile const read = read_rows(one, folder);
    CHECK(read.classes == one.classes);
    if (one.classes.empty()) CHECK(read.layer.size() == one.kept);
  }
  for (auto const& [key, profile] : shipped_profiles()) {
    INFO(key);
    CHECK(tried.contains(key));
  }
}

TEST_CASE("texts of the gewestplan come to the class of their rubric") {
  TempDir const dir;
  nlohmann::json rows = nlohmann::json::array();
  std::vector<std::string> texts, expected;
  for (auto const& [rubric, names] : texts_of_rubric)
    for (std::string const& text : names) {
      rows.push_back({{"svnaam", text}});
      texts.push_back(text);
      auto const finer = finer_than_rubric.find(text);
      expected.push_back(finer == finer_than_rubric.end() ? class_of_rubric.at(rubric) : finer->second);
    }
  write_rows(dir.path() / "lu_gwp_gv.geojson", "polygon", rows);
  ReadByProfile const read = read_by_profile("gewestplan", dir.path() / "lu_gwp_gv.geojson");
  REQUIRE(read.classes.size() == 56);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    INFO(texts[i]);
    CHECK(read.classes[i] == expected[i]);
  }
  CHECK(unmatched(read.issues).empty());
}

TEST_CASE("main codes of the gewestplan come to their rubric, with or without the zero in front") {
  TempDir const dir;
  // By hand from the list of rubrics: 1300 dumping grounds, 1400 military and 1600 remain, 1500 infrastructure.
  std::vector<std::string> const expected{"housing",        "services",   "services", "recreation",  "park",
                                          "buffer",         "nature",     "forest",   "agriculture", "business",
                                          "business_local", "extraction", "other",    "other",       "infrastructure",
                                          "other",          "agriculture"};
  nlohmann::json numbers = nlohmann::json::array(), texts = nlohmann::json::array();
  for (int rubric = 1; rubric <= 17; ++rubric) {
    numbers.push_back({{"HC", rubric * 100}});
    texts.push_back({{"HC", fmt::format("{:04}", rubric * 100)}});
  }
  write_rows(dir.path() / "numbers.geojson", "polygon", numbers);
  write_rows(dir.path() / "texts.geojson", "polygon", texts);
  CHECK(read_by_profile("gewestplan", dir.path() / "numbers.geojson").classes == expected);
  CHECK(read_by_profile("gewestplan", dir.path() / "texts.geojson").classes == expected);
}

TEST_CASE("a RUP goes before a BPA, an APA and the gewestplan, and plans in preparation before none") {
  auto const plan = [](char const* key) { return *shipped_profiles().at(key)->plan; };
  CHECK(plan("rup").order == 1);
  CHECK(plan("bpa").order == 2);
  CHECK(plan("apa").order == 3);
  CHECK(plan("gewestplan").order == 4);
  CHECK(plan("plan_in_preparation").order == 0);
  for (char const* key : {"rup", "plan_in_preparation"}) {
    CHECK(plan(key).phase == "fase");
    CHECK(plan(key).date == "fasedatum");
    CHECK(plan(key).in_force == std::vector<std::string>{"BG", "DV"});
    CHECK(plan(key).in_preparation == std::vector<std::string>{"PV", "VV"});
    CHECK(plan(key).suspended == std::vector<std::string>{"SC"});
  }
}

TEST_CASE("slip roads are the classes that the registers call so") {
  auto const slips = [](char const* key) {
    auto const& values = shipped_profiles().at(key)->defaults.slip_roads->values;
    return std::set<std::string>(values.begin(), values.end());
  };
  CHECK(slips("wegenregister_v1") ==
        std::set<std::string>{"107", "108", "op- of afrit, behorende tot een niet-gelijkgrondse verbinding",
                              "op- of afrit, behorende tot een gelijkgrondse verbinding"});
  CHECK(slips("wegenregister_v2") == std::set<std::string>{"5"});
  CHECK(slips("osm_roads") == std::set<std::string>{"motorway_link", "trunk_link"});
}

TEST_CASE("attributes about persons and the number of a parcel are found in the names of the source") {
  TempDir const dir;
  write_rows(dir.path() / "percelen.geojson", "polygon",
             nlohmann::json::parse(R"([{"PERCEEL_ID":"p1","Eigenaar":"X","E_MAIL":"x@y.be","ha":2}])"));
  auto const own = read_by_profile("generic_parcels", dir.path() / "percelen.geojson");
  CHECK(own.config.personal == std::vector<std::string>{"Eigenaar", "E_MAIL"});
  CHECK(own.layer.id == std::vector<std::string>{"p1"});
  write_rows(dir.path() / "Adp.geojson", "polygon",
             nlohmann::json::parse(R"([{"OIDN":1,"CAPAKEY":"72033A0610/00A000","OPPERVL":44.72,"NISCODE":"72043"}])"));
  auto const adp = read_by_profile("grb_adp", dir.path() / "Adp.geojson");
  CHECK(adp.layer.id == std::vector<std::string>{"72033A0610/00A000"});
  CHECK(adp.config.personal.empty());
}

TEST_CASE("texts encoded twice are put right, and a text that lost a letter is told, not guessed") {
  TempDir const dir;
  auto const file = dir.path() / "lu_gwp_gv.geojson";
  write_rows(file, "polygon", nlohmann::json::parse(R"([{"svnaam":"milieubelastende industrieÃ«n"},
    {"svnaam":"Milieubelastende Industrieën"}, {"svnaam":"milieubelastende industrie0n"},
    {"svnaam":"gebieden voor vervuilende industrie0n"}, {"svnaam":"milieubelastende industrie0n"},
    {"svnaam":"art. 8.33: woongebied met culturele waarde"}, {"svnaam":"Art 12 : bufferzones"},
    {"svnaam":"-9"}, {"svnaam":null}])"));
  ReadByProfile const read = read_by_profile("gewestplan", file);
  CHECK(read.classes == std::vector<std::string>{"business", "business", "?", "?", "?", "housing", "buffer", "-", "-"});
  auto const told = unmatched(read.issues);
  REQUIRE(told.size() == 2);  // -9 and null are not known, which is no fault of the table
  CHECK(told[0].find("1 rows have svnaam 'gebieden voor vervuilende industrie0n'") != std::string::npos);
  CHECK(told[1].find("2 rows have svnaam 'milieubelastende industrie0n'") != std::string::npos);
  CHECK(told[1].find("(for instance 2, 4)") != std::string::npos);
}

TEST_CASE("the labels that the roads service writes have the same speeds as their codes") {
  LayerConfig const& roads = shipped_profiles().at("wegenregister_v1")->defaults;
  auto const& speeds = roads.graph->speed_by_class;
  CHECK(speeds.size() == 36);  // 18 codes, 18 labels
  CHECK(speeds.at("101") == speeds.at("autosnelweg"));
  CHECK(speeds.at("103") == speeds.at("weg bestaande uit één rijbaan"));
  CHECK(speeds.at("120") == speeds.at("dienstweg"));
  for (char const* closed : {"112", "113", "114", "116", "120", "125", "130", "veer", "aardeweg"})
    CHECK(speeds.at(closed) == 0);
  for (char const* open : {"101", "102", "103", "107", "108", "109"}) CHECK(speeds.at(open) > 0);
}

TEST_CASE("a filter is written in the names and types of the source, and a study's own filter replaces it") {
  TempDir const dir;
  auto const file = dir.path() / "Wegsegment.geojson";
  auto const where = [&](char const* rows) {
    write_rows(file, "line", nlohmann::json::parse(rows));
    return read_by_profile("wegenregister_v1", file).config.where;
  };
  CHECK(where(R"([{"B_WK_OIDN":1,"E_WK_OIDN":2,"MORF":103,"STATUS":4,"TGBEP":1}])") ==
        R"((("STATUS" in (4))) and ("TGBEP" not in (2, 3) or "TGBEP" is null))");
  CHECK(where(R"([{"B_WK_OIDN":1,"E_WK_OIDN":2,"MORF":103,"status":"in gebruik"}])") ==
        R"(("status" in ('4', 'in gebruik')))");
  CHECK(where(R"([{"B_WK_OIDN":1,"E_WK_OIDN":2,"MORF":103}])").empty());

  Study study;
  study.layers.push_back(shipped_profiles().at("plan_in_preparation")->defaults);
  LayerConfig& own = study.layers.back();
  own.profile = shipped_profiles().at("plan_in_preparation");
  own.key = "plans";
  own.path = own.written = (dir.path() / "lu_si_gv.geojson").string();
  write_rows(own.path, "polygon", nlohmann::json::parse(R"([{"algplanid":"a","fase":"BG"}])"));
  own.where = "fase = 'BG'";
  CHECK(with_profiles(study).layers.back().where == "fase = 'BG'");
}

TEST_CASE("a source without the attribute that says which rows count is refused with what it has") {
  TempDir const dir;
  auto const file = dir.path() / "Bedrperc.geojson";
  write_rows(file, "polygon", nlohmann::json::parse(R"([{"AANGEBODEN":"aangeboden"}])"));
  auto const error = error_of([&] { static_cast<void>(read_by_profile("vlaio_bedrperc", file)); });
  CHECK(error.kind == ErrorKind::input);
  CHECK(error.text.find("profile 'vlaio_bedrperc' looks for the rows that count in INGEBRUIK or IN_GEBRUIK or GEBRUIK, "
                        "but the source has AANGEBODEN") != std::string::npos);
}
