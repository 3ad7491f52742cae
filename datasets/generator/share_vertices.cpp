#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>

#include "fabric.hpp"

namespace terrein::demo {
namespace {

constexpr double cell = 40;    // metres
constexpr double same = 1e-4;  // metres: cuts are computed on the edge they end on, so they lie on it to nanometres

std::int64_t cell_key(double x, double y) {
  return static_cast<std::int64_t>(std::floor(x / cell)) * 1000003 + static_cast<std::int64_t>(std::floor(y / cell));
}

/// Distinct vertices in a grid.
class Vertices {
 public:
  /// The vertex at this place; the first one that came is kept.
  Vec settle(Vec p) {
    for (double const dx : {-same, same}) {
      for (double const dy : {-same, same}) {
        auto const it = cells_.find(cell_key(p.x + dx, p.y + dy));
        if (it == cells_.end()) continue;
        for (Vec const v : it->second) {
          if (length(v - p) < same) return v;
        }
      }
    }
    cells_[cell_key(p.x, p.y)].push_back(p);
    return p;
  }
  /// Vertices on the open segment, in its direction.
  [[nodiscard]] std::vector<Vec> on(Vec a, Vec b) const {
    std::vector<Vec> out;
    for (double x = std::floor((std::min(a.x, b.x) - same) / cell) * cell; x <= std::max(a.x, b.x) + same; x += cell) {
      for (double y = std::floor((std::min(a.y, b.y) - same) / cell) * cell; y <= std::max(a.y, b.y) + same;
           y += cell) {
        auto const it = cells_.find(cell_key(x + cell / 2, y + cell / 2));
        if (it == cells_.end()) continue;
        for (Vec const v : it->second) {
          if (v == a || v == b || distance(v, a, b) > same) continue;
          out.push_back(v);
        }
      }
    }
    std::sort(out.begin(), out.end(), [&](Vec p, Vec q) { return dot(p - a, b - a) < dot(q - a, b - a); });
    return out;
  }

 private:
  std::unordered_map<std::int64_t, std::vector<Vec>> cells_;
};

}  // namespace

void share_vertices(std::vector<Plot>& plots) {
  Vertices vertices;
  for (Plot& plot : plots) {
    for (Vec& v : plot.ring) v = vertices.settle(v);
  }
  for (Plot& plot : plots) {
    Ring out;
    for (std::size_t i = 0; i < plot.ring.size(); ++i) {
      out.push_back(plot.ring[i]);
      for (Vec const v : vertices.on(plot.ring[i], plot.ring[(i + 1) % plot.ring.size()])) out.push_back(v);
    }
    plot.ring = std::move(out);
  }
}

}  // namespace terrein::demo
