#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geometry/free_edges.hpp"

namespace terrein {

/// What another edge does where it meets an edge: between the ends of that edge, or at the end it runs to.
enum class Meets : std::uint8_t {
  enters,  ///< they cross, and the edge goes on to the left of the other
  leaves,  ///< they cross, and the edge goes on to the right of the other
  starts,  ///< the other starts here
  ends,    ///< the other ends here
  passes,  ///< the edge ends between the ends of the other
};

struct EdgeMeets {
  std::uint32_t edge = 0, other = 0;
  Meets how = Meets::enters;
};

/// Whether the edge behind an edge in the list goes on where it ends.
[[nodiscard]] inline bool goes_on(std::span<FreeEdge const> edges, std::size_t edge) {
  return edge + 1 < edges.size() && edges[edge + 1].a == edges[edge].b;
}

/// All meetings of all edges but those at the start of the edge and those that `goes_on` tells. Decided exactly. In
/// parts whose order does not depend on the number of workers. No two edges have the same ends.
[[nodiscard]] std::vector<std::vector<EdgeMeets>> edge_meetings(std::span<FreeEdge const> edges, unsigned workers);

}  // namespace terrein
