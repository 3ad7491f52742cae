#include <algorithm>

#include "read_effects.hpp"
#include "study_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/decision/scoring.hpp"
#include "weight_sets.hpp"

namespace terrein {
namespace {

bool same_cut(CutSpec const& a, CutSpec const& b) {
  return a.layer == b.layer && a.classes == b.classes && a.buffer_m == b.buffer_m;
}

/// Labels and units may differ; what is measured may not.
bool same_measure(CriterionSpec const& a, CriterionSpec const& b) {
  return a.measure == b.measure && a.layer == b.layer && a.classes == b.classes && a.field == b.field &&
         a.radius_m == b.radius_m && a.distance_m == b.distance_m && a.tolerance_m == b.tolerance_m &&
         a.min_shared_m == b.min_shared_m && a.roads == b.roads && a.chains == b.chains && a.by == b.by &&
         a.to == b.to && a.access_kmh == b.access_kmh && a.per == b.per && a.access == b.access &&
         std::equal(a.cuts.begin(), a.cuts.end(), b.cuts.begin(), b.cuts.end(), same_cut);
}

template <class Spec>
std::vector<std::string> keys_of(std::vector<Spec> const& specs) {
  std::vector<std::string> out;
  for (Spec const& spec : specs) out.push_back(spec.key);
  return out;
}

bool contains(std::vector<std::string> const& list, std::string const& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// Reads one [models.<key>]; shipped rules and criteria that the study does not define itself are added to it.
class ModelReader {
 public:
  ModelReader(TomlTable table, std::string const& key, StudyContext const& context, Study& study,
              std::vector<RuleSwitch>& switches)
      : table_(std::move(table)), context_(context), study_(study), switches_(switches) {
    model_.key = key;
  }

  ModelConfig read() {
    read_defaults();
    remove("without_criteria", true);
    remove("without_rules", false);
    add_rules();
    read_values();
    read_weights();
    read_effects(
        table_, [this](std::string const& key) { return rule_of(key); }, study_.language, model_, switches_);
    read_names();
    read_model_weights(table_, context_, models_, model_);
    read_weight_ranges(table_, model_);
    read_scoring(table_, model_);
    table_.finish();
    add_shipped_rules();
    add_shipped_criteria();
    check_weights();
    return model_;
  }

 private:
  void read_defaults() {
    auto const shipped = shipped_models(context_.data);
    std::string otherwise = contains(shipped, model_.key) ? model_.key : "";
    std::string const name = table_.text_or("defaults", otherwise);
    if (name.empty() || name == "none") return;
    if (!contains(shipped, name)) {
      table_.problem("defaults", "there is no shipped model '" + name + "'." + suggestion(name, shipped));
      return;
    }
    model_.defaults = name;
    defaults_ = load_model_defaults(context_.data.datasets / "defaults" / (name + ".csv"));
    model_.criteria = defaults_.scored;
    model_.rules = keys_of(defaults_.rules);
  }

  void remove(std::string_view key, bool criteria) {
    for (std::string const& word : table_.texts(key)) {
      std::vector<std::string> known;
      if (criteria) {
        for (ModelCriterion const& one : model_.criteria) known.push_back(one.criterion);
      } else {
        known = model_.rules;
      }
      if (!contains(known, word)) table_.problem(key, "the model has no '" + word + "'." + suggestion(word, known));
      std::erase_if(model_.criteria, [&](ModelCriterion const& one) { return criteria && one.criterion == word; });
      std::erase_if(model_.rules, [&](std::string const& one) { return !criteria && one == word; });
    }
  }

  void add_rules() {
    for (std::string const& word : table_.texts("rules")) {
      if (study_.find_rule(word) == nullptr && !contains(keys_of(defaults_.rules), word))
        table_.problem("rules", "there is no rule '" + word + "'." + suggestion(word, keys_of(study_.rules)));
      if (!contains(model_.rules, word)) model_.rules.push_back(word);
    }
  }

  /// A rule of the study, or of the shipped model that this one takes over.
  [[nodiscard]] RuleSpec const* rule_of(std::string const& key) const {
    if (RuleSpec const* rule = study_.find_rule(key); rule != nullptr) return rule;
    auto const it = std::find_if(defaults_.rules.begin(), defaults_.rules.end(),
                                 [&key](RuleSpec const& one) { return one.key == key; });
    return it == defaults_.rules.end() ? nullptr : &*it;
  }

  void read_values() {
    TomlTable values = table_.table("values");
    for (std::string const& key : values.keys()) {
      TomlTable one = values.table(key);
      std::string const kind = one.text_or("kind", "piecewise");
      std::string const points = one.text_or("points", "");
      std::string const outside = one.text_or("outside", "clip");
      try {
        ModelCriterion& entry = entry_of(key);
        entry.function = parse_value_function(kind, points);
        if (auto const found = terrein::outside(outside))
          entry.function.outside = *found;
        else
          one.problem("outside", "'" + outside + "' is not one of clip, extrapolate, error.");
        entry.why = one.text_or("why", entry.why);
        entry.mark = one.text_or("mark", "own choice");
      } catch (Error const& error) {
        one.problem("points", error.what());
      }
      one.finish();
    }
  }

  ModelCriterion& entry_of(std::string const& key) {
    for (ModelCriterion& one : model_.criteria)
      if (one.criterion == key) return one;
    if (study_.find_criterion(key) == nullptr && !contains(keys_of(defaults_.criteria), key))
      table_.problem("values", "there is no criterion '" + key + "'." + suggestion(key, known_criteria()));
    model_.criteria.push_back({key, 0, {}, "", "", "", "own choice"});
    return model_.criteria.back();
  }

  void read_weights() {
    TomlTable weights = table_.table("weights");
    for (std::string const& key : weights.keys()) {
      auto const weight = weights.number(key);
      auto const it = std::find_if(model_.criteria.begin(), model_.criteria.end(),
                                   [&](ModelCriterion const& one) { return one.criterion == key; });
      if (it == model_.criteria.end()) {
        std::vector<std::string> known;
        for (ModelCriterion const& one : model_.criteria) known.push_back(one.criterion);
        weights.problem(key,
                        "the model has no criterion '" + key + "' with a value function." + suggestion(key, known));
      } else if (weight) {
        it->weight = *weight;
      }
    }
  }

  void read_names() {
    std::string const label = table_.text_or("label", "");
    model_.label_nl = table_.text_or("label_nl", label);
    model_.label_en = table_.text_or("label_en", label);
    model_.adopted_by = table_.text_or("adopted_by", "");
    model_.adopted_on = table_.date("adopted_on").value_or("");
    if (model_.adopted_by.empty() != model_.adopted_on.empty())
      table_.problem("adopted_by", "name who adopted the weights and when: `adopted_by` and `adopted_on` go together.");
    model_.min_completeness = table_.number("min_completeness").value_or(model_.min_completeness);
    if (model_.min_completeness < 0 || model_.min_completeness > 1)
      table_.problem("min_completeness", "must be between 0 and 1.");
  }

  void add_shipped_rules() {
    for (RuleSpec const& rule : defaults_.rules) {
      if (!contains(model_.rules, rule.key)) continue;
      RuleSpec const* other = study_.find_rule(rule.key);
      auto const cut = defaults_.cuts.find(rule.key);
      if (other == nullptr) {
        study_.rules.push_back(rule);
        if (cut != defaults_.cuts.end()) study_.cuts[rule.key] = cut->second;
      } else if (!contains(own_rules_, rule.key) &&
                 (other->criterion != rule.criterion || other->effect != rule.effect ||
                  to_text(other->test) != to_text(rule.test) ||
                  (cut != defaults_.cuts.end() && !same_cut(cut->second, study_.cuts.at(rule.key))))) {
        table_.problem("",
                       "rule '" + rule.key + "' would mean something else here than in another model of this study.");
      }
    }
  }

  /// Shipped criteria that are scored or that a rule of the model tests.
  void add_shipped_criteria() {
    std::vector<std::string> needed;
    for (ModelCriterion const& one : model_.criteria) needed.push_back(one.criterion);
    for (std::string const& key : model_.rules)
      if (RuleSpec const* rule = study_.find_rule(key); rule != nullptr) needed.push_back(rule->criterion);
    for (CriterionSpec spec : defaults_.criteria) {
      if (!contains(needed, spec.key)) continue;
      if ((spec.measure == "net_area" || spec.measure == "net_share") && spec.cuts.empty())
        for (std::string const& key : model_.rules)
          if (auto const cut = study_.cuts.find(key); cut != study_.cuts.end()) spec.cuts.push_back(cut->second);
      add_criterion(spec);
    }
    for (ModelCriterion& one : model_.criteria)
      if (CriterionSpec const* spec = study_.find_criterion(one.criterion); spec != nullptr && one.label_nl.empty()) {
        one.label_nl = spec->label_nl;
        one.label_en = spec->label_en;
      }
  }

  /// Land left by other cuts than in another model is a measure of its own, named after this model; any other
  /// difference is a fault.
  void add_criterion(CriterionSpec spec) {
    CriterionSpec const* other = study_.find_criterion(spec.key);
    bool const own = contains(own_criteria(), spec.key);
    if (other != nullptr && !own && !same_measure(*other, spec) && spec.measure.starts_with("net_")) {
      std::string const name = spec.key + "_" + model_.key;
      rename(spec.key, name);
      spec.key = name;
      other = study_.find_criterion(name);
    }
    if (other == nullptr) {
      study_.criteria.push_back(spec);
    } else if (!own && !same_measure(*other, spec)) {
      table_.problem("", "criterion '" + spec.key +
                             "' would mean something else here than in another model of this study; define it "
                             "under its own name in [criteria] and use that.");
    }
  }

  /// Gives a criterion of the model another name wherever the model speaks of it.
  void rename(std::string const& from, std::string const& to) {
    for (ModelCriterion& one : model_.criteria)
      if (one.criterion == from) one.criterion = to;
    for (ModelGroup& group : model_.scoring.groups)
      std::replace(group.criteria.begin(), group.criteria.end(), from, to);
    auto& ranges = model_.scoring.weight_ranges;
    if (auto const range = ranges.find(from); range != ranges.end()) {
      ranges[to] = range->second;
      ranges.erase(from);
    }
  }

  [[nodiscard]] std::vector<std::string> own_criteria() const { return study_own_; }
  [[nodiscard]] std::vector<std::string> known_criteria() const {
    auto out = keys_of(study_.criteria);
    for (auto const& key : keys_of(defaults_.criteria)) out.push_back(key);
    return out;
  }

  void check_weights() {
    std::vector<double> weights;
    for (ModelCriterion const& one : model_.criteria) weights.push_back(one.weight);
    if (weights.empty()) return;  // a model of rules alone
    try {
      (void)normalised_weights(weights, model_.key);
    } catch (Error const& error) {
      table_.problem("weights", error.what());
    }
  }

  TomlTable table_;
  StudyContext const& context_;
  Study& study_;
  std::vector<RuleSwitch>& switches_;
  ModelDefaults defaults_;
  ModelConfig model_;

 public:
  std::vector<std::string> own_rules_;  ///< rules the study defines itself
  std::vector<std::string> study_own_;  ///< criteria the study defines itself; they win over shipped ones
  std::vector<std::string> models_;     ///< all models of the study
};

}  // namespace

void read_models(TomlTable& root, StudyContext const& context, Study& study) {
  TomlTable models = root.table("models");
  auto const own = keys_of(study.criteria);
  auto const own_rules = keys_of(study.rules);
  std::vector<RuleSwitch> switches;
  for (std::string const& key : models.keys()) {
    check_key(models, key);
    ModelReader reader(models.table(key), key, context, study, switches);
    reader.study_own_ = own;
    reader.own_rules_ = own_rules;
    reader.models_ = models.keys();
    study.models.push_back(reader.read());
  }
  apply_switches(switches, models, study);
}

}  // namespace terrein
