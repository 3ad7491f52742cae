#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/robustness/random.hpp"

namespace terrein {

/// Which weights are thought possible. Criteria whose weight is 0 have no weight in any of them.
enum class WeightKind {
  fixed,   ///< the weights themselves
  around,  ///< Dirichlet with the weights as mean: standard deviation of a weight sqrt(w (1 - w) / (concentration + 1))
  any,     ///< uniform over all weights that sum to 1
  order,   ///< uniform over those in which no criterion weighs more than one that weighs more than it; equals are free
  ranges,  ///< uniform over those within ranges
};
/// "fixed", "around", "any", "order", "ranges"
[[nodiscard]] std::string_view to_string(WeightKind kind);
[[nodiscard]] std::optional<WeightKind> weight_kind(std::string_view text);

struct WeightSpace {
  WeightKind kind = WeightKind::around;
  std::vector<double> weights;    ///< shares of 1
  double concentration = 100;     ///< of `around`: as if so many points had been handed out. Greater than 0
  std::vector<double> low, high;  ///< of `ranges`: shares of 1, one per criterion
};

/// Draws weights: draw `i` of a seed is the same whoever asks, and in whichever order.
///
/// Uniform on the simplex are exponential numbers over their sum; normalised independent uniform numbers are not
/// (P(w1 > 1/2) of three would be 1/6, not 1/4). Dirichlet numbers are gamma numbers over their sum (Marsaglia & Tsang
/// 2000). Uniform within an order are sorted uniform ones. Uniform within ranges is the limit of random steps that move
/// weight between two criteria; 200 steps per criterion from the middle of the ranges are made for every draw.
class WeightSampler {
 public:
  /// Throws `Error{config}` for weights without any above 0, a concentration that is not above 0, and ranges that are
  /// no ranges or that no weights fit in.
  WeightSampler(WeightSpace space, std::uint64_t seed);
  /// Writes the weights of a draw, which sum to 1 but for rounding; `out` has one per criterion.
  void draw(std::uint64_t index, double* out) const;
  [[nodiscard]] std::size_t size() const noexcept { return space_.weights.size(); }
  [[nodiscard]] WeightSpace const& space() const noexcept { return space_; }

 private:
  void draw_gamma(RandomStream& random, double* out, bool around) const;
  void draw_ordered(RandomStream& random, double* out) const;
  void draw_in_ranges(RandomStream& random, double* out) const;

  WeightSpace space_;
  std::uint64_t seed_;
  std::vector<std::size_t> weighing_;             ///< criteria with a weight
  std::vector<std::vector<std::size_t>> ranked_;  ///< of `order`: groups of equal weight, heaviest first
  std::vector<double> start_;                     ///< of `ranges`
};

}  // namespace terrein
