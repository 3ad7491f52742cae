#include "terrein/geometry/nearest.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "geometry/predicates.hpp"
#include "geometry/segments.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// What is searched from: a row of shapes, or a point.
struct Probe {
  std::vector<Run> runs;
  std::vector<Point> anchors;  // one vertex of every part
  GeometryColumn const* shapes = nullptr;
  std::size_t row = 0;

  Probe(GeometryColumn const& column, std::size_t of_row)
      : runs(runs_of(column, of_row)), shapes(&column), row(of_row) {
    for (std::uint32_t part = column.row_begin[row]; part < column.row_begin[row + 1]; ++part)
      anchors.push_back(vertex_at(column.path(column.part_begin[part]).data(), 0));
  }
  Probe(std::array<double, 2> const& xy, Point point)
      : runs{{xy.data(), 1, {point.x, point.y, point.x, point.y}}}, anchors{point} {}
};

}  // namespace

// Walks through the rows near a probe. `found` says which rows are still wanted at distance 0 and takes what is found.
class SegmentIndex::Search {
 public:
  Search(SegmentIndex const& index, Probe const& probe) : index_(index), probe_(probe) {}

  // Rows of which a part lies in the probe, or in which a part of the probe lies. Where no boundaries meet, a part is
  // inside as a whole or not at all, so that one vertex tells.
  template <class Found>
  void inside(Found& found) const {
    std::vector<std::uint32_t> hits;
    for (Point const anchor : probe_.anchors) {
      hits.clear();
      index_.polygons_.query(box_of(anchor), hits);
      for (Row const row : hits)
        if (found.wants(row) && index_.polygon_holds(row, anchor)) found.take(row, 0);
    }
    if (probe_.shapes == nullptr || probe_.shapes->kind[probe_.row] != GeometryKind::polygon) return;
    hits.clear();
    index_.anchors_.query(probe_.shapes->box[probe_.row], hits);
    for (std::uint32_t const hit : hits) {
      Row const row = index_.anchor_row_[hit];
      Point const anchor = vertex_at(index_.layer_.geometry.xy.data(), index_.anchor_vertex_[hit]);
      if (found.wants(row) && locate(*probe_.shapes, probe_.row, anchor) >= 0) found.take(row, 0);
    }
  }

  // The run by run search starts each time with the bound of the runs before, so that long shapes stay cheap.
  template <class Found>
  void nearest(Found& found) const {
    for (Run const& run : probe_.runs)
      index_.segments_.nearest(
          run.box,
          [&](std::uint32_t segment, double) {
            measure(run, segment, found);
            return with_slack(found.bound());
          },
          with_slack(found.bound()));
  }

  template <class Found>
  void within(double radius, Found& found) const {
    std::vector<std::uint32_t> hits;
    for (Run const& run : probe_.runs) {
      hits.clear();
      index_.segments_.query(run.box.grown(with_slack(radius)), hits);
      for (std::uint32_t const segment : hits) measure(run, segment, found);
    }
  }

 private:
  template <class Found>
  void measure(Run const& run, std::uint32_t segment, Found& found) const {
    Row const row = index_.segment_row_[segment];
    if (!found.wants(row)) return;
    double const* xy = index_.layer_.geometry.xy.data();
    std::size_t const a = index_.segment_vertex_[segment], b = a + (index_.is_point_[segment] != 0 ? 0 : 1);
    double const most = found.bound(row);
    double const squared = squared_distance(run, vertex_at(xy, a), vertex_at(xy, b), most * most);
    if (squared < infinity) found.take(row, std::sqrt(squared));
  }

  SegmentIndex const& index_;
  Probe const& probe_;
};

namespace {

// The nearest row so far, smallest rank among equals.
struct Best {
  std::vector<std::uint32_t> const& id_rank;
  double limit;
  SegmentIndex::Hit hit = {};

  [[nodiscard]] double bound() const { return std::min(limit, hit.distance); }
  [[nodiscard]] double bound(Row) const { return bound(); }
  [[nodiscard]] bool precedes(Row row) const { return hit.row == no_row || id_rank[row] < id_rank[hit.row]; }
  [[nodiscard]] bool wants(Row row) const { return hit.distance > 0 || precedes(row); }
  void take(Row row, double distance) {
    if (distance > limit || !(distance < hit.distance || (distance == hit.distance && precedes(row)))) return;
    hit = {distance, row};
  }
};

// All distances not above a radius; a row may be taken several times.
struct Collected {
  double radius;
  std::vector<SegmentIndex::Hit> hits = {};

  // A row that has been taken is only of interest where it comes nearer.
  [[nodiscard]] double bound(Row row) const {
    return !hits.empty() && hits.back().row == row ? hits.back().distance : radius;
  }
  [[nodiscard]] bool wants(Row) const { return true; }
  void take(Row row, double distance) {
    if (distance > radius) return;
    if (!hits.empty() && hits.back().row == row)  // segments come in the order of their rows
      hits.back().distance = std::min(hits.back().distance, distance);
    else
      hits.push_back({distance, row});
  }
};

}  // namespace

SegmentIndex::SegmentIndex(Layer const& layer, std::span<std::uint8_t const> selected) : layer_(layer) {
  GeometryColumn const& shapes = layer.geometry;
  std::vector<Box> segment_boxes, polygon_boxes(shapes.size()), anchor_boxes;
  for (Row row = 0; row < shapes.size(); ++row) {
    if (!selected.empty() && selected[row] == 0) continue;
    if (shapes.kind[row] == GeometryKind::polygon) polygon_boxes[row] = shapes.box[row];
    for (std::uint32_t part = shapes.row_begin[row]; part < shapes.row_begin[row + 1]; ++part) {
      anchor_row_.push_back(row);
      anchor_vertex_.push_back(shapes.path_begin[shapes.part_begin[part]]);
      anchor_boxes.push_back(box_of(vertex_at(shapes.xy.data(), anchor_vertex_.back())));
    }
    for (std::uint32_t p = shapes.first_path(row); p < shapes.end_path(row); ++p) {
      std::uint32_t const begin = shapes.path_begin[p], end = shapes.path_begin[p + 1];
      bool const is_point = end - begin == 1;
      for (std::uint32_t vertex = begin; vertex < (is_point ? end : end - 1); ++vertex) {
        segment_vertex_.push_back(vertex);
        segment_row_.push_back(row);
        is_point_.push_back(is_point ? 1 : 0);
        segment_boxes.push_back(segment_box(static_cast<std::uint32_t>(segment_vertex_.size() - 1)));
      }
    }
  }
  segments_ = SpatialIndex(segment_boxes);
  polygons_ = SpatialIndex(polygon_boxes);
  anchors_ = SpatialIndex(anchor_boxes);
}

Box SegmentIndex::segment_box(std::uint32_t segment) const {
  double const* xy = layer_.geometry.xy.data();
  std::size_t const a = segment_vertex_[segment], b = a + (is_point_[segment] != 0 ? 0 : 1);
  return box_of(vertex_at(xy, a), vertex_at(xy, b));
}

// Whether a point lies in or on a polygon row. For long boundaries the index gives the few edges on the ray, so that
// thousands of candidates in one large polygon stay cheap.
bool SegmentIndex::polygon_holds(Row row, Point point) const {
  constexpr std::size_t few_vertices = 128;
  GeometryColumn const& shapes = layer_.geometry;
  if (!shapes.box[row].meets(box_of(point))) return false;
  if (shapes.vertices(row) <= few_vertices) return locate(shapes, row, point) >= 0;
  std::vector<std::uint32_t> hits;
  segments_.query({point.x, point.y, shapes.box[row].max_x, point.y}, hits);
  RayCrossings ray{point};
  for (std::uint32_t const hit : hits) {
    if (segment_row_[hit] != row || is_point_[hit] != 0) continue;
    std::size_t const a = segment_vertex_[hit];
    ray.add(vertex_at(shapes.xy.data(), a), vertex_at(shapes.xy.data(), a + 1));
  }
  return ray.odd || ray.on_boundary;
}

SegmentIndex::Hit SegmentIndex::nearest(GeometryColumn const& shapes, std::size_t row, double limit) const {
  if (!shapes.has_shape(row)) return {};
  Probe const probe(shapes, row);
  Best best{layer_.id_rank, limit};
  Search const search(*this, probe);
  search.inside(best);
  search.nearest(best);
  return best.hit;
}

SegmentIndex::Hit SegmentIndex::nearest(Point point, double limit) const {
  std::array<double, 2> const xy{point.x, point.y};
  Probe const probe(xy, point);
  Best best{layer_.id_rank, limit};
  Search const search(*this, probe);
  search.inside(best);
  search.nearest(best);
  return best.hit;
}

std::vector<SegmentIndex::Hit> SegmentIndex::within(GeometryColumn const& shapes, std::size_t row,
                                                    double radius) const {
  if (!shapes.has_shape(row) || !(radius >= 0)) return {};
  Probe const probe(shapes, row);
  Collected found{radius};
  Search const search(*this, probe);
  search.inside(found);
  search.within(radius, found);
  auto& hits = found.hits;
  auto const& rank = layer_.id_rank;
  std::sort(hits.begin(), hits.end(), [&](Hit const& a, Hit const& b) {
    return a.row != b.row ? rank[a.row] < rank[b.row] : a.distance < b.distance;
  });
  auto const same_row = [](Hit const& a, Hit const& b) { return a.row == b.row; };
  hits.erase(std::unique(hits.begin(), hits.end(), same_row), hits.end());
  return std::move(found.hits);
}

}  // namespace terrein
