#include "terrein/geometry/barriers.hpp"

#include <algorithm>

#include "geometry/predicates.hpp"
#include "geometry/segment_tree.hpp"
#include "terrein/geometry/spatial_index.hpp"

namespace terrein {
/// The barriers of one layer.
class Barriers::Of {
 public:
  explicit Of(From const& from) : layer_(*from.layer), segments_(segments_of(from)), areas_(area_boxes(from)) {}

  [[nodiscard]] bool any_in(Box const& box) const { return segments_.boxes().any(box) || areas_.any(box); }

  [[nodiscard]] bool is_area(Row row) const { return layer_.geometry.kind[row] == GeometryKind::polygon; }

  /// The row with the smallest id that the way crosses.
  [[nodiscard]] Row crossed(Point a, Point b) const {
    Row first = no_row;
    auto const take = [&](Row row) {
      if (first == no_row || layer_.id_rank[row] < layer_.id_rank[first]) first = row;
    };
    std::vector<Meeting> found;
    segments_.boxes().query(box_of(a, b), [&](std::uint32_t place) {
      auto const& [c, d, row] = segments_.segment(place);
      if (!segments_meet(a, b, c, d)) return;
      if (layer_.geometry.kind[row] == GeometryKind::line) return take(row);
      for (double const at : terrein::meetings(a, b, c, d)) found.push_back({row, at});
    });
    std::vector<std::uint32_t> near;
    areas_.query(box_of(a, b), near);
    for (Row const row : near)
      if (metres_within(row, a, b, found) > negligible_m) take(row);
    return first;
  }

 private:
  struct Meeting {
    Row row;
    double at;
  };

  static std::vector<RowSegment> segments_of(From const& from) {
    GeometryColumn const& shapes = from.layer->geometry;
    std::vector<RowSegment> out;
    for (Row row = 0; row < shapes.size(); ++row) {
      if (!from.selected.empty() && from.selected[row] == 0) continue;
      if (shapes.kind[row] != GeometryKind::line && shapes.kind[row] != GeometryKind::polygon) continue;
      for (std::uint32_t path = shapes.first_path(row); path < shapes.end_path(row); ++path)
        for (std::uint32_t vertex = shapes.path_begin[path]; vertex + 1 < shapes.path_begin[path + 1]; ++vertex)
          out.push_back({vertex_at(shapes.xy.data(), vertex), vertex_at(shapes.xy.data(), vertex + 1), row});
    }
    return out;
  }
  /// Position = row; empty for all but areas.
  static std::vector<Box> area_boxes(From const& from) {
    GeometryColumn const& shapes = from.layer->geometry;
    std::vector<Box> out(shapes.size());
    for (Row row = 0; row < shapes.size(); ++row)
      if (shapes.kind[row] == GeometryKind::polygon && (from.selected.empty() || from.selected[row] != 0))
        out[row] = shapes.box[row];
    return out;
  }

  /// Length of the way inside an area: between two meetings with its boundary it lies inside as a whole or not at all,
  /// so that the middle tells.
  [[nodiscard]] double metres_within(Row row, Point a, Point b, std::vector<Meeting> const& meetings) const {
    std::vector<double> parts{0, 1};
    for (Meeting const& meeting : meetings)
      if (meeting.row == row) parts.push_back(meeting.at);
    std::sort(parts.begin(), parts.end());
    double inside = 0;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      double const middle = parts[i] + (parts[i + 1] - parts[i]) / 2;
      if (parts[i + 1] > parts[i] && holds(row, {a.x + middle * (b.x - a.x), a.y + middle * (b.y - a.y)}))
        inside += parts[i + 1] - parts[i];
    }
    return inside * distance(a, b);
  }

  [[nodiscard]] bool holds(Row row, Point point) const {
    RayCrossings ray{point};
    segments_.boxes().query({point.x, point.y, layer_.geometry.box[row].max_x, point.y}, [&](std::uint32_t place) {
      auto const& [c, d, of_row] = segments_.segment(place);
      if (of_row == row) ray.add(c, d);
    });
    return ray.odd && !ray.on_boundary;
  }

  Layer const& layer_;
  SegmentTree segments_;
  SpatialIndex areas_;
};

Barriers::Barriers(std::vector<From> layers) {
  layers_.reserve(layers.size());
  for (From const& from : layers) layers_.emplace_back(from);
}
Barriers::Barriers(Barriers&&) noexcept = default;
Barriers::~Barriers() = default;

Barriers::Crossed Barriers::crossed(Point a, Point b) const {
  for (std::uint32_t layer = 0; layer < layers_.size(); ++layer)
    if (Row const row = layers_[layer].crossed(a, b); row != no_row) return {layer, row};
  return {};
}

bool Barriers::is_area(Crossed const& crossed) const { return layers_[crossed.layer].is_area(crossed.row); }

bool Barriers::any_in(Box const& box) const {
  return std::any_of(layers_.begin(), layers_.end(), [&](Of const& layer) { return layer.any_in(box); });
}

}  // namespace terrein
