#include "geometry/local_shape.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace terrein {
namespace {

using Ring = std::vector<double>;  // x, y pairs

constexpr std::size_t small_shape = 96;  // vertices; cutting costs more than it saves

/// Edges of a ring or line from where it comes into the window to where it leaves, with both places along the border.
struct Chain {
  Ring xy;
  double enter = 0, leave = 0;
};

/// What is left of a row in the window.
struct Cut {
  std::vector<Chain> chains;
  std::vector<Ring> shells, holes;  // rings wholly in the window
  bool on_border = false;           // a vertex lies on the border: try another window
};

bool in(Box const& window, double const* p) {
  return p[0] > window.min_x && p[0] < window.max_x && p[1] > window.min_y && p[1] < window.max_y;
}

bool touches_border(Box const& window, double const* p) {
  return p[0] == window.min_x || p[0] == window.max_x || p[1] == window.min_y || p[1] == window.max_y;
}

enum class Edge { bottom, right, top, left };

/// Part of a segment inside the window (Liang and Barsky 1984); `at` on which border it begins and ends.
struct Inside {
  double begin = 0, end = 1;
  Edge first = Edge::bottom, last = Edge::bottom;
};

Inside inside_part(Box const& w, double const* a) {
  Inside out;
  auto const limit = [&](double speed, double room, Edge edge) {  // keeps speed · t <= room
    if (speed == 0) {
      if (room < 0) out.begin = 2;
      return;
    }
    double const t = room / speed;
    if (speed > 0 && t < out.end) {
      out.end = t;
      out.last = edge;
    } else if (speed < 0 && t > out.begin) {
      out.begin = t;
      out.first = edge;
    }
  };
  double const dx = a[2] - a[0], dy = a[3] - a[1];
  limit(-dx, a[0] - w.min_x, Edge::left);
  limit(dx, w.max_x - a[0], Edge::right);
  limit(-dy, a[1] - w.min_y, Edge::bottom);
  limit(dy, w.max_y - a[1], Edge::top);
  return out;
}

/// Where the line through a segment meets a border; the same for both directions of the segment.
Point meeting(Box const& w, double const* a, Edge edge) {
  Point p{a[0], a[1]}, q{a[2], a[3]};
  if (std::pair(q.x, q.y) < std::pair(p.x, p.y)) std::swap(p, q);
  if (edge == Edge::left || edge == Edge::right) {
    double const x = edge == Edge::left ? w.min_x : w.max_x;
    return {x, std::clamp(p.y + (q.y - p.y) * ((x - p.x) / (q.x - p.x)), w.min_y, w.max_y)};
  }
  double const y = edge == Edge::bottom ? w.min_y : w.max_y;
  return {std::clamp(p.x + (q.x - p.x) * ((y - p.y) / (q.y - p.y)), w.min_x, w.max_x), y};
}

/// Length along the border, counter-clockwise from the lower left corner.
double along(Box const& w, Point p, Edge edge) {
  double const width = w.max_x - w.min_x, height = w.max_y - w.min_y;
  switch (edge) {
    case Edge::bottom:
      return p.x - w.min_x;
    case Edge::right:
      return width + (p.y - w.min_y);
    case Edge::top:
      return width + height + (w.max_x - p.x);
    case Edge::left:
      return 2 * width + height + (w.max_y - p.y);
  }
  return 0;
}

void push(Ring& ring, Point p) { ring.insert(ring.end(), {p.x, p.y}); }

/// Cuts one path. An open chain at the end of a closed path goes before the chain at its start.
class PathCutter {
 public:
  PathCutter(Box const& window, Cut& out) : window_(window), out_(out), first_chain_(out.chains.size()) {}

  void start(double const* vertex) {
    started_inside_ = in(window_, vertex);
    if (started_inside_) open(vertex);
  }
  void edge(double const* a) {
    if (touches_border(window_, a) || touches_border(window_, a + 2)) out_.on_border = true;
    bool const from = in(window_, a), to = in(window_, a + 2);
    if (from && to) {
      push(chain_.xy, {a[2], a[3]});
      return;
    }
    Inside const part = inside_part(window_, a);
    if (!from && !to && !(part.begin < part.end)) return;
    if (!from) {
      Point const p = meeting(window_, a, part.first);
      chain_ = {{p.x, p.y}, along(window_, p, part.first), 0};
    }
    if (to) {
      push(chain_.xy, {a[2], a[3]});
    } else {
      Point const p = meeting(window_, a, part.last);
      push(chain_.xy, p);
      chain_.leave = along(window_, p, part.last);
      out_.chains.push_back(std::move(chain_));
      chain_ = {};
    }
  }
  void end_ring(bool shell) {
    if (!started_inside_) return;
    if (out_.chains.size() == first_chain_) {
      (shell ? out_.shells : out_.holes).push_back(std::move(chain_.xy));
      return;
    }
    Chain& head = out_.chains[first_chain_];
    chain_.xy.insert(chain_.xy.end(), head.xy.begin() + 2, head.xy.end());
    head.xy = std::move(chain_.xy);
    head.enter = chain_.enter;
  }
  void end_line() {
    if (chain_.xy.size() >= 4) out_.chains.push_back(std::move(chain_));
  }

 private:
  void open(double const* vertex) { chain_ = {{vertex[0], vertex[1]}, 0, 0}; }

  Box const& window_;
  Cut& out_;
  std::size_t first_chain_;
  Chain chain_;
  bool started_inside_ = false;
};

Cut cut_row(GeometryColumn const& column, EdgeRuns const& runs, std::size_t row, Box const& window) {
  Cut out;
  bool const line = column.kind[row] == GeometryKind::line;
  for (std::size_t part = column.row_begin[row]; part < column.row_begin[row + 1]; ++part)
    for (std::size_t path = column.part_begin[part]; path < column.part_begin[part + 1]; ++path) {
      double const* const xy = column.path(path).data();
      PathCutter cutter(window, out);
      cutter.start(xy);
      runs.visit(path, window, [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) cutter.edge(xy + 2 * i);
      });
      if (line) cutter.end_line();
      if (!line) cutter.end_ring(path == column.part_begin[part]);
    }
  return out;
}

/// Chains must leave and come in by turns around the border; anything else is rounding on the border itself.
bool alternate(std::vector<Chain> const& chains) {
  std::vector<std::pair<double, bool>> places;
  for (auto const& chain : chains) {
    places.emplace_back(chain.enter, true);
    places.emplace_back(chain.leave, false);
  }
  std::sort(places.begin(), places.end());
  for (std::size_t i = 0; i < places.size(); ++i) {
    auto const& next = places[(i + 1) % places.size()];
    if (next.second == places[i].second || next.first == places[i].first) return false;
  }
  return true;
}

void push_corners(Box const& w, double from, double to, Ring& ring) {
  double const width = w.max_x - w.min_x, height = w.max_y - w.min_y, round = 2 * (width + height);
  std::pair<double, Point> const corners[]{{0, {w.min_x, w.min_y}},
                                           {width, {w.max_x, w.min_y}},
                                           {width + height, {w.max_x, w.max_y}},
                                           {2 * width + height, {w.min_x, w.max_y}}};
  if (to < from) to += round;
  for (double const turn : {0.0, round})
    for (auto const& [place, corner] : corners)
      if (place + turn > from && place + turn < to) push(ring, corner);
}

/// Joins the chains along the border into shells: the inside lies to the left of every chain.
void link(Box const& window, std::vector<Chain>& chains, std::vector<Ring>& shells) {
  std::sort(chains.begin(), chains.end(), [](Chain const& a, Chain const& b) { return a.enter < b.enter; });
  std::vector<bool> used(chains.size(), false);
  for (std::size_t start = 0; start < chains.size(); ++start) {
    if (used[start]) continue;
    Ring ring;
    for (std::size_t at = start; !used[at];) {
      used[at] = true;
      ring.insert(ring.end(), chains[at].xy.begin(), chains[at].xy.end());
      double const leave = chains[at].leave;
      auto const next = std::find_if(chains.begin(), chains.end(), [&](Chain const& c) { return c.enter > leave; });
      at = next == chains.end() ? 0 : static_cast<std::size_t>(next - chains.begin());
      push_corners(window, leave, chains[at].enter, ring);
    }
    push(ring, {ring[0], ring[1]});
    shells.push_back(std::move(ring));
  }
}

bool ring_contains(Ring const& ring, Point p) {
  bool odd = false;
  for (std::size_t i = 0; i + 3 < ring.size(); i += 2) {
    double const* const a = &ring[i];
    if ((a[1] > p.y) == (a[3] > p.y)) continue;
    double const turn = (a[2] - a[0]) * (p.y - a[1]) - (a[3] - a[1]) * (p.x - a[0]);
    odd ^= (turn > 0) == (a[3] > a[1]);
  }
  return odd;
}

double ring_area(Ring const& ring) {
  double sum = 0;
  for (std::size_t i = 2; i + 3 < ring.size(); i += 2)
    sum += (ring[i] - ring[0]) * (ring[i + 3] - ring[1]) - (ring[i + 2] - ring[0]) * (ring[i + 1] - ring[1]);
  return std::abs(sum) / 2;
}

/// The smallest shell around a hole; nothing when none is (a hole that touches its shell just there).
std::optional<std::size_t> shell_of(std::vector<Ring> const& shells, Ring const& hole) {
  Point const middle{(hole[0] + hole[2]) / 2, (hole[1] + hole[3]) / 2};
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < shells.size(); ++i)
    if (ring_contains(shells[i], middle) && (!best || ring_area(shells[i]) < ring_area(shells[*best]))) best = i;
  return best;
}

void push_path(GeometryBuilder& builder, Ring const& ring) {
  for (std::size_t i = 0; i + 1 < ring.size(); i += 2) builder.vertex(ring[i], ring[i + 1]);
  builder.end_path();
}

/// The pieces as one polygon row; nothing when the border had to be rounded on.
std::optional<GeometryColumn> polygons_of(Cut& cut, EdgeRuns const& runs, std::size_t row, Box const& window) {
  if (cut.on_border) return std::nullopt;
  if (!cut.chains.empty()) {
    if (!alternate(cut.chains)) return std::nullopt;
    link(window, cut.chains, cut.shells);
  } else if (runs.contains(row, {window.max_x, window.max_y})) {
    cut.shells.push_back({window.min_x, window.min_y, window.max_x, window.min_y, window.max_x, window.max_y,
                          window.min_x, window.max_y, window.min_x, window.min_y});
  }
  std::vector<std::vector<std::size_t>> holes(cut.shells.size());
  for (std::size_t i = 0; i < cut.holes.size(); ++i) {
    auto const shell = shell_of(cut.shells, cut.holes[i]);
    if (!shell) return std::nullopt;
    holes[*shell].push_back(i);
  }
  GeometryColumn out;
  GeometryBuilder builder(out);
  for (std::size_t i = 0; i < cut.shells.size(); ++i) {
    push_path(builder, cut.shells[i]);
    for (std::size_t const hole : holes[i]) push_path(builder, cut.holes[hole]);
    builder.end_part();
  }
  builder.end_row(GeometryKind::polygon);
  return out;
}

GeometryColumn lines_of(Cut const& cut) {
  GeometryColumn out;
  GeometryBuilder builder(out);
  for (auto const& chain : cut.chains) {
    push_path(builder, chain.xy);
    builder.end_part();
  }
  builder.end_row(GeometryKind::line);
  return out;
}

}  // namespace

geos::Geom local_shape(geos::Context const& context, GeometryColumn const& column, EdgeRuns const& runs,
                       std::size_t row, Box const& near, double reach) {
  if (column.vertices(row) <= small_shape || column.kind[row] == GeometryKind::point)
    return geos::to_geos(context, column, row);
  double margin = 1 + std::max(near.width(), near.height()) / 16;
  for (int attempt = 0; attempt < 4; ++attempt, margin *= 1.37) {
    Box const window = near.grown(reach + margin);
    if (window.contains(column.box[row])) break;
    Cut cut = cut_row(column, runs, row, window);
    if (column.kind[row] == GeometryKind::line && !cut.on_border) return geos::to_geos(context, lines_of(cut), 0);
    if (column.kind[row] == GeometryKind::line) continue;
    if (auto const shape = polygons_of(cut, runs, row, window)) return geos::to_geos(context, *shape, 0);
  }
  return geos::to_geos(context, column, row);
}

}  // namespace terrein
