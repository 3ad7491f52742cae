#pragma once

#include <optional>

#include "layers.hpp"

namespace terrein {

/// How far from every candidate the polygons of a layer may lie and still be of use to the study, in metres. Nothing
/// when they all are: it is the layer of the candidates, the shapes themselves are shown or passed on, a network is
/// made of them, or a criterion looks for the nearest one.
std::optional<double> reach_of(Study const& study, LayerConfig const& config);

/// Whether the shapes of the candidates are where their source puts them, so that what lies near them can be told while
/// other layers are read.
bool tells_what_is_near(Study const& study, LayerConfig const& candidates, ReadResult const& read);

}  // namespace terrein
