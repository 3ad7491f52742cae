#include <algorithm>
#include <cmath>

#include "study_parts.hpp"
#include "terrein/core/text.hpp"
#include "whatif.hpp"

namespace terrein {
namespace {

/// Numbers with their limits; a fault leaves the default.
class Limits {
 public:
  explicit Limits(TomlTable& table) : table_(table) {}

  void not_negative(std::string_view key, double& out) {
    read(
        key, out, [](double x) { return x >= 0; }, "cannot be negative.");
  }
  void positive(std::string_view key, double& out) {
    read(
        key, out, [](double x) { return x > 0; }, "must be above 0.");
  }
  void share(std::string_view key, double& out) {
    read(
        key, out, [](double x) { return x >= 0 && x <= 1; }, "must be a share from 0 to 1.");
  }
  void count(std::string_view key, std::size_t& out, double least, double most) {
    double value = static_cast<double>(out);
    read(
        key, value, [&](double x) { return x >= least && x <= most && x == std::floor(x); },
        "must be a whole number from " + shortest(least) + " to " + shortest(most) + ".");
    out = static_cast<std::size_t>(value);
  }

 private:
  template <class Fits>
  void read(std::string_view key, double& out, Fits const& fits, std::string const& otherwise) {
    auto const value = table_.number(key);
    if (!value) return;
    if (!std::isfinite(*value) || !fits(*value))
      table_.problem(key, otherwise);
    else
      out = *value;
  }
  static std::string shortest(double value) { return std::to_string(static_cast<long long>(value)); }
  TomlTable& table_;
};

BarrierSpec read_rows(TomlTable table) {
  BarrierSpec out;
  if (!table.exists()) return out;
  out.layer = table.text_or("layer", "");
  if (out.layer.empty()) table.problem("layer", "is missing: the key of a layer.");
  out.classes = table.texts("classes");
  return out;
}

/// Tables of rows, each under a name that is the layer where it does not say another.
std::vector<BarrierSpec> read_named_rows(TomlTable table) {
  std::vector<BarrierSpec> out;
  for (std::string const& name : table.keys()) {
    TomlTable one = table.table(name);
    out.push_back({one.text_or("layer", name), one.texts("classes")});
    one.finish();
  }
  return out;
}

void read_area(TomlTable& table, AssemblySpec& out) {
  auto const target = table.numbers("target_ha");
  bool const fits = target.size() == 2 && target[0] > 0 && target[1] >= target[0] && std::isfinite(target[1]);
  if (!fits)
    table.problem("target_ha", target.empty() ? "is missing: the least and the most hectares of a site, [15, 25]."
                                              : "takes the least and the most hectares of a site, [15, 25].");
  else
    out.least_ha = target[0], out.most_ha = target[1];
  std::string const area = table.text_or("area", "gross");
  if (area == "developable")
    out.target = AreaKind::developable;
  else if (area == "net")
    out.target = AreaKind::net;
  else if (area != "gross")
    table.problem("area", "'" + area + "' is not one of gross, developable, net.");
  Limits limits(table);
  limits.share("net_factor", out.net_factor);
  out.net_low = std::min(out.net_low, out.net_factor);
  out.net_high = std::max(out.net_high, out.net_factor);
  if (auto const range = table.numbers("net_range"); !range.empty()) {
    if (range.size() != 2 || range[0] < 0 || range[1] > 1 || range[0] > out.net_factor || range[1] < out.net_factor)
      table.problem("net_range",
                    "takes the least and the most share that may be sold, around `net_factor`: [0.6, 0.8].");
    else
      out.net_low = range[0], out.net_high = range[1];
  }
  limits.positive("reach_m", out.reach_m);
  limits.not_negative("speck_m2", out.speck_m2);
  limits.not_negative("speck_width_m", out.speck_width_m);
  limits.not_negative("part_m2", out.part_m2);
  limits.not_negative("part_width_m", out.part_width_m);
}

void read_contacts(TomlTable table, AssemblySpec& out) {
  Limits limits(table);
  limits.not_negative("tolerance_m", out.tolerance_m);
  limits.positive("least_m", out.least_contact_m);
  limits.not_negative("gap_m", out.gap_m);
  limits.not_negative("bridge_m", out.bridge_m);
  limits.not_negative("open_price", out.open_price);
  out.open_allowed = table.boolean("open").value_or(true);
  out.barriers = read_named_rows(table.table("barriers"));
  TomlTable crossings = table.table("crossings");
  for (std::string const& key : crossings.keys()) {
    check_key(crossings, key);
    TomlTable one = crossings.table(key);
    CrossingSpec crossing;
    crossing.key = key;
    crossing.layer = one.text_or("layer", key);
    crossing.classes = one.texts("classes");
    Limits(one).not_negative("price", crossing.price);
    crossing.allowed = one.boolean("allowed").value_or(true);
    one.finish();
    out.crossings.push_back(std::move(crossing));
  }
  constexpr std::size_t most_kinds = 32;
  if (out.crossings.size() > most_kinds) table.problem("crossings", "may tell 32 kinds apart at most.");
  table.finish();
}

void read_prices(TomlTable table, AssemblySpec& out) {
  Limits limits(table);
  limits.not_negative("owner", out.owner_price);
  limits.not_negative("excess", out.excess_price);
  limits.not_negative("outline", out.outline_price);
  limits.not_negative("sensitive", out.sensitive_price);
  limits.not_negative("open_space", out.open_space_price);
  table.finish();
}

void read_shape(TomlTable table, AssemblySpec& out) {
  Limits limits(table);
  limits.not_negative("width_m", out.shape.width_m);
  limits.share("compactness", out.shape.compactness);
  limits.share("hull_share", out.shape.hull_share);
  if (auto const hall = table.numbers("hall_m"); !hall.empty()) {
    if (hall.size() != 2 || !(hall[0] > 1) || !(hall[1] > 1))
      table.problem("hall_m", "takes the length and the width of a hall that must fit, [200, 100].");
    else
      out.shape.hall_length_m = hall[0], out.shape.hall_width_m = hall[1];
  }
  std::string const as = table.text_or("as", "limit");
  if (as == "rank")
    out.shape_ranks = true;
  else if (as != "limit")
    table.problem("as", "'" + as + "' is neither limit nor rank.");
  table.finish();
}

void read_search(TomlTable table, AssemblySpec& out) {
  Limits limits(table);
  constexpr double most = 1e9;
  limits.count("exact_parcels", out.exact_parcels, 0, most);
  limits.count("branch_nodes", out.branch_nodes, 0, most);
  limits.count("all_branch_nodes", out.all_branch_nodes, 0, most);
  limits.count("bounded_seeds", out.bounded_seeds, 0, most);
  limits.count("improved_seeds", out.improved_seeds, 0, most);
  table.finish();
}

void read_parcels(TomlTable& table, AssemblySpec& out) {
  out.model = table.text_or("model", "");
  if (table.has("outcomes")) out.outcomes.clear();
  for (std::string const& word : table.texts("outcomes")) {
    if (word == "passes")
      out.outcomes.push_back(Outcome::passes);
    else if (word == "conditional")
      out.outcomes.push_back(Outcome::conditional);
    else if (word == "unknown")
      out.outcomes.push_back(Outcome::unknown);
    else
      table.problem("outcomes", "'" + word + "' is not one of passes, conditional, unknown.");
  }
  Limits limits(table);
  limits.not_negative("min_score", out.min_score);
  limits.count("most_parcels", out.most_parcels, 1, 1e7);
  out.must = table.texts("must");
  out.never = table.texts("never");
  for (std::string const& id : out.must)
    if (std::find(out.never.begin(), out.never.end(), id) != out.never.end())
      table.problem("never", "parcel '" + id + "' is in `must` as well; keep it in one of both.");
  out.not_offered = read_named_rows(table.table("not_offered"));
  out.owner_field = table.text_or("owners", "");
  out.public_owners = table.texts("public_owners");
  if (table.has("most_owners")) {
    std::size_t most = 1;
    limits.count("most_owners", most, 1, 1e6);
    out.most_owners = most;
  }
  if (TomlTable sensitive = table.table("sensitive"); sensitive.exists()) {
    out.sensitive = read_rows(sensitive);
    Limits(sensitive).not_negative("within_m", out.sensitive_m);
    sensitive.finish();
  }
  if (TomlTable open = table.table("open_space"); open.exists()) {
    out.open_space = read_rows(open);
    open.finish();
  }
}

void read_kinds(TomlTable& table, AssemblySpec& out) {
  out.level = table.text_or("level", "");
  if (!out.level.empty() && out.level != "vlaams" && out.level != "provincie" && out.level != "gemeente")
    table.problem("level", "'" + out.level + "' is not one of vlaams, provincie, gemeente.");
  out.kind = table.text_or("kind", "");
  if (!out.kind.empty() && out.kind != "regionaal" && out.kind != "lokaal")
    table.problem("kind", "'" + out.kind + "' is neither regionaal nor lokaal.");
  for (auto const& [key, to] : {std::pair{"level_of", &out.level_layer}, {"kind_of", &out.kind_layer}})
    if (TomlTable one = table.table(key); one.exists()) {
      *to = read_rows(one);
      one.finish();
    }
}

AssemblySpec read_one(TomlTable table, std::string const& key) {
  AssemblySpec out;
  out.key = key;
  std::string const label = table.text_or("label", "");
  out.label_nl = table.text_or("label_nl", label);
  out.label_en = table.text_or("label_en", label);
  read_parcels(table, out);
  read_area(table, out);
  Limits limits(table);
  limits.count("count", out.count, 1, 10000);
  if (table.has("total_ha")) limits.positive("total_ha", out.total_ha.emplace(out.most_ha));
  limits.not_negative("apart_m", out.apart_m);
  limits.share("most_loss", out.most_loss);
  out.zones = table.text_or("zones", "");
  if (TomlTable grow = table.table("grow"); grow.exists()) {
    BarrierSpec const parks = read_rows(grow);
    out.grow = parks.layer;
    out.grow_classes = parks.classes;
    grow.finish();
  }
  read_contacts(table.table("contacts"), out);
  read_prices(table.table("prices"), out);
  read_shape(table.table("shape"), out);
  if (TomlTable others = table.table("alternatives"); others.exists()) {
    Limits of(others);
    of.count("count", out.alternatives, 0, 100);
    of.share("most_overlap", out.most_overlap);
    of.share("most_loss", out.alternative_loss);
    others.finish();
  }
  out.pareto = table.texts("pareto");
  read_kinds(table, out);
  read_search(table.table("search"), out);
  table.finish();
  return out;
}

/// The keys of layers that a set of sites names, with where it names them.
std::vector<std::pair<std::string, std::string>> named_layers(AssemblySpec const& spec) {
  std::vector<std::pair<std::string, std::string>> out{{"grow", spec.grow},
                                                       {"zones", spec.zones},
                                                       {"sensitive", spec.sensitive.layer},
                                                       {"open_space", spec.open_space.layer},
                                                       {"level_of", spec.level_layer.layer},
                                                       {"kind_of", spec.kind_layer.layer}};
  for (CrossingSpec const& one : spec.crossings) out.emplace_back("contacts", one.layer);
  for (BarrierSpec const& one : spec.barriers) out.emplace_back("contacts", one.layer);
  for (BarrierSpec const& one : spec.not_offered) out.emplace_back("not_offered", one.layer);
  std::erase_if(out, [](auto const& one) { return one.second.empty(); });
  return out;
}

}  // namespace

std::vector<std::string> layers_of(AssemblySpec const& spec) {
  std::vector<std::string> out;
  for (auto const& [key, layer] : named_layers(spec)) out.push_back(layer);
  return out;
}

std::string_view to_string(AreaKind kind) {
  if (kind == AreaKind::developable) return "developable";
  return kind == AreaKind::net ? "net" : "gross";
}

std::vector<AssemblySpec> read_assembly(TomlTable& root) {
  std::vector<AssemblySpec> out;
  TomlTable all = root.table("assembly");
  for (std::string const& key : all.keys()) {
    check_key(all, key);
    out.push_back(read_one(all.table(key), key));
  }
  return out;
}

void check_assembly(TomlTable& root, Study& study) {
  TomlTable all = root.table("assembly");
  std::vector<std::string> layers, models;
  for (LayerConfig const& layer : study.layers)
    if (!layer.raster) layers.push_back(layer.key);
  for (ModelConfig const& model : study.models)
    if (!model.criteria.empty()) models.push_back(model.key);
  for (AssemblySpec& spec : study.assembly) {
    TomlTable table = all.table(spec.key);
    for (auto const& [key, layer] : named_layers(spec))
      if (std::find(layers.begin(), layers.end(), layer) == layers.end())
        table.problem(key, "the study has no layer of features '" + layer + "'." + suggestion(layer, layers));
    for (std::string const& key : spec.pareto) {
      CriterionSpec const* const criterion = study.find_criterion(key);
      if (criterion == nullptr)
        table.problem("pareto", "there is no criterion '" + key + "'.");
      else if (better_of(*criterion) == Better::neither)
        table.problem("pareto", "of criterion '" + key + "' (" + criterion->measure +
                                    ") it is not known whether more or less is better.");
    }
    if (spec.model.empty() && !models.empty()) spec.model = models.front();
    if (std::find(models.begin(), models.end(), spec.model) == models.end())
      table.problem("model",
                    "the study has no model with criteria '" + spec.model + "'." + suggestion(spec.model, models));
  }
}

}  // namespace terrein
