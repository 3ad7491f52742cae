#include "explain_words.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// Digits after the point so that a small number shows two digits that say something.
int enough_decimals(double value, int decimals) {
  constexpr int most = 9;
  double const size = std::abs(value);
  if (size == 0 || size >= 0.5 * std::pow(10.0, -decimals)) return decimals;
  return std::min(most, static_cast<int>(std::ceil(-std::log10(size))) + 1);
}

/// Thousands in threes.
std::string grouped(std::string const& digits, char separator) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += separator;
    out += digits[i];
  }
  return out;
}

}  // namespace

std::string Words::number(double value, int decimals) const { return fixed(value, enough_decimals(value, decimals)); }

std::string Words::fixed(double value, int decimals) const {
  std::string const text = fmt::format("{:.{}f}", std::abs(value), decimals);
  auto const point = text.find('.');
  std::string const whole = text.substr(0, point);
  std::string out = value < 0 && text.find_first_of("123456789") != std::string::npos ? "-" : "";
  out += whole.size() > 4 ? grouped(whole, nl_ ? '.' : ',') : whole;
  if (point != std::string::npos) out += (nl_ ? "," : ".") + text.substr(point + 1);
  return out;
}

std::string Words::exact(double value) const {
  constexpr double rounding = 1e9;  // 100 * 0.07 is 7.000000000000001
  double const rounded = std::round(value * rounding) / rounding;
  std::string const text = shortest(std::abs(value) < 1e6 ? rounded : value);
  auto const point = text.find('.');
  if (text.find('e') != std::string::npos || point == std::string::npos) return text;
  return text.substr(0, point) + (nl_ ? "," : ".") + text.substr(point + 1);
}

std::string Words::percent(double share, int decimals) const { return number(100 * share, decimals) + " %"; }

std::string Words::hectares(double m2) const { return number(m2 / 10000, 2) + " ha"; }

std::string Words::unit(ExplainedMeasure const& measure) const {
  if (measure.unit == "share") return " %";
  if (measure.unit == "class") return "";
  std::string const shown = labels_.get("unit", measure.unit);
  return shown.empty() ? "" : " " + shown;
}

std::string Words::bare(double value, ExplainedMeasure const& measure) const {
  if (measure.unit == "share") return number(100 * value, std::max(0, measure.decimals - 2));
  return number(value, measure.decimals);
}

std::string Words::as_written(double value, ExplainedMeasure const& measure) const {
  return exact(measure.unit == "share" ? 100 * value : value);
}

std::string Words::with_unit(double value, ExplainedMeasure const& measure) const {
  return bare(value, measure) + unit(measure);
}

std::string Words::measured(ExplainedMeasure const& measure) const {
  if (!measure.shown) return left_out();
  if (measure.text) return *measure.text;
  if (measure.value) return with_unit(*measure.value, measure);
  std::string out = pick("onbekend", "unknown");
  if (measure.low && measure.high)
    out += pick(", tussen ", ", between ") + with_unit(*measure.low, measure) + pick(" en ", " and ") +
           with_unit(*measure.high, measure);
  else if (measure.low)
    out += pick(", minstens ", ", at least ") + with_unit(*measure.low, measure);
  else if (measure.high)
    out += pick(", hoogstens ", ", at most ") + with_unit(*measure.high, measure);
  if (!measure.why_unknown.empty()) out += " (" + measure.why_unknown + ")";
  return out;
}

std::string Words::bounds(ExplainedMeasure const& measure) const {
  bool const any = measure.low || measure.high || !measure.why_unknown.empty();
  return measure.shown && !measure.known() && any ? measured(measure) : std::string();
}

std::string Words::test(RuleTest const& test, ExplainedMeasure const& measure) const {
  auto const threshold = [&] { return as_written(test.threshold, measure) + unit(measure); };
  switch (test.op) {
    case RuleTest::Op::greater:
      return pick("meer dan ", "more than ") + threshold();
    case RuleTest::Op::at_least:
      return pick("minstens ", "at least ") + threshold();
    case RuleTest::Op::less:
      return pick("minder dan ", "less than ") + threshold();
    case RuleTest::Op::at_most:
      return pick("hoogstens ", "at most ") + threshold();
    case RuleTest::Op::in:
      return pick("een van: ", "one of: ") + join(test.classes, ", ");
    case RuleTest::Op::not_in:
      return pick("geen van: ", "none of: ") + join(test.classes, ", ");
  }
  return {};
}

std::string Words::margin(ExplainedRule const& rule, ExplainedMeasure const& measure) const {
  if (!rule.margin || rule.rule.effect == RuleEffect::cut) return {};
  std::string const name = measure.unit == "share" ? pick(" procentpunt", " percentage points") : unit(measure);
  return pick("marge ", "margin ") + bare(*rule.margin, measure) + name;
}

std::string Words::piecewise(ValueFunction const& function, ExplainedMeasure const& measure) const {
  std::vector<std::string> parts;
  bool const clips = function.outside == Outside::clip;
  for (std::size_t i = 0; i < function.points.size(); ++i) {
    auto const [x, value] = function.points[i];
    std::string at = as_written(x, measure) + unit(measure);
    if (clips && i == 0 && !(x == 0)) at += pick(" of minder", " or less");
    if (clips && i + 1 == function.points.size()) at += pick(" of meer", " or more");
    parts.push_back(at + ": " + exact(value));
  }
  std::string out = join(parts, "; ") + pick("; ertussen rechtlijnig", "; straight lines between");
  if (function.outside == Outside::extrapolate) out += pick(" en daarbuiten doorgetrokken", " and beyond");
  return out;
}

std::string Words::classes(ValueFunction const& function) const {
  std::vector<std::string> parts;
  for (auto const& [name, range] : function.classes)
    parts.push_back(
        name + ": " +
        (range.low == range.high ? exact(range.low) : exact(range.low) + pick(" tot ", " to ") + exact(range.high)));
  return join(parts, "; ");
}

std::string Words::function(ValueFunction const& function, ExplainedMeasure const& measure) const {
  auto const at = [&](double x) { return as_written(x, measure) + unit(measure); };
  switch (function.kind) {
    case ValueKind::piecewise:
      return piecewise(function, measure);
    case ValueKind::sigmoid:
      return fmt::format(
          fmt::runtime(pick("S-bocht, {}: 0,5 bij {}, steilheid {}", "S-curve, {}: 0.5 at {}, slope {}")),
          function.b > 0 ? pick("stijgend", "rising") : pick("dalend", "falling"), at(function.a),
          exact(std::abs(function.b)));
    case ValueKind::cosine:
      return fmt::format(fmt::runtime(pick("vloeiend van 0 bij {} tot 1 bij {}", "smooth from 0 at {} to 1 at {}")),
                         at(function.a), at(function.b));
    case ValueKind::gaussian:
      return fmt::format(
          fmt::runtime(pick("klokvormig: 1 bij {}, 0,61 op {} daarvan", "bell-shaped: 1 at {}, 0.61 at {} from it")),
          at(function.a), at(function.b));
    case ValueKind::exponential:
      return fmt::format(fmt::runtime(pick("1 bij 0, de helft per {}", "1 at 0, halved every {}")), at(function.a));
    case ValueKind::categorical:
      return classes(function);
    case ValueKind::minmax:
      return function.a > 0 ? pick("relatief: 0 bij de kleinste kandidaat, 1 bij de grootste",
                                   "relative: 0 at the smallest candidate, 1 at the largest")
                            : pick("relatief: 1 bij de kleinste kandidaat, 0 bij de grootste",
                                   "relative: 1 at the smallest candidate, 0 at the largest");
  }
  return {};
}

std::string Words::mark(std::string const& mark) const {
  if (mark == "verified") return pick("nagelezen in de bron", "verified in the source");
  if (mark == "unverified") return pick("niet nagelezen in de bron", "not verified in the source");
  if (mark == "judgement") return pick("vakkundig oordeel", "professional judgement");
  if (mark == "own choice") return pick("keuze van deze studie", "choice of this study");
  return mark;
}

std::string Words::grounds(RuleSpec const& rule) const {
  std::vector<std::string> parts{labels_.get("ground", to_string(rule.ground))};
  for (std::string const& text : {rule.reference, rule.date, mark(rule.mark)})
    if (!text.empty()) parts.push_back(text);
  return join(parts, " · ");
}

std::string Words::outcome(Outcome outcome) const { return labels_.get("outcome", to_string(outcome)); }

std::string Words::left_out() const {
  return pick("niet in het resultaat ([output] columns)", "not in the result ([output] columns)");
}

std::string Words::result(ExplainedRule const& rule) const {
  if (!rule.result) return left_out();
  if (rule.result == RuleResult::pass)
    return rule.rule.effect == RuleEffect::cut ? pick("blijft grond over", "land is left")
                                               : pick("niet van toepassing", "does not apply");
  if (rule.result == RuleResult::condition)
    return decides(rule.rule) ? pick("voorwaarde", "condition") : pick("aandachtspunt", "notice");
  return labels_.get("rule_result", to_string(*rule.result));
}

std::string Words::layer_label(std::string const& key) const {
  for (ExplainedLayer const& layer : explanation_.layers)
    if (layer.key == key) return layer.label;
  return key;
}

std::string Words::layer(std::string const& key) const {
  for (ExplainedLayer const& layer : explanation_.layers) {
    if (layer.key != key) continue;
    std::vector<std::string> about;
    for (std::string const& text : {layer.source, layer.date})
      if (!text.empty()) about.push_back(text);
    return layer.label + (about.empty() ? "" : " (" + join(about, ", ") + ")");
  }
  return key;
}

std::string Words::source(ExplainedMeasure const& measure) const {
  if (measure.manual) return manual(measure.key);
  constexpr std::size_t many = 3;  // then the list of sources says which files they are
  std::vector<std::string> parts;
  for (std::string const& key : measure.layers)
    parts.push_back(measure.layers.size() > many ? layer_label(key) : layer(key));
  std::string out = join(parts, "; ");
  if (!measure.classes.empty()) {
    std::string classes = measure.classes;
    std::replace(classes.begin(), classes.end(), '|', '/');
    out += pick("; klassen ", "; classes ") + classes;
  }
  if (!measure.by.empty()) out += pick("; bepaald door ", "; decided by ") + measure.by;
  if (measure.approximate) out += pick("; positie bij benadering", "; position is approximate");
  return out;
}

std::string Words::points(ExplainedCriterion const& criterion) const {
  if (!criterion.shown) return left_out();
  if (criterion.points && criterion.possible)
    return fixed(*criterion.points, 1) + pick(" van ", " of ") + fixed(*criterion.possible, 1);
  if (criterion.value) return left_out();
  double const most = 100 * criterion.weight_share;
  return fixed(most * criterion.value_low, 1) + pick(" tot ", " to ") + fixed(most * criterion.value_high, 1);
}

std::string Words::compared(ExplainedCriterion const& criterion) const {
  if (!criterion.better_than) return {};
  std::string out = pick("Beter dan ", "Better than ") + percent(*criterion.better_than) +
                    pick(" van de kandidaten met een rang", " of the candidates with a rank");
  if (criterion.equal_to.value_or(0) > 0)
    out += pick(", even goed als ", ", as good as ") + percent(*criterion.equal_to);
  return out + ".";
}

std::vector<ExplainedRule> Words::by_weight(ExplainedModel const& model, bool cuts) {
  std::vector<ExplainedRule> out;
  for (ExplainedRule const& one : model.rules)
    if ((one.rule.effect == RuleEffect::cut) == cuts) out.push_back(one);
  auto const place = [](ExplainedRule const& one) {
    if (one.result == RuleResult::fail) return 0;
    if (one.result == RuleResult::unknown) return 1;
    if (one.result == RuleResult::condition) return decides(one.rule) ? 2 : 3;
    return one.cut_share.value_or(0) > 0 ? 4 : 5;
  };
  std::stable_sort(out.begin(), out.end(),
                   [&](ExplainedRule const& a, ExplainedRule const& b) { return place(a) < place(b); });
  return out;
}

std::string Words::taken(ExplainedRule const& rule) const {
  if (!rule.result) return left_out();
  if (rule.cut_share) {
    if (*rule.cut_share == 0) return pick("niets", "nothing");
    return percent(*rule.cut_share, 1) + " (" + hectares(*rule.cut_m2) + ")";
  }
  std::string out = pick("onbekend", "unknown");
  if (rule.cut_low || rule.cut_high)
    out += pick(", tussen ", ", between ") + percent(rule.cut_low.value_or(0), 1) + pick(" en ", " and ") +
           percent(rule.cut_high.value_or(1), 1);
  return out;
}

}  // namespace terrein
