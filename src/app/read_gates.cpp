#include <algorithm>

#include "study_parts.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

void read_gates(TomlTable& table, LayerConfig& out) {
  TomlTable gates = table.table("gates");
  if (!gates.exists()) return;
  GateRules rules;
  rules.tolerance_m = gates.number("tolerance_m").value_or(rules.tolerance_m);
  if (rules.tolerance_m < 0) gates.problem("tolerance_m", "cannot be negative.");
  rules.not_on = gates.texts("not_on");
  rules.where = read_filter(gates);
  TomlTable barriers = gates.table("barriers");
  for (std::string const& key : barriers.keys()) {
    TomlTable barrier = barriers.table(key);
    rules.barriers.push_back({barrier.text_or("layer", key), barrier.texts("classes")});
    barrier.finish();
  }
  gates.finish();
  out.gates = std::move(rules);
}

void check_gates(TomlTable& layers, std::vector<LayerConfig> const& all) {
  std::vector<std::string> features;
  for (LayerConfig const& layer : all)
    if (!layer.raster) features.push_back(layer.key);
  for (LayerConfig const& layer : all) {
    if (!layer.gates) continue;
    TomlTable gates = layers.table(layer.key).table("gates");
    if (!layer.graph)
      gates.problem("", "need a network: say in `graph` how the lines of layer '" + layer.key + "' connect.");
    for (BarrierSpec const& barrier : layer.gates->barriers)
      if (std::find(features.begin(), features.end(), barrier.layer) == features.end())
        gates.problem("barriers", "the study has no layer of features '" + barrier.layer + "'." +
                                      suggestion(barrier.layer, features));
  }
}

}  // namespace terrein
