#include "decision/pairwise_table.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "decision/weight_words.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

PairwiseTable::PairwiseTable(WeightSubject const& subject, std::vector<PairJudgement> const& judgements)
    : n_(subject.criteria.size()), logs_(n_ * n_, 0), judged_(n_ * n_, 0) {
  require_criteria(subject);
  for (PairJudgement const& judgement : judgements) add(subject, judgement);
  require_linked(subject);
}

std::size_t PairwiseTable::partners(std::size_t a) const {
  auto const row = judged_.begin() + static_cast<std::ptrdiff_t>(a * n_);
  return static_cast<std::size_t>(std::count(row, row + static_cast<std::ptrdiff_t>(n_), 1));
}

void PairwiseTable::add(WeightSubject const& subject, PairJudgement const& judgement) {
  auto const [a, b, ratio] = judgement;
  std::string const &first = criterion_name(subject, a), &second = criterion_name(subject, b);
  if (!(ratio > 0) || std::isinf(ratio)) {
    refuse_weights(subject, "judges '{}' against '{}' as {}; a judgement is a finite number above 0, such as 3 or 1/3.",
                   first, second, shortest(ratio));
  }
  if (a == b) refuse_weights(subject, "compares criterion '{}' with itself; leave that judgement out.", first);
  double const log_ratio = std::log(ratio);
  if (is_judged(a, b)) {
    refuse_weights(subject, "judges '{}' against '{}' twice, as {:.4g} and as {:.4g}; keep one of the two.", first,
                   second, std::exp(this->log_ratio(a, b)), ratio);
  }
  logs_[a * n_ + b] = log_ratio;
  logs_[b * n_ + a] = -log_ratio;
  judged_[a * n_ + b] = judged_[b * n_ + a] = 1;
}

std::vector<std::size_t> PairwiseTable::part_of(std::size_t first) const {
  std::vector<std::size_t> out{first};
  std::vector<bool> seen(n_, false);
  seen[first] = true;
  for (std::size_t at = 0; at < out.size(); ++at)
    for (std::size_t other = 0; other < n_; ++other)
      if (!seen[other] && is_judged(out[at], other)) {
        seen[other] = true;
        out.push_back(other);
      }
  std::sort(out.begin(), out.end());
  return out;
}

void PairwiseTable::require_linked(WeightSubject const& subject) const {
  std::vector<std::string> parts;
  std::vector<bool> told(n_, false);
  for (std::size_t first = 0; first < n_; ++first) {
    if (told[first]) continue;
    std::vector<std::string> names;
    for (std::size_t const criterion : part_of(first)) {
      told[criterion] = true;
      names.push_back("'" + subject.criteria[criterion] + "'");
    }
    parts.push_back(join(names, ", "));
  }
  if (parts.size() < 2) return;
  refuse_weights(subject, "has {} parts that are never compared with each other: {}; add a judgement between them.",
                 parts.size(), join(parts, " | "));
}

std::vector<double> log_least_squares(PairwiseTable const& table) {
  // The Laplacian of the graph of judgements without its first row: positive definite since the graph hangs together,
  // so that elimination needs no exchange of rows.
  std::size_t const n = table.size(), m = n - 1;
  std::vector<double> matrix(m * m, 0), out(n, 0);
  for (std::size_t i = 1; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      out[i] += table.log_ratio(i, j);
      if (j > 0 && table.is_judged(i, j)) matrix[(i - 1) * m + j - 1] = -1;
    }
    matrix[(i - 1) * m + i - 1] = static_cast<double>(table.partners(i));
  }
  for (std::size_t pivot = 0; pivot < m; ++pivot)
    for (std::size_t i = pivot + 1; i < m; ++i) {
      double const factor = matrix[i * m + pivot] / matrix[pivot * m + pivot];
      for (std::size_t j = pivot; j < m; ++j) matrix[i * m + j] -= factor * matrix[pivot * m + j];
      out[i + 1] -= factor * out[pivot + 1];
    }
  for (std::size_t i = m; i-- > 0;) {
    for (std::size_t j = i + 1; j < m; ++j) out[i + 1] -= matrix[i * m + j] * out[j + 1];
    out[i + 1] /= matrix[i * m + i];
  }
  return out;
}

namespace {

/// A square matrix of numbers from 0 up.
struct Matrix {
  std::size_t n;
  std::vector<double> cells;
  [[nodiscard]] double at(std::size_t i, std::size_t j) const { return cells[i * n + j]; }
};

/// The square, divided by its greatest number.
Matrix squared(Matrix const& matrix) {
  Matrix out{matrix.n, std::vector<double>(matrix.cells.size(), 0)};
  for (std::size_t i = 0; i < matrix.n; ++i)
    for (std::size_t k = 0; k < matrix.n; ++k)
      for (std::size_t j = 0; j < matrix.n; ++j) out.cells[i * matrix.n + j] += matrix.at(i, k) * matrix.at(k, j);
  double const most = *std::max_element(out.cells.begin(), out.cells.end());
  for (double& cell : out.cells) cell /= most;
  return out;
}

/// Matrix times vector.
std::vector<double> times(Matrix const& matrix, std::vector<double> const& vector) {
  std::vector<double> out(matrix.n, 0);
  for (std::size_t i = 0; i < matrix.n; ++i)
    for (std::size_t j = 0; j < matrix.n; ++j) out[i] += matrix.at(i, j) * vector[j];
  return out;
}

/// Harker's matrix, rows divided and columns multiplied by the weights `near`.
Matrix harker_matrix(PairwiseTable const& table, std::vector<double> const& near) {
  std::size_t const n = table.size();
  Matrix out{n, std::vector<double>(n * n, 0)};
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j) out.cells[i * n + j] = static_cast<double>(n - table.partners(i));
      if (table.is_judged(i, j)) out.cells[i * n + j] = std::exp(table.log_ratio(i, j) - near[i] + near[j]);
    }
  return out;
}

}  // namespace

Eigen principal_eigenvector(PairwiseTable const& table, std::vector<double> const& near) {
  // Squaring is power iteration in doubled strides: 2^40 steps converge for any graph of judgements that hangs
  // together, and a fixed number of them gives the same bytes everywhere.
  constexpr int squarings = 40, polishing_steps = 3;
  Matrix const matrix = harker_matrix(table, near);
  Matrix power = matrix;
  for (int i = 0; i < squarings; ++i) power = squared(power);
  std::vector<double> vector = times(power, std::vector<double>(table.size(), 1));
  share_out(vector);
  Eigen out{near, 0};
  for (int i = 0; i < polishing_steps; ++i) {
    vector = times(matrix, vector);
    out.lambda = std::accumulate(vector.begin(), vector.end(), 0.0);
    share_out(vector);
  }
  for (std::size_t i = 0; i < vector.size(); ++i) out.log_weights[i] += std::log(vector[i]);
  return out;
}

}  // namespace terrein
