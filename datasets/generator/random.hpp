#pragma once

#include <cstdint>

namespace terrein::demo {

/// splitmix64 (Steele, Lea and Flood 2014). Every part of the map has its own stream, so that a change in one part does
/// not move the others.
class Random {
 public:
  explicit Random(std::uint64_t stream) : state_(stream * 0x9E3779B97F4A7C15ULL + 0x5851F42D4C957F2DULL) { next(); }
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  /// Even over [0, 1).
  double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
  double between(double low, double high) { return low + (high - low) * unit(); }
  bool chance(double probability) { return unit() < probability; }
  int below(int n) { return static_cast<int>(next() % static_cast<std::uint64_t>(n)); }

 private:
  std::uint64_t state_;
};

}  // namespace terrein::demo
