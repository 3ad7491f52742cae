#pragma once

#include <string>

#include "io/source.hpp"

namespace terrein {

/// What to open of an archive: "/vsizip/…" of the one data set in it, or of the one folder of shapefiles. `wanted` (a
/// layer name, may be empty) chooses among several by file name. Throws `Error{input}` with the names when there is
/// none, or more than one.
[[nodiscard]] std::string data_in_archive(Origin const& origin, std::string const& wanted);

/// True for a file whose name ends in .zip.
[[nodiscard]] bool is_archive(std::string const& path);

/// Refuses a workbook (.xlsx, .ods) or .kmz that would unpack to far more than data do. Throws `Error{input}`.
void check_workbook(Origin const& origin);

}  // namespace terrein
