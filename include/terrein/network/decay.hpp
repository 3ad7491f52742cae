#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace terrein {

/// How much less a destination counts the more it takes to get there: f(c) of gravity models, never rising with the
/// cost c ≥ 0 and never outside 0 to 1.
enum class DecayKind {
  binary,         ///< 1 up to `limit`, the limit included; 0 beyond
  linear,         ///< max(0, 1 − c / limit)
  exponential,    ///< exp(−beta · c)
  gaussian,       ///< exp(−c² / (2 sigma²))
  inverse_power,  ///< c^−beta, and 1 below c = 1, so that the unit of c matters
  stepped,        ///< 1 before the first step; a cost equal to a step has the value of that step (left-closed), and the
                  ///< last value holds for all costs beyond
  logistic,  ///< cumulative-logistic: (1 + exp(−mean·π / (sd·√3))) / (1 + exp((c − mean)·π / (sd·√3)))
};

/// Sources: methods of Hansen (1959), and of the R package accessibility for the sides of steps. exp and pow are those
/// of the C library: the last bit may differ between its versions, though not between workers or runs on one machine.
struct Decay {
  DecayKind kind = DecayKind::binary;
  double a = 0, b = 0;  ///< binary, linear: limit · exponential, inverse_power: beta · gaussian: sigma · logistic:
                        ///< mean, sd
  std::vector<std::pair<double, double>> steps;  ///< stepped: cost strictly ascending, value never rising
  double unit = 1;  ///< costs are divided by this before anything else: 60 makes minutes of seconds

  bool operator==(Decay const&) const = default;
  /// Value of a cost ≥ 0; 0 for an infinite one, to which there is no way. Precondition: not NaN.
  [[nodiscard]] double operator()(double cost) const;
  /// The smallest cost from which on everything counts for nothing; infinite when there is none.
  [[nodiscard]] double nothing_beyond() const;
};

/// Reads "limit=30" (binary, linear), "beta=0.1" (exponential, inverse_power), "sigma=20" (gaussian), "mean=40|sd=10"
/// (logistic), "10:0.75|20:0.5|40:0" (stepped). Throws `Error{config}` naming what is wrong: parameters that are absent
/// or not above 0, steps that do not ascend, values that rise or lie outside 0 to 1.
[[nodiscard]] Decay parse_decay(std::string_view kind, std::string_view points);
[[nodiscard]] std::string_view to_string(DecayKind kind);

/// ln of a sum of weighted exponentials, Σ w · exp(v), safe for any v: the largest v is taken out of the sum first.
class LogSum {
 public:
  /// A term of weight 0 adds nothing. Precondition: weight ≥ 0, value finite.
  void add(double value, double weight = 1);
  /// Nothing when no term was added.
  [[nodiscard]] std::optional<double> log() const;

 private:
  double largest_ = 0, sum_ = 0;  // of exp(v − largest)
};

}  // namespace terrein
