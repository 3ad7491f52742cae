#include "terrein/decision/reach_value.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace terrein {
namespace {

constexpr double endless = std::numeric_limits<double>::infinity();

/// Numbers that are all worth enough, or one end of which is within rounding.
struct Stretch {
  double begin, end;
};

/// Where a line is worth `value` or more; nothing where it is not.
std::optional<Stretch> on_line(std::pair<double, double> const& a, std::pair<double, double> const& b, double value) {
  bool const first = a.second >= value, second = b.second >= value;
  if (first && second) return Stretch{a.first, b.first};
  if (!first && !second) return std::nullopt;
  double const along = (value - a.second) / (b.second - a.second);
  double const at = a.first + along * (b.first - a.first);
  return first ? Stretch{a.first, at} : Stretch{at, b.first};
}

std::vector<Stretch> of_piecewise(ValueFunction const& f, double value) {
  std::vector<Stretch> out;
  auto const& points = f.points;
  for (std::size_t i = 1; i < points.size(); ++i)
    if (auto const part = on_line(points[i - 1], points[i], value)) out.push_back(*part);
  if (f.outside == Outside::clip) {
    if (points.front().second >= value) out.push_back({-endless, points.front().first});
    if (points.back().second >= value) out.push_back({points.back().first, endless});
  } else if (f.outside == Outside::extrapolate) {
    auto const slope = [&](std::size_t i) {
      return (points[i].second - points[i - 1].second) / (points[i].first - points[i - 1].first);
    };
    double const before = slope(1), after = slope(points.size() - 1);
    auto const at = [value](std::pair<double, double> const& point, double rise) {
      return point.first + (value - point.second) / rise;
    };
    bool const first = points.front().second >= value, last = points.back().second >= value;
    if (before < 0 || (before == 0 && first))
      out.push_back({-endless, first ? points.front().first : at(points.front(), before)});
    else if (before > 0 && first)
      out.push_back({at(points.front(), before), points.front().first});
    if (after > 0 || (after == 0 && last))
      out.push_back({last ? points.back().first : at(points.back(), after), endless});
    else if (after < 0 && last)
      out.push_back({points.back().first, at(points.back(), after)});
  }
  return out;
}

/// From `at` on, the way the function rises.
Stretch rising(double at, bool upwards) { return upwards ? Stretch{at, endless} : Stretch{-endless, at}; }

std::vector<Stretch> stretches(ValueFunction const& f, double value) {
  if (f.kind == ValueKind::piecewise) return of_piecewise(f, value);
  if (f.kind == ValueKind::categorical || f.kind == ValueKind::minmax) return {};
  if (value <= 0) return {{-endless, endless}};
  if (value > 1) return {};
  switch (f.kind) {
    case ValueKind::sigmoid:
      if (f.b == 0) return value <= 0.5 ? std::vector<Stretch>{{-endless, endless}} : std::vector<Stretch>{};
      if (value == 1) return {};  // it comes near and never gets there
      return {rising(f.a + std::log(value / (1 - value)) / f.b, f.b > 0)};
    case ValueKind::cosine:
      return {rising(f.a + (f.b - f.a) * 2 / std::numbers::pi * std::asin(std::sqrt(value)), f.b > f.a)};
    case ValueKind::exponential:
      return {rising(-f.a * std::log2(value), false)};
    case ValueKind::gaussian: {
      double const reach = f.b * std::sqrt(-2 * std::log(value));
      return {{f.a - reach, f.a + reach}};
    }
    default:
      return {};
  }
}

/// Moves an end of a stretch inwards until the function agrees: by rounding errors, never far.
std::optional<double> mended(ValueFunction const& f, double x, Stretch const& within, double value) {
  double const towards = x - within.begin < within.end - x ? within.end : within.begin;
  double step = std::max(std::abs(x), 1e-300) * 0x1p-52;
  for (int tries = 0; tries < 24; ++tries, step *= 2) {
    if (f(x) >= value) return x;
    x = towards > x ? std::min(x + step, towards) : std::max(x - step, towards);
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> nearest_with_value(ValueFunction const& function, double from, double value) {
  if (function.kind == ValueKind::categorical || function.kind == ValueKind::minmax) return std::nullopt;
  std::optional<double> out;
  for (Stretch const& one : stretches(function, value)) {
    auto const x =
        mended(function, std::clamp(from, std::min(one.begin, one.end), std::max(one.begin, one.end)), one, value);
    if (x && (!out || std::abs(*x - from) < std::abs(*out - from) ||
              (std::abs(*x - from) == std::abs(*out - from) && *x < *out)))
      out = x;
  }
  return out;
}

}  // namespace terrein
