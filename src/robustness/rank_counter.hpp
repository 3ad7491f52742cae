#pragma once

#include <cstdint>
#include <vector>

namespace terrein {

/// How many rows score more than each of a pool of rows, by over `tie_tolerance`. What lies between two scores of the
/// pool is only counted, so that no row but those of the pool is sorted.
class RankCounter {
 public:
  /// Starts anew with the scores of the pool, which are counted too.
  void start(double const* pool, std::size_t size);
  /// The lowest score that matters: rows that score less than this beat nobody.
  [[nodiscard]] double least() const { return keys_.front(); }
  void count(double score) { ++beaten_[below(score)]; }
  /// How many of all that were counted score more, by row of the pool; valid until `start`.
  [[nodiscard]] std::vector<std::uint32_t> const& better();

 private:
  struct Entry {
    double score;
    std::uint32_t at;
  };
  void make_buckets();
  /// How many of the pool a score beats.
  [[nodiscard]] std::size_t below(double score) const;
  [[nodiscard]] std::size_t bucket_of(double score) const;

  std::vector<Entry> ascending_;
  std::vector<double> keys_;           ///< their scores
  std::vector<std::uint32_t> bucket_;  ///< first entry of every bucket, and the end
  double scale_ = 0;
  std::vector<std::uint32_t> beaten_, better_;
};

}  // namespace terrein
