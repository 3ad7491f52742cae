#include "geometry/window.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace terrein {

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

bool alternate(std::vector<Crossing>& crossings) {
  std::sort(crossings.begin(), crossings.end(), [](Crossing const& a, Crossing const& b) {
    return a.place != b.place ? a.place < b.place : a.enters < b.enters;
  });
  for (std::size_t i = 0; i < crossings.size(); ++i) {
    Crossing const& next = crossings[(i + 1) % crossings.size()];
    if (next.enters == crossings[i].enters || next.place == crossings[i].place) return false;
  }
  return true;
}

}  // namespace terrein
