#include <algorithm>

#include "study_parts.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

void read_added_rows(TomlTable table, LayerChange& out, StudyContext const& context) {
  if (!table.exists()) return;
  std::string const source = table.text_or("source", "");
  std::string const filled = fill_variables(source, table, "source", context);
  if (filled.empty()) table.problem("source", "is missing: name the file that holds the rows that join the layer.");
  out.path = filled.empty() ? "" : resolve_path(filled, context);
  out.raw = without_passwords(source);
  out.written = without_passwords(filled);
  out.inside = fill_variables(table.text_or("layer", ""), table, "layer", context);
  out.where = read_filter(table);
  out.crs = read_crs(table);
  table.finish();
}

/// Why a layer of the study cannot be changed at all; empty for one that can.
std::string refusal(Study const& study, LayerConfig const& layer) {
  if (layer.key == study.candidates) return "holds the candidates, which stay as they are.";
  if (layer.raster) return "is a raster; only rows of features can be changed.";
  if (layer.derived()) return "is made of other layers; change one of those.";
  return {};
}

/// What else hangs on the rows of a layer and is not made anew for a what-if.
std::string dependant(Study const& study, std::string const& key) {
  for (LayerConfig const& other : study.layers) {
    if (other.join && other.join->layer == key) return "gives layer '" + other.key + "' its shapes";
    if (other.coverage == key) return "is the coverage of layer '" + other.key + "'";
  }
  if (study.area.layer == key) return "is the area of the study";
  return {};
}

}  // namespace

LayerChange read_change(TomlTable table, std::string const& layer, StudyContext const& context) {
  LayerChange out;
  out.layer = layer;
  read_added_rows(table.table("add"), out, context);
  out.close = table.texts("close");
  out.close_where = read_filter(table, "close_where");
  table.finish();
  return out;
}

std::vector<WhatIf> read_whatifs(TomlTable& root, StudyContext const& context) {
  std::vector<WhatIf> out;
  TomlTable all = root.table("whatif");
  for (std::string const& key : all.keys()) {
    check_key(all, key);
    TomlTable table = all.table(key);
    std::string const label = table.text_or("label", "");
    WhatIf one{key, table.text_or("label_nl", label), table.text_or("label_en", label),
               read_tried_changes(table.table("layers"), context)};
    if (one.changes.empty())
      table.problem("layers", "is missing: say what changes, [whatif." + key + ".layers.<layer>] add, close.");
    table.finish();
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<LayerChange> read_tried_changes(TomlTable layers, StudyContext const& context) {
  std::vector<LayerChange> out;
  for (std::string const& layer : layers.keys()) out.push_back(read_change(layers.table(layer), layer, context));
  return out;
}

void check_tried_changes(TomlTable layers, WhatIf const& whatif, Study const& study) {
  std::vector<std::string> known;
  for (LayerConfig const& layer : study.layers) known.push_back(layer.key);
  for (LayerChange const& change : whatif.changes) {
    LayerConfig const* const layer = study.find_layer(change.layer);
    std::string why = layer == nullptr ? "" : refusal(study, *layer);
    if (std::string const other = dependant(study, change.layer); why.empty() && !other.empty())
      why = other + ", which a what-if does not change.";
    if (layer == nullptr)
      layers.problem(change.layer, "the study has no layer '" + change.layer + "'." + suggestion(change.layer, known));
    else if (!why.empty())
      layers.problem(change.layer, "layer '" + change.layer + "' " + why);
  }
}

void check_changes(TomlTable& root, Study const& study) {
  TomlTable layers = root.table("layers");
  for (LayerConfig const& layer : study.layers)
    if (std::string const why = refusal(study, layer); layer.changes && !why.empty())
      layers.table(layer.key).problem("changes", "layer '" + layer.key + "' " + why);
  TomlTable whatifs = root.table("whatif");
  for (WhatIf const& whatif : study.whatifs)
    check_tried_changes(whatifs.table(whatif.key).table("layers"), whatif, study);
}

}  // namespace terrein
