#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "terrein/geometry/nearest.hpp"
#include "terrein/network/joins.hpp"
#include "terrein/network/road_graph.hpp"

namespace terrein {

inline constexpr double unreachable = std::numeric_limits<double>::infinity();

/// Where a search starts: node, seconds already spent there, and the source (a terminal) it stands for.
struct Start {
  std::uint32_t node = 0;
  double seconds = 0;
  std::uint32_t source = 0;  ///< ties go to the smallest
};
struct Reached {
  std::vector<double> seconds;        ///< per node, `unreachable` if not reached within the limit
  std::vector<std::uint32_t> source;  ///< nearest source per node, no_row if not reached
};
/// Multi-source Dijkstra with cut-off (`limit` included). Equal times go to the smallest source: the source of a node
/// is the smallest among the starts at its time and the tails of its tight arcs. Throws `Error{internal}` for a start
/// that is no node.
[[nodiscard]] Reached shortest_seconds(RoadGraph const& graph, std::vector<Start> const& starts,
                                       double limit = unreachable);

/// Seconds from every candidate to the nearest feature of a layer, by road: candidate centroid straight to the nearest
/// road node at `access_kmh`, by road in the allowed direction, and from the road node nearest to the feature straight
/// to it (its centroid) at `access_kmh`. The nearest of equally near road nodes is the one with the smallest number.
struct CentroidTimes {
  std::vector<double> seconds;  ///< `unreachable` when no path exists
  std::vector<Row> feature;     ///< row of the nearest feature, smallest id in ties; no_row when unreachable
};

/// Candidates joined to a road graph, ready for any number of destination layers. Candidates without shape are joined
/// to nothing. Made once, read by all workers.
class CentroidSearch {
 public:
  /// `nearby` is the `hilbert_order` of the candidates.
  CentroidSearch(RoadGraph const& graph, GeometryColumn const& candidates, std::span<std::uint32_t const> nearby,
                 unsigned workers);
  /// `selected` has one byte per feature, 0 = leave out; empty = all. Features without shape are left out; with none
  /// left every candidate is unreachable. One search over the reversed graph from all features at once.
  [[nodiscard]] CentroidTimes times(Layer const& features, std::vector<std::uint8_t> const& selected,
                                    double access_kmh) const;
  /// One join per candidate, the same for leaving and arriving: straight from its centroid to the nearest road node at
  /// `access_kmh`. None for candidates without shape.
  [[nodiscard]] Attachment candidates_at(double access_kmh) const;
  /// The same of the features of a layer, in the order of their ids: place i is the row whose `id_rank` is i. Features
  /// that are not selected (as for `times`) or have no shape are joined to nothing.
  [[nodiscard]] Attachment features_at(Layer const& features, std::vector<std::uint8_t> const& selected,
                                       double access_kmh, unsigned workers) const;
  /// `terrein::fastest_mps` of the graph.
  [[nodiscard]] double fastest_mps() const noexcept { return fastest_mps_; }

 private:
  struct Access {
    std::uint32_t node = no_row;
    double metres = std::numeric_limits<double>::infinity();
  };
  [[nodiscard]] static Attachment one_each(std::vector<Access> const& access, double access_kmh);
  [[nodiscard]] Access nearest_node(Point point, std::uint32_t likely) const;

  RoadGraph backward_;
  double fastest_mps_;
  SpatialIndex nodes_;
  std::vector<Access> access_;  // per candidate
};

/// One layer of destinations.
[[nodiscard]] CentroidTimes centroid_times(RoadGraph const& graph, GeometryColumn const& candidates,
                                           Layer const& features, std::vector<std::uint8_t> const& selected,
                                           double access_kmh, unsigned workers);

}  // namespace terrein
