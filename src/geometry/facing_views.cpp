#include "geometry/facing_views.hpp"

#include <algorithm>

namespace terrein {
namespace {

constexpr std::size_t together = 16;  // edges that lie together look for what is near them in one go

double dot(Point a, Point b) { return a.x * b.x + a.y * b.y; }

/// Keeps of `part` the u with low ≤ at_zero + u · slope ≤ high.
void clip(Interval& part, double at_zero, double slope, double low, double high) {
  if (slope == 0) {
    if (!(low <= at_zero && at_zero <= high)) part = {};
    return;
  }
  double const first = (low - at_zero) / slope, second = (high - at_zero) / slope;
  part.low = std::max(part.low, std::min(first, second));
  part.high = std::min(part.high, std::max(first, second));
}

}  // namespace

FacingViewer::FacingViewer(FacingScene const& scene)
    : scene_(scene),
      reach_(std::max(scene.options.most_m, scene.options.tolerance_m) + same_place_m),
      ways_(scene.options),
      view_(scene.layer.size(), no_row) {}

std::vector<FacingView> const& FacingViewer::look(Row row) {
  for (FacingView const& view : views_) view_[view.seen.b] = no_row;
  views_.clear();
  row_ = row;
  GeometryColumn const& shapes = scene_.layer.geometry;
  ways_.look_in(shapes.box[row].grown(reach_));
  for (std::uint32_t path = shapes.first_path(row); path < shapes.end_path(row); ++path) {
    double const* const xy = shapes.path(path).data();
    std::size_t const edges = shapes.path(path).size() / 2 - 1;
    for (std::size_t first = 0; first < edges; first += together) {
      std::size_t const last = std::min(first + together, edges);
      Box box;
      for (std::size_t i = first; i <= last; ++i) box.extend(xy[2 * i], xy[2 * i + 1]);
      gather(box.grown(reach_));
      for (std::size_t i = first; i < last; ++i) look_from(vertex_at(xy, i), vertex_at(xy, i + 1));
    }
  }
  return views_;
}

/// The edges of all rows near a box, its own among them: those of a row in their order, rows in whatever order.
void FacingViewer::gather(Box const& box) {
  edges_.clear();
  GeometryColumn const& shapes = scene_.layer.geometry;
  scene_.boxes.query(box, [&](std::uint32_t place) {
    Row const row = scene_.boxes.order()[place];
    for (std::uint32_t path = shapes.first_path(row); path < shapes.end_path(row); ++path) {
      double const* const xy = shapes.path(path).data();
      scene_.runs.visit(path, box, [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
          Point const a = vertex_at(xy, i), b = vertex_at(xy, i + 1);
          if (Box const around = box_of(a, b); around.meets(box)) edges_.push_back({a, b, around, row});
        }
      });
    }
  });
}

void FacingViewer::look_from(Point a, Point b) {
  FacingSide const side(a, b);
  if (!(side.length > 0)) return;
  double const touch = scene_.options.tolerance_m + same_place_m;
  Box const close = box_of(a, b).grown(touch), box = side.box(0, side.length, touch, reach_);
  sighted_.clear();
  for (Edge const& edge : edges_) {
    if (edge.row != row_ && close.meets(edge.box) && scene_.is_chosen(edge.row)) note_touch(a, b, edge);
    if (box.meets(edge.box)) sight(side, edge);
  }
  for (FirstMet const& met : search_.find(sighted_))
    if (met.row != no_row && scene_.is_chosen(met.row)) ways_.add(side, met, view_of(met.row));
}

/// An edge that runs the other way is where the way comes into its row, one that runs the same way is where it leaves
/// it. Those of other rows that are left where the way starts lie on this side of it; those left later held the start.
void FacingViewer::sight(FacingSide const& side, Edge const& edge) {
  Point const p{edge.a.x - side.start.x, edge.a.y - side.start.y}, q{edge.b.x - side.start.x, edge.b.y - side.start.y};
  double const along_p = dot(p, side.along), along_q = dot(q, side.along);
  bool const comes_in = along_q < along_p, own = edge.row == row_;
  if (along_p == along_q || (own && !comes_in)) return;
  if (std::max(along_p, along_q) <= 0 || std::min(along_p, along_q) >= side.length) return;
  double const out_p = dot(p, side.outwards), out_q = dot(q, side.outwards);
  double const touch = scene_.options.tolerance_m + same_place_m;
  Interval part{0, 1};
  clip(part, along_p, along_q - along_p, 0, side.length);
  clip(part, out_p, out_q - out_p, own ? -same_place_m : comes_in ? -touch : touch, reach_);
  if (!(part.low < part.high)) return;
  auto const along = [&](double u) {
    return std::clamp(u == 1 ? along_q : along_p + u * (along_q - along_p), 0.0, side.length);
  };
  auto const out = [&](double u) { return u == 1 ? out_q : out_p + u * (out_q - out_p); };
  if (comes_in) std::swap(part.low, part.high);
  Sighted seen{along(part.low), along(part.high), out(part.low), out(part.high)};
  if (!(seen.from < seen.to)) return;
  if (comes_in && !own) {
    seen.row = edge.row;
    seen.order = std::uint64_t{scene_.layer.id_rank[edge.row]} + 1;
  }
  sighted_.push_back(seen);
}

void FacingViewer::note_touch(Point a, Point b, Edge const& edge) {
  if (view_[edge.row] != no_row && views_[view_[edge.row]].touches) return;
  double const touch = scene_.options.tolerance_m + same_place_m;
  if (squared_distance(a, b, edge.a, edge.b) <= touch * touch) view_of(edge.row).touches = true;
}

FacingView& FacingViewer::view_of(Row other) {
  if (view_[other] == no_row) {
    view_[other] = static_cast<std::uint32_t>(views_.size());
    auto& seen = views_.emplace_back().seen;
    seen.a = row_;
    seen.b = other;
  }
  return views_[view_[other]];
}

}  // namespace terrein
