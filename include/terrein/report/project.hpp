#pragma once

#include <string>
#include <vector>

#include "terrein/geometry/box.hpp"
#include "terrein/geometry/crs.hpp"
#include "terrein/io/geopackage.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {

/// A map theme: a name and the layers it shows, with the style of the main layer.
struct ProjectTheme {
  std::string name;
  std::vector<std::string> layers;
};
struct ProjectModel {
  std::string key, label;
  std::string qml;  ///< style of the main layer for this model
};

/// Text of a QGIS project (.qgs) beside `geopackage_file` (a bare file name): all layers of the GeoPackage with their styles,
/// one theme per model, an A3 print layout with map, legend, scale bar and source line.
[[nodiscard]] std::string project_qgs(std::string const& title, std::string const& geopackage_file,
                                      GeoPackage const& content, std::vector<ProjectModel> const& models,
                                      std::string const& source_line, Labels const& labels);

}  // namespace terrein
