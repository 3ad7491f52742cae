#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "additions.hpp"
#include "layers.hpp"
#include "terrein/app/study.hpp"
#include "terrein/core/measure.hpp"
#include "terrein/decision/criteria_tree.hpp"
#include "terrein/decision/rules.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein {

struct DrawnFactors;
struct ModelRobustness;
struct ModelViews;
struct ScenarioOutcome;

/// What one model says of every candidate.
struct ModelResult {
  ModelConfig const* model = nullptr;
  std::vector<RuleSpec const*> rules;
  std::vector<RuleOutcome const*> rule_outcomes;  ///< one per rule
  std::vector<Outcome> outcome;
  Column<double> net_m2;  ///< land that its cuts leave; null where one of them is unknown; no rows without cuts
  std::vector<std::uint8_t> all_cut;  ///< 1 = the cuts together leave no land, so that it fails
  std::vector<double> weights;        ///< shares of 1, one per criterion of the model
  std::vector<Values> values;         ///< likewise
  Scores scores;
  std::vector<SubScores> groups;     ///< of the groups of its criteria
  VetoOutcome vetoes;                ///< empty without vetoes
  std::vector<std::uint8_t> ranked;  ///< 1 = takes part in the ranking
  Column<double> rank;
  std::vector<LedgerRow> ledger;
  std::shared_ptr<ModelRobustness const> robustness;  ///< where the study asks for it and the model scores
  std::shared_ptr<ModelViews const> views;            ///< of stakeholders, where the study has any
};

/// A candidate of which a what-if changes what one criterion says, or which feature decides it.
struct ChangedValue {
  Row candidate = no_row;
  std::optional<double> before, after;                   ///< numbers
  std::optional<std::string> class_before, class_after;  ///< classes
  std::string by_before, by_after;                       ///< ids of the features that decide; empty = none does
};

/// How many candidates a feature decides for, and how much land.
struct MarketShare {
  std::string feature;  ///< id; empty = none decides
  std::int64_t before_n = 0, after_n = 0, won_n = 0, lost_n = 0;
  std::int64_t before_mm2 = 0, after_mm2 = 0, won_mm2 = 0, lost_mm2 = 0;
};

/// What a what-if changes in one criterion.
struct CriterionChange {
  CriterionSpec const* criterion = nullptr;
  std::string unit, by_layer;
  std::vector<ChangedValue> values;   ///< in the order of the candidates
  std::vector<MarketShare> features;  ///< that win or lose candidates, by id; that of none first
};

/// What a what-if changes in what one model says of a candidate.
struct ChangedScore {
  Row candidate = no_row;
  std::optional<double> before, after;  ///< score, 0 to 100
  std::optional<double> rank_before, rank_after;
  Outcome outcome_before = Outcome::unknown, outcome_after = Outcome::unknown;
};
struct ModelChange {
  ModelConfig const* model = nullptr;
  std::vector<ChangedScore> scores;  ///< those whose score or outcome is another, in the order of the candidates
};

struct WhatIfOutcome {
  WhatIf const* config = nullptr;
  std::vector<CriterionChange> criteria;  ///< those that look at a changed layer
  std::vector<ModelChange> models;        ///< those that use one of them
};

/// Everything measured and judged about the candidates of a run.
struct Judgement {
  std::vector<Measure> measures;             ///< one per criterion of the study
  std::map<std::string, RuleOutcome> rules;  ///< by key
  std::map<std::string, Measure> cuts;       ///< by key of a cut: the share it takes, and which feature most of it
  std::vector<ModelResult> models;
  ManualMarks manual;
  std::vector<WhatIfOutcome> whatifs;                             ///< in the order of the study
  std::vector<std::shared_ptr<ScenarioOutcome const>> scenarios;  ///< likewise
  std::shared_ptr<DrawnFactors const> factors;  ///< where robustness is asked for and a model rests on some
};

/// Measures, puts in what people know better, tests and scores.
Judgement judge(Study const& study, Inputs const& inputs, Additions& additions);

/// The measure of a criterion. Throws `Error{internal}` when there is none.
Measure const& measure_of(std::vector<Measure> const& measures, std::string const& key);

/// Duties and notices that apply to a candidate under a model, in the order of the rules.
std::vector<std::string> duties(ModelResult const& result, std::size_t row, Labels const& labels);
/// Labels of the rules by which a candidate fails a model; of its cuts where only all of them together leave no land.
std::vector<std::string> failures(ModelResult const& result, std::size_t row, Labels const& labels);
/// Label of a rule in the user's language, its key when it has none.
std::string rule_label(RuleSpec const& rule, Labels const& labels);

}  // namespace terrein
