#pragma once

#include <filesystem>

namespace terrein {

/// The table that says which tags of OpenStreetMap become attributes (datasets/osm/osmconf.ini), for all files read
/// from now on. Without one, reading an OSM file throws `Error{config}`: what GDAL finds by itself differs between
/// machines.
void use_osm_config(std::filesystem::path const& file);

}  // namespace terrein
