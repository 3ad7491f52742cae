#include "geometry/segments.hpp"

#include <algorithm>
#include <cmath>

#include "geometry/predicates.hpp"
#include "terrein/geometry/lanes.hpp"

namespace terrein {

namespace {

constexpr Point minus(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
constexpr double dot(Point a, Point b) { return a.x * b.x + a.y * b.y; }
constexpr double cross(Point a, Point b) { return a.x * b.y - a.y * b.x; }

void narrow(Interval& part, double low, double high) {
  part.low = std::max(part.low, low);
  part.high = std::min(part.high, high);
}

// Keeps the t with low ≤ at_zero + slope · t ≤ high.
void clip(Interval& part, double at_zero, double slope, double low, double high) {
  if (slope == 0) {
    if (!(low <= at_zero && at_zero <= high)) part = {};
    return;
  }
  double const a = (low - at_zero) / slope, b = (high - at_zero) / slope;
  narrow(part, std::min(a, b), std::max(a, b));
}

void extend(Interval& part, Interval const& more) {
  if (more.empty()) return;
  if (part.empty()) {
    part = more;
    return;
  }
  part.low = std::min(part.low, more.low);
  part.high = std::max(part.high, more.high);
}

Interval part_in_disc(Point s0, Point s1, Point centre, double radius) {
  Point const e = minus(s1, s0), f = minus(s0, centre);
  double const ee = dot(e, e), off = cross(f, e);
  double const chord = radius * radius * ee - off * off;
  if (chord < 0) return {};
  Interval part{0, 1};
  narrow(part, (-dot(f, e) - std::sqrt(chord)) / ee, (-dot(f, e) + std::sqrt(chord)) / ee);
  return part;
}

}  // namespace

std::array<double, 2> meetings(Point a, Point b, Point c, Point d) {
  Point const e = minus(b, a), f = minus(d, c), g = minus(c, a);
  double const area = cross(e, f), ee = dot(e, e);
  auto const along = [&](Point p) { return std::clamp(dot(minus(p, a), e) / ee, 0.0, 1.0); };
  if (area == 0) return ee > 0 ? std::array{along(c), along(d)} : std::array{0.0, 0.0};
  double const at = std::clamp(cross(g, f) / area, 0.0, 1.0);
  return {at, at};
}

double squared_distance(Point p, Point a, Point b) {
  Point const e = minus(b, a), f = minus(p, a);
  double const ee = dot(e, e), along = dot(f, e);
  if (!(along > 0)) return dot(f, f);
  if (along >= ee) {
    Point const g = minus(p, b);
    return dot(g, g);
  }
  double const off = cross(f, e);
  return off * off / ee;
}

double squared_distance(Point a, Point b, Point c, Point d) {
  if (segments_meet(a, b, c, d)) return 0;
  return std::min(
      {squared_distance(a, c, d), squared_distance(b, c, d), squared_distance(c, a, b), squared_distance(d, a, b)});
}

std::vector<Run> runs_of(GeometryColumn const& column, std::size_t row) {
  std::vector<Run> runs;
  runs_of(column, row, runs);
  return runs;
}

void runs_of(GeometryColumn const& column, std::size_t row, std::vector<Run>& runs) {
  runs.clear();
  for (std::uint32_t p = column.first_path(row); p < column.end_path(row); ++p) {
    double const* xy = column.path(p).data();
    std::uint32_t left = column.path_begin[p + 1] - column.path_begin[p];
    do {
      Run run{xy, std::min(left, run_segments + 1)};
      for (std::uint32_t i = 0; i < run.vertices; ++i) run.box.extend(xy[2 * i], xy[2 * i + 1]);
      run.radius = distance(Point{run.box.min_x, run.box.min_y}, Point{run.box.max_x, run.box.max_y}) / 2;
      runs.push_back(run);
      std::uint32_t const step = std::min(left, run_segments);
      left -= step;
      xy += 2 * std::size_t{step};
    } while (left > 1);  // the last vertex already ends the run before
  }
}

namespace {

// Of the vertices of a run to a segment, two at a time (the last one twice where they are odd). All share the segment's
// length, so that one division at the end gives the same as one for each of them.
double from_vertices(Run const& run, Point a, Point b) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Point const e = minus(b, a);
  double const ee = dot(e, e);
  Two const none{infinity, infinity};
  Two nearest_end = none, nearest_off = none;
  for (std::uint32_t i = 0; i < run.vertices; i += 2) {
    Point const p = vertex_at(run.xy, i), q = vertex_at(run.xy, std::min(i + 1, run.vertices - 1));
    Two const fx = Two{p.x, q.x} - a.x, fy = Two{p.y, q.y} - a.y;
    Two const gx = Two{p.x, q.x} - b.x, gy = Two{p.y, q.y} - b.y;
    Two const along = fx * e.x + fy * e.y, off = fx * e.y - fy * e.x;
    Two const to_a = fx * fx + fy * fy, to_b = gx * gx + gy * gy;
    nearest_end = smaller(nearest_end, along > 0 ? (along >= ee ? to_b : none) : to_a);
    nearest_off = smaller(nearest_off, along > 0 ? (along >= ee ? none : off * off) : none);
  }
  double const end = std::min(nearest_end[0], nearest_end[1]);
  return std::min(end, std::min(nearest_off[0], nearest_off[1]) / ee);
}

// Of a point to the edges of a run where it is smaller than `most`, else that; two at a time.
double from_edges(Run const& run, Point p, double most) {
  if (squared_distance(box_of(p), run.box) > squared_with_slack(most)) return most;
  Two nearest{most, most};
  for (std::uint32_t i = 0; i < run.segments(); i += 2) {
    std::uint32_t const j = std::min(i + 1, run.segments() - 1);
    Point const a = run.start(i), b = run.end(i), c = run.start(j), d = run.end(j);
    Two const ex = Two{b.x, d.x} - Two{a.x, c.x}, ey = Two{b.y, d.y} - Two{a.y, c.y};
    Two const fx = p.x - Two{a.x, c.x}, fy = p.y - Two{a.y, c.y}, gx = p.x - Two{b.x, d.x}, gy = p.y - Two{b.y, d.y};
    Two const ee = ex * ex + ey * ey, along = fx * ex + fy * ey, off = fx * ey - fy * ex;
    Two const to_start = fx * fx + fy * fy, to_end = gx * gx + gy * gy, to_line = off * off / ee;
    nearest = smaller(nearest, along > 0 ? (along >= ee ? to_end : to_line) : to_start);
  }
  return std::min(nearest[0], nearest[1]);
}

// Whether the circle around a run's box stays further than `most` from a segment.
bool is_surely_beyond(Run const& run, Point a, Point b, double most) {
  double const reach = with_slack(most + run.radius);
  Point const centre = run.box.centre(), e = minus(b, a), f = minus(centre, a);
  double const ee = dot(e, e), along = dot(f, e), off = cross(f, e);
  if (!(along > 0)) return dot(f, f) > reach * reach;
  Point const g = minus(centre, b);
  return along >= ee ? dot(g, g) > reach * reach : off * off > reach * reach * ee;
}

bool meets(Run const& run, Point a, Point b) {
  for (std::uint32_t i = 0; i < run.segments(); ++i)
    if (segments_meet(run.start(i), run.end(i), a, b)) return true;
  return false;
}

}  // namespace

double squared_distance(Run const& run, Point a, Point b, double most) {
  double const apart = squared_distance(box_of(a, b), run.box);
  if (apart > squared_with_slack(most * most)) return std::numeric_limits<double>::infinity();
  if (apart == 0 && meets(run, a, b)) return 0;
  if (is_surely_beyond(run, a, b, most)) return std::numeric_limits<double>::infinity();
  double best = from_edges(run, a, from_vertices(run, a, b));
  if (a != b) best = from_edges(run, b, best);
  return best;
}

// The points within a distance of a segment form a convex shape: a rectangle and two discs. What it cuts from a
// segment is one interval, from the first of the three to the last.
Interval part_within(Point s0, Point s1, Point q0, Point q1, double distance) {
  Point const e = minus(s1, s0), g = minus(q1, q0), f = minus(s0, q0);
  if (dot(e, e) == 0) return {};
  Interval part = part_in_disc(s0, s1, q0, distance);
  double const gg = dot(g, g);
  if (gg == 0) return part;
  extend(part, part_in_disc(s0, s1, q1, distance));
  Interval band{0, 1};
  clip(band, dot(g, f), dot(g, e), 0, gg);
  double const reach = distance * std::sqrt(gg);
  clip(band, cross(g, f), cross(g, e), -reach, reach);
  extend(part, band);
  return part;
}

Interval part_along(Point s0, Point s1, Point q0, Point q1, double tolerance) {
  Point const e = minus(s1, s0), g = minus(q1, q0), f = minus(s0, q0);
  double const ee = dot(e, e), gg = dot(g, g), turn = cross(g, e);
  // 30°: chords of one arc drawn twice differ that much, edges of different boundaries seldom so little.
  if (ee == 0 || gg == 0 || turn * turn > 0.25 * ee * gg) return {};
  Interval beside{0, 1};
  clip(beside, dot(g, f), dot(g, e), 0, gg);
  if (beside.empty()) return {};
  Interval part = beside;
  double const reach = tolerance * std::sqrt(gg);
  clip(part, cross(g, f), turn, -reach, reach);
  // Two edges that part company must be nearly parallel (0.1 rad), else this is a corner or a crossing.
  bool const parts = part.low > beside.low || part.high < beside.high;
  return parts && turn * turn > 0.01 * ee * gg ? Interval{} : part;
}

double union_length(std::vector<Interval>& intervals) {
  std::sort(intervals.begin(), intervals.end(),
            [](Interval const& a, Interval const& b) { return a.low != b.low ? a.low < b.low : a.high < b.high; });
  std::size_t kept = 0;
  for (Interval const& one : intervals) {
    if (one.empty()) continue;
    if (kept > 0 && one.low <= intervals[kept - 1].high)
      intervals[kept - 1].high = std::max(intervals[kept - 1].high, one.high);
    else
      intervals[kept++] = one;
  }
  intervals.resize(kept);
  double sum = 0;
  for (Interval const& one : intervals) sum += one.high - one.low;
  return sum;
}

}  // namespace terrein
