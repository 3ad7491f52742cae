#include "summary.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>

#include "model_scoring.hpp"
#include "result_tables.hpp"
#include "terrein/core/text.hpp"
#include "terrein/geometry/measures.hpp"
#include "views.hpp"

namespace terrein {
namespace {

std::string number(double value, int decimals, Language language) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (language == Language::nl) std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

/// "Aandeel HAG (%): 0,12 → 6,1 van 12,0 punten"; "… → waarde 0,51" where a score is no sum of points.
std::string reason(Study const& study, ModelResult const& result, Judgement const& judgement, std::size_t i,
                   std::size_t row, double points, Labels const& labels) {
  CriterionSpec const& spec = *study.find_criterion(result.model->criteria[i].criterion);
  Measure const& measure = measure_of(judgement.measures, spec.key);
  Language const language = labels.language();
  std::string const value = measure.is_class
                                ? std::string(measure.text.text(row))
                                : number(measure.value.values[row], measure.value.values[row] < 10 ? 2 : 0, language);
  std::string const by_hand = judgement.manual.has(spec.key, row) ? " (" + labels.get("term", "manual") + ")" : "";
  if (!is_weighted_sum(*result.model))  // which has no points per criterion
    return fmt::format("{}: {}{} → {} {}", criterion_label(spec, labels), value, by_hand, labels.get("suffix", "v"),
                       number(result.values[i].value.values[row], 2, language));
  double const most = 100 * result.weights[i] / result.scores.completeness[row];
  return fmt::format("{}: {}{} → {} {} {} {}", criterion_label(spec, labels), value, by_hand,
                     number(points, 1, language), labels.get("term", "of"), number(most, 1, language),
                     labels.get("term", "points"));
}

BestCandidate describe(Study const& study, MeasuringLayer const& candidates, Judgement const& judgement,
                       ModelResult const& result, Row row, Labels const& labels) {
  BestCandidate out;
  out.id = candidates.layer.id[row];
  out.score = 100 * result.scores.score.values[row];
  out.low = 100 * result.scores.low[row];
  out.high = 100 * result.scores.high[row];
  out.rank = result.rank.values[row];
  out.completeness = result.scores.completeness[row];
  out.area_ha = area(candidates.layer.geometry, row) / 10000;
  out.outcome = labels.get("outcome", to_string(result.outcome[row]));
  out.duties = join(duties(result, row, labels), "; ");
  std::vector<Values const*> values;
  for (Values const& one : result.values) values.push_back(&one);
  auto const points = contributions(values, result.weights, row);
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), 0U);
  std::erase_if(order, [&](std::size_t i) { return !result.values[i].value.is_known(row) || result.weights[i] == 0; });
  auto const lost = [&](std::size_t i) { return 100 * result.weights[i] / out.completeness - points[i]; };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return points[a] > points[b]; });
  for (std::size_t k = 0; k < order.size() && k < 3 && points[order[k]] > 0; ++k)
    out.strengths.push_back(reason(study, result, judgement, order[k], row, points[order[k]], labels));
  order.erase(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(out.strengths.size()));
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return lost(a) > lost(b); });
  for (std::size_t k = 0; k < order.size() && k < 2 && lost(order[k]) > 0.05; ++k)
    out.weaknesses.push_back(reason(study, result, judgement, order[k], row, points[order[k]], labels));
  return out;
}

/// "3 belanghebbenden: 4 kandidaten bij de beste 20 van iedereen, overeenstemming (Kendalls W) 0,62"
std::string agreement(ModelViews const& views, Language language) {
  bool const nl = language == Language::nl;
  auto const& accepted = views.support.acceptance;
  std::string out =
      fmt::format(fmt::runtime(nl ? "{} belanghebbenden: {} kandidaten bij de beste {} van iedereen"
                                  : "{} stakeholders: {} candidates in the top {} of everyone"),
                  views.of.size(), std::count(accepted.begin(), accepted.end(), Acceptance::everyone), views.top);
  if (!views.consensus.agreement) return out;
  return out + (nl ? ", overeenstemming (Kendalls W) " : ", agreement (Kendall's W) ") +
         number(*views.consensus.agreement, 2, language);
}

}  // namespace

ModelSummary summarise(Study const& study, MeasuringLayer const& candidates, Judgement const& judgement,
                       ModelResult const& result, std::size_t best, Labels const& labels) {
  ModelSummary out;
  out.key = result.model->key;
  out.label = model_label(*result.model, labels);
  out.weights_note = weights_note(*result.model, labels);
  for (Outcome const outcome : result.outcome) {
    out.passes += outcome == Outcome::passes ? 1 : 0;
    out.conditional += outcome == Outcome::conditional ? 1 : 0;
    out.fails += outcome == Outcome::fails ? 1 : 0;
    out.unknown += outcome == Outcome::unknown ? 1 : 0;
  }
  if (result.views != nullptr) out.stakeholders = agreement(*result.views, labels.language());
  out.ranked = static_cast<std::size_t>(std::count(result.ranked.begin(), result.ranked.end(), 1));
  for (ModelCriterion const& one : result.model->criteria) {
    CriterionSpec const& spec = *study.find_criterion(one.criterion);
    Measure const& measure = measure_of(judgement.measures, spec.key);
    if (!measure.why_unknown.empty())
      out.not_measured.push_back(criterion_label(spec, labels) + ": " +
                                 labels.pick(measure.why_unknown.nl, measure.why_unknown.en));
  }
  for (Row const row : top(result.scores.score, result.ranked, candidates.layer.id_rank, best))
    if (out.best.size() < best) out.best.push_back(describe(study, candidates, judgement, result, row, labels));
  return out;
}

}  // namespace terrein
