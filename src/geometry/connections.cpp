#include "terrein/geometry/connections.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include "geometry/predicates.hpp"
#include "geometry/segment_tree.hpp"

namespace terrein {
namespace {

inline Point nearest_on(Point p, Point a, Point b) {
  double const ex = b.x - a.x, ey = b.y - a.y, ee = ex * ex + ey * ey;
  if (!(ee > 0)) return a;
  double const t = ((p.x - a.x) * ex + (p.y - a.y) * ey) / ee;
  if (!(t > 0)) return a;
  if (t >= 1) return b;
  return {a.x + t * ex, a.y + t * ey};
}

/// The point in common of two segments that meet and are not parallel.
std::optional<Point> crossing(Point a, Point b, Point c, Point d) {
  double const ex = b.x - a.x, ey = b.y - a.y, fx = d.x - c.x, fy = d.y - c.y, cross = ex * fy - ey * fx;
  if (cross == 0 || !segments_meet(a, b, c, d)) return std::nullopt;
  double const t = std::clamp(((c.x - a.x) * fy - (c.y - a.y) * fx) / cross, 0.0, 1.0);
  return Point{a.x + t * ex, a.y + t * ey};
}

bool shorter(Connection const& a, Connection const& b) {
  return std::tie(a.metres, a.share, a.from.x, a.from.y) < std::tie(b.metres, b.share, b.from.x, b.from.y);
}

}  // namespace

/// The ways between one shape and the lines near it.
class ConnectionSearch::Finder {
 public:
  explicit Finder(ConnectionIndex const& index) : index_(index) {}

  Found const& find(GeometryColumn const& shapes, std::size_t row) {
    found_.open.clear();
    found_.barrier = {};
    if (shapes.has_shape(row)) collect(shapes, row);
    if (!shapes.has_shape(row) || near_.empty()) return found_;
    barred_ =
        index_.barriers_ != nullptr && index_.barriers_->any_in(shapes.box[row].grown(with_slack(index_.tolerance_)));
    for (std::size_t first = 0; first < near_.size();) {
      std::size_t last = first;
      ways_.clear();
      set_limit(index_.tolerance_);
      for (; last < near_.size() && near_[last].line == near_[first].line; ++last) add_ways(near_[last]);
      first = last;
      if (!ways_.empty()) choose();
    }
    if (!found_.open.empty()) found_.barrier = {};
    return found_;
  }

 private:
  /// A piece of the boundary and a segment of a line whose boxes are within the tolerance.
  struct Near {
    std::uint32_t line, place, run;
  };

  void collect(GeometryColumn const& shapes, std::size_t row) {
    near_.clear();
    double const reach = with_slack(index_.tolerance_);
    runs_of(shapes, row, runs_);
    for (std::uint32_t run = 0; run < runs_.size(); ++run)
      index_.segments_->boxes().nearest(runs_[run].box, reach * reach, [&](std::uint32_t place) {
        near_.push_back({index_.segments_->segment(place).row, place, run});
        return reach * reach;
      });
    if (near_.size() > 1)
      std::sort(near_.begin(), near_.end(), [](Near const& x, Near const& y) { return x.line < y.line; });
  }

  /// Those between a segment and a run: from the corners of both, where they cross, and where barriers are near from
  /// places between the corners. What is certain to be further off than the limit is passed over.
  void add_ways(Near const& near) {
    RowSegment const& segment = index_.segments_->segment(near.place);
    Run const& run = runs_[near.run];
    Point const c = segment.a, d = segment.b;
    Box const box = box_of(c, d);
    double const ex = d.x - c.x, ey = d.y - c.y, ee = ex * ex + ey * ey;
    auto const off = [&](Point p) { return (p.x - c.x) * ey - (p.y - c.y) * ex; };  // from the line, times its length
    auto const is_far = [&](double least) { return least * least > squared_limit_ * ee; };
    auto const add_corner = [&](Point p, double from_line) {
      if (!is_far(from_line) && squared_distance(box_of(p), box) <= squared_limit_) add(p, nearest_on(p, c, d), near);
    };
    Point a = run.start(0);
    double off_a = off(a);
    add_corner(a, off_a);
    for (std::uint32_t i = 0; i < run.segments(); ++i) {
      Point const b = run.end(i);
      double const off_b = off(b);
      add_corner(b, off_b);
      bool const beside = off_a * off_b > 0 && is_far(std::min(std::abs(off_a), std::abs(off_b)));
      if (!beside && squared_distance(box_of(a, b), box) <= squared_limit_) add_ways(near, a, b, c, d);
      a = b;
      off_a = off_b;
    }
  }

  /// Between an edge and a segment, but for those from the ends of the edge.
  void add_ways(Near const& near, Point a, Point b, Point c, Point d) {
    if (auto const point = crossing(a, b, c, d)) add(*point, *point, near);
    for (Point const q : {c, d})
      if (squared_distance(box_of(q), box_of(a, b)) <= squared_limit_) add(nearest_on(q, a, b), q, near);
    if (!barred_) return;
    each_between(a, b, [&](Point p) { add(p, nearest_on(p, c, d), near); });
    each_between(c, d, [&](Point q) { add(nearest_on(q, a, b), q, near); });
  }

  /// Calls with points of a segment that part it in equal pieces no longer than the tolerance.
  template <class Take>
  void each_between(Point a, Point b, Take const& take) const {
    double const length = distance(a, b);
    if (!(index_.tolerance_ > 0) || !(length > index_.tolerance_)) return;
    double const pieces = std::ceil(length / index_.tolerance_);
    for (double i = 1; i < pieces; ++i) take({a.x + i / pieces * (b.x - a.x), a.y + i / pieces * (b.y - a.y)});
  }

  /// Where nothing can bar the way the shortest one alone is kept.
  void add(Point from, Point to, Near const& near) {
    double const dx = to.x - from.x, dy = to.y - from.y;
    if (dx * dx + dy * dy > squared_limit_) return;
    double const metres = distance(from, to);
    bool const one = !barred_ && !ways_.empty();
    if (!(metres <= (one ? ways_.front().metres : index_.tolerance_))) return;
    std::uint32_t const segment = index_.segments_->boxes().order()[near.place];
    double const length = index_.length_m_[segment];
    double const before = index_.begin_m_[segment] + distance(index_.segments_->segment(near.place).a, to);
    Connection const way{near.line, length > 0 ? std::min(1.0, before / length) : 0, metres, from, to};
    if (!one) ways_.push_back(way);
    if (one && shorter(way, ways_.front())) ways_.front() = way;
    if (!barred_) set_limit(metres);
  }

  /// Ways that come out longer than `metres` need not be looked at; with room for the rounding of large coordinates.
  void set_limit(double metres) {
    double const limit = with_slack(metres) + 1e-6;
    squared_limit_ = limit * limit;
  }

  /// Takes the shortest of `ways_` that is open; without one, remembers the shortest of all.
  void choose() {
    if (!barred_) return found_.open.push_back(ways_.front());
    std::sort(ways_.begin(), ways_.end(), shorter);
    Barriers::Crossed first;
    for (Connection const& way : ways_) {
      auto const crossed = index_.barriers_->crossed(way.from, way.to);
      if (!crossed.any()) return found_.open.push_back(way);
      if (!first.any()) first = crossed;
    }
    if (!found_.barrier.any() || shorter(ways_.front(), found_.blocked)) {
      found_.blocked = ways_.front();
      found_.barrier = first;
    }
  }

  ConnectionIndex const& index_;
  Found found_;
  std::vector<Run> runs_;
  std::vector<Near> near_;
  std::vector<Connection> ways_;  // to one line
  bool barred_ = false;           // barriers are near
  double squared_limit_ = 0;
};

ConnectionIndex::ConnectionIndex(std::span<Path const> paths, double tolerance_m, Barriers const* barriers,
                                 unsigned workers)
    : tolerance_(tolerance_m), barriers_(barriers) {
  std::vector<RowSegment> segments;
  double length = 0;  // of the line so far
  for (std::size_t i = 0; i < paths.size(); ++i) {
    auto const& [xy, line] = paths[i];
    for (std::size_t vertex = 0; vertex + 1 < xy.size() / 2; ++vertex) {
      Point const a = vertex_at(xy.data(), vertex), b = vertex_at(xy.data(), vertex + 1);
      begin_m_.push_back(length);
      segments.push_back({a, b, line});
      length += distance(a, b);
    }
    if (i + 1 < paths.size() && paths[i + 1].line == line) continue;
    length_m_.resize(segments.size(), length);
    length = 0;
  }
  segments_ = std::make_unique<SegmentTree>(segments, workers);
}

ConnectionIndex::ConnectionIndex(ConnectionIndex&&) noexcept = default;
ConnectionIndex::~ConnectionIndex() = default;

ConnectionSearch::ConnectionSearch(ConnectionIndex const& index) : finder_(std::make_unique<Finder>(index)) {}
ConnectionSearch::ConnectionSearch(ConnectionSearch&&) noexcept = default;
ConnectionSearch::~ConnectionSearch() = default;

ConnectionSearch::Found const& ConnectionSearch::find(GeometryColumn const& shapes, std::size_t row) {
  return finder_->find(shapes, row);
}

}  // namespace terrein
