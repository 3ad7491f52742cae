#include "geometry/local_shape.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "geometry/window.hpp"

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

void push(Ring& ring, Point p) { ring.insert(ring.end(), {p.x, p.y}); }

/// Cuts one path. An open chain at the end of a closed path goes before the chain at its start.
class PathCutter {
 public:
  PathCutter(Box const& window, Cut& out) : window_(window), out_(out), first_chain_(out.chains.size()) {}

  void start(double const* vertex) {
    started_inside_ = inside(window_, vertex);
    if (started_inside_) open(vertex);
  }
  void edge(double const* a) {
    if (touches_border(window_, a) || touches_border(window_, a + 2)) out_.on_border = true;
    bool const from = inside(window_, a), to = inside(window_, a + 2);
    if (from && to) {
      push(chain_.xy, {a[2], a[3]});
      return;
    }
    InnerPart const part = inner_part(window_, a);
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

std::vector<Crossing> crossings_of(std::vector<Chain> const& chains) {
  std::vector<Crossing> out;
  for (auto const& chain : chains) {
    out.push_back({chain.enter, true});
    out.push_back({chain.leave, false});
  }
  return out;
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
std::optional<GeometryColumn> polygons_of(GeometryColumn const& column, Cut& cut, EdgeRuns const& runs, std::size_t row,
                                          Box const& window) {
  if (cut.on_border) return std::nullopt;
  if (!cut.chains.empty()) {
    if (auto crossings = crossings_of(cut.chains); !alternate(crossings, window, column.box[row])) return std::nullopt;
    link(window, cut.chains, cut.shells);
  } else if (auto const around = is_around(runs, row, window); !around) {
    return std::nullopt;
  } else if (*around) {
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
  for (int attempt = 0; attempt < window_attempts; ++attempt) {
    Box const window = window_around(near, reach, attempt);
    if (window.contains(column.box[row])) break;
    Cut cut = cut_row(column, runs, row, window);
    if (column.kind[row] == GeometryKind::line && !cut.on_border) return geos::to_geos(context, lines_of(cut), 0);
    if (column.kind[row] == GeometryKind::line) continue;
    if (auto const shape = polygons_of(column, cut, runs, row, window)) return geos::to_geos(context, *shape, 0);
  }
  return geos::to_geos(context, column, row);
}

}  // namespace terrein
