#pragma once

#include "layers.hpp"

namespace terrein {

[[nodiscard]] bool has_rasters(Study const& study);

/// Reads the cells of every raster of the study that lie near the candidates, finds how candidates come to its CRS, and
/// fills in its report. Values that a class table does not list become issues. Rasters are read one after the other.
void load_rasters(Study const& study, Layer const& candidates, unsigned workers, StudyLayers& layers, Issues& issues,
                  std::function<void(std::string const&)> const& note);

}  // namespace terrein
