#pragma once

#include "terrein/geometry/layer.hpp"

namespace terrein {

/// Adds the rows of another layer after those of this one. Columns keep their names and types: those that `more` lacks
/// are null there, those that only `more` has are left out, numbers and texts become what the column holds (a text that
/// is no number becomes null, whole numbers beside fractions become numbers). Ranks of ids are computed anew.
void append_rows(Layer& layer, Layer const& more);

}  // namespace terrein
