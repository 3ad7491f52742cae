#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "io/gdal.hpp"
#include "io/text_table.hpp"
#include "terrein/core/issues.hpp"
#include "terrein/geometry/crs.hpp"
#include "terrein/io/read_layer.hpp"

namespace terrein {

/// A folder of our own in the temporary folder, removed at the end.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(ScratchFolder const&) = delete;
  ScratchFolder& operator=(ScratchFolder const&) = delete;
  [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

/// How messages begin: "Layer 'parcels' ('data/parcels.gpkg')".
struct Origin {
  std::string name;     ///< key in the study; may be empty
  std::string path;     ///< what GDAL opens
  std::string written;  ///< the path as the study writes it
  [[nodiscard]] std::string text() const;
};

/// An open source. The dataset is closed before its scratch folder goes.
struct Source {
  std::unique_ptr<ScratchFolder> scratch;  ///< holds a copy when reading in place would write beside the source
  gdal::Dataset dataset;
  std::string driver;
  std::vector<std::string> warnings;  ///< what GDAL said while opening
  TextTable table;                    ///< what was opened in place of a text table; its path is empty for others
};

/// Opens read-only without writing anything beside the source, with drivers that run no code and fetch nothing. Of an
/// archive the one data set in it, or the one called `wanted`. Throws `Error{input}`.
[[nodiscard]] Source open_source(Origin const& origin, std::string const& wanted = {});

/// Names of the layers that have a geometry column.
[[nodiscard]] std::vector<std::string> spatial_layers(GDALDatasetH dataset);

/// The layer asked for, else the one called as the study's key, else the only one; tables without shapes count where
/// `tables` says so, or where there is nothing else. Throws `Error{input}` with the names there are.
[[nodiscard]] OGRLayerH choose_layer(GDALDatasetH dataset, std::string const& wanted, bool tables,
                                     Origin const& origin);
[[nodiscard]] bool is_spatial(OGRLayerH layer);
/// For a table that cannot be placed.
[[noreturn]] void throw_no_shapes(OGRLayerH layer, Origin const& origin);

/// The CRS of a layer, or the one that the study declares for a source without one, or sets in place of a wrong label
/// (an issue `crs_overridden`). `swapped` is set when the source gives northing before easting. Throws `Error{crs}`
/// when none is known, or when source and study differ.
[[nodiscard]] Crs layer_crs(OGRLayerH layer, ReadOptions const& options, Origin const& origin, bool& swapped,
                            Issues& issues);

/// SHA-256 of what was opened: of the file; of all files of a shapefile or a folder ("name\0sha\n" by name); of the
/// archive behind /vsizip/; empty when there is no file.
[[nodiscard]] std::string source_hash(std::string const& path, std::string const& driver);

}  // namespace terrein
