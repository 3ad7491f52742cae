#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "terrein/core/issues.hpp"
#include "terrein/geometry/crs.hpp"
#include "terrein/geometry/layer.hpp"

namespace terrein {

/// What to do with null and repeated ids.
enum class Duplicates { stop, suffix, first, quarantine };

/// A layer whose rows are in different CRS: what the labels in an attribute mean. Labels are compared without heed of
/// capitals and of blanks around them; a key that ends in `*` stands for every label that begins so.
struct RowCrs {
  std::string field;                          ///< attribute with the labels
  std::map<std::string, std::string> values;  ///< label, definition of a CRS
};

struct PrepareOptions {
  Duplicates duplicates = Duplicates::stop;
  bool ids_matter = true;  ///< false for layers that are only measured against and have no id field
  Crs crs;                 ///< of the study
  double max_crs_error_m = 0.5;
  unsigned workers = 1;
  std::optional<RowCrs> row_crs;  ///< rows are brought to the layer's CRS first
};

/// The rows of one CRS in a layer of several.
struct RowCrsPart {
  std::string crs;
  std::size_t rows = 0;
  TransformInfo transform;  ///< to the layer's CRS; name empty when it is that
};

/// What happened to a layer between its source and the computation.
struct PrepareReport {
  TransformInfo transform;  ///< name empty when the CRS was the study's already
  std::size_t repaired = 0;
  std::size_t quarantined = 0;
  std::size_t null_geometry = 0;
  std::size_t empty_geometry = 0;
  std::size_t duplicate_ids = 0;
  std::vector<RowCrsPart> row_crs;  ///< by CRS; empty for a layer in one CRS
  std::vector<Row> left_out;  ///< rows as read that the layer does not have any more (`Duplicates::first`), ascending
};

/// Settles ids, repairs invalid shapes (in the source CRS) and brings the layer to the study's CRS. Repaired,
/// quarantined, null and empty rows become issues; rows stay rows: a quarantined shape is emptied, its row and
/// attributes kept (except with `Duplicates::first`, which drops the later rows). Ranks of ids are filled in. Throws
/// `Error{input}` for null or repeated ids under `stop`, `Error{crs}` when no operation is accurate enough,
/// or when most coordinates lie outside the area of the CRS they are said to be in. With `row_crs` every row takes its
/// own operation; one whose label is not listed (issue `crs_unlisted`) or whose coordinates contradict it (issue
/// `crs_contradicted`) is quarantined, and when most are, that is an `Error{crs}`.
[[nodiscard]] PrepareReport prepare_layer(Layer& layer, std::vector<std::uint8_t> const& id_known,
                                          PrepareOptions const& options, Issues& issues);

[[nodiscard]] std::string_view to_string(Duplicates policy);

}  // namespace terrein
