#include "stored_ranking.hpp"

#include "robustness.hpp"
#include "terrein/geometry/layer.hpp"

namespace terrein {

Values stored_values(StoredCandidates const& candidates, Measure const& measure, StoredModel const& model,
                     ModelCriterion const& one) {
  Values out = evaluate(one.function, measure);
  Column<double> const stored = candidates.value(model.config.key, one.criterion);
  for (std::size_t row = 0; row < stored.size(); ++row) {
    if (!stored.is_known(row)) continue;
    out.value.set(row, stored.values[row]);
    out.low[row] = out.high[row] = stored.values[row];
  }
  return out;
}

std::unique_ptr<StoredRanking const> stored_ranking(StoredCandidates const& candidates, StoredModel const& model,
                                                    unsigned workers) {
  auto out = std::make_unique<StoredRanking>();
  out->model = &model;
  for (ModelCriterion const& one : model.config.criteria) {
    out->measures.push_back(candidates.measure(one.criterion));
    out->values.push_back(stored_values(candidates, out->measures.back(), model, one));
  }
  std::vector<Values const*> values;
  for (Values const& one : out->values) values.push_back(&one);
  out->scores = weighted_sum(values, model.shares, workers);
  out->standing = candidates.standing(model.config.key);
  out->ranked = out->standing;
  for (std::size_t row = 0; row < out->ranked.size(); ++row)
    if (!out->scores.score.is_known(row) ||
        out->scores.completeness[row] < model.config.min_completeness - tie_tolerance)
      out->ranked[row] = 0;
  out->rank = ranks(out->scores.score, out->ranked, RankKind::competition, workers);
  out->problem = ranking_problem(out->values, model.shares, out->scores.score, out->ranked, candidates.ids(),
                                 rank_ids(candidates.ids()));
  for (std::size_t j = 0; j < out->measures.size(); ++j)
    out->problem.value_key.push_back(shared_value_key(model.config.criteria[j].function, out->measures[j]));
  return out;
}

}  // namespace terrein
