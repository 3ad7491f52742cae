#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "terrein/geometry/packed_boxes.hpp"

namespace terrein {

/// A packed R-tree over fixed boxes, ordered by the Hilbert code of their centres. Built once, then read by all
/// workers. What a query finds does not depend on the tree's shape; callers order hits by id.
class SpatialIndex {
 public:
  SpatialIndex() = default;
  /// Empty boxes are never found.
  explicit SpatialIndex(std::vector<Box> const& boxes, unsigned workers = 1)
      : items_(boxes.size()), tree_(boxes, workers) {}
  [[nodiscard]] std::size_t size() const noexcept { return items_; }
  /// Appends the positions of all boxes that meet `box` to `hits`, ascending.
  void query(Box const& box, std::vector<std::uint32_t>& hits) const;
  /// Whether any box meets `box`.
  [[nodiscard]] bool any(Box const& box) const { return tree_.any(box); }
  /// Calls visit(position), which returns a bound, for all boxes whose distance to `box` is not above the smallest
  /// bound so far: equal distances are all visited, and because of rounding some that are slightly further.
  template <class Visit>
  void nearest(Box const& box, Visit const& visit, double bound = std::numeric_limits<double>::infinity()) const {
    auto const squared = [](double distance) { return distance * distance * (1 + 1e-6); };
    tree_.nearest(box, squared(bound), [&](std::uint32_t place) {
      bound = std::min(bound, visit(tree_.order()[place]));
      return squared(bound);
    });
  }

 private:
  std::size_t items_ = 0;
  PackedBoxes tree_;
};

}  // namespace terrein
