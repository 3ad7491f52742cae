#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

namespace terrein {

struct Point {
  double x = 0;
  double y = 0;
  friend bool operator==(Point const&, Point const&) = default;
};

/// Axis-parallel box, borders included. A default box is empty: it meets nothing.
struct Box {
  double min_x = std::numeric_limits<double>::infinity();
  double min_y = std::numeric_limits<double>::infinity();
  double max_x = -std::numeric_limits<double>::infinity();
  double max_y = -std::numeric_limits<double>::infinity();

  [[nodiscard]] bool empty() const noexcept { return !(min_x <= max_x && min_y <= max_y); }
  [[nodiscard]] bool meets(Box const& o) const noexcept {
    return min_x <= o.max_x && o.min_x <= max_x && min_y <= o.max_y && o.min_y <= max_y;
  }
  [[nodiscard]] bool contains(Box const& o) const noexcept {
    return min_x <= o.min_x && o.max_x <= max_x && min_y <= o.min_y && o.max_y <= max_y;
  }
  void extend(double x, double y) noexcept {
    min_x = std::min(min_x, x);
    min_y = std::min(min_y, y);
    max_x = std::max(max_x, x);
    max_y = std::max(max_y, y);
  }
  void extend(Box const& o) noexcept {
    min_x = std::min(min_x, o.min_x);
    min_y = std::min(min_y, o.min_y);
    max_x = std::max(max_x, o.max_x);
    max_y = std::max(max_y, o.max_y);
  }
  [[nodiscard]] Box grown(double by) const noexcept { return {min_x - by, min_y - by, max_x + by, max_y + by}; }
  [[nodiscard]] Point centre() const noexcept { return {min_x + (max_x - min_x) / 2, min_y + (max_y - min_y) / 2}; }
  [[nodiscard]] double width() const noexcept { return empty() ? 0 : max_x - min_x; }
  [[nodiscard]] double height() const noexcept { return empty() ? 0 : max_y - min_y; }
  friend bool operator==(Box const&, Box const&) = default;
};

/// Distance between two boxes, 0 when they meet, infinite when one is empty.
[[nodiscard]] inline double distance(Box const& a, Box const& b) noexcept {
  if (a.empty() || b.empty()) return std::numeric_limits<double>::infinity();
  double const dx = std::max({0.0, a.min_x - b.max_x, b.min_x - a.max_x});
  double const dy = std::max({0.0, a.min_y - b.max_y, b.min_y - a.max_y});
  return std::sqrt(dx * dx + dy * dy);
}

}  // namespace terrein
