#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "study_parts.hpp"
#include "terrein/app/catalogue.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {
namespace {

using Json = nlohmann::ordered_json;

/// Said in both languages as it stands in results and manifests, so that it can be searched for.
constexpr std::string_view starting_weights = "startgewichten, niet bestuurlijk vastgesteld";

/// The words around what the tables say.
struct Words {
  std::string_view criteria, rules, scored, weight, for_rules, of, when, land_of, in, per_site;
};
constexpr Words english{"criteria", "rules", "scored criteria", "weight", "measured for rules only",
                        "of",       "when",  "land of",         "in",     "per site"};
constexpr Words dutch{"criteria", "regels", "gescoorde criteria", "gewicht", "alleen gemeten voor regels",
                      "van",      "als",    "land van",           "in",      "per site"};

Words const& words(Language language) { return language == Language::nl ? dutch : english; }

std::string const& pick(Language language, std::string const& nl, std::string const& en) {
  return language == Language::nl ? nl : en;
}

ModelDefaults load_shipped(DataFolders const& data, std::string const& name) {
  auto const known = shipped_models(data);
  if (std::find(known.begin(), known.end(), name) == known.end())
    throw_error(ErrorKind::usage, "There is no shipped model '{}'.{}", name, suggestion(name, known));
  return load_model_defaults(data.datasets / "defaults" / (name + ".csv"));
}

std::string label_of(DataFolders const& data, std::string const& name, Language language) {
  return Labels(data.datasets / "labels.csv", language).get("model", name);
}

/// When the rule applies; what a cut takes out is its layer, classes and margin.
std::string when_text(RuleSpec const& rule, ModelDefaults const& model, Words const& say) {
  if (rule.effect != RuleEffect::cut) return rule.criterion + " " + to_text(rule.test);
  CutSpec const& cut = model.cuts.at(rule.key);
  std::string out = fmt::format("{} {}", say.land_of, cut.layer);
  if (!cut.classes.empty()) out += fmt::format(" {} {}", say.in, join(cut.classes, "|"));
  if (cut.buffer_m > 0) out += " + " + shortest(cut.buffer_m) + " m";
  return out;
}

std::vector<CriterionSpec const*> for_rules_only(ModelDefaults const& model) {
  std::vector<CriterionSpec const*> out;
  for (CriterionSpec const& spec : model.criteria)
    if (std::none_of(model.scored.begin(), model.scored.end(),
                     [&spec](ModelCriterion const& one) { return one.criterion == spec.key; }))
      out.push_back(&spec);
  return out;
}

std::string criterion_text(ModelCriterion const& one, Language language) {
  return fmt::format("  {} ({}): {} {}, {} {}\n    {}: {}\n", one.criterion, pick(language, one.label_nl, one.label_en),
                     words(language).weight, shortest(one.weight), to_string(one.function.kind), to_text(one.function),
                     one.mark, one.why);
}

std::string measured_text(CriterionSpec const& spec, Language language) {
  std::string const label = pick(language, spec.label_nl, spec.label_en);
  if (spec.layer.empty()) return fmt::format("  {} ({}): {}\n", spec.key, label, spec.measure);
  return fmt::format("  {} ({}): {} {} {}\n", spec.key, label, spec.measure, words(language).of, spec.layer);
}

std::string rule_text(RuleSpec const& rule, ModelDefaults const& model, Language language) {
  Words const& say = words(language);
  std::string out = fmt::format("  {} ({}): {} {} {}", rule.key, pick(language, rule.label_nl, rule.label_en),
                                to_string(rule.effect), say.when, when_text(rule, model, say));
  if (rule.of_site) out += fmt::format(", {}", say.per_site);
  out += fmt::format("\n    {}, {}: {}{}\n", to_string(rule.ground), rule.mark, rule.reference,
                     rule.date.empty() ? "" : " (" + rule.date + ")");
  if (!rule.duty.empty()) out += "    " + rule.duty + "\n";
  return out;
}

Json criterion_json(CriterionSpec const& spec) {
  Json out{{"key", spec.key}, {"label_nl", spec.label_nl}, {"label_en", spec.label_en}, {"measure", spec.measure}};
  out["layer"] = spec.layer.empty() ? Json(nullptr) : Json(spec.layer);
  out["classes"] = spec.classes;
  out["unit"] = spec.unit;
  out["level"] = spec.of_site ? "site" : "parcel";
  return out;
}

Json scored_json(ModelCriterion const& one, ModelDefaults const& model) {
  auto const spec = std::find_if(model.criteria.begin(), model.criteria.end(),
                                 [&one](CriterionSpec const& other) { return other.key == one.criterion; });
  Json out = criterion_json(*spec);
  out["weight"] = one.weight;
  out["kind"] = to_string(one.function.kind);
  out["points"] = to_text(one.function);
  out["mark"] = one.mark;
  out["why"] = one.why;
  return out;
}

Json cut_json(CutSpec const& cut) {
  return {{"layer", cut.layer}, {"classes", cut.classes}, {"buffer_m", cut.buffer_m}};
}

Json rule_json(RuleSpec const& rule, ModelDefaults const& model) {
  bool const cut = rule.effect == RuleEffect::cut;
  Json out{{"key", rule.key}, {"label_nl", rule.label_nl}, {"label_en", rule.label_en}};
  out["effect"] = to_string(rule.effect);
  out["level"] = rule.of_site ? "site" : "parcel";
  out["criterion"] = cut ? Json(nullptr) : Json(rule.criterion);
  out["when"] = cut ? Json(nullptr) : Json(to_text(rule.test));
  out["cut"] = cut ? cut_json(model.cuts.at(rule.key)) : Json(nullptr);
  out["ground"] = to_string(rule.ground);
  out["reference"] = rule.reference;
  out["date"] = rule.date.empty() ? Json(nullptr) : Json(rule.date);
  out["mark"] = rule.mark;
  out["duty"] = rule.duty;
  return out;
}

Json head_json(DataFolders const& data, std::string const& name) {
  return {{"name", name},
          {"label_nl", label_of(data, name, Language::nl)},
          {"label_en", label_of(data, name, Language::en)}};
}

}  // namespace

std::string models_text(DataFolders const& data, Language language) {
  std::string out;
  for (std::string const& name : shipped_models(data)) {
    ModelDefaults const model = load_shipped(data, name);
    out += fmt::format("{}: {}, {} {}, {} {}\n", name, label_of(data, name, language), model.rules.size(),
                       words(language).rules, model.scored.size(), words(language).scored);
  }
  return out + fmt::format("{}\n", starting_weights);
}

std::string models_json(DataFolders const& data) {
  Json all = Json::array();
  for (std::string const& name : shipped_models(data)) {
    ModelDefaults const model = load_shipped(data, name);
    Json one = head_json(data, name);
    one["rules"] = model.rules.size();
    one["criteria"] = model.scored.size();
    all.push_back(one);
  }
  return Json{{"weights", starting_weights}, {"models", all}}.dump(1) + "\n";
}

std::string model_text(DataFolders const& data, std::string const& name, Language language) {
  ModelDefaults const model = load_shipped(data, name);
  Words const& say = words(language);
  std::string out = fmt::format("{}: {}\n{}\n", name, label_of(data, name, language), starting_weights);
  out += fmt::format("\n{}\n", say.criteria);
  for (ModelCriterion const& one : model.scored) out += criterion_text(one, language);
  out += fmt::format("\n{}\n", say.for_rules);
  for (CriterionSpec const* spec : for_rules_only(model)) out += measured_text(*spec, language);
  out += fmt::format("\n{}\n", say.rules);
  for (RuleSpec const& rule : model.rules) out += rule_text(rule, model, language);
  return out;
}

std::string model_json(DataFolders const& data, std::string const& name) {
  ModelDefaults const model = load_shipped(data, name);
  Json out = head_json(data, name);
  out["weights"] = starting_weights;
  for (char const* part : {"criteria", "measured_for_rules", "rules"}) out[part] = Json::array();
  for (ModelCriterion const& one : model.scored) out["criteria"].push_back(scored_json(one, model));
  for (CriterionSpec const* spec : for_rules_only(model)) out["measured_for_rules"].push_back(criterion_json(*spec));
  for (RuleSpec const& rule : model.rules) out["rules"].push_back(rule_json(rule, model));
  return out.dump(1) + "\n";
}

}  // namespace terrein
