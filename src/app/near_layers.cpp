#include "near_layers.hpp"

#include <algorithm>
#include <cmath>

namespace terrein {
namespace {

bool names(std::vector<std::string> const& keys, std::string const& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// Whether another layer is made of this one, takes its shapes, or is complete where they are.
bool serves_layers(Study const& study, std::string const& key) {
  return std::any_of(study.layers.begin(), study.layers.end(), [&](LayerConfig const& other) {
    bool const combined = std::any_of(other.combine.begin(), other.combine.end(),
                                      [&](std::vector<std::string> const& group) { return names(group, key); });
    return combined || other.slip_roads_of == key || other.coverage == key || (other.join && other.join->layer == key);
  });
}

bool serves_chains(Study const& study, std::string const& key) {
  return std::any_of(study.chains.begin(), study.chains.end(),
                     [&key](auto const& chains) { return names(layers_of(chains.second), key); });
}

bool serves_sites(Study const& study, std::string const& key) {
  return std::any_of(study.assembly.begin(), study.assembly.end(),
                     [&key](AssemblySpec const& spec) { return names(layers_of(spec), key); });
}

bool has_other_use(Study const& study, LayerConfig const& config) {
  std::string const& key = config.key;
  return key == study.candidates || key == study.area.layer || key == study.borders.layer || config.graph ||
         config.derived() || config.raster || config.join || config.row_crs || config.fabric.value_or(false) ||
         names(study.output.context, key) || names(study.output.originals, key) || serves_layers(study, key) ||
         serves_chains(study, key) || serves_sites(study, key) || names(layers_of(study.demand), key) ||
         std::any_of(study.reach.begin(), study.reach.end(),
                     [&key](ReachSpec const& spec) { return spec.layer == key; });
}

}  // namespace

std::optional<double> reach_of(Study const& study, LayerConfig const& config) {
  if (has_other_use(study, config)) return std::nullopt;
  constexpr double slack = 1;  // repair may move a shape by roundings
  std::optional<double> reach;
  auto const add = [&](double one) { reach = std::max(reach.value_or(0), one + slack); };
  for (CriterionSpec const& spec : study.criteria)
    if (auto const one = reach_into(spec, config.key)) add(*one);
  for (auto const& [rule, cut] : study.cuts)
    if (cut.layer == config.key) add(cut.buffer_m);
  for (LayerConfig const& network : study.layers)
    if (network.gates)
      for (BarrierSpec const& barrier : network.gates->barriers)
        if (barrier.layer == config.key) add(network.gates->tolerance_m);
  for (BoundLandSpec const& bound : study.bound_land)
    if (auto const one = reach_into(bound, config.key)) add(*one);
  return reach && std::isfinite(*reach) ? reach : std::nullopt;
}

bool tells_what_is_near(Study const& study, LayerConfig const& candidates, ReadResult const& read) {
  if (candidates.derived() || candidates.raster || candidates.join || candidates.row_crs) return false;
  Crs const& crs = read.layer.crs;
  return crs.known() && crs.projected && (study.crs.empty() || same_crs(crs, crs_from(study.crs)));
}

}  // namespace terrein
