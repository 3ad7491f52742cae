#include <algorithm>

#include "study_parts.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

double above_zero(TomlTable& table, std::string_view key, double otherwise) {
  double const value = table.number(key).value_or(otherwise);
  if (!(value > 0)) table.problem(key, "must be above 0.");
  return value;
}

void read_limits(TomlTable& table, ReachSpec& spec) {
  auto const seconds = table.numbers("limits_s"), metres = table.numbers("limits_m");
  spec.cost = metres.empty() ? TravelCost::seconds : TravelCost::metres;
  spec.limits = metres.empty() ? seconds : metres;
  std::sort(spec.limits.begin(), spec.limits.end());
  spec.limits.erase(std::unique(spec.limits.begin(), spec.limits.end()), spec.limits.end());
  char const* const key = metres.empty() ? "limits_s" : "limits_m";
  if (!seconds.empty() && !metres.empty()) table.problem("limits_m", "and `limits_s` do not go together; keep one.");
  if (!spec.limits.empty() && !(spec.limits.front() > 0)) table.problem(key, "must all be above 0.");
  if (spec.limits.empty() && spec.kind == ReachSpec::Kind::isochrones)
    table.problem(key, "or `limits_m` is missing: the seconds or metres by road up to which areas reach.");
}

ReachSpec read_one(TomlTable table, std::string const& key) {
  ReachSpec spec;
  spec.key = key;
  std::string const kind = table.text_or("kind", "isochrones");
  if (kind == "market_areas")
    spec.kind = ReachSpec::Kind::market_areas;
  else if (kind != "isochrones")
    table.problem("kind", "'" + kind + "' is neither isochrones nor market_areas.");
  spec.layer = table.text_or("layer", "");
  spec.classes = table.texts("classes");
  spec.roads = table.text_or("roads", "");
  for (char const* needed : {"layer", "roads"})
    if (table.text_or(needed, "").empty()) table.problem(needed, "is missing: the key of a layer.");
  std::string const join = table.text_or("join", "centroid");
  if (join == "gates")
    spec.join = JoinAt::gates;
  else if (join != "centroid")
    table.problem("join", "'" + join + "' is neither centroid nor gates.");
  std::string const direction = table.text_or("direction", "to");
  if (direction == "from")
    spec.direction = TravelDirection::from;
  else if (direction != "to")
    table.problem("direction", "'" + direction + "' is neither to nor from.");
  spec.access_kmh = above_zero(table, "access_kmh", spec.access_kmh);
  spec.width_m = above_zero(table, "width_m", spec.width_m);
  read_limits(table, spec);
  std::string const label = table.text_or("label", "");
  spec.label_nl = table.text_or("label_nl", label);
  spec.label_en = table.text_or("label_en", label);
  table.finish();
  return spec;
}

}  // namespace

std::vector<ReachSpec> read_reach(TomlTable& root) {
  std::vector<ReachSpec> out;
  TomlTable reach = root.table("reach");
  for (std::string const& key : reach.keys()) {
    check_key(reach, key);
    out.push_back(read_one(reach.table(key), key));
  }
  return out;
}

void check_reach(TomlTable& root, Study const& study) {
  TomlTable reach = root.table("reach");
  std::vector<std::string> features;
  for (LayerConfig const& layer : study.layers)
    if (!layer.raster) features.push_back(layer.key);
  auto const is_feature_layer = [&](std::string const& key) {
    return std::find(features.begin(), features.end(), key) != features.end();
  };
  for (ReachSpec const& spec : study.reach) {
    TomlTable table = reach.table(spec.key);
    if (!spec.layer.empty() && !is_feature_layer(spec.layer))
      table.problem("layer",
                    "the study has no layer of features '" + spec.layer + "'." + suggestion(spec.layer, features));
    if (spec.roads.empty()) continue;
    LayerConfig const* const roads = study.find_layer(spec.roads);
    if (roads == nullptr || !roads->graph)
      table.problem("roads", "'" + spec.roads + "' is no layer that says in `graph` how its lines connect." +
                                 suggestion(spec.roads, features));
    else if (spec.join == JoinAt::gates && !roads->gates)
      table.problem("join", "layer '" + spec.roads + "' does not say in `gates` where its lines may be met.");
  }
}

}  // namespace terrein
