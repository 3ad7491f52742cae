#pragma once

#include <string>

#include "terrein/geometry/crs.hpp"

namespace terrein {

/// A CRS as services write it: "urn:ogc:def:crs:EPSG::31370", "http://www.opengis.net/def/crs/EPSG/0/31370",
/// "EPSG:31370", "http://www.opengis.net/gml/srs/epsg.xml#31370", and CRS84 in its spellings.
struct CrsText {
  std::string authority;  ///< "EPSG:31370"; "EPSG:4326" for CRS84; empty when the text says nothing we know
  bool swapped = false;   ///< coordinates written under this text come as northing (latitude) before easting
};
[[nodiscard]] CrsText crs_in(std::string const& text);

}  // namespace terrein
