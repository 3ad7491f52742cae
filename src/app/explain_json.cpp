#include <nlohmann/json.hpp>

#include "terrein/app/explain.hpp"

namespace terrein {
namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json or_null(std::optional<T> const& value) {
  return value ? Json(*value) : Json(nullptr);
}
Json or_null(std::string const& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json measure_json(ExplainedMeasure const& one) {
  Json out{{"key", one.key},         {"label", one.label}, {"unit", one.unit},
           {"measure", one.measure}, {"shown", one.shown}, {"known", one.known()}};
  out["value"] = one.is_class ? or_null(one.text) : or_null(one.value);
  out["low"] = or_null(one.low);
  out["high"] = or_null(one.high);
  out["why_unknown"] = or_null(one.why_unknown);
  out["layers"] = one.layers;
  out["classes"] = or_null(one.classes);
  out["by_layer"] = or_null(one.by_layer);
  out["by"] = or_null(one.by);
  out["manual"] = one.manual;
  out["approximate"] = one.approximate;
  out["meaning"] = one.meaning;
  return out;
}

Json rule_json(ExplainedRule const& one) {
  bool const cut = one.rule.effect == RuleEffect::cut;
  Json out{{"key", one.rule.key},
           {"label", one.label},
           {"effect", to_string(one.rule.effect)},
           {"level", one.rule.of_site ? "site" : "parcel"},
           {"ground", to_string(one.rule.ground)},
           {"reference", or_null(one.rule.reference)},
           {"date", or_null(one.rule.date)},
           {"mark", or_null(one.rule.mark)},
           {"duty", or_null(one.rule.duty)},
           {"decides", decides(one.rule)}};
  out["result"] = one.result ? Json(to_string(*one.result)) : Json(nullptr);
  out["criterion"] = or_null(one.rule.criterion);
  out["when"] = to_text(one.rule.test);
  out["margin"] = or_null(one.margin);
  if (!cut) return out;
  out["layer"] = one.layer;
  out["classes"] = or_null(one.classes);
  out["buffer_m"] = one.buffer_m;
  out["by_layer"] = or_null(one.by_layer);
  out["by"] = or_null(one.by);
  out["cut_share"] = or_null(one.cut_share);
  out["cut_low"] = or_null(one.cut_low);
  out["cut_high"] = or_null(one.cut_high);
  out["cut_m2"] = or_null(one.cut_m2);
  return out;
}

Json criterion_json(ExplainedCriterion const& one) {
  Json out{{"criterion", one.measure},
           {"shown", one.shown},
           {"weight", one.weight},
           {"weight_share", one.weight_share},
           {"value", or_null(one.value)},
           {"value_low", one.shown ? Json(one.value_low) : Json(nullptr)},
           {"value_high", one.shown ? Json(one.value_high) : Json(nullptr)},
           {"points", or_null(one.points)},
           {"possible", or_null(one.possible)},
           {"better_than", or_null(one.better_than)},
           {"equal_to", or_null(one.equal_to)},
           {"veto_below", or_null(one.veto_below)}};
  out["value_function"] = {{"kind", to_string(one.function.kind)},
                           {"points", to_text(one.function)},
                           {"outside", to_string(one.function.outside)}};
  out["why"] = or_null(one.why);
  out["mark"] = or_null(one.mark);
  return out;
}

Json neighbours_json(std::vector<RankedCandidate> const& list) {
  Json out = Json::array();
  for (RankedCandidate const& one : list) out.push_back({{"id", one.id}, {"rank", one.rank}, {"score", one.score}});
  return out;
}

Json model_json(ExplainedModel const& one) {
  Json out{{"model", or_null(one.key)}, {"label", or_null(one.label)}, {"weights_note", or_null(one.weights_note)}};
  out["method"] = or_null(one.method);
  out["additive"] = one.additive;
  out["groups"] = Json::array();
  for (ExplainedGroup const& group : one.groups)
    out["groups"].push_back(
        {{"group", group.key}, {"label", group.label}, {"shown", group.shown}, {"score", or_null(group.score)}});
  out["outcome"] = one.outcome ? Json(to_string(*one.outcome)) : Json(nullptr);
  out["all_cut"] = one.all_cut;
  out["duties"] = one.duties;
  out["score"] = or_null(one.score);
  out["low"] = or_null(one.low);
  out["high"] = or_null(one.high);
  out["completeness"] = or_null(one.completeness);
  out["min_completeness"] = one.min_completeness;
  out["net_m2"] = or_null(one.net_m2);
  out["position"] = {{"rank", or_null(one.position.rank)},
                     {"would_be", or_null(one.position.would_be)},
                     {"ranked", one.position.ranked},
                     {"better_than", or_null(one.position.better_than)},
                     {"above", neighbours_json(one.position.above)},
                     {"below", neighbours_json(one.position.below)}};
  out["rules"] = Json::array();
  for (ExplainedRule const& rule : one.rules) out["rules"].push_back(rule_json(rule));
  out["criteria"] = Json::array();
  for (ExplainedCriterion const& criterion : one.criteria) out["criteria"].push_back(criterion_json(criterion));
  return out;
}

Json manual_json(ManualValue const& one) {
  return {{"field", one.field},        {"value", or_null(one.value)},   {"low", or_null(one.low)},
          {"high", or_null(one.high)}, {"source", or_null(one.source)}, {"by", or_null(one.by)},
          {"date", or_null(one.date)}, {"was", or_null(one.was)},       {"outcome", or_null(one.outcome)}};
}

}  // namespace

std::string to_json(Explanation const& of) {
  Json out{{"id", of.id},
           {"result", of.file},
           {"table", of.table},
           {"excluded", of.excluded},
           {"excluded_by", or_null(of.excluded_by)},
           {"title", of.title},
           {"study", of.study},
           {"time", of.time},
           {"terrein", of.version},
           {"language", of.language == Language::nl ? "nl" : "en"},
           {"area_m2", of.area_m2},
           {"candidates", of.candidates}};
  out["models"] = Json::array();
  for (ExplainedModel const& model : of.models) out["models"].push_back(model_json(model));
  out["measures"] = Json::array();
  for (auto const& [key, measure] : of.measures) out["measures"].push_back(measure_json(measure));
  out["manual"] = Json::array();
  for (ManualValue const& one : of.manual) out["manual"].push_back(manual_json(one));
  out["layers"] = Json::array();
  for (ExplainedLayer const& one : of.layers)
    out["layers"].push_back({{"layer", one.key},
                             {"label", one.label},
                             {"source", one.source},
                             {"date", or_null(one.date)},
                             {"licence", or_null(one.licence)},
                             {"attribution", or_null(one.attribution)}});
  out["left_out"] = of.left_out;
  out["warnings"] = of.warnings;
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace terrein
