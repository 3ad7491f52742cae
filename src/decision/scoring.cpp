#include "terrein/decision/scoring.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

namespace {

void require_same_length(std::vector<Values const*> const& values, std::vector<double> const& weights) {
  if (values.size() != weights.size())
    throw_error(ErrorKind::internal, "{} weights were given for {} criteria.", weights.size(), values.size());
  for (Values const* column : values)
    if (column->value.size() != values.front()->value.size())
      throw_error(ErrorKind::internal, "The criteria of a model have different numbers of rows.");
}

/// Sums of some candidates side by side: columns are read as they lie in memory, and every candidate is still summed in
/// the order of the criteria.
class SumBlock {
 public:
  static constexpr std::size_t most_rows = 512;

  SumBlock(std::size_t begin, std::size_t end) : begin_(begin), rows_(end - begin) {}

  /// Criteria without weight are passed over, so that their values cannot matter.
  void add(Values const& values, double weight) {
    if (weight == 0) return;
    add_bound(values.low.data() + begin_, weight, low_);
    add_bound(values.high.data() + begin_, weight, high_);
    double const* const value = values.value.values.data() + begin_;
    std::uint8_t const* const known = values.value.known.data() + begin_;
    for (std::size_t i = 0; i < rows_; ++i) {
      known_[i] += known[i] != 0 ? weight : 0;
      score_[i] += known[i] != 0 ? weight * value[i] : 0;
    }
  }

  /// Writes the scores; `weight` is the sum of all weights.
  void finish(double weight, Scores& out) const {
    for (std::size_t i = 0; i < rows_; ++i) {
      std::size_t const row = begin_ + i;
      out.low[row] = low_[i] / weight;
      out.high[row] = high_[i] / weight;
      out.completeness[row] = known_[i] / weight;
      if (!(known_[i] > 0)) continue;
      double const score = score_[i] / known_[i];
      out.score.set(row, score);
      out.low[row] = std::min(out.low[row], score);
      out.high[row] = std::max(out.high[row], score);
    }
  }

 private:
  using Sums = std::array<double, most_rows>;

  void add_bound(double const* values, double weight, Sums& sums) const {
    for (std::size_t i = 0; i < rows_; ++i) sums[i] += weight * values[i];
  }

  std::size_t begin_, rows_;
  Sums score_{}, low_{}, high_{}, known_{};
};

}  // namespace

std::vector<double> normalised_weights(std::vector<double> const& weights, std::string const& model) {
  double sum = 0;
  for (double const weight : weights) {
    if (!(weight >= 0) || std::isinf(weight)) {
      throw_error(ErrorKind::config, "Model '{}' has the weight '{}'; weights are finite numbers from 0 up.", model,
                  shortest(weight));
    }
    sum += weight;
  }
  if (!(sum > 0) || std::isinf(sum)) {
    throw_error(ErrorKind::config, "The weights of model '{}' sum to '{}'; at least one must be greater than 0.", model,
                shortest(sum));
  }
  std::vector<double> out;
  for (double const weight : weights) out.push_back(weight / sum);
  return out;
}

Scores weighted_sum(std::vector<Values const*> const& values, std::vector<double> const& weights, unsigned workers) {
  require_same_length(values, weights);
  std::size_t const rows = values.empty() ? 0 : values.front()->value.size();
  Scores out{Column<double>("score", rows), std::vector<double>(rows), std::vector<double>(rows),
             std::vector<double>(rows)};
  double weight = 0;
  for (double const one : weights) weight += one;
  if (rows > 0 && !(weight > 0)) throw_error(ErrorKind::internal, "The weights of a score sum to zero.");
  parallel_chunks(rows, workers, 16 * SumBlock::most_rows, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end; at += SumBlock::most_rows) {
      SumBlock block(at, std::min(end, at + SumBlock::most_rows));
      for (std::size_t i = 0; i < values.size(); ++i) block.add(*values[i], weights[i]);
      block.finish(weight, out);
    }
  });
  return out;
}

std::vector<double> contributions(std::vector<Values const*> const& values, std::vector<double> const& weights,
                                  std::size_t row) {
  require_same_length(values, weights);
  double known_weight = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i]->value.is_known(row)) known_weight += weights[i];
  std::vector<double> out(values.size(), 0);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (weights[i] > 0 && values[i]->value.is_known(row))
      out[i] = 100 * weights[i] * values[i]->value.values[row] / known_weight;
  return out;
}

}  // namespace terrein
