#include "judge.hpp"

#include <algorithm>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/overlay.hpp"

namespace terrein {
namespace {

constexpr double nothing_left = 1e-9;  ///< share of the land below which only rounding is left; as `whole_land_cut`

/// A cut is tested by the share of the candidate that it takes: one minus the net share it leaves alone.
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

bool is_used(Study const& study, RuleSpec const& rule) {
  return study.models.empty() || std::any_of(study.models.begin(), study.models.end(), [&](ModelConfig const& model) {
           return std::find(model.rules.begin(), model.rules.end(), rule.key) != model.rules.end();
         });
}

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

/// Areas that the ledger adds up: gross, net of a model's cuts, and each cut's own and marginal part. Models with the
/// same cuts share the work.
class CutAreas {
 public:
  CutAreas(Study const& study, Inputs const& inputs) : study_(study), inputs_(inputs) {
    GeometryColumn const& shapes = inputs.candidates->layer.geometry;
    for (std::size_t row = 0; row < shapes.size(); ++row) gross_m2_.push_back(area(shapes, row));
  }

  LedgerInput of(ModelConfig const& model) {
    LedgerInput out{gross_m2_, gross_m2_, {}, {}};
    out.cut_own_m2.resize(model.rules.size());
    out.cut_marginal_m2.resize(model.rules.size());
    std::vector<std::string> keys;
    for (std::string const& key : model.rules)
      if (is_possible(key)) keys.push_back(key);
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

 private:
  /// A cut whose layer, or whose classes, the study has.
  [[nodiscard]] bool is_possible(std::string const& key) const {
    auto const it = study_.cuts.find(key);
    if (it == study_.cuts.end()) return false;
    MeasuringLayer const* layer = inputs_.find(it->second.layer);
    return layer != nullptr && (it->second.classes.empty() || layer->class_of.size() > 0);
  }

  CutResult const& cut(std::vector<std::string> const& keys) {
    auto const [it, fresh] = done_.try_emplace(keys);
    if (!fresh) return it->second;
    std::vector<Cut> cuts;
    for (std::string const& key : keys) {
      CutSpec const& spec = study_.cuts.at(key);
      cuts.push_back({&inputs_.find(spec.layer)->layer, cut_rows(spec, inputs_), spec.buffer_m});
    }
    it->second = cut_out(inputs_.candidates->layer.geometry, cuts, inputs_.workers);
    return it->second;
  }

  Study const& study_;
  Inputs const& inputs_;
  std::vector<double> gross_m2_;
  std::map<std::vector<std::string>, CutResult> done_;
};

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

ModelResult judge_model(Study const& study, ModelConfig const& model, Inputs const& inputs,
                        std::vector<Measure> const& measures, std::map<std::string, RuleOutcome> const& rules,
                        CutAreas& areas) {
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
  std::vector<double> weights;
  for (ModelCriterion const& one : model.criteria) {
    weights.push_back(one.weight);
    try {
      out.values.push_back(evaluate(one.function, measure_of(measures, one.criterion)));
    } catch (Error const& error) {
      throw_error(error.kind(), "Model '{}', criterion '{}': {}", model.key, one.criterion, error.what());
    }
  }
  std::vector<Values const*> values;
  for (Values const& one : out.values) values.push_back(&one);
  out.ranked.assign(rows, 0);
  if (values.empty()) {
    out.scores.score = out.rank = Column<double>("", rows);
    out.scores.low.assign(rows, 0);
    out.scores.high.assign(rows, 1);
    out.scores.completeness.assign(rows, 0);
    return out;
  }
  out.weights = normalised_weights(weights, model.key);
  out.scores = weighted_sum(values, out.weights, inputs.workers);
  for (std::size_t row = 0; row < rows; ++row)
    out.ranked[row] = out.outcome[row] != Outcome::fails && out.scores.score.is_known(row) &&
                              out.scores.completeness[row] >= model.min_completeness - tie_tolerance
                          ? 1
                          : 0;
  out.rank = ranks(out.scores.score, out.ranked, RankKind::competition, inputs.workers);
  return out;
}

}  // namespace

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
    out.models.push_back(judge_model(study, model, inputs, out.measures, out.rules, areas));
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
