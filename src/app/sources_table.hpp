#pragma once

#include "layers.hpp"
#include "terrein/io/geopackage.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {

/// The table `sources`: one row per layer of the study with where it comes from, how old it is, what was read and
/// mended, where it is complete, and whose it is.
[[nodiscard]] OutputLayer sources_table(Study const& study, StudyLayers const& layers, Additions const& additions,
                                        Labels const& labels);

}  // namespace terrein
