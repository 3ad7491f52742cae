#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "terrein/app/study.hpp"

namespace terrein {

/// What a manifest says of the set of weights that decides a model: name, date, how it came about, consistency. Null
/// for weights that the study itself has.
[[nodiscard]] nlohmann::ordered_json weight_set_json(ModelConfig const& model);
/// Puts it back into a model that is read from a result. Throws `nlohmann::json::exception` for another form.
void take_weight_set(nlohmann::json const& json, ModelConfig& model);

/// Files of weights that a run read: key, source, hash, and the weights (in %) of each set, per criterion.
[[nodiscard]] nlohmann::ordered_json weights_files_json(Study const& study);

}  // namespace terrein
