#pragma once

#include <functional>
#include <string>
#include <vector>

#include "study_parts.hpp"

namespace terrein {

// [models.<key>.effects] and [models.<key>.graded]: one switch per rule and model, to put a rule on trial.

/// A model wants another effect of a rule than the rule says itself.
struct RuleSwitch {
  std::string model, rule;
  RuleEffect effect = RuleEffect::exclude;
};

/// Reads the switches of a model whose rules, criteria and weights are read, and adds them to `switches`. A cut that is
/// switched off leaves the model at once. A rule that counts by degrees gets a criterion in the model, unless the model
/// scores that criterion already. `find_rule` gives a rule by its key, nullptr where there is none.
void read_effects(TomlTable& model, std::function<RuleSpec const*(std::string const&)> const& find_rule,
                  Language language, ModelConfig& out, std::vector<RuleSwitch>& switches);

/// Gives rules the effects that models want, when all models are read. Models that want one effect share a rule; where
/// others use the rule with another effect, a model gets a rule of its own, named after both, "hag_business_park". So
/// the ledger, columns and explanations tell them apart.
void apply_switches(std::vector<RuleSwitch> const& switches, TomlTable& models, Study& study);

}  // namespace terrein
