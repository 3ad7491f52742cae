#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "geometry/segments.hpp"
#include "terrein/geometry/packed_boxes.hpp"

namespace terrein {

/// A segment of a layer's row; a point is a segment with equal ends.
struct RowSegment {
  Point a, b;
  Row row = no_row;
};

/// Segments behind an index of their boxes, in its order: those that are looked at together lie together.
class SegmentTree {
 public:
  explicit SegmentTree(std::span<RowSegment const> segments, unsigned workers = 1);

  [[nodiscard]] std::size_t size() const noexcept { return segments_.size(); }
  [[nodiscard]] RowSegment const& segment(std::size_t place) const noexcept { return segments_[place]; }
  /// `query` and `nearest` give places.
  [[nodiscard]] PackedBoxes const& boxes() const noexcept { return boxes_; }

 private:
  PackedBoxes boxes_;
  std::vector<RowSegment> segments_;
};

}  // namespace terrein
