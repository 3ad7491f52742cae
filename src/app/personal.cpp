#include "personal.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "layer_steps.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

bool is_personal(LayerConfig const& config, std::string const& attribute) {
  return std::any_of(config.personal.begin(), config.personal.end(),
                     [&](std::string const& one) { return lower(one) == lower(attribute); });
}

void add_personal(LayerConfig& config, std::string const& attribute) {
  if (!attribute.empty() && !is_personal(config, attribute)) config.personal.push_back(attribute);
}

/// An attribute stays personal under another name and in a layer made of others; who owns a parcel always is.
void spread(Study& study) {
  for (AssemblySpec const& spec : study.assembly)
    for (LayerConfig& config : study.layers)
      if (config.key == study.candidates) add_personal(config, spec.owner_field);
  for (LayerConfig& config : study.layers)
    for (FieldRename const& rename : config.renames)
      if (is_personal(config, rename.from)) add_personal(config, rename.name);
  for (LayerConfig& config : study.layers) {
    std::vector<std::string> members{config.slip_roads_of};
    for (auto const& group : config.combine) members.insert(members.end(), group.begin(), group.end());
    for (std::string const& member : members)
      if (LayerConfig const* layer = study.find_layer(member); layer != nullptr && layer != &config)
        for (std::string const& attribute : std::vector<std::string>(layer->personal)) add_personal(config, attribute);
  }
}

[[noreturn]] void refuse(LayerConfig const& config, std::string const& attribute, std::string const& use) {
  throw_error(ErrorKind::config,
              "Attribute '{}' of layer '{}' is about persons, and as {} its values would show in the result. Take "
              "another attribute, or run with --audience intern for a result that stays inside.",
              attribute, config.key, use);
}

void check_layer(LayerConfig const& config) {
  auto const forbid = [&](std::string const& attribute, std::string const& use) {
    if (is_personal(config, attribute)) refuse(config, attribute, use);
  };
  forbid(config.id, "id");
  forbid(config.classes.field, "class");
  for (ClassTable const& fallback : config.classes.fallback) forbid(fallback.field, "class");
  forbid(config.phase, "phase");
  forbid(config.decided, "date");
  if (config.row_crs) forbid(config.row_crs->field, "label of a CRS");
  if (config.join) forbid(config.join->key, "key of a join");
  for (AddConfig const& added : config.added) forbid(added.on, "key of a join");
  if (config.graph)
    for (std::string const& field : fields_of(*config.graph)) forbid(field, "part of a network");
}

/// Sums and counts over many features tell of nobody; a value of one feature does.
void check_criterion(Study const& study, CriterionSpec const& spec) {
  bool const own = spec.measure == "own_attribute" || spec.measure == "own_class";
  if (!own && spec.measure != "in_attribute" && spec.measure != "in_class") return;
  LayerConfig const* layer = study.find_layer(own ? study.candidates : spec.layer);
  if (layer != nullptr && !spec.field.empty() && is_personal(*layer, spec.field))
    refuse(*layer, spec.field, "criterion '" + spec.key + "'");
}

void check_for_others(Study const& study) {
  for (LayerConfig const& config : study.layers) {
    check_layer(config);
    if (config.join)
      if (LayerConfig const* on = study.find_layer(config.join->layer);
          on != nullptr && is_personal(*on, config.join->on))
        refuse(*on, config.join->on, "key of a join");
  }
  for (auto const& [key, field] :
       {std::pair{study.borders.layer, study.borders.field}, {study.area.layer, study.area.field}})
    if (LayerConfig const* layer = study.find_layer(key); layer != nullptr && is_personal(*layer, field))
      refuse(*layer, field, "name of an area");
  for (CriterionSpec const& spec : study.criteria) check_criterion(study, spec);
}

}  // namespace

Study with_audience(Study study, std::optional<Audience> wanted) {
  if (wanted) study.output.audience = *wanted;
  spread(study);
  if (study.output.audience == Audience::others) check_for_others(study);
  return study;
}

bool is_hidden(Study const& study, LayerConfig const& config, std::string const& attribute) {
  return study.output.audience == Audience::others && is_personal(config, attribute);
}

/// A misspelt name would let persons out: where all attributes are read, each that the study names must be there.
static void check_named(LayerConfig const& config, std::vector<std::string> const& there) {
  for (std::string const& named : config.personal_named) {
    auto const is_named = [&named](std::string const& name) { return lower(name) == lower(named); };
    if (std::none_of(there.begin(), there.end(), is_named))
      throw_error(ErrorKind::input, "[layers.{}] personal: the layer has no attribute '{}'.{}", config.key, named,
                  suggestion(named, there));
  }
}

/// What others may know of an attribute: how many rows have it, how many values there are, the share of the commonest.
static std::string counts_of(AnyColumn const& column) {
  std::map<std::string, std::size_t> rows_of;
  std::size_t filled = 0, most = 0;
  for (std::size_t row = 0; row < size_of(column); ++row)
    if (auto const value = text_at(column, row)) {
      ++filled;
      most = std::max(most, ++rows_of[*value]);
    }
  if (filled == 0) return name_of(column) + " (no row has it)";
  return fmt::format("{} ({} of {} rows have it, {} values, the commonest in {:.0f} % of those rows)", name_of(column),
                     filled, size_of(column), rows_of.size(),
                     100 * static_cast<double>(most) / static_cast<double>(filled));
}

Table without_personal(Study const& study, LayerConfig const& config, Table table, std::vector<std::string> left_out,
                       Issues& issues) {
  if (config.personal.empty() || study.output.audience == Audience::intern) return table;
  ReadOptions const options = read_options(study, config);
  if (options.all_fields) check_named(config, table.names());
  std::vector<std::string> used = options.fields;
  used.insert(used.end(), options.optional_fields.begin(), options.optional_fields.end());
  if (config.key == study.candidates)
    for (std::string const& keep : study.output.keep)  // asked for the result alone
      if (auto const it = std::find(used.begin(), used.end(), keep); it != used.end()) used.erase(it);
  Table out(table.rows());
  for (AnyColumn const& column : table.columns()) {
    std::string const& name = name_of(column);
    bool const hidden = is_personal(config, name);
    if (hidden) {
      std::erase(left_out, name);
      left_out.push_back(counts_of(column));
    }
    bool const measured =
        std::any_of(used.begin(), used.end(), [&](std::string const& field) { return lower(field) == lower(name); });
    if (!hidden || measured) out.add(column);
  }
  if (!left_out.empty())
    issues.add({.layer = config.key,
                .stage = "read",
                .code = "personal_left_out",
                .severity = Severity::note,
                .text = fmt::format("Attributes about persons are not in this result for others: {}. Run with "
                                    "--audience intern for one that stays inside and has them.",
                                    join(left_out, ", "))});
  return out;
}

std::vector<std::string> leave_out_personal(Study const& study, LayerConfig const& config, OriginalRows& rows) {
  std::vector<std::string> out, there;
  for (OriginalField const& field : rows.fields) there.push_back(field.name);
  if (study.output.audience == Audience::others && config.added.empty()) check_named(config, there);
  std::erase_if(rows.fields, [&](OriginalField const& field) {
    bool const hidden = is_hidden(study, config, field.name);
    if (hidden) out.push_back(field.name);
    return hidden;
  });
  return out;
}

bool is_left_out_as_personal(Study const& study, std::string const& column) {
  return is_hidden(study, *study.find_layer(study.candidates), column);
}

void check_own_form(Study const& study, Additions const& additions) {
  if (study.output.audience == Audience::intern || !reads_own_form(study)) return;
  for (Addition const& one : additions.rows())
    if (one.by || is_left_out_as_personal(study, one.field))
      throw_error(ErrorKind::config,
                  "The additions in '{}' tell of persons (column by, or an attribute about persons), and a result for "
                  "others cannot carry them over. Run with --audience intern, or copy them to a file of their own and "
                  "name that as [additions] source.",
                  study.output.file.string());
}

}  // namespace terrein
