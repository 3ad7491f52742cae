#include "check_measures.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "result_tables.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// The layers a criterion is measured against.
std::vector<std::string> layers_of(Study const& study, CriterionSpec const& spec) {
  std::vector<std::string> out;
  if (auto const chains = study.chains.find(spec.chains); chains != study.chains.end()) out = layers_of(chains->second);
  for (std::string const& key :
       {spec.layer, spec.roads, spec.access.demand, spec.passage.zones, spec.passage.dwellings})
    if (!key.empty()) out.push_back(key);
  for (CutSpec const& cut : spec.cuts) out.push_back(cut.layer);
  return out;
}

Reason cannot_be_used(std::string const& key) {
  return {fmt::format("layer '{}' cannot be used", key), fmt::format("laag '{}' is niet bruikbaar", key)};
}

Reason is_absent(std::string const& key) {
  return {fmt::format("the study has no layer '{}'", key), fmt::format("de studie heeft geen laag '{}'", key)};
}

/// A layer that was left out is no layer that the study lacks.
Reason with_unusable(Reason why, std::vector<std::string> const& layers, std::set<std::string> const& unusable) {
  if (why.empty()) return why;
  for (std::string const& key : layers)
    if (unusable.contains(key)) return cannot_be_used(key);
  return why;
}

std::vector<double> shares_of(ModelConfig const& model) {
  double sum = 0;
  for (ModelCriterion const& one : model.criteria) sum += one.weight;
  std::vector<double> out;
  for (ModelCriterion const& one : model.criteria) out.push_back(sum > 0 ? one.weight / sum : 0);
  return out;
}

std::size_t unknown_rows(Measure const& measure) {
  std::size_t out = 0;
  for (std::size_t row = 0; row < measure.size(); ++row) out += measure.is_known(row) ? 0U : 1U;
  return out;
}

void add_criteria(Study const& study, ModelResult const& result, Judgement const& judgement,
                  std::set<std::string> const& unusable, Labels const& labels, CheckResult& out) {
  auto const shares = shares_of(*result.model);
  for (std::size_t i = 0; i < result.model->criteria.size(); ++i) {
    CriterionSpec const& spec = *study.find_criterion(result.model->criteria[i].criterion);
    Measure const& measure = measure_of(judgement.measures, spec.key);
    std::size_t const unknown = unknown_rows(measure);
    if (unknown == 0) continue;
    Reason const why = with_unusable(measure.why_unknown, layers_of(study, spec), unusable);
    out.gaps.push_back({result.model->key, spec.key, criterion_label(spec, labels), false, shares[i], unknown,
                        labels.pick(why.nl, why.en)});
  }
}

void add_rules(Study const& study, ModelResult const& result, Judgement const& judgement,
               std::set<std::string> const& unusable, Labels const& labels, CheckResult& out) {
  for (std::size_t i = 0; i < result.rules.size(); ++i) {
    RuleSpec const& rule = *result.rules[i];
    auto const& results = result.rule_outcomes[i]->result;
    auto const unknown = static_cast<std::size_t>(std::count(results.begin(), results.end(), RuleResult::unknown));
    if (unknown == 0) continue;
    Reason why;
    if (rule.effect == RuleEffect::cut) {
      why = with_unusable(judgement.cuts.at(rule.key).why_unknown, {study.cuts.at(rule.key).layer}, unusable);
    } else {
      CriterionSpec const& spec = *study.find_criterion(rule.criterion);
      why = with_unusable(measure_of(judgement.measures, rule.criterion).why_unknown, layers_of(study, spec), unusable);
    }
    out.gaps.push_back(
        {result.model->key, rule.key, rule_label(rule, labels), true, 0, unknown, labels.pick(why.nl, why.en)});
  }
}

/// Every criterion for itself; `whole` is what ended them together.
void try_each(Study const& study, Inputs const& inputs, Error const& whole, CheckResult& out) {
  std::size_t const before = out.faults.size();
  for (CriterionSpec const& spec : study.criteria) {
    try {
      (void)measure(spec, inputs);
    } catch (Error const& error) {
      if (error.kind() == ErrorKind::interrupted) throw;
      out.faults.push_back({spec.layer, error.kind(), error.what()});
    }
  }
  if (out.faults.size() == before) out.faults.push_back({"", whole.kind(), whole.what()});
}

/// Why the layers that are named cannot be asked; nothing when they are all there.
Reason absence(Study const& study, std::vector<std::string> const& layers, std::set<std::string> const& unusable) {
  for (std::string const& key : layers) {
    if (unusable.contains(key)) return cannot_be_used(key);
    if (study.find_layer(key) == nullptr) return is_absent(key);
  }
  return {};
}

PlannedPart part_of(Study const& study, CriterionSpec const& spec, double share, Labels const& labels) {
  std::vector<std::string> layers{spec.layer};
  if (!spec.roads.empty()) layers.push_back(spec.roads);
  if (!spec.chains.empty()) layers = layers_of(study, spec);
  std::erase(layers, "");
  return {spec.key, criterion_label(spec, labels), spec.measure, join(layers, ", "), share, false};
}

PlannedPart part_of(Study const& study, RuleSpec const& rule, Labels const& labels) {
  std::string const effect(to_string(rule.effect));
  if (rule.effect == RuleEffect::cut)
    return {rule.key, rule_label(rule, labels), effect, study.cuts.at(rule.key).layer, 0, true};
  return {rule.key, rule_label(rule, labels), effect + ": " + rule.criterion + " " + to_text(rule.test), "", 0, true};
}

}  // namespace

void check_measures(Study const& study, Inputs const& inputs, Additions& additions,
                    std::set<std::string> const& unusable, Labels const& labels, CheckResult& out) {
  try {
    Judgement const judgement = judge(study, inputs, additions);
    for (ModelResult const& result : judgement.models) {
      add_criteria(study, result, judgement, unusable, labels, out);
      add_rules(study, result, judgement, unusable, labels, out);
    }
  } catch (Error const& error) {
    if (error.kind() == ErrorKind::interrupted) throw;
    try_each(study, inputs, error, out);
    tell_gaps_without_measuring(study, unusable, labels, out);
  }
}

void tell_gaps_without_measuring(Study const& study, std::set<std::string> const& unusable, Labels const& labels,
                                 CheckResult& out) {
  for (ModelConfig const& model : study.models) {
    auto const shares = shares_of(model);
    for (std::size_t i = 0; i < model.criteria.size(); ++i) {
      CriterionSpec const& spec = *study.find_criterion(model.criteria[i].criterion);
      Reason const why = absence(study, layers_of(study, spec), unusable);
      if (!why.empty())
        out.gaps.push_back({model.key, spec.key, criterion_label(spec, labels), false, shares[i], out.candidates,
                            labels.pick(why.nl, why.en)});
    }
    for (std::string const& key : model.rules) {
      RuleSpec const& rule = *study.find_rule(key);
      auto const layers = rule.effect == RuleEffect::cut ? std::vector{study.cuts.at(key).layer}
                                                         : layers_of(study, *study.find_criterion(rule.criterion));
      Reason const why = absence(study, layers, unusable);
      if (!why.empty())
        out.gaps.push_back(
            {model.key, key, rule_label(rule, labels), true, 0, out.candidates, labels.pick(why.nl, why.en)});
    }
  }
}

void plan_models(Study const& study, Labels const& labels, CheckResult& out) {
  for (ModelConfig const& model : study.models) {
    PlannedModel one{model.key, model_label(model, labels), weights_note(model, labels), {}};
    auto const shares = shares_of(model);
    for (std::size_t i = 0; i < model.criteria.size(); ++i)
      one.parts.push_back(part_of(study, *study.find_criterion(model.criteria[i].criterion), shares[i], labels));
    for (std::string const& key : model.rules) one.parts.push_back(part_of(study, *study.find_rule(key), labels));
    out.models.push_back(std::move(one));
  }
}

}  // namespace terrein
