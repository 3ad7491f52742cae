#pragma once

#include <string>
#include <vector>

#include "terrein/geometry/box.hpp"

namespace terrein {

struct SourceField {
  std::string name;
  std::string type;  ///< text, integer, real, date …
};

/// One layer or table of a source, as the source states it.
struct SourceLayer {
  std::string name;
  std::string shape;  ///< point, line, polygon, mixed or table
  std::vector<SourceField> fields;
  long long rows = -1;  ///< -1 = not stated
  Box extent;           ///< as stated or counted, in the layer's CRS
  std::string crs;      ///< "EPSG:31370", else the name; empty = none stated

  [[nodiscard]] bool has_field(std::string const& wanted) const;
  /// The first of "a|b|c" that the layer has, as the layer writes it (capitals do not matter, and names cut to ten
  /// characters, as shapefiles do, are recognised); empty when it has none.
  [[nodiscard]] std::string first_field(std::string const& alternatives) const;
};

struct SourceDescription {
  std::string driver;
  std::vector<SourceLayer> layers;
};

/// What a source holds, without reading its rows. A GML file whose features have several shapes is mixed, unless
/// `geometry` names one of them. Nothing is written beside it. Throws `Error{input}` as `read_layer`
/// does.
[[nodiscard]] SourceDescription describe_source(std::string const& path, std::string const& written,
                                                std::string const& name = {}, std::string const& layer = {},
                                                std::string const& geometry = {});

/// Names of the data sets in an archive that holds several, as `layer` asks for one of them; empty for any other
/// source. Throws `Error{input}` for an archive that would fill the machine, or holds no data.
[[nodiscard]] std::vector<std::string> data_sets_in_archive(std::string const& path);

}  // namespace terrein
