#pragma once

#include <cstdint>
#include <span>

#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

/// An edge of a ring with the interior on its left; it has a length.
struct RingEdge {
  Point a, b;
  std::uint32_t index = 0;  ///< vertex of the column at which it starts
  std::uint32_t path = 0;
};

/// Of two edges of different polygons.
struct EdgeMeeting {
  enum class Kind {
    apart,
    twins,     ///< the same edge in reverse: the polygons lie on both sides of it
    touching,  ///< the boundaries have a point in common
    crossing,  ///< they cross between their ends: the interiors meet
  };
  Kind kind = Kind::apart;
  int entries = 0;  ///< of a touch: places where one ring seems to enter the other polygon, see `meet_around`
  Point entry[2];
};
/// Decided exactly. What happens at a corner is looked at where its edge starts, so that a pair of polygons is settled
/// once all pairs of their edges are.
[[nodiscard]] EdgeMeeting meeting_of(GeometryColumn const& column, RingEdge const& s, RingEdge const& t);

/// Whether the interiors of two polygons meet around a point of both boundaries, given (at least) all edges through the
/// point. Decided exactly, also where a polygon touches itself at that point.
[[nodiscard]] bool meet_around(Point point, std::span<RingEdge const> a, std::span<RingEdge const> b);

}  // namespace terrein
