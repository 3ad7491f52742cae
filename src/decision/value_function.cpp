#include "terrein/decision/value_function.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

namespace {

using Point = std::pair<double, double>;

/// Place of x between two ends; halved first where their distance would overflow.
double share_of(double x, double from, double to) {
  double const range = to - from;
  return std::isfinite(range) ? (x - from) / range : (x / 2 - from / 2) / (to / 2 - from / 2);
}

double on_line(double x, Point const& from, Point const& to) {
  if (from.second == to.second) return from.second;  // also at infinity, where 0 times it would be NaN
  return from.second + share_of(x, from.first, to.first) * (to.second - from.second);
}

[[noreturn]] void throw_outside(double x, std::vector<Point> const& points) {
  throw_error(ErrorKind::config,
              "The number '{}' lies outside the points {} to {} of its value function; add points, or choose 'clip' or "
              "'extrapolate'.",
              shortest(x), shortest(points.front().first), shortest(points.back().first));
}

double beyond(double x, std::vector<Point> const& points, Outside outside) {
  bool const before = x < points.front().first;
  switch (outside) {
    case Outside::clip:
      return before ? points.front().second : points.back().second;
    case Outside::extrapolate:
      return before ? on_line(x, points[0], points[1]) : on_line(x, points[points.size() - 2], points.back());
    case Outside::error:
      throw_outside(x, points);
  }
  return 0;
}

double piecewise(double x, std::vector<Point> const& points, Outside outside) {
  if (x < points.front().first || x > points.back().first) return beyond(x, points, outside);
  auto const to = std::upper_bound(points.begin(), points.end(), x,
                                   [](double wanted, Point const& point) { return wanted < point.first; });
  if (to == points.end()) return points.back().second;
  Point const& from = *std::prev(to);
  // Rounding must not carry a value past the end of its line, or a better measure could get a lower value.
  auto const [low, high] = std::minmax(from.second, to->second);
  return std::clamp(on_line(x, from, *to), low, high);
}

/// The exponent is never positive, so that nothing overflows.
double sigmoid(double z) {
  double const e = std::exp(-std::abs(z));
  return z < 0 ? e / (1 + e) : 1 / (1 + e);
}

double cosine(double x, double lo, double hi) {
  double const root = std::sin(std::numbers::pi / 2 * std::clamp(share_of(x, lo, hi), 0.0, 1.0));
  return root * root;
}

double gaussian(double x, double optimum, double sigma) {
  double const z = (x - optimum) / sigma;
  return std::exp(-0.5 * z * z);
}

ValueRange piecewise_over(double low, double high, std::vector<Point> const& points, Outside outside) {
  if (outside == Outside::error) {  // what lies outside is declared impossible, so only the part inside remains
    if (low > points.back().first) throw_outside(low, points);
    if (high < points.front().first) throw_outside(high, points);
    low = std::max(low, points.front().first);
    high = std::min(high, points.back().first);
  }
  auto [least, most] = std::minmax({piecewise(low, points, outside), piecewise(high, points, outside)});
  for (auto const& [x, value] : points) {
    if (x <= low || x >= high) continue;
    least = std::min(least, value);
    most = std::max(most, value);
  }
  return {least, most};
}

}  // namespace

double ValueFunction::operator()(double x) const {
  switch (kind) {
    case ValueKind::piecewise:
      return piecewise(x, points, outside);
    case ValueKind::sigmoid:
      return sigmoid(b * (x - a));
    case ValueKind::cosine:
      return cosine(x, a, b);
    case ValueKind::gaussian:
      return gaussian(x, a, b);
    case ValueKind::exponential:
      return x <= 0 ? 1 : std::exp2(-x / a);
    case ValueKind::categorical:
    case ValueKind::minmax:
      break;
  }
  throw_error(ErrorKind::internal, "A {} value function has no value for a single number.", to_string(kind));
}

ValueRange ValueFunction::over(double low, double high) const {
  if (low == high) {
    double const value = (*this)(low);
    return {value, value};
  }
  if (kind == ValueKind::piecewise) return piecewise_over(low, high, points, outside);
  auto [least, most] = std::minmax({(*this)(low), (*this)(high)});
  if (kind == ValueKind::gaussian && low <= a && a <= high) most = 1;
  return {least, most};  // the other kinds rise or fall throughout
}

}  // namespace terrein
