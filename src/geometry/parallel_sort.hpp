#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "terrein/core/parallel.hpp"

namespace terrein {

/// Sorts pieces side by side and merges them in pairs. `less` must tell all different items apart: then the result is
/// the same for any number of workers.
template <class Item, class Less>
void parallel_sort(std::vector<Item>& items, unsigned workers, Less const& less) {
  constexpr std::size_t few = 4096;  // not worth a second thread
  std::size_t pieces = 1;
  while (pieces < workers && items.size() / pieces > few) pieces *= 2;
  auto const at = [&](std::size_t piece) {
    return items.begin() + static_cast<std::ptrdiff_t>(items.size() * piece / pieces);
  };
  parallel_chunks(pieces, workers, 1,
                  [&](unsigned, std::size_t piece, std::size_t) { std::sort(at(piece), at(piece + 1), less); });
  for (std::size_t step = 1; step < pieces; step *= 2)
    parallel_chunks(pieces / (2 * step), workers, 1, [&](unsigned, std::size_t pair, std::size_t) {
      std::size_t const first = 2 * step * pair;
      std::inplace_merge(at(first), at(first + step), at(first + 2 * step), less);
    });
}

}  // namespace terrein
