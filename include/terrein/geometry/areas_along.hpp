#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "terrein/geometry/layer.hpp"

namespace terrein {

/// A part of a line, in metres from its start.
struct LinePart {
  double begin = 0, end = 0;
};

/// The polygons of a layer, to say which parts of lines lie in any of them. Made once, read by all workers. The layer
/// must outlive it.
class AreasAlong {
 public:
  /// `selected` has one byte per row, 0 = leave out; empty = all rows. Only polygons count.
  explicit AreasAlong(Layer const& areas, std::span<std::uint8_t const> selected = {}, unsigned workers = 1);
  AreasAlong(AreasAlong&&) noexcept;
  ~AreasAlong();

  /// The parts of a line (x, y pairs) in the areas, their boundary included; in order and apart from each other.
  [[nodiscard]] std::vector<LinePart> parts(std::span<double const> xy) const;

 private:
  class Search;
  std::unique_ptr<Search const> search_;
};

/// Orders parts and joins those that touch or overlap.
void join_parts(std::vector<LinePart>& parts);

}  // namespace terrein
