#include <algorithm>

#include "judge_parts.hpp"
#include "model_scoring.hpp"
#include "terrein/core/error.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

/// Land left by all cuts of a model. A cut that is unknown may take more, unless the others leave nothing.
Column<double> net_of(ModelResult const& model, std::vector<double> const& net_m2) {
  Column<double> out;
  std::vector<RuleOutcome const*> cuts;
  for (std::size_t i = 0; i < model.rules.size(); ++i)
    if (model.rules[i]->effect == RuleEffect::cut) cuts.push_back(model.rule_outcomes[i]);
  if (cuts.empty()) return out;
  out = Column<double>("", net_m2.size());
  for (std::size_t row = 0; row < net_m2.size(); ++row)
    if (net_m2[row] == 0 ||
        std::all_of(cuts.begin(), cuts.end(), [row](RuleOutcome const* cut) { return cut->margin.is_known(row); }))
      out.set(row, net_m2[row]);
  return out;
}

/// A cut whose layer, or whose classes, the study has.
bool is_possible(std::string const& key, Study const& study, Inputs const& inputs) {
  auto const it = study.cuts.find(key);
  if (it == study.cuts.end()) return false;
  MeasuringLayer const* layer = inputs.find(it->second.layer);
  return layer != nullptr && (it->second.classes.empty() || layer->class_of.size() > 0);
}

std::vector<Cut> cuts_of(std::vector<std::string> const& keys, Study const& study, Inputs const& inputs) {
  std::vector<Cut> out;
  for (std::string const& key : keys) {
    CutSpec const& spec = study.cuts.at(key);
    out.push_back({&inputs.find(spec.layer)->layer, cut_rows(spec, inputs), spec.buffer_m});
  }
  return out;
}

}  // namespace

std::vector<Cut> cuts_of(Study const& study, std::string const& model, Inputs const& inputs) {
  std::vector<std::string> keys;
  for (ModelConfig const& one : study.models)
    for (std::string const& key : one.rules)
      if (one.key == model && is_possible(key, study, inputs)) keys.push_back(key);
  return cuts_of(keys, study, inputs);
}

CutAreas::CutAreas(Study const& study, Inputs const& inputs) : study_(study), inputs_(inputs) {
  GeometryColumn const& shapes = inputs.candidates->layer.geometry;
  for (std::size_t row = 0; row < shapes.size(); ++row) gross_m2_.push_back(area(shapes, row));
}

LedgerInput CutAreas::of(ModelConfig const& model) {
  LedgerInput out{gross_m2_, gross_m2_, {}, {}};
  out.cut_own_m2.resize(model.rules.size());
  out.cut_marginal_m2.resize(model.rules.size());
  std::vector<std::string> keys;
  for (std::string const& key : model.rules)
    if (is_possible(key, study_, inputs_)) keys.push_back(key);
  if (keys.empty()) return out;
  CutResult const& result = cut(keys);
  out.net_m2 = result.net_m2;
  for (std::size_t i = 0, k = 0; i < model.rules.size() && k < keys.size(); ++i) {
    if (model.rules[i] != keys[k]) continue;
    out.cut_own_m2[i] = result.own_m2[k];
    out.cut_marginal_m2[i] = result.marginal_m2[k];
    ++k;
  }
  return out;
}

CutResult const& CutAreas::cut(std::vector<std::string> const& keys) {
  auto const [it, fresh] = done_.try_emplace(keys);
  if (!fresh) return it->second;
  it->second = cut_out(inputs_.candidates->layer.geometry, cuts_of(keys, study_, inputs_), inputs_.workers);
  return it->second;
}

ModelResult judge_model(Study const& study, ModelConfig const& model, Inputs const& inputs,
                        std::function<Measure const&(std::string const& criterion)> const& measure_of,
                        std::map<std::string, RuleOutcome> const& rules, CutAreas& areas) {
  ModelResult out;
  out.model = &model;
  std::size_t const rows = inputs.candidates->layer.size();
  std::vector<RuleSpec> specs;
  for (std::string const& key : model.rules) {
    out.rules.push_back(study.find_rule(key));
    out.rule_outcomes.push_back(&rules.at(key));
    specs.push_back(*out.rules.back());
  }
  out.outcome = outcomes(specs, out.rule_outcomes, rows);
  LedgerInput const land = areas.of(model);
  out.all_cut.assign(rows, 0);
  for (std::size_t row = 0; row < rows; ++row)
    if (land.gross_m2[row] > 0 && land.net_m2[row] <= nothing_left * land.gross_m2[row]) {
      out.all_cut[row] = 1;
      out.outcome[row] = Outcome::fails;
    }
  out.net_m2 = net_of(out, land.net_m2);
  out.ledger = ledger(specs, out.rule_outcomes, land);
  for (ModelCriterion const& one : model.criteria) {
    try {
      out.values.push_back(evaluate(one.function, measure_of(one.criterion)));
    } catch (Error const& error) {
      throw_error(error.kind(), "Model '{}', criterion '{}': {}", model.key, one.criterion, error.what());
    }
  }
  out.ranked.assign(rows, 0);
  if (out.values.empty()) {
    out.scores.score = out.rank = Column<double>("", rows);
    out.scores.low.assign(rows, 0);
    out.scores.high.assign(rows, 1);
    out.scores.completeness.assign(rows, 0);
    return out;
  }
  out.weights = weight_shares(model);
  TreeScores scored = scores_by(model, out.values, out.weights, inputs.workers);
  out.scores = std::move(scored.scores);
  out.groups = std::move(scored.sub_scores);
  out.vetoes = vetoes_by(model, out.values, inputs.workers);
  std::vector<std::uint8_t> standing;
  for (Outcome const outcome : out.outcome) standing.push_back(outcome != Outcome::fails ? 1 : 0);
  out.ranked = ranked_rows(model, standing, out.scores, out.vetoes);
  out.rank = ranks(out.scores.score, out.ranked, RankKind::competition, inputs.workers);
  return out;
}

}  // namespace terrein
