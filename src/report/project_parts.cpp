#include "report/project_parts.hpp"

#include <fmt/format.h>

#include <set>

#include "terrein/core/hash.hpp"
#include "terrein/core/text.hpp"
#include "terrein/report/style.hpp"

namespace terrein::report {

namespace {

/// A QML document taken apart: what stands on its root element and what stands inside it.
struct Qml {
  std::string attributes, body;
};

Qml take_apart(std::string const& qml) {
  auto const open = qml.find("<qgis");
  if (open == std::string::npos) return {};
  auto const end = qml.find('>', open), close = qml.rfind("</qgis>");
  if (end == std::string::npos || close == std::string::npos || close < end) return {};
  std::string attributes = qml.substr(open + 5, end - open - 5);
  if (auto const version = attributes.find(" version=\""); version != std::string::npos)
    attributes.erase(version, attributes.find('"', version + 10) + 1 - version);
  return {std::move(attributes), qml.substr(end + 1, close - end - 1)};
}

std::string style_manager(std::vector<NamedStyle> const& styles) {
  if (styles.empty())
    return "<map-layer-style-manager current=\"default\"><map-layer-style name=\"default\"/></map-layer-style-manager>";
  std::string xml = fmt::format("<map-layer-style-manager current=\"{}\">", xml_escape(styles[0].name));
  for (std::size_t i = 0; i < styles.size(); ++i) {
    Qml const qml = i == 0 ? Qml{} : take_apart(styles[i].qml);
    std::string const content = i == 0 ? "" : "<qgis version=\"3.22.0\"" + qml.attributes + ">" + qml.body + "</qgis>";
    xml += fmt::format("\n     <map-layer-style name=\"{}\">{}</map-layer-style>", xml_escape(styles[i].name), content);
  }
  return xml + "\n    </map-layer-style-manager>";
}

char const* geometry_word(ShapeType shape) {
  switch (shape) {
    case ShapeType::point:
      return "Point";
    case ShapeType::line:
      return "Line";
    case ShapeType::polygon:
      return "Polygon";
    case ShapeType::none:
      break;
  }
  return "No geometry";
}

char const* wkb_word(ShapeType shape) {
  switch (shape) {
    case ShapeType::point:
      return "MultiPoint";
    case ShapeType::line:
      return "MultiLineString";
    case ShapeType::polygon:
      return "MultiPolygon";
    case ShapeType::none:
      break;
  }
  return "NoGeometry";
}

/// Value of a custom property of a style; empty without it.
std::string custom_property(std::string const& qml, std::string const& name) {
  auto const at = qml.find("name=\"" + name + "\"");
  auto const value = at == std::string::npos ? at : qml.find("value=\"", at);
  if (value == std::string::npos) return {};
  return qml.substr(value + 7, qml.find('"', value + 7) - value - 7);
}

std::string metadata_xml(OutputLayer const& layer, std::string const& title) {
  std::string const rights = layer.licence.empty() ? "" : "<rights>" + xml_escape(layer.licence) + "</rights>";
  return fmt::format("<resourceMetadata><title>{}</title><abstract>{}</abstract>{}</resourceMetadata>",
                     xml_escape(title), xml_escape(layer.description), rights);
}

}  // namespace

std::string crs_xml(Crs const& crs) {
  auto const colon = crs.authority.find(':');
  std::string const code = colon == std::string::npos ? "0" : crs.authority.substr(colon + 1);
  return fmt::format(
      "<spatialrefsys nativeFormat=\"Wkt\"><wkt>{}</wkt><srid>{}</srid><authid>{}</authid><description>{}</description>"
      "<geographicflag>{}</geographicflag></spatialrefsys>",
      xml_escape(crs.wkt), xml_escape(code), xml_escape(crs.authority), xml_escape(crs.name), !crs.projected);
}

Place place_of(GeoPackage const& content, std::size_t index) {
  OutputLayer const& layer = content.layers[index];
  if (layer.name == "issues") return Place::issues;
  if (layer.shape == ShapeType::none) return Place::tables;
  if (index == 0 || layer.name == "excluded") return Place::result;
  return draw_level(layer) > 0 ? Place::context : Place::ground;
}

int draw_level(OutputLayer const& layer) {
  if (auto const wanted = parse_number(custom_property(layer.qml, "terrein/draw"))) return static_cast<int>(*wanted);
  return layer.shape == ShapeType::point ? 90 : layer.shape == ShapeType::line ? 50 : 0;
}

bool in_full_extent(GeoPackage const& content, std::size_t index) {
  return place_of(content, index) == Place::result ||
         !custom_property(content.layers[index].qml, "terrein/extent").empty();
}

std::string theme_of(OutputLayer const& layer) { return custom_property(layer.qml, "terrein/theme"); }

std::string layer_id(std::string const& geopackage_file, std::string const& table) {
  std::string id;
  for (char const c : table) id += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '_';
  return id + '_' + sha256(geopackage_file + '|' + table).substr(0, 16);
}

std::string layer_title(OutputLayer const& layer, Labels const& labels) {
  return layer.title.empty() ? labels.get("layer", layer.name) : layer.title;
}

std::vector<NamedStyle> styles_of(GeoPackage const& content, std::size_t index,
                                  std::vector<ProjectModel> const& models) {
  OutputLayer const& layer = content.layers[index];
  std::vector<NamedStyle> styles;
  std::set<std::string> taken;
  auto const add = [&](std::string name, std::string const& key, std::string const& qml) {
    if (qml.empty()) return;
    if (!taken.insert(name).second) taken.insert(name += " (" + key + ")");
    styles.push_back({std::move(name), qml});
  };
  if (index == 0)
    for (auto const& model : models) add(model.label, model.key, model.qml);
  if (styles.empty()) add("default", "1", layer.qml);
  for (auto const& extra : layer.extra_styles) {
    bool const of_model = std::any_of(styles.begin(), styles.end(), [&](auto const& s) { return s.qml == extra.qml; });
    if (!of_model) add(extra.name, std::to_string(styles.size()), extra.qml);
  }
  return styles;
}

std::string map_layer_xml(OutputLayer const& layer, std::string const& geopackage_file,
                          std::vector<NamedStyle> const& styles, Labels const& labels) {
  Qml const shown = styles.empty() ? Qml{} : take_apart(styles[0].qml);
  std::string const title = layer_title(layer, labels);
  std::string const crs = layer.shape == ShapeType::none ? "" : "\n    <srs>" + crs_xml(layer.crs) + "</srs>";
  return fmt::format(
      "\n   <maplayer type=\"vector\" geometry=\"{}\" wkbType=\"{}\" readOnly=\"0\"{}>\n    <id>{}</id>\n    "
      "<datasource>./{}|layername={}</datasource>\n    <layername>{}</layername>{}\n    <provider "
      "encoding=\"UTF-8\">ogr</provider>\n    {}\n    {}{}\n   </maplayer>",
      geometry_word(layer.shape), wkb_word(layer.shape), shown.attributes, layer_id(geopackage_file, layer.name),
      xml_escape(geopackage_file), xml_escape(layer.name), xml_escape(title), crs, metadata_xml(layer, title),
      style_manager(styles), shown.body);
}

}  // namespace terrein::report
