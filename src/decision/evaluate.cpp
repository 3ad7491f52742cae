#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "decision/bounds.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/decision/relative_value.hpp"
#include "terrein/decision/value_function.hpp"

namespace terrein {

namespace {

Values all_missing(Measure const& measure) {
  std::size_t const rows = measure.size();
  return {Column<double>("val_" + measure.key, rows), std::vector<double>(rows, 0), std::vector<double>(rows, 1)};
}

/// Extrapolation to an unlimited measure stops at the end of the scale, or at the other end when that lies further out.
ValueRange within_scale(ValueRange const& range) {
  auto const limited = [](double end) { return std::isinf(end) ? (end > 0 ? 1.0 : 0.0) : end; };
  ValueRange out{limited(range.low), limited(range.high)};
  if (std::isinf(range.low)) out.low = std::min(out.low, out.high);
  if (std::isinf(range.high)) out.high = std::max(out.low, out.high);
  return out;
}

/// Known where the range is one value before it is limited to the scale.
void set_range(Values& values, std::size_t row, ValueRange const& range) {
  auto const [low, high] = within_scale(range);
  values.low[row] = low;
  values.high[row] = high;
  if (range.low == range.high) values.value.set(row, low);
}

Values number_values(ValueFunction const& function, Measure const& measure) {
  Values out = all_missing(measure);
  for (std::size_t row = 0; row < measure.size(); ++row) {
    Bounds const bounds = bounds_of(measure, row);
    set_range(out, row, function.over(bounds.low, bounds.high));
  }
  return out;
}

/// Whether a row has a number that may stretch the scale of minmax.
bool is_finite(Measure const& measure, std::size_t row) {
  return measure.value.is_known(row) && std::isfinite(measure.value.values[row]);
}

Values minmax_values(ValueFunction const& function, Measure const& measure) {
  if (auto const line = relative_line(function, measure)) return number_values(*line, measure);
  Values out = all_missing(measure);
  for (std::size_t row = 0; row < measure.size(); ++row)
    if (is_finite(measure, row)) set_range(out, row, {1, 1});
  return out;
}

Values class_values(ValueFunction const& function, Measure const& measure) {
  auto const find = [&](std::string_view name, ValueRange const& otherwise) {
    auto const found = function.classes.find(name);
    return found == function.classes.end() ? otherwise : found->second;
  };
  ValueRange const missing = find("unknown", {0, 1});
  std::vector<ValueRange> of_word;
  for (std::string const& word : measure.text.words()) {
    auto own = measure.separator == '\0' ? std::vector<std::string>{word} : split(word, measure.separator);
    if (own.empty()) own.emplace_back();
    ValueRange all = find(own.front(), missing);  // a row of several classes is worth any of them
    for (std::string const& one : own) {
      ValueRange const range = find(one, missing);
      all = {std::min(all.low, range.low), std::max(all.high, range.high)};
    }
    of_word.push_back(all);
  }
  Values out = all_missing(measure);
  for (std::size_t row = 0; row < measure.size(); ++row)
    set_range(out, row, measure.text.is_known(row) ? of_word[measure.text.code(row)] : missing);
  return out;
}

void require_fit(ValueFunction const& function, Measure const& measure) {
  if (measure.is_class && function.kind != ValueKind::categorical) {
    throw_error(ErrorKind::config,
                "The criterion '{}' gives classes, and a '{}' value function takes numbers; use 'categorical'.",
                measure.key, to_string(function.kind));
  }
  if (!measure.is_class && function.kind == ValueKind::categorical) {
    throw_error(ErrorKind::config,
                "The criterion '{}' gives numbers, and a 'categorical' value function takes classes; use 'piecewise', "
                "'linear' or another function of a number.",
                measure.key);
  }
}

}  // namespace

std::optional<ValueFunction> relative_line(ValueFunction const& relative, Measure const& measure) {
  double least = std::numeric_limits<double>::infinity(), most = -least;
  for (std::size_t row = 0; row < measure.value.size(); ++row) {
    if (!is_finite(measure, row)) continue;
    least = std::min(least, measure.value.values[row]);
    most = std::max(most, measure.value.values[row]);
  }
  if (!(least < most)) return std::nullopt;
  bool const more_is_better = relative.a > 0;
  ValueFunction line;
  line.points = {{least, more_is_better ? 0 : 1}, {most, more_is_better ? 1 : 0}};
  return line;
}

Values evaluate(ValueFunction const& function, Measure const& measure) {
  require_fit(function, measure);
  if (measure.is_class) return class_values(function, measure);
  try {
    return function.kind == ValueKind::minmax ? minmax_values(function, measure) : number_values(function, measure);
  } catch (Error const& error) {
    throw Error(error.kind(), "Criterion '" + measure.key + "': " + error.what());
  }
}

}  // namespace terrein
