#pragma once

#include <string>

#include "terrein/core/issues.hpp"
#include "terrein/io/geopackage.hpp"

namespace terrein {

/// Writes one layer as RFC 7946: longitude and latitude (through ETRS89 or NAD83 where that is the accurate way),
/// seven decimals, right-hand rule, bbox, and the text column `id_column` as feature id. Shapes are valid again after
/// rounding; a shape that vanishes is written as null with an issue. Throws `Error{output}` and `Error{crs}`.
/// Returns the transformation used.
TransformInfo write_geojson(std::string const& path, OutputLayer const& layer, std::string const& id_column,
                            Issues& issues);

}  // namespace terrein
