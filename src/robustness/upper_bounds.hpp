#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace terrein {

/// Upper bounds of weighted sums in whole numbers of 16 bits: which rows could reach a score is told several times as
/// fast as what they score. Values and weights are rounded up, so that no bound is too low, and whole numbers add up to
/// the same on every processor. Blocks of rows have bounds of their own: the largest values in them.
class UpperBounds {
 public:
  static constexpr std::size_t most_draws = 4, block = 128;
  /// Which rows of a block pass in each draw: a bit per row, the first one lowest.
  using Passing = std::array<std::array<std::uint64_t, block / 64>, most_draws>;

  UpperBounds() = default;
  /// `most` holds the largest possible value per row and criterion, row by row.
  UpperBounds(std::vector<double> const& most, std::size_t criteria, unsigned workers);

  /// The weights of some draws, rounded up, in pairs of criteria.
  struct Weights {
    std::vector<std::int32_t> pairs;  ///< [pair][draw]
    std::array<double, most_draws> sum{};
  };
  [[nodiscard]] Weights rounded(std::vector<double const*> const& weights) const;
  /// The bound that a row must reach to score `score` in draw `d`; any score below all gives the least bound.
  [[nodiscard]] std::int32_t bound_of(Weights const& weights, std::size_t d, double score) const;

  [[nodiscard]] std::size_t blocks() const noexcept { return blocks_; }
  /// Groups of `block` blocks.
  [[nodiscard]] std::size_t groups() const noexcept { return (blocks_ + block - 1) / block; }
  /// Rows of a block that reach the bounds; those beyond the last row never count.
  void passing_rows(std::size_t at, Weights const& weights, std::array<std::int32_t, most_draws> const& least,
                    Passing& out) const;
  /// Blocks of a group in which a row could.
  void passing_blocks(std::size_t group, Weights const& weights, std::array<std::int32_t, most_draws> const& least,
                      Passing& out) const;

 private:
  std::size_t criteria_ = 0, pairs_ = 0, rows_ = 0, blocks_ = 0;
  double lowest_ = 0, range_ = 1;
  std::vector<std::int16_t> rows_packed_;    ///< [block][pair][row][criterion of the pair]
  std::vector<std::int16_t> blocks_packed_;  ///< [group][pair][block][criterion of the pair]
};

}  // namespace terrein
