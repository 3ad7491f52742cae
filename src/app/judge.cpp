#include "judge.hpp"

#include <algorithm>

#include "judge_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// Measures the criteria of the study and what its cuts take, and applies the rules. One call, so that criteria share
/// their work.
void measure_and_test(Study const& study, Inputs const& inputs, Additions& additions, Judgement& out) {
  std::vector<CriterionSpec> specs = study.criteria;
  for (RuleSpec const& rule : study.rules)
    if (is_used(study, rule) && rule.effect == RuleEffect::cut)
      specs.push_back(left_by(study.cuts.at(rule.key), rule.key));
  out.measures = measure_all(specs, inputs);
  out.manual = additions.set_measures(*inputs.candidates, out.measures);
  std::size_t next_cut = study.criteria.size();
  for (RuleSpec const& rule : study.rules) {
    if (!is_used(study, rule)) continue;
    if (rule.effect == RuleEffect::cut) {
      Measure const& taken = out.cuts.emplace(rule.key, share_cut(std::move(out.measures[next_cut++]))).first->second;
      out.rules.emplace(rule.key, apply_rule(rule, taken));
    } else {
      out.rules.emplace(rule.key, apply_rule(rule, measure_of(out.measures, rule.criterion)));
    }
  }
  out.measures.resize(study.criteria.size());
}

}  // namespace

CriterionSpec left_by(CutSpec const& cut, std::string const& key) {
  CriterionSpec spec;
  spec.key = key;
  spec.measure = "net_share";
  spec.cuts = {cut};
  spec.shipped = cut.shipped;
  return spec;
}

Measure share_cut(Measure left) {
  for (auto* values : {&left.value.values, &left.low.values, &left.high.values})
    for (double& value : *values) value = 1 - value;
  std::swap(left.low, left.high);
  return left;
}

void keep_manual(Judgement const& base, Measure& after) {
  auto const marks = base.manual.of_criterion.find(after.key);
  if (marks == base.manual.of_criterion.end()) return;
  Measure const& before = measure_of(base.measures, after.key);
  if (after.is_class) {
    TextColumn texts(after.text.name);
    for (std::size_t row = 0; row < after.size(); ++row)
      texts.push((marks->second.contains(row) ? before : after).text.at(row));
    after.text = std::move(texts);
    return;
  }
  after.low.make_rows(after.size());
  after.high.make_rows(after.size());
  for (auto const& [row, source] : marks->second) {
    after.value.values[row] = before.value.values[row];
    after.value.known[row] = before.value.known[row];
    for (auto [to, from] : {std::pair{&after.low, &before.low}, {&after.high, &before.high}}) {
      to->known[row] = 0;
      if (auto const bound = from->at(row)) to->set(row, *bound);
    }
  }
}

bool is_used(Study const& study, RuleSpec const& rule) {
  return study.models.empty() || std::any_of(study.models.begin(), study.models.end(), [&](ModelConfig const& model) {
           return std::find(model.rules.begin(), model.rules.end(), rule.key) != model.rules.end();
         });
}

Measure const& measure_of(std::vector<Measure> const& measures, std::string const& key) {
  auto const it = std::find_if(measures.begin(), measures.end(), [&](Measure const& one) { return one.key == key; });
  if (it == measures.end()) throw_error(ErrorKind::internal, "Criterion '{}' was not measured.", key);
  return *it;
}

Judgement judge(Study const& study, Inputs const& inputs, Additions& additions) {
  Judgement out;
  measure_and_test(study, inputs, additions, out);
  CutAreas areas(study, inputs);
  for (ModelConfig const& model : study.models)
    out.models.push_back(judge_model(
        study, model, inputs,
        [&out](std::string const& key) -> Measure const& { return measure_of(out.measures, key); }, out.rules, areas));
  return out;
}

std::string rule_label(RuleSpec const& rule, Labels const& labels) {
  std::string const label = labels.pick(rule.label_nl, rule.label_en);
  return label.empty() ? rule.key : label;
}

std::vector<std::string> duties(ModelResult const& result, std::size_t row, Labels const& labels) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < result.rules.size(); ++i) {
    if (result.rule_outcomes[i]->result[row] != RuleResult::condition) continue;
    RuleSpec const& rule = *result.rules[i];
    out.push_back(rule.duty.empty() ? rule_label(rule, labels) : rule.duty);
  }
  return out;
}

std::vector<std::string> failures(ModelResult const& result, std::size_t row, Labels const& labels) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < result.rules.size(); ++i)
    if (result.rule_outcomes[i]->result[row] == RuleResult::fail) out.push_back(rule_label(*result.rules[i], labels));
  if (!out.empty() || result.all_cut[row] == 0) return out;
  for (std::size_t i = 0; i < result.rules.size(); ++i)
    if (result.rules[i]->effect == RuleEffect::cut && result.rule_outcomes[i]->margin.is_known(row) &&
        result.rule_outcomes[i]->margin.values[row] < 1 - nothing_left)
      out.push_back(rule_label(*result.rules[i], labels));
  return {labels.get("term", "together") + ": " + join(out, " + ")};
}

}  // namespace terrein
