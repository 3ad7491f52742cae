#include "terrein/geometry/areas_along.hpp"

#include <algorithm>
#include <array>

#include "geometry/predicates.hpp"
#include "geometry/segment_tree.hpp"
#include "terrein/geometry/spatial_index.hpp"

namespace terrein {

class AreasAlong::Search {
 public:
  Search(Layer const& areas, std::span<std::uint8_t const> selected, unsigned workers)
      : shapes_(areas.geometry), edges_(edges_of(shapes_, selected), workers), boxes_(boxes_of(shapes_, selected)) {}

  void add(Point a, Point b, double begin, std::vector<LinePart>& out) const {
    double const length = distance(a, b);
    if (!(length > 0)) return;
    std::vector<double> at{0, 1};
    edges_.boxes().query(box_of(a, b), [&](std::uint32_t place) {
      auto const& [c, d, row] = edges_.segment(place);
      if (segments_meet(a, b, c, d))
        for (double const one : meetings(a, b, c, d)) at.push_back(one);
    });
    std::vector<std::uint32_t> near;
    boxes_.query(box_of(a, b), near);
    if (near.empty()) return;
    std::sort(at.begin(), at.end());
    // Between two meetings with a boundary all lies inside of an area or nothing, so that the middle tells.
    for (std::size_t i = 0; i + 1 < at.size(); ++i) {
      double const middle = at[i] + (at[i + 1] - at[i]) / 2;
      if (at[i + 1] > at[i] && any_holds(near, {a.x + middle * (b.x - a.x), a.y + middle * (b.y - a.y)}))
        out.push_back({begin + at[i] * length, begin + at[i + 1] * length});
    }
  }

 private:
  static bool is_chosen(GeometryColumn const& shapes, std::span<std::uint8_t const> selected, std::size_t row) {
    return shapes.kind[row] == GeometryKind::polygon && (selected.empty() || selected[row] != 0);
  }
  static std::vector<RowSegment> edges_of(GeometryColumn const& shapes, std::span<std::uint8_t const> selected) {
    std::vector<RowSegment> out;
    for (Row row = 0; row < shapes.size(); ++row) {
      if (!is_chosen(shapes, selected, row)) continue;
      for (std::uint32_t path = shapes.first_path(row); path < shapes.end_path(row); ++path)
        for (std::uint32_t vertex = shapes.path_begin[path]; vertex + 1 < shapes.path_begin[path + 1]; ++vertex)
          out.push_back({vertex_at(shapes.xy.data(), vertex), vertex_at(shapes.xy.data(), vertex + 1), row});
    }
    return out;
  }
  static SpatialIndex boxes_of(GeometryColumn const& shapes, std::span<std::uint8_t const> selected) {
    std::vector<Box> boxes(shapes.size());
    for (std::size_t row = 0; row < shapes.size(); ++row)
      if (is_chosen(shapes, selected, row)) boxes[row] = shapes.box[row];
    return SpatialIndex(boxes);
  }

  [[nodiscard]] bool any_holds(std::vector<std::uint32_t> const& rows, Point point) const {
    return std::any_of(rows.begin(), rows.end(), [&](Row row) {
      Box const& box = shapes_.box[row];
      if (!box.meets(box_of(point))) return false;
      RayCrossings ray{point};
      edges_.boxes().query({point.x, point.y, box.max_x, point.y}, [&](std::uint32_t place) {
        auto const& [c, d, of_row] = edges_.segment(place);
        if (of_row == row) ray.add(c, d);
      });
      return ray.odd || ray.on_boundary;
    });
  }

  GeometryColumn const& shapes_;
  SegmentTree edges_;
  SpatialIndex boxes_;
};

AreasAlong::AreasAlong(Layer const& areas, std::span<std::uint8_t const> selected, unsigned workers)
    : search_(std::make_unique<Search const>(areas, selected, workers)) {}
AreasAlong::AreasAlong(AreasAlong&&) noexcept = default;
AreasAlong::~AreasAlong() = default;

std::vector<LinePart> AreasAlong::parts(std::span<double const> xy) const {
  std::vector<LinePart> out;
  double begin = 0;
  for (std::size_t i = 0; i + 3 < xy.size(); i += 2) {
    Point const a{xy[i], xy[i + 1]}, b{xy[i + 2], xy[i + 3]};
    search_->add(a, b, begin, out);
    begin += distance(a, b);
  }
  join_parts(out);
  return out;
}

void join_parts(std::vector<LinePart>& parts) {
  std::sort(parts.begin(), parts.end(), [](LinePart const& a, LinePart const& b) { return a.begin < b.begin; });
  auto end = parts.begin();
  for (LinePart const& part : parts) {
    if (end != parts.begin() && part.begin <= (end - 1)->end)
      (end - 1)->end = std::max((end - 1)->end, part.end);
    else
      *end++ = part;
  }
  parts.erase(end, parts.end());
}

}  // namespace terrein
