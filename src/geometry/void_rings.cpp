#include "geometry/void_rings.hpp"

#include <algorithm>
#include <cmath>

#include "geometry/edge_nodes.hpp"
#include "geometry/segments.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

constexpr std::size_t chunk = 1024;

bool less(Point p, Point q) { return p.x != q.x ? p.x < q.x : p.y < q.y; }

/// One piece of each ring. A piece goes on to at most one, and one at most goes on to it.
std::vector<std::uint32_t> rings_of(std::vector<std::uint32_t> const& next) {
  std::vector<std::uint32_t> out;
  std::vector<std::uint8_t> seen(next.size(), 0);
  for (std::uint32_t start = 0; start < next.size(); ++start) {
    if (seen[start] != 0) continue;
    std::uint32_t piece = start;
    for (; piece != EdgeNodes::none && seen[piece] == 0; piece = next[piece]) seen[piece] = 1;
    if (piece == start && next[start] != EdgeNodes::none) out.push_back(start);
  }
  return out;
}

/// Walks along rings. Read by all workers.
class Walker {
 public:
  Walker(std::span<FreeEdge const> edges, unsigned workers)
      : nodes_(edges, workers), next_(nodes_.next_on_the_right(workers)), edge_(nodes_.edge_of_piece()) {}

  [[nodiscard]] std::vector<std::uint32_t> rings() const { return rings_of(next_); }

  /// The corners of the ring with a piece, each once.
  void corners(std::uint32_t start, std::vector<Point>& out) const {
    out.clear();
    std::uint32_t piece = start;
    do {
      Point const end = nodes_.end_of(piece, edge_[piece]);
      if (out.empty() || out.back() != end) out.push_back(end);
      piece = next_[piece];
    } while (piece != start);
    while (out.size() > 1 && out.front() == out.back()) out.pop_back();
  }

 private:
  EdgeNodes nodes_;
  std::vector<std::uint32_t> next_, edge_;
};

/// Of a ring: negative areas are empty land in it.
struct Size {
  double area = 0;
  bool is_rounding = false;  ///< an area that small says nothing
};

Size size_of(std::vector<Point> const& ring) {
  double twice = 0, around = 0, largest = 0;
  Point const o = ring.front();
  for (std::size_t i = 0; i < ring.size(); ++i) {
    Point const a = ring[i], b = ring[i + 1 < ring.size() ? i + 1 : 0];
    twice += (a.x - o.x) * (b.y - o.y) - (b.x - o.x) * (a.y - o.y);
    around += distance(a, b);
    largest = std::max({largest, std::abs(a.x), std::abs(a.y)});
  }
  constexpr double rounding = 1e-15;  // of a coordinate that is computed
  return {twice / 2, std::abs(twice / 2) <= rounding * largest * around};
}

void add_polygon(std::vector<Point>& ring, GeometryColumn& out) {
  std::rotate(ring.begin(), std::min_element(ring.begin(), ring.end(), less), ring.end());
  GeometryBuilder builder(out);
  for (Point const p : ring) builder.vertex(p.x, p.y);
  builder.end_path();
  builder.end_part();
  builder.end_row(GeometryKind::polygon);
}

}  // namespace

VoidRings void_rings(std::span<FreeEdge const> edges, double least_area, unsigned workers) {
  Walker const walker(edges, workers);
  auto const rings = walker.rings();
  std::vector<Size> size(rings.size());
  auto const each_ring = [&](auto const& work) {
    parallel_chunks(rings.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
      std::vector<Point> corners;
      for (std::size_t i = begin; i < end; ++i) work(i, corners);
    });
  };
  each_ring([&](std::size_t i, std::vector<Point>& corners) {
    walker.corners(rings[i], corners);
    size[i] = size_of(corners);
  });
  constexpr double about = 1 - 1e-6;  // the area of the polygon decides, whatever corner it begins at
  double least = about * least_area;
  for (Size const& one : size)
    if (one.area > 0 && !one.is_rounding) least = std::min(least, one.area);
  std::vector<VoidRings> parts((rings.size() + chunk - 1) / chunk);
  each_ring([&](std::size_t i, std::vector<Point>& corners) {
    bool const island = size[i].area > 0;
    if (island ? size[i].is_rounding : !(-size[i].area > least)) return;
    walker.corners(rings[i], corners);
    add_polygon(corners, island ? parts[i / chunk].islands : parts[i / chunk].faces);
  });
  VoidRings out;
  for (VoidRings const& part : parts) {
    append(out.faces, part.faces);
    append(out.islands, part.islands);
  }
  return out;
}

}  // namespace terrein
