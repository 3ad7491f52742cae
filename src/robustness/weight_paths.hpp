#pragma once

#include <cstddef>
#include <vector>

#include "terrein/robustness/ranking_problem.hpp"

namespace terrein {

/// A score while one weight moves: (n0 + n1 t) / (d0 + d1 t), the denominator above 0 within (0, 1).
struct Path {
  double n0 = 0, n1 = 0, d0 = 1, d1 = 0;
  [[nodiscard]] double at(double t) const {
    double const below = d0 + d1 * t;
    if (below > 0) return (n0 + n1 * t) / below;
    return d1 != 0 ? n1 / d1 : 0;  // its limit, where all that is known loses its weight
  }
};

/// What a row scores with the weights as they are: the sum of its known values, and the weight they have.
struct Standing {
  double sum = 0, known = 0;
};
[[nodiscard]] Standing standing_of(RankingProblem const& problem, Row row);
/// Of several rows.
[[nodiscard]] std::vector<Standing> standings_of(RankingProblem const& problem, std::vector<Row> const& rows,
                                                 unsigned workers);

/// The paths of one criterion's weight.
class Paths {
 public:
  Paths(RankingProblem const& problem, std::size_t moving)
      : problem_(problem), moving_(moving), weight_(problem.weights[moving]), even_(1 - weight_ <= 1e-12) {}
  [[nodiscard]] Path of(Row row, Standing const& standing) const {
    Values const& own = *problem_.values[moving_];
    double const known = own.value.is_known(row) ? 1 : 0, value = known * own.value.values[row];
    Standing const others = even_ ? evenly(row)
                                  : Standing{(standing.sum - weight_ * value) / (1 - weight_),
                                             (standing.known - weight_ * known) / (1 - weight_)};
    return {others.sum, value - others.sum, others.known, known - others.known};
  }
  [[nodiscard]] Path of(Row row) const { return of(row, standing_of(problem_, row)); }

 private:
  /// The others with equal weights, where they have none.
  [[nodiscard]] Standing evenly(Row row) const {
    Standing out;
    double const share = 1 / static_cast<double>(problem_.weights.size() - 1);
    for (std::size_t i = 0; i < problem_.weights.size(); ++i) {
      if (i == moving_ || !problem_.values[i]->value.is_known(row)) continue;
      out.sum += share * problem_.values[i]->value.values[row];
      out.known += share;
    }
    return out;
  }

  RankingProblem const& problem_;
  std::size_t moving_;
  double weight_;
  bool even_;
};

/// Real roots of c0 + c1 t + c2 t², ascending; none for a constant.
[[nodiscard]] std::vector<double> roots(double c0, double c1, double c2);

/// The difference of two paths over their common denominator, which keeps its sign: a polynomial.
struct Difference {
  double c0, c1, c2;
  Difference(Path const& a, Path const& b)
      : c0(a.n0 * b.d0 - b.n0 * a.d0),
        c1(a.n0 * b.d1 + a.n1 * b.d0 - b.n0 * a.d1 - b.n1 * a.d0),
        c2(a.n1 * b.d1 - b.n1 * a.d1) {}
  [[nodiscard]] double slope(double t) const { return c1 + 2 * c2 * t; }
};

/// Weights between 0 and 1, ascending, at which the sign of a difference turns or touches 0. Where a weight is 0 or 1 a
/// path may end at what has no score, so that a root there says nothing.
[[nodiscard]] std::vector<double> meetings(Difference const& difference);

}  // namespace terrein
