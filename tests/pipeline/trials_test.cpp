// What rules cost, on nine parcels whose answers are obvious.
#include "cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

/// Column A is wet and 200 m from the rail, B 100 m, C on it; each parcel is 1 ha.
class RulesWorld : public SmallWorld {
 public:
  explicit RulesWorld(std::string const& more) {
    edit("study.toml", "rules = [\"dry\"]", "rules = [\"dry\", \"near\", \"nearer\"]");
    edit("study.toml", "[models.own]",
         "[rules.near]\ncriterion = \"rail_m\"\nwhen = \">150\"\n[rules.nearer]\ncriterion = \"rail_m\"\nwhen = "
         "\">40\"\n[models.own]");
    edit("study.toml", "[output]", more + "[output]");
  }
};

}  // namespace

TEST_CASE("rules in pairs, and who fails by one rule alone", "[pipeline]") {
  RulesWorld const world("[trials]\nnear_misses = 2\n");
  RunResult const result = world.terrein("-q");
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(
      db.one(
          "SELECT group_concat(rule_a || '+' || rule_b || ':' || both_n || ' ' || both_ha || ' ' || only_both_n || ' ' "
          "|| gain_both_net_ha, '; ') FROM rule_pairs") ==
      "dry+near:3 3.0 0 0.0; dry+nearer:3 3.0 0 3.0; near+nearer:3 3.0 0 3.0");
  // B fails by `nearer` alone, 60 m too far; the list ends after two.
  CHECK(db.one("SELECT group_concat(rule || ' ' || id || ' ' || measured || ' ' || threshold || ' ' || margin || ' ' "
               "|| unit "
               "|| ' ' || area_ha, '; ') FROM near_misses") ==
        "nearer B1 100.0 40.0 -60.0 m 1.0; nearer B2 100.0 40.0 -60.0 m 1.0");
}

TEST_CASE("a study without failing rules has empty trials", "[pipeline]") {
  RulesWorld const world("[trials]\n");
  REQUIRE(world
              .terrein("-q --set models.own.effects.dry=off --set models.own.effects.near=off "
                       "--set models.own.effects.nearer=condition")
              .exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(db.one("SELECT count(*) FROM rule_pairs") == "0");
  CHECK(db.one("SELECT count(*) FROM near_misses") == "0");
  CHECK(db.one("SELECT count(*) FROM pragma_table_info('near_misses') WHERE name = 'margin'") == "1");
  CHECK(
      db.one(
          "SELECT group_concat(key) FROM (SELECT key FROM candidates WHERE own_outcome = 'onder voorwaarden' ORDER BY "
          "key)") == "A1,A2,A3,B1,B2,B3");
}

TEST_CASE("one rule has two effects in two models, each in its own columns and ledger", "[pipeline]") {
  RulesWorld const world(
      "[models.soft]\nlabel = \"Zacht\"\nrules = [\"dry\"]\nweights = { rail_m = 1 }\nvalues.rail_m.points = "
      "\"0:1|200:0\"\neffects = { dry = \"graded\" }\ngraded.dry = { weight = 1, zero_at = 1.5 }\n");
  RunResult const result = world.terrein("-q");
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(
      db.one(
          "SELECT group_concat(model || ' ' || rule || ' ' || effect || ' ' || applies_n, '; ') FROM ledger WHERE rule "
          "LIKE 'dry%'") == "own dry exclude 3; soft dry_soft inform 3");
  // Wholly wet is half way from 0.5 to 1.5; it lies 200 m from the rail.
  CHECK(db.one("SELECT soft_outcome || ' ' || soft_v_wet || ' ' || soft_score || ' ' || rule_dry || ' ' || "
               "rule_dry_soft FROM "
               "candidates WHERE key = 'A1'") == "voldoet 0.5 25.0 fail condition");
  CHECK(db.one("SELECT own_outcome FROM candidates WHERE key = 'A1'") == "voldoet niet");
  CHECK(db.one("SELECT why FROM models WHERE model = 'soft' AND criterion = 'wet'") ==
        "regel dry, naar de mate waarin ze geldt");
}

TEST_CASE("a scenario switches one rule of one model, and says that its effect is what changed", "[pipeline]") {
  SmallWorld world;
  world.edit(
      "study.toml", "[output]",
      "[models.other]\nrules = [\"dry\"]\n[scenarios.soft.set]\n\"models.own.effects.dry\" = \"condition\"\n[output]");
  RunResult const result = world.terrein("-q");
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  // `dry` and `dry_own` are one rule of the model, which has another effect; the other model does not move.
  CHECK(db.one("SELECT group_concat(model || ' ' || id || ' ' || outcome_before || ' > ' || outcome_after, '; ') FROM "
               "(SELECT * FROM changes_soft WHERE outcome_before <> outcome_after ORDER BY id)") ==
        "own A1 voldoet niet > onder voorwaarden; own A2 voldoet niet > onder voorwaarden; own A3 voldoet niet > onder "
        "voorwaarden");
}
