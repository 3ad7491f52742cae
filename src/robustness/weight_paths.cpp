#include "robustness/weight_paths.hpp"

#include <algorithm>
#include <cmath>

#include "terrein/core/parallel.hpp"

namespace terrein {

Standing standing_of(RankingProblem const& problem, Row row) {
  Standing out;
  for (std::size_t i = 0; i < problem.weights.size(); ++i) {
    Values const& values = *problem.values[i];
    if (!values.value.is_known(row)) continue;
    out.sum += problem.weights[i] * values.value.values[row];
    out.known += problem.weights[i];
  }
  return out;
}

std::vector<Standing> standings_of(RankingProblem const& problem, std::vector<Row> const& rows, unsigned workers) {
  std::vector<Standing> out(rows.size());
  parallel_chunks(rows.size(), workers, 4096, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) out[i] = standing_of(problem, rows[i]);
  });
  return out;
}

std::vector<double> roots(double c0, double c1, double c2) {
  double const scale = std::max({std::abs(c0), std::abs(c1), std::abs(c2)});
  if (scale == 0) return {};
  if (std::abs(c2) <= 1e-15 * scale) {
    if (std::abs(c1) <= 1e-15 * scale) return {};
    return {-c0 / c1};
  }
  double const square = c1 * c1 - 4 * c0 * c2;
  if (square < 0) return {};
  double const q = -0.5 * (c1 + std::copysign(std::sqrt(square), c1));
  std::vector<double> out{q / c2};
  if (q != 0) out.push_back(c0 / q);
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<double> meetings(Difference const& difference) {
  constexpr double edge = 1e-12;
  std::vector<double> out = roots(difference.c0, difference.c1, difference.c2);
  std::erase_if(out, [](double root) { return !(root > edge) || !(root < 1 - edge); });
  return out;
}

}  // namespace terrein
