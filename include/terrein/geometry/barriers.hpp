#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "terrein/geometry/layer.hpp"

namespace terrein {

/// Lines and areas that a straight way on the ground may not cross: rail, water, motorways. Made once, read by all
/// workers. The layers must outlive it.
class Barriers {
 public:
  struct From {
    Layer const* layer = nullptr;
    std::vector<std::uint8_t> selected = {};  ///< a byte per row, 0 = no barrier; empty = all rows
  };
  /// Points and rows without shape are no barriers.
  explicit Barriers(std::vector<From> layers);
  Barriers(Barriers&&) noexcept;
  ~Barriers();

  /// What a way crosses: the first such layer, and of it the row with the smallest id; no_row for nothing.
  struct Crossed {
    std::uint32_t layer = no_row;
    Row row = no_row;
    [[nodiscard]] bool any() const noexcept { return row != no_row; }
    friend bool operator==(Crossed const&, Crossed const&) = default;
  };
  /// A line is crossed when it has a point in common with the way, an area when more than `negligible_m` of the way lie
  /// in it: banks and parcels are drawn with a shared boundary, or nearly so. Exact but for that.
  [[nodiscard]] Crossed crossed(Point a, Point b) const;
  /// Whether what is crossed is an area, not a line. Precondition: something is.
  [[nodiscard]] bool is_area(Crossed const& crossed) const;
  /// Whether any barrier has a box that meets `box`: false = nothing in it can be crossed.
  [[nodiscard]] bool any_in(Box const& box) const;

  static constexpr double negligible_m = 0.01;

 private:
  class Of;
  std::vector<Of> layers_;
};

}  // namespace terrein
