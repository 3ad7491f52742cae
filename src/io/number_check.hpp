#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "io/source.hpp"

namespace terrein {

/// Texts that stand in number fields, by (field index, feature id). Two formats allow them, and GDAL then reads 0
/// without a word, which a planner would take for a measured zero: databases (SQLite keeps any text in any column) and
/// shapefiles (the .dbf keeps numbers as text).
using MisplacedTexts = std::map<std::pair<int, std::int64_t>, std::string>;

[[nodiscard]] MisplacedTexts misplaced_texts(Source const& source, OGRLayerH layer, std::string const& path,
                                             std::vector<int> const& number_fields);

/// Rows of a shapefile's .dbf that are marked as deleted: counted by GDAL, but not read.
[[nodiscard]] std::size_t deleted_rows(std::string const& shapefile);

}  // namespace terrein
