#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "terrein/geometry/box.hpp"

namespace terrein {

/// A packed R-tree over fixed boxes, ordered by the Hilbert code of their centres. Built once, then read by all
/// workers. What a query finds does not depend on the tree's shape; callers order hits by id.
class SpatialIndex {
 public:
  SpatialIndex() = default;
  /// Empty boxes are never found.
  explicit SpatialIndex(std::vector<Box> const& boxes);
  [[nodiscard]] std::size_t size() const noexcept { return items_; }
  /// Appends the positions of all boxes that meet `box` to `hits`, ascending.
  void query(Box const& box, std::vector<std::uint32_t>& hits) const;
  /// Visits boxes by ascending distance to `box` for as long as `visit(position, box_distance)` returns a bound that
  /// is not smaller than the next box distance. Equal distances are all visited (prune on strict less-than). Boxes
  /// beyond `bound` are never visited.
  void nearest(Box const& box, std::function<double(std::uint32_t position, double box_distance)> const& visit,
               double bound = std::numeric_limits<double>::infinity()) const;

 private:
  std::size_t items_ = 0;
  std::vector<Box> node_box_;             // leaves first, level by level, root last
  std::vector<std::uint32_t> node_item_;  // leaf: position of the box; inner node: first child
  std::vector<std::size_t> level_end_;
};

/// Positions of the boxes that are not empty, in the order of the Hilbert codes of their centres (on a grid of 65536
/// cells a side over all of them), equal codes by position: neighbours in the order are neighbours in space.
[[nodiscard]] std::vector<std::uint32_t> hilbert_order(std::span<Box const> boxes);

/// Position along a Hilbert curve of order `level` (1..16) of a cell; same curve as GEOS and JTS.
[[nodiscard]] std::uint32_t hilbert_code(unsigned level, std::uint32_t x, std::uint32_t y);
struct Cell {
  std::uint32_t x, y;
};
[[nodiscard]] Cell hilbert_cell(unsigned level, std::uint32_t code);

}  // namespace terrein
