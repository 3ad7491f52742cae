#include "scenario.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "change_layers.hpp"
#include "judge_parts.hpp"
#include "model_scoring.hpp"
#include "result_tables.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

bool contains(std::vector<std::string> const& list, std::string const& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// Layers as several what-ifs together leave them, until its end.
class TriedWhatIfs {
 public:
  TriedWhatIfs(Study const& study, std::vector<LoadedWhatIf const*> const& whatifs, StudyLayers& layers,
               unsigned workers, Issues& issues) {
    for (LoadedWhatIf const* whatif : whatifs) {
      tried_.push_back(std::make_unique<TriedLayers>(study, *whatif, layers, workers, issues));
      for (std::string const& key : tried_.back()->changed()) changed_.push_back(key);
    }
  }
  TriedWhatIfs(TriedWhatIfs const&) = delete;
  ~TriedWhatIfs() {
    while (!tried_.empty()) tried_.pop_back();  // the last one first: each gives back what it found
  }
  [[nodiscard]] std::vector<std::string> const& changed() const noexcept { return changed_; }

 private:
  std::vector<std::unique_ptr<TriedLayers>> tried_;
  std::vector<std::string> changed_;
};

/// The candidates judged by one study over layers that some what-ifs changed.
class Trial {
 public:
  /// `settings` are the paths that the study changes.
  Trial(Study const& base_study, Study const& study, std::vector<std::string> settings, Inputs const& inputs,
        Judgement const& base, std::vector<std::string> const& changed, CutAreas& base_areas)
      : base_study_(base_study),
        study_(study),
        inputs_(inputs),
        base_(base),
        settings_(std::move(settings)),
        changed_(changed) {
    measure();
    apply_rules();
    bool const same_cuts = cuts_.empty() && std::none_of(settings_.begin(), settings_.end(),
                                                         [](auto const& path) { return path.starts_with("rules."); });
    std::optional<CutAreas> own;
    if (!same_cuts) own.emplace(study_, inputs_);
    for (ModelConfig const& model : study_.models)
      if (std::any_of(base_study.models.begin(), base_study.models.end(),
                      [&model](ModelConfig const& one) { return one.key == model.key; }))
        models.push_back(judge_model(
            study_, model, inputs_, [this](std::string const& key) -> Measure const& { return measure_of(key); },
            rules_, own ? *own : base_areas));
  }
  Trial(Trial const&) = delete;

  [[nodiscard]] Measure const& measure_of(std::string const& key) const {
    auto const found = measures_.find(key);
    return found == measures_.end() ? terrein::measure_of(base_.measures, key) : found->second;
  }
  /// As the comparison wants them: the share of a cut by the key of its rule.
  [[nodiscard]] Measure measure_for(std::string const& key) const { return measure_of(key); }

  std::vector<ModelResult> models;

 private:
  /// Whether what is measured may be another than in the study as it stands.
  [[nodiscard]] bool is_touched(CriterionSpec const& spec, char const* table) const {
    auto const keys = layers_of(spec, inputs_);
    return std::any_of(keys.begin(), keys.end(), [this](std::string const& key) { return contains(changed_, key); }) ||
           std::any_of(settings_.begin(), settings_.end(), [&](std::string const& path) {
             return path.starts_with(std::string(table) + "." + spec.key + ".");
           });
  }
  [[nodiscard]] bool in_base(std::string const& criterion) const {
    return std::any_of(base_.measures.begin(), base_.measures.end(),
                       [&criterion](Measure const& one) { return one.key == criterion; });
  }

  /// Whether other land is cut out than before, as where a model drops a cut.
  [[nodiscard]] bool has_other_cuts(CriterionSpec const& spec) const {
    CriterionSpec const* const before = base_study_.find_criterion(spec.key);
    return before != nullptr && !std::equal(spec.cuts.begin(), spec.cuts.end(), before->cuts.begin(),
                                            before->cuts.end(), [](CutSpec const& a, CutSpec const& b) {
                                              return a.layer == b.layer && a.classes == b.classes &&
                                                     a.buffer_m == b.buffer_m;
                                            });
  }

  /// All in one call, so that criteria and cuts share their work.
  void measure() {
    std::vector<CriterionSpec> specs;
    for (CriterionSpec const& spec : study_.criteria)
      if (!in_base(spec.key) || is_touched(spec, "criteria") || has_other_cuts(spec)) specs.push_back(spec);
    std::size_t const criteria = specs.size();
    for (RuleSpec const& rule : study_.rules) {
      if (rule.effect != RuleEffect::cut || !is_used(study_, rule)) continue;
      CriterionSpec left = left_by(study_.cuts.at(rule.key), rule.key);
      if (!base_.cuts.contains(rule.key) || is_touched(left, "rules")) specs.push_back(std::move(left));
    }
    std::vector<Measure> found = measure_all(specs, inputs_);
    for (std::size_t i = 0; i < found.size(); ++i) {
      std::string const key = found[i].key;
      if (i < criteria) {
        if (in_base(key)) keep_manual(base_, found[i]);
        measures_.emplace(key, std::move(found[i]));
      } else {
        cuts_.emplace(key, share_cut(std::move(found[i])));
      }
    }
  }

  void apply_rules() {
    for (RuleSpec const& rule : study_.rules) {
      if (!is_used(study_, rule)) continue;
      if (rule.effect != RuleEffect::cut) {
        rules_.emplace(rule.key, apply_rule(rule, measure_of(rule.criterion)));
        continue;
      }
      auto const own = cuts_.find(rule.key);
      rules_.emplace(rule.key, apply_rule(rule, own != cuts_.end() ? own->second : base_.cuts.at(rule.key)));
    }
  }

  Study const &base_study_, &study_;
  Inputs const& inputs_;
  Judgement const& base_;
  std::vector<std::string> settings_;
  std::vector<std::string> const& changed_;
  std::map<std::string, Measure> measures_, cuts_;
  std::map<std::string, RuleOutcome> rules_;
};

/// A judged model as the comparison wants it.
ModelView view_of(Study const& study, ModelResult const& result, Labels const& labels) {
  ModelConfig const& model = *result.model;
  ModelView out;
  out.key = model.key;
  out.label = model_label(model, labels);
  out.outcome = result.outcome;
  out.additive = is_weighted_sum(model);
  for (std::size_t i = 0; i < result.rules.size(); ++i) {
    RuleView one;
    one.rule = *result.rules[i];
    one.label = rule_label(one.rule, labels);
    if (auto const cut = study.cuts.find(one.rule.key); cut != study.cuts.end() && one.rule.effect == RuleEffect::cut) {
      one.layer = cut->second.layer;
      one.classes = join(cut->second.classes, "|");
      one.buffer_m = cut->second.buffer_m;
    }
    one.result = result.rule_outcomes[i]->result;
    out.rules.push_back(std::move(one));
  }
  if (model.criteria.empty()) return out;
  for (std::size_t i = 0; i < model.criteria.size(); ++i) {
    ModelCriterion const& one = model.criteria[i];
    CriterionSpec const* const spec = study.find_criterion(one.criterion);
    double const weight = model.scoring.groups.empty() ? one.weight : result.weights[i];
    out.criteria.push_back(
        {one.criterion, criterion_label(*spec, labels), weight, one.function, result.values[i].value});
  }
  out.score = result.scores.score;
  for (double& score : out.score.values) score *= 100;
  out.rank = result.rank;
  return out;
}

class ScenarioJudge {
 public:
  ScenarioJudge(Study const& study, StudyLayers& layers, Inputs const& inputs, Judgement const& base,
                Labels const& labels, Issues& issues)
      : study_(study),
        layers_(layers),
        inputs_(inputs),
        base_(base),
        labels_(labels),
        issues_(issues),
        areas_(study, inputs) {
    for (Row row = 0; row < inputs.candidates->layer.size(); ++row) pairs_.push_back({row, row});
  }

  std::shared_ptr<ScenarioOutcome const> judge(ScenarioStudies const& studies) {
    ScenarioSpec const& spec = *studies.config;
    auto out = std::make_shared<ScenarioOutcome>();
    out->config = &spec;
    for (std::string const& key : spec.whatifs) out->steps.push_back({key, true, ""});
    for (auto const& [path, value] : spec.set) out->steps.push_back({path, false, value});
    scores_.clear();
    for (ModelResult const& model : base_.models) scores_[model.model->key].push_back(model.scores.score);
    std::vector<std::string> settings;
    std::size_t const steps = out->steps.size();
    for (std::size_t step = 0; step < steps; ++step) {
      check_stop();
      bool const whatif = out->steps[step].is_whatif;
      if (!whatif) settings.push_back(out->steps[step].key);
      Study const& study = settings.empty() ? study_ : *studies.after_setting[settings.size() - 1];
      std::size_t const whatifs = std::min(step + 1, spec.whatifs.size());
      TriedWhatIfs const tried(study_, loaded(spec, whatifs), layers_, inputs_.workers, issues_);
      Trial const trial(study_, study, settings, inputs_, base_, tried.changed(), areas_);
      for (ModelResult const& model : trial.models) scores_[model.model->key].push_back(model.scores.score);
      if (step + 1 == steps) finish(study, trial, *out);
    }
    return out;
  }

 private:
  [[nodiscard]] std::vector<LoadedWhatIf const*> loaded(ScenarioSpec const& spec, std::size_t count) const {
    std::vector<LoadedWhatIf const*> out;
    for (std::size_t i = 0; i < count; ++i)
      out.push_back(&*std::find_if(layers_.whatifs.begin(), layers_.whatifs.end(),
                                   [&](LoadedWhatIf const& one) { return one.config->key == spec.whatifs[i]; }));
    return out;
  }

  void finish(Study const& study, Trial const& trial, ScenarioOutcome& out) {
    for (ModelResult const& after : trial.models) {
      auto const before = std::find_if(base_.models.begin(), base_.models.end(),
                                       [&](ModelResult const& one) { return one.model->key == after.model->key; });
      ModelView const was = view_of(study_, *before, labels_), is = view_of(study, after, labels_);
      auto const old_measure = [this](std::string const& key) { return measure_of(base_.measures, key); };
      auto const new_measure = [&trial](std::string const& key) { return trial.measure_for(key); };
      ScenarioModel model;
      model.key = after.model->key;
      model.changes = compare_models({was, old_measure}, {is, new_measure}, pairs_,
                                     {static_cast<std::int64_t>(study_.robustness.top), inputs_.workers});
      model.rank = after.rank;
      model.step_points = step_points(scores_.at(model.key));
      out.models.push_back(std::move(model));
    }
  }

  /// What every step adds to the score, in points.
  static std::vector<Column<double>> step_points(std::vector<Column<double>> const& scores) {
    std::vector<Column<double>> out;
    for (std::size_t step = 1; step < scores.size(); ++step) {
      Column<double> points("", scores[step].size());
      for (std::size_t row = 0; row < points.size(); ++row)
        if (scores[step - 1].is_known(row) && scores[step].is_known(row))
          points.set(row, 100 * scores[step].values[row] - 100 * scores[step - 1].values[row]);
      out.push_back(std::move(points));
    }
    return out;
  }

  Study const& study_;
  StudyLayers& layers_;
  Inputs const& inputs_;
  Judgement const& base_;
  Labels const& labels_;
  Issues& issues_;
  CutAreas areas_;
  std::vector<MatchedRows> pairs_;
  std::map<std::string, std::vector<Column<double>>> scores_;  ///< of this scenario, after each step
};

}  // namespace

std::vector<std::shared_ptr<ScenarioOutcome const>> judge_scenarios(Study const& study,
                                                                    std::vector<ScenarioStudies> const& studies,
                                                                    StudyLayers& layers, Inputs const& inputs,
                                                                    Judgement const& base, Labels const& labels,
                                                                    Issues& issues) {
  std::vector<std::shared_ptr<ScenarioOutcome const>> out;
  ScenarioJudge judge(study, layers, inputs, base, labels, issues);
  for (ScenarioStudies const& one : studies) out.push_back(judge.judge(one));
  return out;
}

}  // namespace terrein
