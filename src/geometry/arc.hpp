#pragma once

#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

/// Appends the vertices of the circular arc from `start` through `mid` to `end`, without `start` itself: `mid`, `end`,
/// and as many between them that no chord lies further than `tolerance` from the arc (at most 4096 chords on either
/// side of `mid`: enough for a half circle of 135 km at 1 cm). The full circle where `start` equals `end`, with `mid`
/// opposite. Points on one line give straight pieces. Arcs are halved again and again with square roots alone, and
/// every step is the same when its ends change places, so that an arc has the same vertices in whichever direction it
/// is run through, on any processor.
void append_arc(GeometryBuilder& out, Point start, Point mid, Point end, double tolerance);

}  // namespace terrein
