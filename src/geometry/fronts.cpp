#include "terrein/geometry/fronts.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "geometry/front_views.hpp"

namespace terrein {
namespace {

constexpr double step_m = 1;       // between places that are looked at
constexpr double turn_m = 0.001;   // how exactly the place is found where the answer turns
constexpr double no_gap_m = 0.01;  // interruptions up to this, seen from the bank, do not part fronts

/// A stretch of an edge all of which sees the same.
struct Piece {
  Point from, to;
  double length = 0;  // as seen from the bank
  FrontView view;
  double depth = 0;
};

/// Cuts the boundary of a plot into pieces.
class Cutter {
 public:
  Cutter(FrontViewer const& viewer, FrontBank const& bank, double tolerance)
      : viewer_(viewer), bank_(bank), tolerance_(tolerance) {}

  [[nodiscard]] std::vector<Piece> cut(std::span<double const> ring) {
    pieces_.clear();
    for (std::size_t i = 0; i + 1 < ring.size() / 2; ++i) cut(vertex_at(ring.data(), i), vertex_at(ring.data(), i + 1));
    return std::move(pieces_);
  }

 private:
  void cut(Point a, Point b) {
    double const length = distance(a, b);
    if (!(length > 0)) return;
    if (!bank_.any_in(box_of(a, b).grown(with_slack(tolerance_)))) {
      pieces_.push_back({a, b, length, {}, 0});
      return;
    }
    Point const edge{(b.x - a.x) / length, (b.y - a.y) / length};
    auto const at = [&](double metres) { return Point{a.x + metres * edge.x, a.y + metres * edge.y}; };
    auto const look = [&](double metres) { return viewer_.from(at(metres), edge); };
    double const cells = std::ceil(length / step_m), end = std::min(1e-6, length / 4);
    std::vector<double> places{end};
    for (double i = 0; i < cells; ++i) places.push_back((i + 0.5) * length / cells);
    places.push_back(length - end);
    FrontView view = look(places[0]);
    Point from = a;
    for (std::size_t i = 0; i < places.size(); ++i) {
      bool const last = i + 1 == places.size();
      FrontView const next = last ? view : look(places[i + 1]);
      double to = length;
      if (!last && next.open == view.open)
        to = i == 0 ? 0 : static_cast<double>(i) * length / cells;  // a border of cells
      else if (!last)
        to = turn(look, places[i], places[i + 1], view.open);
      add(from, last ? b : at(to), view);
      from = last ? b : at(to);
      view = next;
    }
  }

  /// Between two places, the first of which is open or not as told, the place where that turns.
  template <class Look>
  static double turn(Look const& look, double low, double high, bool open) {
    while (high - low > turn_m / 2) {
      double const middle = low + (high - low) / 2;
      (look(middle).open == open ? low : high) = middle;
    }
    return low + (high - low) / 2;
  }

  void add(Point from, Point to, FrontView const& view) {
    double const length = distance(from, to);
    if (length > 0) pieces_.push_back({from, to, length * view.across, view, 0});
  }

  FrontViewer const& viewer_;
  FrontBank const& bank_;
  double tolerance_;
  std::vector<Piece> pieces_;
};

/// Whether a piece counts: sides that run towards the bank do not.
bool counts(Piece const& piece) { return piece.view.open && piece.length > 1e-6; }

/// Whether a front goes on from one piece to the next with so much of the boundary, as seen from the bank, between
/// them: not where it turns its back, as a plot between two canals does.
bool goes_on(Piece const& from, Piece const& to, double gap) {
  Point const a = from.view.inland, b = to.view.inland;
  return gap <= no_gap_m && a.x * b.x + a.y * b.y > -0.5;
}

/// Parts a ring into fronts, each with what does not count between its pieces.
std::vector<std::vector<Piece>> parts_of(std::vector<Piece> ring) {
  std::vector<std::vector<Piece>> out;
  std::vector<Piece> between;
  double gap = 0;
  std::rotate(ring.begin(), std::find_if(ring.begin(), ring.end(), counts), ring.end());
  for (Piece const& piece : ring) {
    if (!counts(piece)) {
      gap += piece.length;
      between.push_back(piece);
      continue;
    }
    if (out.empty() || !goes_on(out.back().back(), piece, gap))
      out.emplace_back();
    else
      out.back().insert(out.back().end(), between.begin(), between.end());
    between.clear();
    gap = 0;
    out.back().push_back(piece);
  }
  if (out.size() > 1 && goes_on(out.back().back(), out.front().front(), gap)) {  // the ring starts within a front
    between.insert(between.end(), out.front().begin(), out.front().end());
    out.back().insert(out.back().end(), between.begin(), between.end());
    out.front() = std::move(out.back());
    out.pop_back();
  }
  return out;
}

/// The greatest depth that pieces which make up `share` of the length have.
double depth_of(std::span<Piece const> pieces, double length, double share, std::vector<Piece const*>& order) {
  order.clear();
  for (Piece const& piece : pieces)
    if (piece.length > 0) order.push_back(&piece);
  std::sort(order.begin(), order.end(), [](Piece const* a, Piece const* b) { return a->depth > b->depth; });
  double sum = 0;
  for (Piece const* piece : order) {
    sum += piece->length;
    if (sum >= share * length - turn_m) return piece->depth;
  }
  return 0;
}

double depth_of(std::vector<Piece> const& pieces, double length, FrontOptions const& options) {
  std::vector<Piece const*> order;
  double best = 0, sum = 0;
  std::size_t end = 0;
  for (std::size_t begin = 0; begin < pieces.size(); ++begin) {
    for (; end < pieces.size() && sum < options.window_m - turn_m; ++end) sum += pieces[end].length;
    bool const whole = sum >= options.window_m - turn_m;
    if (!whole && begin > 0) break;
    best = std::max(best, depth_of(std::span(pieces).subspan(begin, end - begin), std::min(sum, length),
                                   options.depth_share, order));
    sum -= pieces[begin].length;
  }
  return best;
}

/// Length of the bank that a front passes, from what one end of it looks on to what the other does.
double along_bank(std::vector<Piece> const& pieces, FrontViewer const& viewer) {
  double out = 0;
  bool first = true;
  Point before;
  auto const pass = [&](Point to) {
    if (!first) out += distance(before, to);
    first = false;
    before = to;
  };
  for (Piece const& piece : pieces) {
    if (!counts(piece)) continue;
    double const length = distance(piece.from, piece.to);
    Point const edge{(piece.to.x - piece.from.x) / length, (piece.to.y - piece.from.y) / length};
    pass(viewer.opposite(piece.from, edge).value_or(piece.view.to));
    pass(piece.view.to);
    pass(viewer.opposite(piece.to, edge).value_or(piece.view.to));
  }
  return out;
}

Front front_of(std::vector<Piece>& pieces, FrontViewer const& viewer, FrontBank const& bank,
               FrontOptions const& options) {
  Front out;
  std::map<Row, double> by_row;
  for (Piece& piece : pieces) {
    if (!counts(piece)) piece.length = 0;
    out.length_m += piece.length;
    if (!(piece.length > 0)) continue;
    Point const middle{(piece.from.x + piece.to.x) / 2, (piece.from.y + piece.to.y) / 2};
    piece.depth = viewer.depth(middle, piece.view.inland);
    if (viewer.built(piece.view, options.buildings)) out.built_m += piece.length;
    if (viewer.built(piece.view, options.maybe_buildings)) out.maybe_built_m += piece.length;
    if (piece.view.row != no_row) by_row[piece.view.row] += piece.length;
  }
  double longest = 0, before = 0;
  for (auto const& [row, metres] : by_row) {
    bool const tie = metres == longest && out.row != no_row && bank.rank(row) < bank.rank(out.row);
    if (metres > longest || tie) out.row = row;
    longest = std::max(longest, metres);
  }
  out.depth_m = depth_of(pieces, out.length_m, options);
  double const half = out.length_m / 2;
  bool passed = false;
  for (Piece const& piece : pieces) {
    before += piece.length;
    if (!passed && piece.length > 0 && before >= half) {
      out.at = piece.view.to;
      passed = true;
    }
    if (out.line.empty()) out.line.push_back(piece.from);
    out.line.push_back(piece.to);
  }
  double const most = along_bank(pieces, viewer);
  if (most < out.length_m) {
    for (double* metres : {&out.built_m, &out.maybe_built_m}) *metres *= most / out.length_m;
    out.length_m = most;
  }
  return out;
}

/// Leaves out places that lie on the straight way between those around them.
void simplify(std::vector<Point>& line) {
  std::vector<Point> out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    bool const inner = i > 0 && i + 1 < line.size();
    if (inner && squared_distance(line[i], out.back(), line[i + 1]) < 1e-12) continue;
    out.push_back(line[i]);
  }
  line = std::move(out);
}

}  // namespace

FrontIndex::FrontIndex(Layer const& banks, std::vector<std::uint8_t> const& selected, FrontOptions options,
                       unsigned workers)
    : bank_(std::make_unique<FrontBank>(banks, selected, workers)), options_(options) {}
FrontIndex::FrontIndex(FrontIndex&&) noexcept = default;
FrontIndex::~FrontIndex() = default;

FrontSearch::FrontSearch(FrontIndex const& index) : index_(index) {}
FrontSearch::FrontSearch(FrontSearch&&) noexcept = default;
FrontSearch::~FrontSearch() = default;

std::vector<Front> FrontSearch::find(GeometryColumn const& shapes, std::size_t row) {
  std::vector<Front> out;
  FrontOptions const& options = index_.options_;
  if (shapes.kind[row] != GeometryKind::polygon || !shapes.has_shape(row)) return out;
  if (!index_.bank_->any_in(shapes.box[row].grown(with_slack(options.tolerance_m)))) return out;
  FrontViewer const viewer(*index_.bank_, options, shapes, row);
  Cutter cutter(viewer, *index_.bank_, options.tolerance_m);
  for (auto path = shapes.first_path(row); path < shapes.end_path(row); ++path)
    for (std::vector<Piece>& pieces : parts_of(cutter.cut(shapes.path(path)))) {
      Front front = front_of(pieces, viewer, *index_.bank_, options);
      if (!(front.length_m > no_gap_m)) continue;
      simplify(front.line);
      out.push_back(std::move(front));
    }
  return out;
}

}  // namespace terrein
