#include "terrein/decision/rules.hpp"

#include <algorithm>
#include <cmath>

#include "decision/bounds.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

namespace {

bool is_of_classes(RuleTest const& test) { return test.op == RuleTest::Op::in || test.op == RuleTest::Op::not_in; }

bool holds(RuleTest const& test, double x) {
  switch (test.op) {
    case RuleTest::Op::greater:
      return x > test.threshold;
    case RuleTest::Op::at_least:
      return x >= test.threshold;
    case RuleTest::Op::less:
      return x < test.threshold;
    case RuleTest::Op::at_most:
      return x <= test.threshold;
    case RuleTest::Op::in:
    case RuleTest::Op::not_in:
      break;
  }
  return false;
}

double margin_of(RuleTest const& test, double x) {
  bool const applies_above = test.op == RuleTest::Op::greater || test.op == RuleTest::Op::at_least;
  return applies_above ? test.threshold - x : x - test.threshold;
}

/// What a rule gives where its test holds.
RuleResult result_where_applies(RuleSpec const& rule) {
  return decides(rule) && rule.effect != RuleEffect::condition ? RuleResult::fail : RuleResult::condition;
}

/// The tests are one-sided, so what holds at both bounds holds between them.
RuleOutcome apply_to_numbers(RuleSpec const& rule, Measure const& measure) {
  RuleResult const applies = result_where_applies(rule);
  RuleOutcome out{std::vector<RuleResult>(measure.size()), Column<double>("m_" + rule.key, measure.size())};
  for (std::size_t row = 0; row < measure.size(); ++row) {
    Bounds const bounds = bounds_of(measure, row);
    bool const at_low = holds(rule.test, bounds.low), at_high = holds(rule.test, bounds.high);
    out.result[row] = at_low != at_high ? RuleResult::unknown : at_low ? applies : RuleResult::pass;
    if (!measure.value.is_known(row)) continue;
    double const margin = margin_of(rule.test, measure.value.values[row]);
    if (std::isfinite(margin)) out.margin.set(row, margin);
  }
  return out;
}

RuleOutcome apply_to_classes(RuleSpec const& rule, Measure const& measure) {
  std::vector<RuleResult> of_word;
  auto const& classes = rule.test.classes;
  for (std::string const& word : measure.text.words()) {
    auto const own = measure.separator == '\0' ? std::vector<std::string>{word} : split(word, measure.separator);
    bool const named = std::any_of(own.begin(), own.end(), [&classes](std::string const& one) {
      return std::find(classes.begin(), classes.end(), one) != classes.end();
    });
    bool const partly_unknown = measure.separator != '\0' && std::find(own.begin(), own.end(), "") != own.end();
    if (!named && partly_unknown)
      of_word.push_back(RuleResult::unknown);
    else
      of_word.push_back(named == (rule.test.op == RuleTest::Op::in) ? result_where_applies(rule) : RuleResult::pass);
  }
  RuleOutcome out{std::vector<RuleResult>(measure.size()), Column<double>("m_" + rule.key, measure.size())};
  for (std::size_t row = 0; row < measure.size(); ++row)
    out.result[row] = measure.text.is_known(row) ? of_word[measure.text.code(row)] : RuleResult::unknown;
  return out;
}

/// Folds the result of one more rule into the outcome of a candidate. What is worse stays: fails, unknown by an
/// exclusion, conditional, unknown by a condition, passes.
struct Standing {
  bool fails = false, unknown_exclusion = false, conditional = false, unknown_condition = false;

  void add(RuleEffect effect, RuleResult result) {
    bool const is_condition = effect == RuleEffect::condition;
    fails |= result == RuleResult::fail;
    conditional |= result == RuleResult::condition;
    (is_condition ? unknown_condition : unknown_exclusion) |= result == RuleResult::unknown;
  }
  [[nodiscard]] Outcome outcome() const {
    if (fails) return Outcome::fails;
    if (unknown_exclusion) return Outcome::unknown;
    if (conditional) return Outcome::conditional;
    return unknown_condition ? Outcome::unknown : Outcome::passes;
  }
};

}  // namespace

bool decides(RuleSpec const& rule) { return !rule.of_site && rule.effect != RuleEffect::inform; }

RuleOutcome apply_rule(RuleSpec const& rule, Measure const& measure) {
  bool const of_classes = is_of_classes(rule.test);
  if (measure.is_class && !of_classes) {
    throw_error(
        ErrorKind::config,
        "The rule '{}' tests '{}' against a number, but the criterion '{}' gives classes; use 'in' or 'not in'.",
        rule.key, to_text(rule.test), measure.key);
  }
  if (!measure.is_class && of_classes) {
    throw_error(ErrorKind::config,
                "The rule '{}' tests '{}', but the criterion '{}' gives numbers; use >, >=, < or <= with a number.",
                rule.key, to_text(rule.test), measure.key);
  }
  return of_classes ? apply_to_classes(rule, measure) : apply_to_numbers(rule, measure);
}

std::vector<Outcome> outcomes(std::vector<RuleSpec> const& rules, std::vector<RuleOutcome const*> const& results,
                              std::size_t rows) {
  if (rules.size() != results.size()) throw_error(ErrorKind::internal, "Every rule of a model needs one result.");
  std::vector<Standing> standing(rows);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (results[i]->result.size() != rows) {
      throw_error(ErrorKind::internal, "The rule '{}' has results for {} rows of {}.", rules[i].key,
                  results[i]->result.size(), rows);
    }
    if (!decides(rules[i])) continue;
    for (std::size_t row = 0; row < rows; ++row) standing[row].add(rules[i].effect, results[i]->result[row]);
  }
  std::vector<Outcome> out(rows);
  std::transform(standing.begin(), standing.end(), out.begin(), [](Standing const& s) { return s.outcome(); });
  return out;
}

}  // namespace terrein
