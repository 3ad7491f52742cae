#pragma once

#include <vector>

#include "layers.hpp"
#include "manifest.hpp"

namespace terrein {

// Steps that a run and a check have in common.

/// The rows of a measuring layer that are candidates of this run.
MeasuringLayer candidates_of(MeasuringLayer const& all, std::vector<Row> const& rows);

/// How planar the areas are, and how exact coordinates leave as longitude and latitude. Throws `Error{crs}` when
/// hectares in this CRS are no hectares on the ground (Web Mercator, or coordinates far from where the CRS is meant
/// for), or GeoJSON would be further off than the study allows.
CrsFacts crs_facts(Study const& study, StudyLayers const& layers, MeasuringLayer const& candidates);

/// What the criteria of a study are measured with. Points into its arguments.
Inputs inputs_of(Study const& study, StudyLayers const& layers, MeasuringLayer const& candidates,
                 std::vector<Row> const& rows, unsigned workers);

}  // namespace terrein
