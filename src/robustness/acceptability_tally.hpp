#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "robustness/rank_counter.hpp"
#include "robustness/score_table.hpp"
#include "terrein/robustness/acceptability.hpp"

namespace terrein {

/// Ranks of the best rows in every draw, filled in side by side.
class RankMatrix {
 public:
  RankMatrix(std::size_t rows, std::size_t draws) : rows_(rows), draws_(draws), ranks_(rows * draws) {}
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::size_t draws() const noexcept { return draws_; }
  void set(std::size_t draw, std::vector<std::uint32_t> const& better);
  /// Calls body(row, rank low, rank high): the smallest ranks that 5 % and 95 % of draws do not surpass.
  void each_range(unsigned workers, std::function<void(std::size_t, std::uint32_t, std::uint32_t)> const& body) const;

 private:
  std::size_t rows_, draws_;
  std::vector<std::uint32_t> ranks_;
};

/// What the draws of one analysis share. Rows are told by their place in the order of their score.
struct DrawSetting {
  std::vector<Row> const& rows;  ///< of every place
  std::size_t criteria;
  AcceptabilityOptions const& options;
  std::size_t listed;    ///< the first so many places are listed
  std::size_t base_top;  ///< the first so many are the top k of the weights themselves
  /// How many of the best rows of a draw are looked at.
  [[nodiscard]] std::size_t nearest() const noexcept { return std::max(options.top, listed > 0 ? options.ranks : 0); }
};

/// What one worker has counted. Everything is whole numbers, so that adding them up knows no order.
class AcceptabilityTally {
 public:
  /// Below the k-th best: rows within it may tie with it, and rows within that again with them.
  static constexpr double margin = 3e-12;

  explicit AcceptabilityTally(DrawSetting const& setting);
  /// Counts one draw: rows that score at least the `nearest`-th best less `margin` (others may be among them), the
  /// scores of the listed, and the weights they were made with.
  void count(std::vector<NearRow> const& near, std::vector<double> const& listed, double const* weights);
  void add(AcceptabilityTally const& other);
  /// Writes shares of all draws; columns of `out` have their rows.
  void finish(Acceptability& out) const;

 private:
  void count_top(std::vector<NearRow> const& near);
  void share_ranks(std::vector<double> const& listed);
  void share_ranks_of(std::size_t i, std::size_t better, std::size_t level);
  void count_first(std::size_t i, double const* weights);

  DrawSetting const& setting_;
  std::vector<std::uint32_t> in_top_;
  std::vector<std::int64_t> ranks_;
  std::vector<std::uint32_t> wins_;
  std::vector<std::uint64_t> first_;
  std::vector<std::int64_t> weights_of_first_;
  std::size_t same_top_ = 0;
  std::vector<double> scores_;  ///< of the near rows of this draw, best first
};

}  // namespace terrein
