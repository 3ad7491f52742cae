#pragma once

#include <limits>

namespace terrein {

/// The coordinates of an issue that has no place.
inline constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();

}  // namespace terrein
