#include "geometry/segment_tree.hpp"

namespace terrein {
namespace {

std::vector<Box> boxes_of(std::span<RowSegment const> segments) {
  std::vector<Box> boxes;
  boxes.reserve(segments.size());
  for (RowSegment const& segment : segments) boxes.push_back(box_of(segment.a, segment.b));
  return boxes;
}

}  // namespace

SegmentTree::SegmentTree(std::span<RowSegment const> segments, unsigned workers) : boxes_(boxes_of(segments), workers) {
  segments_.reserve(boxes_.order().size());
  for (std::uint32_t const position : boxes_.order()) segments_.push_back(segments[position]);
}

}  // namespace terrein
