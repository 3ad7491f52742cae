#include <nlohmann/json.hpp>

#include "terrein/app/explain.hpp"

namespace terrein {
namespace {

using Json = nlohmann::ordered_json;

Json of(std::optional<double> const& number) { return number ? Json(*number) : Json(); }
Json of(std::string const& text) { return text.empty() ? Json() : Json(text); }
Json of(ResultValue const& value) {
  if (auto const* number = std::get_if<double>(&value)) return *number;
  if (auto const* text = std::get_if<std::string>(&value)) return *text;
  return nullptr;
}

Json json(ExplainedRule const& rule) {
  Json out{{"rule", rule.key},        {"label", rule.label},       {"effect", rule.effect},
           {"level", of(rule.level)}, {"result", of(rule.result)}, {"criterion", of(rule.measure.criterion)},
           {"when", of(rule.test)}};
  if (!rule.measure.criterion.empty()) {
    out["measure"] = of(rule.measure.value);
    out["unit"] = of(rule.measure.unit);
    out["measure_in_file"] = rule.measure.in_file;
    out["by_hand"] = rule.measure.by_hand;
  }
  out["margin"] = of(rule.margin);
  out["decided_by"] = of(rule.measure.decided_by);
  out["ground"] = of(rule.ground);
  out["reference"] = of(rule.reference);
  out["date"] = of(rule.date);
  out["mark"] = of(rule.mark);
  out["duty"] = of(rule.duty);
  return out;
}

Json json(ExplainedCriterion const& one) {
  return {{"criterion", one.measure.criterion},
          {"label", one.measure.label},
          {"measure", of(one.measure.value)},
          {"measure_in_file", one.measure.in_file},
          {"unit", of(one.measure.unit)},
          {"level", of(one.level)},
          {"by_hand", one.measure.by_hand},
          {"decided_by", of(one.measure.decided_by)},
          {"value", of(one.value)},
          {"value_in_file", one.value_in_file},
          {"weight_share", one.weight_share},
          {"points", of(one.points)},
          {"most_points", of(one.most_points)},
          {"unmeasured", of(one.unmeasured)},
          {"value_function", of(one.function)},
          {"function_points", of(one.function_points)},
          {"mark", of(one.mark)},
          {"why", of(one.why)}};
}

Json json(ExplainedModel const& model) {
  Json out{{"model", model.key},
           {"label", model.label},
           {"outcome", of(model.outcome)},
           {"cuts_together", model.cuts_together},
           {"duties", of(model.duties)},
           {"score", of(model.score)},
           {"low", of(model.low)},
           {"high", of(model.high)},
           {"completeness", of(model.completeness)},
           {"min_completeness", model.min_completeness},
           {"rank", of(model.rank)},
           {"ranked", model.ranked},
           {"weights", of(model.weights_note)},
           {"rules", Json::array()},
           {"criteria", Json::array()}};
  for (ExplainedRule const& rule : model.rules) out["rules"].push_back(json(rule));
  for (ExplainedCriterion const& one : model.criteria) out["criteria"].push_back(json(one));
  return out;
}

Json json(ExplainedAddition const& one) {
  return {{"field", one.field},   {"value", of(one.value)},   {"low", of(one.low)},
          {"high", of(one.high)}, {"source", of(one.source)}, {"by", of(one.by)},
          {"date", of(one.date)}, {"was", of(one.was)},       {"outcome", of(one.outcome)}};
}

}  // namespace

std::string to_json(Explanation const& explanation) {
  Json out{{"id", explanation.id},
           {"result", explanation.result},
           {"title", explanation.title},
           {"time", of(explanation.time)},
           {"layer", explanation.table},
           {"excluded", explanation.excluded},
           {"excluded_by", of(explanation.excluded_by)},
           {"manual", of(explanation.manual)},
           {"not_in_file", explanation.missing},
           {"models", Json::array()},
           {"additions", Json::array()}};
  for (ExplainedModel const& model : explanation.models) out["models"].push_back(json(model));
  for (ExplainedAddition const& one : explanation.additions) out["additions"].push_back(json(one));
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace terrein
