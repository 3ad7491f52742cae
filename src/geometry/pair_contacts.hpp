#pragma once

#include <cstdint>
#include <vector>

#include "geometry/edge_runs.hpp"
#include "geometry/interiors.hpp"
#include "geometry/segments.hpp"
#include "terrein/geometry/fabric.hpp"

namespace terrein {

/// 1 where two boxes meet, else 0. Without branches: whether things that lie together meet is as good as random.
[[nodiscard]] inline unsigned meet(Box const& a, Box const& b) {
  return static_cast<unsigned>(a.min_x <= b.max_x) & static_cast<unsigned>(b.min_x <= a.max_x) &
         static_cast<unsigned>(a.min_y <= b.max_y) & static_cast<unsigned>(b.min_y <= a.max_y);
}

/// Edges of one row, with their boxes beside them.
struct BoxedEdges {
  std::vector<RingEdge> edge;
  std::vector<Box> box;

  void clear() {
    edge.clear();
    box.clear();
  }
  /// Adds edge `index` of a path, unless it has no length.
  void add(GeometryColumn const& column, std::uint32_t path, std::size_t index) {
    Point const p = vertex_at(column.xy.data(), index), q = vertex_at(column.xy.data(), index + 1);
    if (p == q) return;
    edge.push_back({p, q, static_cast<std::uint32_t>(index), path});
    box.push_back(box_of(p, q));
  }
};

/// What pairs of rows have to do with each other.
struct PairsFound {
  std::vector<RowPair> meeting;
  std::vector<MissingVertex> missing;
};

/// Compares pairs of polygon rows. One per worker: it keeps its buffers. Without `twin` only the pairs that meet are
/// found: a pair of which one crossing is known needs no further look.
class PairContacts {
 public:
  PairContacts(GeometryColumn const& column, EdgeRuns const& runs, double tolerance, std::vector<std::uint8_t>* twin)
      : column_(column), runs_(runs), tolerance_(tolerance), twin_(twin) {}

  /// Row `a` has the smaller id. All edges of a row may be given where the caller has them at hand.
  void compare(Row a, BoxedEdges const* of_a, Row b, BoxedEdges const* of_b, PairsFound& found);

 private:
  /// One of the two, with the edges that come near the other.
  struct Side {
    Row row = no_row;
    BoxedEdges const* all = nullptr;
    BoxedEdges own;                      // what `all` is where the caller gives nothing
    std::vector<std::uint32_t> near;     // of `all`
    std::vector<std::uint32_t> touched;  // paths that touch the boundary of the other row

    [[nodiscard]] bool touches(std::uint32_t path) const;
    void touch(std::uint32_t path);
    [[nodiscard]] std::vector<RingEdge> near_edges() const;
  };

  void collect(Side& side, Row row, BoxedEdges const* all, Box const& window) const;
  [[nodiscard]] bool settled() const { return crossing_ && twin_ == nullptr; }
  void compare_all(PairsFound& found);
  void compare_by_index(PairsFound& found);
  void compare(std::uint32_t i, std::uint32_t j, PairsFound& found);
  [[nodiscard]] bool misses(Side const& side, std::uint32_t edge, Point corner) const;
  [[nodiscard]] bool holds_ring(Side const& outer, Side const& inner) const;

  GeometryColumn const& column_;
  EdgeRuns const& runs_;
  double tolerance_;
  std::vector<std::uint8_t>* twin_;
  Side a_, b_;
  std::vector<std::uint32_t> hits_;
  bool crossing_ = false;
};

}  // namespace terrein
