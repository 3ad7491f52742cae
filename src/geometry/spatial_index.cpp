#include "terrein/geometry/spatial_index.hpp"

namespace terrein {

void SpatialIndex::query(Box const& box, std::vector<std::uint32_t>& hits) const {
  auto const before = static_cast<std::ptrdiff_t>(hits.size());
  tree_.query(box, [&](std::uint32_t place) { hits.push_back(tree_.order()[place]); });
  std::sort(hits.begin() + before, hits.end());
}

}  // namespace terrein
