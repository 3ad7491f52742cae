#pragma once

#include <optional>
#include <string>
#include <vector>

#include "demand_table.hpp"

namespace terrein {

/// What came of land that may meet demand.
enum class SupplyState { counted, counted_before, outside, unknown };
/// "counted", "double" (most of it lies in land of an earlier step), "outside" (in no subregion), "unknown" (its
/// hectares are not known)
[[nodiscard]] std::string_view to_string(SupplyState state);

/// Land of one step.
struct FoundSupply {
  SupplyItem item;    ///< its area without what earlier steps have; 0 unless it counts
  std::string layer;  ///< key, or that of the assembly
  SupplyState state = SupplyState::counted;
  std::optional<double> area_ha;        ///< of its shape
  std::optional<double> supply_ha;      ///< net, before what earlier steps have is taken off
  double double_share = 0;              ///< of its shape in land of earlier steps that counts
  std::optional<double> open_space_ha;  ///< in its shape, of a new site
};

/// All land of the steps of a study, step after step, in the order of the rows of their layers. Land in several steps
/// counts in the first: what is over of it, or nothing where more than half is gone.
[[nodiscard]] std::vector<FoundSupply> find_supply(DemandSpec const& spec, MadeFrom const& from,
                                                   Subregions const& regions);

}  // namespace terrein
