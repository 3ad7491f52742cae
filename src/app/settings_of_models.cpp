#include <algorithm>

#include "settings_book.hpp"
#include "study_parts.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

void add_cut(CutSpec const& cut, SettingsOf settings) {
  settings.text("layer", cut.layer);
  settings.texts("classes", cut.classes);
  if (cut.buffer_m > 0) settings.number("buffer_m", cut.buffer_m);
}

/// What a criterion of a shipped model measures: the keys that count for its kind.
void add_criterion(CriterionSpec const& spec, SettingsOf settings) {
  CriterionKind const* kind = find_criterion_kind(spec.measure);
  auto const keys = split(kind == nullptr ? "" : kind->keys, ' ');
  auto const takes = [&keys](char const* key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); };
  settings.text("measure", spec.measure);
  settings.text("layer", spec.layer);
  settings.texts("classes", spec.classes);
  settings.text("field", spec.field);
  if (takes("radius_m")) settings.number("radius_m", spec.radius_m);
  if (takes("distance_m")) settings.number("distance_m", spec.distance_m);
  if (takes("tolerance_m")) settings.number("tolerance_m", spec.tolerance_m);
  if (takes("min_shared_m")) settings.number("min_shared_m", spec.min_shared_m);
  settings.text("roads", spec.roads);
  if (takes("access_kmh")) settings.number("access_kmh", spec.access_kmh);
  if (spec.per != 1) settings.number("per", spec.per);
  settings.text("unit", spec.unit);
  settings.text("level", spec.of_site ? "site" : "parcel");
  for (CutSpec const& cut : spec.cuts) {
    // Two cuts of one layer stand under names of their own, as they would have to in a study.
    std::string const same = join(cut.classes, "_");
    add_cut(cut, settings.below("cuts").below(cut.layer + (same.empty() ? "" : "_" + same)));
  }
  settings.text("label_nl", spec.label_nl);
  settings.text("label_en", spec.label_en);
}

void add_rule(RuleSpec const& rule, Study const& study, SettingsOf settings) {
  settings.text("effect", to_string(rule.effect));
  if (rule.effect == RuleEffect::cut) {
    add_cut(study.cuts.at(rule.key), settings);
  } else {
    settings.text("criterion", rule.criterion);
    settings.text("when", to_text(rule.test));
  }
  settings.text("ground", to_string(rule.ground));
  settings.text("reference", rule.reference);
  settings.text("date", rule.date);
  settings.text("duty", rule.duty);
  settings.text("mark", rule.mark);
  settings.text("level", rule.of_site ? "site" : "parcel");
  settings.text("label_nl", rule.label_nl);
  settings.text("label_en", rule.label_en);
}

/// A function that the study writes itself replaces the shipped one as a whole, but for its reason.
void add_function(ModelCriterion const& one, bool own, SettingsOf settings) {
  if (!own) {
    settings.text("kind", to_string(one.function.kind));
    settings.text("points", to_text(one.function));
    settings.text("mark", one.mark);
  }
  settings.text("why", one.why);
}

/// Shipped criteria, rules and functions that a model of the study took over.
class ShippedModel {
 public:
  ShippedModel(ModelConfig const& model, std::string const& name, Study const& study, DataFolders const& data,
               SettingsBook& book)
      : model_(model),
        study_(study),
        book_(book),
        origin_("model defaults " + name + ".csv"),
        defaults_(load_model_defaults(data.datasets / "defaults" / (name + ".csv"))) {}

  void add() {
    add_weights();
    SettingsOf(book_, {"models", model_.key}, origin_).texts("rules", written_rules());
    for (RuleSpec const& rule : defaults_.rules)
      if (RuleSpec const* used = study_.find_rule(rule.key); is_used(rule.key) && !is_own("rules", rule.key))
        add_rule(*used, study_, SettingsOf(book_, {"rules", rule.key}, origin_));
    for (CriterionSpec const& spec : defaults_.criteria)
      for (std::string const& key : {spec.key, spec.key + "_" + model_.key})
        if (CriterionSpec const* used = study_.find_criterion(key); used != nullptr && used->shipped)
          add_criterion(*used, SettingsOf(book_, {"criteria", key}, origin_));
  }

 private:
  [[nodiscard]] bool is_used(std::string const& rule) const {
    return std::find(model_.rules.begin(), model_.rules.end(), rule) != model_.rules.end();
  }

  [[nodiscard]] std::vector<std::string> written_rules() const {
    std::vector<std::string> out;
    for (std::string const& key : model_.rules) out.push_back(written_rule(book_, model_.key, key));
    return out;
  }

  /// Written in the study itself: it was not taken over. Settings of another shipped model stand there unchanged.
  [[nodiscard]] bool is_own(std::string const& table, std::string const& key) const {
    for (Setting const& one : book_.settings())
      if (one.path.size() > 1 && one.path[0] == table && one.path[1] == key)
        return !one.origin.starts_with("model defaults");
    return false;
  }

  /// The study's name of a criterion: where the land left differs between models, `read_models` names one after this.
  [[nodiscard]] std::string written_name(std::string const& criterion) const {
    std::string const suffix = "_" + model_.key;
    for (ModelCriterion const& one : defaults_.scored)
      if (one.criterion + suffix == criterion) return one.criterion;
    return criterion;
  }

  void add_weights() {
    for (ModelCriterion const& one : model_.criteria) {
      bool const shipped =
          std::any_of(defaults_.scored.begin(), defaults_.scored.end(),
                      [&](ModelCriterion const& other) { return other.criterion == written_name(one.criterion); });
      if (!shipped) continue;
      std::string const name = written_name(one.criterion);
      SettingsOf const settings(book_, {"models", model_.key}, origin_);
      WeightsFile const& file = model_.scoring.weights_file;
      if (file.path.empty())
        settings.below("weights").number(name, one.weight);
      else
        SettingsOf(book_, {"models", model_.key}, "weights file " + file.raw)
            .below("weights")
            .words(name, shortest(one.weight));
      bool const own = book_.has({"models", model_.key, "values", name, "points"});
      add_function(one, own, settings.below("values").below(name));
    }
  }

  ModelConfig const& model_;
  Study const& study_;
  SettingsBook& book_;
  std::string origin_;
  ModelDefaults defaults_;
};

/// The shipped model that a model takes over: the one it names, else the one of its own name.
std::string shipped_name(ModelConfig const& model, std::vector<std::string> const& shipped, SettingsBook& book) {
  for (Setting const& one : book.settings())
    if (one.path == SettingsBook::Path{"models", model.key, "defaults"})
      return one.json == "\"none\"" ? "" : one.json.substr(1, one.json.size() - 2);
  bool const same = std::find(shipped.begin(), shipped.end(), model.key) != shipped.end();
  if (same) SettingsOf(book, {"models", model.key}, "default").text("defaults", model.key);
  return same ? model.key : "";
}

}  // namespace

void add_model_settings(Study const& study, DataFolders const& data, SettingsBook& book) {
  auto const shipped = shipped_models(data);
  for (ModelConfig const& model : study.models)
    if (std::string const name = shipped_name(model, shipped, book); !name.empty())
      ShippedModel(model, name, study, data, book).add();
}

}  // namespace terrein
