#pragma once

#include <span>
#include <vector>

#include "geometry/noded.hpp"
#include "terrein/geometry/fabric.hpp"

namespace terrein {

/// An edge with a row on its left and no twin: something ends here.
struct FreeEdge {
  Point a, b;
};

/// The free edges of a layer in clusters that hang together by corners or by rows that meet. No edge of one cluster
/// meets an edge of another. Sorted by place, so that the order of the rows does not matter.
struct FreeEdges {
  std::vector<FreeEdge> edges;
  std::vector<std::uint32_t> first{0};  ///< first edge of a cluster; clusters + 1 entries
  std::vector<std::uint8_t> plain;      ///< per cluster: plain rings that nothing crosses, one after the other
  std::vector<Box> box;                 ///< per cluster

  [[nodiscard]] std::size_t clusters() const { return plain.size(); }
  [[nodiscard]] std::span<FreeEdge const> of(std::size_t cluster) const {
    return {edges.data() + first[cluster], edges.data() + first[cluster + 1]};
  }
};
/// `meeting` tells which rows meet. Corners of one row on an edge of another must be vertices of both.
[[nodiscard]] FreeEdges free_edges(NodedLand const& land, std::span<RowPair const> meeting, unsigned workers);

}  // namespace terrein
