#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace terrein {

/// A sum of finite doubles that does not depend on their order: a whole number of 32-bit digits in steps of the
/// smallest double, as in R. Neal, "Fast exact summation using small and large superaccumulators" (2015).
class ExactSum {
 public:
  void add(double x) {
    auto const bits = std::bit_cast<std::uint64_t>(x);
    std::uint64_t const exponent = (bits >> 52) & 0x7ff;
    std::uint64_t const mantissa = (bits & 0xfffffffffffffULL) | (exponent > 0 ? 1ULL << 52 : 0);
    std::uint64_t const place = exponent > 0 ? exponent - 1 : 0;
    std::size_t const digit = place / 32;
    unsigned const shift = place % 32;
    std::uint64_t const upper = (mantissa >> 32) << shift;
    std::uint64_t const lower = (mantissa & digit_bits) << shift;
    std::int64_t const sign = x < 0 ? -1 : 1;
    digits_[digit] += sign * static_cast<std::int64_t>(lower & digit_bits);
    digits_[digit + 1] += sign * static_cast<std::int64_t>((lower >> 32) + (upper & digit_bits));
    digits_[digit + 2] += sign * static_cast<std::int64_t>(upper >> 32);
    if (++adds_ == most_adds) carry();
  }
  /// The sum as a double, right but for the last bit.
  [[nodiscard]] double value() const {
    ExactSum whole = *this;
    whole.carry();
    bool const negative = whole.digits_.back() < 0;
    if (negative) {
      for (std::int64_t& digit : whole.digits_) digit = -digit;
      whole.carry();
    }
    double sum = 0;
    for (std::size_t i = digits; i-- > 0;)
      sum += std::ldexp(static_cast<double>(whole.digits_[i]), 32 * static_cast<int>(i) - 1074);
    return negative ? -sum : sum;
  }

 private:
  static constexpr std::size_t digits = 68;
  static constexpr std::uint64_t digit_bits = 0xffffffffULL;
  static constexpr std::uint32_t most_adds = 1U << 29;  // a digit grows by less than 2^33 with each

  /// Brings all digits but the last within 0 to 2^32 - 1.
  void carry() {
    for (std::size_t i = 0; i + 1 < digits; ++i) {
      digits_[i + 1] += digits_[i] >> 32;
      digits_[i] &= static_cast<std::int64_t>(digit_bits);
    }
    adds_ = 0;
  }

  std::array<std::int64_t, digits> digits_{};
  std::uint32_t adds_ = 0;
};

}  // namespace terrein
