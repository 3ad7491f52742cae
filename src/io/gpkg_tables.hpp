#pragma once

#include <cstdint>
#include <future>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "io/gpkg_rtree.hpp"
#include "io/sqlite.hpp"
#include "terrein/io/geopackage.hpp"

namespace terrein::gpkg {

inline constexpr char const* geometry_column = "geom";

/// The tables every GeoPackage has, and the identification in its header.
void create_core_tables(sqlite::Database& database);

/// Adds a row of gpkg_extensions; an empty table or column is null.
void add_extension(sqlite::Database& database, std::string const& table, std::string const& column,
                   std::string const& name, std::string const& definition, std::string const& scope);

/// Ids of coordinate reference systems in a file, each definition stored once.
class SrsTable {
 public:
  explicit SrsTable(sqlite::Database& database) : database_(database) {}
  /// -1 (undefined) for an unknown CRS.
  std::int64_t id_of(Crs const& crs);

 private:
  void insert(std::int64_t id, std::string const& organization, std::int64_t code, Crs const& crs);
  sqlite::Database& database_;
  std::map<std::string, std::int64_t> id_of_wkt_;
};

/// The head of the blob of a shape: "GP", version 0, flags (little-endian, envelope of x and y), srs, envelope; without
/// an envelope, and with the flag of an empty shape, for an empty box.
void encode_head(std::int64_t srs, Box const& box, std::vector<unsigned char>& out);

/// Names of a table with shapes.
struct ShapeTable {
  std::string name, key, geometry;
};
/// The spatial index of rows with boxes, and the triggers that keep it for whoever edits the layer later. Its nodes are
/// packed by a thread of their own, if there may be one, while the caller inserts rows between making it and `write`.
class IndexWriter {
 public:
  /// `ids` and `boxes` must live until `write`.
  IndexWriter(sqlite::Database& database, ShapeTable table, std::span<std::int64_t const> ids,
              std::span<Box const> boxes, unsigned workers);
  void write();

 private:
  sqlite::Database& database_;
  ShapeTable table_;
  std::span<std::int64_t const> ids_;
  std::string name_;
  unsigned workers_;
  std::future<PackedTree> tree_;
};
/// The row count that GDAL keeps so that it need not count.
void write_count(sqlite::Database& database, std::string const& table, std::size_t rows);

/// A layer with the rows of a source unchanged.
void write_original(sqlite::Database& database, OriginalLayer const& layer, std::int64_t srs, std::string const& time,
                    unsigned workers);

/// Aliases, descriptions and allowed values of columns.
void write_schema(sqlite::Database& database, GeoPackage const& content);
/// The manifest, and per layer with shapes the metadata that QGIS shows.
void write_metadata(sqlite::Database& database, GeoPackage const& content);
/// Styles that QGIS finds by itself; after all other tables.
void write_styles(sqlite::Database& database, GeoPackage const& content);

}  // namespace terrein::gpkg
