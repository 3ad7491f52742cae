#pragma once

#include <utility>
#include <vector>

#include "geometry/edge_runs.hpp"
#include "terrein/geometry/fabric.hpp"
#include "terrein/geometry/spatial_index.hpp"

namespace terrein {

/// The shapes of a layer with the corners of neighbours put into the edges they lie on, so that edges match end to end.
/// Only the rows that miss a corner are made anew; layer and contacts must outlive it.
class NodedLand {
 public:
  NodedLand(Layer const& layer, Contacts const& touch);

  /// Where the shape of a row is.
  struct Shape {
    GeometryColumn const& column;
    Row row;
    std::vector<std::uint8_t> const& twin;  ///< per vertex of the column, as in `Contacts`; 0 for edges that were cut
  };
  [[nodiscard]] Shape of(Row row) const;
  [[nodiscard]] std::size_t size() const noexcept { return layer_.size(); }
  /// Whether a row had to cut the edge between two places that it had in common with another: its twin, if that was not
  /// cut, has none any more.
  [[nodiscard]] bool lost_twin(Point a, Point b) const;
  /// Ranks of the ids.
  [[nodiscard]] std::vector<std::uint32_t> const& rank() const noexcept { return layer_.id_rank; }
  [[nodiscard]] std::vector<Box> boxes() const;

 private:
  Layer const& layer_;
  Contacts const& touch_;
  std::vector<Row> rows_;  // made anew, ascending
  GeometryColumn anew_;
  std::vector<std::uint8_t> twin_;
  std::vector<std::pair<Point, Point>> lost_;  // edges with a twin that were cut, both ends in order of place; sorted
};

/// Pairs of the rows `chosen` (a byte per row; polygons) whose interiors meet, smaller row first, sorted. `runs` and
/// `boxes` are of all rows.
[[nodiscard]] std::vector<RowPair> meeting_rows(Layer const& layer, EdgeRuns const& runs, SpatialIndex const& boxes,
                                                std::vector<std::uint8_t> const& chosen, unsigned workers);

}  // namespace terrein
