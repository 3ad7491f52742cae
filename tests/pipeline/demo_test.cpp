// The bundled study of a fictional municipality: same bytes, any part like the whole, and the planted cases.
#include <algorithm>
#include <array>
#include <filesystem>

#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "support/support.hpp"

using namespace terrein::test;

namespace {

/// Runs the bundled study into a folder of its own.
class Demo {
 public:
  explicit Demo(std::string const& arguments = "") {
    result_ = run(std::string(TERREIN_PROGRAM) + " run " + TERREIN_SOURCE_DIR +
                  "/datasets/demo/study.toml --set output.file=" + file().string() + " " + arguments);
  }
  [[nodiscard]] std::filesystem::path file() const { return dir_.path() / "kanaalveld.gpkg"; }
  [[nodiscard]] std::filesystem::path path(std::string const& name) const { return dir_.path() / name; }
  [[nodiscard]] RunResult const& result() const { return result_; }

 private:
  TempDir dir_;
  RunResult result_;
};

/// The study as it is shipped, run once for all tests.
Demo const& standard() {
  static Demo const demo("--workers 2");
  return demo;
}

}  // namespace

TEST_CASE("the bundled study gives the same bytes for 1, 2 and 7 workers", "[pipeline][demo]") {
  Demo const one("--workers 1"), seven("--workers 7");
  Demo const& two = standard();
  INFO(one.result().err);
  REQUIRE(one.result().exit_code == 0);
  REQUIRE(two.result().exit_code == 0);
  REQUIRE(seven.result().exit_code == 0);
  for (char const* name : {"kanaalveld.gpkg", "kanaalveld.qgz", "kanaalveld.candidates.geojson"}) {
    std::string const bytes = read_file(one.path(name));
    CHECK(bytes.size() > 10000);
    CHECK((read_file(two.path(name)) == bytes));
    CHECK((read_file(seven.path(name)) == bytes));
  }
}

TEST_CASE("a part of the municipality gets the values and scores of the whole", "[pipeline][demo]") {
  Demo const& whole = standard();
  Demo const part("--set area.box='[113000,189000,114500,190500]'");
  INFO(part.result().err);
  REQUIRE(whole.result().exit_code == 0);
  REQUIRE(part.result().exit_code == 0);
  Database const all(whole.file()), some(part.file());
  // Ranks, and what is said of them, are what a part cannot know.
  std::string columns;
  for (auto const& row : some.rows("PRAGMA table_info(candidates)")) {
    std::string const name = *row.at("name");
    auto const is_of_rank = [&name](char const* suffix) { return name.ends_with(suffix); };
    static constexpr std::array of_rank{"_rank", "_p_top_k", "_stability", "_rank_p05", "_rank_p95"};
    if (name == "fid" || name == "geom" || std::any_of(of_rank.begin(), of_rank.end(), is_of_rank)) continue;
    columns += (columns.empty() ? "\"" : ", \"") + name + "\"";
  }
  auto const rows = some.rows("SELECT " + columns + " FROM candidates ORDER BY capakey");
  REQUIRE(rows.size() > 100);
  std::size_t different = 0;
  for (auto const& row : rows)
    different +=
        all.rows("SELECT " + columns + " FROM candidates WHERE capakey = '" + *row.at("capakey") + "'")[0] != row;
  CHECK(different == 0);
}

TEST_CASE("faults planted in the parcels are shown and lose nothing", "[pipeline][demo]") {
  Demo const& demo = standard();
  REQUIRE(demo.result().exit_code == 0);
  Database const db(demo.file());
  CHECK(db.one("SELECT count(*) FROM issues WHERE layer = 'parcels' AND code = 'self_intersection'") == "1");
  CHECK(db.one("SELECT count(*) FROM issues WHERE layer = 'parcels' AND code = 'ring_self_intersection'") == "1");
  CHECK(db.one("SELECT count(*) FROM issues WHERE layer = 'parcels' AND code = 'null_geometry'") == "1");
  // Every parcel of the municipality is in one of the two layers: counted in the source, without terrein.
  Database const source(std::string(TERREIN_SOURCE_DIR) + "/datasets/demo/kanaalveld.gpkg");
  double const in_source = source.number("SELECT count(*) FROM parcels WHERE capakey LIKE '981%' AND geom IS NOT NULL");
  CHECK(db.number("SELECT (SELECT count(*) FROM candidates) + (SELECT count(*) FROM excluded)") == in_source);
}

TEST_CASE("approximate terminals do not count as destinations until the study allows it", "[pipeline][demo]") {
  Demo const& strict = standard();
  Demo const loose("--set study.allow_approximate=true");
  REQUIRE(strict.result().exit_code == 0);
  REQUIRE(loose.result().exit_code == 0);
  Database const without(strict.file()), with(loose.file());
  // All terminals with a siding are approximate, the quay of the municipality is not.
  CHECK(without.one("SELECT count(*) FROM candidates WHERE val_rail_min IS NOT NULL OR by_rail_min IS NOT NULL") ==
        "0");
  CHECK(without.one("SELECT count(DISTINCT by_barge_min) FROM candidates") == "1");
  // Allowed, nearly every candidate reaches one by road, and it is one with rail in the source.
  double const n = with.number("SELECT count(*) FROM candidates");
  CHECK(with.number("SELECT count(by_rail_min) FROM candidates") > 0.95 * n);
  Database const source(std::string(TERREIN_SOURCE_DIR) + "/datasets/demo/kanaalveld.gpkg");
  for (auto const& row : with.rows("SELECT DISTINCT by_rail_min AS id FROM candidates WHERE by_rail_min IS NOT NULL")) {
    INFO(*row.at("id"));
    CHECK(source.one("SELECT modes LIKE '%rail%' FROM terminals WHERE fid = " + *row.at("id")) == "1");
  }
  // The time is known, or no longer than to that terminal where a nearer one may lie beyond the data: scores that
  // could be anything become narrower.
  std::string const range = "SELECT avg(multimodal_high - multimodal_low) FROM candidates";
  CHECK(with.number("SELECT count(multimodal_high) FROM candidates") > 0.95 * n);
  CHECK(with.number(range) < without.number(range));
  // Whoever asks why is told that the place is not exact; and the chains say which of theirs is not.
  std::string const id = with.one("SELECT capakey FROM candidates WHERE by_rail_min IS NOT NULL ORDER BY capakey");
  std::string const explain = std::string(TERREIN_PROGRAM) + " explain ";
  std::string const said = "\"approximate\": true";
  CHECK(run(explain + loose.file().string() + " --json " + id).out.find(said) != std::string::npos);
  CHECK(run(explain + strict.file().string() + " --json " + id).out.find(said) == std::string::npos);
  CHECK(without.number("SELECT count(approximate) FROM chains") == 0);
  CHECK(with.number("SELECT count(*) FROM chains WHERE (terminal = 'OEVERZELE') <> (approximate IS 'terminal')") == 0);
}

namespace {

/// What a planner reads off the map of the bundled study (datasets/demo/README.md), without the program.
struct Planted {
  char const* what;
  char const* capakey;
  char const* model;
  char const* outcome;
  char const* failed_by;  ///< rules that fail, all of them; "" = none
};

constexpr Planted planted[] = {
    {"park field beside ramp and park", "98102E0097/00A000", "business_park", "voldoet", ""},
    {"field in HAG", "98102E0338/00A000", "business_park", "onder voorwaarden", ""},
    {"field in HAG", "98102E0338/00A000", "multimodal", "onder voorwaarden", ""},
    {"field wholly in fluvial D", "98101B0155/00_000", "business_park", "voldoet niet", "flood_d"},
    {"field wholly in fluvial D", "98101B0155/00_000", "multimodal", "voldoet niet", "flood_d"},
    {"wood in SBZ-H", "98101D0073/00_000", "business_park", "voldoet niet", "sbz,green_zone"},
    {"meadow in WORG", "98101B0241/00A000", "business_park", "voldoet niet", "worg"},
    {"meadow in WORG", "98101B0241/00A000", "multimodal", "voldoet niet", "worg"},
    {"garden in the village", "98101A0231/00C000", "business_park", "voldoet niet", "housing_50m"},
    {"old weaving mill", "98101A0078/00A000", "business_park", "voldoet niet", "built"},
    {"old weaving mill", "98101A0078/00A000", "brownfield", "voldoet", ""},
    {"old dye works", "98101A0078/00B000", "brownfield", "onder voorwaarden", ""},
    {"quay plot", "98102E0115/00B000", "multimodal", "voldoet", ""},
    {"parcel outside the flood map", "98102C0053/00_000", "business_park", "onbekend", ""},
};

}  // namespace

TEST_CASE("planted cases come out as a planner sees them on the map", "[pipeline][demo]") {
  Demo const& demo = standard();
  REQUIRE(demo.result().exit_code == 0);
  Database const db(demo.file());
  for (Planted const& one : planted) {
    INFO(one.what << " " << one.capakey << " " << one.model);
    std::string const table =
        db.one("SELECT count(*) FROM candidates WHERE capakey = '" + std::string(one.capakey) + "'") == "1"
            ? "candidates"
            : "excluded";
    auto const row = db.rows("SELECT * FROM " + table + " WHERE capakey = '" + one.capakey + "'");
    REQUIRE(row.size() == 1);
    CHECK(row[0].at(std::string(one.model) + "_outcome") == std::string(one.outcome));
    std::string failed;
    for (auto const& rule : db.rows("SELECT rule FROM ledger WHERE model = '" + std::string(one.model) + "'")) {
      if (row[0].at("rule_" + *rule.at("rule")) != std::string("fail")) continue;
      failed += (failed.empty() ? "" : ",") + *rule.at("rule");
    }
    CHECK(failed == one.failed_by);
  }

  auto const number = [&db](std::string const& column, std::string const& capakey) {
    return db.number("SELECT " + column + " FROM candidates WHERE capakey = '" + capakey + "'");
  };
  auto const text = [&db](std::string const& column, std::string const& capakey) {
    return db.one("SELECT " + column + " FROM candidates WHERE capakey = '" + capakey + "'");
  };
  // Each model puts its own planted best first, and nobody shares the place.
  CHECK(number("business_park_rank", "98102E0097/00A000") == 1);
  CHECK(number("brownfield_rank", "98101A0078/00A000") == 1);
  CHECK(number("multimodal_rank", "98102E0115/00B000") == 1);
  for (char const* model : {"business_park", "brownfield", "multimodal"})
    CHECK(db.one(std::string("SELECT count(*) FROM candidates WHERE ") + model + "_rank = 1") == "1");
  // The duty of the HAG field names what must be done, and the feature that caused it.
  CHECK(text("business_park_duties", "98102E0338/00A000").find("herbevestigd agrarisch gebied") != std::string::npos);
  CHECK(text("rule_hag", "98102E0338/00A000") == "condition");
  CHECK(text("by_hag_share", "98102E0338/00A000") != "NULL");
  // Worse soil and more owners make the dye works a clearly lower brownfield than the mill next door.
  CHECK(number("brownfield_score", "98101A0078/00A000") - number("brownfield_score", "98101A0078/00B000") > 20);
  // Twins along the canal: the one 2 km from the quay loses on nearness to quay and siding alone.
  CHECK(number("multimodal_score", "98102E0116/00_000") - number("multimodal_score", "98101D0152/00_000") > 15);
  CHECK(number("val_quay_dist_m", "98101D0152/00_000") > 1500);
  CHECK(number("val_quay_dist_m", "98102E0116/00_000") < 100);
  // Far from water and rail: low, though nothing forbids it.
  CHECK(number("multimodal_score", "98101C0079/00_000") < 60);
  CHECK(text("val_flood_share", "98102C0053/00_000") == "NULL");
  // Scores are spread over the classes: most land is not among the best.
  double const ranked = db.number("SELECT sum(val_site_ha) FROM candidates WHERE business_park_rank IS NOT NULL");
  CHECK(db.number("SELECT sum(val_site_ha) FROM candidates WHERE business_park_score >= 80") < 0.2 * ranked);
}

TEST_CASE("no candidate passes on land that the cuts take wholly", "[pipeline][demo]") {
  Demo const& demo = standard();
  REQUIRE(demo.result().exit_code == 0);
  Database const db(demo.file());
  CHECK(db.one("SELECT count(*) FROM candidates WHERE val_developable_share = 0 AND business_park_outcome <> 'voldoet "
               "niet'") == "0");
  CHECK(db.number("SELECT count(*) FROM excluded WHERE excluded_by LIKE '%samen geen grond over%'") > 0);
}

TEST_CASE("points of the criteria add up to the score", "[pipeline][demo]") {
  Demo const& demo = standard();
  REQUIRE(demo.result().exit_code == 0);
  Database const db(demo.file());
  for (char const* model : {"business_park", "brownfield", "multimodal"}) {
    // Σ weight · value / Σ known weight, from the tables alone.
    std::string points = "0", weight = "0";
    for (auto const& row :
         db.rows(std::string("SELECT criterion, weight_share FROM models WHERE model = '") + model + "'")) {
      std::string const v = std::string(model) + "_v_" + *row.at("criterion");
      points += " + coalesce(" + *row.at("weight_share") + " * " + v + ", 0)";
      weight += " + (" + v + " IS NOT NULL) * " + *row.at("weight_share");
    }
    CHECK(db.number(std::string("SELECT max(abs(") + model + "_score - 100 * (" + points + ") / (" + weight +
                    "))) FROM candidates") < 1e-9);
    CHECK(db.number(std::string("SELECT max(abs(") + model + "_completeness - (" + weight + "))) FROM candidates") <
          1e-12);
    CHECK(db.one(std::string("SELECT count(*) FROM candidates WHERE ") + model + "_low > " + model + "_score OR " +
                 model + "_score > " + model + "_high") == "0");
  }
}
