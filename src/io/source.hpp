#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "io/gdal.hpp"
#include "io/text_table.hpp"
#include "terrein/core/issues.hpp"
#include "terrein/geometry/crs.hpp"
#include "terrein/io/leftovers.hpp"
#include "terrein/io/read_layer.hpp"
#include "terrein/io/source_hash.hpp"

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
  std::optional<Leftover> leftover_;
};

/// How messages begin: "Layer 'parcels' ('data/parcels.gpkg')".
struct Origin {
  std::string name;     ///< key in the study; may be empty
  std::string path;     ///< what GDAL opens
  std::string written;  ///< the path as the study writes it
  [[nodiscard]] std::string text() const;
};

/// "PG:…", "WFS:…", "/vsizip/…": what GDAL opens without a file of that name.
[[nodiscard]] bool is_connection(std::string const& path);
/// Throws `Error{input}` with the nearest names when there is no such file.
void check_exists(Origin const& origin);
/// True for an SQLite database in WAL mode.
[[nodiscard]] bool in_wal_mode(std::filesystem::path const& path);

/// An open source. The dataset is closed before its scratch folder goes.
struct Source {
  std::unique_ptr<ScratchFolder> scratch;  ///< holds a copy when reading in place would write beside the source
  gdal::Dataset dataset;
  std::string driver;
  std::string opened;                 ///< what GDAL opened: the path, a file in an archive, or a scratch copy
  std::vector<std::string> warnings;  ///< what GDAL said while opening
  TextTable table;                    ///< what was opened in place of a text table; its path is empty for others
  std::map<std::string, std::string> view_faults;  ///< views that cannot be carried out: name → why
};

/// Opens read-only without writing anything beside the source, with drivers that run no code and fetch nothing. Of an
/// archive the one data set in it, or the one called `wanted`; of a GML file only the shape in the element `geometry`,
/// when one is named. Throws `Error{input}`.
[[nodiscard]] Source open_source(Origin const& origin, std::string const& wanted = {},
                                 std::string const& geometry = {});

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
/// The same for a CRS as the source states it; null = it states none.
[[nodiscard]] Crs stated_crs(OGRSpatialReferenceH srs, ReadOptions const& options, Origin const& origin, bool& swapped,
                             Issues& issues);

/// SHA-256 of "name\0sha\n" of each file of a folder, names sorted and written with '/'.
[[nodiscard]] std::string hash_of_files(std::filesystem::path const& folder, std::vector<std::filesystem::path> files);

}  // namespace terrein
