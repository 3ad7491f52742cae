#pragma once

#include <cstdint>
#include <vector>

namespace terrein {

/// How many rows score more than each of the first `pool` ones, by over `tie_tolerance`. What lies between two scores
/// of the pool is only counted, so that all rows are looked at once and none but the pool is sorted.
class RankCounter {
 public:
  /// Valid until the next call.
  std::vector<std::uint32_t> const& better(double const* scores, std::size_t rows, std::size_t pool);

 private:
  struct Entry {
    double score;
    std::uint32_t at;
  };
  void sort_pool(double const* scores, std::size_t pool);
  void make_buckets();
  /// How many of the pool score less than `score`.
  [[nodiscard]] std::size_t below(double score) const;
  [[nodiscard]] std::size_t bucket_of(double score) const;

  std::vector<Entry> ascending_;
  std::vector<double> keys_;           ///< their scores
  std::vector<std::uint32_t> bucket_;  ///< first entry of every bucket, and the end
  double scale_ = 0;
  std::vector<std::uint32_t> beaten_, better_;
};

}  // namespace terrein
