#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "terrein/core/table.hpp"
#include "terrein/geometry/layer.hpp"
#include "terrein/io/original.hpp"
#include "terrein/io/raw_shapes.hpp"

namespace terrein {

/// How a column of an output table looks to a person.
struct FieldNote {
  std::string alias;        ///< shown instead of the column name
  std::string description;  ///< one sentence with the unit
  std::string domain;       ///< name of a `Domain`; empty for none
};

/// Allowed values with their labels.
struct Domain {
  std::string name;
  std::vector<std::pair<std::string, std::string>> values;  ///< code, label
};

enum class ShapeType { none, point, line, polygon };  ///< written as multi-types

/// A style that QGIS offers beside the default one.
struct ExtraStyle {
  std::string name;  ///< unique in its layer
  std::string description;
  std::string qml;
};

/// A table or layer to write. A table without shapes has neither `geometry` nor `raw`, a layer has one of them.
struct OutputLayer {
  std::string name;   ///< table name
  std::string title;  ///< shown to people
  std::string description;
  ShapeType shape = ShapeType::none;
  GeometryColumn const* geometry = nullptr;  ///< row i belongs to row i of the table
  RawShapes const* raw = nullptr;            ///< shapes written as they are, of type `raw->type`
  Crs crs;
  Table table;
  std::map<std::string, FieldNote> fields;  ///< by column name
  std::string qml;                          ///< default style; empty = none
  std::string style_name;
  std::string style_description;
  std::string licence;                   ///< attribution text for the layer metadata; may be empty
  std::vector<ExtraStyle> extra_styles;  ///< stored in this order after the default style
};

struct GeoPackage {
  std::vector<OutputLayer> layers;       ///< in the order in which they are written; the main layer first
  std::vector<OriginalLayer> originals;  ///< after the layers
  std::vector<Domain> domains;
  std::string manifest;               ///< JSON text kept in gpkg_metadata
  std::string manifest_kind = "run";  ///< run or fetch: the standard of that text is "urn:terrein:<kind>"
  std::string time;                   ///< every time stamp in the file, "2026-01-31T12:00:00.000Z"
};

/// Writes a GeoPackage 1.2, x before y in every CRS: spatial indexes, layer_styles registered as attributes, field
/// domains and aliases, layer metadata that QGIS reads. The same content gives the same bytes, whatever the number of
/// workers. The file must not exist. Throws `Error{output}`, and `Error{internal}` before anything is written when two
/// layers share a name (capitals and small letters are the same).
void write_geopackage(std::string const& path, GeoPackage const& content, unsigned workers = 1);

}  // namespace terrein
