// Sites of the bundled study, and of small scenes with known answers.
#include "support/catch.hpp"
#include "support/site_verifier.hpp"
#include "support/sqlite_rows.hpp"
#include "support/support.hpp"

using namespace terrein::test;

namespace fs = std::filesystem;

namespace {

std::string const demo = std::string(TERREIN_SOURCE_DIR) + "/datasets/demo/study.toml";

RunResult assemble(std::string const& study, fs::path const& file, std::string const& more = "") {
  return run(std::string(TERREIN_PROGRAM) + " assemble " + study + " --no-cache --set output.file=" + file.string() +
             " --set output.project=false --set 'output.geojson=[]' " + more);
}

/// Squares of 100 m (1 ha) in a row from west to east, with ids a, b, c …; `scores` are 0 to 1.
class Row {
 public:
  explicit Row(std::vector<double> const& scores, std::string const& more = "", std::string const& between = "") {
    std::string features;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      double const x = 100000 + 100.0 * static_cast<double>(i);
      features += feature(x, std::string(1, static_cast<char>('a' + i)), scores[i]);
    }
    write(features + between, more);
  }
  Row(std::string const& features, std::string const& more, int) { write(features, more); }

  static std::string feature(double x, std::string const& id, double score, double width = 100, double y = 200000) {
    return fmt::format(
        R"({{"type":"Feature","properties":{{"id":"{}","score":{},"owner":"{}"}},"geometry":{{"type":"Polygon","coordinates":[[[{},{}],[{},{}],[{},{}],[{},{}],[{},{}]]]}}}},)",
        id, score, id < "d" ? "X" : id, x, y, x + width, y, x + width, y + 100, x, y + 100, x, y);
  }

  /// Another layer of the study: features of GeoJSON, without the last comma.
  void add_layer(std::string const& key, std::string const& features, std::string const& more = "") {
    write_file(dir_.path() / (key + ".geojson"), collection(features));
    write_file(dir_.path() / "study.toml", read_file(dir_.path() / "study.toml") + "[layers." + key + "]\nsource = \"" +
                                               key + ".geojson\"\ncoverage = \"everywhere\"\n" + more);
  }

  [[nodiscard]] RunResult run_with(std::string const& more = "") const {
    return assemble((dir_.path() / "study.toml").string(), file(), "--overwrite " + more);
  }
  [[nodiscard]] fs::path file() const { return dir_.path() / "r.gpkg"; }
  /// Parcels of the sites, in their order: "a; b | c; d".
  [[nodiscard]] std::string sites() const {
    std::string out;
    for (auto const& row : Database(file()).rows("SELECT parcel_ids FROM sites ORDER BY number"))
      out += (out.empty() ? "" : " | ") + row.at("parcel_ids").value_or("?");
    return out;
  }
  [[nodiscard]] std::string note() const {
    return Database(file()).one("SELECT text FROM issues WHERE stage = 'assemble'");
  }

 private:
  static std::string collection(std::string const& features) {
    return R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::31370"}},"features":[)" +
           features + "]}";
  }
  void write(std::string features, std::string const& more) {
    if (!features.empty()) features.pop_back();
    write_file(dir_.path() / "p.geojson", collection(features));
    write_file(dir_.path() / "study.toml", R"([study]
title = "Row"
[candidates]
layer = "p"
[layers.p]
source = "p.geojson"
id = "id"
[criteria.s]
measure = "own_attribute"
field = "score"
[rules.bad]
criterion = "s"
when = "<0.05"
effect = "exclude"
[models.m]
rules = ["bad"]
[models.m.weights]
s = 1
[models.m.values.s]
points = "0:0|1:1"
[assembly.x]
count = 1
prices = { owner = 0, excess = 0 }
alternatives = { count = 0 }
)" + more + "\n[output]\nfile = \"r.gpkg\"\n");
  }
  TempDir dir_;
};

std::string const two_ha = "target_ha = [2, 2]\n";

}  // namespace

TEST_CASE("sites of the bundled study keep what they promise", "[pipeline][demo]") {
  TempDir const dir;
  fs::path const file = dir.path() / "r.gpkg";
  RunResult const done = assemble(demo, file);
  INFO(done.err << done.out);
  REQUIRE(done.exit_code == 0);
  SiteVerifier verifier(file, {.id = "capakey", .least_ha = 15, .most_ha = 25});
  for (char const* layer : {"sites", "site_alternatives"}) {
    auto const faults = verifier.faults(layer);
    for (std::string const& fault : faults) UNSCOPED_INFO(fault);
    CHECK(faults.empty());
    CHECK(verifier.count() >= 3);
  }
  Database const db(file);
  CHECK(db.number("SELECT max(gap) FROM sites") < 0.1);
  // A site is measured as a candidate of its own: its area is that of its outline.
  CHECK(db.number("SELECT max(abs(val_site_ha - gross_ha)) FROM sites") < 1e-6);
  CHECK(db.number("SELECT count(*) FROM site_duties WHERE duty = 'watertoets' AND applies = 'yes'") == 3);
  CHECK(db.number("SELECT count(*) FROM site_parcels WHERE reason IS NULL OR reason = ''") == 0);
  // Whoever asks is told why.
  std::string const id = db.one("SELECT site_id FROM sites WHERE number = 1");
  std::string const weakest = db.one("SELECT weakest FROM sites WHERE number = 1");
  std::string const explain = std::string(TERREIN_PROGRAM) + " explain " + file.string() + " ";
  CHECK(run(explain + id).out.find("Zwakste schakel: " + weakest) != std::string::npos);
  CHECK(run(explain + weakest + " --site " + id).out.find(weakest + " hoort bij " + id) == 0);
  std::string const out = db.one("SELECT capakey FROM excluded");
  CHECK(run(explain + out + " --site " + id).out.find(" hoort niet bij ") != std::string::npos);
  CHECK(run(explain + "nobody --site " + id).exit_code == 2);
  CHECK(run(explain + weakest + " --site S-0").exit_code == 2);
}

TEST_CASE("the best connected parcels are taken, not the best ones", "[pipeline]") {
  Row const row({0.9, 0.2, 0.8, 0.7, 0.1, 0.85}, two_ha);
  REQUIRE(row.run_with().exit_code == 0);
  CHECK(row.sites() == "c; d");
  CHECK(Database(row.file()).one("SELECT bound_kind || gap FROM sites") == "exact0.0");
  REQUIRE(row.run_with("--set assembly.x.count=3").exit_code == 0);
  CHECK(row.sites() == "c; d | a; b | e; f");
  REQUIRE(row.run_with("--set assembly.x.count=3 --set assembly.x.total_ha=4").exit_code == 0);
  CHECK(row.sites() == "c; d | a; b");
  REQUIRE(row.run_with("--set assembly.x.count=3 --set assembly.x.apart_m=150").exit_code == 0);
  CHECK(row.sites() == "c; d");
  REQUIRE(row.run_with("--set assembly.x.count=3 --set assembly.x.most_loss=0.3").exit_code == 0);
  CHECK(row.sites() == "c; d | a; b");
}

TEST_CASE("parcels that must be in a site are, and those that may not are not", "[pipeline]") {
  Row const row({0.9, 0.2, 0.8, 0.7, 0.01, 0.85}, two_ha);
  REQUIRE(row.run_with("--set 'assembly.x.must=[\"b\"]'").exit_code == 0);
  CHECK(row.sites() == "a; b");
  REQUIRE(row.run_with("--set 'assembly.x.never=[\"d\"]'").exit_code == 0);
  CHECK(row.sites() == "a; b");
  CHECK(row.run_with("--set 'assembly.x.must=[\"e\"]'").exit_code == 4);
  CHECK(row.note().find("e must be in it, but may not") != std::string::npos);
  CHECK(row.run_with("--set 'assembly.x.must=[\"a\",\"d\"]'").exit_code == 4);
  CHECK(row.run_with("--set 'assembly.x.must=[\"a\",\"f\"]' --set 'assembly.x.target_ha=[1,9]'").exit_code == 4);
  CHECK(row.note().find("do not hang together") != std::string::npos);
  CHECK(row.run_with("--set 'assembly.x.must=[\"zz\"]'").exit_code == 2);
  CHECK(row.run_with("--set 'assembly.x.must=[\"a\"]' --set 'assembly.x.never=[\"a\"]'").exit_code == 2);
  CHECK(row.run_with("--set 'assembly.x.target_ha=[50,60]'").exit_code == 4);
  CHECK(row.note().find("the most land that hangs together there is 4.00 ha") != std::string::npos);
}

TEST_CASE("a strip is crossed at its price, counts as public domain, and bars where it must", "[pipeline]") {
  // a (0.9), 10 m of nobody's land, b (0.8), c (0.2): the strip belongs to the site of a and b, and costs 0.25.
  std::string const land =
      Row::feature(100000, "a", 0.9) + Row::feature(100110, "b", 0.8) + Row::feature(100210, "c", 0.2);
  Row const row(land, "target_ha = [2, 2.2]\n", 0);
  REQUIRE(row.run_with().exit_code == 0);
  CHECK(row.sites() == "a; b");
  Database const db(row.file());
  CHECK(db.number("SELECT value FROM sites") == Approx(0.9 + 0.8 - 0.25));
  CHECK(db.number("SELECT gross_ha FROM sites") == Approx(2.1).epsilon(1e-6));
  CHECK(db.number("SELECT public_ha FROM sites") == Approx(0.1).epsilon(1e-4));
  CHECK(db.number("SELECT crossings FROM sites") == 1);
  CHECK(db.one("SELECT crossed FROM sites") == "open");
  // Only with its strip is the site large enough.
  REQUIRE(row.run_with("--set 'assembly.x.target_ha=[2.05,2.2]'").exit_code == 0);
  CHECK(row.sites() == "a; b");
  REQUIRE(row.run_with("--set assembly.x.contacts.open_price=0.8").exit_code == 0);
  CHECK(row.sites() == "b; c");
  REQUIRE(row.run_with("--set assembly.x.contacts.open=false").exit_code == 0);
  CHECK(row.sites() == "b; c");
  REQUIRE(row.run_with("--set assembly.x.contacts.bridge_m=5").exit_code == 0);
  CHECK(row.sites() == "b; c");
}

TEST_CASE("owners come from the data, and one of them above half is flagged", "[pipeline]") {
  Row const row({0.9, 0.9, 0.9, 0.8}, "target_ha = [3, 3]\nowners = \"owner\"\n");  // a, b and c belong to X
  REQUIRE(row.run_with().exit_code == 0);
  Database const db(row.file());
  CHECK(row.sites() == "a; b; c");
  CHECK(db.number("SELECT owners FROM sites") == 1);
  CHECK(db.one("SELECT owners_basis || self_realisation FROM sites") == "ownersyes");
  REQUIRE(row.run_with("--set 'assembly.x.public_owners=[\"X\"]'").exit_code == 0);
  CHECK(Database(row.file()).one("SELECT self_realisation FROM sites") == "no");
  REQUIRE(row.run_with("--set 'assembly.x.owners=\"\"'").exit_code == 0);
  CHECK(Database(row.file()).one("SELECT owners || owners_basis FROM sites") == "3parcels");
  CHECK(Database(row.file()).one("SELECT self_realisation FROM sites") == "NULL");
}

TEST_CASE("land cannot be bought twice, and what has no area is no land", "[pipeline]") {
  std::string const stacked = Row::feature(100000, "a", 0.9) + Row::feature(100000, "b", 0.9) +
                              Row::feature(100020, "c", 0.8) + Row::feature(100100, "d", 0.5) +
                              Row::feature(100200, "e", 0.5, 0);
  Row const row(stacked, "target_ha = [1, 3]\n", 0);
  REQUIRE(row.run_with().exit_code == 0);
  CHECK(row.sites() == "a; d");
  CHECK(Database(row.file()).number("SELECT gross_ha FROM sites") == Approx(2));
}

TEST_CASE("the same sites for any number of workers and any order of the rows", "[pipeline]") {
  std::vector<std::string> features;
  for (int i = 0; i < 60; ++i)
    features.push_back(Row::feature(100000 + 100 * (i % 10), fmt::format("p{:02}", i), 0.1 + (i * 37 % 60) / 80.0, 100,
                                    200000 + 100 * (i / 10)));
  auto const joined = [](std::vector<std::string> const& all) {
    std::string out;
    for (std::string const& one : all) out += one;
    return out;
  };
  std::string const more = "target_ha = [6, 7]\nreach_m = 300\n";
  Row const forth(joined(features), more, 0);
  std::reverse(features.begin(), features.end());
  Row const back(joined(features), more, 0);
  REQUIRE(forth.run_with("--workers 1 --set assembly.x.count=4").exit_code == 0);
  REQUIRE(back.run_with("--workers 7 --set assembly.x.count=4").exit_code == 0);
  CHECK(forth.sites() == back.sites());
  std::string const all = "SELECT group_concat(site_id || value || bound || gross_ha) FROM sites";
  CHECK(Database(forth.file()).one(all) == Database(back.file()).one(all));
  SiteVerifier verifier(forth.file(), {.least_ha = 6, .most_ha = 7});
  CHECK(verifier.faults("sites").empty());
  CHECK(verifier.count() == 4);
}

namespace {

/// A rectangle, or a line from corner to corner, as GeoJSON.
std::string box(double x0, double y0, double x1, double y1, std::string const& properties = R"("id":"1")") {
  return fmt::format(
      R"({{"type":"Feature","properties":{{{}}},"geometry":{{"type":"Polygon","coordinates":[[[{},{}],[{},{}],[{},{}],[{},{}],[{},{}]]]}}}})",
      properties, x0, y0, x1, y0, x1, y1, x0, y1, x0, y0);
}
std::string line(double x0, double y0, double x1, double y1) {
  return fmt::format(
      R"({{"type":"Feature","properties":{{"id":"1"}},"geometry":{{"type":"LineString","coordinates":[[{},{}],[{},{}]]}}}})",
      x0, y0, x1, y1);
}

}  // namespace

TEST_CASE("a railway on the boundary parts two parcels, and a road between them has its price", "[pipeline]") {
  Row row({0.6, 0.9, 0.9, 0.5}, two_ha);
  REQUIRE(row.run_with().exit_code == 0);
  CHECK(row.sites() == "b; c");
  row.add_layer("rail", line(100200, 199000, 100200, 201000));
  REQUIRE(row.run_with("--set 'assembly.x.contacts.barriers={rail={}}'").exit_code == 0);
  CHECK(row.sites() == "a; b");
  std::string const road = "--set 'assembly.x.contacts.crossings={rail={price=0.2}}'";
  REQUIRE(row.run_with(road).exit_code == 0);
  CHECK(row.sites() == "b; c");
  CHECK(Database(row.file()).number("SELECT value FROM sites") == Approx(1.6));
  CHECK(Database(row.file()).one("SELECT crossed || crossings FROM sites") == "rail1");
  REQUIRE(row.run_with("--set 'assembly.x.contacts.crossings={rail={allowed=false}}'").exit_code == 0);
  CHECK(row.sites() == "a; b");
}

TEST_CASE("a park grows by parcels that touch it, and its own land is not sold again", "[pipeline]") {
  Row row({0.9, 0.3, 0.2, 0.9, 0.9}, two_ha);
  row.add_layer("parks", box(99900, 200000, 100100, 200100));  // holds parcel a
  REQUIRE(row.run_with("--set 'assembly.x.grow={layer=\"parks\"}'").exit_code == 0);
  CHECK(row.sites() == "b; c");
  Database const db(row.file());
  CHECK(db.number("SELECT value FROM sites") == Approx(0.5));
  CHECK(db.number("SELECT gross_ha FROM sites") == Approx(2));
  CHECK(db.one("SELECT reason FROM site_parcels WHERE candidate = 'a'").find("terrein dat groeit") !=
        std::string::npos);
}

TEST_CASE("each search zone has one site, and land that is never offered is in none", "[pipeline]") {
  Row row({0.9, 0.9, 0.8, 0.7, 0.6, 0.5}, two_ha);
  row.add_layer("zones",
                box(100000, 200000, 100300, 200100) + "," + box(100300, 200000, 100500, 200100, R"("id":"2")"));
  REQUIRE(row.run_with("--set assembly.x.count=3 --set assembly.x.zones=zones").exit_code == 0);
  CHECK(row.sites() == "a; b | d; e");
  row.add_layer("port", box(100000, 200000, 100160, 200100));
  REQUIRE(row.run_with("--set 'assembly.x.not_offered={port={}}'").exit_code == 0);
  CHECK(row.sites() == "c; d");
  CHECK(Database(row.file()).one("SELECT reason FROM site_parcels WHERE candidate = 'b'") ==
        "ligt in grond die niet aangeboden wordt");
}

TEST_CASE("neighbours that are sensitive and open space count against a site", "[pipeline]") {
  Row row({0.7, 0.8, 0.8, 0.7}, two_ha);
  row.add_layer("homes", box(100200, 200110, 100300, 200150));  // 10 m north of c
  std::string const sensitive =
      "--set 'assembly.x.sensitive={layer=\"homes\",within_m=10}' --set assembly.x.prices.sensitive=2";
  REQUIRE(row.run_with(sensitive).exit_code == 0);
  CHECK(row.sites() == "a; b");  // 100 m of c cost 0.2
  row.add_layer("fields", box(100000, 200000, 100100, 200100));
  REQUIRE(row.run_with(sensitive +
                       " --set 'assembly.x.open_space={layer=\"fields\"}' --set assembly.x.prices.open_space=0.3")
              .exit_code == 0);
  CHECK(row.sites() == "b; c");
  CHECK(Database(row.file()).number("SELECT value FROM sites") == Approx(1.4));
}

TEST_CASE("who decides is what a plan says of most of a site, else unknown", "[pipeline]") {
  Row row({0.9, 0.9, 0.1}, two_ha);
  row.add_layer("plans", box(100000, 200000, 100120, 200100, R"("id":"1","by":"provincie")"), "class = \"by\"\n");
  REQUIRE(row.run_with("--set 'assembly.x.level_of={layer=\"plans\"}' --set assembly.x.kind=lokaal").exit_code == 0);
  CHECK(Database(row.file()).one("SELECT level || kind FROM sites") == "provincielokaal");
  REQUIRE(row.run_with("").exit_code == 0);
  CHECK(Database(row.file()).one("SELECT level FROM sites") == "NULL");
}

TEST_CASE("a hall that must fit is a hard limit, or only an order", "[pipeline]") {
  std::string features;
  for (int i = 0; i < 4; ++i)
    features +=
        Row::feature(100000 + 100 * i, std::string(1, static_cast<char>('a' + i)), i < 2 ? 0.9 : 0.5) +
        Row::feature(100000 + 100 * i, std::string(1, static_cast<char>('e' + i)), i == 0 ? 0.06 : 0.5, 100, 200100);
  Row const row(features, "target_ha = [4, 4]\n", 0);
  REQUIRE(row.run_with().exit_code == 0);
  CHECK(row.sites() != "c; d; g; h");
  std::string const hall = "--set 'assembly.x.shape.hall_m=[190,190]'";
  REQUIRE(row.run_with(hall).exit_code == 0);
  CHECK(Database(row.file()).one("SELECT hall_fits || shape_as FROM sites") == "yeslimit");
  CHECK(row.sites() == "b; c; f; g");
  CHECK(row.run_with("--set 'assembly.x.shape.hall_m=[390,190]'").exit_code == 4);
  REQUIRE(row.run_with("--set 'assembly.x.shape.hall_m=[390,190]' --set assembly.x.shape.as=rank").exit_code == 0);
  CHECK(Database(row.file()).one("SELECT hall_fits || shape_as FROM sites") == "norank");
}
