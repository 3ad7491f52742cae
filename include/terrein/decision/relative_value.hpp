#pragma once

#include <optional>

#include "terrein/core/measure.hpp"
#include "terrein/decision/value_function.hpp"

namespace terrein {

/// The straight line that a relative function (minmax) is over the finite numbers of a measure; nothing when there are
/// no two different ones.
[[nodiscard]] std::optional<ValueFunction> relative_line(ValueFunction const& relative, Measure const& measure);

}  // namespace terrein
