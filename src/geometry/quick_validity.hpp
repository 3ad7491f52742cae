#pragma once

#include <cstdint>
#include <vector>

#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

/// Tells of most valid rows that they are, for a small part of what GEOS asks. One per worker: it keeps its buffers.
///
/// A row of polygons is surely valid when no edge has a point in common with another one, but for the corner where one
/// follows the other, and no ring lies in another one but for a hole in its shell. Pairs of edges are found down a tree
/// of boxes along the rings. All is decided by signs that rounding cannot turn; whatever is nearer to a tie, and
/// whatever takes too many comparisons, is left open.
class QuickValidity {
 public:
  /// True: the row is valid (OGC Simple Features, as GEOS understands them). False: nothing is known.
  [[nodiscard]] bool is_surely_valid(GeometryColumn const& column, std::size_t row);

 private:
  struct Edge {
    Point a, b;
    std::uint32_t next = 0;  // the edge that starts where this one ends
  };

  [[nodiscard]] bool add_ring(std::span<double const> xy);
  void build_tree();
  [[nodiscard]] bool turns_clearly(Edge const& edge) const;
  [[nodiscard]] bool is_simple(std::size_t level, std::size_t node);
  [[nodiscard]] bool are_apart(std::size_t level, std::size_t i, std::size_t j);
  [[nodiscard]] bool edges_are_apart(std::size_t i, std::size_t j) const;
  [[nodiscard]] bool rings_are_in_place(GeometryColumn const& column, std::size_t row);
  [[nodiscard]] bool lies_surely(std::size_t ring, bool inside, std::size_t other);
  [[nodiscard]] bool spend(std::size_t steps);

  std::vector<Edge> edges_;                // of all rings of the row, one after the other
  std::vector<std::vector<Box>> boxes_;    // per level: of the edges, of each eight of them, and so on
  std::vector<std::uint32_t> ring_begin_;  // first edge of a ring; rings + 1 entries
  std::vector<Box> ring_box_;
  std::size_t levels_ = 0;
  std::size_t left_ = 0;  // comparisons that may still be made
};

}  // namespace terrein
