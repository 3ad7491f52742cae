#pragma once

#include <optional>

#include "terrein/decision/value_function.hpp"

namespace terrein {

/// The number nearest to `from` whose value is `value` or more, so that `function(x) >= value`; `from` itself where it
/// is worth that already. Nothing where no number is, and for classes and functions that are scaled to the candidates.
/// Of two numbers at the same distance the smaller one. Functions are inverted by their formula, and the answer is
/// moved by rounding errors alone until the function itself agrees. `Outside::error` stays within the points.
[[nodiscard]] std::optional<double> nearest_with_value(ValueFunction const& function, double from, double value);

}  // namespace terrein
