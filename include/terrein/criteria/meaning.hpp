#pragma once

#include "terrein/criteria/criterion.hpp"

namespace terrein {

/// What a criterion measures, for a reader of either language: the sentences of its kind, and for a measure over a
/// network one more with the settings that are not the usual ones: rank, direction, limit, decay, scale, demand. Empty
/// for an unknown kind.
[[nodiscard]] Reason meaning_of(CriterionSpec const& spec);

}  // namespace terrein
