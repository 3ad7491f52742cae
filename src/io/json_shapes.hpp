#pragma once

#include <vector>

#include "io/source.hpp"

namespace terrein {

/// GDAL reads a GeoJSON geometry that it does not understand as none at all. Of the rows `rows` (ascending, all without
/// a shape) those whose document does state a shape: they could not be read, which is not the same as nothing there.
/// Reads the source once more; empty for sources that are no GeoJSON.
[[nodiscard]] std::vector<Row> unreadable_json_shapes(Source const& source, std::string const& layer,
                                                      std::vector<Row> const& rows);

}  // namespace terrein
