#pragma once

#include <vector>

#include "judge.hpp"
#include "layers.hpp"
#include "terrein/app/study.hpp"
#include "terrein/io/geopackage.hpp"

namespace terrein {

/// Table `models`: per written model and criterion weight, value function and where they come from; the method, where
/// one of them has another than the plain weighted sum. `weights` says who adopted the weights.
OutputLayer models_table(Study const& study, Judgement const& judgement, std::vector<ModelResult const*> const& models,
                         std::string const& weights, Labels const& labels);

/// Table `criteria`: what each column val_<key> is: labels, unit, measure, layers read, layer of the feature that
/// decides, classes, decimals worth showing, and why nothing could be measured.
OutputLayer criteria_table(Study const& study, Judgement const& judgement, Labels const& labels);

/// Table `rules`: the rules of each written model in their order, those of no model when the study has none.
OutputLayer rules_table(Study const& study, Judgement const& judgement, std::vector<ModelResult const*> const& models,
                        Labels const& labels);

/// Table `bounds`: what is known of measures and of margins of cuts that are null. Only cells with a finite bound have
/// a row, in the order of the candidates: most results have few.
OutputLayer bounds_table(Study const& study, MeasuringLayer const& candidates, Judgement const& judgement,
                         Labels const& labels);

/// Digits after the point that a unit deserves: 0 for metres, 2 for hectares, 3 for shares (a tenth of a percent).
int decimals_of(std::string const& unit);

}  // namespace terrein
