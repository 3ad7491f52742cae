#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "terrein/geometry/barriers.hpp"
#include "terrein/geometry/layer.hpp"

namespace terrein {

/// A continuous part of the boundary of a plot that looks on a bank or a railway.
struct Front {
  double length_m = 0;       ///< as seen from the bank: sides that run towards it add nothing
  double depth_m = 0;        ///< of the land behind it, see `FrontOptions`
  double built_m = 0;        ///< of the length: a building stands near the bank
  double maybe_built_m = 0;  ///< the same with the buildings that perhaps are some
  Row row = no_row;          ///< what the longest part of it looks on, smallest id among equals
  Point at;                  ///< on the bank, opposite the middle
  std::vector<Point> line;   ///< the part of the boundary
};

struct FrontOptions {
  double tolerance_m = 40;              ///< longest way between the bank and the plot
  double window_m = 60;                 ///< length of the part of a front that its depth is measured behind
  double depth_share = 0.8;             ///< of that part that must be as deep
  double building_m = 25;               ///< from the bank inland
  Barriers const* blockers = nullptr;   ///< what no way may cross
  Barriers const* buildings = nullptr;  ///< what `built_m` counts
  Barriers const* maybe_buildings = nullptr;
};

class FrontBank;

/// Water (areas) or railways (lines) that plots may have a front on. Made once, read by all workers; the layer and the
/// barriers must outlive it.
class FrontIndex {
 public:
  /// `selected` has a byte per row, 0 = leave out; empty = all. Points and rows without shape are left out.
  FrontIndex(Layer const& banks, std::vector<std::uint8_t> const& selected, FrontOptions options, unsigned workers = 1);
  FrontIndex(FrontIndex&&) noexcept;
  ~FrontIndex();

 private:
  friend class FrontSearch;
  std::unique_ptr<FrontBank const> bank_;
  FrontOptions options_;
};

/// Finds the fronts of one plot after the other. For one worker; the index must outlive it.
///
/// A place on the boundary belongs to a front when the straight way to the nearest place of a bank that lies outside
/// the plot is within the tolerance and crosses neither a blocker nor the plot; places that lie in the water do. What
/// reaches up to 1 m over the boundary with an area, such as a hall drawn askew, bars nothing. The length counts as
/// seen along the way, so that a plot of 30 m between two sides that run 40 m along ways has 30 m, and no more than
/// there is of the bank. Places are looked at every metre of an edge and at its ends, and where the answer turns, to a
/// millimetre; what is narrower than a metre may go unseen. Interruptions of 1 cm, seen from the bank, do not part
/// fronts; a turn of more than 120 degrees does.
///
/// The depth of a front is the greatest for which there is a continuous part of `window_m` (the whole front where it is
/// shorter) with land of that depth, measured straight away from the bank up to the first end of the plot, behind at
/// least `depth_share` of it: a spike does not make a plot deep, nor a slanted side a plot shallow.
class FrontSearch {
 public:
  explicit FrontSearch(FrontIndex const& index);
  FrontSearch(FrontSearch&&) noexcept;
  ~FrontSearch();

  /// In the order of the boundary; none for rows that are no polygons.
  [[nodiscard]] std::vector<Front> find(GeometryColumn const& shapes, std::size_t row);

 private:
  FrontIndex const& index_;
};

}  // namespace terrein
