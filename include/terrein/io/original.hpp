#pragma once

#include <set>
#include <string>
#include <vector>

#include "terrein/core/column.hpp"
#include "terrein/geometry/crs.hpp"

namespace terrein {

/// An attribute as its source has it.
struct OriginalField {
  std::string name;
  std::string type;  ///< as a GeoPackage names it: BOOLEAN, MEDIUMINT, INTEGER, REAL, TEXT, DATE, DATETIME, BLOB …
  AnyColumn values;  ///< dates as ISO text, lists as JSON text, bytes in a text column
};

/// The rows of a layer as its source delivers them: nothing drawn, repaired, moved, renamed or put in classes. Only
/// what GeoPackages ask for is done: x stands before y, bytes are little-endian, texts are UTF-8, dates with a time are
/// DATETIME when all are in UTC and texts otherwise.
struct OriginalRows {
  Crs crs;
  std::string fid_column;            ///< of the source; empty = it has none
  std::vector<std::int64_t> fid;     ///< feature ids of the source
  std::vector<std::string> wkb;      ///< ISO WKB with curves, Z and M; empty = null, and what GDAL cannot read
  std::vector<Box> box;              ///< of each shape, arcs included
  std::vector<std::uint8_t> vacant;  ///< 1 for an empty shape
  std::set<std::string> types;       ///< of the whole shapes: "CURVEPOLYGON", "MULTIPOLYGON" …
  std::set<std::string> extensions;  ///< types anywhere in a shape that GeoPackages have as an extension
  bool any_z = false, all_z = true, any_m = false, all_m = true;  ///< of the shapes that are not null
  std::vector<OriginalField> fields;

  [[nodiscard]] std::size_t size() const noexcept { return wkb.size(); }
};

/// The rows `rows`, in that order.
[[nodiscard]] OriginalRows take(OriginalRows const& all, std::vector<Row> const& rows);

/// A layer of a result that holds the rows of a source unchanged.
struct OriginalLayer {
  std::string name, title, description;
  OriginalRows const* rows = nullptr;
  TextColumn id;  ///< the ids that terrein uses, by row; null for a row that it left out; named as its column
};

}  // namespace terrein
