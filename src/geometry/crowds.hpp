#pragma once

#include <cstdint>
#include <vector>

#include "terrein/geometry/fabric.hpp"

namespace terrein {

/// Sets of more than `above` polygon rows of exactly one shape: the same rings in the same order, each from whatever
/// vertex. Each set by id, sets by their smallest id. Costs next to nothing where no place has so many rows.
[[nodiscard]] std::vector<Crowd> crowds_of(Layer const& layer, std::size_t above);

/// The vertex of the column at which a ring starts when it is told by its place alone: that of the smallest x, then y.
[[nodiscard]] std::uint32_t start_of_ring(GeometryColumn const& column, std::uint32_t path);

/// Calls visit(i, j) for each edge of row `a`, which starts at vertex i of the column, and the same edge of row `b`, of
/// the same crowd, which starts at vertex j.
template <class Visit>
void each_same_edge(GeometryColumn const& column, Row a, Row b, Visit const& visit) {
  std::uint32_t const shift = column.first_path(b) - column.first_path(a);  // wraps where b lies before a
  for (std::uint32_t path = column.first_path(a); path < column.end_path(a); ++path) {
    std::uint32_t const from_a = column.path_begin[path], from_b = column.path_begin[path + shift];
    std::uint32_t const edges = column.path_begin[path + 1] - from_a - 1;
    std::uint32_t i = start_of_ring(column, path) - from_a, j = start_of_ring(column, path + shift) - from_b;
    for (std::uint32_t k = 0; k < edges; ++k) {
      visit(from_a + i, from_b + j);
      i = i + 1 == edges ? 0 : i + 1;
      j = j + 1 == edges ? 0 : j + 1;
    }
  }
}

/// Boxes of the polygon rows, empty for all other rows and for those that another of their crowd stands for.
[[nodiscard]] std::vector<Box> boxes_without_followers(GeometryColumn const& column, std::vector<Crowd> const& crowds);

}  // namespace terrein
