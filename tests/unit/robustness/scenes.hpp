#pragma once
// Rankings for the tests of this room, and what counts as their answer: sums in a plain loop.
#include <algorithm>
#include <random>
#include <vector>

#include "terrein/decision/scoring.hpp"
#include "terrein/robustness/random.hpp"
#include "terrein/robustness/ranking_problem.hpp"
#include "unit/decision/toys.hpp"

namespace terrein::test {

/// A problem with its values; ids are the numbers of the rows.
struct Scene {
  std::vector<Values> values;
  RankingProblem problem;

  Scene(std::vector<Values> columns, std::vector<double> weights) : values(std::move(columns)) {
    std::size_t const rows = values.front().value.size();
    problem.values = pointers(values);
    problem.weights = std::move(weights);
    problem.score = weighted_sum(problem.values, problem.weights).score;
    problem.ranked.assign(rows, 1);
    for (std::size_t row = 0; row < rows; ++row) {
      problem.id_rank.push_back(static_cast<std::uint32_t>(row));
      problem.row_key.push_back(random_key(std::to_string(row)));
      if (!problem.score.is_known(row)) problem.ranked[row] = 0;
    }
  }
  Scene(Scene const&) = delete;
};

/// Values of a criterion under random draws of factors, for a part of the rows; some of them ranges.
inline FactorValues random_factors(std::mt19937& random, std::size_t criterion, std::size_t rows, std::size_t draws) {
  FactorValues out;
  out.criterion = criterion;
  for (Row row = 0; row < rows; ++row) {
    if (random() % 3 == 0) continue;
    out.rows.push_back(row);
    bool const range = random() % 4 == 0;
    for (std::size_t draw = 0; draw < draws; ++draw) {
      double const low = uniform(random), width = range && random() % 2 == 0 ? uniform(random) : 0;
      out.low.push_back(low);
      out.high.push_back(std::min(1.0, low + width));
    }
  }
  return out;
}

/// Rows of numbers, one per criterion, as columns.
inline std::vector<Values> columns_of(std::vector<std::vector<double>> const& rows) {
  std::vector<Values> out;
  for (std::size_t j = 0; j < rows.front().size(); ++j) {
    Numbers column;
    for (auto const& row : rows) column.emplace_back(row[j]);
    out.push_back(values_of(column));
  }
  return out;
}

inline std::vector<Values> random_columns(std::mt19937& random, std::size_t criteria, std::size_t rows, bool complete) {
  std::vector<Values> out;
  for (std::size_t j = 0; j < criteria; ++j) {
    out.push_back(random_values(random, rows));
    if (!complete) continue;
    Numbers column(rows);
    for (auto& value : column) value = std::floor(16 * uniform(random)) / 16;  // so that some tie
    out.back() = values_of(column);
  }
  return out;
}

inline std::vector<double> random_weights(std::mt19937& random, std::size_t n) {
  std::vector<double> out(n);
  for (double& weight : out) weight = uniform(random, 0.05, 1);
  return normalised_weights(out, "test");
}

}  // namespace terrein::test
