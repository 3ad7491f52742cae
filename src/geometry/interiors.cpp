#include "geometry/interiors.hpp"

#include <vector>

#include "geometry/predicates.hpp"
#include "geometry/segments.hpp"

namespace terrein {
namespace {

/// The interior around a point of a ring: everything from the direction to `next` counter-clockwise to that of `prev`.
struct Sector {
  Point at, next, prev;
};

Point ring_vertex(GeometryColumn const& column, std::size_t index) { return vertex_at(column.xy.data(), index); }

/// Start of the edge before `edge`; repeated vertices are passed over.
Point before(GeometryColumn const& column, RingEdge const& edge) {
  std::size_t const first = column.path_begin[edge.path], last = column.path_begin[edge.path + 1] - 1;
  std::size_t i = edge.index;
  Point p = edge.a;
  do {
    i = i == first ? last - 1 : i - 1;
    p = ring_vertex(column, i);
  } while (p == edge.a && i != edge.index);
  return p;
}

bool same_direction(Point from, Point u, Point v) {
  return orientation(from, u, v) == 0 && (u.x - from.x) * (v.x - from.x) + (u.y - from.y) * (v.y - from.y) > 0;
}

/// Whether the direction to `w` lies strictly inside a sector. Its own borders do not, which saves asking for the turn
/// of a corner where edges of neighbours run together.
bool is_inside(Sector const& sector, Point w) {
  auto const& [at, next, prev] = sector;
  if (w == next || w == prev) return false;
  int const turn = orientation(at, next, prev);
  if (turn > 0) return orientation(at, next, w) > 0 && orientation(at, w, prev) > 0;
  if (turn < 0) return orientation(at, prev, w) < 0 || orientation(at, w, next) < 0;
  return orientation(at, next, w) > 0;  // straight on; a spike has no place in a valid ring
}

bool have_common_land(Sector const& a, Sector const& b) {
  return is_inside(a, b.next) || is_inside(a, b.prev) || is_inside(b, a.next) || is_inside(b, a.prev) ||
         (same_direction(a.at, a.next, b.next) && same_direction(a.at, a.prev, b.prev));
}

Sector at_start(GeometryColumn const& column, RingEdge const& edge) { return {edge.a, edge.b, before(column, edge)}; }

bool is_within(RingEdge const& edge, Point p) {
  return box_of(edge.a, edge.b).meets(box_of(p)) && p != edge.a && p != edge.b;
}

bool passes(RingEdge const& edge, Point p) { return is_within(edge, p) && orientation(edge.a, edge.b, p) == 0; }

/// What a polygon fills around a point: from each edge that leaves it to the next one, counter-clockwise, that arrives.
std::vector<Sector> sectors_at(Point point, std::span<RingEdge const> edges) {
  std::vector<Point> leaving, arriving;
  for (RingEdge const& edge : edges) {
    bool const within = passes(edge, point);
    if (within || edge.a == point) leaving.push_back(edge.b);
    if (within || edge.b == point) arriving.push_back(edge.a);
  }
  std::vector<Sector> out;
  if (arriving.empty()) return out;
  for (Point const next : leaving) {
    Sector sector{point, next, arriving.front()};
    for (Point const other : arriving)
      if (is_inside(sector, other)) sector.prev = other;
    out.push_back(sector);
  }
  return out;
}

void add_entry(EdgeMeeting& out, Sector const& a, Sector const& b) {
  out.kind = EdgeMeeting::Kind::touching;
  if (have_common_land(a, b)) out.entry[out.entries++] = a.at;
}

/// Of edges that have a corner in common, but not their starts: they meet elsewhere only where one starts within the
/// other.
EdgeMeeting meeting_at_corner(GeometryColumn const& column, RingEdge const& s, RingEdge const& t) {
  EdgeMeeting out;
  if (passes(t, s.a)) add_entry(out, at_start(column, s), {s.a, t.b, t.a});
  if (passes(s, t.a)) add_entry(out, {t.a, s.b, s.a}, at_start(column, t));
  return out;
}

}  // namespace

EdgeMeeting meeting_of(GeometryColumn const& column, RingEdge const& s, RingEdge const& t) {
  using enum EdgeMeeting::Kind;
  EdgeMeeting out;
  if (s.a == t.b && s.b == t.a) {
    out.kind = twins;
    return out;
  }
  if (s.a == t.a) {
    add_entry(out, at_start(column, s), at_start(column, t));
    return out;
  }
  if (s.a == t.b || s.b == t.a || s.b == t.b) return meeting_at_corner(column, s, t);
  int const sa = orientation(t.a, t.b, s.a), sb = orientation(t.a, t.b, s.b);
  if (sa * sb > 0) return out;
  int const ta = orientation(s.a, s.b, t.a), tb = orientation(s.a, s.b, t.b);
  if (ta * tb > 0) return out;
  if (sa * sb < 0 && ta * tb < 0) {
    out.kind = crossing;
    return out;
  }
  if (sa == 0 && is_within(t, s.a)) add_entry(out, at_start(column, s), {s.a, t.b, t.a});
  if (ta == 0 && is_within(s, t.a)) add_entry(out, {t.a, s.b, s.a}, at_start(column, t));
  return out;
}

bool meet_around(Point point, std::span<RingEdge const> a, std::span<RingEdge const> b) {
  auto const of_a = sectors_at(point, a), of_b = sectors_at(point, b);
  for (Sector const& one : of_a)
    for (Sector const& other : of_b)
      if (have_common_land(one, other)) return true;
  return false;
}

}  // namespace terrein
