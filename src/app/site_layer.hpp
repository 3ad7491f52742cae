#pragma once

#include <memory>
#include <vector>

#include "assemble.hpp"
#include "terrein/geometry/developable.hpp"

namespace terrein {

/// Sites and alternatives as candidates of their own: measured and judged anew, not averaged from their parcels.
struct SiteLayer {
  struct Entry {
    Assembly const* assembly = nullptr;
    AssembledSite const* site = nullptr;
  };
  std::vector<Entry> entries;
  std::unique_ptr<Study const> study;  ///< that of the run, without what people know better of single candidates
  MeasuringLayer sites;                ///< a row per entry: outline, and attributes that all parcels have alike
  Judgement judgement;
  std::vector<double> parcels_ha, developable_ha, too_small_ha, speck_ha;
  std::vector<std::uint32_t> parts;                     ///< of developable land
  std::vector<std::optional<std::string>> level, kind;  ///< by what the study says or plans; nothing = unknown
};

/// Entries are the sites of all sets in the order of the study, then their alternatives. The assemblies must outlive
/// it.
[[nodiscard]] std::unique_ptr<SiteLayer> measure_sites(std::vector<Assembly> const& assemblies, MadeFrom const& from);

}  // namespace terrein
