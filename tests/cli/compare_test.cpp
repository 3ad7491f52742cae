// Two results compared: hand arithmetic on the small world, and SQL over the two files for every candidate of the
// bundled study.
#include "explain_support.hpp"

using namespace terrein::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

RunResult compare(fs::path const& before, fs::path const& after, std::string const& more = "") {
  return run(std::string(TERREIN_PROGRAM) + " compare " + before.string() + " " + after.string() + " " + more);
}

/// A small world that was run, changed by `change`, and run again.
struct TwoWorlds {
  SmallWorld world;

  template <class Change>
  explicit TwoWorlds(Change const& change) {
    REQUIRE(world.terrein("-q").exit_code == 0);
    change(world);
    RunResult const again = world.terrein("-q --set output.file=after.gpkg");
    INFO(again.err);
    REQUIRE(again.exit_code == 0);
  }
  [[nodiscard]] fs::path before() const { return world.path("result.gpkg"); }
  [[nodiscard]] fs::path after() const { return world.path("after.gpkg"); }
  [[nodiscard]] fs::path output() const { return world.path("diff.gpkg"); }
  [[nodiscard]] RunResult compared(std::string const& more = "") const {
    RunResult const out = compare(before(), after(), "--output " + output().string() + " --overwrite " + more);
    INFO(out.err);
    REQUIRE(out.exit_code == 0);
    return out;
  }
};

void move_rail(SmallWorld const& world) {
  std::string text = read_file(world.path("rail.geojson"));
  for (auto at = text.find("100300"); at != std::string::npos; at = text.find("100300")) text.replace(at, 6, "100100");
  write_file(world.path("rail.geojson"), text);
}

/// What is written adds up: the sum of the causes of each row, and of its columns, is the difference of its scores.
void check_sums(fs::path const& output) {
  Database const db(output);
  CHECK(
      db.one("SELECT count(*) FROM changes WHERE score_change IS NOT NULL AND NOT abs(score_change - coalesce((SELECT "
             "sum(points) FROM change_causes c WHERE c.id = changes.id AND c.model = changes.model), 0)) < 1e-9") ==
      "0");
  CHECK(
      db.one("SELECT count(*) FROM changes WHERE score_change IS NOT NULL AND NOT abs(score_change - points_measure - "
             "points_known - points_value_function - points_weight - points_criteria - points_other) < 1e-9") == "0");
  CHECK(db.one("SELECT count(*) FROM changes WHERE score_change IS NOT NULL AND NOT abs(score_after - score_before - "
               "score_change) < 1e-12") == "0");
}

std::string causes_of(fs::path const& output, std::string const& id) {
  return Database(output).one(
      "SELECT group_concat(criterion || ' ' || cause || ' ' || round(points, 6), '; ') FROM "
      "(SELECT * FROM change_causes WHERE id = '" +
      id + "' ORDER BY fid)");
}

}  // namespace

TEST_CASE("points are told by cause as by hand") {
  TwoWorlds const both([](SmallWorld const& world) {
    move_rail(world);
    world.edit("study.toml", "rail_m = 3", "rail_m = 1");
  });
  json const told = json::parse(both.compared("--json").out);
  check_sums(both.output());
  // B: value of the rail 0.5 -> 1, its share 0.75 -> 0.5. Measure: 0.5 * (0.75 + 0.5) / 2 = 0.3125. Weight: a quarter
  // less of it instead of the 1 of dry land, 0.25 * 0.5 before the rail moved and 0 after: 0.0625.
  CHECK(causes_of(both.output(), "B1") == "rail_m measure 31.25; rail_m weight 6.25");
  // C: 1 -> 0.5, so -31.25, and the weight is worth the same.
  CHECK(causes_of(both.output(), "C2") == "rail_m measure -31.25; rail_m weight 6.25");
  // A is wet: 0 and 0 before; the rail touches it now.
  CHECK(causes_of(both.output(), "A3") == "rail_m measure 62.5; rail_m weight -12.5");
  json const& model = told["models"][0];
  CHECK(model["model"] == "own");
  CHECK(model["moved"] == json{{"up", 3}, {"down", 3}, {"got_rank", 0}, {"lost_rank", 0}});
  CHECK(model["score_changed"] == 9);
  CHECK(model["outcome_changed"] == 0);
  CHECK(model["spearman"].get<double>() == Approx(-1));
  CHECK(model["mean_size"]["measure"].get<double>() == Approx((31.25 + 31.25 + 62.5) / 3));
  CHECK(model["points"]["measure"].get<double>() == Approx(3 * (31.25 - 31.25 + 62.5)));
  CHECK(Database(both.output())
            .one("SELECT rank_before || ' ' || rank_after || ' ' || rank_change || ' ' || main_cause "
                 "FROM changes WHERE id = 'B1'") == "4 1 3 andere meting van rail_m +31,2");
  CHECK(Database(both.output())
            .one("SELECT group_concat(kind || ' ' || key || ' ' || before || ' ' || after) FROM "
                 "change_studies WHERE kind = 'weight'") == "weight rail_m 3 1");
  CHECK(Database(both.output()).one("SELECT count(*) FROM change_studies WHERE kind = 'source' AND key = 'rail'") ==
        "1");
}

TEST_CASE("what is told in words") {
  TwoWorlds const both([](SmallWorld const& world) { world.edit("study.toml", "rail_m = 3", "rail_m = 1"); });
  std::string const text = flat(both.compared("--top 3").out);
  for (char const* part :
       {"9 kandidaten in beide, 0 nieuw, 0 weg", "Eigen model", "0 stijgen, 0 dalen", "3 met een andere score",
        "gewichten 4,17", "B1: nr. 4 → 4, 62,5 → 75,0 (+12,5): ander gewicht van rail_m +12,5",
        "Eigen model: gewicht rail_m: 3 → 1", "3 van de beste 3 blijven erbij"}) {
    INFO(text << "lacks " << part);
    CHECK(has(text, part));
  }
  CHECK(has(both.compared("--language en").out, "other weight of rail_m +12.5"));
}

TEST_CASE("a value function is told from a measure, and what becomes known from both") {
  TwoWorlds const both([](SmallWorld const& world) {
    move_rail(world);
    world.edit("study.toml", "points = \"0:1|200:0\"", "points = \"0:0.8|200:0.2\"");
    // Of the flood nothing is known in row 1: its share may be anything.
    write_file(world.path("cover.geojson"), SmallWorld::collection(R"({"type":"Feature","properties":{},"geometry":
      {"type":"Polygon","coordinates":[[[100000,200100],[100300,200100],[100300,200300],[100000,200300],[100000,200100]]]}})"));
    world.edit("study.toml", "class = \"class\"\ncoverage = \"everywhere\"",
               "class = \"class\"\ncoverage = \"cover\"\n[layers.cover]\nsource = \"cover.geojson\"");
  });
  (void)both.compared();
  check_sums(both.output());
  // B2: f(100) = 0.5 -> f'(0) = 0.8; f(0) = 1, f'(100) = 0.5. Measure ((1 - 0.5) + (0.8 - 0.5)) / 2, times 0.75.
  CHECK(causes_of(both.output(), "B2") == "rail_m measure 30.0; rail_m value_function -7.5");
  Database const db(both.output());
  CHECK(
      db.one("SELECT group_concat(DISTINCT cause) FROM (SELECT * FROM change_causes WHERE id = 'B1' ORDER BY cause)") ==
      "known,measure,value_function");
  CHECK(db.one("SELECT DISTINCT criterion FROM change_causes WHERE cause = 'known'") == "wet");
}

TEST_CASE("rules say why they say something else, and land is counted") {
  auto const reason = [](TwoWorlds const& both) {
    (void)both.compared();
    Database const db(both.output());
    return db.one(
        "SELECT group_concat(DISTINCT rule || ' ' || coalesce(result_before, '-') || ' ' || "
        "coalesce(result_after, '-') || ' ' || reason || ' ' || (SELECT count(*) FROM change_rules)) FROM "
        "change_rules");
  };
  auto const edited = [](char const* from, char const* to) {
    return [=](SmallWorld const& world) { world.edit("study.toml", from, to); };
  };
  TwoWorlds const effect(edited("\"exclude\"", "\"condition\""));
  CHECK(reason(effect) == "dry fail condition effect 3");
  json const told = json::parse(effect.compared("--json").out);
  CHECK(told["models"][0]["outcomes"] ==
        json::array({{{"before", "voldoet niet"}, {"after", "onder voorwaarden"}, {"n", 3}, {"ha", 3.0}}}));
  CHECK(told["models"][0]["moved"]["got_rank"] == 3);
  // The ledger counts parcels to which a rule applies, whatever its effect.
  CHECK(told["exclusions"][0]["before"]["applies_ha"] == 3.0);
  CHECK(has(flat(effect.compared().out),
            "A1: nr. – → 7, 0,0 → 0,0 (0,0): dry: voldoet niet → voorwaarde (ander gevolg)"));
  CHECK(reason(TwoWorlds(edited(">0.5", ">1"))) == "dry fail pass test 3");
  CHECK(reason(TwoWorlds([](SmallWorld const& world) {
          world.edit("study.toml", "rules = [\"dry\"]", "rules = []");
          world.edit("study.toml", "[rules.dry]\ncriterion = \"wet\"\nwhen = \">0.5\"\neffect = \"exclude\"\n", "");
        })) == "dry fail - removed 3");
  CHECK(reason(TwoWorlds([](SmallWorld const& world) {
          world.edit("flood.geojson", "[100100,200000]", "[100020,200000]");
          world.edit("flood.geojson", "[100100,200300]", "[100020,200300]");
        })) == "dry fail pass measure 3");
  // 0.2 is wet and 0.5 was too little; neither a fifth under the old test nor the whole under the new one passes.
  CHECK(reason(TwoWorlds([](SmallWorld const& world) {
          world.edit("flood.geojson", "[100100,200000]", "[100060,200000]");
          world.edit("flood.geojson", "[100100,200300]", "[100060,200300]");
          world.edit("study.toml", ">0.5", ">0.7");
        })) == "dry fail pass measure_and_test 3");
  CHECK(reason(TwoWorlds(edited("criterion = \"wet\"\nwhen = \">0.5\"", "criterion = \"rail_m\"\nwhen = \">300\""))) ==
        "dry fail pass definition 3");
}

TEST_CASE("criteria and candidates that only one result has") {
  TwoWorlds const both([](SmallWorld const& world) {
    world.edit("study.toml", "[criteria.rail_m]",
               "[criteria.price]\nmeasure = \"own_attribute\"\nfield = \"price\"\n[criteria.rail_m]");
    world.edit("study.toml", "wet = 1\n", "wet = 1\nprice = 4\n");
    world.edit("study.toml", "[models.own.values.wet]",
               "[models.own.values.price]\npoints = \"10:1|20:0\"\n[models.own.values.wet]");
    world.edit("parcels.geojson", "\"key\":\"C3\"", "\"key\":\"D1\"");
  });
  RunResult const text = both.compared();
  check_sums(both.output());
  // B: 0.625 before; the price is 11, worth 0.9, at half the weight: 0.5 * (0.9 - 0.625) = 0.1375.
  CHECK(causes_of(both.output(), "B2") == "price criteria 13.75");
  Database const db(both.output());
  CHECK(db.one("SELECT group_concat(id || ' ' || presence) FROM changes WHERE presence IS NOT NULL") ==
        "C3 gone,D1 new");
  CHECK(
      db.one("SELECT score_change IS NULL AND score_after IS NULL AND rank_before = 1 FROM changes WHERE id = 'C3'") ==
      "1");
  CHECK(has(text.out, "8 kandidaten in beide, 1 nieuw, 1 weg"));
  json const told = json::parse(both.compared("--json").out);
  CHECK(told["models"][0]["outcomes"].size() == 2);
  CHECK(told["models"][0]["outcomes"][0]["ha"] == 1.0);
  // Shapes are those of the new result, and of the old one for what is gone.
  CHECK(db.one("SELECT count(*) FROM changes WHERE geom IS NULL") == "0");
}

TEST_CASE("a score that its values do not account for is said to be so") {
  TwoWorlds const both([](SmallWorld const&) {});
  execute(both.after(), "UPDATE candidates SET own_score = own_score - 7 WHERE key = 'B2'");
  std::string const text = both.compared().out;
  CHECK(has(text, "let op: van 1 kandidaten"));
  check_sums(both.output());
  CHECK(Database(both.output()).one("SELECT points_other FROM changes WHERE id = 'B2'") == "-7.0");
  execute(both.after(), "UPDATE candidates SET own_outcome = 'misschien' WHERE key = 'B2'");
  RunResult const wrong = compare(both.before(), both.after());
  CHECK(wrong.exit_code == 3);
  CHECK(has(wrong.err, "'misschien' in its column 'own_outcome' is no word"));
}

TEST_CASE("a result and itself, any number of workers, and rows in another order") {
  TwoWorlds const both([](SmallWorld const& world) {
    move_rail(world);
    // The same parcels, the last one first.
    json parcels = json::parse(read_file(world.path("parcels.geojson")));
    std::reverse(parcels["features"].begin(), parcels["features"].end());
    write_file(world.path("shuffled.geojson"), parcels.dump());
  });
  RunResult const same = compare(both.before(), both.before());
  CHECK(same.exit_code == 0);
  CHECK(has(same.out, "niets veranderd"));
  CHECK(has(same.out, "geen"));
  (void)both.compared("--workers 1");
  std::string const bytes = read_file(both.output());
  (void)both.compared("--workers 7");
  CHECK(read_file(both.output()) == bytes);
  REQUIRE(
      both.world.terrein("-q --set output.file=shuffled.gpkg --set layers.parcels.source=shuffled.geojson").exit_code ==
      0);
  RunResult const shuffled =
      compare(both.before(), both.world.path("shuffled.gpkg"), "--output " + both.world.path("other.gpkg").string());
  REQUIRE(shuffled.exit_code == 0);
  Database const db(both.output());
  (void)db.rows("ATTACH '" + both.world.path("other.gpkg").string() + "' AS other");
  for (char const* table : {"changes", "change_causes", "change_rules", "change_exclusions"}) {
    INFO(table);
    CHECK(db.one("SELECT count(*) FROM (SELECT * FROM main." + std::string(table) + " EXCEPT SELECT * FROM other." +
                 table + ")") == "0");
    CHECK(db.one("SELECT (SELECT count(*) FROM main." + std::string(table) + ") = (SELECT count(*) FROM other." +
                 table + ")") == "1");
  }
  CHECK(db.one("PRAGMA integrity_check") == "ok");
}

TEST_CASE("what cannot be compared is refused in one sentence, and nothing is written") {
  TwoWorlds const both([](SmallWorld const&) {});
  SmallWorld const& world = both.world;
  auto const variant = [&](std::string const& name, std::string const& more) {
    RunResult const made = world.terrein("-q --set output.file=" + name + " " + more);
    INFO(made.err);
    REQUIRE(made.exit_code == 0);
    return world.path(name);
  };
  fs::path const other_crs = variant("crs.gpkg", "--set study.crs=EPSG:3812");
  fs::path const few = variant("few.gpkg", "--set 'output.columns=[\"key\", \"own_score\", \"own_outcome\"]'");
  fs::path const no_id = variant("no_id.gpkg", "--set 'output.columns=[\"own_score\"]'");
  world.edit("study.toml", "[models.own.weights]", "[models.mine.weights]");
  for (char const* table : {"[models.own]", "[models.own.values.rail_m]", "[models.own.values.wet]"})
    world.edit("study.toml", table, "[models.mine" + std::string(table).substr(11));
  fs::path const other_model = variant("model.gpkg", "");
  std::string parcels = read_file(world.path("parcels.geojson"));
  for (auto at = parcels.find("\"key\":\""); at != std::string::npos; at = parcels.find("\"key\":\"", at + 8))
    parcels.insert(at + 7, "X");
  write_file(world.path("parcels.geojson"), parcels);
  fs::path const other_ids = variant("ids.gpkg", "");
  write_file(world.path("text.gpkg"),
             "no database at all, but long enough to hold a header of a hundred bytes, which is "
             "what is looked at first of all");
  write_file(world.path("empty.gpkg"), "");
  std::string const whole = read_file(both.before());
  write_file(world.path("half.gpkg"), whole.substr(0, whole.size() / 2));
  auto const files = folder_state(world.path(""));
  auto const refused = [&](fs::path const& one, fs::path const& other, int code, std::string const& part,
                           std::string const& more = "") {
    RunResult const result = compare(one, other, "--output " + both.output().string() + " " + more);
    INFO(result.err);
    CHECK(result.exit_code == code);
    CHECK(has(flat(result.err), part));
    CHECK(result.out.empty());
  };
  refused(both.before(), other_crs, 3, "in EPSG:31370 and");
  refused(both.before(), few, 3, "cannot be compared: its table 'candidates' has no column");
  refused(few, both.after(), 3, "[output] columns");
  refused(both.before(), no_id, 3, "has no column 'key'");
  refused(both.before(), other_model, 3, "no model in common");
  refused(other_model, other_ids, 3, "have no candidate in common");
  for (char const* name : {"text.gpkg", "empty.gpkg", "half.gpkg", "absent.gpkg", ""})
    refused(both.before(), world.path(name), 3, "cannot be read as a result of terrein");
  refused(both.before(), both.after(), 2, "'owm' is not a model of both results. Did you mean 'own'", "--model owm");
  refused(both.before(), both.after(), 2, "--top", "--top 0");
  CHECK(folder_state(world.path("")) == files);
  RunResult const onto = compare(both.before(), both.after(), "--overwrite --output " + both.after().string());
  CHECK(onto.exit_code == 2);
  CHECK(has(onto.err, "only read"));
  CHECK(compare(both.before(), both.after(), "--output " + both.output().string()).exit_code == 0);
  CHECK(compare(both.before(), both.after(), "--output " + both.output().string()).exit_code == 1);
  // What was written is no result itself.
  refused(both.before(), both.output(), 3, "no result of terrein", "--overwrite");
}

TEST_CASE("ids that occur twice are no ground to compare on") {
  TwoWorlds const both([](SmallWorld const&) {});
  execute(both.after(), "UPDATE candidates SET key = 'B1' WHERE key = 'B2'");
  RunResult const result = compare(both.before(), both.after());
  CHECK(result.exit_code == 3);
  CHECK(has(result.err, "'B1' occurs twice"));
}

TEST_CASE("every candidate of the bundled study is compared as SQL over the two files does") {
  TempDir const folder;
  auto const demo = [&](std::string const& name, std::string const& set) {
    fs::path const result = folder.path() / name;
    RunResult const made =
        run(std::string(TERREIN_PROGRAM) + " run -q " + TERREIN_SOURCE_DIR +
            "/datasets/demo/study.toml --set output.project=false --set output.geojson=[] --set output.file=" +
            result.string() + " " + set);
    INFO(made.err);
    REQUIRE(made.exit_code == 0);
    return result;
  };
  fs::path const before = demo("before.gpkg", "");
  fs::path const after =
      demo("after.gpkg",
           "--set 'models.business_park.values.flood_share.points=0:1|0.5:0' "
           "--set models.business_park.weights.hag_share=20 --set models.business_park.weights.cycle_m=0 "
           "--set rules.hag.criterion=hag_share --set 'rules.hag.when=>0.5' --set rules.hag.effect=exclude "
           "--set \"layers.ramps.where=name <> 'Kanaalveld-West'\"");
  fs::path const output = folder.path() / "changes.gpkg";
  RunResult const result = compare(before, after, "--output " + output.string());
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  check_sums(output);
  Database const db(output);
  (void)db.rows("ATTACH '" + before.string() + "' AS old");
  (void)db.rows("ATTACH '" + after.string() + "' AS new");
  for (std::string const model : {"business_park", "brownfield", "multimodal"}) {
    INFO(model);
    std::string const columns = model + "_score AS score, " + model + "_rank AS rank, " + model + "_outcome AS outcome";
    auto const all = [&](std::string const& file) {
      return "(SELECT capakey, " + columns + " FROM " + file + ".candidates UNION ALL SELECT capakey, " + columns +
             " FROM " + file + ".excluded)";
    };
    std::string const wanted =
        "SELECT o.capakey, o.score, n.score, o.rank, n.rank, o.rank - n.rank, o.outcome, n.outcome, coalesce(o.rank <= "
        "20, 0), "
        "coalesce(n.rank <= 20, 0) FROM " +
        all("old") + " o JOIN " + all("new") +
        " n USING (capakey) WHERE NOT abs(n.score - o.score) <= 1e-9 OR n.score IS NOT NULL <> (o.score IS NOT NULL) "
        "OR "
        "o.rank IS NOT n.rank OR o.outcome <> n.outcome";
    std::string const told =
        "SELECT id, score_before, score_after, rank_before, rank_after, rank_change, outcome_before, outcome_after, "
        "in_top_before, in_top_after FROM changes WHERE model = '" +
        model + "'";
    CHECK(db.one("SELECT count(*) FROM (" + wanted + " EXCEPT " + told + ")") == "0");
    CHECK(db.one("SELECT count(*) FROM (" + told + " EXCEPT " + wanted + ")") == "0");
    // A rule that changed is told with what both files say of it.
    CHECK(db.one(
              "SELECT count(*) FROM change_rules r JOIN (SELECT capakey, rule_hag FROM old.candidates UNION ALL SELECT "
              "capakey, rule_hag FROM old.excluded) o ON o.capakey = r.id WHERE r.rule = 'hag' AND r.result_before <> "
              "o.rule_hag") == "0");
  }
  // Only what was changed is named: the measure of the ramps, one function, two weights.
  CHECK(db.one(
            "SELECT group_concat(what, ' ') FROM (SELECT DISTINCT criterion || ':' || cause AS what FROM change_causes "
            "WHERE model = 'business_park' ORDER BY 1)") ==
        "cycle_m:weight flood_share:value_function hag_share:weight truck_min_to_ramp:measure");
  CHECK(db.one("SELECT min(points_other) || ' ' || max(points_other) FROM changes") == "0.0 0.0");
  // Land by outcome, from the ledgers of both files.
  CHECK(
      db.one(
          "SELECT applies_ha_after = (SELECT applies_ha FROM new.ledger WHERE model = 'business_park' AND rule = "
          "'hag') "
          "AND applies_ha_before = (SELECT applies_ha FROM old.ledger WHERE model = 'business_park' AND rule = 'hag') "
          "FROM change_exclusions WHERE model = 'business_park' AND rule = 'hag'") == "1");
  CHECK(
      db.one("SELECT before IS NULL AND after LIKE '%Kanaalveld-West%' FROM change_studies WHERE kind = 'setting' AND "
             "key = 'layers.ramps.where'") == "1");
  // The test would say nothing if these changes changed nothing.
  CHECK(db.number("SELECT count(*) FROM changes WHERE outcome_before <> outcome_after") > 1000);
}
