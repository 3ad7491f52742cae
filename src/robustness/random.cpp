#include "terrein/robustness/random.hpp"

#include <utility>

namespace terrein {

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) noexcept {
  constexpr std::uint64_t multiply_a = 0xD2511F53U, multiply_b = 0xCD9E8D57U;
  constexpr std::uint32_t weyl_a = 0x9E3779B9U, weyl_b = 0xBB67AE85U;
  for (int round = 0; round < 10; ++round) {
    std::uint64_t const a = multiply_a * counter[0], b = multiply_b * counter[2];
    counter = {static_cast<std::uint32_t>(b >> 32U) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
               static_cast<std::uint32_t>(a >> 32U) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += weyl_a;
    key[1] += weyl_b;
  }
  return counter;
}

RandomStream::RandomStream(std::uint64_t seed, Purpose purpose, std::uint64_t draw) noexcept
    : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)},
      counter_{0, static_cast<std::uint32_t>(purpose), static_cast<std::uint32_t>(draw),
               static_cast<std::uint32_t>(draw >> 32U)} {}

std::uint64_t RandomStream::next() noexcept {
  if (used_ == 4) {
    words_ = philox(counter_, key_);
    ++counter_[0];
    used_ = 0;
  }
  std::uint64_t const out = std::uint64_t{words_[used_]} << 32U | words_[used_ + 1];
  used_ += 2;
  return out;
}

double RandomStream::uniform() noexcept { return to_unit(next()); }

std::size_t RandomStream::below(std::size_t n) noexcept {
  // The upper half of a 64 × 64 bit product, by halves.
  std::uint64_t const bits = next(), low = bits & 0xffffffffU, high = bits >> 32U;
  std::uint64_t const of_low = (low * n) >> 32U;
  return static_cast<std::size_t>((high * n + of_low) >> 32U);
}

std::uint64_t random_key(std::string_view text) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (char const c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return mixed(hash);
}

std::vector<double> stratified(std::size_t n, std::uint64_t seed, std::uint64_t key) {
  RandomStream random(seed, Purpose::factors, key);
  std::vector<double> out(n);
  for (std::size_t i = 0; i < n; ++i) out[i] = (static_cast<double>(i) + random.uniform()) / static_cast<double>(n);
  for (std::size_t left = n; left > 1; --left) std::swap(out[left - 1], out[random.below(left)]);
  return out;
}

}  // namespace terrein
