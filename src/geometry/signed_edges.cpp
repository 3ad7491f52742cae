#include "geometry/signed_edges.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <utility>

#include "geometry/window.hpp"

namespace terrein {
namespace {

/// Cuts the boundary of one row to a window.
class BoundaryCutter {
 public:
  BoundaryCutter(Box const& window, SignedEdges& edges) : window_(window), edges_(edges) {}

  void edge(double const* a) {
    if (touches_border(window_, a) || touches_border(window_, a + 2)) on_border_ = true;
    bool const from = inside(window_, a), to = inside(window_, a + 2);
    if (from && to) {
      add({a[0], a[1]}, {a[2], a[3]});
      return;
    }
    InnerPart const part = inner_part(window_, a);
    if (!from && !to && !(part.begin < part.end)) return;
    Point const begin = from ? Point{a[0], a[1]} : crossing(a, part.first, true);
    Point const end = to ? Point{a[2], a[3]} : crossing(a, part.last, false);
    add(begin, end);
  }

  /// Closes the boundary along the border. Its upper side is all that has land under it; the others stand upright or
  /// lie on the base line. `shape` is the box of what is cut. False when rounding on the border leaves open how it
  /// closes.
  [[nodiscard]] bool close(Box const& shape, bool corner_is_inside) {
    if (on_border_) return false;
    double const width = window_.max_x - window_.min_x, top = width + window_.max_y - window_.min_y;
    if (crossings_.empty()) {
      if (corner_is_inside) close_top(top, top + width);
      return true;
    }
    if (!alternate(crossings_, window_, shape)) return false;
    for (std::size_t i = 0; i < crossings_.size(); ++i) {
      if (crossings_[i].enters) continue;
      double const leaves = crossings_[i].place, enters = crossings_[(i + 1) % crossings_.size()].place;
      if (leaves < enters) {
        close_top(std::max(leaves, top), std::min(enters, top + width));
      } else {
        close_top(std::max(leaves, top), top + width);
        close_top(top, std::min(enters, top + width));
      }
    }
    return true;
  }

  [[nodiscard]] bool crosses() const noexcept { return !crossings_.empty(); }

 private:
  void add(Point a, Point b) {
    edges_.add({a.x - window_.min_x, a.y - window_.min_y}, {b.x - window_.min_x, b.y - window_.min_y});
  }
  Point crossing(double const* a, Side side, bool enters) {
    Point const at = meeting(window_, a, side);
    crossings_.push_back({along(window_, at, side), enters});
    return at;
  }
  /// From one place on the upper side to another.
  void close_top(double from, double to) {
    if (!(from < to)) return;
    double const width = window_.max_x - window_.min_x, height = window_.max_y - window_.min_y;
    double const right = width - (from - (width + height)), left = width - (to - (width + height));
    edges_.add({right, height}, {left, height});
  }

  Box const& window_;
  SignedEdges& edges_;
  std::vector<Crossing> crossings_;
  bool on_border_ = false;
};

/// Adds what one pair of edges has: the land below both of them, with the sign of the second one.
inline void add_land(SignedEdges const& a, std::size_t i, SignedEdges const& b, std::size_t j, double& of_edge,
                     double& size) {
  double const left = std::max(a.x0[i], b.x0[j]), right = std::min(a.x1[i], b.x1[j]);
  double const width = right - left;
  if (!(width > 0)) return;
  double const low = b.y0[j] + b.slope[j] * (left - b.x0[j]), high = b.y0[j] + b.slope[j] * (right - b.x0[j]);
  double const above_left = a.y0[i] + a.slope[i] * (left - a.x0[i]) - low;
  double const above_right = a.y0[i] + a.slope[i] * (right - a.x0[i]) - high;
  double const least = std::min(above_left, above_right), most = std::max(above_left, above_right);
  double const below = most <= 0 ? least + most : least < 0 ? least * least / (least - most) : 0;
  double const land = width * (low + high + below);
  of_edge += b.sign[j] * land;
  size += std::abs(land);
}

/// Whether few edges pass any x, on the whole.
bool lie_side_by_side(SignedEdges const& edges) {
  constexpr double few = 8;
  double widths = 0;
  for (std::size_t i = 0; i < edges.size(); ++i) widths += edges.x1[i] - edges.x0[i];
  auto const [left, right] = std::pair(*std::min_element(edges.x0.begin(), edges.x0.end()),
                                       *std::max_element(edges.x1.begin(), edges.x1.end()));
  return widths <= few * (right - left);
}

/// Edges by the upright strips that they pass through: a boundary of 100,000 edges meets few of another one at any x.
class EdgesByX {
 public:
  explicit EdgesByX(SignedEdges const& edges) : strips_(std::min<std::size_t>(edges.size(), 65536)) {
    low_ = *std::min_element(edges.x0.begin(), edges.x0.end());
    width_ = (*std::max_element(edges.x1.begin(), edges.x1.end()) - low_) / static_cast<double>(strips_.size());
    for (std::size_t j = 0; j < edges.size(); ++j)
      for (std::size_t strip = strip_of(edges.x0[j]); strip <= strip_of(edges.x1[j]); ++strip)
        strips_[strip].push_back(static_cast<std::uint32_t>(j));
  }
  /// Edges that may pass between two x, ascending: the order in which land is added up is that of all edges.
  void between(double left, double right, std::vector<std::uint32_t>& out) const {
    out.clear();
    for (std::size_t strip = strip_of(left); strip <= strip_of(right); ++strip)
      out.insert(out.end(), strips_[strip].begin(), strips_[strip].end());
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
  }

 private:
  [[nodiscard]] std::size_t strip_of(double x) const {
    double const strip = width_ > 0 ? (x - low_) / width_ : 0;
    return static_cast<std::size_t>(std::clamp(strip, 0.0, static_cast<double>(strips_.size() - 1)));
  }
  std::vector<std::vector<std::uint32_t>> strips_;
  double low_ = 0, width_ = 0;
};

}  // namespace

void SignedEdges::clear() {
  for (auto* column : {&x0, &x1, &y0, &slope, &sign}) column->clear();
}

void SignedEdges::add(Point a, Point b) {
  if (a.x == b.x) return;
  bool const to_the_left = b.x < a.x;
  if (to_the_left) std::swap(a, b);
  x0.push_back(a.x);
  x1.push_back(b.x);
  y0.push_back(a.y);
  slope.push_back((b.y - a.y) / (b.x - a.x));
  sign.push_back(to_the_left ? 1 : -1);
}

void set_edges(GeometryColumn const& column, std::size_t row, Point origin, SignedEdges& edges) {
  edges.clear();
  for (std::size_t path = column.first_path(row); path < column.end_path(row); ++path) {
    auto const xy = column.path(path);
    for (std::size_t i = 0; i + 3 < xy.size(); i += 2)
      edges.add({xy[i] - origin.x, xy[i + 1] - origin.y}, {xy[i + 2] - origin.x, xy[i + 3] - origin.y});
  }
}

bool set_edges_within(GeometryColumn const& column, EdgeRuns const& runs, std::size_t row, Box const& window,
                      SignedEdges& edges) {
  edges.clear();
  BoundaryCutter cutter(window, edges);
  for (std::size_t path = column.first_path(row); path < column.end_path(row); ++path) {
    double const* const xy = column.path(path).data();
    runs.visit(path, window, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i < last; ++i) cutter.edge(xy + 2 * i);
    });
  }
  if (cutter.crosses()) return cutter.close(column.box[row], false);
  auto const around = is_around(runs, row, window);
  return around && cutter.close(column.box[row], *around);
}

CommonArea common_area(SignedEdges const& a, SignedEdges const& b) {
  constexpr std::size_t all_with_all = std::size_t{1} << 20U;  // above, an index is cheaper where it tells much
  bool const indexed = a.size() * b.size() > all_with_all && lie_side_by_side(a) && lie_side_by_side(b);
  auto const index = indexed ? std::make_unique<EdgesByX>(b) : nullptr;
  std::vector<std::uint32_t> near;
  double sum = 0, size = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    double of_edge = 0;
    if (index) {
      index->between(a.x0[i], a.x1[i], near);
      for (std::uint32_t const j : near) add_land(a, i, b, j, of_edge, size);
    } else {
      for (std::size_t j = 0; j < b.size(); ++j) add_land(a, i, b, j, of_edge, size);
    }
    sum += a.sign[i] * of_edge;
  }
  constexpr double per_term = 4e-16;  // a few roundings of 1.1e-16 each
  return {sum / 2, size / 2 * per_term};
}

}  // namespace terrein
