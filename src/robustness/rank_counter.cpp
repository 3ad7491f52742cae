#include "robustness/rank_counter.hpp"

#include <algorithm>
#include <cmath>

#include "terrein/decision/scoring.hpp"

namespace terrein {

void RankCounter::start(double const* pool, std::size_t size) {
  ascending_.resize(size);
  for (std::size_t i = 0; i < size; ++i) ascending_[i] = {pool[i], static_cast<std::uint32_t>(i)};
  std::sort(ascending_.begin(), ascending_.end(), [](Entry const& a, Entry const& b) { return a.score < b.score; });
  keys_.resize(size);
  std::transform(ascending_.begin(), ascending_.end(), keys_.begin(), [](Entry const& one) { return one.score; });
  make_buckets();
  beaten_.assign(size + 1, 0);
  for (std::size_t i = 0; i < size; ++i) count(pool[i]);
}

std::vector<std::uint32_t> const& RankCounter::better() {
  better_.assign(ascending_.size(), 0);
  std::uint32_t above = 0;
  for (std::size_t i = ascending_.size(); i-- > 0;) {
    above += beaten_[i + 1];
    better_[ascending_[i].at] = above;
  }
  return better_;
}

void RankCounter::make_buckets() {
  std::size_t const count = std::clamp<std::size_t>(4 * keys_.size(), 64, 65536);
  double const width = keys_.back() - keys_.front();
  scale_ = width > 0 && std::isfinite(static_cast<double>(count) / width) ? static_cast<double>(count) / width : 0.0;
  bucket_.assign(count + 1, 0);
  for (double const key : keys_) ++bucket_[bucket_of(key) + 1];
  for (std::size_t i = 1; i < bucket_.size(); ++i) bucket_[i] += bucket_[i - 1];
}

std::size_t RankCounter::bucket_of(double score) const {
  double const along = (score - keys_.front()) * scale_;
  if (!(along > 0)) return 0;
  return std::min(static_cast<std::size_t>(along), bucket_.size() - 2);
}

std::size_t RankCounter::below(double score) const {
  score -= tie_tolerance;
  if (score <= keys_.front()) return 0;
  if (score > keys_.back()) return keys_.size();
  std::size_t const bucket = bucket_of(score);
  std::size_t begin = bucket_[bucket], end = bucket_[bucket + 1];
  while (end - begin > 8) {
    std::size_t const middle = (begin + end) / 2;
    if (keys_[middle] < score)
      begin = middle + 1;
    else
      end = middle;
  }
  while (begin < end && keys_[begin] < score) ++begin;
  return begin;
}

}  // namespace terrein
