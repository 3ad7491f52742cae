#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "terrein/core/issues.hpp"
#include "terrein/geometry/layer.hpp"
#include "terrein/geometry/surroundings.hpp"
#include "terrein/io/original.hpp"

namespace terrein {

class DatabaseSnapshots;
class SourceHashes;

struct ReadOptions {
  std::string name;                          ///< key of the layer in the study, for messages and issues
  std::string path;                          ///< what GDAL opens
  std::string written;                       ///< the path as the study writes it, for messages
  std::string layer;                         ///< layer in the source; empty = the one called `name`, else the only one
  std::string geometry;                      ///< element of a GML file that holds the shape, where there are several
  std::string where;                         ///< terrein's own filter (`RowFilter`); empty = all rows
  std::string id_field;                      ///< empty = the feature id as text
  std::vector<std::string> fields;           ///< attributes to read, matched without case; an absent one is an error
  std::vector<std::string> optional_fields;  ///< read where the source has them
  bool all_fields = false;                   ///< read every attribute (fields is then only checked)
  std::string crs_override;  ///< what the coordinates really are, whatever the source says; empty = as it says
  bool swap_axes = false;    ///< the source gives y before x
  std::string crs;  ///< declared in the study for sources without one; a source that has another one is an error
  std::string x_field, y_field;                  ///< columns with the coordinates, for tables without shapes
  std::string coordinates_field;                 ///< one column with both, as UN/LOCODE writes them, instead
  std::string crs_field;                         ///< the column that names the CRS of the row; read as an attribute
  bool shapes = true;                            ///< false: attributes alone, shapes are null and the CRS is unknown
  DatabaseSnapshots const* snapshots = nullptr;  ///< the state in which databases are read; none = that of now
  SourceHashes* hashes = nullptr;                ///< of files, shared by the layers of a run: where there are any the
                                   ///< hash is begun there, and `ReadResult::sha256` is left to the caller
  bool keep_original = false;       ///< keep the rows as they come, all attributes included
  double curve_tolerance_m = 0.01;  ///< largest distance between an arc and its straight pieces
  unsigned workers = 1;             ///< ranges of rows are read side by side where that is possible
  NearOnly const* near = nullptr;   ///< polygons elsewhere come as `far`; must outlive the call
  bool through_gdal = false;        ///< rows of plain GeoPackages too; gives the same, and takes longer
};

struct ReadResult {
  Layer layer;                           ///< in the source's CRS; geometry as read, rings closed and oriented
  std::vector<std::uint8_t> id_known;    ///< 0 where the id field is null or empty
  std::string driver;                    ///< GDAL's short name
  std::string source_layer;              ///< name of the layer inside the source; of a database "schema.table"
  std::size_t rows_declared = 0;         ///< feature count the source states, or rows read
  std::size_t rows_read = 0;             ///< rows read, before the filter; the layer holds those that are kept
  std::optional<OriginalRows> original;  ///< of the rows of the layer, when asked for
  std::size_t rows_far = 0;              ///< polygons of which the box alone was kept, being nowhere `near`
  bool plain = false;                    ///< the rows were read without GDAL
  std::vector<Row> curved_rows;          ///< of the layer: rows whose shapes had circular arcs
  std::string sha256;  ///< of the source file (all files of a shapefile, by name); of a database the `content_hash` of
                       ///< what was read, before the filter
  std::string table;   ///< which table of which database, however it was named; empty for a file
};

/// Reads one vector layer. Arcs become straight pieces (one issue `curves` per layer), Z and M are dropped, collections
/// of mixed dimensions keep their highest dimension (issue `mixed_collection`), unreadable geometries become empty rows
/// (issue `unreadable_geometry`), null ones stay null rows; features of a GML file that GDAL cannot read at all are
/// missing (issue `unreadable_row`). Numbers written as text stay text. A table without shapes (CSV, XLSX, ODS …) gives
/// points from its columns `x_field` and `y_field`, else from columns with unmistakable names (issue
/// `coordinates_recognised`); blank coordinates are null rows, others that cannot be used empty ones (issues
/// `not_a_coordinate`, `missing_coordinate`); rows of a CSV file that do not fit its header are issues `too_few_cells`
/// and `too_many_cells`. Throws `Error{input}` when the file, layer or a field is absent (with the nearest names), when
/// the layer has no rows, or when GDAL reports an error half-way; `Error{crs}` when no CRS is known, and when rows of
/// one layer say they are in several.
[[nodiscard]] ReadResult read_layer(ReadOptions const& options, Issues& issues);

/// Names of the vector layers of a source.
[[nodiscard]] std::vector<std::string> list_layers(std::string const& path);

[[nodiscard]] std::string gdal_version();

}  // namespace terrein
