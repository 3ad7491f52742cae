#pragma once

#include <span>
#include <vector>

#include "geometry/edge_runs.hpp"
#include "geometry/segments.hpp"
#include "geometry/ways_across.hpp"
#include "terrein/geometry/facing.hpp"
#include "terrein/geometry/packed_boxes.hpp"

namespace terrein {

/// What all workers read.
struct FacingScene {
  Layer const& layer;
  std::span<std::uint8_t const> chosen;
  FacingOptions const& options;
  PackedBoxes const& boxes;  ///< of the rows that are looked at
  EdgeRuns const& runs;

  [[nodiscard]] bool is_chosen(Row row) const { return chosen.empty() || chosen[row] != 0; }
};

/// Looks out from the boundary of one row after the other. One per worker: it keeps its buffers.
class FacingViewer {
 public:
  explicit FacingViewer(FacingScene const& scene);

  /// The other chosen rows that a row faces or touches, in no order that means anything; valid until the next call.
  [[nodiscard]] std::vector<FacingView> const& look(Row row);

 private:
  struct Edge {
    Point a, b;
    Box box;
    Row row;
  };

  void gather(Box const& box);
  void look_from(Point a, Point b);
  void sight(FacingSide const& side, Edge const& edge);
  void note_touch(Point a, Point b, Edge const& edge);
  [[nodiscard]] FacingView& view_of(Row other);

  FacingScene const& scene_;
  double reach_;
  Row row_ = no_row;
  WaysAcross ways_;
  FirstMetSearch search_;
  std::vector<Edge> edges_;
  std::vector<Sighted> sighted_;
  std::vector<FacingView> views_;
  std::vector<std::uint32_t> view_;  // per row its position in `views_`, or no_row
};

}  // namespace terrein
