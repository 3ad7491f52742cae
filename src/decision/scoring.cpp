#include "terrein/decision/scoring.hpp"

#include <algorithm>
#include <cmath>

#include "terrein/core/error.hpp"
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

/// Sums of one candidate, always in the order of the criteria. Criteria without weight are passed over, so that their
/// values cannot matter.
struct Sums {
  double weight = 0, known_weight = 0, score = 0, low = 0, high = 0;
};

Sums sums_of(std::vector<Values const*> const& values, std::vector<double> const& weights, std::size_t row) {
  Sums out;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (weights[i] == 0) continue;
    out.weight += weights[i];
    out.low += weights[i] * values[i]->low[row];
    out.high += weights[i] * values[i]->high[row];
    if (!values[i]->value.is_known(row)) continue;
    out.known_weight += weights[i];
    out.score += weights[i] * values[i]->value.values[row];
  }
  return out;
}

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

Scores weighted_sum(std::vector<Values const*> const& values, std::vector<double> const& weights) {
  require_same_length(values, weights);
  std::size_t const rows = values.empty() ? 0 : values.front()->value.size();
  Scores out{Column<double>("score", rows), std::vector<double>(rows), std::vector<double>(rows),
             std::vector<double>(rows)};
  for (std::size_t row = 0; row < rows; ++row) {
    Sums const sums = sums_of(values, weights, row);
    if (!(sums.weight > 0)) throw_error(ErrorKind::internal, "The weights of a score sum to zero.");
    out.low[row] = sums.low / sums.weight;
    out.high[row] = sums.high / sums.weight;
    out.completeness[row] = sums.known_weight / sums.weight;
    if (!(sums.known_weight > 0)) continue;
    double const score = sums.score / sums.known_weight;
    out.score.set(row, score);
    out.low[row] = std::min(out.low[row], score);
    out.high[row] = std::max(out.high[row], score);
  }
  return out;
}

std::vector<double> contributions(std::vector<Values const*> const& values, std::vector<double> const& weights,
                                  std::size_t row) {
  require_same_length(values, weights);
  double const known_weight = sums_of(values, weights, row).known_weight;
  std::vector<double> out(values.size(), 0);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (weights[i] > 0 && values[i]->value.is_known(row))
      out[i] = 100 * weights[i] * values[i]->value.values[row] / known_weight;
  return out;
}

}  // namespace terrein
