#include "terrein/app/explain.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// Up to five ids that share the longest beginning with `id`.
std::vector<std::string> ids_like(std::string const& id, std::vector<std::string> const& ids) {
  constexpr std::size_t most = 5;
  std::size_t longest = 0;
  std::vector<std::string> out;
  for (std::string const& one : ids) {
    auto const end = std::mismatch(id.begin(), id.end(), one.begin(), one.end()).first;
    auto const shared = static_cast<std::size_t>(end - id.begin());
    if (shared < longest) continue;
    if (shared > longest) out.clear();
    longest = shared;
    if (out.size() < most) out.push_back(one);
  }
  return out;
}

std::string as_text(ResultRow const& row, std::string const& column) {
  if (auto const number = number_in(row, column)) return shortest(*number);
  return text_in(row, column);
}

/// The layer with the candidate, and what is known of it.
class Explainer {
 public:
  Explainer(ExplainOptions const& options, DataFolders const& data) : file_(options.result), options_(options) {
    out_.result = options.result.filename().string();
    out_.id = options.id;
    Labels const english(data.datasets / "labels.csv", Language::en);
    out_.language = options.language.value_or(language_of_file(english));
    manual_word_ = {Labels(data.datasets / "labels.csv", Language::nl).get("term", "manual"),
                    english.get("term", "manual")};
  }

  Explanation explain() {
    auto const manifest = nlohmann::json::parse(file_.manifest(), nullptr, false);
    if (manifest.is_object()) {
      out_.title = manifest.value("title", "");
      out_.time = manifest.value("time", "");
    }
    find_candidate();
    out_.excluded_by = text_in(row_, "excluded_by");
    out_.manual = text_in(row_, "manual");
    for (std::string const& field : split(out_.manual, ';')) manual_.emplace_back(trim(field));
    ledger_ = file_.rows("ledger");
    weights_ = file_.rows("models");
    for (std::string const& key : chosen_models()) out_.models.push_back(model(key));
    add_additions();
    return std::move(out_);
  }

 private:
  /// Titles of layers come from the same table in the language of the study.
  [[nodiscard]] Language language_of_file(Labels const& english) const {
    for (ResultTable const& table : file_.tables())
      if (table.name == "issues" && table.title == english.get("layer", "issues")) return Language::en;
    return Language::nl;
  }

  /// The id is the first column of `excluded`, which holds all columns, else of the main layer.
  void find_candidate() {
    std::string main;
    for (ResultTable const& table : file_.tables())
      if (table.has_shapes && main.empty()) main = table.name;
    std::string const whole = file_.has("excluded") ? "excluded" : main;
    std::vector<std::string> const columns = file_.columns(whole);
    if (columns.empty())
      throw_error(ErrorKind::input, "'{}' holds no layer with candidates. Name the GeoPackage that terrein run wrote.",
                  out_.result);
    std::string const& id = columns.front();
    main_ = main;
    for (std::string const& table : {main, std::string("excluded")}) {
      auto rows = file_.rows_with(table, id, options_.id);
      if (rows.empty()) continue;
      row_ = std::move(rows.front());
      out_.table = table;
      out_.excluded = table == "excluded";
      titles_ = file_.titles(table);
      return;
    }
    std::vector<std::string> known = file_.texts(main, id);
    std::vector<std::string> const excluded = file_.texts("excluded", id);
    if (known.empty() && file_.known(main, file_.columns(main).empty() ? "" : file_.columns(main).front()) > 0)
      throw_error(
          ErrorKind::usage,
          "'{}' is not among the excluded of '{}', and layer '{}' has no column '{}' to look for it. Add '{}' to "
          "[output] columns and run again.",
          options_.id, out_.result, main, id, id);
    known.insert(known.end(), excluded.begin(), excluded.end());
    throw_error(ErrorKind::usage, "'{}' holds no candidate '{}' (column '{}'). Ids that begin alike: {}.", out_.result,
                options_.id, id, join(ids_like(options_.id, known), ", "));
  }

  [[nodiscard]] std::vector<std::string> chosen_models() const {
    std::vector<std::string> known;
    for (auto const* table : {&weights_, &ledger_})
      for (ResultRow const& row : *table)
        if (std::string const key = text_in(row, "model"); std::find(known.begin(), known.end(), key) == known.end())
          known.push_back(key);
    for (std::string const& key : options_.models)
      if (std::find(known.begin(), known.end(), key) == known.end())
        throw_error(ErrorKind::usage, "'{}' holds no model '{}'.{}", out_.result, key, suggestion(key, known));
    return options_.models.empty() ? known : options_.models;
  }

  /// Whether the layer has a column; those it lacks are told once.
  bool holds(std::string const& column) {
    if (row_.contains(column)) return true;
    if (std::find(out_.missing.begin(), out_.missing.end(), column) == out_.missing.end())
      out_.missing.push_back(column);
    return false;
  }

  std::string text(std::string const& column) {
    holds(column);
    return text_in(row_, column);
  }

  std::optional<double> number(std::string const& column) {
    holds(column);
    return number_in(row_, column);
  }

  [[nodiscard]] bool is_by_hand(std::string const& field, std::string const& decided_by) const {
    if (std::find(manual_.begin(), manual_.end(), field) != manual_.end()) return true;
    return std::any_of(manual_word_.begin(), manual_word_.end(), [&](std::string const& word) {
      return decided_by == word || decided_by.starts_with(word + ":");
    });
  }

  ExplainedMeasure measure(std::string const& criterion) {
    ExplainedMeasure out;
    out.criterion = criterion;
    std::string const column = "val_" + criterion;
    out.in_file = holds(column);
    if (out.in_file) out.value = row_.at(column);
    auto const title = titles_.find(column);
    out.label = title == titles_.end() ? criterion : title->second;
    for (ResultRow const& row : weights_)
      if (text_in(row, "criterion") == criterion) out.unit = text_in(row, "unit");
    out.decided_by = text_in(row_, "by_" + criterion);
    out.by_hand = is_by_hand(criterion, out.decided_by);
    return out;
  }

  ExplainedRule rule(ResultRow const& row) {
    ExplainedRule out;
    out.key = text_in(row, "rule");
    out.label = text_in(row, "label");
    out.effect = text_in(row, "effect");
    out.level = text_in(row, "level");
    out.ground = text_in(row, "ground");
    out.reference = text_in(row, "reference");
    out.date = text_in(row, "date");
    out.mark = text_in(row, "mark");
    out.duty = text_in(row, "duty");
    std::string const test = text_in(row, "test");
    if (auto const space = test.find(' '); space != std::string::npos) {
      out.measure = measure(test.substr(0, space));
      out.test = test.substr(space + 1);
    } else {
      out.measure.decided_by = text_in(row_, "by_" + out.key);
    }
    out.result = text("rule_" + out.key);
    out.margin = number("m_" + out.key);
    return out;
  }

  ExplainedCriterion criterion(ResultRow const& row, ExplainedModel const& model) {
    ExplainedCriterion out;
    out.measure = measure(text_in(row, "criterion"));
    out.measure.label = text_in(row, "criterion_label");
    out.level = text_in(row, "level");
    out.function = text_in(row, "value_function");
    out.function_points = text_in(row, "points");
    out.mark = text_in(row, "mark");
    out.why = text_in(row, "why");
    out.unmeasured = text_in(row, "unmeasured");
    out.weight_share = number_in(row, "weight_share").value_or(0);
    std::string const column = model.key + "_v_" + out.measure.criterion;
    out.value_in_file = holds(column);
    out.value = number_in(row_, column);
    if (out.value && model.completeness && *model.completeness > 0) {
      out.points = out.weight_share == 0 ? 0 : out.weight_share * *out.value * 100 / *model.completeness;
      out.most_points = out.weight_share * 100 / *model.completeness;
    }
    return out;
  }

  ExplainedModel model(std::string const& key) {
    ExplainedModel out;
    out.key = out.label = key;
    out.outcome = text(key + "_outcome");
    out.duties = text(key + "_duties");
    for (ResultRow const& row : ledger_)
      if (text_in(row, "model") == key) out.rules.push_back(rule(row));
    bool const fails =
        std::any_of(out.rules.begin(), out.rules.end(), [](auto const& r) { return r.result == "fail"; });
    bool const all_told =
        std::none_of(out.rules.begin(), out.rules.end(), [](auto const& r) { return r.result.empty(); });
    out.cuts_together = out.outcome == "voldoet niet" && !fails && all_told;
    for (ResultRow const& row : weights_)
      if (text_in(row, "model") == key) add_weighted(row, out);
    return out;
  }

  void add_weighted(ResultRow const& row, ExplainedModel& out) {
    if (out.criteria.empty()) {
      out.label = text_in(row, "label");
      out.weights_note = text_in(row, "adopted");
      out.min_completeness = number_in(row, "min_completeness").value_or(0);
      out.score = number(out.key + "_score");
      out.low = number(out.key + "_low");
      out.high = number(out.key + "_high");
      out.completeness = number(out.key + "_completeness");
      out.rank = number(out.key + "_rank");
      out.ranked = file_.known(main_, out.key + "_rank") + file_.known("excluded", out.key + "_rank");
    }
    out.criteria.push_back(criterion(row, out));
  }

  void add_additions() {
    for (ResultRow const& row : file_.rows_with("additions_used", "id", options_.id))
      out_.additions.push_back({as_text(row, "field"), as_text(row, "value"), as_text(row, "low"), as_text(row, "high"),
                                as_text(row, "source"), as_text(row, "by"), as_text(row, "date"), as_text(row, "was"),
                                as_text(row, "outcome")});
  }

  ResultFile file_;
  ExplainOptions const& options_;
  std::vector<std::string> manual_word_, manual_;
  std::string main_;
  ResultRow row_;
  std::map<std::string, std::string> titles_;
  std::vector<ResultRow> ledger_, weights_;
  Explanation out_;
};

}  // namespace

Explanation explain(ExplainOptions const& options, DataFolders const& data) {
  return Explainer(options, data).explain();
}

}  // namespace terrein
