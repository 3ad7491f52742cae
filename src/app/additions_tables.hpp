#pragma once

#include <filesystem>
#include <vector>

#include "additions.hpp"
#include "judge.hpp"
#include "terrein/io/geopackage.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {

/// The form `additions`: rows that were read from this very result, then a row (id, field) for each value that would
/// help most, 200 at most. What an unknown value holds up is counted in points of the 0–100 scale, per model: weight
/// share × (highest − lowest value it may have) × 100, and 100 where a rule on it holds up the outcome. That times the
/// highest score the candidate may get (0..1), the largest of all models, is the order; ties by id, then by the order
/// of the criteria. Candidates that fail a model have nothing to win in it.
[[nodiscard]] OutputLayer additions_form(Study const& study, Additions const& additions,
                                         MeasuringLayer const& candidates,
                                         std::vector<ModelResult const*> const& models, Judgement const& judgement,
                                         std::filesystem::path const& styles, Labels const& labels);

/// The table `additions_used`: every row that was filled in, with the value without it and what came of it. For others
/// without who filled it in, and without values of attributes about persons.
[[nodiscard]] OutputLayer additions_used(Study const& study, Additions const& additions, Labels const& labels);

}  // namespace terrein
