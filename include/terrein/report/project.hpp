#pragma once

#include <string>
#include <vector>

#include "terrein/io/geopackage.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {

/// A map theme: a name and the layers it shows, with the style of the main layer.
struct ProjectTheme {
  std::string name;
  std::vector<std::string> layers;  ///< table names
  std::string style;                ///< name of the main layer's style
};
struct ProjectModel {
  std::string key, label;
  std::string qml;          ///< style of the main layer for this model
  std::string notice = {};  ///< about its weights; empty = "startgewichten, niet bestuurlijk vastgesteld"
};

/// The themes of a project: one per model (all layers but issues and tables), named after it, one per theme that styles
/// of layers ask for (the custom property `terrein/theme`; such layers are in no other), and one for data issues.
/// Without models: one for the candidates.
[[nodiscard]] std::vector<ProjectTheme> project_themes(GeoPackage const& content,
                                                       std::vector<ProjectModel> const& models, Labels const& labels);

/// Text of a QGIS project (.qgs) beside `geopackage_file` (a bare file name): all layers of the GeoPackage with their
/// styles, the themes of `project_themes`, and per model an A3 print layout named "A3 – <model>" with map, legend,
/// scale bar, north arrow, `source_line` with the licences of the layers that it does not name, and the notice about
/// the weights. Long texts are set smaller. The main layer is the first one. The same content gives the same text.
[[nodiscard]] std::string project_qgs(std::string const& title, std::string const& geopackage_file,
                                      GeoPackage const& content, std::vector<ProjectModel> const& models,
                                      std::string const& source_line, Labels const& labels);

}  // namespace terrein
