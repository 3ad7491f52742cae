#pragma once

#include "layers.hpp"
#include "terrein/app/study.hpp"
#include "terrein/io/geopackage.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {

/// The table `fabric`: per layer whose fabric was checked and per kind of finding how many, how much land, and what was
/// done about it. Kinds that were looked for and not found have 0.
OutputLayer fabric_table(Study const& study, StudyLayers const& layers, Labels const& labels);

}  // namespace terrein
