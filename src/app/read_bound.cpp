#include <algorithm>
#include <cmath>

#include "study_parts.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// Reads [bound_land.<key>].
class BoundReader {
 public:
  BoundReader(TomlTable& root, Study const& study) : root_(root), study_(study) {
    for (LayerConfig const& layer : study.layers)
      if (!layer.raster) features_.push_back(layer.key);
  }

  BoundLandSpec read(std::string const& key) {
    TomlTable table = root_.table(key);
    BoundLandSpec out;
    out.key = key;
    std::string const mode = table.text_or("mode", "water");
    if (mode == "rail") {
      out.mode = BoundMode::rail;
      out.min_frontage_m = 200;
    } else if (mode != "water") {
      table.problem("mode", "'" + mode + "' is neither water nor rail.");
    }
    read_zones(table, out);
    read_fronts(table, out);
    read_waterways(table, out);
    read_quays(table, out);
    read_use(table, out);
    read_sums(table, out);
    table.finish();
    return out;
  }

 private:
  /// The rows that a table names; `required` = it must.
  RowsOf rows(TomlTable& below, bool required = false) {
    RowsOf out;
    out.layer = below.text_or("layer", "");
    out.classes = below.texts("classes");
    if (required || below.exists()) need_layer(below, "layer", out.layer);
    return out;
  }

  void need_layer(TomlTable& table, std::string_view key, std::string const& layer) {
    if (layer.empty())
      table.problem(key, "is missing: name a layer of the study.");
    else if (std::find(features_.begin(), features_.end(), layer) == features_.end())
      table.problem(key, "the study has no layer of features '" + layer + "'." + suggestion(layer, features_));
  }

  /// A number of metres, not below 0.
  static void metres(TomlTable& table, std::string_view key, double& value) {
    value = table.number(key).value_or(value);
    if (value < 0) table.problem(key, "cannot be negative.");
  }
  static void share(TomlTable& table, std::string_view key, double& value) {
    value = table.number(key).value_or(value);
    if (!(value >= 0 && value <= 1)) table.problem(key, "must be from 0 to 1.");
  }

  void read_zones(TomlTable& table, BoundLandSpec& out) {
    TomlTable destined = table.table("destined"), free = table.table("free");
    out.destined = rows(destined, true);
    share(destined, "share", out.destined_share);
    destined.finish();
    out.free = rows(free);
    share(free, "share", out.free_share);
    free.finish();
  }

  void read_fronts(TomlTable& table, BoundLandSpec& out) {
    TomlTable banks = table.table("banks");
    out.banks = rows(banks, true);
    out.section_field = banks.text_or("section", "");
    metres(banks, "section_m", out.section_m);
    banks.finish();
    metres(table, "tolerance_m", out.tolerance_m);
    metres(table, "min_frontage_m", out.min_frontage_m);
    metres(table, "min_depth_m", out.min_depth_m);
    share(table, "depth_share", out.depth_share);
    TomlTable blockers = table.table("blockers");
    for (std::string const& name : blockers.keys()) {
      TomlTable blocker = blockers.table(name);
      out.blockers.push_back({blocker.text_or("layer", name), blocker.texts("classes")});
      need_layer(blocker, "layer", out.blockers.back().layer);
      blocker.finish();
    }
  }

  static void read_class(TomlTable& table, std::string_view key, Cemt& value) {
    auto const text = table.text(key);
    if (!text) return;
    std::vector<std::string> names;
    for (auto one = static_cast<int>(Cemt::I); one <= static_cast<int>(Cemt::VIIb); ++one)
      names.emplace_back(to_string(static_cast<Cemt>(one)));
    if (std::find(names.begin(), names.end(), *text) == names.end())
      table.problem(key, "'" + *text + "' is not one of " + join(names, ", ") + ".");
    else
      value = cemt_of(*text);
  }

  void read_waterways(TomlTable& table, BoundLandSpec& out) {
    out.cemt_field = table.text_or("cemt", "");
    read_class(table, "min_cemt", out.min_cemt);
    read_class(table, "small_cemt", out.small_cemt);
    out.small_cemt = std::min(out.small_cemt, out.min_cemt);
    out.network = table.text_or("network", "");
    LayerConfig const* network = study_.find_layer(out.network);
    if (!out.network.empty() && (network == nullptr || !network->graph))
      table.problem("network", "'" + out.network + "' is no layer that says in `graph` how its lines connect." +
                                   suggestion(out.network, features_));
    metres(table, "network_m", out.network_m);
    TomlTable ports = table.table("ports");
    out.ports = rows(ports);
    if (out.ports.asked() && out.network.empty())
      table.problem("ports", "are reached over a network: name it in `network`.");
    ports.finish();
  }

  void read_quays(TomlTable& table, BoundLandSpec& out) {
    TomlTable quays = table.table("quays"), shared = table.table("shared_quays"), buildings = table.table("buildings");
    out.quays = rows(quays);
    out.shared_quays = rows(shared);
    out.buildings = rows(buildings);
    metres(quays, "within_m", out.quay_m);
    metres(shared, "within_m", out.shared_quay_m);
    metres(buildings, "within_m", out.building_m);
    share(buildings, "share", out.building_share);
    for (TomlTable* one : {&quays, &shared, &buildings}) one->finish();
  }

  void read_use(TomlTable& table, BoundLandSpec& out) {
    TomlTable use = table.table("use");
    out.use.layer = use.text_or("layer", "");
    if (use.exists()) need_layer(use, "layer", out.use.layer);
    out.use.id = use.text_or("id", out.use.id);
    out.use.tonnes = use.text_or("tonnes", out.use.tonnes);
    out.use.year = use.text_or("year", "");
    if (auto const since = use.number("since")) {
      if (*since != std::floor(*since)) use.problem("since", "must be a whole year.");
      out.use.since = static_cast<std::int64_t>(*since);
    }
    if (out.use.since && out.use.year.empty()) use.problem("since", "needs the field `year`.");
    use.finish();
  }

  static void read_demand(TomlTable table, std::map<std::string, double>& out) {
    for (std::string const& name : table.keys())
      if (auto const hectares = table.number(name)) {
        if (*hectares < 0) table.problem(name, "cannot be negative.");
        out[name] = *hectares;
      }
  }

  void read_sums(TomlTable& table, BoundLandSpec& out) {
    TomlTable parks = table.table("parks"), demand = table.table("demand");
    out.parks = parks.text_or("layer", "");
    out.park_field = parks.text_or("field", "");
    if (parks.exists()) need_layer(parks, "layer", out.parks);
    parks.finish();
    out.demand_ha = demand.number("total_ha");
    if (out.demand_ha && *out.demand_ha < 0) demand.problem("total_ha", "cannot be negative.");
    read_demand(demand.table("parks"), out.park_demand_ha);
    read_demand(demand.table("sections"), out.section_demand_ha);
    demand.finish();
  }

  TomlTable& root_;
  Study const& study_;
  std::vector<std::string> features_;
};

}  // namespace

std::vector<BoundLandSpec> read_bound_land(TomlTable& root, Study const& study) {
  std::vector<BoundLandSpec> out;
  TomlTable all = root.table("bound_land");
  BoundReader reader(all, study);
  for (std::string const& key : all.keys()) {
    check_key(all, key);
    BoundLandSpec one = reader.read(key);
    for (BoundLandSpec const& other : out)
      if (other.mode == one.mode)
        all.problem(key, "the study has another one for the same mode; its layers would have the same names.");
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace terrein
