#pragma once
// A window that shapes are cut to, before something is measured inside it.

#include <optional>
#include <vector>

#include "geometry/edge_runs.hpp"

namespace terrein {

/// Vertices on the border of a window leave open which way a boundary goes on: another attempt has another margin.
inline constexpr int window_attempts = 4;
/// `near` grown by `reach` and a margin. Depends on its arguments alone.
[[nodiscard]] Box window_around(Box const& near, double reach, int attempt);

/// A side of a window.
enum class Side { bottom, right, top, left };

/// Part of a segment inside a window, and the sides at which it begins and ends.
struct InnerPart {
  double begin = 0, end = 1;
  Side first = Side::bottom, last = Side::bottom;
};

[[nodiscard]] inline bool inside(Box const& window, double const* p) {
  return p[0] > window.min_x && p[0] < window.max_x && p[1] > window.min_y && p[1] < window.max_y;
}
[[nodiscard]] inline bool touches_border(Box const& window, double const* p) {
  return p[0] == window.min_x || p[0] == window.max_x || p[1] == window.min_y || p[1] == window.max_y;
}
/// Of the segment of the two vertices at `a` (Liang and Barsky 1984); nothing is inside when not begin < end.
[[nodiscard]] InnerPart inner_part(Box const& window, double const* a);
/// Where the line through a segment meets a side; the same for both directions of the segment.
[[nodiscard]] Point meeting(Box const& window, double const* a, Side side);
/// Length along the border, counter-clockwise from the lower left corner.
[[nodiscard]] double along(Box const& window, Point p, Side side);

/// Where a boundary crosses the border of a window.
struct Crossing {
  double place = 0;  ///< as `along` gives it
  bool enters = false;
};
/// Whether boundaries leave and come in by turns around the border; anything else is rounding on the border itself.
/// So are crossings nearer to each other than rounding moves them: a needle that is turned over there would have the
/// rest of the window as its inside. Sorts the crossings by place. `shape` is the box of what is cut.
[[nodiscard]] bool alternate(std::vector<Crossing>& crossings, Box const& window, Box const& shape);

/// Whether a polygon row whose boundary does not cross the border of a window has that border inside. Nothing when its
/// boundary passes through a corner, which is then neither in nor out.
[[nodiscard]] std::optional<bool> is_around(EdgeRuns const& runs, std::size_t row, Box const& window);

}  // namespace terrein
