#pragma once

#include <string>

#include "terrein/criteria/bound_land.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {

/// Why a plot has its class, in one sentence for a planner.
std::string bound_reasons(BoundLandSpec const& spec, BoundPlot const& plot, Labels const& labels);

}  // namespace terrein
