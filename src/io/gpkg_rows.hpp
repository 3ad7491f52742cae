#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "io/fields.hpp"
#include "io/source.hpp"
#include "terrein/geometry/surroundings.hpp"

namespace terrein {

/// What is read of a layer when its rows are read without GDAL.
struct PlainQuery {
  std::vector<FieldReader::Wanted> fields;
  std::optional<std::size_t> id;  ///< place of the id field among them; none = the feature id
  std::size_t rows = 0;           ///< how many the source states
  unsigned workers = 1;
  NearOnly const* near = nullptr;  ///< polygons that are not near come as `far`; none = all come whole
};

struct PlainRows {
  GeometryColumn shapes;
  std::vector<AnyColumn> columns;  ///< one per field
  std::vector<std::string> id;     ///< empty where not known
  std::vector<std::uint8_t> id_known;
};

/// Reads a layer of a GeoPackage through SQLite: ranges of feature ids side by side, each by a connection of its
/// worker, in the order of the ids, which is that in which GDAL gives them. Reads a layer plainly or not at all:
/// nothing is returned when the layer is no plain table of features, when SQLite reports a fault, when there are more
/// or fewer rows than stated, or when one value is not quite what its column promises (text among numbers, a number or
/// date out of range, text that is not UTF-8, a shape that is not plain or says another CRS). Such layers are GDAL's,
/// with the issues that belong to them. Nothing is written beside the source. Throws `Error{interrupted}`.
[[nodiscard]] std::optional<PlainRows> read_plain_rows(Source const& source, OGRLayerH layer, PlainQuery const& query,
                                                       Origin const& origin);

}  // namespace terrein
