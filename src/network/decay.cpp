#include "terrein/network/decay.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();
constexpr std::array kinds{DecayKind::binary,        DecayKind::linear,  DecayKind::exponential, DecayKind::gaussian,
                           DecayKind::inverse_power, DecayKind::stepped, DecayKind::logistic};

double number_in(std::string_view text, std::string_view entry) {
  if (auto const number = parse_number(trim(text))) return *number;
  throw_error(ErrorKind::config, "'{}' in '{}' is not a number; write a finite number with a point, such as 0.5.",
              trim(text), trim(entry));
}

/// The two sides of an entry.
std::pair<std::string_view, std::string_view> sides(std::string_view entry, char separator, std::string_view example) {
  auto const at = entry.find(separator);
  if (at == std::string_view::npos || trim(entry.substr(0, at)).empty())
    throw_error(ErrorKind::config, "'{}' is not an entry of a decay; write entries like '{}', parted by '|'.",
                trim(entry), example);
  return {trim(entry.substr(0, at)), trim(entry.substr(at + 1))};
}

/// Reads "name=number|…", every name once and every number above 0.
std::array<double, 2> parameters(std::string_view text, std::vector<std::string> const& names) {
  std::array<std::optional<double>, 2> found;
  for (std::string const& entry : split(text, '|')) {
    auto const [name, number] = sides(entry, '=', names.front() + "=10");
    auto const at = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    if (at == names.size())
      throw_error(ErrorKind::config, "'{}' in '{}' is not a parameter of this decay.{}", name, text,
                  suggestion(name, names));
    if (found[at]) throw_error(ErrorKind::config, "'{}' is given twice in '{}'; give it once.", name, text);
    found[at] = number_in(number, entry);
    if (!(*found[at] > 0))
      throw_error(ErrorKind::config, "{} is '{}' in '{}'; it must be greater than 0.", name, number, text);
  }
  for (std::size_t i = 0; i < names.size(); ++i)
    if (!found[i])
      throw_error(ErrorKind::config, "'{}' is absent from '{}'; this decay needs {}.", names[i], text,
                  join(names, " and "));
  return {*found[0], found[1].value_or(0)};
}

std::vector<std::pair<double, double>> steps_in(std::string_view text) {
  std::vector<std::pair<double, double>> out;
  for (std::string const& entry : split(text, '|')) {
    auto const [left, right] = sides(entry, ':', "600:0.5");
    double const cost = number_in(left, entry), value = number_in(right, entry);
    if (cost < 0 || (!out.empty() && cost <= out.back().first))
      throw_error(ErrorKind::config, "The steps in '{}' do not ascend at '{}'; each must exceed the one before.", text,
                  trim(entry));
    if (value < 0 || value > (out.empty() ? 1 : out.back().second))
      throw_error(ErrorKind::config,
                  "The value at '{}' in '{}' must lie between 0 and the value before it, which is 1 at first.",
                  trim(entry), text);
    out.emplace_back(cost, value);
  }
  if (out.empty()) throw_error(ErrorKind::config, "A stepped decay has no step; write steps like '600:0.5|1200:0'.");
  return out;
}

std::vector<std::string> parameter_names(DecayKind kind) {
  switch (kind) {
    case DecayKind::binary:
    case DecayKind::linear:
      return {"limit"};
    case DecayKind::exponential:
    case DecayKind::inverse_power:
      return {"beta"};
    case DecayKind::gaussian:
      return {"sigma"};
    case DecayKind::logistic:
      return {"mean", "sd"};
    case DecayKind::stepped:
      break;
  }
  return {};
}

double step_value(std::vector<std::pair<double, double>> const& steps, double cost) {
  double value = 1;
  for (auto const& [from, then] : steps)
    if (cost >= from) value = then;
  return value;
}

}  // namespace

double Decay::operator()(double cost) const {
  double const c = cost / unit;
  if (!std::isfinite(c)) return 0;
  switch (kind) {
    case DecayKind::binary:
      return c <= a ? 1 : 0;
    case DecayKind::linear:
      return std::max(0.0, 1 - c / a);
    case DecayKind::exponential:
      return std::exp(-a * c);
    case DecayKind::gaussian:
      return std::exp(-c * c / (2 * a * a));
    case DecayKind::inverse_power:
      return c < 1 ? 1 : std::pow(c, -a);
    case DecayKind::stepped:
      return step_value(steps, c);
    case DecayKind::logistic: {
      double const scale = std::numbers::pi / (b * std::numbers::sqrt3);
      return (1 + std::exp(-a * scale)) / (1 + std::exp((c - a) * scale));
    }
  }
  return 0;
}

double Decay::nothing_beyond() const {
  if (kind == DecayKind::binary || kind == DecayKind::linear) return a * unit;
  if (kind == DecayKind::stepped)
    for (auto const& [from, value] : steps)
      if (value == 0) return from * unit;
  return never;
}

Decay parse_decay(std::string_view kind, std::string_view points) {
  std::string_view const wanted = trim(kind), text = trim(points);
  std::vector<std::string> names;
  for (DecayKind const known : kinds) {
    names.emplace_back(to_string(known));
    if (names.back() != wanted) continue;
    Decay out;
    out.kind = known;
    if (known == DecayKind::stepped) {
      out.steps = steps_in(text);
    } else {
      auto const found = parameters(text, parameter_names(known));
      out.a = found[0];
      out.b = found[1];
    }
    return out;
  }
  throw_error(ErrorKind::config, "'{}' is not one of {}.", wanted, join(names, ", "));
}

std::string_view to_string(DecayKind kind) {
  switch (kind) {
    case DecayKind::binary:
      return "binary";
    case DecayKind::linear:
      return "linear";
    case DecayKind::exponential:
      return "exponential";
    case DecayKind::gaussian:
      return "gaussian";
    case DecayKind::inverse_power:
      return "inverse_power";
    case DecayKind::stepped:
      return "stepped";
    case DecayKind::logistic:
      return "logistic";
  }
  return {};
}

void LogSum::add(double value, double weight) {
  if (!(weight > 0)) return;
  if (sum_ == 0) {
    largest_ = value;
    sum_ = weight;
  } else if (value <= largest_) {
    sum_ += weight * std::exp(value - largest_);
  } else {
    sum_ = sum_ * std::exp(largest_ - value) + weight;
    largest_ = value;
  }
}

std::optional<double> LogSum::log() const { return sum_ > 0 ? std::optional(largest_ + std::log(sum_)) : std::nullopt; }

}  // namespace terrein
