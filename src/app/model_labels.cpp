// How models and criteria are called where people read them.
#include "model_scoring.hpp"
#include "result_tables.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "weight_sets.hpp"

namespace terrein {

std::string adoption_note(WeightSet const& set, Labels const& labels) {
  if (set.adopted_by.empty()) return labels.get("term", "not_adopted");
  return fmt::format("{} {} ({})", labels.get("term", "adopted_by"), set.adopted_by, set.adopted_on);
}

std::string weight_set_note(WeightSet const& set, Labels const& labels) {
  std::string out = fmt::format("{} '{}'", labels.get("term", "weight_set"), labels.pick(set.label_nl, set.label_en));
  if (!set.date.empty()) out += fmt::format(" {} {}", labels.get("term", "of"), set.date);
  Bilingual const how = words_of(set.how);
  out += ": " + labels.pick(how.nl, how.en) + "; " + adoption_note(set, labels);
  if (!set.consistency) return out;
  std::string words = labels.pick(set.consistency->words.nl, set.consistency->words.en);
  if (words.ends_with('.')) words.pop_back();  // what follows a note brings its own
  return out + ". " + words;
}

std::string weights_note(ModelConfig const& model, Labels const& labels) {
  std::string note = labels.get("term", "starting_weights");
  if (!model.adopted_by.empty())
    note = fmt::format("{} {} ({})", labels.get("term", "adopted_by"), model.adopted_by, model.adopted_on);
  if (WeightSet const* const set = weight_set_of(model)) note = weight_set_note(*set, labels);
  if (has_method(model))
    return fmt::format("{}; {}: {}", note, labels.get("term", "method"), method_note(model, labels));
  std::vector<std::string> relative;
  for (ModelCriterion const& one : model.criteria)
    if (one.function.kind == ValueKind::minmax) relative.push_back(one.criterion);
  if (!relative.empty()) note += fmt::format("; {}: {}", labels.get("term", "relative"), join(relative, ", "));
  return note;
}

std::string model_label(ModelConfig const& model, Labels const& labels) {
  std::string const own = labels.pick(model.label_nl, model.label_en);
  return own.empty() ? labels.get("model", model.key) : own;
}

std::string criterion_label(CriterionSpec const& spec, Labels const& labels) {
  std::string label = labels.pick(spec.label_nl, spec.label_en);
  if (label.empty()) label = spec.key;
  std::string const unit = spec.unit.empty() ? std::string(find_criterion_kind(spec.measure)->unit) : spec.unit;
  std::string const shown = labels.get("unit", unit);
  if (shown.empty() || unit == "class" || unit.empty() || label.ends_with(")")) return label;
  return label + " (" + shown + ")";
}

}  // namespace terrein
