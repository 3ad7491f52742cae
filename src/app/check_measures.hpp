#pragma once

#include <set>
#include <string>

#include "judge.hpp"
#include "terrein/app/check_study.hpp"

namespace terrein {

/// Measures and judges, and tells what stays unknown. When that ends with an error every criterion is tried for
/// itself, and each that cannot be measured becomes a fault.
void check_measures(Study const& study, Inputs const& inputs, Additions& additions,
                    std::set<std::string> const& unusable, Labels const& labels, CheckResult& out);

/// What stays unknown because of layers that are not there, when there is nothing to measure.
void tell_gaps_without_measuring(Study const& study, std::set<std::string> const& unusable, Labels const& labels,
                                 CheckResult& out);

/// The models of the study with their criteria, weights and rules.
void plan_models(Study const& study, Labels const& labels, CheckResult& out);

}  // namespace terrein
