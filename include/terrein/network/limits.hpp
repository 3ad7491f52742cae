#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace terrein {

/// The vehicle that must get through. Unless set, a truck with semi-trailer as Belgian law allows it at most: 44 t, 4 m
/// high, 2.55 m wide, 16.5 m long, 11.5 t on its driving axle (Directive 96/53/EC, and 44 t in Belgium).
struct Vehicle {
  double weight_t = 44, height_m = 4, width_m = 2.55, length_m = 16.5, axle_t = 11.5;
};

/// Fields with what lines allow; an empty one says nothing of that limit, so that it stops nobody.
struct LimitFields {
  std::string weight, height, width, length, axle;

  [[nodiscard]] bool any() const {
    return !(weight.empty() && height.empty() && width.empty() && length.empty() && axle.empty());
  }
};

enum class LimitKind : std::uint8_t { weight, height, width, length, axle, draught, air_draught };

/// What a line allows: a number of tonnes or metres, infinite for a line that says it has no limit.
/// Nothing when that is not known: no text, "unsigned", "below_default", several values, a condition, zero, and what is
/// no weight below 500 t or no size below 100 m. Understood are numbers with point or comma and the units t, kg, st,
/// lt, lbs and m, cm, ft, feet and inches (12'6"); "none" and "no" (no limit); "default" (what the law allows
/// everywhere: 44 t, 4 m, 2.55 m, 18.75 m, 11.5 t).
[[nodiscard]] std::optional<double> limit_of(LimitKind kind, std::string_view text);

}  // namespace terrein
