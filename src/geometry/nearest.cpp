#include "terrein/geometry/nearest.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "geometry/predicates.hpp"
#include "geometry/segment_tree.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::uint32_t no_segment = 0xffffffffU;

}  // namespace

// What is searched from: a row of shapes, or a point.
struct NearestSearch::Probe {
  std::vector<Run> runs;
  std::vector<Point> anchors;  // one vertex of every part
  GeometryColumn const* shapes = nullptr;
  std::size_t row = 0;
  std::array<double, 2> xy{};

  void set(GeometryColumn const& column, std::size_t of_row) {
    shapes = &column;
    row = of_row;
    runs_of(column, row, runs);
    anchors.clear();
    for (std::uint32_t part = column.row_begin[row]; part < column.row_begin[row + 1]; ++part)
      anchors.push_back(vertex_at(column.path(column.part_begin[part]).data(), 0));
  }
  void set(Point point) {
    shapes = nullptr;
    xy = {point.x, point.y};
    runs.assign(1, {xy.data(), 1, box_of(point)});
    anchors.assign(1, point);
  }
};

// Walks through the rows near a probe. `found` says which rows are still wanted at distance 0 and takes what is found.
template <class Found>
class SegmentIndex::Search {
 public:
  Search(SegmentIndex const& index, NearestSearch::Probe const& probe, Found& found)
      : index_(index), probe_(probe), found_(found), box_met_(probe.runs.size() > 1) {}

  // Rows in which a part of the probe lies. Where no boundaries meet, a part is inside as a whole or not at all, so
  // that one vertex tells; the same for the parts of rows in the probe.
  void rows_around() {
    if (!index_.any_polygon_) return;
    for (Point const anchor : probe_.anchors) {
      hits_.clear();
      index_.polygons_.query(box_of(anchor), hits_);
      for (Row const row : hits_)
        if (found_.wants(row) && index_.polygon_holds(row, anchor)) found_.take(row, 0, no_segment);
    }
  }
  // Rows of which a part lies in the probe. That part begins with a segment whose box meets the probe's: a probe of one
  // run has none when no such segment was met before.
  void rows_inside() {
    if (!box_met_ || probe_.shapes == nullptr || probe_.shapes->kind[probe_.row] != GeometryKind::polygon) return;
    hits_.clear();
    index_.anchors_.query(probe_.shapes->box[probe_.row], hits_);
    for (std::uint32_t const hit : hits_) {
      Row const row = index_.anchor_row_[hit];
      Point const anchor = vertex_at(index_.layer_.geometry.xy.data(), index_.anchor_vertex_[hit]);
      if (found_.wants(row) && locate(*probe_.shapes, probe_.row, anchor) >= 0) found_.take(row, 0, no_segment);
    }
  }

  // A segment that is likely to be near is measured first: what it gives bounds the search.
  void nearest(std::uint32_t likely) {
    PackedBoxes const& tree = index_.segments_->boxes();
    if (likely != no_segment)
      for (Run const& run : probe_.runs) measure(run, likely);
    for (Run const& run : probe_.runs)
      tree.nearest(run.box, squared_with_slack(squared(found_.bound())), [&](std::uint32_t segment) {
        if (segment != likely) measure(run, segment);
        return squared_with_slack(squared(found_.bound()));
      });
  }

  void within(double radius) {
    for (Run const& run : probe_.runs)
      index_.segments_->boxes().query(run.box.grown(with_slack(radius)),
                                      [&](std::uint32_t segment) { measure(run, segment); });
  }

 private:
  static double squared(double distance) { return distance * distance; }

  void measure(Run const& run, std::uint32_t segment) {
    auto const& [a, b, row] = index_.segments_->segment(segment);
    box_met_ = box_met_ || box_of(a, b).meets(run.box);
    if (!found_.wants(row)) return;
    double const most = found_.bound(row), squared_distance = terrein::squared_distance(run, a, b, most);
    if (squared_distance < infinity && squared_distance <= squared_with_slack(squared(most)))
      found_.take(row, std::sqrt(squared_distance), segment);
  }
  SegmentIndex const& index_;
  NearestSearch::Probe const& probe_;
  Found& found_;
  bool box_met_;
  std::vector<std::uint32_t> hits_;
};

namespace {

// The nearest row so far, smallest rank among equals.
struct Best {
  std::vector<std::uint32_t> const& id_rank;
  double limit;
  SegmentIndex::Hit hit = {};
  std::uint32_t segment = no_segment;

  [[nodiscard]] double bound() const { return std::min(limit, hit.distance); }
  [[nodiscard]] double bound(Row) const { return bound(); }
  [[nodiscard]] bool precedes(Row row) const { return hit.row == no_row || id_rank[row] < id_rank[hit.row]; }
  [[nodiscard]] bool wants(Row row) const { return hit.distance > 0 || precedes(row); }
  void take(Row row, double distance, std::uint32_t by) {
    if (distance > limit || !(distance < hit.distance || (distance == hit.distance && precedes(row)))) return;
    hit = {distance, row};
    segment = by;
  }
};

// All distances not above a radius; a row may be taken several times.
struct Collected {
  double radius;
  std::vector<SegmentIndex::Hit> hits = {};

  // A row that has just been taken is only of interest where it comes nearer.
  [[nodiscard]] double bound(Row row) const {
    return !hits.empty() && hits.back().row == row ? hits.back().distance : radius;
  }
  [[nodiscard]] bool wants(Row) const { return true; }
  void take(Row row, double distance, std::uint32_t) {
    if (distance > radius) return;
    if (!hits.empty() && hits.back().row == row)  // neighbours in the tree are often of one row
      hits.back().distance = std::min(hits.back().distance, distance);
    else
      hits.push_back({distance, row});
  }
};

}  // namespace

SegmentIndex::SegmentIndex(Layer const& layer, std::span<std::uint8_t const> selected) : layer_(layer) {
  GeometryColumn const& shapes = layer.geometry;
  double const* xy = shapes.xy.data();
  std::vector<RowSegment> segments;
  std::vector<Box> polygon_boxes(shapes.size()), anchor_boxes;
  for (Row row = 0; row < shapes.size(); ++row) {
    if (!selected.empty() && selected[row] == 0) continue;
    if (shapes.kind[row] == GeometryKind::polygon) {
      polygon_boxes[row] = shapes.box[row];
      any_polygon_ = true;
    }
    points_only_ = points_only_ && shapes.vertices(row) <= 1;
    for (std::uint32_t part = shapes.row_begin[row]; part < shapes.row_begin[row + 1]; ++part) {
      anchor_row_.push_back(row);
      anchor_vertex_.push_back(shapes.path_begin[shapes.part_begin[part]]);
      anchor_boxes.push_back(box_of(vertex_at(xy, anchor_vertex_.back())));
    }
    for (std::uint32_t p = shapes.first_path(row); p < shapes.end_path(row); ++p) {
      std::uint32_t const begin = shapes.path_begin[p], end = shapes.path_begin[p + 1];
      if (end - begin == 1) segments.push_back({vertex_at(xy, begin), vertex_at(xy, begin), row});
      for (std::uint32_t vertex = begin; vertex + 1 < end; ++vertex)
        segments.push_back({vertex_at(xy, vertex), vertex_at(xy, vertex + 1), row});
    }
  }
  segments_ = std::make_unique<SegmentTree>(segments);
  if (any_polygon_) polygons_ = SpatialIndex(polygon_boxes);
  anchors_ = SpatialIndex(anchor_boxes);
}

SegmentIndex::SegmentIndex(SegmentIndex&&) noexcept = default;
SegmentIndex::~SegmentIndex() = default;

// Whether a point lies in or on a polygon row. For long boundaries the index gives the few edges on the ray, so that
// thousands of candidates in one large polygon stay cheap.
bool SegmentIndex::polygon_holds(Row row, Point point) const {
  constexpr std::size_t few_vertices = 128;
  GeometryColumn const& shapes = layer_.geometry;
  if (!shapes.box[row].meets(box_of(point))) return false;
  if (shapes.vertices(row) <= few_vertices) return locate(shapes, row, point) >= 0;
  RayCrossings ray{point};
  segments_->boxes().query({point.x, point.y, shapes.box[row].max_x, point.y}, [&](std::uint32_t position) {
    auto const& [a, b, of_row] = segments_->segment(position);
    if (of_row == row) ray.add(a, b);
  });
  return ray.odd || ray.on_boundary;
}

NearestSearch::NearestSearch(SegmentIndex const& index)
    : index_(index), probe_(std::make_unique<Probe>()), last_(no_segment) {}
NearestSearch::NearestSearch(NearestSearch&&) noexcept = default;
NearestSearch::~NearestSearch() = default;

SegmentIndex::Hit NearestSearch::search(double limit) {
  Best best{index_.layer_.id_rank, limit};
  SegmentIndex::Search search(index_, *probe_, best);
  search.rows_around();
  search.nearest(last_);
  search.rows_inside();
  if (best.segment != no_segment) last_ = best.segment;
  return best.hit;
}

SegmentIndex::Hit NearestSearch::nearest(GeometryColumn const& shapes, std::size_t row, double limit) {
  if (!shapes.has_shape(row)) return {};
  probe_->set(shapes, row);
  return search(limit);
}

SegmentIndex::Hit NearestSearch::nearest(Point point, double limit) {
  probe_->set(point);
  return search(limit);
}

// Of points to a shape of one run. No part of its box is further from a point than the corner opposite to it.
NearestSearch::Counted NearestSearch::count_points(double radius) const {
  Run const& run = probe_->runs.front();
  bool const has_inside = probe_->shapes->kind[probe_->row] == GeometryKind::polygon;
  Best best{index_.layer_.id_rank, radius};
  Counted out;
  index_.segments_->boxes().query(run.box.grown(with_slack(radius)), [&](std::uint32_t place) {
    auto const& [p, same, row] = index_.segments_->segment(place);
    double const far_x = std::max(run.box.max_x - p.x, p.x - run.box.min_x);
    double const far_y = std::max(run.box.max_y - p.y, p.y - run.box.min_y);
    bool const surely = squared_with_slack(far_x * far_x + far_y * far_y) <= radius * radius;
    double const bound = best.bound(), apart = squared_distance(run.box, box_of(p));
    if (surely && apart > squared_with_slack(bound * bound)) {
      ++out.rows;
      return;
    }
    bool const inside = has_inside && apart == 0 && locate(*probe_->shapes, probe_->row, p) >= 0;
    double const away = inside ? 0 : std::sqrt(squared_distance(run, p, p, radius));
    if (away > radius) return;
    ++out.rows;
    if (best.wants(row)) best.take(row, away, place);
  });
  out.nearest = best.hit;
  return out;
}

NearestSearch::Counted NearestSearch::count_within(GeometryColumn const& shapes, std::size_t row, double radius) {
  if (!shapes.has_shape(row) || !(radius >= 0)) return {};
  if (index_.points_only_) {
    probe_->set(shapes, row);
    if (probe_->runs.size() == 1) return count_points(radius);
  }
  auto const hits = index_.within(shapes, row, radius);
  auto const nearest =
      std::min_element(hits.begin(), hits.end(), [](auto const& a, auto const& b) { return a.distance < b.distance; });
  return {hits.size(), nearest == hits.end() ? SegmentIndex::Hit{} : *nearest};
}

SegmentIndex::Hit SegmentIndex::nearest(GeometryColumn const& shapes, std::size_t row, double limit) const {
  return NearestSearch(*this).nearest(shapes, row, limit);
}

SegmentIndex::Hit SegmentIndex::nearest(Point point, double limit) const {
  return NearestSearch(*this).nearest(point, limit);
}

std::vector<SegmentIndex::Hit> SegmentIndex::within(GeometryColumn const& shapes, std::size_t row,
                                                    double radius) const {
  if (!shapes.has_shape(row) || !(radius >= 0)) return {};
  NearestSearch::Probe probe;
  probe.set(shapes, row);
  Collected found{radius};
  Search search(*this, probe, found);
  search.rows_around();
  search.within(radius);
  search.rows_inside();
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
