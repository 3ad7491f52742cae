#pragma once

#include <memory>
#include <string>
#include <vector>

#include "terrein/io/geopackage.hpp"

namespace terrein {

/// Where a result goes besides its files.
struct PostgisTarget {
  std::string connection;  ///< "PG:…" or a URL; may hold a password
  std::string written;     ///< the same as it may be shown
  std::string schema;      ///< holds one result; made when it does not exist
};

/// What `PostgisResult::TableFacts::sha256` says of a table as it is now, with shapes or without; empty when there is
/// no such table. Throws `Error{input}` when it cannot be read.
[[nodiscard]] std::string postgis_table_hash(PostgisTarget const& target, std::string const& table);

/// A result as tables of a PostGIS database: the layers and tables of the GeoPackage, with SRID, spatial index,
/// comments on tables and columns, styles in `layer_styles`, and the manifest as a table `manifest`.
///
/// Everything happens in one transaction: readers see the old result whole or the new one whole, and a run that fails
/// or is killed leaves the database as it was. Tables that terrein wrote carry a mark at the end of their comment; no
/// other table is ever replaced or dropped. Not thread-safe.
class PostgisResult {
 public:
  /// A table as it was written. `sha256` is its `content_hash` with the column `fid` as id, which is what a study says
  /// that reads the table as a source with all attributes.
  struct TableFacts {
    std::string name;
    std::size_t rows;
    std::string sha256;
  };

  /// Looks whether the database can be reached and written to, and whether the tables `planned` are free. Throws
  /// `Error{output}` for what is not so, for a result that is there already unless `overwrite`, for a table of another,
  /// and for views that depend on a table that would be replaced.
  PostgisResult(PostgisTarget target, std::vector<std::string> const& planned, bool overwrite);
  ~PostgisResult();
  PostgisResult(PostgisResult const&) = delete;
  PostgisResult& operator=(PostgisResult const&) = delete;

  /// Throws `Error{config}` when `table` (`ReadResult::table`) would be replaced or dropped by this result.
  void check_source(std::string const& layer, std::string const& table) const;
  /// Writes the tables under names of their own, inside a transaction that stays open.
  void write(GeoPackage const& content);
  /// Puts the tables in the place of the old ones, still inside the transaction: nobody sees it yet.
  void place();
  /// Makes them appear. When the connection breaks at this very moment the database is asked what came of it.
  void commit();

  [[nodiscard]] PostgisTarget const& target() const noexcept;
  [[nodiscard]] std::vector<TableFacts> const& tables() const noexcept;
  /// "schema.table" of the styles.
  [[nodiscard]] std::string const& style_table() const noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace terrein
