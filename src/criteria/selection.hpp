#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "terrein/criteria/criterion.hpp"

namespace terrein {

/// Rows of a layer that count for a criterion, and rows of which it is not known whether they do.
struct Selection {
  std::vector<std::uint8_t> chosen;      ///< byte per row
  std::vector<std::uint8_t> unlabelled;  ///< byte per row: a class was asked for and the row may have it
  std::vector<std::uint8_t> shapeless;   ///< byte per row: would be one of both, but has no usable shape
  bool any_chosen = false;
  bool any_unlabelled = false;
  bool any_shapeless = false;    ///< such a row may lie anywhere: absence is known nowhere
  bool any_approximate = false;  ///< a row would be chosen if approximate places were allowed
};
/// Without class filter all rows are chosen; a row of several classes is chosen when one of them is asked for, and is
/// unlabelled for all others when one of its words is empty (not known). Rows without class that have no geometry in
/// the source, and rows whose place is approximate (unless the study allows them), are left out. Throws
/// `Error{config}` when classes are asked of a layer that has none.
[[nodiscard]] Selection select(CriterionSpec const& spec, Inputs const& inputs, std::string const& layer_key,
                               std::vector<std::string> const& classes);
/// Chosen and unlabelled rows together.
[[nodiscard]] std::vector<std::uint8_t> either(Selection const& selection);

/// The same with the rows that may lie anywhere: all whose attributes may be a term of a sum.
[[nodiscard]] std::vector<std::uint8_t> all_terms(Selection const& selection);

/// Throws `Error{input}` when the layer holds shapes but no polygon, so that "nothing is covered" would be a lie.
void require_polygons(CriterionSpec const& spec, MeasuringLayer const& layer);
/// Whether the rows of a layer have classes; true for a layer without rows.
[[nodiscard]] bool has_classes(MeasuringLayer const& layer);
/// Throws `Error{config}` when the layer has no classes.
void require_classes(CriterionSpec const& spec, MeasuringLayer const& layer);

/// The attribute `name`. Throws `Error{config}` when the criterion names none, `Error{input}` when the layer lacks it.
[[nodiscard]] AnyColumn const& field_of(CriterionSpec const& spec, Layer const& layer);
/// The attribute as numbers; null, blank and not finite values are null. Throws `Error{input}` for the first text (of
/// the rows `used`, empty = all) that is no number.
[[nodiscard]] Column<double> numbers_of(CriterionSpec const& spec, Layer const& layer,
                                        std::vector<std::uint8_t> const& used = {});

/// The value as text; null and blank give nothing.
[[nodiscard]] std::optional<std::string> text_of(AnyColumn const& column, std::size_t row);

/// Why nothing is known when all rows that count have no usable shape; empty where others are there, or none counts.
[[nodiscard]] Reason all_shapeless(std::string const& layer_key, std::vector<std::string> const& classes,
                                   Selection const& selection);
/// Why there is nothing to go to: no row counts, or only rows without usable shape or exact position. Empty when a row
/// is chosen.
[[nodiscard]] Reason nothing_to_reach(CriterionSpec const& spec, Selection const& selection);

}  // namespace terrein
