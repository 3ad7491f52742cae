#pragma once

#include <optional>
#include <span>
#include <vector>

#include "terrein/criteria/inputs.hpp"
#include "terrein/geometry/nearest.hpp"

namespace terrein {

/// Where candidates lie with respect to the area in which a layer is complete.
class CoverageCheck {
 public:
  CoverageCheck(Coverage const& coverage, GeometryColumn const& candidates, std::span<double const> candidate_m2,
                unsigned workers);
  CoverageCheck(CoverageCheck const&) = delete;
  CoverageCheck& operator=(CoverageCheck const&) = delete;

  /// The same coverage, so that one check serves both.
  [[nodiscard]] bool same_as(Coverage const& other) const;
  /// Area of a candidate outside the coverage; 0 when it is negligible.
  [[nodiscard]] double outside_m2(std::size_t row) const noexcept { return everywhere_ ? 0 : outside_m2_[row]; }
  /// How far a candidate can look around before it sees anything outside the coverage: 0 when it is not wholly inside.
  /// Infinite when that is beyond `limit`.
  [[nodiscard]] double reach(std::size_t row, double limit) const;
  /// The same for a place.
  [[nodiscard]] double reach(Point point, double limit) const;
  /// Whether a line, and all within `around` metres of it, lies inside the coverage; a line that touches its boundary
  /// does not.
  [[nodiscard]] bool holds(GeometryColumn const& lines, std::size_t row, double around) const;
  /// Inside or on the boundary of the coverage.
  [[nodiscard]] bool contains(Point point) const;

 private:
  bool everywhere_;
  Coverage const& coverage_;
  GeometryColumn const& candidates_;
  std::vector<double> outside_m2_;
  Layer area_, boundary_;  // the coverage as polygon, and its rings as lines
  std::optional<SegmentIndex> in_area_, near_boundary_;
};

}  // namespace terrein
