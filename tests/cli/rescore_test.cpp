// Other weights in a copy of a result: a full run with those weights, and hand arithmetic, are the judges.
#include "explain_support.hpp"

using namespace terrein::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

RunResult rescore(fs::path const& result, fs::path const& weights, fs::path const& output,
                  std::string const& more = "") {
  return run(std::string(TERREIN_PROGRAM) + " rescore " + result.string() + " --weights " + weights.string() +
             " --output " + output.string() + " " + more);
}

/// Rows of a query over two files, "main" and "other".
std::string over_both(fs::path const& one, fs::path const& other, std::string const& sql) {
  Database const db(one);
  (void)db.rows("ATTACH '" + other.string() + "' AS other");
  return db.one(sql);
}

void check_equal(fs::path const& one, fs::path const& other, std::string const& columns, std::string const& from) {
  INFO(from);
  for (auto const& [left, right] : {std::pair{"main.", "other."}, {"other.", "main."}})
    CHECK(over_both(one, other,
                    "SELECT count(*) FROM (SELECT " + columns + " FROM " + left + from + " EXCEPT SELECT " + columns +
                        " FROM " + right + from + ")") == "0");
}

}  // namespace

TEST_CASE("A result that is scored anew is that of a run with these weights, to the last bit") {
  TempDir const folder;
  auto const demo = [&](std::string const& name, std::string const& set) {
    fs::path const result = folder.path() / name;
    RunResult const made = run(std::string(TERREIN_PROGRAM) + " run -q " + TERREIN_SOURCE_DIR +
                               "/datasets/demo/study.toml --set output.file=" + result.string() + " " + set);
    INFO(made.err);
    REQUIRE(made.exit_code == 0);
    return result;
  };
  // Without the time to a rail terminal, which nobody's is known of, candidates of the last model get ranks at all.
  std::string const strict = "--set models.multimodal.min_completeness=0.99 ";
  fs::path const before = demo("before.gpkg", strict);
  std::string const bytes = read_file(before);
  fs::path const wanted = demo("wanted.gpkg", strict +
                                                  "--set models.business_park.weights.flood_share=40 "
                                                  "--set models.business_park.weights.terminal_min=0 "
                                                  "--set models.business_park.adopted_by='Raad & co' "
                                                  "--set models.business_park.adopted_on=2026-05-04 "
                                                  "--set models.multimodal.weights.rail_min=0 "
                                                  "--set models.multimodal.weights.quay_dist_m=55.5");
  write_file(folder.path() / "weights.toml", R"([models.business_park]
adopted_by = "Raad & co"
adopted_on = 2026-05-04
weights = { flood_share = 40, terminal_min = 0 }
[models.multimodal.weights]
quay_dist_m = 55.5
rail_min = 0
)");
  CHECK(Database(before).number("SELECT count(multimodal_rank) FROM candidates") == 0);
  CHECK(Database(wanted).number("SELECT factor_draws FROM robustness WHERE model = 'multimodal'") == 100);
  for (char const* workers : {"1", "7"}) {
    fs::path const anew = folder.path() / (std::string("anew") + workers + ".gpkg");
    RunResult const result = rescore(before, folder.path() / "weights.toml", anew, std::string("--workers ") + workers);
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    CHECK(result.err.empty());
    for (char const* table : {"candidates", "excluded", "models", "ledger", "rules", "criteria", "bounds", "robustness",
                              "weight_stability", "rank_shares", "central_weights", "pairwise", "investigate_first"})
      check_equal(wanted, anew, "*", table);
    CHECK(
        Database(anew).one("SELECT count(*) FROM gpkg_ogr_contents WHERE table_name = 'pairwise' AND feature_count <> "
                           "(SELECT count(*) FROM pairwise)") == "0");
    check_equal(wanted, anew, "table_name, description, identifier, last_change", "gpkg_contents");
    check_equal(wanted, anew, "metadata", "gpkg_metadata WHERE mime_type = 'text/xml'");
    CHECK(Database(anew).one("PRAGMA integrity_check") == "ok");
  }
  CHECK(read_file(folder.path() / "anew1.gpkg") == read_file(folder.path() / "anew7.gpkg"));
  CHECK(read_file(before) == bytes);
  // The test would say nothing if these weights changed nothing.
  CHECK(over_both(before, wanted,
                  "SELECT count(*) > 100 FROM (SELECT business_park_rank, multimodal_score FROM main.candidates EXCEPT "
                  "SELECT business_park_rank, multimodal_score FROM other.candidates)") == "1");

  json const manifest =
      json::parse(Database(folder.path() / "anew1.gpkg")
                      .one("SELECT metadata FROM gpkg_metadata WHERE mime_type = 'application/json'"));
  json const full =
      json::parse(Database(wanted).one("SELECT metadata FROM gpkg_metadata WHERE mime_type = 'application/json'"));
  CHECK(manifest["models"] == full["models"]);
  CHECK(manifest["rescored"]["result"] == "before.gpkg");
  // What is explained rests on the new weights.
  std::string const best =
      Database(wanted).one("SELECT capakey FROM candidates WHERE business_park_rank = 1 ORDER BY capakey LIMIT 1");
  json told = json_of(folder.path() / "anew1.gpkg", best), same = json_of(wanted, best);
  for (json* one : {&told, &same}) one->erase("result");
  CHECK(told == same);
}

TEST_CASE("What other weights move is told, in words and as JSON") {
  SmallWorld const world;
  REQUIRE(world.terrein("-q").exit_code == 0);
  // A is wet and fails; B lies 100 m from the rail (value 0,5), C on it (1). Without the rail B and C are equal.
  write_file(world.path("weights.toml"), "[models.own.weights]\nrail_m = 0\n");
  RunResult const text = rescore(world.path("result.gpkg"), world.path("weights.toml"), world.path("new.gpkg"));
  CHECK(text.exit_code == 0);
  CHECK(text.out ==
        "Eigen model: 6 kandidaten met een rang, 3 op een andere plaats dan voorheen\n"
        "  beste nu: B1, B2, B3, C1, C2, C3\n"
        "  voorheen: C1, C2, C3, B1, B2, B3\n" +
            world.path("new.gpkg").string() + "\n");
  CHECK(Database(world.path("new.gpkg")).one("SELECT group_concat(own_score || ':' || own_rank) FROM candidates") ==
        "100.0:1,100.0:1,100.0:1,100.0:1,100.0:1,100.0:1");
  CHECK(Database(world.path("new.gpkg")).one("SELECT group_concat(criterion || ':' || weight_share) FROM models") ==
        "rail_m:0.0,wet:1.0");
  RunResult const again =
      rescore(world.path("result.gpkg"), world.path("weights.toml"), world.path("new.gpkg"), "--json --overwrite");
  CHECK(again.exit_code == 0);
  CHECK(json::parse(again.out)["models"][0]["moved"] == 3);
}

TEST_CASE("A measure without end, which a file cannot hold, keeps the value that it had") {
  SmallWorld const world;
  REQUIRE(world.terrein("-q").exit_code == 0);
  execute(world.path("result.gpkg"), "UPDATE candidates SET val_rail_m = NULL WHERE key = 'B2'");
  write_file(world.path("weights.toml"), "[models.own.weights]\nrail_m = 1\n");
  REQUIRE(rescore(world.path("result.gpkg"), world.path("weights.toml"), world.path("new.gpkg")).exit_code == 0);
  // Half for the rail, one for dry land: B2 as B1, and both known whole.
  for (char const* id : {"B1", "B2"})
    CHECK(Database(world.path("new.gpkg"))
              .one("SELECT own_score || ' ' || own_low || ' ' || own_high || ' ' || own_completeness FROM candidates "
                   "WHERE "
                   "key = '" +
                   std::string(id) + "'") == "75.0 75.0 75.0 1.0");
}

TEST_CASE("A named set is told of wherever weights are, and an older result without columns for it is rescored too") {
  SmallWorld const world;
  REQUIRE(world.terrein("-q").exit_code == 0);
  write_file(world.path("raad.toml"),
             "name = \"Raad\"\ndate = 2026-05-04\n[models.own]\nranking = [\"wet\", \"rail_m\"]\n");
  REQUIRE(rescore(world.path("result.gpkg"), world.path("raad.toml"), world.path("new.gpkg")).exit_code == 0);
  // Rank order centroid of two: 3/4 and 1/4, on the scale of 3 + 1 as before.
  Database const anew(world.path("new.gpkg"));
  CHECK(anew.one("SELECT group_concat(criterion || ':' || weight || ':' || weight_share || ':' || weight_set) FROM "
                 "models") == "rail_m:1.0:0.25:Raad,wet:3.0:0.75:Raad");
  json const told = json_of(world.path("new.gpkg"), "C2");
  CHECK(has(told["models"][0]["weights_note"], "gewichten 'Raad' van 2026-05-04: volgorde van belang"));
  // Plain weights after it are nobody's set any more.
  write_file(world.path("plain.toml"), "[models.own.weights]\nrail_m = 3\nwet = 1\n");
  REQUIRE(rescore(world.path("new.gpkg"), world.path("plain.toml"), world.path("back.gpkg")).exit_code == 0);
  check_equal(world.path("result.gpkg"), world.path("back.gpkg"), "*", "models");
  check_equal(world.path("result.gpkg"), world.path("back.gpkg"), "*", "candidates");
  for (char const* column : {"weight_set", "weight_set_date", "elicitation", "consistency", "consistency_ratio"})
    execute(world.path("result.gpkg"), std::string("ALTER TABLE models DROP COLUMN ") + column);
  RunResult const older = rescore(world.path("result.gpkg"), world.path("raad.toml"), world.path("older.gpkg"));
  INFO(older.err);
  CHECK(older.exit_code == 0);
  CHECK(Database(world.path("older.gpkg")).one("SELECT group_concat(weight) FROM models") == "1.0,3.0");
  write_file(world.path("data.toml"), "[models.own]\nfrom_data = \"critic\"\n");
  CHECK(has(flat(rescore(world.path("result.gpkg"), world.path("data.toml"), world.path("data.gpkg")).err),
            "describe the data, not policy"));
}

TEST_CASE("Weights that cannot be are refused together, and nothing is written") {
  SmallWorld const world;
  REQUIRE(world.terrein("-q").exit_code == 0);
  write_file(world.path("weights.toml"),
             "[models.own]\nadopted_by = \"Raad\"\nlabel = \"x\"\n[models.own.weights]\nrail = 2\nwet = -1\n"
             "[models.owm.weights]\nwet = 1\n[other]\n");
  auto const files = folder_state(world.path(""));
  RunResult const result = rescore(world.path("result.gpkg"), world.path("weights.toml"), world.path("new.gpkg"));
  CHECK(result.exit_code == 2);
  std::string const told = flat(result.err);
  for (char const* part :
       {"`adopted_by` and `adopted_on` go together", "label", "no criterion 'rail'. Did you mean 'rail_m'",
        "no model 'owm'. Did you mean 'own'", "other", "weight '-1'"}) {
    INFO(told << " lacks " << part);
    CHECK(has(told, part));
  }
  CHECK(folder_state(world.path("")) == files);
  write_file(world.path("empty.toml"), "");
  CHECK(has(rescore(world.path("result.gpkg"), world.path("empty.toml"), world.path("new.gpkg")).err,
            "[models.<key>.weights]"));
}

TEST_CASE("A result is never overwritten by its own copy, and one that lacks columns is refused") {
  SmallWorld const world;
  REQUIRE(world.terrein("-q").exit_code == 0);
  write_file(world.path("weights.toml"), "[models.own.weights]\nwet = 2\n");
  auto const onto = [&](std::string const& output, std::string const& more = "") {
    return rescore(world.path("result.gpkg"), world.path("weights.toml"), world.path(output), more);
  };
  CHECK(onto("result.gpkg", "--overwrite").exit_code == 2);
  CHECK(onto("new.gpkg").exit_code == 0);
  RunResult const taken = onto("new.gpkg");
  CHECK(taken.exit_code == 1);
  CHECK(has(taken.err, "--overwrite"));
  world.edit("study.toml", "file = \"result.gpkg\"",
             "file = \"result.gpkg\"\ncolumns = [\"key\", \"own_score\", \"own_rank\"]");
  REQUIRE(world.terrein("-q --overwrite").exit_code == 0);
  RunResult const lacking = onto("other.gpkg");
  CHECK(lacking.exit_code == 3);
  CHECK(has(lacking.err, "has no column 'val_rail_m'"));
  CHECK_FALSE(fs::exists(world.path("other.gpkg")));
}
