#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "terrein/core/table.hpp"

namespace terrein {

/// New values for some columns of a table; `fids` names the rows.
struct ColumnEdit {
  std::string table;
  std::vector<std::int64_t> fids;  ///< one per row of `columns`
  Table columns;                   ///< named as in the file
};

/// New rows of a table without shapes, in place of all it has; `rows` has its columns.
struct RowsEdit {
  std::string table;
  Table rows;
};

/// What changes in a GeoPackage that terrein wrote.
struct PackageEdits {
  std::vector<ColumnEdit> columns;
  std::vector<RowsEdit> rows;
  /// Texts of descriptions and notes of layers: each first one, wherever it stands, becomes the second.
  std::vector<std::pair<std::string, std::string>> notes;
  std::string manifest;  ///< replaces the JSON in the file
};

/// Changes the file at `path`, in place: it is the caller's own copy, which is of no use when this throws. Shapes,
/// spatial indexes and all else stay as they are. Throws `Error{output}` with SQLite's sentence, and
/// `Error{interrupted}`.
void edit_package(std::filesystem::path const& path, PackageEdits const& edits);

}  // namespace terrein
