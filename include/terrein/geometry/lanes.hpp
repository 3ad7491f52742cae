#pragma once

namespace terrein {

/// Two doubles that every 64-bit processor adds, multiplies, divides and compares at once. Each lane gives what one
/// double would give, bit for bit; sums across lanes are not taken, so that no order of summation depends on it.
using Two [[gnu::vector_size(16)]] = double;

[[nodiscard]] inline Two smaller(Two a, Two b) { return a < b ? a : b; }
[[nodiscard]] inline Two larger(Two a, Two b) { return a > b ? a : b; }
[[nodiscard]] inline Two load_two(double const* at) { return Two{at[0], at[1]}; }

}  // namespace terrein
