#pragma once

#include <optional>
#include <vector>

#include "geometry/segment_tree.hpp"
#include "terrein/geometry/fronts.hpp"
#include "terrein/geometry/nearest.hpp"

namespace terrein {

/// The banks behind an index.
class FrontBank {
 public:
  FrontBank(Layer const& layer, std::vector<std::uint8_t> const& selected, unsigned workers);

  /// The place of a bank nearest to p that does not lie behind the edge through p, whose direction (of length 1) has
  /// the plot on its left; row = no_row for none within `most`.
  struct Nearest {
    double metres = 0;
    Point to;
    Row row = no_row;
    Point along;  ///< direction of the bank there, of length 1
  };
  [[nodiscard]] Nearest nearest(Point p, Point edge, double most) const;
  /// Whether p lies in the water.
  [[nodiscard]] bool holds(Point p) const { return areas_.nearest(p, 0).row != no_row; }
  [[nodiscard]] bool any_in(Box const& box) const;
  [[nodiscard]] std::uint32_t rank(Row row) const { return layer_.id_rank[row]; }

 private:
  Layer const& layer_;
  SegmentTree segments_;
  SegmentIndex areas_;
};

/// What a place on the boundary of a plot sees.
struct FrontView {
  bool open = false;  ///< belongs to a front
  double across = 1;  ///< length that a unit of the edge has as seen from the bank
  Row row = no_row;   ///< what it looks on
  Point to, inland;   ///< the place on the bank; direction away from it, of length 1
};

/// Looks from places on the boundary of one plot.
class FrontViewer {
 public:
  FrontViewer(FrontBank const& bank, FrontOptions const& options, GeometryColumn const& shapes, std::size_t row);

  /// `edge` as for `FrontBank::nearest`.
  [[nodiscard]] FrontView from(Point p, Point edge) const;
  /// The place on the bank that is looked on from p, barred or not.
  [[nodiscard]] std::optional<Point> opposite(Point p, Point edge) const;
  /// Length of the way from p up to the first end of the plot.
  [[nodiscard]] double depth(Point p, Point inland) const;
  [[nodiscard]] bool built(FrontView const& view, Barriers const* buildings) const;

 private:
  [[nodiscard]] bool barred(Point from, Point to) const;

  FrontBank const& bank_;
  FrontOptions const& options_;
  Layer plot_;  // the plot alone
  Barriers own_;
  bool near_blockers_;
};

}  // namespace terrein
