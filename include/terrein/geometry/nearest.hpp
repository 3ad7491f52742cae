#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "terrein/geometry/fabric.hpp"
#include "terrein/geometry/layer.hpp"
#include "terrein/geometry/spatial_index.hpp"

namespace terrein {

class SegmentTree;

/// The segments (and points) of a layer behind an index: made once, read by all workers. The layer must outlive it.
class SegmentIndex {
 public:
  /// `selected` has one byte per row, 0 = leave out; empty = all rows.
  explicit SegmentIndex(Layer const& layer, std::span<std::uint8_t const> selected = {});
  SegmentIndex(SegmentIndex&&) noexcept;
  ~SegmentIndex();

  struct Hit {
    double distance = std::numeric_limits<double>::infinity();  ///< 0 when they touch or one lies in the other
    Row row = no_row;                                           ///< smallest id among the nearest; no_row if none
  };
  /// Nearest row to row `row` of `shapes`, looking no further than `limit`.
  [[nodiscard]] Hit nearest(GeometryColumn const& shapes, std::size_t row,
                            double limit = std::numeric_limits<double>::infinity()) const;
  [[nodiscard]] Hit nearest(Point point, double limit = std::numeric_limits<double>::infinity()) const;
  /// All rows within `radius` (≤) of row `row` of `shapes`, ascending by id rank, with their distances.
  [[nodiscard]] std::vector<Hit> within(GeometryColumn const& shapes, std::size_t row, double radius) const;
  /// Length of the boundary of polygon row `row` of `shapes` that lies within `distance` (≤) of a selected row
  /// (inside a polygon counts as distance 0). Exact: unions of intervals per boundary segment, no buffers.
  /// `except` is a row of the layer to leave out (a parcel among its own neighbours), no_row for none.
  struct Frontage {
    double length = 0;
    Row row = no_row;  ///< the row with the longest part, smallest id among equals
  };
  [[nodiscard]] Frontage frontage(GeometryColumn const& shapes, std::size_t row, double distance,
                                  Row except = no_row) const;

 private:
  friend class NearestSearch;
  template <class Found>
  class Search;
  class Front;
  [[nodiscard]] bool polygon_holds(Row row, Point point) const;

  Layer const& layer_;
  std::unique_ptr<SegmentTree const> segments_;
  SpatialIndex polygons_;  // boxes of polygon rows; position = row
  bool any_polygon_ = false;
  bool points_only_ = true;      // every row is one point
  std::vector<Row> anchor_row_;  // one vertex of every part: tells whether a part lies inside a candidate
  std::vector<std::uint32_t> anchor_vertex_;
  SpatialIndex anchors_;
};

/// `SegmentIndex::nearest` for one row after the other: the same answers, sooner when the rows are near each other,
/// because the feature nearest to one bounds the search of the next. For one worker; the index must outlive it.
class NearestSearch {
 public:
  explicit NearestSearch(SegmentIndex const& index);
  NearestSearch(NearestSearch&&) noexcept;
  ~NearestSearch();
  [[nodiscard]] SegmentIndex::Hit nearest(GeometryColumn const& shapes, std::size_t row,
                                          double limit = std::numeric_limits<double>::infinity());
  [[nodiscard]] SegmentIndex::Hit nearest(Point point, double limit = std::numeric_limits<double>::infinity());
  /// How many rows `SegmentIndex::within` gives, and the nearest of them, smallest id among equals. Of points that lie
  /// within the radius of all of the shape's box, only those that may be the nearest are measured.
  struct Counted {
    std::size_t rows = 0;
    SegmentIndex::Hit nearest;
  };
  [[nodiscard]] Counted count_within(GeometryColumn const& shapes, std::size_t row, double radius);

 private:
  friend class SegmentIndex;
  struct Probe;
  [[nodiscard]] SegmentIndex::Hit search(double limit);
  [[nodiscard]] Counted count_points(double radius) const;

  SegmentIndex const& index_;
  std::unique_ptr<Probe> probe_;
  std::uint32_t last_;  // segment that decided the search before, if any
};

/// Parcels that share boundary, as compressed rows: neighbours of row i are entries first[i] … first[i + 1].
struct Adjacency {
  std::vector<std::uint32_t> first;
  std::vector<Row> neighbour;        ///< ascending; the first other row of a crowd stands for all other rows of it
  std::vector<double> shared_m;      ///< length of common boundary, the same seen from both sides
  std::vector<std::uint32_t> times;  ///< for how many rows each neighbour stands; empty = each for itself alone
};
/// Pairs of polygon rows with at least `min_shared_m` of boundary in common: parts of the boundary of the row with the
/// smaller id that lie within `tolerance_m` of the boundary of the other, so no matching vertices are needed.
/// Corners and crossings do not count, nor do 1e-6 m or less. More than `above` rows of exactly one shape are a crowd:
/// each of them has the boundary in common with others that the one with the smallest id has.
[[nodiscard]] Adjacency adjacency(Layer const& layer, double min_shared_m, double tolerance_m, unsigned workers,
                                  std::size_t above = crowd_above);

}  // namespace terrein
