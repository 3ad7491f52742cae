#include "geometry/segment_tree.hpp"

#include "terrein/core/error.hpp"
#include "terrein/geometry/spatial_index.hpp"

namespace terrein {

SegmentTree::SegmentTree(std::span<RowSegment const> segments) {
  if (segments.size() > 0xfffffff0U)
    throw_error(ErrorKind::input, "An index cannot hold more than 4294967280 segments. Cut the layer into parts.");
  std::vector<Box> boxes;
  boxes.reserve(segments.size());
  for (RowSegment const& segment : segments) boxes.push_back(box_of(segment.a, segment.b));
  std::vector<Box> children;
  children.reserve(segments.size());
  segments_.reserve(segments.size());
  for (std::uint32_t const position : hilbert_order(boxes)) {
    segments_.push_back(segments[position]);
    children.push_back(boxes[position]);
  }
  while (!children.empty()) {
    level_begin_.push_back(nodes_.size());
    std::vector<Box> parents;
    for (std::size_t first = 0; first < children.size(); first += fan_out) {
      Node node;
      Box all;
      for (std::size_t i = 0; i < fan_out; ++i) {
        Box const box = first + i < children.size() ? children[first + i] : Box{};
        node.min_x[i] = box.min_x;
        node.min_y[i] = box.min_y;
        node.max_x[i] = box.max_x;
        node.max_y[i] = box.max_y;
        all.extend(box);
      }
      nodes_.push_back(node);
      parents.push_back(all);
    }
    if (parents.size() == 1) return;
    children = std::move(parents);
  }
}

}  // namespace terrein
