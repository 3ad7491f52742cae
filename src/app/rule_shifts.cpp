#include "rule_shifts.hpp"

#include <algorithm>

#include "terrein/core/error.hpp"

namespace terrein {
namespace {

/// The rule of a model with this key; else the one that [models.<key>.effects] named after both, or named so before.
RuleView const* find(ModelView const& model, std::string const& key) {
  std::string const suffix = "_" + model.key;
  std::string const other = key.ends_with(suffix) ? key.substr(0, key.size() - suffix.size()) : key + suffix;
  for (std::string const& name : {key, other})
    for (RuleView const& one : model.rules)
      if (one.rule.key == name) return &one;
  return nullptr;
}

bool same_definition(RuleView const& a, RuleView const& b) {
  return a.rule.criterion == b.rule.criterion && a.rule.of_site == b.rule.of_site && a.layer == b.layer &&
         a.classes == b.classes && a.buffer_m == b.buffer_m;
}

/// What a rule says of the measure of the other result; nothing where it cannot be asked.
std::vector<RuleResult> results_on(RuleSpec const& rule, Measure const& measure) {
  try {
    return apply_rule(rule, measure).result;
  } catch (Error const& error) {
    if (error.kind() != ErrorKind::config) throw;
    return {};  // numbers in one result, classes in the other
  }
}

}  // namespace

RuleShifts::RuleShifts(ResultView const& before, ResultView const& after) {
  auto const add = [this](RuleView const* old, RuleView const* now) {
    Pair& pair = pairs_.emplace_back();
    pair.before = old;
    pair.after = now;
  };
  for (RuleView const& one : after.model.rules) add(find(before.model, one.rule.key), &one);
  for (RuleView const& one : before.model.rules)
    if (find(after.model, one.rule.key) == nullptr) add(&one, nullptr);
  for (Pair& one : pairs_) {
    if (one.before == nullptr || one.after == nullptr) {
      one.reason = one.before == nullptr ? RuleReason::added : RuleReason::removed;
      continue;
    }
    RuleSpec const &old = one.before->rule, &now = one.after->rule;
    if (!same_definition(*one.before, *one.after)) {
      one.reason = RuleReason::definition;
    } else if (old.effect != now.effect) {
      one.reason = RuleReason::effect;
    } else if (old.effect != RuleEffect::cut && to_text(old.test) != to_text(now.test)) {
      one.reason = RuleReason::test;
      one.new_measure = results_on(old, after.measure_of(old.criterion));
      one.new_test = results_on(now, before.measure_of(old.criterion));
    }
  }
}

std::vector<NamedKey> RuleShifts::names() const {
  std::vector<NamedKey> out;
  for (Pair const& one : pairs_) {
    RuleView const& view = one.after == nullptr ? *one.before : *one.after;
    out.push_back({view.rule.key, view.label});
  }
  return out;
}

std::vector<RuleShift> RuleShifts::of(MatchedRows const& pair) const {
  std::vector<RuleShift> out;
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    Pair const& one = pairs_[i];
    RuleShift shift{i, std::nullopt, std::nullopt, one.reason};
    if (one.before != nullptr) shift.before = one.before->result[pair.before];
    if (one.after != nullptr) shift.after = one.after->result[pair.after];
    RuleResult const old = shift.before.value_or(RuleResult::pass), now = shift.after.value_or(RuleResult::pass);
    if (old == now) continue;
    if (one.reason == RuleReason::test && !one.new_measure.empty() && !one.new_test.empty())
      shift.reason = rule_reason(old, now, one.new_measure[pair.after], one.new_test[pair.before]);
    out.push_back(shift);
  }
  return out;
}

}  // namespace terrein
