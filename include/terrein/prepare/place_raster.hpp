#pragma once

#include "terrein/core/issues.hpp"
#include "terrein/geometry/raster.hpp"
#include "terrein/prepare/prepare_layer.hpp"

namespace terrein {

/// How the candidates of a study lie on a raster.
struct RasterPlace {
  TransformInfo transform;  ///< from the study's CRS to the raster's; name empty when they are the same
  Box candidates;           ///< where the candidates lie, in the raster's CRS, with some room around them
  Box extent;               ///< of the raster in the study's CRS; empty where it has no coordinates there
};

/// Checks the raster's CRS against its grid and finds the operation that brings candidates to it: the most accurate one
/// over `whole`, the box of the layer the candidates come from, so that it is the same for any part of them. `near` is
/// the box of the candidates themselves; both are in the study's CRS (`options.crs`). A raster that holds none of them
/// becomes an issue `far_from_candidates`. Needs name, CRS and grid of the raster, not its values. Throws `Error{crs}`
/// when the grid lies outside the area of its CRS, or when no operation is accurate enough.
[[nodiscard]] RasterPlace place_raster(Raster const& raster, Box const& whole, Box const& near,
                                       PrepareOptions const& options, Issues& issues);

}  // namespace terrein
