#include <algorithm>

#include "layer_steps.hpp"

namespace terrein {

ReadOptions read_options(Study const& study, LayerConfig const& config) {
  ReadOptions out;
  out.name = config.key;
  out.path = config.path;
  out.written = config.written;
  out.layer = config.layer;
  out.where = config.where;
  out.id_field = config.id;
  out.crs = config.crs;
  out.crs_override = config.crs_override;
  out.swap_axes = config.swap_axes;
  out.curve_tolerance_m = study.curve_tolerance_m;
  auto const need = [&out](std::string const& field) {
    if (!field.empty()) out.fields.push_back(field);
  };
  need(config.classes.field);
  for (ClassTable const& fallback : config.classes.fallback) out.optional_fields.push_back(fallback.field);
  for (FieldRename const& rename : config.renames) out.optional_fields.push_back(rename.from);
  if (config.approximate) need(config.approximate->field);
  if (config.graph) {
    for (std::string const& field : {config.graph->from_field, config.graph->to_field, config.graph->speed_field,
                                     config.graph->class_field, config.graph->oneway_field})
      need(field);
  }
  if (study.area.layer == config.key) need(study.area.field);
  bool const is_candidates = config.key == study.candidates;
  for (CriterionSpec const& spec : study.criteria) {
    bool const own = spec.measure.starts_with("own_");
    if (own ? is_candidates : spec.layer == config.key)
      (spec.shipped ? out.optional_fields : out.fields).push_back(spec.field);
  }
  if (is_candidates)
    for (std::string const& field : study.output.keep) need(field);
  for (FieldRename const& rename : config.renames)  // comes from another attribute of the source
    std::erase_if(out.fields, [&rename](std::string const& field) { return field == rename.name; });
  std::erase(out.fields, "");
  std::erase(out.optional_fields, "");
  auto const& originals = study.output.originals;
  out.keep_original = std::find(originals.begin(), originals.end(), config.key) != originals.end();
  auto const& context = study.output.context;
  out.all_fields = (is_candidates && study.output.keep_all) ||
                   std::find(context.begin(), context.end(), config.key) != context.end();
  return out;
}

}  // namespace terrein
