#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "geometry/lanes.hpp"
#include "geometry/segments.hpp"

namespace terrein {

/// A segment of a layer's row; a point is a segment with equal ends.
struct RowSegment {
  Point a, b;
  Row row = no_row;
};

/// A packed R-tree over segments in Hilbert order, eight to a node, whose boxes lie side by side so that one pass
/// measures all of them. Made once, read by all workers. The order of what is visited means nothing.
class SegmentTree {
 public:
  explicit SegmentTree(std::span<RowSegment const> segments);

  [[nodiscard]] std::size_t size() const noexcept { return segments_.size(); }
  [[nodiscard]] RowSegment const& segment(std::size_t position) const noexcept { return segments_[position]; }

  /// Calls visit(position) for every segment whose box meets `box`.
  template <class Visit>
  void query(Box const& box, Visit const& visit) const {
    nearest(box, 0, [&](std::uint32_t position) {
      visit(position);
      return 0.0;
    });
  }
  /// Calls visit(position), which returns a new squared bound, for every segment whose box is not further from `box`
  /// than the squared bound of that moment, the nearer nodes first.
  template <class Visit>
  void nearest(Box const& box, double squared_bound, Visit const& visit) const {
    if (segments_.empty() || box.empty()) return;
    std::array<Open, 8 * most_levels> open;
    std::size_t waiting = 1;
    open[0] = {0, 0, static_cast<std::uint32_t>(level_begin_.size() - 1)};
    while (waiting > 0) {
      Open const at = open[--waiting];
      if (at.away > squared_bound) continue;
      Distances const away = distances(nodes_[level_begin_[at.level] + at.node], box);
      std::uint32_t const first = fan_out * at.node;
      if (at.level == 0) {
        auto const count = static_cast<std::uint32_t>(std::min<std::size_t>(fan_out, segments_.size() - first));
        for (std::uint32_t i = 0; i < count; ++i)
          if (away[i] <= squared_bound) squared_bound = visit(first + i);
        continue;
      }
      std::size_t const kept = waiting;
      std::uint32_t const count = std::min(fan_out, nodes_of(at.level - 1) - first);
      for (std::uint32_t i = 0; i < count; ++i) {
        if (away[i] > squared_bound) continue;
        std::size_t place = waiting++;
        for (; place > kept && open[place - 1].away < away[i]; --place) open[place] = open[place - 1];
        open[place] = {away[i], first + i, at.level - 1};
      }
    }
  }

 private:
  static constexpr std::uint32_t fan_out = 8;
  static constexpr std::size_t most_levels = 11;  // 8^11 is more than there can be vertices
  /// Boxes of the children of a node; empty ones fill up the last.
  struct Node {
    std::array<double, fan_out> min_x, min_y, max_x, max_y;
  };
  struct Open {
    double away;  // squared
    std::uint32_t node, level;
  };
  using Distances = std::array<double, fan_out>;

  [[nodiscard]] std::uint32_t nodes_of(std::uint32_t level) const {
    std::size_t const end = level + 1 < level_begin_.size() ? level_begin_[level + 1] : nodes_.size();
    return static_cast<std::uint32_t>(end - level_begin_[level]);
  }
  [[nodiscard]] static Distances distances(Node const& node, Box const& box) {
    Distances out;
    for (std::size_t i = 0; i < fan_out; i += 2) {
      Two const none{},
          dx = larger(larger(box.min_x - load_two(&node.max_x[i]), load_two(&node.min_x[i]) - box.max_x), none);
      Two const dy = larger(larger(box.min_y - load_two(&node.max_y[i]), load_two(&node.min_y[i]) - box.max_y), none);
      Two const squares = dx * dx + dy * dy;
      out[i] = squares[0];
      out[i + 1] = squares[1];
    }
    return out;
  }

  std::vector<RowSegment> segments_;
  std::vector<Node> nodes_;  // level by level, from the parents of segments to the root
  std::vector<std::size_t> level_begin_;
};

}  // namespace terrein
