#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "io/gdal.hpp"
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
  std::string opened;                 ///< what GDAL opened: the path, a file in an archive, or a scratch copy
  std::vector<std::string> warnings;  ///< what GDAL said while opening
  std::map<std::string, std::string> view_faults;  ///< views that cannot be carried out: name → why
};

/// Opens read-only without writing anything beside the source, with drivers that run no code and fetch nothing. Of an
/// archive the one data set in it, or the one called `wanted`. Throws `Error{input}`.
[[nodiscard]] Source open_source(Origin const& origin, std::string const& wanted = {});

/// Names of the layers that have a geometry column.
[[nodiscard]] std::vector<std::string> spatial_layers(GDALDatasetH dataset);

/// Whether a spatial layer has exactly this name.
[[nodiscard]] bool has_layer(GDALDatasetH dataset, std::string const& name);
/// The layer asked for, or the only spatial one. Throws `Error{input}` with the names there are.
[[nodiscard]] OGRLayerH choose_layer(GDALDatasetH dataset, std::string const& wanted, Origin const& origin);

/// The CRS of a layer, or the one that the study declares for a source without one, or sets in place of a wrong label
/// (an issue `crs_overridden`). `swapped` is set when the source gives northing before easting. Throws `Error{crs}`
/// when none is known, or when source and study differ.
[[nodiscard]] Crs layer_crs(OGRLayerH layer, ReadOptions const& options, Origin const& origin, bool& swapped,
                            Issues& issues);

/// SHA-256 of what was opened: of the file; of all files of a shapefile or a folder ("name\0sha\n" by name); of the
/// archive behind /vsizip/; empty when there is no file.
[[nodiscard]] std::string source_hash(std::string const& path, std::string const& driver);

}  // namespace terrein
