#include "geometry/front_views.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>
#include <utility>

#include "geometry/predicates.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

constexpr double touching_m = 1e-6;  // nearer than this there is no way to speak of
constexpr double drawn_over_m = 1;   // areas that reach no further over the boundary bar nothing

double cross(Point a, Point b) { return a.x * b.y - a.y * b.x; }
Point direction(Point a, Point b) {
  double const length = distance(a, b);
  return length > 0 ? Point{(b.x - a.x) / length, (b.y - a.y) / length} : Point{};
}
Point moved(Point p, Point by, double metres) { return {p.x + metres * by.x, p.y + metres * by.y}; }

/// The part of a–b that lies on the right of the line through p, or on it.
std::optional<std::pair<Point, Point>> part_outside(Point p, Point edge, Point a, Point b) {
  double const of_a = cross(edge, {a.x - p.x, a.y - p.y}), of_b = cross(edge, {b.x - p.x, b.y - p.y});
  bool const keeps_a = of_a <= touching_m, keeps_b = of_b <= touching_m;
  if (keeps_a && keeps_b) return std::pair{a, b};
  if (!keeps_a && !keeps_b) return std::nullopt;
  double const at = std::clamp(of_a / (of_a - of_b), 0.0, 1.0);
  Point const middle{a.x + at * (b.x - a.x), a.y + at * (b.y - a.y)};
  return keeps_a ? std::pair{a, middle} : std::pair{middle, b};
}

Point nearest_on(Point p, Point a, Point b) {
  double const ex = b.x - a.x, ey = b.y - a.y, ee = ex * ex + ey * ey;
  double const t = ee > 0 ? std::clamp(((p.x - a.x) * ex + (p.y - a.y) * ey) / ee, 0.0, 1.0) : 0;
  return t == 1 ? b : Point{a.x + t * ex, a.y + t * ey};
}

bool is_chosen(GeometryColumn const& shapes, std::vector<std::uint8_t> const& selected, Row row) {
  if (!selected.empty() && selected[row] == 0) return false;
  return shapes.kind[row] == GeometryKind::line || shapes.kind[row] == GeometryKind::polygon;
}

std::vector<RowSegment> segments_of(GeometryColumn const& shapes, std::vector<std::uint8_t> const& selected) {
  std::vector<RowSegment> out;
  for (Row row = 0; row < shapes.size(); ++row) {
    if (!is_chosen(shapes, selected, row)) continue;
    for (auto path = shapes.first_path(row); path < shapes.end_path(row); ++path)
      for (auto vertex = shapes.path_begin[path]; vertex + 1 < shapes.path_begin[path + 1]; ++vertex)
        out.push_back({vertex_at(shapes.xy.data(), vertex), vertex_at(shapes.xy.data(), vertex + 1), row});
  }
  return out;
}

std::vector<std::uint8_t> areas_of(GeometryColumn const& shapes, std::vector<std::uint8_t> const& selected) {
  std::vector<std::uint8_t> out(shapes.size(), 0);
  for (Row row = 0; row < shapes.size(); ++row)
    out[row] = is_chosen(shapes, selected, row) && shapes.kind[row] == GeometryKind::polygon ? 1 : 0;
  return out;
}

Layer alone(GeometryColumn const& shapes, std::size_t row) {
  Layer out;
  out.geometry = take(shapes, std::vector<Row>{static_cast<Row>(row)});
  out.attributes = Table(1);
  out.id = {"1"};
  out.id_rank = {0};
  return out;
}

}  // namespace

FrontBank::FrontBank(Layer const& layer, std::vector<std::uint8_t> const& selected, unsigned workers)
    : layer_(layer),
      segments_(segments_of(layer.geometry, selected), workers),
      areas_(layer, areas_of(layer.geometry, selected)) {}

FrontBank::Nearest FrontBank::nearest(Point p, Point edge, double most) const {
  Nearest best;
  auto const key = [&](Nearest const& one, RowSegment const& of) {
    return std::tuple{one.metres, rank(one.row), of.a.x, of.a.y, of.b.x, of.b.y};
  };
  RowSegment best_of;
  segments_.boxes().query(box_of(p).grown(with_slack(most)), [&](std::uint32_t place) {
    RowSegment const& segment = segments_.segment(place);
    auto const part = part_outside(p, edge, segment.a, segment.b);
    if (!part) return;
    Nearest one{0, nearest_on(p, part->first, part->second), segment.row, direction(segment.a, segment.b)};
    one.metres = distance(p, one.to);
    if (one.metres > most + touching_m) return;
    if (best.row != no_row && key(best, best_of) <= key(one, segment)) return;
    best = one;
    best_of = segment;
  });
  return best;
}

bool FrontBank::any_in(Box const& box) const {
  bool any = false;
  segments_.boxes().query(box, [&](std::uint32_t) { any = true; });
  return any;
}

FrontViewer::FrontViewer(FrontBank const& bank, FrontOptions const& options, GeometryColumn const& shapes,
                         std::size_t row)
    : bank_(bank),
      options_(options),
      plot_(alone(shapes, row)),
      own_(std::vector<Barriers::From>{{&plot_}}),
      near_blockers_(options.blockers != nullptr &&
                     options.blockers->any_in(shapes.box[row].grown(with_slack(options.tolerance_m)))) {}

FrontView FrontViewer::from(Point p, Point edge) const {
  FrontView out;
  out.to = p;
  out.inland = {-edge.y, edge.x};
  bool const wet = bank_.holds(p);
  auto const near = bank_.nearest(p, edge, options_.tolerance_m);
  if (near.row == no_row) {
    out.open = wet;
    return out;
  }
  out.row = near.row;
  if (wet || near.metres <= touching_m) {
    out.open = true;
    out.across = std::abs(edge.x * near.along.x + edge.y * near.along.y);
    return out;
  }
  Point const way = direction(p, near.to);
  out.to = near.to;
  out.inland = {-way.x, -way.y};
  out.across = std::abs(cross(edge, way));
  out.open = !own_.crossed(p, near.to).any() && !barred(p, near.to);
  return out;
}

std::optional<Point> FrontViewer::opposite(Point p, Point edge) const {
  if (bank_.holds(p)) return p;
  auto const near = bank_.nearest(p, edge, options_.tolerance_m);
  return near.row == no_row ? std::nullopt : std::optional(near.to);
}

bool FrontViewer::barred(Point from, Point to) const {
  if (!near_blockers_) return false;
  Barriers const& blockers = *options_.blockers;
  auto const crossed = blockers.crossed(from, to);
  if (!crossed.any()) return false;
  if (!blockers.is_area(crossed)) return true;
  double const metres = distance(from, to);
  return metres > drawn_over_m && blockers.crossed(moved(from, direction(from, to), drawn_over_m), to).any();
}

double FrontViewer::depth(Point p, Point inland) const {
  GeometryColumn const& plot = plot_.geometry;
  double const far = plot.box[0].width() + plot.box[0].height() + 1;
  Point const end = moved(p, inland, far);
  std::vector<double> meets{far};
  for (auto path = plot.first_path(0); path < plot.end_path(0); ++path)
    for (auto vertex = plot.path_begin[path]; vertex + 1 < plot.path_begin[path + 1]; ++vertex) {
      Point const c = vertex_at(plot.xy.data(), vertex), d = vertex_at(plot.xy.data(), vertex + 1);
      if (!segments_meet(p, end, c, d)) continue;
      Point const edge{d.x - c.x, d.y - c.y}, from{c.x - p.x, c.y - p.y};
      double const turned = cross(inland, edge);
      if (turned != 0) meets.push_back(cross(from, edge) / turned);
    }
  std::sort(meets.begin(), meets.end());
  double deep = 0;
  for (double const at : meets) {
    if (at - deep <= touching_m) continue;
    if (locate(plot, 0, moved(p, inland, deep + (at - deep) / 2)) < 0) break;
    deep = at;
  }
  return deep;
}

bool FrontViewer::built(FrontView const& view, Barriers const* buildings) const {
  return buildings != nullptr && buildings->crossed(view.to, moved(view.to, view.inland, options_.building_m)).any();
}

}  // namespace terrein
