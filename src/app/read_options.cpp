#include <algorithm>

#include "change_layers.hpp"
#include "layer_steps.hpp"
#include "terrein/core/row_filter.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

bool is_member(LayerConfig const& combined, std::string const& key) {
  return std::any_of(combined.combine.begin(), combined.combine.end(),
                     [&key](auto const& group) { return std::find(group.begin(), group.end(), key) != group.end(); });
}

/// Attributes of a layer that say something of bound land.
std::vector<std::string> bound_fields(BoundLandSpec const& spec, std::string const& key) {
  std::vector<std::string> out;
  if (spec.banks.layer == key) out.insert(out.end(), {spec.section_field, spec.cemt_field});
  if (spec.use.layer == key) out.insert(out.end(), {spec.use.id, spec.use.tonnes, spec.use.year});
  if (spec.parks == key) out.push_back(spec.park_field);
  return out;
}

/// Attributes of a layer that say something of the places that chains pass.
std::vector<std::string> chain_fields(ChainSpec const& spec, std::string const& key) {
  std::vector<std::string> out;
  if (spec.destinations == key) out.push_back(spec.weight_field);
  if (spec.terminals == key) out.insert(out.end(), {spec.capacity_field, spec.hours_field, spec.track_field});
  return out;
}

}  // namespace

ReadOptions read_options(Study const& study, LayerConfig const& config) {
  ReadOptions out;
  out.name = config.key;
  out.path = config.path;
  out.written = config.written;
  out.layer = config.layer;
  out.geometry = config.geometry;
  out.where = config.where;
  out.id_field = config.id;
  out.crs = config.crs;
  out.crs_override = config.crs_override;
  out.swap_axes = config.swap_axes;
  out.x_field = config.x;
  out.y_field = config.y;
  out.coordinates_field = config.coordinates;
  out.shapes = !config.join;
  if (config.row_crs) out.crs_field = config.row_crs->field;
  out.curve_tolerance_m = study.curve_tolerance_m;
  auto const need = [&out](std::string const& field) {
    if (!field.empty()) out.fields.push_back(field);
  };
  need(config.classes.field);
  for (ClassTable const& fallback : config.classes.fallback) out.optional_fields.push_back(fallback.field);
  for (FieldRename const& rename : config.renames) out.optional_fields.push_back(rename.from);
  if (config.approximate) need(config.approximate->field);
  if (config.graph)
    for (std::string const& field : fields_of(*config.graph)) need(field);
  if (config.gates)
    for (std::string const& field : RowFilter::parse(config.gates->where).fields()) need(field);
  if (config.slip_roads) need(config.slip_roads->field);
  for (LayerChange const* change : changes_of(study, config))
    for (std::string const& field : RowFilter::parse(change->close_where).fields()) need(field);
  for (std::string const& field : {config.decided, config.phase})
    if (!field.empty()) out.optional_fields.push_back(field);
  if (study.area.layer == config.key) need(study.area.field);
  if (study.borders.layer == config.key) need(study.borders.field);
  bool const is_candidates = config.key == study.candidates;
  for (CriterionSpec const& spec : study.criteria) {
    bool const own = spec.measure.starts_with("own_");
    if (own ? is_candidates : spec.layer == config.key)
      (spec.shipped ? out.optional_fields : out.fields).push_back(spec.field);
    std::string const& demand = spec.access.demand;
    if (spec.measure == "catchment" && (demand.empty() ? is_candidates : demand == config.key))
      need(spec.access.demand_field);
  }
  for (auto const& [key, chains] : study.chains) {
    for (std::string const& field : chain_fields(chains, config.key)) need(field);
    if (chains.rail && chains.rail->own == config.key) out.optional_fields.push_back(chains.track_field);
  }
  for (CriterionSpec const& spec : study.criteria)  // of a layer that is made of this one and others
    for (auto const& [key, field] :
         {std::pair{spec.layer, spec.field}, std::pair{spec.access.demand, spec.access.demand_field}})
      if (LayerConfig const* layer = study.find_layer(key); layer != nullptr && is_member(*layer, config.key))
        out.optional_fields.push_back(field);
  for (BoundLandSpec const& bound : study.bound_land)
    for (std::string const& field : bound_fields(bound, config.key)) need(field);
  for (std::string const& field : fields_of(study.demand, config.key)) need(field);
  for (std::string const& field : optional_fields_of(study.demand, config.key)) out.optional_fields.push_back(field);
  if (is_candidates)
    for (std::string const& field : study.output.keep) need(field);
  if (is_candidates)
    for (AssemblySpec const& spec : study.assembly) need(spec.owner_field);
  for (FieldRename const& rename : config.renames)  // comes from another attribute of the source
    std::erase_if(out.fields, [&rename](std::string const& field) { return field == rename.name; });
  for (AddConfig const& added : config.added)  // comes from another table
    for (std::string const& name : added.fields)
      for (auto* fields : {&out.fields, &out.optional_fields})
        std::erase_if(*fields, [&name](std::string const& field) { return lower(field) == lower(name); });
  if (config.row_crs) need(config.row_crs->field);
  if (config.join) need(config.join->key);
  for (AddConfig const& added : config.added) need(added.on);
  for (LayerConfig const& other : study.layers)
    if (other.join && other.join->layer == config.key) need(other.join->on);
  std::erase(out.fields, "");
  std::erase(out.optional_fields, "");
  auto const& originals = study.output.originals;
  out.keep_original = std::find(originals.begin(), originals.end(), config.key) != originals.end();
  out.all_fields = is_candidates && study.output.keep_all;
  for (std::string const& key : study.output.context)
    out.all_fields = out.all_fields || key == config.key || is_member(*study.find_layer(key), config.key);
  return out;
}

}  // namespace terrein
