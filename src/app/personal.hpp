#pragma once

#include <optional>
#include <string>

#include "additions.hpp"
#include "terrein/app/study.hpp"

namespace terrein {

/// The study for an audience: the option goes before the study's own key. Attributes that renamed and combined layers
/// make of personal ones are personal too. For others, throws `Error{config}` when the study uses one where its values
/// would show in the result: as id, class, key of a join, name of a border, or as value of a criterion.
[[nodiscard]] Study with_audience(Study study, std::optional<Audience> wanted);

/// Whether an attribute of a layer may not be in the result.
[[nodiscard]] bool is_hidden(Study const& study, LayerConfig const& config, std::string const& attribute);
/// Whether a column of the result is an attribute of the candidates that may not be there.
[[nodiscard]] bool is_left_out_as_personal(Study const& study, std::string const& column);
/// Throws `Error{config}` when rows about persons, or who filled them in, would have to be carried over into a result
/// for others.
void check_own_form(Study const& study, Additions const& additions);

}  // namespace terrein
