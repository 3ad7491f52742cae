#include "geometry/edge_nodes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

#include "geometry/predicates.hpp"
#include "geometry/segments.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

constexpr std::size_t chunk = 4096;

bool is_crossing(Meets how) { return how == Meets::enters || how == Meets::leaves; }

/// An order of edges by place alone: what is computed from two of them does not depend on the order of the rows.
bool is_before(FreeEdge const& e, FreeEdge const& f) {
  return std::tie(e.a.x, e.a.y, e.b.x, e.b.y) < std::tie(f.a.x, f.a.y, f.b.x, f.b.y);
}

/// How far along an edge something meets it, from 0 to 1, with a bound of what rounding did to it.
struct Place {
  double along, error;
  bool crosses;
  Point at;       ///< where it does not cross
  Crossed other;  ///< where it does
  std::uint32_t meeting;
};

Place place_of_corner(FreeEdge const& edge, Point p, std::uint32_t meeting) {
  double const dx = edge.b.x - edge.a.x, dy = edge.b.y - edge.a.y;
  double const along = std::abs(dx) >= std::abs(dy) ? (p.x - edge.a.x) / dx : (p.y - edge.a.y) / dy;
  return {along, 1e-15, false, p, {}, meeting};
}

Place place_of_crossing(FreeEdge const& edge, FreeEdge const& other, std::uint32_t meeting) {
  double size = 0;
  auto const side = [&](Point p) {
    double const left = (other.a.x - p.x) * (other.b.y - p.y), right = (other.a.y - p.y) * (other.b.x - p.x);
    size += std::abs(left) + std::abs(right);
    return left - right;
  };
  double const from = side(edge.a), to = side(edge.b), whole = std::abs(from - to), error = turn_error * size;
  double const infinite = std::numeric_limits<double>::infinity();
  return {whole > 0 ? from / (from - to) : 0,
          whole > 4 * error ? 4 * error / whole + 1e-15 : infinite,
          true,
          {},
          {other.a, other.b},
          meeting};
}

/// Which of two comes first along an edge: −1, 1, or 0 for one place. Exact.
int order(FreeEdge const& edge, Place const& p, Place const& q) {
  if (p.along + p.error < q.along - q.error) return -1;
  if (q.along + q.error < p.along - p.error) return 1;
  if (p.crosses && q.crosses) return exact_order_of_crossings(edge.a, edge.b, p.other, q.other);
  if (p.crosses) return -order(edge, q, p);
  if (q.crosses) {
    int const side = orientation(q.other.a, q.other.b, p.at);
    return side == 0 ? 0 : side == orientation(q.other.a, q.other.b, edge.a) ? -1 : 1;
  }
  bool const by_x = std::abs(edge.b.x - edge.a.x) >= std::abs(edge.b.y - edge.a.y);
  double const before = by_x ? p.at.x : p.at.y, after = by_x ? q.at.x : q.at.y;
  bool const rises = by_x ? edge.a.x < edge.b.x : edge.a.y < edge.b.y;
  return before == after ? 0 : (before < after) == rises ? -1 : 1;
}

/// Computed about the middle of the common box, as JTS and GEOS do.
Point crossing_of(FreeEdge const& e, FreeEdge const& f) {
  Box const p = box_of(e.a, e.b), q = box_of(f.a, f.b);
  double const x = (std::max(p.min_x, q.min_x) + std::min(p.max_x, q.max_x)) / 2;
  double const y = (std::max(p.min_y, q.min_y) + std::min(p.max_y, q.max_y)) / 2;
  Point const a{e.a.x - x, e.a.y - y}, b{e.b.x - x, e.b.y - y}, c{f.a.x - x, f.a.y - y}, d{f.b.x - x, f.b.y - y};
  double const px = a.y - b.y, py = b.x - a.x, pw = a.x * b.y - b.x * a.y;
  double const qx = c.y - d.y, qy = d.x - c.x, qw = c.x * d.y - d.x * c.y;
  double const w = px * qy - qx * py;
  Point const out{(py * qw - qy * pw) / w + x, (qx * pw - px * qw) / w + y};
  bool const within = p.meets(box_of(out)) && q.meets(box_of(out));
  return within ? out : Point{x, y};  // nearly parallel edges: both pass through the common box
}

}  // namespace

EdgeNodes::EdgeNodes(std::span<FreeEdge const> edges, unsigned workers) : edges_(edges) {
  lay_out(edge_meetings(edges, workers));
  place_all(workers);
}

void EdgeNodes::lay_out(std::vector<std::vector<EdgeMeets>> const& found) {
  first_.assign(edges_.size() + 2, 0);
  for (auto const& part : found)
    for (EdgeMeets const& one : part) ++first_[one.edge + 2];
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  meetings_.resize(first_.back());
  for (auto const& part : found)
    for (EdgeMeets const& one : part) meetings_[first_[one.edge + 1]++] = {one.other, one.how, 0};
  first_.pop_back();
}

void EdgeNodes::place_all(unsigned workers) {
  placed_.resize(meetings_.size());
  first_piece_.assign(edges_.size() + 1, 0);
  parallel_chunks(edges_.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t e = begin; e < end; ++e) first_piece_[e + 1] = place(static_cast<std::uint32_t>(e)) + 1;
  });
  std::partial_sum(first_piece_.begin(), first_piece_.end(), first_piece_.begin());
}

bool EdgeNodes::is_at_end(std::uint32_t edge, Meeting const& meeting) const {
  Point const end = edges_[edge].b;
  return meeting.how == Meets::passes || (meeting.how == Meets::starts && edges_[meeting.other].a == end) ||
         (meeting.how == Meets::ends && edges_[meeting.other].b == end);
}

/// Numbers the nodes of an edge; returns the number of its end.
std::uint32_t EdgeNodes::place(std::uint32_t edge) {
  std::uint32_t const first = first_[edge], last = first_[edge + 1];
  if (first == last) return 0;
  std::sort(meetings_.begin() + first, meetings_.begin() + last,
            [](Meeting const& p, Meeting const& q) { return p.other != q.other ? p.other < q.other : p.how < q.how; });
  std::vector<Place> places;
  for (std::uint32_t i = first; i < last; ++i) {
    Meeting const& one = meetings_[i];
    FreeEdge const& other = edges_[one.other];
    if (is_at_end(edge, one)) continue;
    places.push_back(is_crossing(one.how)
                         ? place_of_crossing(edges_[edge], other, i)
                         : place_of_corner(edges_[edge], one.how == Meets::starts ? other.a : other.b, i));
  }
  auto const compare = [&](Place const& p, Place const& q) { return order(edges_[edge], p, q); };
  std::sort(places.begin(), places.end(), [&](Place const& p, Place const& q) { return compare(p, q) < 0; });
  std::uint32_t node = 0, next = first;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (i > 0 && compare(places[i - 1], places[i]) != 0) ++node;
    meetings_[places[i].meeting].node = node;
    placed_[next++] = places[i].meeting;
  }
  if (!places.empty()) ++node;
  for (std::uint32_t i = first; i < last; ++i) {
    if (!is_at_end(edge, meetings_[i])) continue;
    meetings_[i].node = node;
    placed_[next++] = i;
  }
  return node;
}

void EdgeNodes::add_way(std::uint32_t edge, std::uint32_t other, bool along, Meeting const* meeting,
                        std::vector<Way>& ways) const {
  FreeEdge const &e = edges_[edge], &f = edges_[other];
  int const turned = along ? turn(e.a, e.b, f.a, f.b) : turn(e.a, e.b, f.b, f.a);
  int side = 1 + turned;
  if (turned == 0) {
    bool const by_x = e.a.x != e.b.x;
    bool const rises = by_x ? e.a.x < e.b.x : e.a.y < e.b.y, other_rises = by_x ? f.a.x < f.b.x : f.a.y < f.b.y;
    if ((rises == other_rises) != along) side = 3;
  }
  ways.push_back({other, along, side, meeting});
}

void EdgeNodes::add_ways(std::uint32_t edge, std::uint32_t node, std::span<std::uint32_t const> meetings,
                         std::vector<Way>& ways) const {
  ways.clear();
  bool const at_end = first_piece_[edge] + node + 1 == first_piece_[edge + 1];
  if (!at_end) ways.push_back({edge, true, 1, nullptr});
  if (at_end && goes_on(edges_, edge)) add_way(edge, edge + 1, true, nullptr, ways);
  for (std::uint32_t const i : meetings) {
    Meeting const& one = meetings_[i];
    if (one.how != Meets::ends) add_way(edge, one.other, true, &one, ways);
    if (one.how != Meets::starts) add_way(edge, one.other, false, &one, ways);
  }
}

/// Counter-clockwise from the way back to the first way on that has more rows on one side than on the other.
std::uint32_t EdgeNodes::next(std::uint32_t edge, std::uint32_t node, std::span<std::uint32_t const> meetings,
                              std::vector<Way>& ways) const {
  if (meetings.size() == 1 && is_crossing(meetings_[meetings[0]].how)) {
    Meeting const& one = meetings_[meetings[0]];
    return one.how == Meets::enters ? piece_after(edge, node, {one.other, true, 0, &one}) : none;
  }
  add_ways(edge, node, meetings, ways);
  std::int64_t left = edges_[edge].rows;  // how many more rows this piece has on its left
  for (Way const& way : ways) {
    if (way.side != 3) continue;
    if (!way.along && is_before(edges_[way.edge], edges_[edge])) return none;
    left += way.along ? -std::int64_t{edges_[way.edge].rows} : std::int64_t{edges_[way.edge].rows};
  }
  if (left <= 0) return none;
  auto const turned = [&](Way const& v, Way const& w) {
    if (v.side != w.side) return v.side < w.side ? 1 : -1;
    if (v.side == 1 || v.edge == w.edge) return 0;
    FreeEdge const &e = edges_[v.edge], &f = edges_[w.edge];
    return turn(v.along ? e.a : e.b, v.along ? e.b : e.a, w.along ? f.a : f.b, w.along ? f.b : f.a);
  };
  std::erase_if(ways, [](Way const& way) { return way.side == 3; });
  while (!ways.empty()) {
    Way first = ways.front();
    for (Way const& way : ways)
      if (turned(way, first) > 0) first = way;
    left = 0;
    for (Way const& way : ways) {
      if (turned(way, first) != 0) continue;
      left += way.along ? std::int64_t{edges_[way.edge].rows} : -std::int64_t{edges_[way.edge].rows};
      if (way.along && (!first.along || is_before(edges_[way.edge], edges_[first.edge]))) first = way;
    }
    if (left > 0) return piece_after(edge, node, first);
    if (left < 0) return none;
    std::erase_if(ways, [&](Way const& way) { return turned(way, first) == 0; });
  }
  return none;
}

std::uint32_t EdgeNodes::piece_after(std::uint32_t edge, std::uint32_t node, Way const& way) const {
  if (way.edge == edge) return first_piece_[edge] + node + 1;
  if (way.meeting == nullptr || way.meeting->how == Meets::starts) return first_piece_[way.edge];
  bool const at_end = way.meeting->how == Meets::passes;
  auto const begin = meetings_.begin() + first_[way.edge], end = meetings_.begin() + first_[way.edge + 1];
  auto it = std::lower_bound(begin, end, edge, [](Meeting const& m, std::uint32_t e) { return m.other < e; });
  while (at_end ? it->how != Meets::ends : !is_crossing(it->how)) ++it;
  return first_piece_[way.edge] + it->node + 1;
}

std::vector<std::uint32_t> EdgeNodes::next_on_the_right(unsigned workers) const {
  std::vector<std::uint32_t> out(pieces());
  parallel_chunks(edges_.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    std::vector<Way> ways;
    for (auto e = static_cast<std::uint32_t>(begin); e < end; ++e) {
      auto rest = placed(e);
      for (std::uint32_t node = 0, piece = first_piece_[e]; piece < first_piece_[e + 1]; ++node, ++piece) {
        std::size_t here = 0;
        while (here < rest.size() && meetings_[rest[here]].node == node) ++here;
        out[piece] = next(e, node, rest.first(here), ways);
        rest = rest.subspan(here);
      }
    }
  });
  return out;
}

std::vector<std::uint32_t> EdgeNodes::edge_of_piece() const {
  std::vector<std::uint32_t> out(pieces());
  for (std::uint32_t e = 0; e < edges_.size(); ++e)
    std::fill(out.begin() + first_piece_[e], out.begin() + first_piece_[e + 1], e);
  return out;
}

Point EdgeNodes::end_of(std::uint32_t piece, std::uint32_t edge) const {
  if (piece + 1 == first_piece_[edge + 1]) return edges_[edge].b;
  std::uint32_t const node = piece - first_piece_[edge];
  auto const all = placed(edge);
  auto it = std::lower_bound(all.begin(), all.end(), node,
                             [&](std::uint32_t i, std::uint32_t n) { return meetings_[i].node < n; });
  FreeEdge const* first = nullptr;
  for (; it != all.end() && meetings_[*it].node == node; ++it) {
    FreeEdge const& other = edges_[meetings_[*it].other];
    if (!is_crossing(meetings_[*it].how)) return meetings_[*it].how == Meets::starts ? other.a : other.b;
    if (first == nullptr || is_before(other, *first)) first = &other;
  }
  return is_before(edges_[edge], *first) ? crossing_of(edges_[edge], *first) : crossing_of(*first, edges_[edge]);
}

}  // namespace terrein
