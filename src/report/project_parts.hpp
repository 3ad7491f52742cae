#pragma once

#include <string>
#include <vector>

#include "terrein/geometry/crs.hpp"
#include "terrein/io/geopackage.hpp"
#include "terrein/report/project.hpp"

namespace terrein::report {

/// `<spatialrefsys>` with WKT and code.
[[nodiscard]] std::string crs_xml(Crs const& crs);

/// Where a layer stands in the layer tree, from top to bottom.
enum class Place { issues, context, result, ground, tables };
[[nodiscard]] Place place_of(GeoPackage const& content, std::size_t index);
/// How high a layer of `Place::context` is drawn: what its style asks for with the custom property `terrein/draw`, else
/// 90 for points and 50 for lines. Surfaces without the property are not above the result and have 0.
[[nodiscard]] int draw_level(OutputLayer const& layer);
/// Whether the project shows all of a layer when it opens: candidates, excluded parcels and boundaries of the study
/// area, whose style has the custom property `terrein/extent`.
[[nodiscard]] bool in_full_extent(GeoPackage const& content, std::size_t index);
/// The key of the map theme that a layer belongs to and in which alone it is shown: what its style asks for with the
/// custom property `terrein/theme`. Empty for the layers of all other themes.
[[nodiscard]] std::string theme_of(OutputLayer const& layer);
/// Id of a layer in the project: longer than ten characters, the same for the same file and table.
[[nodiscard]] std::string layer_id(std::string const& geopackage_file, std::string const& table);
[[nodiscard]] std::string layer_title(OutputLayer const& layer, Labels const& labels);

/// A style of a layer as the project keeps it.
struct NamedStyle {
  std::string name, qml;
};
/// Styles of layer `index`; the first one is shown. The main layer has one per model, then its extra styles.
[[nodiscard]] std::vector<NamedStyle> styles_of(GeoPackage const& content, std::size_t index,
                                                std::vector<ProjectModel> const& models);
/// `<maplayer>` of a layer.
[[nodiscard]] std::string map_layer_xml(OutputLayer const& layer, std::string const& geopackage_file,
                                        std::vector<NamedStyle> const& styles, Labels const& labels);

}  // namespace terrein::report
