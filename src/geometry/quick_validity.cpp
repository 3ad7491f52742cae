#include "geometry/quick_validity.hpp"

#include <algorithm>
#include <cmath>

#include "geometry/segments.hpp"

namespace terrein {
namespace {

constexpr std::size_t fan_out = 8;
// Where more comparisons are needed GEOS is not slower.
constexpr std::size_t least_steps = 1024, steps_per_edge = 64;
// Errors of sums of two products of differences: (3 + 16ε)ε relative (Shewchuk 1997), and what underflow takes away.
constexpr double error_bound = 3.3306690738754716e-16, smallest = 1e-290;

/// The sign of a sum of two products where rounding cannot have turned it, else 0. Overflow compares as false.
int sure_sign(double left, double right) {
  double const sum = left + right, error = error_bound * (std::abs(left) + std::abs(right)) + smallest;
  return sum > error ? 1 : -sum > error ? -1 : 0;
}

/// On which side of the line a → b the point c surely lies; 0 = on the line, or too near to tell.
int sure_side(Point a, Point b, Point c) { return sure_sign((a.x - c.x) * (b.y - c.y), -((a.y - c.y) * (b.x - c.x))); }

/// Whether every path has two different vertices, one after the other.
bool lines_have_length(GeometryColumn const& column, std::size_t row) {
  for (std::uint32_t path = column.first_path(row); path < column.end_path(row); ++path) {
    auto const xy = column.path(path);
    bool length = false;
    for (std::size_t i = 0; i + 3 < xy.size() && !length; i += 2) length = xy[i] != xy[i + 2] || xy[i + 1] != xy[i + 3];
    if (!length) return false;
  }
  return true;
}

}  // namespace

bool QuickValidity::is_surely_valid(GeometryColumn const& column, std::size_t row) {
  if (!column.has_shape(row)) return true;
  if (!column.all_finite(row)) return false;
  if (column.kind[row] == GeometryKind::point) return true;
  if (column.kind[row] == GeometryKind::line) return lines_have_length(column, row);
  edges_.clear();
  ring_box_.clear();
  ring_begin_.assign(1, 0);
  for (std::uint32_t path = column.first_path(row); path < column.end_path(row); ++path)
    if (!add_ring(column.path(path))) return false;
  left_ = least_steps + steps_per_edge * edges_.size();
  build_tree();
  for (Edge const& edge : edges_)
    if (!turns_clearly(edge)) return false;
  return is_simple(levels_ - 1, 0) && (ring_box_.size() == 1 || rings_are_in_place(column, row));
}

/// False for rings that are open or have fewer than three edges.
bool QuickValidity::add_ring(std::span<double const> xy) {
  std::size_t const count = xy.size() / 2, first = edges_.size();
  if (count < 4 || xy[0] != xy[2 * count - 2] || xy[1] != xy[2 * count - 1]) return false;
  Box all;
  for (std::size_t i = 0; i + 1 < count; ++i) {
    Point const a = vertex_at(xy.data(), i), b = vertex_at(xy.data(), i + 1);
    all.extend(a.x, a.y);
    edges_.push_back({a, b, static_cast<std::uint32_t>(first + i + 1)});
  }
  edges_.back().next = static_cast<std::uint32_t>(first);
  ring_begin_.push_back(static_cast<std::uint32_t>(edges_.size()));
  ring_box_.push_back(all);
  return true;
}

void QuickValidity::build_tree() {
  if (boxes_.empty()) boxes_.emplace_back();
  boxes_[0].clear();
  for (Edge const& edge : edges_) boxes_[0].push_back(box_of(edge.a, edge.b));
  for (levels_ = 1; boxes_[levels_ - 1].size() > 1; ++levels_) {
    if (boxes_.size() == levels_) boxes_.emplace_back();
    auto const& children = boxes_[levels_ - 1];
    auto& parents = boxes_[levels_];
    parents.clear();
    for (std::size_t i = 0; i < children.size(); ++i) {
      if (i % fan_out == 0) parents.emplace_back();
      parents.back().extend(children[i]);
    }
  }
}

/// Whether an edge and the next one surely meet in their common corner alone: they do not lie on one line, or go on in
/// the same direction. Never where one of them has no length.
bool QuickValidity::turns_clearly(Edge const& edge) const {
  Point const a = edge.a, b = edge.b, c = edges_[edge.next].b;
  return sure_side(a, b, c) != 0 || sure_sign((b.x - a.x) * (c.x - b.x), (b.y - a.y) * (c.y - b.y)) > 0;
}

/// Whether no edge below a node surely meets another one below it, but for corners.
bool QuickValidity::is_simple(std::size_t level, std::size_t node) {
  if (level == 0) return true;
  std::size_t const begin = node * fan_out, end = std::min(begin + fan_out, boxes_[level - 1].size());
  for (std::size_t i = begin; i < end; ++i) {
    if (!is_simple(level - 1, i) || !spend(end - i)) return false;
    for (std::size_t j = i + 1; j < end; ++j)
      if (!are_apart(level - 1, i, j)) return false;
  }
  return true;
}

/// The same for the edges below one node and those below another.
bool QuickValidity::are_apart(std::size_t level, std::size_t i, std::size_t j) {
  if (!boxes_[level][i].meets(boxes_[level][j])) return true;
  if (level == 0) return edges_are_apart(i, j);
  auto const& below = boxes_[level - 1];
  std::size_t const first = j * fan_out, last = std::min(first + fan_out, below.size());
  for (std::size_t k = i * fan_out; k < std::min((i + 1) * fan_out, below.size()); ++k) {
    if (!below[k].meets(boxes_[level][j])) continue;
    if (!spend(last - first)) return false;
    for (std::size_t l = first; l < last; ++l)
      if (!are_apart(level - 1, k, l)) return false;
  }
  return true;
}

bool QuickValidity::edges_are_apart(std::size_t i, std::size_t j) const {
  Edge const &s = edges_[i], &t = edges_[j];
  if (s.next == j || t.next == i) return true;
  return sure_side(s.a, s.b, t.a) * sure_side(s.a, s.b, t.b) > 0 ||
         sure_side(t.a, t.b, s.a) * sure_side(t.a, t.b, s.b) > 0;
}

/// Of rings that have no point in common: whether holes lie in their shells and beside each other, and shells lie
/// beside each other. A shell in the hole of another one is left open.
bool QuickValidity::rings_are_in_place(GeometryColumn const& column, std::size_t row) {
  std::size_t const begin = column.row_begin[row], end = column.row_begin[row + 1], first_path = column.first_path(row);
  auto const shell = [&](std::size_t part) { return column.part_begin[part] - first_path; };
  for (std::size_t part = begin; part < end; ++part) {
    for (std::size_t hole = shell(part) + 1; hole < shell(part + 1); ++hole) {
      if (!lies_surely(hole, true, shell(part))) return false;
      for (std::size_t other = shell(part) + 1; other < shell(part + 1); ++other)
        if (other != hole && !lies_surely(hole, false, other)) return false;
    }
    for (std::size_t other = begin; other < end; ++other)
      if (other != part && !lies_surely(shell(part), false, shell(other))) return false;
  }
  return true;
}

/// Whether a ring surely lies inside or outside of another one that it has no point in common with.
bool QuickValidity::lies_surely(std::size_t ring, bool inside, std::size_t other) {
  if (!spend(1)) return false;
  if (!ring_box_[other].contains(ring_box_[ring])) return !inside;
  std::size_t const begin = ring_begin_[other], end = ring_begin_[other + 1];
  if (!spend(end - begin)) return false;
  Point const p = edges_[ring_begin_[ring]].a;
  bool odd = false;
  for (std::size_t i = begin; i < end; ++i) {  // edges that a ray from the point to the right crosses
    Point const a = edges_[i].a, b = edges_[i].b;
    if ((a.y > p.y) == (b.y > p.y) || std::max(a.x, b.x) < p.x) continue;
    int const side = std::min(a.x, b.x) > p.x ? (b.y > a.y ? 1 : -1) : sure_side(a, b, p);
    if (side == 0) return false;
    odd ^= (side > 0) == (b.y > a.y);
  }
  return odd == inside;
}

bool QuickValidity::spend(std::size_t steps) {
  if (steps > left_) return false;
  left_ -= steps;
  return true;
}

}  // namespace terrein
