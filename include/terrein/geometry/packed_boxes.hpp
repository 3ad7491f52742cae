#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "terrein/geometry/box.hpp"
#include "terrein/geometry/lanes.hpp"

namespace terrein {

/// A packed R-tree over boxes in Hilbert order, eight to a node, that lie side by side so that one pass measures all of
/// them. Made once, read by all workers. What is found means something, the order in which it is found does not.
class PackedBoxes {
 public:
  PackedBoxes() = default;
  /// Throws `Error{input}` for more boxes than positions can tell apart.
  explicit PackedBoxes(std::span<Box const> boxes, unsigned workers = 1);

  /// Positions of the boxes that are not empty, in the order of the tree: a place is an index into it.
  [[nodiscard]] std::vector<std::uint32_t> const& order() const noexcept { return order_; }

  /// Calls visit(place) for every box that meets `box`.
  template <class Visit>
  void query(Box const& box, Visit const& visit) const {
    nearest(box, 0, [&](std::uint32_t place) {
      visit(place);
      return 0.0;
    });
  }
  /// Whether any box meets `box`.
  [[nodiscard]] bool any(Box const& box) const {
    bool found = false;
    nearest(box, 0, [&](std::uint32_t) {
      found = true;
      return -1.0;  // nothing is nearer than that
    });
    return found;
  }
  /// Calls visit(place), which returns a new squared bound, for every box that is not further from `box` than the
  /// squared bound of that moment, the nearer nodes first.
  template <class Visit>
  void nearest(Box const& box, double squared_bound, Visit const& visit) const {
    if (order_.empty() || box.empty()) return;
    std::array<Open, fan_out * most_levels> open;
    std::size_t waiting = 1;
    open[0] = {0, 0, static_cast<std::uint32_t>(level_begin_.size() - 1)};
    while (waiting > 0) {
      Open const at = open[--waiting];
      if (at.away > squared_bound) continue;
      Distances const away = distances(nodes_[level_begin_[at.level] + at.node], box);
      std::uint32_t const first = fan_out * at.node;
      if (at.level == 0) {
        auto const count = static_cast<std::uint32_t>(std::min<std::size_t>(fan_out, order_.size() - first));
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
  static constexpr std::size_t most_levels = 11;  // 8^11 is more than there can be positions
  /// Boxes of the children of a node; empty ones fill up the last.
  struct Node {
    std::array<double, fan_out> min_x, min_y, max_x, max_y;
  };
  /// Fills a node with the boxes of its children, from `first` on of `count`; gives the box of all.
  template <class Child>
  static Box fill(Node& node, std::size_t first, std::size_t count, Child const& child);
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
    Two const none{};
    for (std::size_t i = 0; i < fan_out; i += 2) {
      Two const left = box.min_x - load_two(&node.max_x[i]), right = load_two(&node.min_x[i]) - box.max_x;
      Two const below = box.min_y - load_two(&node.max_y[i]), above = load_two(&node.min_y[i]) - box.max_y;
      Two const dx = larger(larger(left, right), none), dy = larger(larger(below, above), none);
      Two const squares = dx * dx + dy * dy;
      out[i] = squares[0];
      out[i + 1] = squares[1];
    }
    return out;
  }

  std::vector<std::uint32_t> order_;
  std::vector<Node> nodes_;  // level by level, from the parents of the boxes to the root
  std::vector<std::size_t> level_begin_;
};

/// Positions of the boxes that are not empty, in the order of the Hilbert codes of their centres (on a grid of 65536
/// cells a side over all of them), equal codes by position: neighbours in the order are neighbours in space.
[[nodiscard]] std::vector<std::uint32_t> hilbert_order(std::span<Box const> boxes, unsigned workers = 1);

/// Position along a Hilbert curve of order `level` (1..16) of a cell; same curve as GEOS and JTS.
[[nodiscard]] std::uint32_t hilbert_code(unsigned level, std::uint32_t x, std::uint32_t y);
struct Cell {
  std::uint32_t x, y;
};
[[nodiscard]] Cell hilbert_cell(unsigned level, std::uint32_t code);

}  // namespace terrein
