// What a study says about how a model scores, and which effect a rule has in it.
#include <cmath>
#include <limits>

#include "app/model_scoring.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/app/study.hpp"

using namespace terrein;

namespace {

std::string const base = R"([candidates]
layer = "parcels"
[layers.parcels]
source = "p.gpkg"
[layers.flood]
source = "f.gpkg"
class = "c"
[criteria.wet]
measure = "area_share"
layer = "flood"
[criteria.kind]
measure = "largest_class"
layer = "flood"
[criteria.near]
measure = "distance"
layer = "flood"
[criteria.size]
measure = "gross_area"
[rules.dry]
criterion = "wet"
when = ">0.5"
[rules.big]
criterion = "size"
when = "<1"
[rules.sort]
criterion = "kind"
when = "in D"
[rules.out]
effect = "cut"
layer = "flood"
[output]
file = "r.gpkg"
)";

std::string model(std::string const& key, std::string const& keys, std::string const& rules = R"("dry", "big")") {
  return "[models." + key + "]\nrules = [" + rules + "]\nweights = { wet = 3, near = 1, size = 1 }\n" +
         "values.wet.points = \"0:1|1:0\"\nvalues.near.points = \"0:0|9:1\"\nvalues.size.points = \"0:0|9:1\"\n" +
         keys + "\n";
}

struct Read {
  Study study;
  std::string fault;
};

Read read(std::string const& models) {
  test::TempDir const folder;
  auto const path = folder.path() / "study.toml";
  test::write_file(path, base + models + "[models.all]\nrules = [\"sort\", \"out\"]\n");
  Read out;
  out.fault = test::error_of([&] { out.study = load_study(path, {}, data_folders()); }).text;
  return out;
}

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

Aggregation method_of(std::string const& keys) {
  Read const out = read(model("m", keys));
  INFO(out.fault);
  REQUIRE(out.fault.empty());
  return out.study.models.front().scoring.aggregation;
}

}  // namespace

TEST_CASE("a model names its method with the settings of that method", "[app][unit]") {
  CHECK(method_of("").method == Method::weighted_sum);
  CHECK(method_of("method = \"power_mean\"\ncompensation = 0").compensation == 0);
  CHECK(method_of("method = \"power_mean\"\ncompensation = -inf").compensation ==
        -std::numeric_limits<double>::infinity());
  CHECK(method_of("method = \"owa\"\norness = 0.2").orness == 0.2);
  CHECK(method_of("method = \"topsis\"\nnormalisation = \"vector\"").normalisation == Normalisation::vector);
  CHECK(method_of("method = \"vikor\"\nvikor_v = 0.7\nnormalisation = \"minmax\"").v == 0.7);
  auto const pairs = method_of("method = \"promethee\"\npreferences.near = { kind = \"linear\", q = 0.1, p = 0.3 }");
  REQUIRE(pairs.preferences.size() == 3);
  CHECK(pairs.preferences[1].kind == PreferenceKind::linear);
  CHECK(pairs.preferences[1].p == 0.3);
  CHECK(pairs.preferences[0].kind == PreferenceKind::usual);
  auto const vetoes = method_of("vetoes = { size = 0.2, wet = 0.1 }").vetoes;
  REQUIRE(vetoes.size() == 2);
  CHECK(vetoes[0].criterion == 0);
  CHECK(vetoes[1].below == 0.2);
}

TEST_CASE("settings of other methods, and what a method cannot use, are faults with their lines", "[app][unit]") {
  std::string const told = read(model("m", R"(method = "owa"
compensation = 2
orness = 1.5
vikor_v = 0.3
normalisation = "zscore"
preferences.nere = { kind = "level", q = -1, s = 2 }
vetoes = { wett = 0.1, near = 7 }
)"))
                               .fault;
  for (char const* part :
       {"models.m.compensation: must be 1 (full) or less", "models.m.orness: must be between 0 and 1",
        "models.m.vikor_v: counts only with method = \"vikor\"", "models.m.normalisation: The method 'owa'",
        "models.m.preferences: counts only with method = \"promethee\"", "no criterion 'nere'",
        "models.m.preferences.nere.s: does not count", "no criterion 'wett'", "Did you mean 'wet'",
        "models.m.vetoes.near: must be between 0 and 1", "study.toml:"}) {
    INFO(told << "\nlacks " << part);
    CHECK(has(told, part));
  }
  CHECK(has(read(model("m", "method = \"topsi\"")).fault, "'topsi' is not one of weighted_sum, power_mean"));
  CHECK(has(read(model("m", "method = \"power_mean\"\ncompensation = nan")).fault, "must be 1 (full) or less"));
  CHECK(has(read(model("m", "method = \"power_mean\"\ncompensation = inf")).fault, "must be 1 (full) or less"));
  CHECK(has(read(model("m", "min_completeness = inf")).fault, "expected a finite number"));
}

TEST_CASE("groups make a tree, whose weights are shares along it", "[app][unit]") {
  Read const out = read(model("m", R"([models.m.groups.land]
label = "Grond"
criteria = ["size", "wet"]
weight = 6
[models.m.groups.soil]
of = "land"
criteria = []
compensation = 0
[models.m.groups.deep]
of = "soil"
criteria = []
)"));
  CHECK(has(out.fault, "models.m.groups.deep.criteria: is missing"));
  Read const good = read(model("m", R"([models.m.groups.land]
label = "Grond"
weight = 6
[models.m.groups.soil]
of = "land"
criteria = ["size", "wet"]
)"));
  INFO(good.fault);
  REQUIRE(good.fault.empty());
  ModelConfig const& m = good.study.models.front();
  // land 6 against near 1 at the top; below it wet 3 against size 1.
  auto const shares = weight_shares(m);
  CHECK(shares[0] == Approx(6.0 / 7 * 3 / 4));
  CHECK(shares[1] == Approx(1.0 / 7));
  CHECK(shares[2] == Approx(6.0 / 7 / 4));
  CHECK(is_weighted_sum(m));
  CHECK(has_method(m));
  CriteriaGroup const tree = tree_of(m);
  CHECK(tree.criteria == std::vector<std::size_t>{1});
  REQUIRE(tree.groups.size() == 1);
  REQUIRE(tree.groups[0].groups.size() == 1);
  CHECK(tree.groups[0].groups[0].criteria == std::vector<std::size_t>{0, 2});  // in the order of the model
}

TEST_CASE("groups that make no tree are faults", "[app][unit]") {
  std::string const told = read(model("m", R"(weight_ranges = { near = [0.5, 2] }
[models.m.groups.a]
of = "b"
criteria = ["wet"]
weight = -1
[models.m.groups.b]
of = "a"
criteria = ["wet", "rail"]
compensation = 3
[models.m.groups.c]
of = "d"
criteria = ["near"]
weight = 2
[models.m.groups."E 1"]
criteria = ["size"]
)"))
                               .fault;
  for (char const* part :
       {"groups.a.of: the group would be part of itself", "groups.b.of: the group would be part of itself",
        "groups.a.weight: must be 0 or more", "'wet' stands in a group already", "no criterion 'rail'",
        "groups.b.compensation: must be 1", "groups.c.of: the model has no group 'd'", "E 1",
        "models.m.weight_ranges: counts on the scale"}) {
    INFO(told << "\nlacks " << part);
    CHECK(has(told, part));
  }
  CHECK(has(read(model("m", "method = \"topsis\"\nnormalisation = \"sum\"\ngroups.a.criteria = [\"wet\"]")).fault,
            "models.m.groups: have scores on a fixed scale"));
  CHECK(has(read("[models.m]\nweights = { wet = 0, near = 1 }\nvalues.wet.points = \"0:1|1:0\"\nvalues.near.points = "
                 "\"0:0|9:1\"\ngroups.a = { criteria = [\"wet\"], weight = 2 }\n")
                .fault,
            "its members have none"));
}

TEST_CASE("a rule has another effect in one model, under a name of its own where others use it", "[app][unit]") {
  Read const alone = read(model("m", "effects = { dry = \"condition\" }\n"));
  INFO(alone.fault);
  REQUIRE(alone.fault.empty());
  CHECK(alone.study.find_rule("dry")->effect == RuleEffect::condition);
  CHECK(alone.study.models[0].rules == std::vector<std::string>{"dry", "big"});

  Read const two = read(model("m", "effects = { dry = \"off\" }\n") + model("n", ""));
  REQUIRE(two.fault.empty());
  CHECK(two.study.find_rule("dry")->effect == RuleEffect::exclude);
  REQUIRE(two.study.find_rule("dry_m") != nullptr);
  CHECK(two.study.find_rule("dry_m")->effect == RuleEffect::inform);
  CHECK(two.study.models[0].rules == std::vector<std::string>{"dry_m", "big"});
  CHECK(two.study.models[1].rules == std::vector<std::string>{"dry", "big"});

  Read const same = read(model("m", "effects = { dry = \"off\" }\n") + model("n", "effects = { dry = \"off\" }\n"));
  REQUIRE(same.fault.empty());
  CHECK(same.study.find_rule("dry")->effect == RuleEffect::inform);
  CHECK(same.study.find_rule("dry_m") == nullptr);

  // Every model has its own: the first keeps the name, so that no rule is left that no model uses.
  Read const apart =
      read(model("m", "effects = { dry = \"off\" }\n") + model("n", "effects = { dry = \"condition\" }\n"));
  INFO(apart.fault);
  REQUIRE(apart.fault.empty());
  CHECK(apart.study.find_rule("dry")->effect == RuleEffect::inform);
  CHECK(apart.study.find_rule("dry_n")->effect == RuleEffect::condition);
  // A switch that says what the rule says anyway changes nothing.
  Read const plain = read(model("m", "effects = { dry = \"exclude\" }\n") + model("n", ""));
  CHECK(plain.study.find_rule("dry_m") == nullptr);
}

TEST_CASE("a shipped rule is switched like one of the study", "[app][unit]") {
  Read const out = read(model("m", "") + "[models.business_park.effects]\nhag = \"off\"\n[models.brownfield]\n");
  INFO(out.fault);
  REQUIRE(out.fault.empty());
  auto const& rules = out.study.models[1].rules;
  bool const shared = std::find(out.study.models[2].rules.begin(), out.study.models[2].rules.end(), "hag") !=
                      out.study.models[2].rules.end();
  std::string const name = shared ? "hag_business_park" : "hag";
  CHECK(std::find(rules.begin(), rules.end(), name) != rules.end());
  REQUIRE(out.study.find_rule(name) != nullptr);
  CHECK(out.study.find_rule(name)->effect == RuleEffect::inform);
}

TEST_CASE("a cut is only switched off, and then takes no land", "[app][unit]") {
  Read const off = read(model("m", "effects = { out = \"off\" }\n", R"("dry", "big", "out")"));
  INFO(off.fault);
  REQUIRE(off.fault.empty());
  CHECK(off.study.models[0].rules == std::vector<std::string>{"dry", "big"});
  CHECK(off.study.models[1].rules == std::vector<std::string>{"sort", "out"});
  CHECK(has(read(model("m", "effects = { out = \"graded\" }\n", R"("dry", "big", "out")")).fault,
            "it can only be \"off\""));
}

TEST_CASE("a rule that counts by degrees gets a criterion where the model has none", "[app][unit]") {
  // The model scores wet and size already, by their own weights.
  Read const scored = read(model("m", "effects = { dry = \"graded\" }\n"));
  INFO(scored.fault);
  REQUIRE(scored.fault.empty());
  CHECK(scored.study.find_rule("dry")->effect == RuleEffect::inform);
  CHECK(scored.study.models[0].criteria.size() == 3);

  std::string const near =
      "[models.n]\nrules = [\"dry\", \"big\"]\nweights = { near = 1 }\nvalues.near.points = \"0:0|9:1\"\n";
  Read const added =
      read(near +
           "effects = { dry = \"graded\", big = \"graded\" }\ngraded.dry = { weight = 4, zero_at = 0.9 }\n"
           "graded.big = { weight = 2, zero_at = 0.2 }\n");
  INFO(added.fault);
  REQUIRE(added.fault.empty());
  auto const& criteria = added.study.models[0].criteria;
  REQUIRE(criteria.size() == 3);
  CHECK(criteria[1].criterion == "wet");
  CHECK(criteria[1].weight == 4);
  CHECK(criteria[1].function(0.5) == 1);
  CHECK(criteria[1].function(0.7) == Approx(0.5));
  CHECK(criteria[1].function(0.95) == 0);
  CHECK(criteria[2].function(1) == 1);  // a rule that applies below its threshold falls the other way
  CHECK(criteria[2].function(0.6) == Approx(0.5));
  CHECK(criteria[2].function(0.1) == 0);
}

TEST_CASE("switches that cannot be are faults", "[app][unit]") {
  std::string const near =
      "[models.n]\nrules = [\"dry\", \"big\", \"sort\"]\nweights = { near = 1 }\nvalues.near.points = \"0:0|9:1\"\n";
  std::string const told =
      read(near + R"(effects = { dry = "graded", big = "graded", sort = "graded", drie = "off", near = "soft" }
graded.dry = { weight = -1, zero_at = 0.9 }
graded.out = { weight = 1 }
)")
          .fault;
  for (char const* part :
       {"graded.dry.weight: must be 0 or more", "effects.big: needs `weight` and `zero_at` in [models.n.graded.big]",
        "effects.sort: classes have no degrees", "no rule 'drie'. Did you mean 'dry'", "'soft' is not one of exclude",
        "graded.out: counts only where"}) {
    INFO(told << "\nlacks " << part);
    CHECK(has(told, part));
  }
  CHECK(has(read(near + "effects = { dry = \"graded\" }\ngraded.dry = { weight = 1, zero_at = 0.4 }\n").fault,
            "must lie above the threshold of the rule, 0.5"));
  CHECK(has(read(model("m", "effects = { dry = \"graded\" }\ngraded.dry = { weight = 1, zero_at = 1 }\n")).fault,
            "scores 'wet' already"));
  std::string const taken = "[rules.dry_m]\ncriterion = \"size\"\nwhen = \">1\"\n";
  CHECK(has(read(taken + model("m", "effects = { dry = \"off\" }\n", R"("dry", "dry_m")") + model("n", "")).fault,
            "'dry_m', is taken by another rule"));
}

TEST_CASE("near misses of a trial are counted in whole numbers", "[app][unit]") {
  CHECK(!read(model("m", "")).study.trials.asked);
  CHECK(read(model("m", "") + "[trials]\n").study.trials.near_misses == 100);
  CHECK(read(model("m", "") + "[trials]\nnear_misses = 5\n").study.trials.near_misses == 5);
  CHECK(has(read(model("m", "") + "[trials]\nnear_misses = 1.5\n").fault, "whole number"));
  CHECK(has(read(model("m", "") + "[trials]\nnear_miss = 5\n").fault, "Did you mean 'near_misses'"));
}
