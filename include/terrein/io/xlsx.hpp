#pragma once

#include <filesystem>
#include <vector>

#include "terrein/io/geopackage.hpp"

namespace terrein {

/// Throws `Error{output}` when a layer has more rows or columns than a sheet holds (1,048,576 with the header, 16,384).
void check_xlsx(std::vector<OutputLayer const*> const& layers);

/// Writes an XLSX workbook: a sheet per layer with its table, no shapes, and a sheet `legend` (sheet, column, alias,
/// description). The first row holds the column names, stays in view and filters. Numbers are numbers; whole numbers
/// beyond 2^53, which no spreadsheet keeps, and texts are inline strings, which are never carried out as formulas. Null
/// and numbers that are not finite have no cell. Characters that XML 1.0 forbids are left out, and a text longer than
/// the 32,767 characters that a cell holds ends in "…". Sheet names are cut to 31 characters and kept apart. The same
/// content gives the same bytes. Throws `Error{output}`, for what `check_xlsx` finds before anything is written.
void write_xlsx(std::filesystem::path const& path, std::vector<OutputLayer const*> const& layers);

}  // namespace terrein
