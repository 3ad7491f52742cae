#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "terrein/geometry/box.hpp"
#include "terrein/geometry/crs.hpp"
#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

/// The squares of a fixed grid that shapes lie in, by their boxes: tells cheaply which other shapes may lie near one of
/// them. The grid does not depend on what is loaded, so that what is near never depends on it either.
class Surroundings {
 public:
  static constexpr double square_m = 128;  ///< side of a square, in the units of the coordinates

  Surroundings() = default;
  /// Of the rows with a shape. Rows whose coordinates are not finite are near nothing.
  explicit Surroundings(GeometryColumn const& shapes);

  /// False only when no shape's box lies within `reach` of `box`. True for boxes that are empty or not finite: of those
  /// nothing is known.
  [[nodiscard]] bool may_reach(Box const& box, double reach) const;

 private:
  static constexpr int tile_bits = 6, tile_side = 1 << tile_bits;
  using Tile = std::array<std::uint64_t, tile_side>;  ///< a word per line of squares, a bit per square
  struct Span {
    std::int32_t min_x, min_y, max_x, max_y;
  };
  /// The squares that a box touches; false where it lies beyond the grid or touches very many.
  static bool squares_of(Box const& box, Span& out);
  static std::uint64_t key(std::int32_t tile_x, std::int32_t tile_y);
  /// Calls see(key, line, bits) for the squares of a span, by tile and line, until it says true; whether it did.
  template <class See>
  static bool any_line(Span const& span, See const& see);

  std::unordered_map<std::uint64_t, Tile> tiles_;
  std::vector<Box> large_;  ///< boxes of shapes that touch very many squares
  Box all_;
};

/// Which polygons of a layer are worth keeping: those that may lie within `reach` of some shapes in the same CRS.
struct NearOnly {
  Surroundings const* of;
  Crs const* crs;
  double reach;
};

/// Takes the shapes of polygons that are not near away (`GeometryKind::far`).
void leave_out_far(GeometryColumn& column, NearOnly const& near);

}  // namespace terrein
