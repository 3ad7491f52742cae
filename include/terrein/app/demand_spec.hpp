#pragma once

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "terrein/criteria/inputs.hpp"
#include "terrein/decision/demand.hpp"

namespace terrein {

/// [demand.supply.<step>]: areas of land that can meet demand, and their attributes; an empty name = not known.
struct SupplySpec {
  BarrierSpec rows;       ///< no key = the step is not looked at
  std::string ha;         ///< hectares; empty = the area of the shape
  double net_factor = 1;  ///< of them
  std::string kind, plot_size, water;

  [[nodiscard]] bool asked() const noexcept { return !rows.layer.empty(); }
};

/// [demand]: a table of demanded hectares, and the supply that it is met by.
struct DemandSpec {
  std::string table;                           ///< key of a layer; empty = not asked
  std::map<std::string, std::string> columns;  ///< by what they mean (`demand_columns`): their names in the table
  std::set<std::string> named;                 ///< of these, those that the study names itself: they must be there
  std::string subregions, subregion_field;     ///< key of a layer of areas, and its attribute with their names
  std::array<SupplySpec, supply_steps - 1> supply;
  std::string new_sites;   ///< key of an assembly; empty = none
  BarrierSpec open_space;  ///< no key = not known

  [[nodiscard]] bool asked() const noexcept { return !table.empty(); }
  [[nodiscard]] bool asks(SupplyStep step) const noexcept {
    auto const at = static_cast<std::size_t>(step);
    return at < supply.size() ? supply[at].asked() : !new_sites.empty();
  }
};

/// What columns of the table may mean; without more, each has this name.
[[nodiscard]] std::vector<std::string> const& demand_columns();

/// Keys of all layers that it looks at; a key may come twice.
[[nodiscard]] std::vector<std::string> layers_of(DemandSpec const& spec);
/// Attributes of a layer that it must have, and those of the table that count where they are there.
[[nodiscard]] std::vector<std::string> fields_of(DemandSpec const& spec, std::string const& layer);
[[nodiscard]] std::vector<std::string> optional_fields_of(DemandSpec const& spec, std::string const& layer);

}  // namespace terrein
