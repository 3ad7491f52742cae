#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "terrein/geometry/box.hpp"

namespace terrein::gpkg {

/// An R-tree in the form in which SQLite's module `rtree` (rtree.c) keeps it in its three tables. Built at once it
/// is linear but for sorting, and fills its nodes.
struct PackedTree {
  std::size_t node_bytes = 0;
  std::vector<unsigned char> nodes;   ///< node k stands at (k - 1) * node_bytes; node 1 is the root
  std::vector<std::int64_t> parents;  ///< of node k at k - 1; 0 for the root
  std::vector<std::int64_t> leaf_of;  ///< per row the node that holds its box; 0 = the row has none
  [[nodiscard]] std::size_t size() const noexcept { return parents.size(); }
  [[nodiscard]] std::span<unsigned char const> node(std::size_t number) const {
    return std::span(nodes).subspan((number - 1) * node_bytes, node_bytes);
  }
};

/// Packs the boxes of rows along a Hilbert curve through their centres. Rows with an empty box have no entry; numbers
/// are rounded outwards to single precision as SQLite does. `ids` differ; both spans have an element per row.
/// `node_bytes` is the size that SQLite chose for the root when it made the tables. The same rows give the same tree.
[[nodiscard]] PackedTree pack_tree(std::span<std::int64_t const> ids, std::span<Box const> boxes,
                                   std::size_t node_bytes);

}  // namespace terrein::gpkg
