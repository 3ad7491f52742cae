#pragma once

#include <memory>
#include <string>
#include <vector>

#include "judge.hpp"
#include "layers.hpp"
#include "terrein/app/changes.hpp"

namespace terrein {

/// The studies of a scenario: after each of its changes of settings, in their order. Models, rules and criteria alone
/// may differ from the study; all else is taken from it.
struct ScenarioStudies {
  ScenarioSpec const* config = nullptr;
  std::vector<std::unique_ptr<Study const>> after_setting;
};
/// Reads them, so that a fault is told before any work is done. Throws `Error{config}` naming the scenario.
[[nodiscard]] std::vector<ScenarioStudies> scenario_studies(Study const& study, DataFolders const& data);

/// One of the changes of a scenario: a what-if, or a setting.
struct ScenarioStep {
  std::string key;  ///< of the what-if, or the path of the setting
  bool is_whatif = false;
  std::string value;  ///< of the setting
};

/// One model in a scenario.
struct ScenarioModel {
  std::string key;
  ModelChanges changes;  ///< against the study as it stands
  Column<double> rank;   ///< in the scenario
  /// Per step the points that it adds to the score of a candidate, in the order of the steps: with what is changed
  /// already, so that they sum to the difference, but for `known`: null where one of the scores is.
  std::vector<Column<double>> step_points;
};

/// What a scenario says of every candidate.
struct ScenarioOutcome {
  ScenarioSpec const* config = nullptr;
  std::vector<ScenarioStep> steps;    ///< what-ifs first, in the order of the scenario
  std::vector<ScenarioModel> models;  ///< those that the study has as well
};

/// Judges the candidates once more for every scenario: what a change touches is measured anew, all else is taken from
/// `base`. What was set by hand stays. `layers` are those of `inputs`, and as they were in the end.
[[nodiscard]] std::vector<std::shared_ptr<ScenarioOutcome const>> judge_scenarios(
    Study const& study, std::vector<ScenarioStudies> const& studies, StudyLayers& layers, Inputs const& inputs,
    Judgement const& base, Labels const& labels, Issues& issues);

}  // namespace terrein
