#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "terrein/app/profile.hpp"
#include "terrein/core/issues.hpp"
#include "terrein/geometry/cell_coverage.hpp"
#include "terrein/io/fetched_source.hpp"
#include "terrein/prepare/class_table.hpp"
#include "terrein/prepare/prepare_layer.hpp"

namespace terrein {

struct InfoOptions {
  std::string path;                   ///< file, folder or connection text
  std::string layer;                  ///< only this one; empty = all
  std::string profile;                ///< to read it with; empty = the one that fits
  std::vector<std::string> settings;  ///< "key=value": what a study would say of the layer ("crs=EPSG:31370")
  bool quick = false;                 ///< say what the source states, without reading its rows
  unsigned workers = 1;
};

/// Issues of one code in one layer.
struct IssueGroup {
  std::string code;
  Severity severity = Severity::note;
  std::size_t count = 0;
  std::string first;  ///< what the first of them says, with its feature
};

/// A value that the class table does not list, with ids of rows that have it.
struct UnlistedClass {
  std::string field, value;
  std::size_t count = 0;
  std::vector<std::string> examples;
};

/// What one layer of a source is, and what is wrong with it.
struct LayerInfo {
  SourceLayer source;
  std::vector<ProfileMatch> matches;         ///< the best first
  std::shared_ptr<Profile const> profile;    ///< read with; none when nothing or too much fits
  bool ambiguous = false;                    ///< several profiles fit equally well
  std::string crs_name;                      ///< "BD72 / Belgian Lambert 72"
  bool read = false;                         ///< all rows were read; what follows is known
  std::size_t rows_read = 0, rows_kept = 0;  ///< in the source; after the profile's filter
  PrepareReport prepared;
  std::vector<std::pair<std::string, std::size_t>> classes;  ///< rows per class, by name
  std::size_t without_class = 0;
  std::vector<UnlistedClass> unlisted;
  std::vector<IssueGroup> issues;  ///< by code
  std::string fault;               ///< why the layer cannot be used as it is; empty = it can
};

/// What one band of a raster is.
struct RasterInfo {
  std::string cell_type, crs, crs_name;  ///< "Byte", "EPSG:31370", its name
  Grid grid;
  std::optional<double> nodata;
  bool read = false;                                   ///< all cells were read; what follows is known
  std::size_t known = 0;                               ///< cells with a value
  double smallest = 0, largest = 0;                    ///< of them
  std::vector<std::pair<double, std::size_t>> values;  ///< cells per value, by value; empty when there are many
};

struct SourceInfo {
  std::string path, driver, sha256;
  std::vector<std::string> settings;  ///< as asked
  FetchedSource fetched;              ///< of a snapshot of a service; else with an empty date
  std::vector<LayerInfo> layers;
  std::optional<RasterInfo> raster;  ///< instead of layers

  /// False when a layer cannot be used as it is.
  [[nodiscard]] bool usable() const;
};

/// Reads a source as a study would, each layer for itself and in its own CRS. Faults of a layer become part of the
/// answer; throws `Error{input}` when the source cannot be opened or has no layer of that name, `Error{config}` for an
/// unknown profile and for settings that a study could not say either.
[[nodiscard]] SourceInfo source_info(InfoOptions const& options, DataFolders const& data);

/// For people; one paragraph per layer, with the lines for a study at the end.
[[nodiscard]] std::string to_text(SourceInfo const& info);
/// For programs; one object.
[[nodiscard]] std::string to_json(SourceInfo const& info);

}  // namespace terrein
