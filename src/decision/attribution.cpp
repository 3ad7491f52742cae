#include "terrein/decision/attribution.hpp"

#include <bit>
#include <cmath>

#include "terrein/core/error.hpp"

namespace terrein {
namespace {

constexpr double rounding = 1e-12;  ///< points up to this come of rounding alone

constexpr std::size_t bit(Cause cause) { return std::size_t{1} << static_cast<std::size_t>(cause); }
constexpr std::size_t side(std::size_t after, Cause cause) { return (after & bit(cause)) != 0 ? 1 : 0; }

/// Share of all orders of `players` in which exactly the `before` others come first: |S|! (n - |S| - 1)! / n!.
double order_share(std::size_t before, std::size_t players) {
  double out = 1.0 / static_cast<double>(players);
  for (std::size_t i = 1; i <= before; ++i) out *= static_cast<double>(i) / static_cast<double>(players - i);
  return out;
}

double sum_of_common(std::vector<WeightPair> const& weights, std::optional<double> WeightPair::*side) {
  double out = 0;
  for (WeightPair const& one : weights)
    if (one.before && one.after) out += *(one.*side);
  return out;
}

double sum_of_all(std::vector<WeightPair> const& weights, std::optional<double> WeightPair::*side) {
  double out = 0;
  for (WeightPair const& one : weights) out += (one.*side).value_or(0);
  return out;
}

}  // namespace

std::string_view to_string(Cause cause) {
  constexpr std::array<std::string_view, cause_count> words{"measure", "known", "value_function", "weight", "criteria"};
  return words[static_cast<std::size_t>(cause)];
}

/// Weights count relative to those of the criteria that both models have, so that a criterion that joins does not look
/// like a change of all the others, nor does another scale.
ScoreAttribution::ScoreAttribution(std::vector<WeightPair> weights) : weights_(std::move(weights)) {
  double unit[2] = {sum_of_common(weights_, &WeightPair::before), sum_of_common(weights_, &WeightPair::after)};
  double const all[2] = {sum_of_all(weights_, &WeightPair::before), sum_of_all(weights_, &WeightPair::after)};
  if (!(all[0] > 0) || !(all[1] > 0)) throw_error(ErrorKind::internal, "The weights of a score sum to zero.");
  if (!(unit[0] > 0) || !(unit[1] > 0)) std::copy(std::begin(all), std::end(all), std::begin(unit));
  for (WeightPair const& one : weights_) {
    bool const common = one.before && one.after;
    double const before = one.before.value_or(0) / unit[0], after = one.after.value_or(0) / unit[1];
    for (std::size_t const criteria : {std::size_t{0}, std::size_t{1}})
      for (std::size_t const weight : {std::size_t{0}, std::size_t{1}})
        weight_[criteria][weight].push_back(common ? (weight == 0 ? before : after) : criteria == 0 ? before : after);
    if (common)
      weights_differ_ |= *one.before != *one.after;
    else
      criteria_differ_ = true;
  }
}

ScoreAttribution::Facts ScoreAttribution::facts_of(std::size_t criterion, ValuePair const& pair) const {
  WeightPair const& weight = weights_[criterion];
  std::optional<double> const before = weight.before ? pair.before : std::nullopt;
  std::optional<double> const after = weight.after ? pair.after : std::nullopt;
  Facts out;
  if (before && after) {
    auto const &new_function = pair.old_measure_new_function, &new_measure = pair.new_measure_old_function;
    double const sum = *before + *after;
    out.value[0][0] = *before;
    out.value[1][1] = *after;
    out.value[0][1] = new_function ? *new_function : new_measure ? sum - *new_measure : sum / 2;
    out.value[1][0] = new_measure ? *new_measure : new_function ? sum - *new_function : sum / 2;
    out.known[0] = out.known[1] = true;
    return out;
  }
  if (!before && !after) return out;
  // One measure alone has a value, so it is the one that counts in every state; the function may change still.
  bool const common = weight.before && weight.after;
  double const old_function = before ? *before : pair.new_measure_old_function.value_or(*after);
  double const new_function = before ? pair.old_measure_new_function.value_or(*before) : *after;
  for (auto& of_measure : out.value) {
    of_measure[0] = common || before ? old_function : new_function;
    of_measure[1] = common || after ? new_function : old_function;
  }
  // A criterion of one model only is as known as there, whichever state the others are in.
  out.known[0] = before || !common;
  out.known[1] = after || !common;
  return out;
}

std::size_t ScoreAttribution::active_causes() const {
  std::size_t out = (weights_differ_ ? bit(Cause::weight) : 0) | (criteria_differ_ ? bit(Cause::criteria) : 0);
  for (Facts const& one : facts_) {
    auto const& v = one.value;
    if (v[0][0] != v[1][0] || v[0][1] != v[1][1]) out |= bit(Cause::measure);
    if (v[0][0] != v[0][1] || v[1][0] != v[1][1]) out |= bit(Cause::value_function);
    if (one.known[0] != one.known[1]) out |= bit(Cause::known);
  }
  return out;
}

ScoreAttribution::World const& ScoreAttribution::world(std::size_t after) {
  World& out = world_[after];
  if (out.made) return out;
  out.made = true;
  auto const& weight = weight_[side(after, Cause::criteria)][side(after, Cause::weight)];
  std::size_t const count = weights_.size();
  out.share.assign(count, 0);
  out.value.assign(count, 0);
  double known = 0;
  for (std::size_t i = 0; i < count; ++i) {
    out.value[i] = facts_[i].value[side(after, Cause::measure)][side(after, Cause::value_function)];
    if (facts_[i].known[side(after, Cause::known)]) known += out.share[i] = weight[i];
  }
  out.score = 0;
  out.alive = known > 0;
  if (!out.alive) return out;
  for (std::size_t i = 0; i < count; ++i) {
    out.share[i] /= known;
    out.score += out.share[i] * out.value[i];
  }
  return out;
}

bool ScoreAttribution::is_touched(Cause cause, std::size_t criterion) const {
  WeightPair const& weight = weights_[criterion];
  bool const common = weight.before && weight.after;
  if (cause == Cause::criteria) return !common;
  if (cause == Cause::weight) return !common || *weight.before != *weight.after;
  return facts_[criterion].known[0] != facts_[criterion].known[1];
}

void ScoreAttribution::add_shift(Cause cause, World const& from, World const& to, double coefficient,
                                 std::vector<PointsByCause>& out) {
  double share = 0, sum = 0;
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    if (is_touched(cause, i)) continue;
    share += from.share[i];
    sum += from.share[i] * from.value[i];
  }
  double const reference = share > 0 ? sum / share : (from.score + to.score) / 2;
  for (std::size_t i = 0; i < weights_.size(); ++i)
    if (is_touched(cause, i))
      out[i][static_cast<std::size_t>(cause)] +=
          coefficient * (to.share[i] - from.share[i]) * (from.value[i] - reference);
}

/// A state in which nothing is known counts as the mean of before and after, by criterion.
void ScoreAttribution::add_step(Cause cause, std::size_t from, double coefficient, std::vector<PointsByCause>& out) {
  World const &old = world(from), &now = world(from | bit(cause));
  bool const values = cause == Cause::measure || cause == Cause::value_function;
  if (old.alive && now.alive && !values) return add_shift(cause, old, now, coefficient, out);
  auto const part = [&](World const& of, std::size_t i) {
    auto const own = [i](World const& one) { return one.share[i] * one.value[i]; };
    return of.alive ? own(of) : (own(world_[0]) + own(world_[worlds - 1])) / 2;
  };
  for (std::size_t i = 0; i < weights_.size(); ++i)
    out[i][static_cast<std::size_t>(cause)] += coefficient * (part(now, i) - part(old, i));
}

std::vector<CriterionPoints> ScoreAttribution::explain(std::vector<ValuePair> const& values) {
  if (values.size() != weights_.size())
    throw_error(ErrorKind::internal, "{} values were given for {} criteria.", values.size(), weights_.size());
  facts_.clear();
  for (std::size_t i = 0; i < values.size(); ++i) facts_.push_back(facts_of(i, values[i]));
  for (World& one : world_) one.made = false;
  std::vector<CriterionPoints> out;
  if (!world(0).alive || !world(worlds - 1).alive) return out;
  std::size_t const active = active_causes(), players = static_cast<std::size_t>(std::popcount(active));
  std::vector<PointsByCause> points(values.size(), PointsByCause{});
  for (Cause const cause : all_causes) {
    if ((active & bit(cause)) == 0) continue;
    std::size_t const others = active & ~bit(cause);
    // All subsets of the others, the empty one last.
    for (std::size_t subset = others;; subset = (subset - 1) & others) {
      add_step(cause, subset, order_share(static_cast<std::size_t>(std::popcount(subset)), players), points);
      if (subset == 0) break;
    }
  }
  for (std::size_t i = 0; i < points.size(); ++i)
    for (Cause const cause : all_causes)
      if (double const one = 100 * points[i][static_cast<std::size_t>(cause)]; std::abs(one) > rounding)
        out.push_back({i, cause, one});
  return out;
}

std::string_view to_string(RuleReason reason) {
  constexpr std::array<std::string_view, 7> words{"measure",    "test",  "measure_and_test", "effect",
                                                  "definition", "added", "removed"};
  return words[static_cast<std::size_t>(reason)];
}

RuleReason rule_reason(RuleResult before, RuleResult after, RuleResult new_measure, RuleResult new_test) {
  bool const by_measure = new_measure == after && new_test == before;
  bool const by_test = new_test == after && new_measure == before;
  return by_measure ? RuleReason::measure : by_test ? RuleReason::test : RuleReason::measure_and_test;
}

}  // namespace terrein
