// Studies with other methods than the weighted sum: scores are computed a second time, by hand or by the textbook on
// numbers, from the values that SQL reads in the result.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "terrein/app/explain.hpp"
#include "terrein/decision/ideal_point.hpp"
#include "terrein/decision/outranking.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// A text without its line breaks.
std::string flat(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}
bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

/// The small world with a third criterion and no value of 0, and with the lines `keys` in its model.
class MethodWorld : public SmallWorld {
 public:
  explicit MethodWorld(std::string const& keys) {
    edit("study.toml", "[rules.dry]", "[criteria.far]\nmeasure = \"distance\"\nlayer = \"flood\"\n[rules.dry]");
    edit("study.toml", "points = \"0:1|200:0\"", "points = \"0:1|200:0.1\"");
    edit("study.toml", "points = \"0:1|1:0\"",
         "points = \"0:1|1:0.1\"\n[models.own.values.far]\npoints = \"0:0.2|150:1\"");
    edit("study.toml", "wet = 1\n", "wet = 1\nfar = 2\n");
    edit("study.toml", "label = \"Eigen model\"\n", "label = \"Eigen model\"\n" + keys);
  }
};

RunResult terrein_with(std::string const& arguments) { return run(std::string(TERREIN_PROGRAM) + " " + arguments); }

/// Values of all candidates in the order of their keys, and their scores from 0 to 1.
struct Scored {
  Alternatives values;
  std::vector<double> score;
};

Scored scored(std::filesystem::path const& file) {
  Database const db(file);
  Scored out;
  for (auto const& row : db.rows(
           "SELECT key, own_v_rail_m a, own_v_wet b, own_v_far c, own_score s FROM candidates UNION ALL SELECT key, "
           "own_v_rail_m, own_v_wet, own_v_far, own_score FROM excluded ORDER BY key")) {
    out.values.push_back({std::stod(*row.at("a")), std::stod(*row.at("b")), std::stod(*row.at("c"))});
    out.score.push_back(std::stod(*row.at("s")) / 100);
  }
  return out;
}

std::vector<double> const weights{3.0 / 6, 1.0 / 6, 2.0 / 6};
std::vector<Objective> const benefits(3, Objective::benefit);

/// Runs a study with a method and compares its scores with a second way of computing them.
template <class Second>
void check_method(std::string const& keys, std::string const& words, Second const& second) {
  INFO(keys);
  MethodWorld const world(keys);
  RunResult const result = world.terrein("-q");
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  Scored const found = scored(world.path("result.gpkg"));
  REQUIRE(found.values.size() == 9);
  std::vector<double> const wanted = second(found.values);
  for (std::size_t row = 0; row < 9; ++row) CHECK(found.score[row] == Approx(wanted[row]).epsilon(1e-9));
  CHECK(*std::max_element(wanted.begin(), wanted.end()) > *std::min_element(wanted.begin(), wanted.end()) + 0.05);
  // The name of the method stands with the weights, in the table of models and in the manifest.
  Database const db(world.path("result.gpkg"));
  CHECK(has(db.one("SELECT adopted FROM models LIMIT 1"), words));
  CHECK(has(db.one("SELECT aggregation_note FROM models LIMIT 1"), words));
  CHECK(has(db.one("SELECT description FROM gpkg_contents WHERE table_name = 'candidates'"), words));
  CHECK(has(db.one("SELECT metadata FROM gpkg_metadata WHERE mime_type LIKE '%json%'"), "\"aggregation\""));
  // What is explained does not add up points.
  Explanation const told = ResultExplainer(world.path("result.gpkg"), std::nullopt, data_folders()).explain("B2", {});
  CHECK_FALSE(told.models[0].additive);
  CHECK(has(told.models[0].method, words));
  CHECK(told.warnings.empty());
  for (ExplainedCriterion const& one : told.models[0].criteria) CHECK_FALSE(one.points);
  CHECK(has(flat(to_text(told, Labels(data_folders().datasets / "labels.csv", Language::nl))), "geen som van punten"));
  // Other weights in a copy are those of a run with them.
  REQUIRE(world.terrein("-q --set output.file=wanted.gpkg --set models.own.weights.far=5").exit_code == 0);
  write_file(world.path("weights.toml"), "[models.own.weights]\nfar = 5\n");
  RunResult const anew =
      terrein_with("rescore " + world.path("result.gpkg").string() + " --weights " +
                   world.path("weights.toml").string() + " --output " + world.path("anew.gpkg").string());
  INFO(anew.err);
  REQUIRE(anew.exit_code == 0);
  Database const both(world.path("wanted.gpkg"));
  (void)both.rows("ATTACH '" + world.path("anew.gpkg").string() + "' AS other");
  for (char const* table : {"candidates", "excluded", "models"})
    CHECK(both.one("SELECT count(*) FROM (SELECT * FROM main." + std::string(table) + " EXCEPT SELECT * FROM other." +
                   table + ")") == "0");
  // What rests on a weighted sum says so.
  RunResult const compared =
      terrein_with("compare " + world.path("result.gpkg").string() + " " + world.path("wanted.gpkg").string());
  CHECK(compared.exit_code == 0);
  // Of the minimum, no weight changes anything.
  CHECK((has(compared.out, "geen oorzaken per criterium") ||
         (has(keys, "-inf") && has(compared.out, "niets veranderd"))));
  RunResult const against = terrein_with("explain " + world.path("result.gpkg").string() + " B2 --against C2");
  CHECK(against.exit_code == 0);
  CHECK(has(flat(against.out), "de score is geen gewogen som"));
  RunResult const drawn = terrein_with("sensitivity " + world.path("result.gpkg").string());
  CHECK(drawn.exit_code != 0);
  CHECK(has(drawn.err, "gewogen som"));
}

std::vector<double> by_row(Alternatives const& values, auto const& of_row) {
  std::vector<double> out;
  for (auto const& row : values) out.push_back(of_row(row));
  return out;
}

}  // namespace

TEST_CASE("a power mean of a study is that of its values", "[pipeline]") {
  for (double const r : {0.5, -1.0, -3.0}) {
    std::string const text = r == 0.5 ? "0.5" : r == -1 ? "-1" : "-3";
    std::string const words = r == 0.5 ? "compensatie 0,5" : r == -1 ? "harmonisch" : "compensatie -3";
    check_method("method = \"power_mean\"\ncompensation = " + text + "\n", words, [r](Alternatives const& values) {
      return by_row(values, [r](auto const& v) {
        double sum = 0;
        for (std::size_t i = 0; i < 3; ++i) sum += weights[i] * std::pow(v[i], r);
        return std::pow(sum, 1 / r);
      });
    });
  }
  check_method("method = \"power_mean\"\ncompensation = 0\n", "meetkundig", [](Alternatives const& values) {
    return by_row(values, [](auto const& v) {
      return std::pow(v[0], weights[0]) * std::pow(v[1], weights[1]) * std::pow(v[2], weights[2]);
    });
  });
  check_method("method = \"power_mean\"\ncompensation = -inf\n", "minimum", [](Alternatives const& values) {
    return by_row(values, [](auto const& v) { return *std::min_element(v.begin(), v.end()); });
  });
}

TEST_CASE("an ordered weighted average of a study is that of its values", "[pipeline]") {
  check_method("method = \"owa\"\norness = 0.25\n", "OWA, orness 0,25", [](Alternatives const& values) {
    return by_row(values, [](auto const& v) {
      std::vector<std::size_t> order(3);
      std::iota(order.begin(), order.end(), 0U);
      std::sort(order.begin(), order.end(), [&](auto a, auto b) { return v[a] > v[b]; });
      double share = 0, before = 0, out = 0;
      for (std::size_t const i : order) {
        share += weights[i];
        double const quantifier = std::pow(share, 3);  // (1 - 0.25) / 0.25
        out += (quantifier - before) * v[i];
        before = quantifier;
      }
      return out;
    });
  });
}

TEST_CASE("TOPSIS and VIKOR on fixed scales measure from 1 and 0", "[pipeline]") {
  check_method("method = \"topsis\"\n", "TOPSIS", [](Alternatives const& values) {
    return by_row(values, [](auto const& v) {
      double to_best = 0, to_worst = 0;
      for (std::size_t i = 0; i < 3; ++i) {
        to_best += std::pow(weights[i] * (1 - v[i]), 2);
        to_worst += std::pow(weights[i] * v[i], 2);
      }
      return std::sqrt(to_worst) / (std::sqrt(to_worst) + std::sqrt(to_best));
    });
  });
  check_method("method = \"vikor\"\nvikor_v = 0.3\n", "VIKOR (v 0,3)", [](Alternatives const& values) {
    return by_row(values, [](auto const& v) {
      double sum = 0, worst = 0;
      for (std::size_t i = 0; i < 3; ++i) {
        sum += weights[i] * (1 - v[i]);
        worst = std::max(worst, weights[i] * (1 - v[i]));
      }
      return 1 - (0.3 * sum + 0.7 * worst / 0.5);
    });
  });
}

TEST_CASE("methods that look at the candidates are those of the textbook on their values", "[pipeline]") {
  check_method("method = \"topsis\"\nnormalisation = \"vector\"\n", "genormaliseerd",
               [](Alternatives const& values) { return topsis(values, benefits, weights, Normalisation::vector); });
  check_method("method = \"vikor\"\nnormalisation = \"minmax\"\n", "genormaliseerd", [](Alternatives const& values) {
    auto out = vikor(values, benefits, weights, 0.5).q;
    for (double& q : out) q = 1 - q;
    return out;
  });
  std::vector<Preference> const preferences{
      {PreferenceKind::linear, 0.1, 0.6, 0}, {}, {PreferenceKind::gaussian, 0, 0, 0.4}};
  check_method(
      "method = \"promethee\"\npreferences.rail_m = { kind = \"linear\", q = 0.1, p = 0.6 }\n"
      "preferences.far = { kind = \"gaussian\", s = 0.4 }\n",
      "PROMETHEE II", [&](Alternatives const& values) {
        auto out = promethee(values, benefits, weights, preferences).net;
        for (double& net : out) net = (1 + net) / 2;
        return out;
      });
}

TEST_CASE("groups have sub-scores, of which the score is made", "[pipeline]") {
  MethodWorld const world(
      "groups.land = { label_nl = \"Grond\", weight = 3, compensation = 0, criteria = [\"far\", \"wet\"] }\n");
  REQUIRE(world.terrein("-q").exit_code == 0);
  Database const db(world.path("result.gpkg"));
  for (char const* key : {"B1", "C3"}) {
    auto const row = db.rows(
        "SELECT own_v_rail_m a, own_v_wet b, own_v_far c, own_s_land land, own_score s FROM candidates WHERE key = '" +
        std::string(key) + "'")[0];
    auto const number = [&row](char const* name) { return std::stod(*row.at(name)); };
    double const land = 100 * std::cbrt(number("b") * number("c") * number("c"));
    CHECK(number("land") == Approx(land));
    CHECK(number("s") == Approx((3 * 100 * number("a") + 3 * land) / 6));
  }
  CHECK(db.one("SELECT model || '|' || \"key\" || '|' || label_nl || '|' || weight || '|' || compensation FROM "
               "criteria_groups") == "own|land|Grond|3.0|0");
  CHECK(db.one("SELECT group_concat(in_group || ':' || criterion) FROM models WHERE in_group IS NOT NULL") ==
        "land:wet,land:far");
  CHECK(db.number("SELECT weight_share FROM models WHERE criterion = 'far'") == Approx(0.5 * 2 / 3));
  Explanation const told = ResultExplainer(world.path("result.gpkg"), std::nullopt, data_folders()).explain("B1", {});
  REQUIRE(told.models[0].groups.size() == 1);
  CHECK(told.models[0].groups[0].label == "Grond");
  CHECK_FALSE(told.models[0].additive);
  // Weights of criteria in a copy change the sub-scores too, to the last bit.
  REQUIRE(world.terrein("-q --set output.file=wanted.gpkg --set models.own.weights.far=7").exit_code == 0);
  write_file(world.path("weights.toml"), "[models.own.weights]\nfar = 7\n");
  REQUIRE(terrein_with("rescore " + world.path("result.gpkg").string() + " --weights " +
                       world.path("weights.toml").string() + " --output " + world.path("anew.gpkg").string())
              .exit_code == 0);
  (void)db.rows("ATTACH '" + world.path("anew.gpkg").string() + "' AS anew");
  (void)db.rows("ATTACH '" + world.path("wanted.gpkg").string() + "' AS wanted");
  for (char const* table : {"candidates", "excluded", "models", "criteria_groups"})
    CHECK(db.one("SELECT count(*) FROM (SELECT * FROM wanted." + std::string(table) + " EXCEPT SELECT * FROM anew." +
                 table + ")") == "0");
  CHECK(db.one("SELECT count(*) FROM (SELECT own_s_land FROM main.candidates EXCEPT SELECT own_s_land FROM "
               "wanted.candidates)") != "0");
}

TEST_CASE("a weighted sum with groups keeps its points, which add up", "[pipeline]") {
  MethodWorld const world("groups.land = { weight = 9, criteria = [\"far\", \"wet\"] }\n");
  REQUIRE(world.terrein("-q").exit_code == 0);
  Explanation const told = ResultExplainer(world.path("result.gpkg"), std::nullopt, data_folders()).explain("B1", {});
  ExplainedModel const& model = told.models[0];
  CHECK(model.additive);
  CHECK(told.warnings.empty());
  double sum = 0;
  for (ExplainedCriterion const& one : model.criteria) sum += one.points.value();
  CHECK(sum == Approx(model.score.value()));
  CHECK(terrein_with("sensitivity --draws 10 --points 0 " + world.path("result.gpkg").string()).exit_code == 0);
}

TEST_CASE("a veto takes the rank and leaves the score, and an unknown one is flagged", "[pipeline]") {
  MethodWorld const world("vetoes = { rail_m = 0.6 }\n");
  REQUIRE(world.terrein("-q").exit_code == 0);
  {
    Database const db(world.path("result.gpkg"));
    CHECK(db.one("SELECT group_concat(v) FROM (SELECT own_veto || ':' || count(*) v FROM candidates WHERE own_score IS "
                 "NOT NULL GROUP BY own_veto)") == "none:3,vetoed:3");
    CHECK(db.one("SELECT group_concat(key || ':' || own_rank) FROM (SELECT * FROM candidates WHERE own_rank IS NOT "
                 "NULL ORDER BY key)") == "C1:1,C2:1,C3:1");
    CHECK(db.one("SELECT count(*) FROM candidates WHERE own_outcome = 'voldoet'") == "6");
  }
  Explanation const told = ResultExplainer(world.path("result.gpkg"), std::nullopt, data_folders()).explain("B1", {});
  std::string const text = flat(to_text(told, Labels(data_folders().datasets / "labels.csv", Language::nl)));
  CHECK(has(text, "Veto: "));
  CHECK(has(text, "een waarde ligt onder haar veto"));
  // Where flood is not mapped, wet is not known: nobody loses a rank by what is not known.
  MethodWorld doubtful("min_completeness = 0.1\nvetoes = { wet = 0.5 }\n");
  doubtful.edit("study.toml", "class = \"class\"\ncoverage = \"everywhere\"", "class = \"class\"");
  REQUIRE(doubtful.terrein("-q").exit_code == 0);
  Database const db(doubtful.path("result.gpkg"));
  CHECK(db.one("SELECT count(*) FROM candidates WHERE own_veto = 'unknown' AND own_rank IS NOT NULL") == "6");
  CHECK(db.one("SELECT count(*) FROM excluded WHERE own_veto = 'vetoed' AND own_rank IS NULL") == "3");
}

TEST_CASE("a result names method and normalisation of plain weighted sums too", "[pipeline]") {
  SmallWorld const world;
  REQUIRE(world.terrein("-q").exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(db.one("SELECT group_concat(DISTINCT aggregation || ' ' || normalisation) FROM models") ==
        "weighted_sum fixed");
  CHECK(db.one("SELECT count(*) FROM gpkg_contents WHERE table_name = 'criteria_groups'") == "0");
  // Beside the result the method is named all the same.
  CHECK(has(read_file(world.path("result.gpkg.run.json")), "gewogen som van vaste waardefuncties"));
}

TEST_CASE("rankings by several methods are compared in pairs", "[pipeline]") {
  MethodWorld const world("");
  REQUIRE(world
              .terrein("-q --set robustness.methods='[\"power_mean\",\"weighted_sum\",\"power_mean\",\"vikor\"]' "
                       "--set robustness.top=2 --set robustness.draws=10")
              .exit_code == 0);
  Database const db(world.path("result.gpkg"));
  // C ties before B by every method: three and three, ties whole.
  CHECK(db.one("SELECT group_concat(method_a || '-' || method_b) FROM agreement") ==
        "weighted_sum-power_mean,weighted_sum-vikor,power_mean-vikor");
  CHECK(db.one("SELECT DISTINCT compared_n || ' ' || kendall || ' ' || spearman || ' ' || top_a_n || ' ' || top_both_n "
               "|| ' ' || overlap FROM agreement") == "6 1.0 1.0 3 3 1.0");
  CHECK(has(db.one("SELECT method_b_note FROM agreement LIMIT 1"), "meetkundig"));
}
