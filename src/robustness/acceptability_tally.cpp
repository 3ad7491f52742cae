#include "robustness/acceptability_tally.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "terrein/core/parallel.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein {
namespace {

constexpr std::int64_t one = std::int64_t{1} << 40U;  ///< of sums that must not depend on their order

}  // namespace

void RankMatrix::set(std::size_t draw, std::vector<std::uint32_t> const& better) {
  for (std::size_t i = 0; i < rows_; ++i) ranks_[draw * rows_ + i] = better[i] + 1;
}

void RankMatrix::each_range(unsigned workers,
                            std::function<void(std::size_t, std::uint32_t, std::uint32_t)> const& body) const {
  if (draws_ == 0) return;
  auto const place = [this](std::size_t percent) { return (percent * draws_ + 99) / 100 - 1; };
  parallel_chunks(rows_, workers, 64, [&](unsigned, std::size_t begin, std::size_t end) {
    std::vector<std::uint32_t> own(draws_ * (end - begin));
    for (std::size_t draw = 0; draw < draws_; ++draw)
      for (std::size_t i = begin; i < end; ++i) own[(i - begin) * draws_ + draw] = ranks_[draw * rows_ + i];
    for (std::size_t i = begin; i < end; ++i) {
      auto const first = own.begin() + static_cast<std::ptrdiff_t>((i - begin) * draws_);
      auto const last = first + static_cast<std::ptrdiff_t>(draws_);
      auto const low = first + static_cast<std::ptrdiff_t>(place(5));
      auto const high = first + static_cast<std::ptrdiff_t>(place(95));
      std::nth_element(first, low, last);
      std::uint32_t const low_rank = *low;
      std::nth_element(low, high, last);
      body(i, low_rank, *high);
    }
  });
}

AcceptabilityTally::AcceptabilityTally(DrawSetting const& setting)
    : setting_(setting),
      in_top_(setting.rows.size(), 0),
      ranks_(setting.listed * (setting.options.ranks + 1), 0),
      wins_(setting.listed * setting.listed, 0),
      first_(setting.listed, 0),
      weights_of_first_(setting.listed * setting.criteria, 0) {}

void AcceptabilityTally::count(std::vector<NearRow> const& near, std::vector<double> const& listed,
                               double const* weights) {
  count_top(near);
  share_ranks(listed);
  double const best = scores_.front() - tie_tolerance;
  for (std::size_t i = 0; i < setting_.listed; ++i) {
    if (listed[i] >= best) count_first(i, weights);
    std::uint32_t* const wins = wins_.data() + i * setting_.listed;
    double const least = listed[i] - tie_tolerance;
    for (std::size_t other = 0; other < setting_.listed; ++other) wins[other] += listed[other] < least ? 1U : 0U;
  }
}

void AcceptabilityTally::add(AcceptabilityTally const& other) {
  auto const sum = [](auto& to, auto const& from) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
  };
  sum(in_top_, other.in_top_);
  sum(ranks_, other.ranks_);
  sum(wins_, other.wins_);
  sum(first_, other.first_);
  sum(weights_of_first_, other.weights_of_first_);
  same_top_ += other.same_top_;
}

void AcceptabilityTally::finish(Acceptability& out) const {
  double const draws = static_cast<double>(setting_.options.draws);
  for (std::size_t at = 0; at < in_top_.size(); ++at)
    out.in_top.set(setting_.rows[at], static_cast<double>(in_top_[at]) / draws);
  std::size_t const ranks = setting_.options.ranks + 1;
  for (std::size_t i = 0; i < setting_.listed; ++i) {
    out.rank_share.emplace_back();
    for (std::size_t r = 0; r < ranks; ++r)
      out.rank_share.back().push_back(static_cast<double>(ranks_[i * ranks + r]) / (draws * static_cast<double>(one)));
    out.wins.emplace_back();
    for (std::size_t j = 0; j < setting_.listed; ++j)
      out.wins.back().push_back(static_cast<double>(wins_[i * setting_.listed + j]) / draws);
    CentralWeights central{static_cast<double>(first_[i]) / draws, {}};
    for (std::size_t j = 0; first_[i] > 0 && j < setting_.criteria; ++j)
      central.weights.push_back(static_cast<double>(weights_of_first_[i * setting_.criteria + j]) /
                                (static_cast<double>(first_[i]) * static_cast<double>(one)));
    out.central.push_back(std::move(central));
  }
  out.same_top = same_top_;
}

/// A row is in the top k unless k rows or more score more by over the tolerance: when it reaches the k-th best.
void AcceptabilityTally::count_top(std::vector<NearRow> const& near) {
  scores_.clear();
  for (NearRow const& row : near) scores_.push_back(row.score);
  std::sort(scores_.begin(), scores_.end(), std::greater<>());
  std::size_t const k = setting_.options.top;
  double const edge = scores_.size() > k ? scores_[k - 1] - tie_tolerance : -std::numeric_limits<double>::infinity();
  std::size_t n = 0;
  bool same = true;
  for (NearRow const& row : near) {
    if (row.score < edge) continue;
    ++in_top_[row.place];
    ++n;
    same = same && row.place < setting_.base_top;
  }
  same_top_ += same && n == setting_.base_top ? 1U : 0U;
}

void AcceptabilityTally::share_ranks(std::vector<double> const& listed) {
  std::size_t const last = std::min(setting_.options.ranks, scores_.size());
  double const edge = last > 0 ? scores_[last - 1] - tie_tolerance : std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < setting_.listed; ++i) {
    if (listed[i] < edge) {
      share_ranks_of(i, setting_.options.ranks, 1);
      continue;
    }
    auto const first_below = [this](double score) {
      return std::lower_bound(scores_.begin(), scores_.end(), score, std::greater<>()) - scores_.begin();
    };
    auto const better = static_cast<std::size_t>(first_below(listed[i] + tie_tolerance));
    std::size_t end = better;
    while (end < scores_.size() && scores_[end] >= listed[i] - tie_tolerance) ++end;
    share_ranks_of(i, better, end - better);
  }
}

void AcceptabilityTally::share_ranks_of(std::size_t i, std::size_t better, std::size_t level) {
  std::size_t const ranks = setting_.options.ranks;
  std::int64_t* const own = ranks_.data() + i * (ranks + 1);
  std::int64_t const share = one / static_cast<std::int64_t>(level);
  std::int64_t rest = one;
  for (std::size_t r = better; r < better + level && r < ranks; ++r) {
    own[r] += share;
    rest -= share;
  }
  own[ranks] += better + level > ranks ? rest : 0;
}

void AcceptabilityTally::count_first(std::size_t i, double const* weights) {
  ++first_[i];
  std::int64_t* const sums = weights_of_first_.data() + i * setting_.criteria;
  for (std::size_t j = 0; j < setting_.criteria; ++j) sums[j] += std::llround(weights[j] * static_cast<double>(one));
}

}  // namespace terrein
