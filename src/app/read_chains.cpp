#include <algorithm>
#include <cmath>

#include "study_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

double at_least_zero(TomlTable& table, std::string_view key, double otherwise) {
  double const value = table.number(key).value_or(otherwise);
  if (value < 0) table.problem(key, "cannot be negative.");
  return value;
}

/// `barge` or `rail`; `own` is what candidates may have of their own.
MainLayerSpec read_main(TomlTable& table, char const* own, char const* own_m, char const* usual_class) {
  MainLayerSpec out;
  out.layer = table.text_or("network", "");
  if (out.layer.empty()) table.problem("network", "is missing: the key of a layer of lines with `graph`.");
  out.classes = table.has("classes") ? table.texts("classes") : std::vector<std::string>{usual_class};
  out.access_m = at_least_zero(table, "access_m", out.access_m);
  out.own = table.text_or(own, "");
  out.own_m = at_least_zero(table, own_m, out.own_m);
  return out;
}

void read_factors(TomlTable& table, ChainSpec& out, StudyContext const& context) {
  std::string const goods = table.text_or("goods", "container");
  if (goods == "bulk")
    out.goods = Goods::bulk;
  else if (goods != "container")
    table.problem("goods", "'" + goods + "' is not one of container, bulk.");
  if (table.has("sets")) out.sets = table.texts("sets");
  if (out.sets.empty()) table.problem("sets", "name at least one set of factors.");
  std::string const own = fill_variables(table.text_or("factors", ""), table, "factors", context);
  if (!own.empty()) out.factors_path = resolve_path(own, context);
  try {
    out.factors = read_freight_factors(read_csv(own.empty() ? context.data.datasets / "freight" / "factors.csv"
                                                            : std::filesystem::path(out.factors_path)),
                                       out.sets, out.goods);
  } catch (Error const& error) {
    table.problem(own.empty() ? "sets" : "factors", error.what());
  }
}

ChainSpec read_one(TomlTable table, std::string const& key, StudyContext const& context) {
  ChainSpec out;
  out.key = key;
  std::string const label = table.text_or("label", "");
  out.label_nl = table.text_or("label_nl", label);
  out.label_en = table.text_or("label_en", label);
  out.destinations = table.text_or("destinations", "");
  if (out.destinations.empty()) table.problem("destinations", "is missing: the key of the layer where freight goes.");
  out.weight_field = table.text_or("weight", "");
  out.roads = table.text_or("roads", "");
  if (out.roads.empty()) table.problem("roads", "is missing: the key of a layer of lines with `graph`.");
  out.terminals = table.text_or("terminals", "");
  std::string const join = table.text_or("join", "centroid");
  if (join == "gates")
    out.join = JoinAt::gates;
  else if (join != "centroid")
    table.problem("join", "'" + join + "' is not one of centroid, gates.");
  out.access_kmh = table.number("access_kmh").value_or(out.access_kmh);
  if (!(out.access_kmh > 0)) table.problem("access_kmh", "must be above 0.");
  out.capacity_field = table.text_or("capacity", "");
  out.hours_field = table.text_or("opening_hours", "");
  if (TomlTable barge = table.table("barge"); barge.exists()) {
    out.barge = read_main(barge, "quays", "quay_m", "barge");
    barge.finish();
  }
  if (TomlTable rail = table.table("rail"); rail.exists()) {
    out.rail = read_main(rail, "sidings", "siding_m", "rail");
    out.track_field = rail.text_or("track", "");
    out.train_m = rail.number("train_m").value_or(out.train_m);
    if (!(out.train_m > 0)) rail.problem("train_m", "must be above 0.");
    rail.finish();
  }
  constexpr double most = 1000;
  double const shown = table.number("shown").value_or(static_cast<double>(out.shown));
  if (shown < 0 || shown > most || shown != std::floor(shown))
    table.problem("shown", "must be a whole number from 0 to 1000.");
  else
    out.shown = static_cast<std::size_t>(shown);
  read_factors(table, out, context);
  table.finish();
  return out;
}

/// The layers that a set of chains names must be there, and those it travels over networks.
void check_layers(TomlTable table, ChainSpec const& chains, Study const& study) {
  std::vector<std::string> known;
  for (LayerConfig const& layer : study.layers)
    if (!layer.raster) known.push_back(layer.key);
  auto const need = [&](TomlTable& at, std::string_view key, std::string const& layer, bool network) {
    if (layer.empty()) return;
    LayerConfig const* const found = study.find_layer(layer);
    if (found == nullptr || found->raster)
      at.problem(key, "the study has no layer of features '" + layer + "'." + suggestion(layer, known));
    else if (network && !found->graph)
      at.problem(key, "layer '" + layer + "' is no network; say in its `graph` how its lines connect.");
  };
  need(table, "destinations", chains.destinations, false);
  need(table, "terminals", chains.terminals, false);
  need(table, "roads", chains.roads, true);
  LayerConfig const* roads = study.find_layer(chains.roads);
  if (chains.join == JoinAt::gates && roads != nullptr && roads->graph && !roads->gates)
    table.problem("roads", "name a road layer that says in `gates` where candidates may meet it.");
  for (auto const& [key, own, main] :
       {std::tuple{"barge", "quays", &chains.barge}, {"rail", "sidings", &chains.rail}}) {
    if (!*main) continue;
    TomlTable at = table.table(key);
    need(at, "network", (*main)->layer, true);
    need(at, own, (*main)->own, false);
  }
}

}  // namespace

std::map<std::string, ChainSpec> read_chains(TomlTable& root, StudyContext const& context) {
  std::map<std::string, ChainSpec> out;
  TomlTable all = root.table("chains");
  for (std::string const& key : all.keys()) {
    check_key(all, key);
    out.emplace(key, read_one(all.table(key), key, context));
  }
  return out;
}

void check_chains(TomlTable& root, Study const& study) {
  TomlTable all = root.table("chains");
  std::vector<std::string> known;
  for (auto const& [key, chains] : study.chains) {
    known.push_back(key);
    check_layers(all.table(key), chains, study);
  }
  TomlTable criteria = root.table("criteria");
  for (std::string const& key : criteria.keys())
    if (CriterionSpec const& spec = *study.find_criterion(key);
        !spec.chains.empty() && !study.chains.contains(spec.chains))
      criteria.table(key).problem("chains",
                                  "the study has no chains '" + spec.chains + "'." + suggestion(spec.chains, known));
}

}  // namespace terrein
