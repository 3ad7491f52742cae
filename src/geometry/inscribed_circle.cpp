#include <algorithm>
#include <cmath>
#include <queue>
#include <vector>

#include "geometry/predicates.hpp"
#include "geometry/segments.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {

namespace {

struct SquareCell {
  Point centre;
  double half = 0;      // half the side
  double distance = 0;  // of the centre to the boundary, negative outside
  double most = 0;      // no point of the cell lies farther inside than this
  std::uint64_t number = 0;
};
struct LessPromising {
  // The older cell first among equals, so that the answer does not depend on how a heap is built.
  bool operator()(SquareCell const& a, SquareCell const& b) const {
    return a.most != b.most ? a.most < b.most : a.number > b.number;
  }
};

// Along a winding road the best circles lie on a line, and every cell of that line would have to be split: a limit on
// their number keeps such shapes cheap and still finds the radius to a small part of the road's width.
constexpr std::uint64_t most_cells = 200000;

class CircleSearch {
 public:
  CircleSearch(GeometryColumn const& column, std::size_t row, double tolerance)
      : runs_(runs_of(column, row)), box_(column.box[row]) {
    // No finer than the coordinates can tell, so that the search ends whatever is asked.
    tolerance_ = std::max(tolerance, 1e-9 * std::max(box_.width(), box_.height()));
    // No circle is wider than the hull: rectangles and other straight strips end at once.
    most_ = hull_measures(column, row).width / 2;
    offer(centroid(column, row));
  }

  Circle run() {
    start();
    while (!open_.empty() && made_ < most_cells && most_ > best_.radius + tolerance_) {
      SquareCell const cell = open_.top();
      open_.pop();
      if (!(cell.most > best_.radius + tolerance_)) break;
      double const half = cell.half / 2;
      for (int corner = 0; corner < 4; ++corner)
        push({cell.centre.x + (corner % 2 == 0 ? -half : half), cell.centre.y + (corner < 2 ? -half : half)}, half);
    }
    return best_;
  }

 private:
  // Squares about as wide as the shape; at most some dozens for very long ones.
  void start() {
    double const longest = std::max(box_.width(), box_.height());
    double const side = std::max(std::min(box_.width(), box_.height()), longest / 64);
    auto const count = [side](double extent) { return std::max(1.0, std::ceil(extent / side)); };
    for (double i = 0; i < count(box_.width()); ++i)
      for (double j = 0; j < count(box_.height()); ++j)
        push({box_.min_x + (i + 0.5) * side, box_.min_y + (j + 0.5) * side}, side / 2);
  }
  void push(Point centre, double half) {
    double const d = offer(centre);
    double const most = d + half * std::sqrt(2.0);
    if (most > best_.radius + tolerance_) open_.push({centre, half, d, most, ++made_});
  }
  double offer(Point p) {
    double const d = signed_distance(p);
    if (d > best_.radius) best_ = {p, d};
    return d;
  }
  [[nodiscard]] double signed_distance(Point p) const {
    RayCrossings ray{p};
    double squared = std::numeric_limits<double>::infinity();
    for (Run const& run : runs_) {
      squared = std::min(squared, squared_distance_to(run, p, squared));
      if (run.box.min_y > p.y || run.box.max_y < p.y || run.box.max_x < p.x) continue;
      for (std::uint32_t i = 0; i < run.segments(); ++i) ray.add(run.start(i), run.end(i));
    }
    double const d = std::sqrt(squared);
    return ray.odd && !ray.on_boundary ? d : -d;
  }
  static double squared_distance_to(Run const& run, Point p, double most) {
    if (squared_distance(run.box, Box{p.x, p.y, p.x, p.y}) > most) return most;
    double best = most;
    for (std::uint32_t i = 0; i < run.segments(); ++i)
      best = std::min(best, squared_distance(p, run.start(i), run.end(i)));
    return best;
  }

  std::vector<Run> runs_;
  Box box_;
  double tolerance_ = 0;
  double most_ = 0;  // radius that no circle can exceed
  Circle best_;
  std::uint64_t made_ = 0;
  std::priority_queue<SquareCell, std::vector<SquareCell>, LessPromising> open_;
};

}  // namespace

Circle largest_inscribed_circle(GeometryColumn const& column, std::size_t row, double tolerance) {
  if (!(area(column, row) > 0) || !std::isfinite(area(column, row))) return {centroid(column, row), 0};
  return CircleSearch(column, row, tolerance).run();
}

}  // namespace terrein
