#pragma once

#include <functional>
#include <optional>
#include <string>

#include "terrein/core/issues.hpp"
#include "terrein/geometry/raster.hpp"

namespace terrein {

struct RasterOptions {
  std::string name;          ///< key of the layer in the study, for messages and issues
  std::string path;          ///< the file
  std::string written;       ///< the path as the study writes it, for messages
  std::string layer;         ///< table of a GeoPackage with several; empty = the only one
  int band = 1;              ///< from 1
  std::string crs;           ///< for files without one; a file that has another one is an error
  std::string crs_override;  ///< what the grid really lies in, whatever the file says
  /// The part to read, in the raster's CRS, once name, CRS and grid are known; every cell that meets the box is read.
  /// Empty = all of it.
  std::function<Box(Raster const& place)> area;
};

struct RasterResult {
  Raster raster;
  std::string driver;              ///< GDAL's short name
  std::string source_layer;        ///< "band 1", or "table, band 1"
  std::string cell_type;           ///< as GDAL names it: Byte, Float32 …
  std::optional<double> nodata;    ///< stored value that stands for none, where the file states one
  std::size_t cells_declared = 0;  ///< of the whole grid
  std::size_t cells_known = 0;     ///< cells read that have a value
  std::string sha256;              ///< of the file; of all files the raster consists of, by name
};

/// Reads one band of a raster file, strip by strip, into the values of the part asked for. Cells that the file's nodata
/// value, its mask or its alpha band leaves out have no value, nor have those that are not finite. Only formats whose
/// drivers run no code and fetch nothing are read (GeoTIFF and COG, GeoPackage, Erdas Imagine, ASCII grid, EHdr, SAGA),
/// from files of this machine; nothing is written beside them. A vertical part of the CRS is left out. Throws
/// `Error{input}` when the file or band is absent, damaged or cut off, of another format, rotated, not north-up,
/// without place, of complex numbers, or when the part asked for is beyond 4 GiB; `Error{crs}` as `read_layer` does.
[[nodiscard]] RasterResult read_raster(RasterOptions const& options, Issues& issues);

/// Whether a file is of a format that holds rasters and nothing else.
[[nodiscard]] bool is_raster_file(std::string const& path);

}  // namespace terrein
