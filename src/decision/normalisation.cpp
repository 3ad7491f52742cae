#include "terrein/decision/normalisation.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "decision/exact_sum.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

namespace {

struct Named {
  Normalisation normalisation;
  std::string_view name, nl, en;
};
constexpr std::array named{
    Named{Normalisation::fixed, "fixed", "vaste waardefuncties", "fixed value functions"},
    Named{Normalisation::minmax, "minmax", "min-max over de kandidaten", "min-max over the candidates"},
    Named{Normalisation::max, "max", "gedeeld door het maximum van de kandidaten",
          "division by the maximum of the candidates"},
    Named{Normalisation::sum, "sum", "gedeeld door de som van de kandidaten", "division by the sum of the candidates"},
    Named{Normalisation::vector, "vector", "vectornorm over de kandidaten", "vector norm over the candidates"},
    Named{Normalisation::zscore, "zscore", "z-score over de kandidaten (afwijking van de populatie)",
          "z-score over the candidates (deviation of the population)"},
    Named{Normalisation::zscore_sample, "zscore_sample", "z-score over de kandidaten (afwijking van een steekproef)",
          "z-score over the candidates (deviation of a sample)"},
};

Named const& entry(Normalisation normalisation) {
  for (Named const& one : named)
    if (one.normalisation == normalisation) return one;
  return named.front();
}

void require_usable(std::span<double const> column, Normalisation normalisation) {
  bool const of_parts = normalisation == Normalisation::max || normalisation == Normalisation::sum;
  for (double const x : column) {
    if (!std::isfinite(x))
      throw_error(ErrorKind::config, "The number '{}' cannot be normalised; numbers must be finite.", shortest(x));
    if (of_parts && x < 0)
      throw_error(ErrorKind::config,
                  "The number '{}' cannot be normalised by '{}', which needs numbers from 0 up; use 'minmax'.",
                  shortest(x), to_string(normalisation));
  }
}

template <class Function>
double sum_over(std::span<double const> column, Function const& f) {
  ExactSum sum;
  for (double const x : column) {
    double const part = f(x);
    if (!std::isfinite(part)) return part;
    sum.add(part);
  }
  return sum.value();
}

void set_deviation(std::span<double const> column, double degrees, ColumnScale& scale) {
  double const mean = sum_over(column, [](double x) { return x; }) / static_cast<double>(column.size());
  double const squares = sum_over(column, [mean](double x) { return (x - mean) * (x - mean); });
  scale.offset = scale.constant ? scale.least : mean;
  scale.unit = scale.constant ? 0 : std::sqrt(squares / degrees);
}

/// A position on a scale whose unit may be 0.
double position(double x, ColumnScale const& scale) { return scale.unit > 0 ? (x - scale.offset) / scale.unit : 0; }

std::vector<double> inverse(std::span<double const> column) {
  std::vector<double> out;
  for (double const x : column) {
    if (!(x > 0))
      throw_error(ErrorKind::config, "The cost '{}' cannot be inverted; costs normalised by 'sum' must be above 0.",
                  shortest(x));
    out.push_back(1 / x);
  }
  return out;
}

/// Cost of a value that was normalised as a benefit.
double turned(double value, Normalisation normalisation) {
  bool const deviation = normalisation == Normalisation::zscore || normalisation == Normalisation::zscore_sample;
  return deviation ? -value : 1 - value;
}

}  // namespace

std::string_view to_string(Normalisation normalisation) { return entry(normalisation).name; }

std::optional<Normalisation> normalisation(std::string_view text) {
  for (Named const& one : named)
    if (one.name == text) return one.normalisation;
  return std::nullopt;
}

std::vector<std::string> known_normalisations() {
  std::vector<std::string> out;
  for (Named const& one : named) out.emplace_back(one.name);
  return out;
}

Bilingual describe(Normalisation normalisation) {
  Named const& one = entry(normalisation);
  return {std::string(one.nl), std::string(one.en)};
}

ColumnScale column_scale(std::span<double const> column, Normalisation normalisation) {
  require_usable(column, normalisation);
  ColumnScale out;
  if (column.empty()) return out;
  auto const [least, most] = std::minmax_element(column.begin(), column.end());
  out.least = *least;
  out.most = *most;
  out.constant = out.least == out.most;
  switch (normalisation) {
    case Normalisation::fixed:
      break;
    case Normalisation::minmax:
      out.offset = out.least;
      out.unit = out.most - out.least;
      break;
    case Normalisation::max:
      out.unit = out.most;
      break;
    case Normalisation::sum:
      out.unit = sum_over(column, [](double x) { return x; });
      break;
    case Normalisation::vector:
      out.unit = std::sqrt(sum_over(column, [](double x) { return x * x; }));
      break;
    case Normalisation::zscore:
      set_deviation(column, static_cast<double>(column.size()), out);
      break;
    case Normalisation::zscore_sample:
      set_deviation(column, static_cast<double>(column.size()) - 1, out);
      break;
  }
  if (!std::isfinite(out.unit))
    throw_error(ErrorKind::config, "A column with numbers from '{}' to '{}' is too wide to be normalised.",
                shortest(out.least), shortest(out.most));
  return out;
}

std::vector<double> normalised_column(std::span<double const> column, Objective objective,
                                      Normalisation normalisation) {
  bool const cost = objective == Objective::cost;
  if (cost && normalisation == Normalisation::sum)
    return normalised_column(inverse(column), Objective::benefit, normalisation);
  ColumnScale const scale = column_scale(column, normalisation);
  std::vector<double> out;
  for (double const x : column) {
    bool const undefined = normalisation == Normalisation::minmax && scale.constant;
    double const value = undefined ? 1 : position(x, scale);
    out.push_back(cost && !undefined ? turned(value, normalisation) : value);
  }
  return out;
}

NormalisedAlternatives normalise(Alternatives const& alternatives, std::vector<Objective> const& objectives,
                                 Normalisation normalisation) {
  NormalisedAlternatives out{alternatives, {}};
  for (auto const& row : alternatives)
    if (row.size() != objectives.size())
      throw_error(ErrorKind::internal, "An alternative has {} numbers for {} criteria.", row.size(), objectives.size());
  for (std::size_t criterion = 0; criterion < objectives.size(); ++criterion) {
    std::vector<double> column;
    for (auto const& row : alternatives) column.push_back(row[criterion]);
    if (std::adjacent_find(column.begin(), column.end(), std::not_equal_to<>()) == column.end())
      out.constant.push_back(criterion);
    auto const values = normalised_column(column, objectives[criterion], normalisation);
    for (std::size_t row = 0; row < values.size(); ++row) out.values[row][criterion] = values[row];
  }
  return out;
}

}  // namespace terrein
