#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "terrein/network/access.hpp"
#include "terrein/network/joins.hpp"
#include "terrein/network/road_graph.hpp"

namespace terrein {

/// What a way takes, both of the same way.
struct Way {
  double seconds = unreachable, metres = unreachable;

  [[nodiscard]] bool exists() const noexcept { return seconds != unreachable; }
  friend bool operator==(Way const&, Way const&) = default;
};

/// Whether one way is better than another: by seconds, then metres, or the other way round.
[[nodiscard]] constexpr bool is_better(Way const& a, Way const& b, TravelCost by) noexcept {
  return by == TravelCost::seconds ? a.seconds < b.seconds || (a.seconds == b.seconds && a.metres < b.metres)
                                   : a.metres < b.metres || (a.metres == b.metres && a.seconds < b.seconds);
}

/// The best ways from all nodes of a graph to one place.
struct Ways {
  std::vector<Way> from;            ///< per node
  std::vector<std::uint32_t> next;  ///< per node the next one on the way; no_row at its last, and where there is none
};
/// One search over the graph turned round. `arrive` are the joins of the place. The fewest seconds count, and of
/// equally quick ways the shortest; or the fewest metres. Throws `Error{internal}` for a join to no node.
[[nodiscard]] Ways ways_to(RoadGraph const& against, std::span<Join const> arrive, TravelCost by);

/// The best way from a place with these joins, and the join it takes; nullptr where there is none.
struct WayFrom {
  Way way;
  Join const* join = nullptr;
};
[[nodiscard]] WayFrom way_from(std::span<Join const> leave, Ways const& ways, TravelCost by);

/// The nodes of the way from a place whose join is `join`, in order.
[[nodiscard]] std::vector<std::uint32_t> nodes_on_way(Join const& join, Ways const& ways);

}  // namespace terrein
