#include <algorithm>
#include <cmath>

#include "study_parts.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

BarrierSpec read_rows(TomlTable& table) {
  BarrierSpec out{table.text_or("layer", ""), table.texts("classes")};
  if (table.exists() && out.layer.empty()) table.problem("layer", "is missing: the key of a layer.");
  return out;
}

SupplySpec read_supply(TomlTable table) {
  SupplySpec out;
  out.rows = read_rows(table);
  out.ha = table.text_or("ha", "");
  if (auto const factor = table.number("net_factor")) {
    if (!(*factor >= 0 && *factor <= 1)) table.problem("net_factor", "must be a share from 0 to 1.");
    out.net_factor = *factor;
  }
  out.kind = table.text_or("kind", "");
  out.plot_size = table.text_or("plot_size", "");
  out.water = table.text_or("water", "");
  table.finish();
  return out;
}

/// Keys of layers, with where the study names them.
std::vector<std::pair<std::string, std::string>> named_layers(DemandSpec const& spec) {
  std::vector<std::pair<std::string, std::string>> out{
      {"table", spec.table}, {"subregions", spec.subregions}, {"open_space", spec.open_space.layer}};
  for (SupplySpec const& one : spec.supply) out.emplace_back("supply", one.rows.layer);
  std::erase_if(out, [](auto const& one) { return one.second.empty(); });
  return out;
}

}  // namespace

std::vector<std::string> const& demand_columns() {
  static std::vector<std::string> const names{
      "subregion",  "kind",        "plot_size",   "sector",    "jobs_change", "jobs_low",      "jobs_high",
      "park_share", "m2_per_job",  "m2_low",      "m2_high",   "demography",  "mixed_share",   "space_trend",
      "latent_ha",  "water_share", "stock_years", "yearly_ha", "demand_ha",   "demand_low_ha", "demand_high_ha"};
  return names;
}

DemandSpec read_demand(TomlTable& root) {
  DemandSpec out;
  TomlTable table = root.table("demand");
  if (!table.exists()) return out;
  out.table = table.text_or("table", "");
  if (out.table.empty()) table.problem("table", "is missing: the key of a layer, the table of demand.");
  TomlTable columns = table.table("columns");
  for (std::string const& name : demand_columns()) {
    auto const given = columns.text(name);
    out.columns[name] = given.value_or(name);
    if (given) out.named.insert(name);
  }
  columns.finish();
  TomlTable regions = table.table("subregions");
  out.subregions = regions.text_or("layer", "");
  out.subregion_field = regions.text_or("field", "");
  if (out.subregions.empty()) regions.problem("layer", "is missing: the key of a layer of areas.");
  regions.finish();
  TomlTable supply = table.table("supply");
  for (std::size_t step = 0; step < out.supply.size(); ++step)
    out.supply[step] = read_supply(supply.table(to_string(static_cast<SupplyStep>(step))));
  out.new_sites = supply.text_or("new_sites", "");
  supply.finish();
  TomlTable open = table.table("open_space");
  out.open_space = read_rows(open);
  open.finish();
  table.finish();
  return out;
}

void check_demand(TomlTable& root, Study const& study) {
  if (!study.demand.asked()) return;
  TomlTable table = root.table("demand");
  std::vector<std::string> layers, assemblies;
  for (LayerConfig const& layer : study.layers)
    if (!layer.raster) layers.push_back(layer.key);
  for (AssemblySpec const& spec : study.assembly) assemblies.push_back(spec.key);
  for (auto const& [key, layer] : named_layers(study.demand))
    if (std::find(layers.begin(), layers.end(), layer) == layers.end())
      table.problem(key, "the study has no layer of features '" + layer + "'." + suggestion(layer, layers));
  std::string const& sites = study.demand.new_sites;
  if (!sites.empty() && std::find(assemblies.begin(), assemblies.end(), sites) == assemblies.end())
    table.table("supply").problem("new_sites",
                                  "the study has no [assembly." + sites + "]." + suggestion(sites, assemblies));
}

std::vector<std::string> layers_of(DemandSpec const& spec) {
  std::vector<std::string> out;
  for (auto const& [key, layer] : named_layers(spec)) out.push_back(layer);
  return out;
}

std::vector<std::string> fields_of(DemandSpec const& spec, std::string const& layer) {
  std::vector<std::string> out;
  if (!spec.asked()) return out;
  if (spec.table == layer)
    for (std::string const& name : spec.named) out.push_back(spec.columns.at(name));
  if (spec.subregions == layer) out.push_back(spec.subregion_field);
  for (SupplySpec const& one : spec.supply)
    if (one.rows.layer == layer) out.insert(out.end(), {one.ha, one.kind, one.plot_size, one.water});
  return out;
}

std::vector<std::string> optional_fields_of(DemandSpec const& spec, std::string const& layer) {
  std::vector<std::string> out;
  if (spec.table != layer) return out;
  for (auto const& [name, column] : spec.columns) out.push_back(column);
  return out;
}

}  // namespace terrein
