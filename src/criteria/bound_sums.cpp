#include <cmath>
#include <functional>
#include <map>

#include "criteria/selection.hpp"
#include "terrein/criteria/bound_land.hpp"

namespace terrein {
namespace {

using SquareMillimetres = std::int64_t;

/// Sums are the same in any order because they are whole.
struct Whole {
  std::size_t plots = 0;
  SquareMillimetres area = 0, potential = 0, used = 0, in_name = 0, presumed = 0, unknown = 0, doubtful = 0,
                    other_used = 0, suitable = 0, free = 0, fitting = 0, possible = 0;

  void add(BoundPlot const& plot) {
    auto const area_of = static_cast<SquareMillimetres>(std::llround(plot.area_m2 * 1e6));
    bool const destined = plot.destined == Answer::yes;
    auto const add_if = [&](SquareMillimetres& sum, bool counts) { sum += counts ? area_of : 0; };
    ++plots;
    area += area_of;
    add_if(potential, destined);
    add_if(used, plot.group == BoundClass::effective);
    add_if(in_name, plot.group == BoundClass::in_name);
    add_if(presumed, plot.group == BoundClass::presumed);
    add_if(unknown, destined && plot.group == BoundClass::unknown);
    add_if(doubtful, plot.destined == Answer::unknown);
    add_if(other_used, plot.destined == Answer::no && plot.used == Answer::yes);
    add_if(suitable, destined && plot.suited_low == Suited::suitable);
    add_if(free, destined && plot.free == Answer::yes);
    add_if(fitting, destined && plot.free == Answer::yes && plot.suited_low == Suited::suitable);
    add_if(possible, plot.destined != Answer::no && plot.free != Answer::no && plot.suited_high == Suited::suitable);
  }
};

double hectares(SquareMillimetres area) { return static_cast<double>(area) / 1e10; }

BoundSums sums_of(std::string kind, std::optional<std::string> name, Whole const& whole, bool asks_free,
                  std::optional<double> demand) {
  BoundSums out;
  out.kind = std::move(kind);
  out.name = std::move(name);
  out.plots = whole.plots;
  out.area_ha = hectares(whole.area);
  out.potential_ha = hectares(whole.potential);
  out.used_ha = hectares(whole.used);
  out.in_name_ha = hectares(whole.in_name);
  out.presumed_ha = hectares(whole.presumed);
  out.unknown_ha = hectares(whole.unknown);
  out.doubtful_ha = hectares(whole.doubtful);
  out.other_used_ha = hectares(whole.other_used);
  out.suitable_ha = hectares(whole.suitable);
  out.demand_ha = demand;
  if (!asks_free) return out;
  out.free_ha = hectares(whole.free);
  out.fitting_ha = hectares(whole.fitting);
  out.possible_ha = hectares(whole.possible);
  if (demand) out.shortage_ha = *demand - *out.fitting_ha;
  return out;
}

std::optional<double> at(std::map<std::string, double> const& demand, std::string const& name) {
  auto const found = demand.find(name);
  return found == demand.end() ? std::nullopt : std::optional(found->second);
}

/// Plots by name, those with a demand too where there are no plots; those without a name last.
void add_groups(std::string const& kind, BoundLand const& land, bool asks_free,
                std::function<std::optional<std::string>(BoundPlot const&)> const& name_of,
                std::map<std::string, double> const& demand, std::vector<BoundSums>& out) {
  std::map<std::string, Whole> named;
  Whole nameless;
  for (auto const& [name, asked] : demand) named[name] = {};
  for (BoundPlot const& plot : land.plots) {
    auto const name = name_of(plot);
    (name ? named[*name] : nameless).add(plot);
  }
  for (auto const& [name, whole] : named) out.push_back(sums_of(kind, name, whole, asks_free, at(demand, name)));
  if (nameless.plots > 0) out.push_back(sums_of(kind, std::nullopt, nameless, asks_free, std::nullopt));
}

}  // namespace

std::string name_of_row(Layer const& layer, std::string const& field, Row row) {
  AnyColumn const* const names = field.empty() ? nullptr : layer.attributes.find(field);
  auto const name = names == nullptr ? std::nullopt : text_of(*names, row);
  return name.value_or(layer.id[row]);
}

std::vector<BoundSums> bound_sums(BoundLandSpec const& spec, BoundLand const& land, Inputs const& inputs) {
  std::vector<BoundSums> out;
  bool const asks_free = spec.free.asked();
  if (!spec.parks.empty()) {
    Layer const& parks = inputs.layers->at(spec.parks).layer;
    auto const name_of = [&](BoundPlot const& plot) {
      return plot.park == no_row ? std::nullopt : std::optional(name_of_row(parks, spec.park_field, plot.park));
    };
    add_groups("park", land, asks_free, name_of, spec.park_demand_ha, out);
  }
  Layer const& banks = inputs.layers->at(spec.banks.layer).layer;
  auto const section_of = [&](BoundPlot const& plot) {
    return plot.section == no_row ? std::nullopt : std::optional(name_of_row(banks, spec.section_field, plot.section));
  };
  add_groups("section", land, asks_free, section_of, spec.section_demand_ha, out);
  Whole all;
  for (BoundPlot const& plot : land.plots) all.add(plot);
  out.push_back(sums_of("total", std::nullopt, all, asks_free, spec.demand_ha));
  return out;
}

}  // namespace terrein
