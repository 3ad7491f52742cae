#pragma once

#include <optional>
#include <utility>
#include <vector>

namespace terrein::demo {

/// A place or a direction in metres. The map is drawn on a plan with its origin in the south-west; `Warp` bends the
/// plan into the final coordinates.
struct Vec {
  double x = 0, y = 0;
  friend Vec operator+(Vec a, Vec b) { return {a.x + b.x, a.y + b.y}; }
  friend Vec operator-(Vec a, Vec b) { return {a.x - b.x, a.y - b.y}; }
  friend Vec operator*(Vec a, double k) { return {a.x * k, a.y * k}; }
  friend bool operator==(Vec const&, Vec const&) = default;
};
using Ring = std::vector<Vec>;  ///< not closed; counter-clockwise where it bounds an area
using Line = std::vector<Vec>;

[[nodiscard]] inline double cross(Vec a, Vec b) { return a.x * b.y - a.y * b.x; }
[[nodiscard]] inline double dot(Vec a, Vec b) { return a.x * b.x + a.y * b.y; }
[[nodiscard]] double length(Vec v);
[[nodiscard]] Vec unit(Vec v);
[[nodiscard]] inline Vec left_of(Vec v) { return {-v.y, v.x}; }

[[nodiscard]] double area(Ring const& ring);  ///< positive when counter-clockwise
[[nodiscard]] bool inside(Ring const& ring, Vec p);
[[nodiscard]] Vec centre(Ring const& ring);  ///< centre of mass
/// Distance from a point to a segment, and the nearest point on it.
[[nodiscard]] double distance(Vec p, Vec a, Vec b, Vec* nearest = nullptr);

/// Both parts of a ring under a straight cut: left and right of the direction. Nothing when the line crosses the ring
/// more than twice, misses it, or passes within half a metre of a vertex.
[[nodiscard]] std::optional<std::pair<Ring, Ring>> split(Ring const& ring, Vec through, Vec direction);

/// Smallest rectangle round a ring with a side along one of its edges: `axis` is the direction of the long side.
struct Frame {
  Vec axis;
  double along_min = 0, along_max = 0, across_min = 0, across_max = 0;  ///< in the directions axis and left_of(axis)
  [[nodiscard]] double along() const { return along_max - along_min; }
  [[nodiscard]] double across() const { return across_max - across_min; }
  [[nodiscard]] Vec at(double along_share, double across_share) const;
};
[[nodiscard]] Frame frame_of(Ring const& ring);

/// The line moved sideways, positive to the left, with mitred corners.
[[nodiscard]] Line moved(Line const& line, double sideways);
/// A strip of one width along a line.
[[nodiscard]] Ring strip(Line const& line, double half_width);
/// A circle of `corners` vertices by the rational parametrisation (no sine or cosine, which differ between machines).
[[nodiscard]] Ring circle(Vec middle, double radius, int corners_per_quarter = 6);
/// The points of a segment with at most `step` between them, without the last; the same from both ends.
void densify(Vec a, Vec b, double step, std::vector<Vec>& out);

}  // namespace terrein::demo
