#pragma once

#include <string>
#include <vector>

#include "terrein/geometry/box.hpp"
#include "terrein/io/xml.hpp"

namespace terrein {

/// A shape as its source gives it: ISO WKB with curves, Z and M. No bytes for a null or empty shape.
struct RawShape {
  std::string wkb;
  Box box;
};

/// The shapes of a layer that is kept as it came.
struct RawShapes {
  std::vector<std::string> wkb;
  std::vector<Box> box;
  std::string type = "GEOMETRY";  ///< of the whole column, as GeoPackage names it
  bool has_z = false, has_m = false;

  [[nodiscard]] std::size_t size() const noexcept { return wkb.size(); }
  [[nodiscard]] bool has_shape(std::size_t row) const noexcept { return !wkb[row].empty(); }
  void push(RawShape shape);
};

/// The geometry element of a GML feature; `swapped` when its coordinates come as northing, easting. Links to elsewhere
/// are not followed. Throws `Error{input}` for what GDAL cannot read.
[[nodiscard]] RawShape shape_from_gml(XmlNode const& geometry, bool swapped);
/// A GeoJSON geometry, "null" included; `swapped` as above. Throws `Error{input}`.
[[nodiscard]] RawShape shape_from_geojson(std::string const& text, bool swapped);
/// A geometry of ArcGIS REST JSON, "null" included. Throws `Error{input}`.
[[nodiscard]] RawShape shape_from_esri_json(std::string const& text);

/// Brings all rows to one type where nothing is lost by it: polygons and multipolygons become MULTIPOLYGON, with curves
/// among them MULTISURFACE, and likewise for lines and points; anything else stays GEOMETRY. Sets `type`, `has_z` and
/// `has_m`.
void settle_type(RawShapes& shapes);

/// True for a CRS whose authority puts northing or latitude first (EPSG:4258). False for an unknown one.
[[nodiscard]] bool northing_first(std::string const& authority_code);

}  // namespace terrein
