#pragma once

#include <array>
#include <cmath>
#include <vector>

#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

/// Distance arithmetic on segments, shared by the searches of this room.

[[nodiscard]] inline Point vertex_at(double const* xy, std::size_t index) { return {xy[2 * index], xy[2 * index + 1]}; }

[[nodiscard]] inline Box box_of(Point a, Point b) {
  return {std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
}

[[nodiscard]] inline Box box_of(Point p) { return {p.x, p.y, p.x, p.y}; }

[[nodiscard]] inline double squared_distance(Box const& a, Box const& b) {
  double const dx = std::max({0.0, a.min_x - b.max_x, b.min_x - a.max_x});
  double const dy = std::max({0.0, a.min_y - b.max_y, b.min_y - a.max_y});
  return dx * dx + dy * dy;
}

[[nodiscard]] inline double distance(Point a, Point b) {
  double const dx = b.x - a.x, dy = b.y - a.y;
  return std::sqrt(dx * dx + dy * dy);
}

/// Squared distances; a segment may be a point.
[[nodiscard]] double squared_distance(Point p, Point a, Point b);
[[nodiscard]] double squared_distance(Point a, Point b, Point c, Point d);

/// Bounds that leave room for rounding: the distance of two segments may come out some units in the last place below
/// that of their boxes, and what is pruned must not depend on the order of the visits.
[[nodiscard]] inline double with_slack(double distance) { return distance * (1 + 1e-6) + 1e-9; }
[[nodiscard]] inline double squared_with_slack(double squared) { return squared * (1 + 1e-6) + 1e-18; }

/// Up to `run_segments` consecutive segments of a path with their box: neighbours on a path are neighbours in space,
/// so that a long boundary is searched piece by piece. A path of one vertex is a run without segments.
struct Run {
  double const* xy = nullptr;
  std::uint32_t vertices = 0;
  Box box{};
  double radius = 0;  ///< of the circle around the box

  [[nodiscard]] std::uint32_t segments() const { return vertices < 2 ? 1 : vertices - 1; }
  [[nodiscard]] Point start(std::size_t segment) const { return vertex_at(xy, segment); }
  [[nodiscard]] Point end(std::size_t segment) const { return vertex_at(xy, vertices < 2 ? segment : segment + 1); }
};
inline constexpr std::uint32_t run_segments = 16;

[[nodiscard]] std::vector<Run> runs_of(GeometryColumn const& column, std::size_t row);
/// The same into a vector that is used again.
void runs_of(GeometryColumn const& column, std::size_t row, std::vector<Run>& runs);
/// Squared distance of segment a–b to a run where the distance is not larger than `most`; something larger otherwise.
[[nodiscard]] double squared_distance(Run const& run, Point a, Point b, double most);

/// Where segment c–d, which it meets, meets a–b, from 0 at a to 1 at b: one place twice, or both ends of what they have
/// in common.
[[nodiscard]] std::array<double, 2> meetings(Point a, Point b, Point c, Point d);

/// Part of a segment, by its parameter in [0, 1]; empty when low > high.
struct Interval {
  double low = 1;
  double high = 0;
  [[nodiscard]] bool empty() const { return !(low <= high); }
};
/// Part of s0–s1 that lies within `distance` (≤) of q0–q1.
[[nodiscard]] Interval part_within(Point s0, Point s1, Point q0, Point q1, double distance);
/// Part of s0–s1 that runs along q0–q1, near-parallel and within `tolerance`; without the round ends, so that
/// segments that only meet at their ends or cross share nothing.
[[nodiscard]] Interval part_along(Point s0, Point s1, Point q0, Point q1, double tolerance);
/// Length of the union of intervals; sorts and merges them in place.
[[nodiscard]] double union_length(std::vector<Interval>& intervals);

}  // namespace terrein
