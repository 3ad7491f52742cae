#include "whatif.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "change_layers.hpp"
#include "judge_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

/// One what-if while it is tried.
class Trial {
 public:
  Trial(Study const& study, LoadedWhatIf const& whatif, StudyLayers& layers, Inputs const& inputs,
        Judgement const& base, std::vector<std::int64_t> const& land_mm2, CutAreas& areas, Issues& issues)
      : study_(study),
        inputs_(inputs),
        base_(base),
        land_mm2_(land_mm2),
        areas_(areas),
        layers_(layers),
        tried_(study, whatif, layers, inputs.workers, issues) {
    out_.config = whatif.config;
  }

  WhatIfOutcome outcome() {
    measure();
    for (auto const& [key, after] : measures_)
      compare(*study_.find_criterion(key), terrein::measure_of(base_.measures, key), after);
    // In the order of the study, not of the keys.
    auto const place = [this](CriterionChange const& one) { return one.criterion - study_.criteria.data(); };
    std::sort(out_.criteria.begin(), out_.criteria.end(),
              [&](CriterionChange const& a, CriterionChange const& b) { return place(a) < place(b); });
    judge_models();
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool is_touched(CriterionSpec const& spec) const {
    auto const keys = layers_of(spec, inputs_);
    return std::any_of(keys.begin(), keys.end(), [this](std::string const& key) {
      return std::find(tried_.changed().begin(), tried_.changed().end(), key) != tried_.changed().end();
    });
  }

  /// All in one call, so that criteria and cuts share their work.
  void measure() {
    std::vector<CriterionSpec> specs;
    for (CriterionSpec const& spec : study_.criteria)
      if (is_touched(spec)) specs.push_back(spec);
    std::size_t const criteria = specs.size();
    for (RuleSpec const& rule : study_.rules) {
      if (rule.effect != RuleEffect::cut || !is_used(study_, rule)) continue;
      if (CriterionSpec left = left_by(study_.cuts.at(rule.key), rule.key); is_touched(left))
        specs.push_back(std::move(left));
    }
    std::vector<Measure> found = measure_all(specs, inputs_);
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (i < criteria) keep_manual(base_, found[i]);
      std::string const key = found[i].key;
      if (i < criteria)
        measures_.emplace(key, std::move(found[i]));
      else
        cuts_.emplace(key, share_cut(std::move(found[i])));
    }
  }

  [[nodiscard]] Layer const* before_layer(std::string const& key) const {
    if (key.empty()) return nullptr;
    auto const& changed = tried_.changed();
    bool const is_changed = std::find(changed.begin(), changed.end(), key) != changed.end();
    return is_changed ? &tried_.before(key).layer : &layers_.layers.at(key).layer;
  }
  [[nodiscard]] Layer const* after_layer(std::string const& key) const {
    return key.empty() ? nullptr : &layers_.layers.at(key).layer;
  }
  static std::string decided(Layer const* layer, Measure const& measure, std::size_t row) {
    return layer == nullptr || measure.by[row] == no_row ? std::string{} : layer->id[measure.by[row]];
  }

  void compare(CriterionSpec const& spec, Measure const& before, Measure const& after) {
    CriterionChange change;
    change.criterion = &spec;
    change.unit = after.unit;
    change.by_layer = after.by_layer.empty() ? before.by_layer : after.by_layer;
    Layer const *const was = before_layer(before.by_layer), *const is = after_layer(after.by_layer);
    std::map<std::string, MarketShare> shares;
    for (std::size_t row = 0; row < after.size(); ++row) {
      ChangedValue one;
      one.candidate = static_cast<Row>(row);
      one.by_before = decided(was, before, row);
      one.by_after = decided(is, after, row);
      if (!change.by_layer.empty()) count(shares, one.by_before, one.by_after, land_mm2_[row]);
      if (after.is_class) {
        one.class_before = before.text.at(row);
        one.class_after = after.text.at(row);
      } else {
        one.before = before.value.at(row);
        one.after = after.value.at(row);
      }
      if (one.before != one.after || one.class_before != one.class_after || one.by_before != one.by_after)
        change.values.push_back(std::move(one));
    }
    for (auto& [id, share] : shares) {
      share.feature = id;
      if (share.won_n > 0 || share.lost_n > 0) change.features.push_back(std::move(share));
    }
    out_.criteria.push_back(std::move(change));
  }

  static void count(std::map<std::string, MarketShare>& shares, std::string const& before, std::string const& after,
                    std::int64_t mm2) {
    MarketShare& was = shares[before];
    ++was.before_n;
    was.before_mm2 += mm2;
    MarketShare& is = shares[after];
    ++is.after_n;
    is.after_mm2 += mm2;
    if (before == after) return;
    ++was.lost_n;
    was.lost_mm2 += mm2;
    ++is.won_n;
    is.won_mm2 += mm2;
  }

  [[nodiscard]] bool uses(ModelConfig const& model) const {
    return std::any_of(model.criteria.begin(), model.criteria.end(),
                       [this](ModelCriterion const& one) { return measures_.contains(one.criterion); }) ||
           std::any_of(model.rules.begin(), model.rules.end(), [this](std::string const& key) {
             return cuts_.contains(key) || measures_.contains(study_.find_rule(key)->criterion);
           });
  }

  [[nodiscard]] Measure const& measure_of(std::string const& key) const {
    auto const found = measures_.find(key);
    return found == measures_.end() ? terrein::measure_of(base_.measures, key) : found->second;
  }

  void judge_models() {
    CutAreas own(study_, inputs_);
    bool const same_cuts = cuts_.empty();
    for (ModelResult const& before : base_.models) {
      ModelConfig const& model = *before.model;
      if (!uses(model)) continue;
      std::map<std::string, RuleOutcome> rules;
      for (std::string const& key : model.rules) {
        RuleSpec const& rule = *study_.find_rule(key);
        if (auto const cut = cuts_.find(key); cut != cuts_.end())
          rules.emplace(key, apply_rule(rule, cut->second));
        else if (measures_.contains(rule.criterion))
          rules.emplace(key, apply_rule(rule, measures_.at(rule.criterion)));
        else
          rules.emplace(key, base_.rules.at(key));
      }
      ModelResult const after = judge_model(
          study_, model, inputs_, [this](std::string const& key) -> Measure const& { return measure_of(key); }, rules,
          same_cuts ? areas_ : own);
      out_.models.push_back({&model, changed_scores(before, after)});
    }
  }

  static std::optional<double> points(Column<double> const& score, std::size_t row) {
    return score.is_known(row) ? std::optional(100 * score.values[row]) : std::nullopt;
  }

  static std::vector<ChangedScore> changed_scores(ModelResult const& before, ModelResult const& after) {
    std::vector<ChangedScore> out;
    for (std::size_t row = 0; row < after.outcome.size(); ++row) {
      ChangedScore const one{static_cast<Row>(row),
                             points(before.scores.score, row),
                             points(after.scores.score, row),
                             before.rank.at(row),
                             after.rank.at(row),
                             before.outcome[row],
                             after.outcome[row]};
      if (one.before != one.after || one.outcome_before != one.outcome_after) out.push_back(one);
    }
    return out;
  }

  Study const& study_;
  Inputs const& inputs_;
  Judgement const& base_;
  std::vector<std::int64_t> const& land_mm2_;
  CutAreas& areas_;  ///< of the layers as they are without a what-if
  StudyLayers& layers_;
  TriedLayers tried_;
  std::map<std::string, Measure> measures_, cuts_;
  WhatIfOutcome out_;
};

}  // namespace

std::vector<WhatIfOutcome> judge_whatifs(Study const& study, StudyLayers& layers, Inputs const& inputs,
                                         Judgement const& base, Issues& issues) {
  std::vector<std::int64_t> const land = land_mm2(inputs.candidates->layer.geometry);
  CutAreas areas(study, inputs);
  std::vector<WhatIfOutcome> out;
  for (LoadedWhatIf const& whatif : layers.whatifs) {
    check_stop();
    out.push_back(Trial(study, whatif, layers, inputs, base, land, areas, issues).outcome());
  }
  return out;
}

std::vector<std::int64_t> land_mm2(GeometryColumn const& shapes) {
  std::vector<std::int64_t> out(shapes.size());
  for (Row row = 0; row < shapes.size(); ++row) out[row] = std::llround(area(shapes, row) * 1e6);
  return out;
}

std::optional<double> gain(std::optional<double> before, std::optional<double> after, Better better) {
  if (!before || !after || better == Better::neither) return std::nullopt;
  return better == Better::more ? *after - *before : *before - *after;
}

Better better_of(CriterionSpec const& spec) {
  CriterionKind const* const kind = find_criterion_kind(spec.measure);
  return kind == nullptr || kind->is_class ? Better::neither : kind->better;
}

}  // namespace terrein
