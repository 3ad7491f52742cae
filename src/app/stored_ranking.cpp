#include "stored_ranking.hpp"

#include <algorithm>
#include <cstdlib>

#include "model_scoring.hpp"
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
                                                    DrawnFactors const* drawn, unsigned workers) {
  auto out = std::make_unique<StoredRanking>();
  out->model = &model;
  for (ModelCriterion const& one : model.config.criteria) {
    out->measures.push_back(candidates.measure(one.criterion));
    out->values.push_back(stored_values(candidates, out->measures.back(), model, one));
  }
  TreeScores scored = scores_by(model.config, out->values, model.shares, workers);
  out->scores = std::move(scored.scores);
  out->groups = std::move(scored.sub_scores);
  out->standing = candidates.standing(model.config.key);
  out->ranked = ranked_rows(model.config, out->standing, out->scores, vetoes_by(model.config, out->values, workers));
  out->rank = ranks(out->scores.score, out->ranked, RankKind::competition, workers);
  out->problem = ranking_problem(out->values, model.shares, out->scores.score, out->ranked, candidates.ids(),
                                 rank_ids(candidates.ids()));
  for (std::size_t j = 0; j < out->measures.size(); ++j)
    out->problem.value_key.push_back(shared_value_key(model.config.criteria[j].function, out->measures[j]));
  if (drawn != nullptr)
    add_factors(
        *drawn, model.config, [&](std::string const& key) -> Measure const& { return measure_of(out->measures, key); },
        out->problem);
  return out;
}

std::optional<DrawnFactors> stored_draws(ResultFile const& file, StoredCandidates const& candidates) {
  if (!file.has_table("drawn_measures")) return std::nullopt;
  return read_drawn_measures(file.read("drawn_measures"), candidates.ids());
}

std::vector<DoubtfulRule> stored_doubts(StoredCandidates const& candidates, StoredModel const& model) {
  std::vector<DoubtfulRule> out;
  for (std::size_t i = 0; i < model.rules.size(); ++i) {
    RuleSpec const& rule = model.rules[i].rule;
    if (!decides(rule) || rule.effect == RuleEffect::condition) continue;
    std::vector<std::uint8_t> const unknown = candidates.unknown_by(rule.key);
    if (std::find(unknown.begin(), unknown.end(), 1) == unknown.end()) continue;
    bool const cut = rule.effect == RuleEffect::cut;
    Measure const measure = cut ? candidates.share_cut(rule) : candidates.measure(rule.criterion);
    DoubtfulRule one{i, std::vector<double>(unknown.size(), 0)};
    for (std::size_t row = 0; row < unknown.size(); ++row)
      if (unknown[row] != 0) one.chance[row] = chance_of(rule.test, measure.low.at(row), measure.high.at(row));
    out.push_back(std::move(one));
  }
  return out;
}

std::optional<RobustnessSpec> stored_robustness_spec(ResultFile const& file) {
  if (!file.has_table("robustness")) return std::nullopt;
  Table const table = file.read("robustness");
  RobustnessSpec out;
  out.asked = true;
  if (table.rows() == 0) return out;
  auto const count = [&table](char const* name, std::size_t otherwise) {
    auto const value = number(table, name, 0);
    return value ? static_cast<std::size_t>(*value) : otherwise;
  };
  out.draws = count("draws", out.draws);
  out.top = count("top_k", out.top);
  out.points = count("sample_points", out.points);
  out.seed = std::strtoull(cell(table, "seed", 0).c_str(), nullptr, 10);
  out.missing = cell(table, "missing_drawn", 0) == "no" ? Missing::left_out : Missing::drawn;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    auto const kind = weight_kind(cell(table, "weights_drawn", row));
    if (!kind || *kind == WeightKind::ranges) continue;  // a model with ranges of its own says nothing of the others
    out.weights = *kind;
    out.concentration = number(table, "concentration", row).value_or(out.concentration);
    break;
  }
  return out;
}

void read_drawn_ranges(ResultFile const& file, std::vector<StoredModel>& models) {
  if (!file.has_table("weight_stability")) return;
  auto const columns = file.columns("weight_stability");  // none where no weights were drawn for any model
  if (std::find(columns.begin(), columns.end(), "drawn_low_pct") == columns.end()) return;
  Table const table = file.read("weight_stability", {"model", "criterion", "drawn_low_pct", "drawn_high_pct"});
  for (std::size_t row = 0; row < table.rows(); ++row) {
    auto const low = number(table, "drawn_low_pct", row), high = number(table, "drawn_high_pct", row);
    auto const model = std::find_if(models.begin(), models.end(), [&](StoredModel const& one) {
      return one.config.key == cell(table, "model", row);
    });
    if (!low || !high || model == models.end()) continue;
    double sum = 0;
    for (ModelCriterion const& one : model->config.criteria) sum += one.weight;
    model->config.scoring.weight_ranges[cell(table, "criterion", row)] = {*low / 100 * sum, *high / 100 * sum};
  }
}

}  // namespace terrein
