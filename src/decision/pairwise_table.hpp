#pragma once

#include <cstdint>
#include <vector>

#include "terrein/decision/pairwise.hpp"

namespace terrein {

/// Logarithms of all ratios, row by column, with what is not judged marked. Both halves come from one number, so that
/// one is the exact inverse of the other.
class PairwiseTable {
 public:
  /// Checks the judgements, see `pairwise_weights`.
  PairwiseTable(WeightSubject const& subject, std::vector<PairJudgement> const& judgements);

  [[nodiscard]] std::size_t size() const noexcept { return n_; }
  [[nodiscard]] bool is_judged(std::size_t a, std::size_t b) const { return judged_[a * n_ + b] != 0; }
  [[nodiscard]] double log_ratio(std::size_t a, std::size_t b) const { return logs_[a * n_ + b]; }
  /// Others that a criterion is compared with.
  [[nodiscard]] std::size_t partners(std::size_t a) const;

 private:
  void add(WeightSubject const& subject, PairJudgement const& judgement);
  void require_linked(WeightSubject const& subject) const;
  /// The criteria that judgements link to `first`, itself included, ascending.
  [[nodiscard]] std::vector<std::size_t> part_of(std::size_t first) const;

  std::size_t n_;
  std::vector<double> logs_;
  std::vector<std::uint8_t> judged_;
};

/// Logarithms of the weights by least squares of the logarithms of the judgements; the first is 0. For a complete table
/// these are the row geometric means.
[[nodiscard]] std::vector<double> log_least_squares(PairwiseTable const& table);

struct Eigen {
  std::vector<double> log_weights;
  double lambda = 0;
};
/// Greatest eigenvalue of Harker's matrix (1 + number of missing judgements on the diagonal, 0 for what is missing),
/// which is the table itself when complete, and its eigenvector. `near` are logarithms of weights that bring the matrix
/// near to ones.
[[nodiscard]] Eigen principal_eigenvector(PairwiseTable const& table, std::vector<double> const& near);

}  // namespace terrein
