#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "study_parts.hpp"
#include "terrein/app/study.hpp"
#include "toml_table.hpp"

namespace terrein {

// Files of weights: TOML with a head (name, date, adoption) and a table [models.<key>] per model, in one of the forms
// of docs/weights.md. A study, its stakeholders and `terrein rescore` read the same files.

/// The head of a file: what all its sets are called, and who adopted them.
struct WeightsHead {
  std::string key, label_nl, label_en, date, adopted_by, adopted_on;
};
/// Keys name, label_nl, label_en, date, adopted_by, adopted_on. `named`: without name and date it is a fault; else a
/// set without name is called `key`.
WeightsHead read_weights_head(TomlTable& root, std::string const& key, bool named);

/// Weights that a file gives one model.
struct GivenWeights {
  WeightSet set;  ///< `from_data`: 1 for each criterion that takes part and 0 for others, no shares yet
  std::vector<double>
      written;  ///< per criterion, on the scale of the weights that the model has; empty for `from_data`
};
/// Whether the weights follow from the candidates, and so are not known before these are measured.
[[nodiscard]] bool from_data(Elicitation how) noexcept;

/// Who may have weights that follow from data: they describe the data, not policy, so that no model is decided by them.
enum class DataWeightsAllowed { yes, no };

/// Reads [models.<key>] of a file for a model with its criteria and weights. Faults are added to the problems of
/// `table`, all that can be told at once, and give nothing. Direct weights leave criteria that they do not name as they
/// are; every other form names all criteria but those of `without`, which count for nothing. The own keys adopted_by
/// and adopted_on go before those of the head.
std::optional<GivenWeights> read_weight_set(TomlTable table, TomlFile const& file, WeightsHead const& head,
                                            ModelConfig const& model, DataWeightsAllowed data);

/// The model with other weights, one per criterion, on any scale.
[[nodiscard]] ModelConfig with_weights(ModelConfig model, std::vector<double> const& weights);
/// Puts a set in place of the weights of a model. Intervals become its `weight_ranges`.
void take_weights(GivenWeights const& given, ModelConfig& model);

/// The key `weights_file` of a model whose criteria and weights are read: the set of the file for it takes the place of
/// its weights and adoption; weight_ranges of the study go before those of the file. `models` are the keys of all
/// models of the study: a file may have sets for several.
void read_model_weights(TomlTable& table, StudyContext const& context, std::vector<std::string> const& models,
                        ModelConfig& model);

/// All files of weights that a study reads, with the key that names them: "models.business_park.weights_file".
[[nodiscard]] std::vector<std::pair<std::string, WeightsFile const*>> weights_files(Study const& study);
/// The set that decides a model; null for weights of the study itself.
[[nodiscard]] WeightSet const* weight_set_of(ModelConfig const& model);

}  // namespace terrein
