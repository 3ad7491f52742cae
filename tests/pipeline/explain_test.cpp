// Every candidate of the bundled study is explained in every model; the result itself, asked by SQL, is the judge.
#include "terrein/app/explain.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "support/support.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// The bundled study, run once.
class Demo {
 public:
  Demo() {
    RunResult const result = run(std::string(TERREIN_PROGRAM) + " run " + TERREIN_SOURCE_DIR +
                                 "/datasets/demo/study.toml --set output.file=" + file().string());
    if (result.exit_code != 0) throw std::runtime_error(result.err);
  }
  [[nodiscard]] std::filesystem::path file() const { return dir_.path() / "kanaalveld.gpkg"; }

 private:
  TempDir dir_;
};

std::filesystem::path const& result_file() {
  static Demo const demo;
  static std::filesystem::path const file = demo.file();
  return file;
}

using Number = std::optional<double>;

/// A query of `id` and one number per row, to the last bit.
std::map<std::string, Number> numbers(Database const& db, std::string const& expression) {
  std::map<std::string, Number> out;
  for (char const* table : {"candidates", "excluded"})
    for (auto const& row : db.rows("SELECT capakey AS id, CASE WHEN (" + expression +
                                   ") IS NOT NULL THEN printf('%!.17g', " + expression + ") END AS x FROM " + table)) {
      auto const& text = row.at("x");
      out[*row.at("id")] = text ? Number(std::stod(*text)) : std::nullopt;
    }
  return out;
}

std::map<std::string, std::string> texts(Database const& db, std::string const& column) {
  std::map<std::string, std::string> out;
  for (char const* table : {"candidates", "excluded"})
    for (auto const& row : db.rows("SELECT capakey AS id, " + column + " AS x FROM " + std::string(table)))
      out[*row.at("id")] = row.at("x").value_or("");
  return out;
}

/// Threshold minus measure where a rule applies above it, measure minus threshold where it applies below.
std::string margin_sql(std::string const& criterion, std::string const& test) {
  std::string const value = "val_" + criterion, number = "(" + test.substr(test.find_first_of("-0123456789")) + ")";
  return test[0] == '>' ? number + " - " + value : value + " - " + number;
}

/// What is wrong with an explanation, in a few words; empty when all agrees.
class Judge {
 public:
  explicit Judge(Database const& db) {
    for (auto const& row : db.rows("SELECT DISTINCT model FROM models")) {
      std::string const model = *row.at("model");
      for (char const* part : {"score", "low", "high", "completeness", "rank"})
        columns_[model + "_" + part] = numbers(db, model + "_" + part);
      outcomes_[model] = texts(db, model + "_outcome");
      duties_[model] = texts(db, model + "_duties");
    }
    for (auto const& row : db.rows("SELECT DISTINCT \"key\", criterion, test, effect FROM rules")) {
      std::string const key = *row.at("key"), test = row.at("test").value_or("");
      results_[key] = texts(db, "rule_" + key);
      if (row.at("effect") == "cut")
        margins_[key] = numbers(db, "m_" + key);
      else if (test.find("in ") == std::string::npos)
        margins_[key] = numbers(db, margin_sql(*row.at("criterion"), test));
    }
  }

  [[nodiscard]] std::string fault(Explanation const& of) const {
    for (ExplainedModel const& model : of.models) {
      std::string const where = of.id + " " + model.key + ": ";
      if (!model.outcome || to_string(*model.outcome) != outcomes_.at(model.key).at(of.id)) return where + "outcome";
      std::string duties;
      for (std::string const& one : model.duties) duties += (duties.empty() ? "" : "; ") + one;
      if (duties != duties_.at(model.key).at(of.id)) return where + "duties";
      for (auto const& [part, shown] : std::map<std::string, Number>{
               {"score", model.score}, {"low", model.low}, {"high", model.high}, {"completeness", model.completeness}})
        if (shown != columns_.at(model.key + "_" + part).at(of.id)) return where + part;
      if (std::string const what = points_fault(model); !what.empty()) return where + what;
      for (ExplainedRule const& rule : model.rules)
        if (std::string const what = rule_fault(of.id, rule); !what.empty()) return where + rule.rule.key + " " + what;
    }
    return {};
  }

 private:
  /// Points sum to the score; the weights at the worst and best values to the range, which holds the score.
  static std::string points_fault(ExplainedModel const& model) {
    double points = 0, low = 0, high = 0;
    for (ExplainedCriterion const& one : model.criteria) {
      points += one.points.value_or(0);
      low += 100 * one.weight_share * one.value_low;
      high += 100 * one.weight_share * one.value_high;
    }
    if (model.score && std::abs(points - *model.score) > 1e-9) return "points";
    if (!model.score && points != 0) return "points without score";
    if (std::abs(std::min(low, model.score.value_or(low)) - *model.low) > 1e-9) return "range low";
    if (std::abs(std::max(high, model.score.value_or(high)) - *model.high) > 1e-9) return "range high";
    return {};
  }

  [[nodiscard]] std::string rule_fault(std::string const& id, ExplainedRule const& rule) const {
    if (!rule.result || to_string(*rule.result) != results_.at(rule.rule.key).at(id)) return "result";
    auto const margins = margins_.find(rule.rule.key);
    if (margins == margins_.end()) return rule.margin ? "margin of classes" : "";
    Number const expected = margins->second.at(id);
    if (expected.has_value() != rule.margin.has_value()) return "margin known";
    if (expected && std::abs(*expected - *rule.margin) > 1e-12 * (1 + std::abs(*expected))) return "margin";
    return {};
  }

  std::map<std::string, std::map<std::string, Number>> columns_, margins_;
  std::map<std::string, std::map<std::string, std::string>> outcomes_, duties_, results_;
};

/// Characters of a UTF-8 text.
std::size_t length_of(std::string const& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

TEST_CASE("every candidate of the bundled study is explained in every model as its columns say", "[pipeline][demo]") {
  Database const db(result_file());
  DataFolders const data = data_folders();
  ResultExplainer const explainer(result_file(), std::nullopt, data);
  Judge const judge(db);
  std::size_t explained = 0, with_unknown = 0, warned = 0;
  std::set<std::string> faults;
  for (auto const& [id, outcome] : texts(db, "business_park_outcome")) {
    Explanation const one = explainer.explain(id);
    ++explained;
    if (std::string const fault = judge.fault(one); !fault.empty()) faults.insert(fault);
    if (!one.left_out.empty()) faults.insert(id + ": left out " + one.left_out.front());
    warned += one.warnings.size();
    for (auto const& [key, measure] : one.measures) with_unknown += measure.low || measure.high ? 1U : 0U;
  }
  CHECK(explained == static_cast<std::size_t>(
                         db.number("SELECT (SELECT count(*) FROM candidates) + (SELECT count(*) FROM excluded)")));
  CHECK(with_unknown ==
        static_cast<std::size_t>(db.number("SELECT count(*) FROM bounds WHERE of_column LIKE 'val_%'")));
  CHECK(with_unknown > 0);
  CHECK(warned == 0);
  std::string list;
  for (std::string const& fault : faults) list += fault + "\n";
  CHECK(list == "");
}

TEST_CASE("position, neighbours and quantiles are those that SQL counts", "[pipeline][demo]") {
  Database const db(result_file());
  ResultExplainer const explainer(result_file(), std::nullopt, data_folders());
  auto const rows = db.rows(
      "SELECT capakey, multimodal_rank AS place FROM candidates WHERE multimodal_rank IS NOT NULL ORDER BY capakey");
  REQUIRE(rows.size() > 1000);
  for (std::size_t i = 0; i < rows.size(); i += 211) {
    std::string const id = *rows[i].at("capakey");
    INFO(id);
    ExplainedModel const model = explainer.explain(id, {"multimodal"}).models.at(0);
    CHECK(model.position.rank == std::stoll(*rows[i].at("place")));
    CHECK(model.position.ranked == rows.size());
    std::string const of = " FROM candidates a, candidates b WHERE b.capakey = '" + id +
                           "' AND a.capakey <> b.capakey AND a.multimodal_rank IS NOT NULL";
    double const others = db.number("SELECT count(*)" + of);
    // Rounding may part scores that tie, but not two ranks.
    CHECK(*model.position.better_than * others ==
          Approx(db.number("SELECT count(*)" + of + " AND a.multimodal_rank > b.multimodal_rank")));
    for (ExplainedCriterion const& one : model.criteria) {
      if (!one.value) continue;
      std::string const column = "multimodal_v_" + one.measure, compare = of + " AND a." + column;
      double const known = db.number("SELECT count(*)" + compare + " IS NOT NULL");
      CHECK(*one.better_than * known == Approx(db.number("SELECT count(*)" + compare + " < b." + column)));
      CHECK(*one.equal_to * known == Approx(db.number("SELECT count(*)" + compare + " = b." + column)));
    }
    if (!model.position.above.empty()) CHECK(model.position.above[0].rank <= *model.position.rank);
    if (!model.position.below.empty()) CHECK(model.position.below[0].rank >= *model.position.rank);
  }
}

TEST_CASE("values follow from the points of their value function by hand", "[pipeline][demo]") {
  // business_park.csv: flood_share 0:1|0.05:0.8|0.15:0.3|0.30:0, truck_min_to_ramp 3:1|8:0.6|15:0.1|20:0.
  Database const db(result_file());
  auto const flood = numbers(db,
                             "CASE WHEN val_flood_share <= 0.05 THEN 1 - 4 * val_flood_share "
                             "WHEN val_flood_share <= 0.15 THEN 0.8 - 5 * (val_flood_share - 0.05) "
                             "WHEN val_flood_share <= 0.30 THEN 0.3 - 2 * (val_flood_share - 0.15) "
                             "WHEN val_flood_share > 0.30 THEN 0.0 END");
  auto const truck = numbers(db,
                             "CASE WHEN val_truck_min_to_ramp <= 3 THEN 1.0 "
                             "WHEN val_truck_min_to_ramp <= 8 THEN 1 - 0.08 * (val_truck_min_to_ramp - 3) "
                             "WHEN val_truck_min_to_ramp <= 15 THEN 0.6 - (val_truck_min_to_ramp - 8) / 14 "
                             "WHEN val_truck_min_to_ramp <= 20 THEN 0.1 - 0.02 * (val_truck_min_to_ramp - 15) "
                             "WHEN val_truck_min_to_ramp > 20 THEN 0.0 END");
  ResultExplainer const explainer(result_file(), std::nullopt, data_folders());
  std::size_t i = 0, compared = 0;
  for (auto const& [id, value] : flood) {
    if (i++ % 37 != 0) continue;
    INFO(id);
    Explanation const explanation = explainer.explain(id, {"business_park"});
    for (ExplainedCriterion const& one : explanation.models.at(0).criteria) {
      bool const is_flood = one.measure == "flood_share";
      if (!is_flood && one.measure != "truck_min_to_ramp") continue;
      Number const expected = is_flood ? value : truck.at(id);
      if (!expected) continue;
      REQUIRE(one.value);
      CHECK(*one.value == Approx(*expected).margin(1e-12));
      ++compared;
    }
  }
  CHECK(compared > 200);
}

TEST_CASE("texts and pages of the bundled study keep their promises in both languages", "[pipeline][demo]") {
  DataFolders const data = data_folders();
  for (Language const language : {Language::nl, Language::en}) {
    ResultExplainer const explainer(result_file(), language, data);
    Labels const labels(data.datasets / "labels.csv", language);
    for (char const* id : {"98102E0338/00A000", "98102C0053/00_000", "98101D0073/00_000", "98101B0155/00_000"}) {
      INFO(id);
      Explanation const one = explainer.explain(id);
      CHECK(one.language == language);
      std::string const text = to_text(one, labels), page = to_html(one, labels);
      std::size_t longest = 0;
      for (std::size_t at = 0; at < text.size();) {
        auto const end = text.find('\n', at);
        longest = std::max(longest, length_of(text.substr(at, end - at)));
        at = end + 1;
      }
      CHECK(longest <= 100);
      CHECK(page.find("class=\"own") != std::string::npos);
      CHECK(page.find("http") == std::string::npos);
      CHECK(nlohmann::json::parse(to_json(one))["id"] == id);
      bool const dutch = text.find("Gewichten: startgewichten, niet bestuurlijk vastgesteld.") != std::string::npos;
      CHECK(dutch == (language == Language::nl));
    }
  }
}
