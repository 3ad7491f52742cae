#pragma once

#include <vector>

#include "result_view.hpp"
#include "terrein/app/compare.hpp"

namespace terrein {

/// Weights, value functions, rules and adoption of the models `keys`, and the sources and other settings of the
/// studies, that differ.
[[nodiscard]] std::vector<StudyDifference> study_differences(ComparedResult const& before, ComparedResult const& after,
                                                             std::vector<std::string> const& keys,
                                                             Labels const& labels);
/// The rules of the models `keys` by land, in the order of the new result, then those that it lacks.
[[nodiscard]] std::vector<ExclusionChange> exclusion_changes(ComparedResult const& before, ComparedResult const& after,
                                                             std::vector<std::string> const& keys);

}  // namespace terrein
