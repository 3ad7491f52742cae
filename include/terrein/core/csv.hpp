#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace terrein {

/// A comma-separated table with a header line (RFC 4180 quotes, UTF-8). Lines that start with '#' are comments.
struct CsvTable {
  std::string file;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;  ///< as many cells as the header
  std::vector<std::size_t> line;               ///< line number of each row, for messages
  /// Position of a column. Throws `Error{config}` naming the file when it is absent.
  [[nodiscard]] std::size_t column(std::string_view name) const;
};
/// Throws `Error{config}` for an unreadable file or a row with another number of cells than the header.
[[nodiscard]] CsvTable read_csv(std::filesystem::path const& file);
[[nodiscard]] CsvTable parse_csv(std::string_view text, std::string const& file);

}  // namespace terrein
