#include "views.hpp"

#include <algorithm>

#include "model_scoring.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/decision/data_weights.hpp"
#include "weight_sets.hpp"

namespace terrein {
namespace {

/// The values of candidates that do not fail: data about land that is out of the question say nothing of the choice.
std::vector<Column<double>> standing_values(ModelResult const& model, std::vector<std::size_t> const& criteria) {
  std::vector<Column<double>> out;
  for (std::size_t const i : criteria) {
    Column<double> column = model.values[i].value;
    for (std::size_t row = 0; row < column.size(); ++row)
      if (model.outcome[row] == Outcome::fails) column.known[row] = 0;
    out.push_back(std::move(column));
  }
  return out;
}

bool any_known(ModelResult const& model, std::size_t criterion) {
  auto const& value = model.values[criterion].value;
  for (std::size_t row = 0; row < value.size(); ++row)
    if (value.is_known(row) && model.outcome[row] != Outcome::fails) return true;
  return false;
}

/// Weights that follow from the values of the candidates. A criterion that is known nowhere tells nothing apart.
std::vector<double> weights_of_data(WeightSet const& set, ModelResult const& model) {
  WeightSubject subject{set.label_nl, {}};
  std::vector<std::size_t> criteria;
  for (std::size_t i = 0; i < set.weights.size(); ++i) {
    if (set.weights[i] == 0 || !any_known(model, i)) continue;
    criteria.push_back(i);
    subject.criteria.push_back(model.model->criteria[i].criterion);
  }
  std::vector<Column<double>> const values = standing_values(model, criteria);
  std::vector<Column<double> const*> columns;
  for (Column<double> const& one : values) columns.push_back(&one);
  DataWeights const found =
      set.how == Elicitation::entropy ? entropy_weights(subject, columns) : critic_weights(subject, columns);
  std::vector<double> out(set.weights.size(), 0);
  for (std::size_t k = 0; k < criteria.size(); ++k) out[criteria[k]] = found.weights[k];
  return out;
}

StakeholderView view_of(StakeholderSpec const& who, WeightSet set, ModelResult const& model, unsigned workers) {
  StakeholderView out;
  out.who = &who;
  if (from_data(set.how)) set.weights = weights_of_data(set, model);
  // On the scale of the model: groups may have weights of their own beside them.
  double sum = 0;
  for (ModelCriterion const& one : model.model->criteria) sum += one.weight;
  std::vector<double> scaled = set.weights;
  for (double& weight : scaled) weight *= sum;
  ModelConfig const config = with_weights(*model.model, scaled);
  out.weights = weight_shares(config);
  out.scores = scores_by(config, model.values, out.weights, workers).scores;
  std::vector<std::uint8_t> standing;
  for (Outcome const outcome : model.outcome) standing.push_back(outcome != Outcome::fails ? 1 : 0);
  out.ranked = ranked_rows(config, standing, out.scores, model.vetoes);
  out.rank = ranks(out.scores.score, out.ranked, RankKind::competition, workers);
  out.ranked_score = out.scores.score;
  for (std::size_t row = 0; row < out.ranked.size(); ++row)
    if (out.ranked[row] == 0) out.ranked_score.known[row] = 0;
  out.set = std::move(set);
  return out;
}

std::vector<AgreementRow> agreement_of(ModelResult const& model, ModelViews const& views) {
  Column<double> own = model.scores.score;
  for (std::size_t row = 0; row < own.size(); ++row)
    if (model.ranked[row] == 0) own.known[row] = 0;
  std::vector<NamedScores> scores{{"(model)", &own}};
  for (StakeholderView const& one : views.of) scores.push_back({one.who->key, &one.ranked_score});
  return agreement_table(scores, std::vector<std::uint8_t>(own.size(), 1), views.top);
}

}  // namespace

void judge_views(Study const& study, Inputs const& inputs, Judgement& judgement) {
  for (ModelResult& model : judgement.models) {
    if (model.values.empty()) continue;
    ModelViews views;
    views.top = study.robustness.top;
    for (StakeholderSpec const& who : study.stakeholders)
      if (auto const set = who.weights.sets.find(model.model->key); set != who.weights.sets.end())
        views.of.push_back(view_of(who, set->second, model, inputs.workers));
    if (views.of.empty()) continue;
    check_stop();
    std::vector<Stakeholder> stakeholders;
    for (StakeholderView const& one : views.of)
      stakeholders.push_back({one.who->key, &one.ranked_score, &one.rank, one.who->share});
    views.consensus = consensus(stakeholders, inputs.workers);
    views.conflict = conflict(stakeholders, inputs.workers);
    views.support = support(stakeholders, views.top, inputs.workers);
    views.agreement = agreement_of(model, views);
    model.views = std::make_shared<ModelViews const>(std::move(views));
  }
}

}  // namespace terrein
