#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "geometry/edge_runs.hpp"
#include "terrein/geometry/layer.hpp"
#include "terrein/geometry/spatial_index.hpp"

namespace terrein {

/// Which rows of a group of a cover layer have land in common, so that their areas may not just be added up. Made once,
/// read by all workers; rows that lie outside `near` are not looked at.
class CommonLand {
 public:
  CommonLand(Layer const& cover, EdgeRuns const& runs, SpatialIndex const& index, std::span<std::uint32_t const> group,
             Box const& near, unsigned workers);

  /// Whether two of the rows, all of one group, may cover the same land.
  [[nodiscard]] bool any(std::span<Row const> rows) const;

 private:
  bool crowded_ = false;                      ///< too many rows on one place to compare them all: any two may
  std::vector<std::pair<Row, Row>> meeting_;  ///< smaller row first, sorted
};

}  // namespace terrein
