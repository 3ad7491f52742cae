#include "terrein/decision/ideal_point.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein {

namespace {

void require_criteria(Alternatives const& alternatives, std::size_t criteria, std::size_t weights) {
  if (weights != criteria)
    throw_error(ErrorKind::internal, "{} weights were given for {} criteria.", weights, criteria);
  for (auto const& row : alternatives)
    if (row.size() != criteria)
      throw_error(ErrorKind::internal, "An alternative has {} numbers for {} criteria.", row.size(), criteria);
}

/// How long the scale of a criterion is after normalisation: the distance from its worst to its best.
double length_of(Alternatives const& normalised, std::size_t criterion) {
  double least = normalised.front()[criterion], most = least;
  for (auto const& row : normalised) {
    least = std::min(least, row[criterion]);
    most = std::max(most, row[criterion]);
  }
  return most - least;
}

double range_term(double value, double best, double worst) {
  if (worst > best) return (value - best) / (worst - best);
  return value > best + tie_tolerance ? 1 : 0;
}

Regret corner(std::vector<Regret> const& all, bool worst) {
  Regret out = all.front();
  for (Regret const& one : all) {
    out.group = worst ? std::max(out.group, one.group) : std::min(out.group, one.group);
    out.individual = worst ? std::max(out.individual, one.individual) : std::min(out.individual, one.individual);
  }
  return out;
}

/// Fills in the compromise set and the two conditions it rests on.
void find_compromise(Vikor& out) {
  std::size_t const rows = out.q.size();
  std::vector<std::size_t> order(rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return out.q[a] < out.q[b]; });
  std::size_t const first = order.front();
  auto const is_least = [first](std::vector<double> const& column) {
    return column[first] <= *std::min_element(column.begin(), column.end()) + tie_tolerance;
  };
  out.compromise = {first};
  if (rows == 1) return;
  double const step = 1 / static_cast<double>(rows - 1);
  auto const behind = [&](std::size_t row) { return out.q[row] - out.q[first]; };
  out.advantage = behind(order[1]) >= step - tie_tolerance;
  out.stability = is_least(out.s) || is_least(out.r);
  if (out.advantage && !out.stability) out.compromise.push_back(order[1]);
  if (!out.advantage)
    for (std::size_t i = 1; i < rows && behind(order[i]) < step - tie_tolerance; ++i)
      out.compromise.push_back(order[i]);
  std::sort(out.compromise.begin(), out.compromise.end());
}

}  // namespace

double closeness(std::span<double const> positions, std::span<double const> weights) {
  double above = 0, below = 0;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    double const gained = weights[i] * positions[i], lacking = weights[i] * (1 - positions[i]);
    above += gained * gained;
    below += lacking * lacking;
  }
  double const to_worst = std::sqrt(above), to_best = std::sqrt(below);
  return to_worst + to_best > 0 ? to_worst / (to_worst + to_best) : 1;
}

Regret regret(std::span<double const> positions, std::span<double const> weights) {
  Regret out;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    double const term = weights[i] * (1 - positions[i]);
    out.group += term;
    out.individual = std::max(out.individual, term);
  }
  return out;
}

double vikor_index(Regret const& of, Regret const& best, Regret const& worst, double v) {
  return v * range_term(of.group, best.group, worst.group) +
         (1 - v) * range_term(of.individual, best.individual, worst.individual);
}

std::vector<double> topsis(Alternatives const& alternatives, std::vector<Objective> const& objectives,
                           std::vector<double> const& weights, Normalisation normalisation) {
  require_criteria(alternatives, objectives.size(), weights.size());
  if (alternatives.empty()) return {};
  auto const normalised = normalise(alternatives, objectives, normalisation);
  std::vector<double> lengths;
  for (std::size_t i = 0; i < weights.size(); ++i) lengths.push_back(weights[i] * length_of(normalised.values, i));
  std::vector<Objective> const higher_better(weights.size(), Objective::benefit);
  auto const positions = normalise(normalised.values, higher_better, Normalisation::minmax);
  std::vector<double> out;
  for (auto const& row : positions.values) out.push_back(closeness(row, lengths));
  return out;
}

Vikor vikor(Alternatives const& alternatives, std::vector<Objective> const& objectives,
            std::vector<double> const& weights, double v) {
  require_criteria(alternatives, objectives.size(), weights.size());
  if (!(v >= 0 && v <= 1)) throw_error(ErrorKind::config, "v is '{}'; it must lie from 0 to 1.", shortest(v));
  Vikor out;
  if (alternatives.empty()) return out;
  auto const shares = normalised_weights(weights, "vikor");
  auto const positions = normalise(alternatives, objectives, Normalisation::minmax);
  out.constant = positions.constant;
  std::vector<Regret> regrets;
  for (auto const& row : positions.values) regrets.push_back(regret(row, shares));
  Regret const best = corner(regrets, false), worst = corner(regrets, true);
  for (Regret const& one : regrets) {
    out.s.push_back(one.group);
    out.r.push_back(one.individual);
    out.q.push_back(vikor_index(one, best, worst, v));
  }
  find_compromise(out);
  return out;
}

std::vector<double> spotis(Alternatives const& alternatives, std::vector<Goalpost> const& goalposts,
                           std::vector<double> const& weights) {
  require_criteria(alternatives, goalposts.size(), weights.size());
  for (Goalpost const& one : goalposts)
    if (!(one.low < one.high && one.low <= one.target && one.target <= one.high))
      throw_error(ErrorKind::config, "A target of '{}' between '{}' and '{}' is none; write low < high around it.",
                  shortest(one.target), shortest(one.low), shortest(one.high));
  auto const shares = normalised_weights(weights, "spotis");
  std::vector<double> out;
  for (auto const& row : alternatives) {
    double sum = 0;
    for (std::size_t i = 0; i < row.size(); ++i)
      sum += shares[i] * std::abs(row[i] - goalposts[i].target) / (goalposts[i].high - goalposts[i].low);
    out.push_back(sum);
  }
  return out;
}

}  // namespace terrein
