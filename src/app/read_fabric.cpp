#include <cmath>

#include "study_parts.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// A limit: from 0 on, or above it.
void read_limit(TomlTable& table, std::string_view key, bool above_zero, double& out) {
  auto const value = table.number(key);
  if (!value) return;
  out = *value;
  if (above_zero ? !(out > 0) : out < 0) table.problem(key, above_zero ? "must be above 0." : "cannot be negative.");
}

}  // namespace

void read_fabric(TomlTable& table, LayerConfig& out) {
  if (table.has("fabric") && !table.has_table("fabric")) {
    out.fabric = table.boolean("fabric");
    return;
  }
  TomlTable fabric = table.table("fabric");
  if (!fabric.exists()) return;
  FabricOptions& limits = out.fabric_limits;
  out.fabric = true;
  read_limit(fabric, "overlap_m2", false, limits.overlap_m2);
  read_limit(fabric, "tolerance_m", true, limits.tolerance_m);
  read_limit(fabric, "sliver_width_m", false, limits.sliver_width_m);
  read_limit(fabric, "tiny_m2", false, limits.tiny_m2);
  read_limit(fabric, "gap_width_m", false, limits.gap_width_m);
  double most = static_cast<double>(limits.list_most);
  read_limit(fabric, "list_most", false, most);
  if (most != std::floor(most) || most > 1e9)
    fabric.problem("list_most", "must be a whole number up to 1000000000.");
  else if (most >= 0)
    limits.list_most = static_cast<std::size_t>(most);
  fabric.finish();
}

void read_common_land(TomlTable& table, Study& study) {
  std::string const policy = table.text_or("overlaps", to_string(study.overlaps));
  for (CommonLand const one : {CommonLand::keep, CommonLand::first, CommonLand::split, CommonLand::quarantine})
    if (policy == to_string(one)) {
      study.overlaps = one;
      return;
    }
  table.problem("overlaps", "'" + policy + "' is not one of keep, first, split, quarantine.");
}

void read_borders(TomlTable& table, Study& study) {
  study.borders.layer = table.text_or("borders", "");
  study.borders.field = table.text_or("border_field", "");
  read_limit(table, "border_m2", false, study.borders.least_m2);
  if (!study.borders.layer.empty()) return;
  for (char const* key : {"border_field", "border_m2"})
    if (table.has(key)) table.problem(key, "needs `borders`, the key of a polygon layer.");
}

void check_fabric_keys(TomlTable& root, Study const& study) {
  LayerConfig const* const candidates = study.find_layer(study.candidates);
  if (study.overlaps != CommonLand::keep && candidates != nullptr && !candidates->fabric.value_or(true))
    root.table("study").problem(
        "overlaps", "has no effect while [layers." + study.candidates + "] says fabric = false; remove one of them.");
  std::string const& key = study.borders.layer;
  if (key.empty() || (study.find_layer(key) != nullptr && key != study.candidates)) return;
  TomlTable table = root.table("study");
  std::vector<std::string> known;
  for (LayerConfig const& layer : study.layers)
    if (layer.key != study.candidates) known.push_back(layer.key);
  table.problem("borders", key == study.candidates ? "'" + key + "' are the candidates themselves."
                                                   : "the study has no layer '" + key + "'." + suggestion(key, known));
}

}  // namespace terrein
