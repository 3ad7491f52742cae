#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fetch/service.hpp"
#include "terrein/io/xml.hpp"

namespace terrein {

struct WfsType {
  std::string name, title, description;
  std::string default_crs;             ///< as written
  std::vector<std::string> other_crs;  ///< as written
  std::optional<Box> lon_lat;          ///< WGS84BoundingBox
  std::vector<std::string> formats;
};

/// What terrein uses of WFS 2.0 capabilities.
struct WfsCapabilities {
  std::string version, title, attribution;
  std::optional<std::size_t> count_default;  ///< most rows in one answer
  bool pages = true;                         ///< startIndex is implemented, or nothing is said about it
  std::vector<std::string> formats;          ///< of GetFeature
  std::vector<WfsType> types;
};
[[nodiscard]] WfsCapabilities parse_wfs_capabilities(std::string const& text, std::string const& what);

/// Fields of a feature type after DescribeFeatureType.
struct WfsSchema {
  std::vector<FieldSpec> fields;
  std::vector<std::string> geometry;  ///< names of the properties that are shapes
};
[[nodiscard]] WfsSchema parse_wfs_schema(std::string const& text, std::string const& type, std::string const& what);

/// numberMatched of an answer; nothing for "unknown" and when it is absent.
[[nodiscard]] std::optional<long long> wfs_matched(std::string const& text, std::string const& what);

/// How rows are read.
struct WfsReading {
  WfsSchema schema;
  std::string id_field;  ///< empty = gml:id
  std::string crs;       ///< asked, as written in the request
  std::string what;      ///< for messages
};
/// Rows of a GetFeature answer. Nested properties become "outer.inner", repeated ones a JSON list. Throws
/// `Error{input}` for a row without id, a shape in another CRS than asked, and what cannot be read.
[[nodiscard]] Page parse_wfs_page(std::string const& text, WfsReading const& reading);

}  // namespace terrein
