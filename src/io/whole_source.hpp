#pragma once

#include "io/source.hpp"
#include "terrein/core/issues.hpp"

namespace terrein {

/// Signs of a source that lost its end, or part of a row, which GDAL reads without a word: sizes in headers against the
/// size of the file (GeoPackage, SQLite, .dbf), rows against tables (MIF), and fields against the header (CSV).
/// Throws `Error{input}`; rows of a CSV file with too few fields become an issue `short_row`.
void check_whole(Source const& source, OGRLayerH layer, Origin const& origin, Issues& issues);

}  // namespace terrein
