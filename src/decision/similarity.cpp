#include "terrein/decision/similarity.hpp"

#include <cmath>

namespace terrein {

Distances distances_from(std::vector<Values const*> const& values, std::vector<double> const& weights, Row row) {
  std::size_t const rows = values.empty() ? 0 : values.front()->value.size();
  Distances out{Column<double>("distance", rows), std::vector<double>(rows, 0)};
  std::vector<double> sum(rows, 0);
  for (std::size_t j = 0; j < values.size(); ++j) {
    Column<double> const& value = values[j]->value;
    if (weights[j] == 0 || !value.is_known(row)) continue;
    for (std::size_t other = 0; other < rows; ++other) {
      if (!value.is_known(other)) continue;
      sum[other] += weights[j] * std::abs(value.values[other] - value.values[row]);
      out.shared[other] += weights[j];
    }
  }
  for (std::size_t other = 0; other < rows; ++other)
    if (out.shared[other] > 0) out.distance.set(other, sum[other] / out.shared[other]);
  return out;
}

}  // namespace terrein
