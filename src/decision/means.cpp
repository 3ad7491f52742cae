#include "terrein/decision/means.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "terrein/core/error.hpp"

namespace terrein {

namespace {

struct Extremes {
  double least = std::numeric_limits<double>::infinity(), most = 0, weight = 0;
};

/// Of the values with weight, none below 0.
Extremes extremes(std::span<double const> values, std::span<double const> weights) {
  Extremes out;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (weights[i] == 0) continue;
    double const value = std::max(0.0, values[i]);
    out.least = std::min(out.least, value);
    out.most = std::max(out.most, value);
    out.weight += weights[i];
  }
  return out;
}

/// Σ of share × f(ln(value / pivot)) over the values with weight.
template <class Function>
double sum_of_logs(std::span<double const> values, std::span<double const> weights, double pivot, double weight,
                   Function const& f) {
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (weights[i] != 0) sum += weights[i] / weight * f(std::log(std::max(0.0, values[i]) / pivot));
  return sum;
}

/// Cumulative share → how much of the weight goes to the values so far.
double quantifier(double share, double alpha) {
  if (!(share > 0)) return 0;
  if (share >= 1 || alpha == 0) return 1;
  if (std::isinf(alpha)) return 0;
  return alpha == 1 ? share : std::pow(share, alpha);
}

/// Calls each(r, order weight) for importance weights from the best value to the worst.
template <class Importance, class Each>
void each_order_weight(std::size_t n, Importance const& importance, double alpha, Each const& each) {
  double total = 0, sum = 0, before = 0;
  for (std::size_t r = 0; r < n; ++r) total += importance(r);
  for (std::size_t r = 0; r < n; ++r) {
    sum += importance(r);
    double const now = quantifier(sum / total, alpha);  // added in the same order, the last sum is the total to the bit
    each(r, now - before);
    before = now;
  }
}

void require_two(std::span<double const> order_weights) {
  if (order_weights.size() < 2)
    throw_error(ErrorKind::config, "{} order weight(s) were given; an order needs at least two.", order_weights.size());
}

}  // namespace

double power_mean(std::span<double const> values, std::span<double const> weights, double exponent) {
  Extremes const of = extremes(values, weights);
  if (std::isinf(exponent)) return exponent < 0 ? of.least : of.most;
  if (exponent == 1) {
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += weights[i] * std::max(0.0, values[i]);
    return sum / of.weight;
  }
  double const pivot = exponent > 0 ? of.most : of.least;  // all powers of value / pivot lie within 0 to 1
  if (pivot == 0 || of.least == of.most) return pivot;
  auto const log_power = [exponent](double log) { return exponent * log; };
  if (exponent == 0)
    return std::min(of.most,
                    pivot * std::exp(sum_of_logs(values, weights, pivot, of.weight, [](double x) { return x; })));
  // Near exponent 0 the sum of powers is so near to 1 that only its difference to 1 can be kept exactly.
  bool const near_one = of.least > 0 && std::abs(exponent) * std::log(of.most / of.least) < 1;
  double const log =
      near_one
          ? std::log1p(
                sum_of_logs(values, weights, pivot, of.weight, [&](double x) { return std::expm1(log_power(x)); }))
          : std::log(sum_of_logs(values, weights, pivot, of.weight, [&](double x) { return std::exp(log_power(x)); }));
  return std::clamp(pivot * std::exp(log / exponent), of.least, of.most);
}

double owa(std::span<double const> values, std::span<double const> order_weights) {
  if (values.size() != order_weights.size())
    throw_error(ErrorKind::internal, "{} order weights were given for {} values.", order_weights.size(), values.size());
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  double sum = 0;
  for (std::size_t r = 0; r < sorted.size(); ++r) sum += order_weights[r] * sorted[r];
  return sum;
}

std::vector<double> quantifier_order_weights(std::span<double const> importance, double alpha) {
  std::vector<double> out(importance.size());
  each_order_weight(
      importance.size(), [&](std::size_t r) { return importance[r]; }, alpha,
      [&](std::size_t r, double weight) { out[r] = weight; });
  return out;
}

double quantifier_alpha(double orness) {
  return orness > 0 ? (1 - orness) / orness : std::numeric_limits<double>::infinity();
}

double orness(std::span<double const> order_weights) {
  require_two(order_weights);
  double sum = 0;
  std::size_t const last = order_weights.size() - 1;
  for (std::size_t r = 0; r <= last; ++r) sum += static_cast<double>(last - r) * order_weights[r];
  return sum / static_cast<double>(last);
}

double tradeoff(std::span<double const> order_weights) {
  require_two(order_weights);
  double const n = static_cast<double>(order_weights.size());
  double sum = 0;
  for (double const weight : order_weights) sum += (weight - 1 / n) * (weight - 1 / n);
  return 1 - std::sqrt(n / (n - 1) * sum);
}

double dispersion(std::span<double const> order_weights) {
  require_two(order_weights);
  double sum = 0;
  for (double const weight : order_weights) sum += weight > 0 ? weight * std::log(weight) : 0;
  return -sum;
}

double QuantifierMean::operator()(std::span<double const> values, std::span<double const> importance) {
  sorted_.clear();
  for (std::size_t i = 0; i < values.size(); ++i)
    if (importance[i] > 0) sorted_.push_back({values[i], importance[i]});
  std::stable_sort(sorted_.begin(), sorted_.end(),
                   [](Weighted const& a, Weighted const& b) { return a.value > b.value; });
  double sum = 0;
  each_order_weight(
      sorted_.size(), [&](std::size_t r) { return sorted_[r].importance; }, alpha_,
      [&](std::size_t r, double weight) { sum += weight * sorted_[r].value; });
  return sorted_.empty() ? 0 : std::clamp(sum, sorted_.back().value, sorted_.front().value);
}

}  // namespace terrein
