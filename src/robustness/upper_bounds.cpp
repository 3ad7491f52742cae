#include "robustness/upper_bounds.hpp"

#include <algorithm>
#include <cmath>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

constexpr double whole = 32767;  ///< what 1 becomes
constexpr double slack = 1e-9;   ///< of scores, beyond all rounding of doubles

constexpr std::size_t draws = UpperBounds::most_draws, block = UpperBounds::block;
using Least = std::array<std::int32_t, draws>;
using Passing = UpperBounds::Passing;

void set_bits(Passing& out, std::size_t d, std::size_t row, std::uint64_t bits) {
  out[d][row / 64] |= bits << (row % 64);
}

// One kernel three times: whole numbers give the same bounds whichever runs.
#if defined(__x86_64__)

__attribute__((target("avx2"))) void pass_wide(std::int16_t const* values, std::size_t pairs,
                                               std::int32_t const* weights, Least const& least, Passing& out) {
  __m256i edge[draws];
  for (std::size_t d = 0; d < draws; ++d) edge[d] = _mm256_set1_epi32(least[d] - 1);
  for (std::size_t row = 0; row < block; row += 8) {
    __m256i sum[draws] = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(),
                          _mm256_setzero_si256()};
    for (std::size_t p = 0; p < pairs; ++p) {
      __m256i const v = _mm256_loadu_si256(reinterpret_cast<__m256i const*>(values + 2 * (p * block + row)));
      for (std::size_t d = 0; d < draws; ++d)
        sum[d] = _mm256_add_epi32(sum[d], _mm256_madd_epi16(v, _mm256_set1_epi32(weights[p * draws + d])));
    }
    for (std::size_t d = 0; d < draws; ++d) {
      int const bits = _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpgt_epi32(sum[d], edge[d])));
      set_bits(out, d, row, static_cast<std::uint64_t>(static_cast<unsigned>(bits)));
    }
  }
}

void pass(std::int16_t const* values, std::size_t pairs, std::int32_t const* weights, Least const& least,
          Passing& out) {
  static bool const wide = __builtin_cpu_supports("avx2") != 0;
  if (wide) return pass_wide(values, pairs, weights, least, out);
  __m128i edge[draws];
  for (std::size_t d = 0; d < draws; ++d) edge[d] = _mm_set1_epi32(least[d] - 1);
  for (std::size_t row = 0; row < block; row += 4) {
    __m128i sum[draws] = {_mm_setzero_si128(), _mm_setzero_si128(), _mm_setzero_si128(), _mm_setzero_si128()};
    for (std::size_t p = 0; p < pairs; ++p) {
      __m128i const v = _mm_loadu_si128(reinterpret_cast<__m128i const*>(values + 2 * (p * block + row)));
      for (std::size_t d = 0; d < draws; ++d)
        sum[d] = _mm_add_epi32(sum[d], _mm_madd_epi16(v, _mm_set1_epi32(weights[p * draws + d])));
    }
    for (std::size_t d = 0; d < draws; ++d) {
      int const bits = _mm_movemask_ps(_mm_castsi128_ps(_mm_cmpgt_epi32(sum[d], edge[d])));
      set_bits(out, d, row, static_cast<std::uint64_t>(static_cast<unsigned>(bits)));
    }
  }
}

#else

void pass(std::int16_t const* values, std::size_t pairs, std::int32_t const* weights, Least const& least,
          Passing& out) {
  for (std::size_t d = 0; d < draws; ++d) {
    std::int32_t sums[block] = {};
    for (std::size_t p = 0; p < pairs; ++p) {
      std::int32_t const both = weights[p * draws + d];
      std::int32_t const first = both & 0xffff, second = both >> 16;
      for (std::size_t row = 0; row < block; ++row)
        sums[row] += first * values[2 * (p * block + row)] + second * values[2 * (p * block + row) + 1];
    }
    for (std::size_t row = 0; row < block; ++row) set_bits(out, d, row, sums[row] >= least[d] ? 1 : 0);
  }
}

#endif

std::int16_t rounded_up(double share) {
  return static_cast<std::int16_t>(std::clamp(std::ceil(share * whole), 0.0, whole));
}

}  // namespace

UpperBounds::UpperBounds(std::vector<double> const& most, std::size_t criteria, unsigned workers)
    : criteria_(criteria), pairs_((criteria + 1) / 2), rows_(criteria == 0 ? 0 : most.size() / criteria) {
  blocks_ = (rows_ + block - 1) / block;
  if (rows_ == 0) return;
  auto const [low, high] = std::minmax_element(most.begin(), most.end());
  lowest_ = *low;
  range_ = *high > *low ? *high - *low : 1;
  rows_packed_.assign(blocks_ * pairs_ * block * 2, 0);
  blocks_packed_.assign(groups() * pairs_ * block * 2, 0);
  parallel_chunks(rows_, workers, block * block, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row)
      for (std::size_t j = 0; j < criteria_; ++j) {
        std::int16_t const value = rounded_up((most[row * criteria_ + j] - lowest_) / range_);
        std::size_t const at = row / block, of_pair = j % 2;
        rows_packed_[((at * pairs_ + j / 2) * block + row % block) * 2 + of_pair] = value;
        std::int16_t& largest = blocks_packed_[((at / block * pairs_ + j / 2) * block + at % block) * 2 + of_pair];
        largest = std::max(largest, value);
      }
  });
}

UpperBounds::Weights UpperBounds::rounded(std::vector<double const*> const& weights) const {
  Weights out;
  out.pairs.assign(pairs_ * draws, 0);
  for (std::size_t d = 0; d < weights.size(); ++d)
    for (std::size_t j = 0; j < criteria_; ++j) {
      out.pairs[(j / 2) * draws + d] |= rounded_up(weights[d][j]) << (16 * (j % 2));
      out.sum[d] += weights[d][j];
    }
  return out;
}

std::int32_t UpperBounds::bound_of(Weights const& weights, std::size_t d, double score) const {
  double const along = (score - slack - lowest_ * weights.sum[d]) / range_;
  return static_cast<std::int32_t>(std::clamp(std::floor(whole * whole * along), 0.0, 2.1e9));
}

void UpperBounds::passing_rows(std::size_t at, Weights const& weights, Least const& least, Passing& out) const {
  out = {};
  pass(rows_packed_.data() + at * pairs_ * block * 2, pairs_, weights.pairs.data(), least, out);
  std::size_t const left = rows_ - at * block;
  if (left >= block) return;
  for (auto& bits : out)
    for (std::size_t word = 0; word < bits.size(); ++word) {
      std::size_t const first = 64 * word;
      if (left <= first)
        bits[word] = 0;
      else if (left < first + 64)
        bits[word] &= (std::uint64_t{1} << (left - first)) - 1;
    }
}

void UpperBounds::passing_blocks(std::size_t group, Weights const& weights, Least const& least, Passing& out) const {
  out = {};
  pass(blocks_packed_.data() + group * pairs_ * block * 2, pairs_, weights.pairs.data(), least, out);
}

}  // namespace terrein
