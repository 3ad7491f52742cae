#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "terrein/core/table.hpp"
#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

/// A GeoPackage that terrein wrote, read back: tables as columns, shapes, and the manifest inside. Nothing is written,
/// neither to the file nor beside it. Every fault throws `Error{input}` with the file and what to do: a file that is
/// absent, empty, cut off, damaged, no database, no result of terrein, or being changed by another program. For one
/// thread at a time.
class ResultFile {
 public:
  explicit ResultFile(std::filesystem::path const& path);
  ~ResultFile();
  ResultFile(ResultFile&&) noexcept;
  ResultFile& operator=(ResultFile&&) = delete;

  /// JSON text of the run that made the file.
  [[nodiscard]] std::string const& manifest() const noexcept { return manifest_; }
  [[nodiscard]] bool has_table(std::string const& table) const;
  /// Names in the order of the file, without shapes; "fid" is the first. Empty for a table that is not there.
  [[nodiscard]] std::vector<std::string> columns(std::string const& table) const;

  /// Columns of a table, all when `names` is empty, with the rows in order of their fid. Numbers and whole numbers by
  /// the type that the table declares, all else as text. Throws for a table or column that is not there, and for text
  /// in a column of numbers.
  [[nodiscard]] Table read(std::string const& table, std::vector<std::string> const& names = {}) const;
  /// The same for the rows whose column `key` is exactly `value`.
  [[nodiscard]] Table read_where(std::string const& table, std::string const& key, std::string const& value,
                                 std::vector<std::string> const& names = {}) const;
  /// Shapes of rows, in the order of `fids`; null for a row that is not there.
  [[nodiscard]] GeometryColumn shapes(std::string const& table, std::vector<std::int64_t> const& fids) const;
  /// The CRS of the shapes of a table: "EPSG:31370", or WKT where it has no such code. Empty for a table without
  /// shapes.
  [[nodiscard]] std::string crs(std::string const& table) const;
  /// Rows whose box meets `box`, in order of their fid, at most `most` of them; none for a table without spatial index.
  [[nodiscard]] std::vector<std::int64_t> fids_within(std::string const& table, Box const& box, std::size_t most) const;

 private:
  struct Handle;
  std::filesystem::path path_;
  std::unique_ptr<Handle> handle_;
  std::string manifest_;
};

}  // namespace terrein
