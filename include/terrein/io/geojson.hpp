#pragma once

#include <string>
#include <vector>

#include "terrein/core/issues.hpp"
#include "terrein/io/geopackage.hpp"

namespace terrein {

/// Writes one layer as RFC 7946: longitude and latitude (through ETRS89 or NAD83 where that is the accurate way),
/// seven decimals, right-hand rule and bbox; name, title, description and licence as foreign members of the collection
/// (RFC 7946, section 6.1). `ids`: the feature ids by row, unique, apart from the columns; empty = features without
/// ids. Shapes are valid again after rounding; a shape that vanishes is written as null with an issue. Throws
/// `Error{output}`, `Error{crs}`, and `Error{internal}` for ids that do not fit the rows. Returns the transformation
/// used.
TransformInfo write_geojson(std::string const& path, OutputLayer const& layer, std::vector<std::string> const& ids,
                            Issues& issues);

}  // namespace terrein
