#pragma once

#include <span>
#include <vector>

#include "terrein/decision/normalisation.hpp"

namespace terrein {

/// Closeness to the ideal of one candidate, D⁻ / (D⁺ + D⁻) with Euclidean distances: 1 at the ideal, 0 at the
/// anti-ideal. `positions` run from 0 (anti-ideal) to 1 (ideal), `weights` are the weighted lengths of those scales.
/// Weights need not sum to 1, as only their proportion counts; without any weight the closeness is 1. Source: Hwang and
/// Yoon 1981.
[[nodiscard]] double closeness(std::span<double const> positions, std::span<double const> weights);
/// Of positions and weights as in `closeness`: S = Σ w (1 - x), the regret of the group, and R = max w (1 - x), that of
/// the individual. Source: Opricovic and Tzeng 2004.
struct Regret {
  double group = 0, individual = 0;
};
[[nodiscard]] Regret regret(std::span<double const> positions, std::span<double const> weights);
/// Q = v (S - S*) / (S⁻ - S*) + (1 - v) (R - R*) / (R⁻ - R*), 0 best to 1 worst; a term without range is
/// 0, and 1 for what lies beyond it.
[[nodiscard]] double vikor_index(Regret const& of, Regret const& best, Regret const& worst, double v);

/// The textbook TOPSIS of raw numbers: normalised, weighted, ideal and anti-ideal the best and worst of the
/// alternatives. `fixed` takes the numbers as they are. Weights need not sum to 1. Constant criteria separate nobody;
/// without any other, all have closeness 1. Throws `Error{config}` as `normalise` does.
[[nodiscard]] std::vector<double> topsis(Alternatives const& alternatives, std::vector<Objective> const& objectives,
                                         std::vector<double> const& weights,
                                         Normalisation normalisation = Normalisation::vector);

/// The textbook VIKOR of raw numbers, linear between the best and the worst of the alternatives.
struct Vikor {
  std::vector<double> s, r, q;          ///< smaller is better
  std::vector<std::size_t> compromise;  ///< rows of the compromise set, ascending
  bool advantage = true;                ///< the second by Q lies at least 1 / (m - 1) behind the first
  bool stability = true;                ///< the first by Q is the first by S or by R too
  std::vector<std::size_t> constant;    ///< criteria that were dropped because all alternatives have one number
};
/// `weights` are made to sum to 1; `v` from 0 to 1 is the weight of the group against the individual. Without
/// advantage, the set has all that lie less than 1 / (m - 1) behind the first; with it but without stability, the first
/// two. Equal Q: the smaller row first. One alternative is its own compromise. Throws `Error{config}` as
/// `normalised_weights` and for another v.
[[nodiscard]] Vikor vikor(Alternatives const& alternatives, std::vector<Objective> const& objectives,
                          std::vector<double> const& weights, double v = 0.5);

/// Weighted distance Σ w |x - target| / (high - low) to a target within fixed bounds, 0 best: no alternative changes
/// that of another. With every target at a bound it is 1 minus the weighted sum of goal-posts. Source: Dezert et al.
/// 2020 (SPOTIS). Throws `Error{config}` for low ≥ high, a target outside them, and weights as `normalised_weights`.
struct Goalpost {
  double low = 0, high = 1, target = 1;
};
[[nodiscard]] std::vector<double> spotis(Alternatives const& alternatives, std::vector<Goalpost> const& goalposts,
                                         std::vector<double> const& weights);

}  // namespace terrein
