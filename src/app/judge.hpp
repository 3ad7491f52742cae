#pragma once

#include <map>
#include <string>
#include <vector>

#include "additions.hpp"
#include "layers.hpp"
#include "terrein/app/study.hpp"
#include "terrein/core/measure.hpp"
#include "terrein/decision/rules.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein {

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
  std::vector<std::uint8_t> ranked;  ///< 1 = takes part in the ranking
  Column<double> rank;
  std::vector<LedgerRow> ledger;
};

/// Everything measured and judged about the candidates of a run.
struct Judgement {
  std::vector<Measure> measures;             ///< one per criterion of the study
  std::map<std::string, RuleOutcome> rules;  ///< by key
  std::map<std::string, Measure> cuts;       ///< by key of a cut: the share it takes, and which feature most of it
  std::vector<ModelResult> models;
  ManualMarks manual;
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
