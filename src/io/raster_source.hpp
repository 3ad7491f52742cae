#pragma once

#include <string>

#include "io/source.hpp"
#include "terrein/io/read_raster.hpp"

namespace terrein {

/// An open raster file.
struct RasterSource {
  gdal::Dataset dataset;
  std::string driver;
};

/// Opens a raster file read-only. Throws `Error{input}` for what is no file of this machine, and for formats whose
/// drivers run code or reach the network.
[[nodiscard]] RasterSource open_raster(RasterOptions const& options, Origin const& origin);

/// The grid of a raster. Throws `Error{input}` when it has no place, is rotated or not north-up.
[[nodiscard]] Grid grid_of(GDALDatasetH dataset, Origin const& origin);

/// SHA-256 of the file, or of all files the raster consists of ("name\0sha\n" by name); overviews are not read and do
/// not count.
[[nodiscard]] std::string raster_hash(GDALDatasetH dataset, std::string const& path);

}  // namespace terrein
