#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "geometry/geos.hpp"
#include "terrein/core/error.hpp"
#include "terrein/geometry/site_shape.hpp"

namespace terrein {
namespace {

constexpr double shortest_edge_m = 20;  // edges from here on give a direction
constexpr double step_m = 0.1;          // strips are searched to within this
constexpr double proof_m = 0.001;       // taken off all round when GEOS judges
constexpr double search_m = 0.0005;     // and half of it in the search, so that rounding cannot undo what is found
constexpr double cosine_2 = 0.9993908270190958, sine_2 = 0.03489949670250097;  // of 2 degrees

struct Direction {
  double x = 1, y = 0;  // unit vector
  double length = 0;    // of the edge that gives it
};
Point turned(Point p, Direction d) { return {p.x * d.x + p.y * d.y, p.y * d.x - p.x * d.y}; }
Point turned_back(Point p, Direction d) { return {p.x * d.x - p.y * d.y, p.y * d.x + p.x * d.y}; }

struct Edge {
  Point low, high;  // by y
};
struct Interval {
  double begin, end;
};

/// The edges of a polygon, turned so that a direction lies along x, and what strips between two heights leave free.
class Strips {
 public:
  explicit Strips(std::vector<Edge> edges) : edges_(std::move(edges)) {
    for (Edge& edge : edges_)
      if (edge.high.y < edge.low.y) std::swap(edge.low, edge.high);
    std::sort(edges_.begin(), edges_.end(), [](Edge const& a, Edge const& b) { return a.low.y < b.low.y; });
    for (Edge const& edge : edges_) top_ = std::max(top_, edge.high.y);
  }
  [[nodiscard]] double bottom() const { return edges_.front().low.y; }
  [[nodiscard]] double top() const { return top_; }
  [[nodiscard]] std::vector<Edge> const& edges() const { return edges_; }

  /// Where a stretch of land of `length` without boundary begins in the open strip; NaN where none does.
  double place_for(double length, double low, double high) {
    blocked_.clear();
    for (Edge const& edge : edges_) {
      if (edge.low.y >= high) break;
      if (edge.high.y <= low) continue;
      double const a = at(edge, low), b = at(edge, high);
      blocked_.push_back({std::min(a, b), std::max(a, b)});
    }
    std::sort(blocked_.begin(), blocked_.end(), [](Interval a, Interval b) { return a.begin < b.begin; });
    double end = std::numeric_limits<double>::infinity();  // what lies before the first edge is outside
    for (Interval const& interval : blocked_) {
      if (interval.begin - end >= length && is_land({end + length / 2, low + (high - low) / 2})) return end;
      end = std::isinf(end) ? interval.end : std::max(end, interval.end);
    }
    return std::numeric_limits<double>::quiet_NaN();
  }

 private:
  /// The end of an edge, or where it reaches a height.
  static double at(Edge const& edge, double y) {
    if (y <= edge.low.y) return edge.low.x;
    if (y >= edge.high.y) return edge.high.x;
    return edge.low.x + (edge.high.x - edge.low.x) * ((y - edge.low.y) / (edge.high.y - edge.low.y));
  }
  [[nodiscard]] bool is_land(Point p) const {
    bool odd = false;
    for (Edge const& edge : edges_) {
      if (edge.low.y > p.y) break;
      if (edge.high.y > p.y && at(edge, p.y) < p.x) odd = !odd;
    }
    return odd;
  }

  std::vector<Edge> edges_;
  double top_ = -std::numeric_limits<double>::infinity();
  std::vector<Interval> blocked_;
};

/// Looks for a rectangle along x in one direction.
class StripSearch {
 public:
  StripSearch(Strips& strips, double length, double width) : strips_(strips), length_(length), width_(width) {
    for (Edge const& edge : strips.edges())
      for (double const y : {edge.low.y, edge.high.y})
        for (double const place : {y, y - width}) special_.push_back(place);
    std::sort(special_.begin(), special_.end());
    special_.erase(std::unique(special_.begin(), special_.end()), special_.end());
  }

  /// Offers lower left corners until one is taken.
  bool find(std::function<bool(Point)> const& is_taken) {
    double const last = strips_.top() - width_;
    if (last < strips_.bottom()) return false;
    double const step = std::max(step_m, width_ / 2);
    for (double low = strips_.bottom(); low <= last; low += step)
      if (find_between(low, std::min(low + step, last), is_taken)) return true;
    return false;
  }

 private:
  /// All strips with their lower edge in the interval hold what they have in common: if that has no room, none has.
  bool find_between(double first, double last, std::function<bool(Point)> const& is_taken) {
    if (first + width_ > last && std::isnan(strips_.place_for(length_, last, first + width_))) return false;
    if (last - first > step_m) {
      double const middle = first + (last - first) / 2;
      return find_between(first, middle, is_taken) || find_between(middle, last, is_taken);
    }
    if (offer(first, is_taken) || offer(last, is_taken)) return true;
    auto special = std::lower_bound(special_.begin(), special_.end(), first);
    for (; special != special_.end() && *special <= last; ++special)
      if (offer(*special, is_taken)) return true;
    return false;
  }
  bool offer(double low, std::function<bool(Point)> const& is_taken) {
    double const left = strips_.place_for(length_, low, low + width_);
    return !std::isnan(left) && is_taken({left, low});
  }

  Strips& strips_;
  double length_, width_;
  std::vector<double> special_;  ///< where a side of the rectangle lies on a corner
};

/// The search for one hall in one row, about the middle of its box.
class HallSearch {
 public:
  HallSearch(GeometryColumn const& column, std::size_t row, double length, double width)
      : column_(column), row_(row), length_(length), width_(width), origin_(column.box[row].centre()) {
    for (std::size_t path = column.first_path(row); path < column.end_path(row); ++path) {
      auto const xy = column.path(path);
      for (std::size_t i = 0; i + 3 < xy.size(); i += 2)
        edges_.push_back({{xy[i] - origin_.x, xy[i + 1] - origin_.y}, {xy[i + 2] - origin_.x, xy[i + 3] - origin_.y}});
    }
  }

  std::optional<Hall> run() {
    for (Direction const& along : directions()) {
      if (auto hall = search(along, length_, width_, false)) return hall;
      if (length_ == width_) continue;
      if (auto hall = search(along, width_, length_, true)) return hall;
    }
    return std::nullopt;
  }

 private:
  /// Of edges, longest first, then in steps; each once, within the first quarter of a turn.
  [[nodiscard]] std::vector<Direction> directions() const {
    std::vector<Direction> out;
    for (Edge const& edge : edges_) {
      double dx = edge.high.x - edge.low.x, dy = edge.high.y - edge.low.y;
      double const length = std::sqrt(dx * dx + dy * dy);
      if (length < shortest_edge_m) continue;
      while (!(dx > 0 && dy >= 0)) {
        double const old = dx;
        dx = -dy;
        dy = old;
      }
      out.push_back({dx / length, dy / length, length});
    }
    std::sort(out.begin(), out.end(), [](Direction const& a, Direction const& b) {
      return a.length != b.length ? a.length > b.length : a.y < b.y;
    });
    Direction step;
    for (int i = 0; i < 45; ++i) {
      out.push_back(step);
      step = {step.x * cosine_2 - step.y * sine_2, step.y * cosine_2 + step.x * sine_2, 0};
    }
    return without_repeats(out);
  }
  /// A hall of a kilometre turns by a tenth of a millimetre between directions that count as one.
  static std::vector<Direction> without_repeats(std::vector<Direction> const& all) {
    constexpr double same = 1e-7;
    std::vector<Direction> out;
    for (Direction const& d : all)
      if (std::none_of(out.begin(), out.end(), [&](Direction const& other) {
            return std::abs(d.x * other.y - d.y * other.x) < same || std::abs(d.x * other.x + d.y * other.y) < same;
          }))
        out.push_back(d);
    return out;
  }

  std::optional<Hall> search(Direction along, double length, double width, bool across) {
    std::vector<Edge> edges;
    for (Edge const& edge : edges_) edges.push_back({turned(edge.low, along), turned(edge.high, along)});
    Strips strips(std::move(edges));
    std::optional<Hall> out;
    StripSearch(strips, length - 2 * search_m, width - 2 * search_m).find([&](Point corner) {
      Point const at{corner.x - search_m, corner.y - search_m};
      if (is_proven(rectangle(along, at, length, width, proof_m))) out = Hall{rectangle(along, at, length, width, 0)};
      return out.has_value();
    });
    if (out && across) std::rotate(out->corners.begin(), out->corners.begin() + 1, out->corners.end());
    return out;
  }
  [[nodiscard]] std::array<Point, 4> rectangle(Direction along, Point at, double length, double width,
                                               double off) const {
    std::array<Point, 4> out{Point{at.x + off, at.y + off}, Point{at.x + length - off, at.y + off},
                             Point{at.x + length - off, at.y + width - off}, Point{at.x + off, at.y + width - off}};
    for (Point& p : out) {
      p = turned_back(p, along);
      p = {p.x + origin_.x, p.y + origin_.y};
    }
    return out;
  }
  bool is_proven(std::array<Point, 4> const& corners) {
    GeometryColumn one;
    GeometryBuilder builder(one);
    for (Point const p : corners) builder.vertex(p.x, p.y);
    builder.end_path();
    builder.end_part();
    builder.end_row(GeometryKind::polygon);
    auto const hall = geos::to_geos(context_, one, 0);
    if (!shape_) shape_ = geos::to_geos(context_, column_, row_);
    char const covers = hall && shape_ ? GEOSCovers_r(context_.get(), shape_.get(), hall.get()) : char{2};
    if (covers == 2)
      throw_error(ErrorKind::geometry, "Whether row {} holds a hall cannot be judged: {}.", row_ + 1,
                  context_.last_error());
    return covers == 1;
  }

  GeometryColumn const& column_;
  std::size_t row_;
  double length_, width_;
  Point origin_;
  std::vector<Edge> edges_;
  geos::Context context_;
  geos::Geom shape_;
};

}  // namespace

std::optional<Hall> fits_hall(GeometryColumn const& column, std::size_t row, double length, double width) {
  if (!(length > 2 * proof_m) || !(width > 2 * proof_m) || !std::isfinite(length) || !std::isfinite(width))
    throw_error(ErrorKind::internal, "A hall of {} by {} m.", length, width);
  if (column.kind[row] != GeometryKind::polygon || !column.has_shape(row) || !column.all_finite(row))
    return std::nullopt;
  if (area(column, row) < (length - 2 * proof_m) * (width - 2 * proof_m)) return std::nullopt;
  double const hull_width = hull_measures(column, row).width;
  if (hull_width < std::min(length, width) - 2 * proof_m) return std::nullopt;
  return HallSearch(column, row, length, width).run();
}

}  // namespace terrein
