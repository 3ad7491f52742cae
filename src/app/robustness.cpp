#include "robustness.hpp"

#include <algorithm>

#include "drawn_factors.hpp"
#include "model_scoring.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/robustness/random.hpp"

namespace terrein {
namespace {

/// Rows that were among the best in any draw: no others need be looked at for what being there depends on.
std::vector<std::uint8_t> contenders(Acceptability const& found) {
  std::vector<std::uint8_t> out(found.in_top.size(), 0);
  for (std::size_t row = 0; row < out.size(); ++row)
    out[row] = found.in_top.is_known(row) && found.in_top.values[row] > 0 ? 1 : 0;
  for (Row const row : found.listed) out[row] = 1;
  return out;
}

bool varies(WeightSpace const& space) {
  return space.kind == WeightKind::around || space.kind == WeightKind::any || space.kind == WeightKind::ranges;
}

/// Chances that rules exclude candidates of which they are not known to.
std::vector<DoubtfulRule> doubtful_rules(ModelResult const& model, Judgement const& judgement) {
  std::vector<DoubtfulRule> out;
  for (std::size_t i = 0; i < model.rules.size(); ++i) {
    RuleSpec const& rule = *model.rules[i];
    auto const& results = model.rule_outcomes[i]->result;
    if (!decides(rule) || rule.effect == RuleEffect::condition ||
        std::find(results.begin(), results.end(), RuleResult::unknown) == results.end())
      continue;
    auto const cut = judgement.cuts.find(rule.key);
    Measure const& measure = cut != judgement.cuts.end() ? cut->second : measure_of(judgement.measures, rule.criterion);
    DoubtfulRule one{i, std::vector<double>(results.size(), 0)};
    for (std::size_t row = 0; row < results.size(); ++row)
      if (results[row] == RuleResult::unknown)
        one.chance[row] = chance_of(rule.test, measure.low.at(row), measure.high.at(row));
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<std::uint8_t> standing(ModelResult const& model) {
  std::vector<std::uint8_t> out;
  for (Outcome const outcome : model.outcome) out.push_back(outcome != Outcome::fails ? 1 : 0);
  return out;
}

}  // namespace

RankingProblem ranking_problem(std::vector<Values> const& values, std::vector<double> const& weights,
                               Column<double> const& score, std::vector<std::uint8_t> const& ranked,
                               std::vector<std::string> const& ids, std::vector<std::uint32_t> const& id_rank) {
  RankingProblem out;
  for (Values const& one : values) out.values.push_back(&one);
  out.weights = weights;
  out.score = score;
  out.ranked = ranked;
  out.id_rank = id_rank;
  out.row_key.reserve(ids.size());
  for (std::string const& id : ids) out.row_key.push_back(random_key(id));
  return out;
}

std::vector<std::uint64_t> shared_value_key(ValueFunction const& function, Measure const& measure) {
  bool const ranges = std::any_of(function.classes.begin(), function.classes.end(),
                                  [](auto const& one) { return one.second.low < one.second.high; });
  if (!measure.is_class || !ranges) return {};
  std::vector<std::uint64_t> of_word;
  for (std::string const& word : measure.text.words()) of_word.push_back(random_key("class " + word) | 1U);
  std::vector<std::uint64_t> out;
  for (std::size_t row = 0; row < measure.size(); ++row)
    out.push_back(measure.text.is_known(row) ? of_word[measure.text.code(row)] : 0);
  return out;
}

WeightSpace weight_space(RobustnessSpec const& spec, ModelConfig const& model, std::vector<double> const& shares) {
  WeightSpace out{spec.weights, shares, spec.concentration, {}, {}};
  auto const& ranges = model.scoring.weight_ranges;
  if (ranges.empty()) {
    if (out.kind == WeightKind::ranges) out.kind = WeightKind::around;
    return out;
  }
  out.kind = WeightKind::ranges;
  double sum = 0;
  for (ModelCriterion const& one : model.criteria) sum += one.weight;
  for (std::size_t j = 0; j < shares.size(); ++j) {
    auto const range = ranges.find(model.criteria[j].criterion);
    out.low.push_back(range == ranges.end() ? shares[j] : range->second[0] / sum);
    out.high.push_back(range == ranges.end() ? shares[j] : std::min(1.0, range->second[1] / sum));
  }
  return out;
}

bool draws_for(Aggregation const& aggregation) {
  return aggregation.method == Method::weighted_sum ||
         (aggregation.method == Method::power_mean && aggregation.compensation == 1);
}

ModelRobustness robustness_of(RankingProblem const& problem, WeightSpace space, RobustnessSpec const& spec,
                              std::size_t top, unsigned workers) {
  ModelRobustness out;
  out.top = top;
  AcceptabilityOptions options;
  options.draws = spec.draws;
  options.seed = spec.seed;
  options.top = top;
  options.missing = spec.missing;
  options.workers = workers;
  out.acceptability = acceptability(problem, WeightSampler(space, spec.seed), options);
  check_stop();
  out.stability = top_stability(problem, top, workers);
  out.edge = edge_distance(problem, top, workers);
  if (spec.points > 0 && varies(space) && !out.acceptability.listed.empty())
    out.variance = score_variance(problem, space, contenders(out.acceptability),
                                  {spec.points, spec.seed, top, options.listed, workers});
  out.space = std::move(space);
  out.factor_draws = problem.factor_draws;
  return out;
}

void judge_robustness(Study const& study, Inputs const& inputs, std::size_t top, Judgement& judgement) {
  Layer const& candidates = inputs.candidates->layer;
  auto const draw = [&] { return draw_factors(study, inputs, judgement); };
  judgement.factors = inputs.stats == nullptr ? draw() : inputs.stats->part("factors", draw);
  check_stop();
  auto const measures = [&](std::string const& key) -> Measure const& { return measure_of(judgement.measures, key); };
  for (ModelResult& model : judgement.models) {
    ModelConfig const& config = *model.model;
    if (config.criteria.empty() || !is_weighted_sum(config)) continue;
    RankingProblem problem = ranking_problem(model.values, model.weights, model.scores.score, model.ranked,
                                             candidates.id, candidates.id_rank);
    for (ModelCriterion const& one : config.criteria)
      problem.value_key.push_back(shared_value_key(one.function, measures(one.criterion)));
    if (judgement.factors != nullptr) add_factors(*judgement.factors, config, measures, problem);
    ModelRobustness found = robustness_of(problem, weight_space(study.robustness, config, model.weights),
                                          study.robustness, top, inputs.workers);
    found.facts =
        worth_knowing(problem, top, doubtful_rules(model, judgement), config.min_completeness, standing(model));
    model.robustness = std::make_shared<ModelRobustness const>(std::move(found));
  }
}

}  // namespace terrein
