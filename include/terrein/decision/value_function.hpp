#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/core/measure.hpp"

namespace terrein {

enum class ValueKind {
  piecewise,    ///< straight lines between points (a linear function has two)
  sigmoid,      ///< 1 / (1 + exp(-k (x - midpoint)))
  cosine,       ///< sin²(π/2 · clamp((x - lo) / (hi - lo), 0, 1)), falling when lo > hi
  gaussian,     ///< exp(-(x - optimum)² / (2 sigma²))
  exponential,  ///< 2^(-x / half); 1 below x = 0
  categorical,  ///< a value, or a range for a class whose value is not known
  minmax,  ///< data-dependent: (x - min) / (max - min) over the candidates with a finite number; only when asked for
           ///< by name. Without two different numbers every known candidate gets 1
};
enum class Outside { clip, extrapolate, error };  ///< what piecewise does beyond its points

struct ValueRange {
  double low = 0, high = 1;
};

/// Turns a measure into a value between 0 (worst) and 1 (best) on a fixed reference scale.
struct ValueFunction {
  ValueKind kind = ValueKind::piecewise;
  std::vector<std::pair<double, double>> points;  ///< piecewise: x strictly ascending, value
  double a = 0, b = 0;  ///< sigmoid: midpoint, k · cosine: lo, hi · gaussian: optimum, sigma · exponential: half ·
                        ///< minmax: a > 0 more is better, a < 0 less is better
  std::map<std::string, ValueRange, std::less<>> classes;  ///< categorical; low == high for a known value. The class
                                                           ///< "unknown" gives the range of missing values
  Outside outside = Outside::clip;

  /// Value of a number, infinite allowed. Preconditions: not NaN; kind is neither categorical nor minmax; piecewise has
  /// two points or more. Throws `Error{config}` beyond the points with `Outside::error`.
  [[nodiscard]] double operator()(double x) const;
  /// Smallest and largest value over [low, high]; infinite ends are allowed, and give infinite values only where
  /// piecewise extrapolates. `Outside::error` looks at the part within the points. Same preconditions, low <= high.
  [[nodiscard]] ValueRange over(double low, double high) const;
};

/// Reads the compact text of the defaults tables and of a study: kind "piecewise" with "3:1|8:0.6|15:0.1",
/// "sigmoid" with "midpoint=2000|k=-0.002", "cosine" with "lo=10|hi=30", "gaussian" with "optimum=4|sigma=2",
/// "exponential" with "half=1500", "linear" with "lo=1000|hi=5000" (value 0 at lo, 1 at hi),
/// "categorical" with "business:1|agriculture:0.4|other:[0.2-0.8]", "minmax" with "more" or "less".
/// Throws `Error{config}` naming what is wrong: lo = hi, points not ascending, values outside 0..1, sigma or half ≤ 0.
[[nodiscard]] ValueFunction parse_value_function(std::string_view kind, std::string_view text);
/// The text that `parse_value_function` reads back with `to_string(kind)`; `outside` is no part of it. A linear
/// function is written as its two points.
[[nodiscard]] std::string to_text(ValueFunction const& function);
[[nodiscard]] std::string_view to_string(ValueKind kind);
[[nodiscard]] std::string_view to_string(Outside outside);  ///< "clip", "extrapolate", "error"
/// What `to_string` gives; nothing for other words.
[[nodiscard]] std::optional<Outside> outside(std::string_view text);

/// Values of all candidates. `value` is null where the measure is not known (or the class is not in the table);
/// `low` and `high` are always set: equal to the value where it is known, the range that remains possible where not.
struct Values {
  Column<double> value;
  std::vector<double> low, high;
};
/// A bounded unknown whose bounds map to one value is known. NaN counts as missing. A missing class, and a class that
/// is not in the table, has the range of the class "unknown", or [0, 1] without it. Extrapolation of a side without
/// bound stops at the end of the scale. minmax places bounds on the scale of the known candidates, clipped. Throws
/// `Error{config}` when a class meets a numeric function or the other way round, and for `Outside::error`.
[[nodiscard]] Values evaluate(ValueFunction const& function, Measure const& measure);

}  // namespace terrein
