#include "geometry/window.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace terrein {
namespace {

double largest_coordinate(Box const& box) {
  return std::max({std::abs(box.min_x), std::abs(box.min_y), std::abs(box.max_x), std::abs(box.max_y)});
}

}  // namespace

Box window_around(Box const& near, double reach, int attempt) {
  double const margin = 1 + std::max(near.width(), near.height()) / 16;
  constexpr double growth[window_attempts] = {1, 1.37, 1.37 * 1.37, 1.37 * 1.37 * 1.37};
  return near.grown(reach + margin * growth[attempt]);
}

InnerPart inner_part(Box const& w, double const* a) {
  InnerPart out;
  auto const limit = [&](double speed, double room, Side side) {  // keeps speed · t <= room
    if (speed == 0) {
      if (room < 0) out.begin = 2;
      return;
    }
    double const t = room / speed;
    if (speed > 0 && t < out.end) {
      out.end = t;
      out.last = side;
    } else if (speed < 0 && t > out.begin) {
      out.begin = t;
      out.first = side;
    }
  };
  double const dx = a[2] - a[0], dy = a[3] - a[1];
  limit(-dx, a[0] - w.min_x, Side::left);
  limit(dx, w.max_x - a[0], Side::right);
  limit(-dy, a[1] - w.min_y, Side::bottom);
  limit(dy, w.max_y - a[1], Side::top);
  return out;
}

Point meeting(Box const& w, double const* a, Side side) {
  Point p{a[0], a[1]}, q{a[2], a[3]};
  if (std::pair(q.x, q.y) < std::pair(p.x, p.y)) std::swap(p, q);
  if (side == Side::left || side == Side::right) {
    double const x = side == Side::left ? w.min_x : w.max_x;
    return {x, std::clamp(p.y + (q.y - p.y) * ((x - p.x) / (q.x - p.x)), w.min_y, w.max_y)};
  }
  double const y = side == Side::bottom ? w.min_y : w.max_y;
  return {std::clamp(p.x + (q.x - p.x) * ((y - p.y) / (q.y - p.y)), w.min_x, w.max_x), y};
}

double along(Box const& w, Point p, Side side) {
  double const width = w.max_x - w.min_x, height = w.max_y - w.min_y;
  switch (side) {
    case Side::bottom:
      return p.x - w.min_x;
    case Side::right:
      return width + (p.y - w.min_y);
    case Side::top:
      return width + height + (w.max_x - p.x);
    case Side::left:
      return 2 * width + height + (w.max_y - p.y);
  }
  return 0;
}

bool alternate(std::vector<Crossing>& crossings, Box const& window, Box const& shape) {
  double const around = 2 * (window.width() + window.height());
  // Two places, each a coordinate that was rounded once after some ten roundings on an edge and along the border.
  double const rounding = 4.5e-16 * std::max(largest_coordinate(window), largest_coordinate(shape)) +
                          2e-15 * (around + shape.width() + shape.height());
  std::sort(crossings.begin(), crossings.end(), [](Crossing const& a, Crossing const& b) {
    return a.place != b.place ? a.place < b.place : a.enters < b.enters;
  });
  for (std::size_t i = 0; i < crossings.size(); ++i) {
    bool const last = i + 1 == crossings.size();
    Crossing const& next = last ? crossings.front() : crossings[i + 1];
    double const apart = next.place + (last ? around : 0) - crossings[i].place;
    if (next.enters == crossings[i].enters || !(apart > rounding)) return false;
  }
  return true;
}

std::optional<bool> is_around(EdgeRuns const& runs, std::size_t row, Box const& w) {
  bool const in = runs.contains(row, {w.max_x, w.max_y});
  for (Point const corner : {Point{w.min_x, w.min_y}, Point{w.min_x, w.max_y}, Point{w.max_x, w.min_y}})
    if (runs.contains(row, corner) != in) return std::nullopt;
  return in;
}

}  // namespace terrein
