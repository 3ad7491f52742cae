#include <nlohmann/json.hpp>

#include "terrein/app/compare.hpp"

namespace terrein {
namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json or_null(std::optional<T> const& value) {
  return value ? Json(*value) : Json(nullptr);
}

template <class Code>
Json code(std::optional<Code> const& value) {
  return value ? Json(to_string(*value)) : Json(nullptr);
}

Json by_cause(PointsByCause const& points) {
  Json out;
  for (Cause const cause : all_causes) out[std::string(to_string(cause))] = points[static_cast<std::size_t>(cause)];
  return out;
}

Json candidate_json(Comparison const& from, ModelChanges const& model, CandidateShift const& one) {
  Json out{{"id", from.ids[one.pair]},
           {"score_before", or_null(one.score_before)},
           {"score_after", or_null(one.score_after)},
           {"score_change", or_null(one.score_change())},
           {"rank_before", or_null(one.rank_before)},
           {"rank_after", or_null(one.rank_after)},
           {"rank_change", or_null(one.places_won())},
           {"outcome_before", code(one.outcome_before)},
           {"outcome_after", code(one.outcome_after)},
           {"in_top_before", one.in_top_before},
           {"in_top_after", one.in_top_after},
           {"causes", Json::array()},
           {"unexplained", one.unexplained},
           {"rules", Json::array()}};
  for (CriterionPoints const& part : one.parts)
    out["causes"].push_back(
        {{"criterion", model.criteria[part.criterion].key}, {"cause", to_string(part.cause)}, {"points", part.points}});
  for (RuleShift const& shift : one.rules)
    out["rules"].push_back({{"rule", model.rules[shift.rule].key},
                            {"before", code(shift.before)},
                            {"after", code(shift.after)},
                            {"reason", to_string(shift.reason)}});
  return out;
}

Json model_json(Comparison const& from, ModelChanges const& model) {
  Json out{
      {"model", model.key},
      {"label", model.label},
      {"candidates", {{"both", model.both}, {"new", model.added}, {"gone", model.gone}}},
      {"ranked", {{"before", model.ranked_before}, {"after", model.ranked_after}}},
      {"moved", {{"up", model.up}, {"down", model.down}, {"got_rank", model.got_rank}, {"lost_rank", model.lost_rank}}},
      {"score_changed", model.score_changed},
      {"outcome_changed", model.outcome_changed},
      {"top", {{"before", model.top_before}, {"after", model.top_after}, {"both", model.top_both}}},
      {"kendall", or_null(model.kendall)},
      {"spearman", or_null(model.spearman)},
      {"scored_in_both", model.scored_both},
      {"points", by_cause(model.sum)},
      {"mean_size", by_cause(model.mean_size)},
      {"unexplained", model.unexplained},
      {"additive", model.additive},
      {"outcomes", Json::array()},
      {"changed", Json::array()}};
  for (OutcomeFlow const& flow : from.flows)
    if (flow.model == model.key)
      out["outcomes"].push_back(
          {{"before", code(flow.before)}, {"after", code(flow.after)}, {"n", flow.n}, {"ha", flow.ha}});
  for (CandidateShift const& one : model.changed) out["changed"].push_back(candidate_json(from, model, one));
  return out;
}

Json side_json(std::optional<ExclusionChange::Side> const& side) {
  if (!side) return nullptr;
  return {{"applies_n", side->applies_n},
          {"applies_ha", side->applies_ha},
          {"only_ha", side->only_ha},
          {"unknown_n", side->unknown_n},
          {"unknown_ha", side->unknown_ha}};
}

}  // namespace

std::string to_json(Comparison const& from) {
  Json out{{"before", from.before.string()},
           {"after", from.after.string()},
           {"output", from.output.empty() ? Json(nullptr) : Json(from.output.string())},
           {"top", from.top},
           {"models_only_before", from.only_before},
           {"models_only_after", from.only_after},
           {"models", Json::array()},
           {"exclusions", Json::array()},
           {"differences", Json::array()}};
  for (ModelChanges const& model : from.models) out["models"].push_back(model_json(from, model));
  for (ExclusionChange const& one : from.exclusions)
    out["exclusions"].push_back({{"model", one.model},
                                 {"rule", one.rule},
                                 {"label", one.label},
                                 {"before", side_json(one.before)},
                                 {"after", side_json(one.after)}});
  for (StudyDifference const& one : from.differences)
    out["differences"].push_back({{"kind", one.kind},
                                  {"model", one.model},
                                  {"key", one.key},
                                  {"label", one.label},
                                  {"before", or_null(one.before)},
                                  {"after", or_null(one.after)}});
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace terrein
