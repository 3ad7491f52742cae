#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace terrein {

/// Philox 4x32 with 10 rounds: four random words of a counter and a key (Salmon, Moraes, Dror & Shaw 2011, "Parallel
/// random numbers: as easy as 1, 2, 3"). A number is a function of where it is used, so that the order of work, the
/// number of workers and the order of rows cannot change it.
[[nodiscard]] std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                                  std::array<std::uint32_t, 2> key) noexcept;

/// What random numbers are for: two purposes never share numbers.
enum class Purpose : std::uint32_t { weights = 1, values = 2, shift = 3, factors = 4 };

/// A sequence of numbers that belongs to one draw of one purpose.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, Purpose purpose, std::uint64_t draw) noexcept;
  /// The next 64 random bits.
  [[nodiscard]] std::uint64_t next() noexcept;
  /// Uniform between 0 and 1, neither of them included.
  [[nodiscard]] double uniform() noexcept;
  /// Uniform among 0 … n - 1; `n` is not 0. The bias of 2^-64 · n is beyond what can be seen.
  [[nodiscard]] std::size_t below(std::size_t n) noexcept;

 private:
  std::array<std::uint32_t, 2> key_;
  std::array<std::uint32_t, 4> counter_;
  std::array<std::uint32_t, 4> words_{};
  unsigned used_ = 4;
};

/// 64 bits as a number between 0 and 1, neither of them included.
[[nodiscard]] inline double to_unit(std::uint64_t bits) noexcept {
  return (static_cast<double>(bits >> 12U) + 0.5) * 0x1.0p-52;
}
/// Mixes the bits of a word so that neighbouring words share none (Stafford's variant 13 of the finaliser of
/// MurmurHash3, as in SplitMix64).
[[nodiscard]] inline std::uint64_t mixed(std::uint64_t word) noexcept {
  word = (word ^ (word >> 30U)) * 0xbf58476d1ce4e5b9U;
  word = (word ^ (word >> 27U)) * 0x94d049bb133111ebU;
  return word ^ (word >> 31U);
}
/// A key for the random numbers of a text, such as an id (FNV-1a, mixed).
[[nodiscard]] std::uint64_t random_key(std::string_view text) noexcept;
/// `n` numbers between 0 and 1, one within each n-th part, in random order: one dimension of a Latin hypercube (McKay,
/// Beckman & Conover 1979). `key` tells dimensions apart.
[[nodiscard]] std::vector<double> stratified(std::size_t n, std::uint64_t seed, std::uint64_t key);

}  // namespace terrein
