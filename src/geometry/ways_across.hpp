#pragma once

#include <vector>

#include "geometry/first_met.hpp"
#include "terrein/geometry/facing.hpp"

namespace terrein {

/// An edge of a row, from which its ways go out.
struct FacingSide {
  Point start;
  Point along, outwards;  ///< of length 1, square to each other
  double length = 0;

  FacingSide(Point a, Point b);
  [[nodiscard]] Point at(double metres, double out) const {
    return {start.x + metres * along.x + out * outwards.x, start.y + metres * along.y + out * outwards.y};
  }
  [[nodiscard]] Box box(double from, double to, double inwards, double out) const;
};

/// How one row sees another from its own boundary.
struct FacingView {
  Facing seen;  ///< `a` looks at `b`, whatever their ids
  bool touches = false;

  void add(std::uint32_t crosses, double length_m, double width_m, double mean_width_m);
  /// Why a way is the one to tell of: it is not barred, narrow, and in the middle of a long stretch.
  struct Merit {
    bool barred = false;
    double width_m = 0, stretch_m = 0, off_middle_m = 0;
  };
  void offer(Merit const& merit, Point from, Point to);

 private:
  Merit best_;
  bool any_ = false;
};

/// Tells what the ways of one row after the other cross. One per worker.
class WaysAcross {
 public:
  explicit WaysAcross(FacingOptions const& options) : options_(options) {}

  /// From here on ways that lie in `box`, before they are prolonged, are asked for.
  void look_in(Box const& box);
  void add(FacingSide const& side, FirstMet const& met, FacingView& view);

 private:
  struct Near {
    Barriers const* barriers;
    std::uint32_t bit;  // 0 = barred
  };
  static void keep_near(std::vector<Near> const& all, Box const& box, std::vector<Near>& near);
  [[nodiscard]] double told(double width_m) const;
  void look_across(FacingSide const& side, FirstMet const& met, FacingView& view);

  FacingOptions const& options_;
  std::vector<Near> near_;
  std::vector<Near> nearer_;
};

}  // namespace terrein
