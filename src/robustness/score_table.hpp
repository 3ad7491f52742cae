#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "robustness/upper_bounds.hpp"
#include "terrein/robustness/ranking_problem.hpp"

namespace terrein {

/// Weights of one draw, and what its missing values are drawn by.
struct DrawnWeights {
  double const* weights;
  std::uint64_t const* gap_keys;  ///< one per criterion
};

/// A row that scores enough to matter, by its place.
struct NearRow {
  std::uint32_t place;
  double score;
};

/// The values of the rows that take part, in the order of their score, best first. Sums run in the order of the
/// criteria, so that a score is the same however it is asked for.
class ScoreTable {
 public:
  static constexpr std::size_t most_draws = UpperBounds::most_draws;  ///< at a time

  /// With `for_all` all rows can be scored at once, which takes memory of its own.
  ScoreTable(RankingProblem const& problem, Missing missing, bool for_all, unsigned workers);
  /// The row of every place.
  [[nodiscard]] std::vector<Row> const& rows() const noexcept { return rows_; }
  [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
  [[nodiscard]] std::size_t criteria() const noexcept { return criteria_; }

  [[nodiscard]] double score(std::size_t place, DrawnWeights const& draw) const;
  /// Scores of all places; `scores[d]` has room for `size()` numbers. Needs `for_all`.
  void score_all(std::vector<DrawnWeights> const& draws, double* const* scores) const;
  /// For every draw the rows that score at least the k-th best less `margin`, and perhaps some others, in the order of
  /// their places. Rows whose upper bound does not reach what is found already are never scored.
  void score_near(std::vector<DrawnWeights> const& draws, std::size_t k, double margin,
                  std::vector<std::vector<NearRow>>& near) const;

 private:
  static constexpr std::size_t block = UpperBounds::block;
  /// A missing value of a row.
  struct Gap {
    std::uint32_t criterion;
    double low, width;
    std::uint64_t key;
  };
  /// Calls body(begin, end) for parts of the places, side by side.
  void each_part(unsigned workers, std::function<void(std::size_t, std::size_t)> const& body) const;
  void set_gaps(RankingProblem const& problem, std::size_t place);
  void pack(unsigned workers);
  [[nodiscard]] double with_gaps(std::size_t place, double sum, DrawnWeights const& draw) const;

  std::vector<Row> rows_;
  std::size_t criteria_;
  Missing missing_;
  std::vector<double> values_;             ///< [place][criterion], 0 where missing
  std::vector<std::uint32_t> gaps_begin_;  ///< [place], and the end
  std::vector<Gap> gaps_;
  std::vector<double> packed_;  ///< [block][criterion][place in the block]
  UpperBounds bounds_;
};

/// What is drawn for the missing values of every criterion in draw `index`.
void draw_gap_keys(std::uint64_t seed, std::uint64_t index, std::size_t criteria, std::uint64_t* out);

}  // namespace terrein
