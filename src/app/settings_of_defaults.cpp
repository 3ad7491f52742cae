#include <algorithm>
#include <array>

#include "settings_book.hpp"
#include "study_parts.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using Path = SettingsBook::Path;

template <std::size_t n>
bool is_one_of(std::array<std::string_view, n> const& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// Labels are told apart; what a profile or a snapshot may say was asked of them.
bool matters(LayerConfig const& layer, std::string const& key) {
  static constexpr std::array<std::string_view, 3> asked{"licence", "attribution", "date"};
  static constexpr std::array<std::string_view, 6> of_raster{"kind", "band",         "layer",
                                                             "crs",  "crs_override", "personal"};
  static constexpr std::array<std::string_view, 3> of_derived{"coverage", "fabric", "personal"};
  if (is_one_of(asked, key)) return false;
  if (layer.raster) return is_one_of(of_raster, key);
  if (layer.derived()) return is_one_of(of_derived, key);
  return key != "band" && key != "max_age_days";
}

bool matters(CriterionSpec const& spec, std::string const& key) {
  static constexpr std::array<std::string_view, 28> of_some{"layer",
                                                            "chains",
                                                            "by",
                                                            "to",
                                                            "classes",
                                                            "values",
                                                            "field",
                                                            "radius_m",
                                                            "roads",
                                                            "distance_m",
                                                            "tolerance_m",
                                                            "cuts",
                                                            "min_shared_m",
                                                            "nth",
                                                            "join",
                                                            "direction",
                                                            "access_kmh",
                                                            "limit_s",
                                                            "limit_m",
                                                            "decay",
                                                            "mu",
                                                            "demand",
                                                            "demand_field",
                                                            "zones",
                                                            "zone_classes",
                                                            "dwellings",
                                                            "dwellings_within_m",
                                                            "dwellings_per_100_m"};
  CriterionKind const* kind = find_criterion_kind(spec.measure);
  if (kind == nullptr || !is_one_of(of_some, key)) return true;
  auto const keys = split(kind->keys, ' ');
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// Settings of a method count for that method alone.
bool matters(Aggregation const& of, std::string const& key) {
  if (key == "compensation") return of.method == Method::power_mean;
  if (key == "orness") return of.method == Method::owa;
  if (key == "vikor_v") return of.method == Method::vikor;
  if (key == "normalisation") return of.method == Method::topsis || of.method == Method::vikor;
  return key != "preferences" || of.method == Method::promethee;
}

bool matters(RuleSpec const& rule, std::string const& key) {
  static constexpr std::array<std::string_view, 3> of_cut{"layer", "classes", "buffer_m"};
  return rule.effect == RuleEffect::cut ? key != "criterion" && key != "when" : !is_one_of(of_cut, key);
}

/// Adds the defaults of one kind of table after the other.
class Defaults {
 public:
  Defaults(Study const& study, KeyTable const& keys, Labels const& labels, SettingsBook& book)
      : study_(study), keys_(keys), labels_(labels), book_(book) {}

  void add() {
    fill("study", {"study"},
         [this](std::string const& key) { return !study_.borders.layer.empty() || !key.starts_with("border"); });
    fill("candidates", {"candidates"}, [](auto const&) { return true; });
    fill("output", {"output"},
         [this](std::string const& key) { return study_.output.postgis || !key.starts_with("postgis"); });
    for (auto const& [key, chains] : study_.chains) add_chains(chains);
    for (BoundLandSpec const& bound : study_.bound_land) add_bound_land(bound);
    for (AssemblySpec const& spec : study_.assembly) add_assembly(spec);
    if (study_.demand.asked()) add_demand();
    for (char const* table : {"area", "additions", "robustness", "trials"})
      if (book_.has_below({table})) fill(table, {table}, [](auto const&) { return true; });
    for (LayerConfig const& layer : study_.layers) add_layer(layer);
    for (CriterionSpec const& spec : study_.criteria) add_criterion(spec);
    for (ReachSpec const& spec : study_.reach) {
      fill("reach.<key>", {"reach", spec.key}, [](auto const&) { return true; });
      add_label({"reach", spec.key}, "reach");
    }
    for (RuleSpec const& rule : study_.rules) {
      bool const switched = std::any_of(study_.models.begin(), study_.models.end(), [&](ModelConfig const& model) {
        return written_rule(book_, model.key, rule.key) != rule.key;
      });
      if (switched) continue;  // it stands in the study under another name
      fill("rules.<key>", {"rules", rule.key}, [&rule](std::string const& key) { return matters(rule, key); });
      add_label({"rules", rule.key}, "rule");
    }
    for (ModelConfig const& model : study_.models) add_model(model);
    for (StakeholderSpec const& one : study_.stakeholders) fill("stakeholders.<key>", {"stakeholders", one.key}, all);
  }

 private:
  /// Adds what the table of keys says of one table of the study.
  template <class Matters>
  void fill(std::string const& name, Path const& table, Matters const& matters) {
    SettingsOf settings(book_, table, "default");
    for (StudyKey const& key : keys_.keys()) {
      if (key.table != name || key.key.starts_with("label") || !matters(key.key)) continue;
      Path place = table;
      place.push_back(key.key);
      if (book_.has_below(place)) continue;  // a table that the study has
      std::string const words = key.default_words();
      if (auto const json = key.default_json())
        book_.add({place, *json, "", "default", 0});
      else if (!words.empty() && words != "none" && !key.required() && !words.starts_with("required"))
        settings.words(key.key, words);
    }
  }

  /// What is shown of a thing without any label of its own is terrein's word for its key, else the key.
  void add_label(Path const& table, char const* kind) {
    for (char const* key : {"label", "label_nl", "label_en"})
      if (book_.has({table[0], table[1], key})) return;
    bool const only_two = table[0] == "layers";
    char const* key = !only_two ? "label" : study_.language == Language::nl ? "label_nl" : "label_en";
    SettingsOf(book_, table, "default").text(key, labels_.get(kind, table[1]));
  }

  /// The fabric is looked at where the study asks for it, else that of the candidates.
  void add_layer(LayerConfig const& layer) {
    if (!book_.has_below({"layers", layer.key})) return;  // the file of [area], which is no layer of the study
    Path const table{"layers", layer.key};
    SettingsOf settings(book_, table, "default");
    if (layer.derived()) settings.words("coverage", "where all its members are complete");
    if (!layer.raster && !book_.has_below({"layers", layer.key, "fabric"}))
      settings.flag("fabric", layer.fabric.value_or(layer.key == study_.candidates));
    if (study_.max_age_days) settings.number("max_age_days", *study_.max_age_days);
    add_label(table, "layer");
    fill("layers.<key>", table, [&layer](std::string const& key) { return matters(layer, key); });
    for (char const* below : {"graph", "gates", "fabric"})
      if (book_.has_below({"layers", layer.key, below}))
        fill(std::string("layers.<key>.") + below, {"layers", layer.key, below}, [](auto const&) { return true; });
    if (book_.has_below({"layers", layer.key, "graph", "limits"}))
      fill("layers.<key>.graph.vehicle", {"layers", layer.key, "graph", "vehicle"}, [](auto const&) { return true; });
  }

  void add_chains(ChainSpec const& chains) {
    fill("chains.<key>", {"chains", chains.key}, [](auto const&) { return true; });
    for (char const* below : {"barge", "rail"})
      if (Path const part{"chains", chains.key, below}; book_.has_below(part))
        fill(std::string("chains.<key>.") + below, part, [](auto const&) { return true; });
  }

  void add_assembly(AssemblySpec const& spec) {
    fill("assembly.<key>", {"assembly", spec.key}, [](auto const&) { return true; });
    for (char const* below : {"contacts", "prices", "shape", "alternatives", "search", "sensitive"})
      if (Path const part{"assembly", spec.key, below}; book_.has_below(part))
        fill(std::string("assembly.<key>.") + below, part, [](auto const&) { return true; });
  }

  void add_demand() {
    for (char const* below : {"columns", "subregions"}) fill(std::string("demand.") + below, {"demand", below}, all);
    for (std::size_t step = 0; step < study_.demand.supply.size(); ++step)
      if (std::string const name(to_string(static_cast<SupplyStep>(step))); study_.demand.supply[step].asked())
        fill("demand.supply." + name, {"demand", "supply", name}, all);
  }
  static bool all(std::string const&) { return true; }

  void add_bound_land(BoundLandSpec const& bound) {
    static constexpr std::array<std::string_view, 3> of_water{"cemt", "min_cemt", "small_cemt"};
    bool const rail = bound.mode == BoundMode::rail;
    Path const table{"bound_land", bound.key};
    fill("bound_land.<key>", table, [rail](std::string const& key) { return !rail || !is_one_of(of_water, key); });
    for (char const* below :
         {"destined", "banks", "quays", "shared_quays", "buildings", "use", "free", "ports", "parks", "demand"})
      if (Path const part{"bound_land", bound.key, below}; book_.has_below(part))
        fill(std::string("bound_land.<key>.") + below, part, [](auto const&) { return true; });
  }

  void add_criterion(CriterionSpec const& spec) {
    Path const table{"criteria", spec.key};
    CriterionKind const* kind = find_criterion_kind(spec.measure);
    if (kind != nullptr) SettingsOf(book_, table, "default").text("unit", kind->unit);
    add_label(table, "criterion");
    fill("criteria.<key>", table, [&spec](std::string const& key) { return matters(spec, key); });
    Path const decay{"criteria", spec.key, "decay"};
    if (book_.has_below(decay)) fill("criteria.<key>.decay", decay, [](auto const&) { return true; });
  }

  void add_model(ModelConfig const& model) {
    Path const table{"models", model.key};
    add_label(table, "model");
    for (ModelCriterion const& one : model.criteria) {
      Path const function{"models", model.key, "values", one.criterion};
      if (book_.has_below(function))
        fill("models.<key>.values.<criterion>", function,
             [&one](std::string const& key) { return key != "outside" || one.function.kind == ValueKind::piecewise; });
      Path const preference{"models", model.key, "preferences", one.criterion};
      if (book_.has_below(preference)) fill("models.<key>.preferences.<criterion>", preference, all);
    }
    bool const shipped = book_.has({"models", model.key, "defaults"});
    fill("models.<key>", table, [&](std::string const& key) {
      if (!matters(model.scoring.aggregation, key)) return false;
      return shipped ? key != "weights" && key != "values" : key != "defaults" && key != "weights" && key != "values";
    });
  }

  Study const& study_;
  KeyTable const& keys_;
  Labels const& labels_;
  SettingsBook& book_;
};

}  // namespace

void add_default_settings(Study const& study, KeyTable const& keys, DataFolders const& data, SettingsBook& book) {
  Labels const labels(data.datasets / "labels.csv", study.language);
  Defaults(study, keys, labels, book).add();
}

}  // namespace terrein
