#pragma once

#include <filesystem>

#include "terrein/core/table.hpp"

namespace terrein {

/// How numbers and cells are told apart. The two must differ.
struct CsvForm {
  char separator = ';';
  char decimal = ',';
};

/// Writes a table as CSV (RFC 4180): UTF-8 with a byte order mark, lines that end in CR LF, column names first, numbers
/// in their shortest exact form. Null and numbers that are not finite are empty, an empty text is "". A text or name
/// that begins with = + - @ TAB or CR gets an apostrophe before it, because spreadsheets would carry it out as a
/// formula. Throws `Error{output}`.
void write_csv(std::filesystem::path const& path, Table const& table, CsvForm form);

}  // namespace terrein
