#pragma once

#include "layers.hpp"

namespace terrein {

/// Adds the layers of a study that are made of others, with their reports; their members must be there already.
void derive_layers(Study const& study, unsigned workers, StudyLayers& all, Issues& issues);

/// One of them, without coverage.
MeasuringLayer derived_layer(Study const& study, LayerConfig const& config, unsigned workers, StudyLayers const& all,
                             Issues& issues);
/// Whether a layer is made of one of the layers `keys`.
bool made_of(LayerConfig const& config, std::vector<std::string> const& keys);

/// Coverage of a layer that is made of others: where all its members are complete.
Coverage members_coverage(LayerConfig const& config, StudyLayers const& all);

/// Rows of several tables under each other. Columns are matched by name without case; what a table does not have is
/// null, and columns of different types become text.
Table concatenate(std::vector<Table const*> const& tables);

}  // namespace terrein
