#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "terrein/app/explain.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// Writes an explanation as people read it: first what decided, then what did not.
class Writer {
 public:
  Writer(Explanation const& explanation, DataFolders const& data)
      : is_(explanation), labels_(data.datasets / "labels.csv", explanation.language) {}

  std::string write() {
    head();
    if (is_.models.empty()) line("\n" + word("no_models"));
    for (ExplainedModel const& model : is_.models) write(model);
    return out_;
  }

 private:
  [[nodiscard]] std::string word(std::string const& key) const { return labels_.get("explain", key); }
  void line(std::string const& text) { out_ += text + "\n"; }

  /// Two decimals below ten, whole from a thousand; what rounding left of nothing is nothing.
  [[nodiscard]] std::string number(double value) const {
    double const size = std::abs(value);
    std::string text = size < 5e-7 ? "0" : size >= 1000 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
    return localized(std::move(text));
  }
  [[nodiscard]] std::string tenths(double value) const { return localized(fmt::format("{:.1f}", value)); }
  [[nodiscard]] std::string percent(double share) const { return localized(fmt::format("{:.3g}", 100 * share)) + " %"; }
  [[nodiscard]] std::string localized(std::string text) const {
    if (is_.language == Language::nl) std::replace(text.begin(), text.end(), '.', ',');
    return text;
  }

  /// With its unit, but for classes, counts and shares, whose unit says nothing.
  [[nodiscard]] std::string measured(ExplainedMeasure const& measure) const {
    std::string out = word(measure.in_file ? "unknown" : "absent");
    if (auto const* value = std::get_if<double>(&measure.value)) out = number(*value) + unit(measure);
    if (auto const* text = std::get_if<std::string>(&measure.value)) out = *text;
    return measure.by_hand ? out + " (" + labels_.get("term", "manual") + ")" : out;
  }

  [[nodiscard]] std::string unit(ExplainedMeasure const& measure) const {
    if (measure.unit.empty() || measure.unit == "share" || measure.unit == "class" || measure.unit == "n") return {};
    return " " + labels_.get("unit", measure.unit);
  }

  void head() {
    line(is_.id + (is_.excluded ? ": " + word("excluded") : ""));
    line(word("result") + ": " + join_known({is_.result, is_.title, is_.time.substr(0, 10)}, ", "));
    if (!is_.excluded_by.empty()) line(word("because") + ": " + is_.excluded_by);
    if (!is_.manual.empty()) line(word("by_hand") + " (" + labels_.get("term", "manual") + "): " + is_.manual);
    for (ExplainedAddition const& one : is_.additions) line("  " + text(one));
    if (!is_.missing.empty()) line(word("not_in_file") + ": " + join(is_.missing, ", "));
  }

  static std::string join_known(std::vector<std::string> words, std::string const& between) {
    std::erase(words, "");
    return join(words, between);
  }

  [[nodiscard]] std::string text(ExplainedAddition const& one) const {
    std::string value = one.value;
    if (!one.low.empty() || !one.high.empty()) value = join_known({value, "[" + one.low + "–" + one.high + "]"}, " ");
    std::string const who = join_known({one.source, one.by, one.date}, ", ");
    return one.field + ": " + (value.empty() ? word("unknown") : value) + (who.empty() ? "" : " (" + who + ")") +
           (one.was.empty() ? "" : "; " + word("was") + " " + one.was) + "; " + word(one.outcome);
  }

  void write(ExplainedModel const& model) {
    std::string const outcome = model.outcome.empty() ? word("absent") : labels_.get("outcome", model.outcome);
    line("\n" + model.label + " (" + model.key + ")");
    line("  " + word("outcome") + ": " + outcome);
    if (model.cuts_together) line("  " + word("together"));
    if (!model.duties.empty()) line("  " + word("duties") + ": " + model.duties);
    if (!model.criteria.empty()) line("  " + word("score") + ": " + score(model));
    if (!model.weights_note.empty()) line("  " + word("weights") + ": " + model.weights_note);
    if (!model.rules.empty()) line("  " + word("rules") + ":");
    for (char const* result : {"fail", "unknown", "condition", "", "pass"})
      for (ExplainedRule const& rule : model.rules)
        if (rule.result == result) write(rule);
    if (model.criteria.empty()) return;
    line("  " + word("criteria") + ":");
    auto sorted = model.criteria;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](auto const& a, auto const& b) { return a.points.value_or(-1) > b.points.value_or(-1); });
    double sum = 0;
    for (ExplainedCriterion const& one : sorted) {
      write(one);
      sum += one.points.value_or(0);
    }
    if (model.score) line("    " + word("sum") + ": " + tenths(sum) + " " + labels_.get("term", "points"));
  }

  [[nodiscard]] std::string score(ExplainedModel const& model) const {
    if (is_missing(model.key + "_score")) return word("absent");
    std::string out = model.score ? tenths(*model.score) : word("no_score");
    if (model.low && model.high)
      out += " (" + word("range") + " " + tenths(*model.low) + " " + word("to") + " " + tenths(*model.high) + ")";
    if (model.completeness) out += "; " + word("completeness") + " " + percent(*model.completeness);
    return out + "; " + rank(model);
  }

  [[nodiscard]] bool is_missing(std::string const& column) const {
    return std::find(is_.missing.begin(), is_.missing.end(), column) != is_.missing.end();
  }

  [[nodiscard]] std::string rank(ExplainedModel const& model) const {
    if (model.rank)
      return fmt::format("{} {:.0f} {} {}", word("rank"), *model.rank, labels_.get("term", "of"), model.ranked);
    if (is_missing(model.key + "_rank")) return word("rank") + " " + word("absent");
    if (model.outcome == "voldoet niet") return word("no_rank") + ": " + labels_.get("outcome", model.outcome);
    if (model.completeness && *model.completeness < model.min_completeness)
      return word("no_rank") + ": " + word("least") + " " + percent(model.min_completeness);
    return word("no_rank");
  }

  void write(ExplainedRule const& rule) {
    std::string const result = rule.result.empty() ? word("absent") : labels_.get("rule_result", rule.result);
    line("    " + result + ": " + rule.label + " (" + labels_.get("effect", rule.effect) + ")");
    std::vector<std::string> facts;
    if (rule.effect == "cut") {
      if (rule.margin) facts.push_back(percent(std::max(0.0, *rule.margin)) + " " + word("left"));
    } else {
      facts.push_back(rule.measure.label + " " + measured(rule.measure));
      facts.push_back(word("applies") + " " + localized(rule.test));
      if (rule.margin) facts.push_back(word("margin") + " " + number(*rule.margin));
    }
    if (!rule.measure.decided_by.empty()) facts.push_back(word("decided_by") + " " + rule.measure.decided_by);
    if (rule.level == "site" && rule.result != "pass") facts.push_back(word("site_level"));
    if (!facts.empty()) line("      " + join(facts, "; "));
    std::string const mark = rule.mark.empty() ? "" : word(rule.mark);
    line("      " + join_known({labels_.get("ground", rule.ground), rule.reference, rule.date, mark}, " · "));
  }

  void write(ExplainedCriterion const& one) {
    std::string points = word("unknown");
    if (!one.value_in_file) points = word("absent");
    if (one.points && one.most_points)
      points = tenths(*one.points) + " " + labels_.get("term", "of") + " " + tenths(*one.most_points) + " " +
               labels_.get("term", "points");
    line("    " + points + ": " + one.measure.label);
    std::vector<std::string> facts{word("measured") + " " + measured(one.measure)};
    if (one.value) facts.push_back(word("value") + " " + number(*one.value));
    if (std::string const range = class_range(one); !range.empty()) facts.push_back(word("unclear") + ": " + range);
    facts.push_back(word("share") + " " + percent(one.weight_share));
    if (!one.measure.decided_by.empty()) facts.push_back(word("decided_by") + " " + one.measure.decided_by);
    if (!one.unmeasured.empty()) facts.push_back(one.unmeasured);
    line("      " + join(facts, "; "));
  }

  /// "[0,1-1]" where the value function gives a class a range, so that the class is known and the value is not.
  [[nodiscard]] std::string class_range(ExplainedCriterion const& one) const {
    auto const* name = std::get_if<std::string>(&one.measure.value);
    if (one.value || name == nullptr) return {};
    for (std::string const& part : split(one.function_points, '|'))
      if (part.starts_with(*name + ":[")) return localized(part.substr(name->size() + 1));
    return {};
  }

  Explanation const& is_;
  Labels labels_;
  std::string out_;
};

}  // namespace

std::string to_text(Explanation const& explanation, DataFolders const& data) {
  return Writer(explanation, data).write();
}

}  // namespace terrein
