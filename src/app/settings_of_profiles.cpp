#include <fmt/core.h>

#include "layer_steps.hpp"
#include "settings_book.hpp"
#include "terrein/app/profile.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/redact.hpp"

namespace terrein {
namespace {

/// The layer with the names of its attributes settled, where its source can be looked at without asking anybody.
LayerConfig settled(LayerConfig const& layer, bool& looked_at) {
  looked_at = false;
  if (is_database(layer.path)) return layer;
  Study alone;
  alone.layers = {layer};
  try {
    LayerConfig out = with_profiles(std::move(alone)).layers.front();
    looked_at = true;
    return out;
  } catch (Error const&) {  // `check` tells what is wrong with a source; here the settings are asked for
    return layer;
  }
}

std::string class_words(ClassTable const& classes) {
  if (!classes.all.empty()) return "every row is " + classes.all;
  std::size_t const starts = classes.begins.size() + classes.ends.size() + classes.contains.size();
  std::string out = fmt::format("of the profile: {} values", classes.values.size());
  if (starts > 0) out += fmt::format(", {} beginnings, ends and parts of texts", starts);
  return out + (classes.fallback.empty() ? "" : ", and another attribute where these say nothing");
}

/// What lines take, and who must get through.
void add_traffic(GraphOptions const& graph, SettingsOf& names, SettingsOf& graph_of) {
  names.text("ferry", graph.ferry_field);
  graph_of.texts("ferry_values", graph.ferry_values);
  LimitFields const& limits = graph.limits;
  names.below("limits").text("weight", limits.weight);
  names.below("limits").text("height", limits.height);
  names.below("limits").text("width", limits.width);
  names.below("limits").text("length", limits.length);
  names.below("limits").text("axle", limits.axle);
  if (limits.any()) {
    SettingsOf vehicle = graph_of.below("vehicle");
    vehicle.number("weight_t", graph.vehicle.weight_t);
    vehicle.number("height_m", graph.vehicle.height_m);
    vehicle.number("width_m", graph.vehicle.width_m);
    vehicle.number("length_m", graph.vehicle.length_m);
    vehicle.number("axle_t", graph.vehicle.axle_t);
  }
  FactFields const& facts = graph.facts;
  names.text("cemt", facts.cemt);
  for (auto const& [value, name] : facts.cemt_classes) graph_of.below("cemt_classes").text(value, name);
  names.text("draught", facts.draught);
  names.text("air_draught", facts.air_draught);
  names.text("electrified", facts.electrified);
  names.text("track", facts.track);
  graph_of.texts("sidings", facts.sidings);
}

/// `names` adds names of attributes.
void add_graph(GraphOptions const& graph, SettingsOf names, SettingsOf graph_of) {
  switch (graph.connect) {
    case Connect::node_ids:
      graph_of.text("connect", "node_ids");
      break;
    case Connect::vertices:
      graph_of.text("connect", "vertices");
      break;
    case Connect::ends:
      graph_of.text("connect", "ends");
      graph_of.number("tolerance_m", graph.tolerance_m);
      break;
  }
  graph_of.text("lengths", graph.lengths == Lengths::geodesic ? "geodesic" : "planar");
  names.text("from", graph.from_field);
  names.text("to", graph.to_field);
  names.text("speed", graph.speed_field);
  names.text("class", graph.class_field);
  graph_of.number("default_speed_kmh", graph.default_speed_kmh);
  names.text("oneway", graph.oneway_field);
  for (auto const& [name, kmh] : graph.speed_by_class) graph_of.below("speeds").number(name, kmh);
  add_traffic(graph, names, graph_of);
}

/// The study's own keys stand in the book already; a table of the study replaces that of the profile as a whole.
void add_profile(LayerConfig const& written, SettingsBook& book) {
  bool looked_at = false;
  LayerConfig const layer = settled(written, looked_at);
  SettingsBook::Path const table{"layers", layer.key};
  std::string const origin = "profile " + layer.profile->key;
  SettingsOf settings(book, table, origin), names(book, table, origin + (looked_at ? "" : ", source not looked at"));
  auto const own = [&](char const* key) { return book.has_below({"layers", layer.key, key}); };
  settings.text("where", layer.where);
  names.text("id", layer.id);
  settings.text("geometry", layer.geometry);
  if (layer.coverage != LayerConfig{}.coverage) settings.text("coverage", layer.coverage);
  settings.text("crs", layer.crs);
  if (!book.has({"layers", layer.key, "class"})) {
    names.text("class", layer.classes.field);
    if (layer.classes.exists() && !layer.classes.identity) settings.words("classes", class_words(layer.classes));
  }
  if (layer.approximate && !own("approximate")) {
    names.below("approximate").text("field", layer.approximate->field);
    settings.below("approximate").text("prefix", layer.approximate->prefix);
  }
  if (layer.graph && !own("graph")) add_graph(*layer.graph, names.below("graph"), settings.below("graph"));
  if (layer.slip_roads && !own("slip_roads")) {
    names.below("slip_roads").text("field", layer.slip_roads->field);
    settings.below("slip_roads").texts("values", layer.slip_roads->values);
    settings.below("slip_roads").texts("main", layer.slip_roads->main);
  }
  names.text("decided", layer.decided);
  names.texts("personal", layer.personal);
  settings.text("label_nl", layer.label_nl);
  settings.text("label_en", layer.label_en);
  settings.text("licence", layer.licence);
  settings.text("attribution", layer.attribution);
}

void add_snapshot(LayerConfig const& before, LayerConfig const& after, SettingsBook& book) {
  SettingsOf settings(book, {"layers", after.key}, "snapshot");
  if (before.layer != after.layer) settings.text("layer", after.layer);
  if (before.date != after.date) settings.text("date", after.date);
  if (before.attribution != after.attribution) settings.text("attribution", after.attribution);
}

}  // namespace

void add_profile_settings(Study const& study, SettingsBook& book) {
  Study const with = with_snapshots(study);
  for (std::size_t i = 0; i < study.layers.size(); ++i) {
    add_snapshot(study.layers[i], with.layers[i], book);
    if (with.layers[i].profile && !with.layers[i].derived()) add_profile(with.layers[i], book);
  }
}

}  // namespace terrein
