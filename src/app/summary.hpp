#pragma once

#include "judge.hpp"
#include "layers.hpp"
#include "terrein/app/run_study.hpp"

namespace terrein {

/// Outcome counts, what could not be measured, and the best candidates with their reasons.
ModelSummary summarise(Study const& study, MeasuringLayer const& candidates, Judgement const& judgement,
                       ModelResult const& result, std::size_t best, Labels const& labels);

}  // namespace terrein
