#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "judge.hpp"
#include "layers.hpp"

namespace terrein {

/// Measures, tests and scores the candidates once more for every what-if that was loaded: what looks at a changed layer
/// is measured anew, all else is taken from `base`. What was set by hand stays. `layers` are those of `inputs`, and as
/// they were in the end. Issues of networks that only a what-if has are added.
std::vector<WhatIfOutcome> judge_whatifs(Study const& study, StudyLayers& layers, Inputs const& inputs,
                                         Judgement const& base, Issues& issues);

/// Land of the candidates in whole square millimetres, which add up to the same in any order.
std::vector<std::int64_t> land_mm2(GeometryColumn const& shapes);

/// How much better a number is after a change: positive where `better` says so, nothing without a direction or a
/// number.
std::optional<double> gain(std::optional<double> before, std::optional<double> after, Better better);
/// Which way numbers of a criterion are better, as its kind is usually meant.
Better better_of(CriterionSpec const& spec);

}  // namespace terrein
