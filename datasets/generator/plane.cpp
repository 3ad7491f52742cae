#include "plane.hpp"

#include <algorithm>
#include <cmath>

namespace terrein::demo {

double length(Vec v) { return std::sqrt(dot(v, v)); }

Vec unit(Vec v) { return v * (1 / length(v)); }

double area(Ring const& ring) {
  double twice = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    twice += cross(ring[i] - ring[0], ring[(i + 1) % ring.size()] - ring[0]);
  }
  return twice / 2;
}

bool inside(Ring const& ring, Vec p) {
  bool in = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    Vec const a = ring[i];
    Vec const b = ring[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) in = !in;
  }
  return in;
}

Vec centre(Ring const& ring) {
  Vec sum;
  double twice = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    Vec const a = ring[i] - ring[0];
    Vec const b = ring[(i + 1) % ring.size()] - ring[0];
    double const part = cross(a, b);
    sum = sum + (a + b) * part;
    twice += part;
  }
  return ring[0] + sum * (1 / (3 * twice));
}

double distance(Vec p, Vec a, Vec b, Vec* nearest) {
  Vec const along = b - a;
  double const t = std::clamp(dot(p - a, along) / dot(along, along), 0.0, 1.0);
  Vec const foot = a + along * t;
  if (nearest != nullptr) *nearest = foot;
  return length(p - foot);
}

std::optional<std::pair<Ring, Ring>> split(Ring const& ring, Vec through, Vec direction) {
  std::vector<double> side;
  Vec const along = unit(direction);
  for (Vec const v : ring) {
    side.push_back(cross(along, v - through));
    if (std::abs(side.back()) < 0.5) return std::nullopt;
  }
  Ring left;
  Ring right;
  int crossings = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    std::size_t const j = (i + 1) % ring.size();
    (side[i] > 0 ? left : right).push_back(ring[i]);
    if ((side[i] > 0) == (side[j] > 0)) continue;
    Vec const cut = ring[i] + (ring[j] - ring[i]) * (side[i] / (side[i] - side[j]));
    left.push_back(cut);
    right.push_back(cut);
    ++crossings;
  }
  if (crossings != 2) return std::nullopt;
  return std::pair{std::move(left), std::move(right)};
}

Vec Frame::at(double along_share, double across_share) const {
  return axis * (along_min + along() * along_share) + left_of(axis) * (across_min + across() * across_share);
}

Frame frame_of(Ring const& ring) {
  Frame best;
  double best_area = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    Vec const edge = ring[(i + 1) % ring.size()] - ring[i];
    if (length(edge) < 1) continue;
    Frame f{unit(edge), 1e18, -1e18, 1e18, -1e18};
    for (Vec const v : ring) {
      f.along_min = std::min(f.along_min, dot(v, f.axis));
      f.along_max = std::max(f.along_max, dot(v, f.axis));
      f.across_min = std::min(f.across_min, dot(v, left_of(f.axis)));
      f.across_max = std::max(f.across_max, dot(v, left_of(f.axis)));
    }
    double const box = f.along() * f.across();
    if (best_area == 0 || box < best_area * (1 - 1e-9)) {
      best = f;
      best_area = box;
    }
  }
  if (best.along() >= best.across()) return best;
  return {left_of(best.axis), best.across_min, best.across_max, -best.along_max, -best.along_min};
}

Line moved(Line const& line, double sideways) {
  Line out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    Vec const before = unit(i == 0 ? line[1] - line[0] : line[i] - line[i - 1]);
    Vec const after = i + 1 == line.size() ? before : unit(line[i + 1] - line[i]);
    Vec const normal = left_of(before) + left_of(after);
    out.push_back(line[i] + normal * (2 * sideways / dot(normal, normal)));
  }
  return out;
}

Ring strip(Line const& line, double half_width) {
  Ring ring = moved(line, -half_width);
  Line const left = moved(line, half_width);
  ring.insert(ring.end(), left.rbegin(), left.rend());
  return ring;
}

Ring circle(Vec middle, double radius, int corners_per_quarter) {
  Ring ring;
  Vec turn{1, 0};
  for (int quarter = 0; quarter < 4; ++quarter) {
    for (int i = 0; i < corners_per_quarter; ++i) {
      double const t = static_cast<double>(i) / corners_per_quarter;
      Vec const p{(1 - t * t) / (1 + t * t), 2 * t / (1 + t * t)};
      ring.push_back(middle + Vec{p.x * turn.x - p.y * turn.y, p.x * turn.y + p.y * turn.x} * radius);
    }
    turn = left_of(turn);
  }
  return ring;
}

void densify(Vec a, Vec b, double step, std::vector<Vec>& out) {
  int const parts = std::max(1, static_cast<int>(std::ceil(length(b - a) / step)));
  bool const forward = a.x < b.x || (a.x == b.x && a.y < b.y);
  Vec const from = forward ? a : b;
  Vec const to = forward ? b : a;
  out.push_back(a);
  for (int i = 1; i < parts; ++i) {
    int const k = forward ? i : parts - i;
    out.push_back(from + (to - from) * (static_cast<double>(k) / parts));
  }
}

}  // namespace terrein::demo
