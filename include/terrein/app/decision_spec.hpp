#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "terrein/decision/aggregation.hpp"
#include "terrein/decision/weights.hpp"
#include "terrein/robustness/ranking_problem.hpp"
#include "terrein/robustness/weight_space.hpp"

namespace terrein {

// What a study says about how it decides, and how sure it wants to be: read from the study file.

/// A file beside the study that a key of it names.
struct NamedFile {
  std::string raw, written, path;  ///< as in `LayerConfig`; empty = none
  std::string sha256;              ///< as it was read
};

/// A file of weights: the name, date and adoption of a set, and its weights per model.
struct WeightsFile : NamedFile {
  std::map<std::string, WeightSet> sets;  ///< by key of the model
};

/// [models.<key>.groups.<key>]: criteria that have a score together.
struct ModelGroup {
  std::string key;
  std::string of;  ///< key of the group around it; empty = the whole
  std::string label_nl, label_en;
  std::optional<double> weight, compensation;
  std::vector<std::string> criteria;  ///< keys
};

/// [models.<key>]: the part about scoring.
struct ModelScoring {
  Aggregation aggregation;
  std::vector<ModelGroup> groups;
  std::map<std::string, std::array<double, 2>> weight_ranges;  ///< by criterion, in the unit of the weights
  WeightsFile weights_file;
};

/// [robustness]: how sure the rankings are.
struct RobustnessSpec {
  bool asked = false;
  std::size_t draws = 1000;
  std::size_t top = 20, top_sites = 3;  ///< the k of "in the top k", of candidates and of sites
  std::size_t points = 512;             ///< of the Sobol sequence, a power of two; 0 = no indices
  std::uint64_t seed = 1;
  WeightKind weights = WeightKind::around;
  double concentration = 100;
  Missing missing = Missing::drawn;
  std::size_t factor_draws = 100;  ///< of the factors that criteria rest on; 0 = their central values
  std::vector<Method> methods;     ///< whose rankings are compared with that of the model
};

/// [trials]: what the rules cost.
struct TrialsSpec {
  bool asked = false;
  std::size_t near_misses = 100;  ///< listed per model
};

/// [stakeholders.<key>]: weights of somebody who has a say.
struct StakeholderSpec {
  std::string key;
  std::string label_nl, label_en;
  double share = 1;  ///< of the say of all
  WeightsFile weights;
};

/// [scenarios.<key>]: the study with some of its settings changed, and layers as what-ifs have them.
struct ScenarioSpec {
  std::string key;
  std::string label_nl, label_en;
  NamedFile file;                                        ///< that the rest was read from; empty = the study
  std::vector<std::string> whatifs;                      ///< keys
  std::vector<std::pair<std::string, std::string>> set;  ///< path of a setting, and its new value as TOML
};

/// [targets.<key>]: a good site, whose like is looked for.
struct TargetSpec {
  std::string key;
  std::string label_nl, label_en;
  std::string like;   ///< id of a candidate
  std::string model;  ///< whose criteria and weights count
  std::size_t n = 25;
};

}  // namespace terrein
