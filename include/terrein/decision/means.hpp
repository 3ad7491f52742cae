#pragma once

#include <span>
#include <vector>

namespace terrein {

/// Weighted power mean (Σ w v^r)^(1/r) of values from 0 up; negative values count as 0. `exponent` is the degree of
/// compensation: 1 the arithmetic mean (a bad value can be bought off in full), 0 the geometric mean (the weighted
/// product), -1 the harmonic mean, -infinity the minimum. Any 0 with weight gives 0 for exponents of 0 and less; a
/// value without weight counts for nothing. Equal values give that value, and a lower exponent never gives more, but
/// for the last bits. Weights are made to sum to 1; their sum must be above 0. Source: Bridgman 1922; OECD/JRC Handbook
/// on Constructing Composite Indicators 2008.
[[nodiscard]] double power_mean(std::span<double const> values, std::span<double const> weights, double exponent);

/// Ordered weighted average: the best value times the first order weight, and so on. As many order weights as values.
/// Source: Yager 1988.
[[nodiscard]] double owa(std::span<double const> values, std::span<double const> order_weights);
/// Order weights of importance weights that stand from the best value to the worst: Q(p) = p^alpha at their cumulative
/// shares, differenced; the last share is exactly 1. alpha 1 gives the importance weights themselves, 0 all to the
/// best, infinity all to the worst, of those with importance. Sources: Yager 1996; Malczewski 2006.
[[nodiscard]] std::vector<double> quantifier_order_weights(std::span<double const> importance, double alpha);
/// The alpha of a quantifier with this orness, 1 / (1 + alpha): 1 looks at the best value only, 0.5 is neutral, 0 looks
/// at the worst only.
[[nodiscard]] double quantifier_alpha(double orness);

/// Of order weights that sum to 1, two or more; throws `Error{config}` for fewer.
/// How near to the maximum: 1 the maximum, 0.5 neutral, 0 the minimum (Yager 1988).
[[nodiscard]] double orness(std::span<double const> order_weights);
/// How much one value can make up for another: 1 in full, 0 not at all (Jiang and Eastman 2000).
[[nodiscard]] double tradeoff(std::span<double const> order_weights);
/// -Σ o ln o: 0 when one value decides, ln n when all count alike (Yager 1988).
[[nodiscard]] double dispersion(std::span<double const> order_weights);

/// The ordered weighted average of importance weights by a quantifier, for many candidates one after the other: keeps
/// its memory.
class QuantifierMean {
 public:
  explicit QuantifierMean(double alpha) : alpha_(alpha) {}
  /// Equal values may stand in any order. Weights are made to sum to 1; their sum must be above 0.
  [[nodiscard]] double operator()(std::span<double const> values, std::span<double const> importance);

 private:
  struct Weighted {
    double value, importance;
  };
  double alpha_;
  std::vector<Weighted> sorted_;
};

}  // namespace terrein
