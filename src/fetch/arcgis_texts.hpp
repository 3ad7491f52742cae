#pragma once

#include "fetch/service.hpp"

namespace terrein {

/// What terrein uses of a layer's description in ArcGIS REST.
struct ArcgisLayer {
  std::string name, description, attribution, id_field;
  std::size_t most_rows = 1000;  ///< maxRecordCount
  bool pages = false;            ///< resultRecordCount is understood
  bool orders = false;           ///< orderByFields is understood
  std::string crs;               ///< "EPSG:31370"; empty = not stated
  std::optional<Box> extent;     ///< in that CRS
  struct Field {
    std::string name, type;  ///< type as written: esriFieldTypeDate …
  };
  std::vector<Field> fields;
};
[[nodiscard]] ArcgisLayer parse_arcgis_layer(std::string const& text, std::string const& what);

/// "EPSG:3857" of {"wkid": 102100, "latestWkid": 3857}; "ESRI:…" for codes of Esri's own; empty when it has none.
[[nodiscard]] std::string arcgis_crs(std::string const& spatial_reference);

/// How rows are read.
struct ArcgisReading {
  ArcgisLayer layer;
  std::string crs;   ///< asked
  std::string what;  ///< for messages
};
/// Rows of a query's answer: dates as ISO texts in UTC. Throws `Error{input}` for rows without id and for another CRS
/// than asked.
[[nodiscard]] Page parse_arcgis_page(std::string const& text, ArcgisReading const& reading);

}  // namespace terrein
