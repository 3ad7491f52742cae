#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "judge.hpp"
#include "terrein/geometry/overlay.hpp"

namespace terrein {

// Parts of judging that a run and its what-ifs have in common.

inline constexpr double nothing_left = 1e-9;  ///< share of the land below which only rounding is left; as
                                              ///< `whole_land_cut`

/// A cut is tested by the share of the candidate that it takes: one minus the net share it leaves alone.
CriterionSpec left_by(CutSpec const& cut, std::string const& key);
Measure share_cut(Measure left);
/// What people know better, they know better in a what-if or scenario as well: their values are put back.
void keep_manual(Judgement const& base, Measure& after);
/// Whether a model uses a rule; all rules are used where there are no models.
bool is_used(Study const& study, RuleSpec const& rule);

/// Areas that the ledger adds up: gross, net of a model's cuts, and each cut's own and marginal part. Models with the
/// same cuts share the work. The arguments must outlive it.
class CutAreas {
 public:
  CutAreas(Study const& study, Inputs const& inputs);
  LedgerInput of(ModelConfig const& model);

 private:
  CutResult const& cut(std::vector<std::string> const& keys);

  Study const& study_;
  Inputs const& inputs_;
  std::vector<double> gross_m2_;
  std::map<std::vector<std::string>, CutResult> done_;
};

/// Land that the cuts of a model take, as far as the study has their layers and classes.
std::vector<Cut> cuts_of(Study const& study, std::string const& model, Inputs const& inputs);

/// What a model says of measures, wherever these are kept. The rule outcomes must outlive the result.
ModelResult judge_model(Study const& study, ModelConfig const& model, Inputs const& inputs,
                        std::function<Measure const&(std::string const& criterion)> const& measure_of,
                        std::map<std::string, RuleOutcome> const& rules, CutAreas& areas);

}  // namespace terrein
