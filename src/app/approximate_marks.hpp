#pragma once

#include <optional>
#include <string>
#include <vector>

#include "judge.hpp"
#include "layers.hpp"
#include "terrein/core/column.hpp"

namespace terrein {

/// Per candidate the criteria that rest on approximate positions, where the study allows these: those of which such a
/// feature decides, and those that count or add up features of a layer that has some; null = none. Nothing at all when
/// no layer that is measured has such features, or the study does not allow them.
std::optional<TextColumn> approximate_marks(Study const& study, StudyLayers const& layers, Judgement const& judgement,
                                            std::size_t rows);

}  // namespace terrein
