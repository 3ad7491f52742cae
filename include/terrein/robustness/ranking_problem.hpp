#pragma once

#include <cstdint>
#include <vector>

#include "terrein/core/column.hpp"
#include "terrein/decision/value_function.hpp"

namespace terrein {

/// Values of a criterion that rest on factors which are not sure, such as what freight costs, under each draw of these:
/// a draw is the same for all rows, as the truth would be.
struct FactorValues {
  std::size_t criterion = 0;
  std::vector<Row> rows;          ///< whose values are not the same under all draws; none twice
  std::vector<double> low, high;  ///< [row][draw], 0 to 1; the same where the value is known
};

/// The ranking of one model by weighted sum, as it is asked how sure it is. All vectors have one entry per row, or one
/// per criterion, of the model.
struct RankingProblem {
  std::vector<Values const*> values;   ///< one per criterion
  std::vector<double> weights;         ///< shares of 1, one per criterion
  Column<double> score;                ///< with these weights, 0 to 1
  std::vector<std::uint8_t> ranked;    ///< 1 = takes part in the ranking
  std::vector<std::uint32_t> id_rank;  ///< the smaller one comes first among equals
  std::vector<std::uint64_t> row_key;  ///< what the missing values of a row are drawn by, such as a hash of its id
  /// Per criterion, what its missing values are drawn by where that is not the row alone: rows of one class whose value
  /// is not known share a number. Empty, or one entry per row, 0 = by row.
  std::vector<std::vector<std::uint64_t>> value_key;
  std::vector<FactorValues> by_factors;  ///< no criterion twice
  std::size_t factor_draws = 0;          ///< of each of them; draw i of the weights goes with draw i modulo this

  [[nodiscard]] std::size_t rows() const noexcept { return ranked.size(); }
};

/// What becomes of a missing value in a draw.
enum class Missing {
  drawn,    ///< uniform within its range
  left_out  ///< the weights of the others count for it, as in the score itself
};

/// Rows that take part, best score first, scores that tie (`tie_tolerance`) by id; at most `n`.
[[nodiscard]] std::vector<Row> best_rows(RankingProblem const& problem, std::size_t n);

}  // namespace terrein
