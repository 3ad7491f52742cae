#pragma once

#include "terrein/app/source_info.hpp"

namespace terrein {

/// `source_info` of a raster: its first band, or the one that a setting "band=…" names.
SourceInfo raster_info(InfoOptions const& options);
/// "100000.00 200000.00 100030.00 200020.00": whole centimetres, or degrees to the same fineness.
std::string box_text(Box const& box);
/// The settings of the question as lines of a study.
std::string settings_text(SourceInfo const& info);
std::string raster_text(SourceInfo const& info);
std::string raster_json(SourceInfo const& info);

}  // namespace terrein
