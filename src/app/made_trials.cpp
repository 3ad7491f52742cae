#include <algorithm>

#include "judge_parts.hpp"
#include "made_layers.hpp"
#include "named_columns.hpp"
#include "terrein/decision/rule_trials.hpp"

namespace terrein {
namespace {

constexpr double m2_per_ha = 1e4;

/// What the rules of all models cost, in tables.
class RuleTrials {
 public:
  explicit RuleTrials(MadeFrom const& from) : from_(from), areas_(from.study, from.inputs) {
    name_columns();
    for (ModelResult const& model : from.judgement.models)
      if (!left_out(model)) add(model);
  }

  std::vector<MadeLayer> make() {
    MadeLayer pairs, misses;
    pairs.name = "rule_pairs";
    pairs.description = from_.labels.get("term", "rule_pairs_help");
    pairs.table = pairs_.table(pair_rows_);
    misses.name = "near_misses";
    misses.description = from_.labels.get("term", "near_misses_help");
    misses.table = misses_.table(miss_rows_);
    std::vector<MadeLayer> out;
    out.push_back(std::move(pairs));
    out.push_back(std::move(misses));
    return out;
  }

 private:
  [[nodiscard]] bool left_out(ModelResult const& model) const {
    auto const& list = from_.study.output.leave_out;
    return std::find(list.begin(), list.end(), model.model->key) != list.end();
  }

  /// Tables without rows have their columns too.
  void name_columns() {
    for (char const* name : {"model", "rule_a", "rule_b", "rule_a_label", "rule_b_label"}) (void)pairs_.texts(name);
    (void)pairs_.counts("both_n");
    (void)pairs_.numbers("both_ha");
    (void)pairs_.counts("only_both_n");
    for (char const* name : {"only_both_ha", "gain_both_net_ha"}) (void)pairs_.numbers(name);
    for (char const* name : {"model", "rule", "label", "id", "criterion", "unit"}) (void)misses_.texts(name);
    (void)misses_.numbers("measured");
    (void)misses_.texts("test");
    for (char const* name : {"threshold", "margin", "area_ha", "score"}) (void)misses_.numbers(name);
  }

  void add(ModelResult const& model) {
    std::vector<RuleSpec> rules;
    for (RuleSpec const* rule : model.rules) rules.push_back(*rule);
    LedgerInput const land = areas_.of(*model.model);
    for (RulePair const& pair : rule_pairs(rules, model.rule_outcomes, land)) add(model, pair);
    for (NearMiss const& miss : near_misses(rules, model.rule_outcomes, model.all_cut,
                                            from_.inputs.candidates->layer.id_rank, from_.study.trials.near_misses))
      add(model, miss, land.gross_m2[miss.row] / m2_per_ha);
  }

  void add(ModelResult const& model, RulePair const& pair) {
    RuleSpec const &a = *model.rules[pair.a], &b = *model.rules[pair.b];
    pairs_.texts("model").push(model.model->key);
    pairs_.texts("rule_a").push(a.key);
    pairs_.texts("rule_b").push(b.key);
    pairs_.texts("rule_a_label").push(rule_label(a, from_.labels));
    pairs_.texts("rule_b_label").push(rule_label(b, from_.labels));
    pairs_.counts("both_n").push(static_cast<std::int64_t>(pair.both_n));
    pairs_.numbers("both_ha").push(pair.both_ha);
    pairs_.counts("only_both_n").push(static_cast<std::int64_t>(pair.only_n));
    pairs_.numbers("only_both_ha").push(pair.only_ha);
    pairs_.numbers("gain_both_net_ha").push(pair.gain_net_ha);
    ++pair_rows_;
  }

  void add(ModelResult const& model, NearMiss const& miss, double ha) {
    RuleSpec const& rule = *model.rules[miss.rule];
    Measure const& measure = measure_of(from_.judgement.measures, rule.criterion);
    misses_.texts("model").push(model.model->key);
    misses_.texts("rule").push(rule.key);
    misses_.texts("label").push(rule_label(rule, from_.labels));
    misses_.texts("id").push(from_.inputs.candidates->layer.id[miss.row]);
    misses_.texts("criterion").push(rule.criterion);
    misses_.texts("unit").push(measure.unit);
    misses_.numbers("measured").push(measure.value.at(miss.row));
    misses_.texts("test").push(to_text(rule.test));
    misses_.numbers("threshold").push(rule.test.threshold);
    misses_.numbers("margin").push(miss.margin);
    misses_.numbers("area_ha").push(ha);
    auto const score = model.values.empty() ? std::nullopt : model.scores.score.at(miss.row);
    misses_.numbers("score").push(score ? std::optional(100 * *score) : std::nullopt);
    ++miss_rows_;
  }

  MadeFrom const& from_;
  CutAreas areas_;
  NamedColumns pairs_, misses_;
  std::size_t pair_rows_ = 0, miss_rows_ = 0;
};

}  // namespace

std::vector<PlannedLayer> plan_trials(Study const& study) {
  if (!study.trials.asked) return {};
  return {{"rule_pairs", ShapeType::none}, {"near_misses", ShapeType::none}};
}

std::vector<MadeLayer> make_trials(MadeFrom const& from) { return RuleTrials(from).make(); }

}  // namespace terrein
