#include <algorithm>
#include <set>

#include "study_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

void read_coordinates(TomlTable& table, LayerConfig& out) {
  out.x = table.text_or("x", "");
  out.y = table.text_or("y", "");
  out.coordinates = table.text_or("coordinates", "");
  if (out.x.empty() != out.y.empty())
    table.problem(out.x.empty() ? "y" : "x", "needs the other one: the coordinates stand in two columns, x and y.");
  if (!out.coordinates.empty() && !out.x.empty())
    table.problem("coordinates", "is one column with both coordinates, so that x and y have no meaning; remove them.");
}

std::optional<RowCrs> read_row_crs(TomlTable& table, LayerConfig const& layer) {
  RowCrs out;
  out.field = table.text_or("crs_field", "");
  TomlTable values = table.table("crs_values");
  for (std::string const& label : values.keys()) out.values[label] = read_crs(values, label);
  if (out.field.empty() && !values.exists()) return std::nullopt;
  if (out.field.empty())
    table.problem("crs_values", "needs `crs_field`, the attribute that names the CRS of each row.");
  if (out.values.empty())
    table.problem("crs_field", "needs the table `crs_values`: \"label in the source\" = \"EPSG:…\".");
  if (layer.crs.empty()) table.problem("crs_field", "needs `crs`, the CRS that the rows are brought to.");
  if (!layer.crs_override.empty() || layer.swap_axes)
    table.problem("crs_field", "tells the CRS row by row, so that crs_override and swap_axes have no meaning.");
  return out;
}

std::optional<JoinConfig> read_join(TomlTable table) {
  if (!table.exists()) return std::nullopt;
  JoinConfig out{table.text_or("layer", ""), table.text_or("key", ""), table.text_or("on", "")};
  if (out.layer.empty() || out.key.empty() || out.on.empty())
    table.problem("",
                  "needs `layer` (whose shapes are taken), `key` (attribute of this table) and `on` (attribute of "
                  "that layer).");
  table.finish();
  return out;
}

AddConfig read_added(TomlTable table, std::string const& name, StudyContext const& context) {
  AddConfig out;
  out.name = name;
  out.raw = table.text_or("source", "");
  out.written = fill_variables(out.raw, table, "source", context);
  if (out.written.empty()) table.problem("source", "is missing: name the file that holds the table.");
  out.path = resolve_path(out.written, context);
  out.raw = without_passwords(out.raw);
  out.written = without_passwords(out.written);
  out.layer = fill_variables(table.text_or("layer", ""), table, "layer", context);
  out.key = table.text_or("key", "");
  out.on = table.text_or("on", "");
  if (out.key.empty() || out.on.empty())
    table.problem("", "needs `key` (attribute of the table) and `on` (attribute of the layer).");
  out.fields = table.texts("fields");
  if (out.fields.empty()) table.problem("fields", "is missing: the attributes of the table that are added.");
  table.finish();
  return out;
}

/// Whether following the joins of a layer comes back to it.
bool is_cyclic(LayerConfig const& layer, std::vector<LayerConfig> const& all) {
  std::set<std::string> seen;
  for (LayerConfig const* at = &layer; at->join;) {
    if (!seen.insert(at->key).second) return true;
    auto const next =
        std::find_if(all.begin(), all.end(), [&](LayerConfig const& one) { return one.key == at->join->layer; });
    if (next == all.end()) return false;
    at = &*next;
  }
  return false;
}

}  // namespace

void read_table_keys(TomlTable& table, LayerConfig& out, StudyContext const& context) {
  read_coordinates(table, out);
  out.row_crs = read_row_crs(table, out);
  out.join = read_join(table.table("join"));
  if (out.join && (!out.x.empty() || !out.coordinates.empty() || out.row_crs || table.has("crs") ||
                   !out.crs_override.empty() || out.swap_axes))
    table.problem("join",
                  "gives the rows the shapes of another layer, so that coordinates and crs have no meaning; "
                  "remove them.");
  TomlTable added = table.table("add");
  for (std::string const& name : added.keys()) out.added.push_back(read_added(added.table(name), name, context));
}

void check_joins(TomlTable& layers, std::vector<LayerConfig> const& all) {
  std::vector<std::string> known;
  for (LayerConfig const& layer : all) known.push_back(layer.key);
  for (LayerConfig const& layer : all) {
    if (!layer.join || layer.join->layer.empty()) continue;
    TomlTable table = layers.table(layer.key);
    if (std::find(known.begin(), known.end(), layer.join->layer) == known.end())
      table.problem("join", "there is no layer '" + layer.join->layer + "' in this study." +
                                suggestion(layer.join->layer, known));
    else if (is_cyclic(layer, all))
      table.problem("join",
                    "goes round in a circle: no layer on the way from '" + layer.key + "' has shapes of its own.");
  }
}

}  // namespace terrein
