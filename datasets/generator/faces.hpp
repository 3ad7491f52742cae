#pragma once

#include "arrangement.hpp"

namespace terrein::demo {

/// Bounded faces of a planar graph, islands as holes of the face that holds them.
[[nodiscard]] std::vector<Arrangement::Face> trace_faces(Arrangement const& graph);

}  // namespace terrein::demo
