#include <algorithm>
#include <set>

#include "study_parts.hpp"
#include "terrein/app/profile.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

std::optional<double> read_max_age(TomlTable& table) {
  auto const days = table.number("max_age_days");
  if (days && *days <= 0) table.problem("max_age_days", "must be above 0.");
  return days;
}

std::string read_crs(TomlTable& table, std::string_view key) {
  std::string const text = table.text_or(key, "");
  if (text.empty()) return text;
  try {
    (void)crs_from(text);
  } catch (Error const& error) {
    table.problem(key, error.what());
  }
  return text;
}

void check_key(TomlTable& table, std::string const& key) {
  auto const is_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  if (key.empty() || !std::all_of(key.begin(), key.end(), is_word))
    table.problem(key, "keys become names of columns and layers: use lower-case letters, digits and '_'.");
}

namespace {

/// What the profile that the layer names says, or the defaults of a layer.
LayerConfig profile_defaults(TomlTable& table, StudyContext const& context) {
  auto const name = table.text("profile");
  if (!name) return {};
  if (auto const it = context.profiles.find(*name); it != context.profiles.end()) {
    LayerConfig out = it->second->defaults;
    out.profile = it->second;
    return out;
  }
  std::vector<std::string> known;
  for (auto const& [key, profile] : context.profiles) known.push_back(key);
  table.problem("profile", "there is no profile '" + *name + "'." + suggestion(*name, known));
  return {};
}

/// The study's own class attribute replaces the profile's; without one its table adds to the profile's.
void read_classes(TomlTable& table, LayerConfig& out) {
  if (auto const field = table.text("class")) {
    out.classes = {};
    out.classes.field = *field;
    out.classes.identity = !table.has("classes");
  }
  std::string const separator = table.text_or("class_separator", "");
  if (separator.size() > 1 || !is_utf8(separator))
    table.problem("class_separator", "expected one character like \";\", found '" + separator + "'.");
  else if (!separator.empty())
    out.classes.separator = separator.front();
  TomlTable names = table.table("classes");
  read_class_names(names, out.classes.values);
  if (names.exists() && out.classes.field.empty())
    table.problem("classes", "needs `class`, the attribute whose values are mapped.");
}

/// `combine` and `slip_roads_of`: layers made of others. What they are made of takes the place of the source.
void read_derivation(TomlTable& table, LayerConfig& out) {
  for (std::string const& group : table.texts("combine")) out.combine.push_back(split(group, '|'));
  out.slip_roads_of = table.text_or("slip_roads_of", "");
  if (!out.combine.empty() && !out.slip_roads_of.empty())
    table.problem("combine", "and `slip_roads_of` are two ways of making a layer; choose one.");
  for (char const* key :
       {"source", "kind", "profile", "layer", "geometry", "where", "id", "class", "class_separator", "classes", "crs",
        "crs_override", "swap_axes", "approximate", "graph", "gates", "slip_roads", "decided"})
    if (out.derived() && table.has(key)) table.problem(key, "has no meaning for a layer that is made of others.");
  std::vector<std::string> groups;
  for (auto const& group : out.combine) groups.push_back(join(group, "|"));
  if (!out.combine.empty()) out.raw = out.written = "combined: " + join(groups, ", ");
  if (!out.slip_roads_of.empty()) out.raw = out.written = "slip roads of " + out.slip_roads_of;
}

/// What only layers of features have.
void read_features(TomlTable& table, LayerConfig& out) {
  read_meaning(table, out);
  if (out.derived() && !table.has("coverage")) out.coverage = "members";
  read_classes(table, out);
  out.swap_axes = table.boolean("swap_axes").value_or(false);
}

/// Only `path` keeps a password: it is opened, the others are shown.
void set_source(LayerConfig& out, std::string const& source, TomlTable& table, StudyContext const& context) {
  std::string const filled = fill_variables(source, table, "source", context);
  out.path = resolve_path(filled, context);
  out.raw = without_passwords(source);
  out.written = without_passwords(filled);
}

LayerConfig read_layer_config(TomlTable table, std::string const& key, StudyContext const& context) {
  LayerConfig out = profile_defaults(table, context);
  out.key = key;
  set_source(out, table.text_or("source", ""), table, context);
  read_derivation(table, out);
  if (out.derived()) out.path.clear();
  if (out.written.empty()) table.problem("source", "is missing: name the file that holds the layer.");
  out.layer = fill_variables(table.text_or("layer", ""), table, "layer", context);
  is_raster(table) ? read_raster(table, out) : read_features(table, out);
  out.crs_override = read_crs(table, "crs_override");
  if (!out.crs.empty() && !out.crs_override.empty() && table.has("crs"))
    table.problem("crs_override", "replaces what the source says, so that `crs` has no meaning; remove one.");
  if (!out.raster) read_table_keys(table, out, context);
  out.personal_named = table.texts("personal");
  out.personal.insert(out.personal.end(), out.personal_named.begin(), out.personal_named.end());
  out.label_nl = table.text_or("label_nl", out.label_nl);
  out.label_en = table.text_or("label_en", out.label_en);
  out.licence = table.text_or("licence", out.licence);
  out.attribution = table.text_or("attribution", out.attribution);
  out.date = table.date("date").value_or("");
  out.max_age_days = read_max_age(table);
  read_gates(table, out);
  if (TomlTable const changes = table.table("changes"); changes.exists())
    out.changes = read_change(changes, key, context);
  read_fabric(table, out);
  table.finish();
  return out;
}

}  // namespace

std::string fill_variables(std::string const& text, TomlTable& table, std::string_view key,
                           StudyContext const& context) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    auto const begin = text.find("${", at);
    auto const end = begin == std::string::npos ? begin : text.find('}', begin);
    if (end == std::string::npos) return out + text.substr(at);
    out += text.substr(at, begin - at);
    std::string const name = text.substr(begin + 2, end - begin - 2);
    context.used_variables.insert(name);
    if (auto const it = context.variables.find(name); it != context.variables.end()) {
      out += it->second;
    } else {
      std::vector<std::string> known;
      for (auto const& [variable, value] : context.variables) known.push_back(variable);
      table.problem(key, "variable '${" + name + "}' has no value; set it in [variables] or with --set " + name +
                             "=VALUE." + suggestion(name, known));
    }
    at = end + 1;
  }
  return out;
}

std::string resolve_path(std::string const& written, StudyContext const& context) {
  static constexpr std::string_view connections[] = {"/vsi", "WFS:", "OAPIF:", "http://", "https://"};
  if (is_database(written)) return written;
  for (std::string_view const prefix : connections)
    if (written.starts_with(prefix)) return written;
  std::filesystem::path const path(written);
  return (path.is_absolute() ? path : context.folder / path).lexically_normal().string();
}

namespace {

/// Layers are made of layers with a source of their own.
void check_derivations(TomlTable& layers, std::vector<LayerConfig> const& all) {
  std::vector<std::string> sources;
  for (LayerConfig const& layer : all)
    if (!layer.derived() && !layer.raster) sources.push_back(layer.key);
  for (LayerConfig const& layer : all) {
    TomlTable table = layers.table(layer.key);
    auto const need = [&](std::string_view key, std::string const& name) {
      if (std::find(sources.begin(), sources.end(), name) == sources.end())
        table.problem(key,
                      "the study has no layer '" + name + "' with a source of its own." + suggestion(name, sources));
    };
    std::set<std::string> members;
    for (auto const& group : layer.combine)
      for (std::string const& name : group) {
        need("combine", name);
        if (!members.insert(name).second) table.problem("combine", "names layer '" + name + "' twice.");
      }
    if (layer.slip_roads_of.empty()) continue;
    need("slip_roads_of", layer.slip_roads_of);
    for (LayerConfig const& roads : all)
      if (roads.key == layer.slip_roads_of && (!roads.graph || !roads.slip_roads))
        table.problem("slip_roads_of", "layer '" + roads.key +
                                           "' does not say how its lines connect (`graph`) and which of them are slip "
                                           "roads (`slip_roads`).");
  }
}

}  // namespace

std::vector<LayerConfig> read_layers(TomlTable& root, StudyContext const& context) {
  std::vector<LayerConfig> out;
  TomlTable layers = root.table("layers");
  for (std::string const& key : layers.keys()) check_key(layers, key);
  for (std::string const& key : layers.keys()) out.push_back(read_layer_config(layers.table(key), key, context));
  check_derivations(layers, out);
  check_joins(layers, out);
  check_gates(layers, out);
  std::vector<std::string> known{"extent", "everywhere"};
  for (LayerConfig const& layer : out) known.push_back(layer.key);
  for (LayerConfig const& layer : out)
    if (bool const of_members = layer.derived() && layer.coverage == "members";
        !of_members && !layer.raster &&
        (std::find(known.begin(), known.end(), layer.coverage) == known.end() || layer.coverage == layer.key)) {
      TomlTable table = layers.table(layer.key);
      std::vector<std::string> others = known;
      std::erase(others, layer.key);
      table.problem("coverage", "'" + layer.coverage +
                                    "' is neither \"extent\", \"everywhere\" nor another layer of this study." +
                                    suggestion(layer.coverage, others));
    }
  return out;
}

AreaConfig read_area(TomlTable& root, StudyContext const& context, std::vector<LayerConfig>& layers) {
  AreaConfig out;
  TomlTable area = root.table("area");
  if (!area.exists()) return out;
  if (auto const box = area.numbers("box"); !box.empty()) {
    if (box.size() != 4 || box[0] >= box[2] || box[1] >= box[3])
      area.problem("box", "expected [min_x, min_y, max_x, max_y] in the study CRS.");
    else
      out.box = {box[0], box[1], box[2], box[3]};
  }
  std::string const polygon = area.text_or("polygon", "");
  std::string const source = area.text_or("source", polygon);
  out.layer = area.text_or("layer", "");
  out.field = area.text_or("field", "");
  out.names = area.texts("municipalities");
  if (!out.names.empty() && out.field.empty())
    area.problem("field", "is missing: the attribute that holds the names of the municipalities.");
  if (!source.empty()) {  // a file of its own becomes a layer like any other
    LayerConfig layer;
    layer.key = "area";
    set_source(layer, source, area, context);
    layer.layer = out.layer;
    layer.crs = area.text_or("crs", "");
    out.layer = "area";
    for (LayerConfig const& other : layers)
      if (other.key == "area")
        area.problem("source", "a layer named 'area' is declared too; use it with layer = \"area\" alone.");
    layers.push_back(layer);
  }
  bool known = out.layer.empty();
  std::vector<std::string> keys;
  for (LayerConfig const& layer : layers) {
    keys.push_back(layer.key);
    known = known || layer.key == out.layer;
  }
  if (!known) area.problem("layer", "the study has no layer '" + out.layer + "'." + suggestion(out.layer, keys));
  if (!out.box && out.layer.empty())
    area.problem("", "needs `box`, `polygon` (a file), or `layer` (with `field` and `municipalities` to choose).");
  area.finish();
  return out;
}

}  // namespace terrein
