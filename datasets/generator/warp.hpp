#pragma once

#include <vector>

#include "plane.hpp"

namespace terrein::demo {

/// Bends the straight plan into a map: a sum of smooth bumps, each moving its surroundings one way. One-to-one, because
/// no bump pushes more than a few percent of its radius. Ends in EPSG:31370, rounded to centimetres as on a
/// cadastral plan.
class Warp {
 public:
  Warp();
  [[nodiscard]] Vec operator()(Vec plan) const;
  /// A ring or line of the plan with its long edges divided, so that they bend as well.
  [[nodiscard]] Ring ring(Ring const& plan, double step = 40) const;
  [[nodiscard]] Line line(Line const& plan, double step = 40) const;

 private:
  struct Bump {
    Vec middle;
    double radius;
    Vec push;
  };
  std::vector<Bump> bumps_;
};

}  // namespace terrein::demo
