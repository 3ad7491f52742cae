#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "robustness/upper_bounds.hpp"
#include "terrein/robustness/ranking_problem.hpp"

namespace terrein {

/// Weights of one draw, what its missing values are drawn by, and which draw of the factors goes with it.
struct DrawnWeights {
  double const* weights;
  std::uint64_t const* gap_keys;  ///< one per criterion
  std::size_t factors = 0;
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

  ScoreTable(RankingProblem const& problem, Missing missing, unsigned workers);
  /// The row of every place.
  [[nodiscard]] std::vector<Row> const& rows() const noexcept { return rows_; }
  [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
  [[nodiscard]] std::size_t criteria() const noexcept { return criteria_; }
  /// Draws of the factors; 0 = no value rests on any.
  [[nodiscard]] std::size_t factor_draws() const noexcept { return factor_draws_; }
  /// The draw of the factors that goes with draw `index` of the weights.
  [[nodiscard]] std::size_t factors_of(std::size_t index) const noexcept {
    return factor_draws_ == 0 ? 0 : index % factor_draws_;
  }

  [[nodiscard]] double score(std::size_t place, DrawnWeights const& draw) const;
  /// For every draw the rows that score at least the k-th best less `margin`, and perhaps some others, in the order of
  /// their places. Rows whose upper bound does not reach what is found already are never scored.
  void score_near(std::vector<DrawnWeights> const& draws, std::size_t k, double margin,
                  std::vector<std::vector<NearRow>>& near) const;
  /// Calls visit(draw, score) for every row from place `first` on that scores at least `least[draw]`, and perhaps for
  /// some others.
  void score_reaching(std::vector<DrawnWeights> const& draws, std::size_t first, std::vector<double> const& least,
                      std::function<void(std::size_t, double)> const& visit) const;

 private:
  static constexpr std::size_t block = UpperBounds::block;
  using Least = std::array<std::int32_t, UpperBounds::most_draws>;
  /// Calls visit(draw, place) for all rows from place `first` on whose bound reaches `least`, which may rise meanwhile;
  /// after_block(block) after each block that was looked at.
  void scan(std::vector<DrawnWeights> const& draws, UpperBounds::Weights const& rounded, std::size_t first,
            Least const& least, std::function<void(std::size_t, std::uint32_t)> const& visit,
            std::function<void(std::size_t)> const& after_block) const;
  [[nodiscard]] UpperBounds::Weights rounded(std::vector<DrawnWeights> const& draws) const;
  /// A missing value of a row.
  struct Gap {
    std::uint32_t criterion;
    double low, width;
    std::uint64_t key;
  };
  /// A value that rests on factors, in place of one that is known or missing.
  struct ByFactors {
    std::uint32_t criterion;
    std::uint64_t key;  // where it is a range, what is drawn within it
  };
  /// Calls body(begin, end) for parts of the places, side by side.
  void each_part(unsigned workers, std::function<void(std::size_t, std::size_t)> const& body) const;
  [[nodiscard]] std::uint64_t key_of(RankingProblem const& problem, Row row, std::size_t criterion) const;
  void set_gaps(RankingProblem const& problem, std::size_t place);
  void set_factors(RankingProblem const& problem);
  /// The score of a sum of what is known, without the weights of `left_out`.
  [[nodiscard]] double with_gaps(std::size_t place, double sum, DrawnWeights const& draw, double left_out) const;
  /// What values that rest on factors add; the weights of those that are left out go to `left_out`.
  [[nodiscard]] double of_factors(std::size_t place, DrawnWeights const& draw, double& left_out) const;
  /// Where a value lies within its range, from 0 to 1.
  [[nodiscard]] static double drawn_within(DrawnWeights const& draw, std::size_t criterion, std::uint64_t key);
  /// Where the value of a row that rests on factors stands in `by_factors_`; nothing for a value that does not.
  [[nodiscard]] std::optional<std::size_t> place_by_factors(std::size_t place, std::size_t criterion) const;
  /// Writes the most that every value of a row can count for.
  void write_largest(RankingProblem const& problem, std::size_t place, double* out) const;

  std::vector<Row> rows_;
  std::size_t criteria_;
  Missing missing_;
  std::vector<double> values_;             ///< [place][criterion], 0 where missing
  std::vector<std::uint32_t> gaps_begin_;  ///< [place], and the end
  std::vector<Gap> gaps_;
  std::size_t factor_draws_ = 0;
  std::vector<std::uint32_t> factors_begin_;       ///< [place], and the end; empty where no value rests on factors
  std::vector<ByFactors> by_factors_;              ///< of a place in the order of the criteria
  std::vector<double> factor_low_, factor_width_;  ///< [of by_factors_][draw]
  UpperBounds bounds_;
};

/// What is drawn for the missing values of every criterion in draw `index`.
void draw_gap_keys(std::uint64_t seed, std::uint64_t index, std::size_t criteria, std::uint64_t* out);

}  // namespace terrein
