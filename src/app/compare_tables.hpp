#pragma once

#include <memory>
#include <vector>

#include "terrein/app/compare.hpp"
#include "terrein/geometry/geometry_column.hpp"
#include "terrein/io/geopackage.hpp"

namespace terrein {

/// A row of layer `changes`: a candidate of a model.
struct ChangedRow {
  std::size_t model = 0, candidate = 0;  ///< in `Comparison::models`, in `ModelChanges::changed`
};
/// The rows of the layer: by model, then in the order of the candidates.
[[nodiscard]] std::vector<ChangedRow> changed_rows(std::vector<ModelChanges> const& models);

/// Layer `changes`, with one shape per row, and the tables that go with it. `shapes` must outlive them.
[[nodiscard]] std::vector<OutputLayer> change_layers(Comparison const& comparison, GeometryColumn const& shapes,
                                                     Crs const& crs, std::filesystem::path const& styles,
                                                     Labels const& labels);
/// The domains that their columns name.
[[nodiscard]] std::vector<Domain> change_domains(Labels const& labels);

/// The largest part of a change, by size, then by criterion: "gewicht van Aandeel HAG +4,9"; of a candidate whose score
/// did not change the first rule that did. Empty where there is neither.
[[nodiscard]] std::string main_cause(ModelChanges const& model, CandidateShift const& one, Labels const& labels);
/// "gewicht van Aandeel HAG +4,9"
[[nodiscard]] std::string part_text(ModelChanges const& model, CriterionPoints const& part, Labels const& labels);
/// "HAG: voorwaarde → voldoet niet (ander gevolg)"
[[nodiscard]] std::string rule_text(ModelChanges const& model, RuleShift const& shift, Labels const& labels);
/// Parts of a candidate by their size, the largest first.
[[nodiscard]] std::vector<CriterionPoints> by_size(std::vector<CriterionPoints> parts);
/// "+4,9": a number with its sign, a comma in Dutch, a true minus.
[[nodiscard]] std::string signed_text(double value, int decimals, Language language);
[[nodiscard]] std::string number_text(double value, int decimals, Language language);

}  // namespace terrein
