#include "terrein/report/project.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "report/field_xml.hpp"
#include "report/layout.hpp"
#include "report/project_parts.hpp"
#include "report/text_fit.hpp"
#include "terrein/core/text.hpp"
#include "terrein/report/style.hpp"

namespace terrein {

namespace {

using namespace report;

/// What the parts of a project share.
struct Context {
  std::string const& title;
  std::string const& file;
  GeoPackage const& content;
  std::vector<ProjectModel> const& models;
  Labels const& labels;
  std::vector<ProjectTheme> themes;
  std::vector<std::size_t> order;  ///< layers from top to bottom

  [[nodiscard]] std::string id(std::size_t index) const { return layer_id(file, content.layers[index].name); }
  [[nodiscard]] std::string title_of(std::size_t index) const { return layer_title(content.layers[index], labels); }
};

/// From top to bottom. Context layers follow the levels of their styles, other places have points above lines above
/// surfaces; the order of the file otherwise.
std::vector<std::size_t> drawing_order(GeoPackage const& content) {
  std::vector<std::size_t> order(content.layers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  auto const height = [&](std::size_t i) {
    Place const place = place_of(content, i);
    auto const shape = static_cast<int>(content.layers[i].shape);
    return std::pair{static_cast<int>(place), place == Place::context ? -draw_level(content.layers[i]) : shape};
  };
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return height(a) < height(b); });
  return order;
}

Box full_extent(GeoPackage const& content) {
  Box all, main;
  for (std::size_t i = 0; i < content.layers.size(); ++i) {
    OutputLayer const& layer = content.layers[i];
    if (layer.geometry == nullptr || layer.name == "issues") continue;
    Box const box = layer.geometry->extent();
    if (box.empty()) continue;
    if (in_full_extent(content, i)) main.extend(box);
    all.extend(box);
  }
  return main.empty() ? all : main;
}

Crs const& project_crs(GeoPackage const& content) {
  static Crs const none;
  for (auto const& layer : content.layers)
    if (layer.shape != ShapeType::none && layer.crs.known()) return layer.crs;
  return none;
}

std::string extent_xml(char const* name, Box const& box, Crs const& crs) {
  return fmt::format("<{} xmin=\"{}\" ymin=\"{}\" xmax=\"{}\" ymax=\"{}\">{}</{}>", name, shortest(box.min_x),
                     shortest(box.min_y), shortest(box.max_x), shortest(box.max_y), crs_xml(crs), name);
}

std::string tree_layer(Context const& c, std::size_t index) {
  bool const off = c.content.layers[index].name == "issues" || !theme_of(c.content.layers[index]).empty();
  // what belongs to the result shows its classes; the rest stays folded so that the list can be read at a glance
  bool const open = index == 0 || c.content.layers[index].name == "excluded";
  return fmt::format(
      "\n    <layer-tree-layer id=\"{}\" name=\"{}\" providerKey=\"ogr\" source=\"./{}|layername={}\" checked=\"{}\" "
      "expanded=\"{}\"/>",
      c.id(index), xml_escape(c.title_of(index)), xml_escape(c.file), xml_escape(c.content.layers[index].name),
      off ? "Qt::Unchecked" : "Qt::Checked", open ? 1 : 0);
}

std::string layer_tree(Context const& c) {
  std::string xml = "\n  <layer-tree-group>";
  for (auto const& [place, key] :
       {std::pair{Place::issues, ""}, std::pair{Place::context, "context"}, std::pair{Place::result, "result"},
        std::pair{Place::ground, "ground"}, std::pair{Place::tables, "tables"}}) {
    std::string layers;
    for (std::size_t const i : c.order)
      if (place_of(c.content, i) == place) layers += tree_layer(c, i);
    if (layers.empty()) continue;
    if (place == Place::issues) {
      xml += layers;
      continue;
    }
    xml += fmt::format(
        "\n   <layer-tree-group name=\"{}\" checked=\"Qt::Checked\" expanded=\"{}\">{}\n   </layer-tree-group>",
        xml_escape(c.labels.get("group", key)), place == Place::tables ? 0 : 1, layers);
  }
  return xml + "\n  </layer-tree-group>";
}

std::string layers_xml(Context const& c) {
  std::string xml = "\n  <projectlayers>", order = "\n  <layerorder>";
  for (std::size_t const i : c.order) {
    xml += map_layer_xml(c.content.layers[i], c.file, styles_of(c.content, i, c.models), c.labels);
    order += fmt::format("<layer id=\"{}\"/>", c.id(i));
  }
  return xml + "\n  </projectlayers>" + order + "</layerorder>";
}

std::string themes_xml(Context const& c) {
  std::string xml = "\n  <visibility-presets>";
  for (auto const& theme : c.themes) {
    std::set<std::string> const shown(theme.layers.begin(), theme.layers.end());
    xml += fmt::format("\n   <visibility-preset name=\"{}\" has-expanded-info=\"0\">", xml_escape(theme.name));
    for (std::size_t const i : c.order) {
      if (!shown.contains(c.content.layers[i].name)) continue;
      xml += fmt::format("\n    <layer id=\"{}\" visible=\"1\" expanded=\"1\" style=\"{}\"/>", c.id(i),
                         i == 0 ? xml_escape(theme.style) : "default");
    }
    xml += "\n   </visibility-preset>";
  }
  return xml + "\n  </visibility-presets>";
}

/// `source_line` and the attributions of the layers shown that it does not name yet.
std::string sources(Context const& c, ProjectTheme const& theme, std::string const& source_line) {
  std::string line = source_line;
  for (auto const& layer : c.content.layers) {
    bool const shown = std::find(theme.layers.begin(), theme.layers.end(), layer.name) != theme.layers.end();
    if (!shown || layer.licence.empty() || line.find(layer.licence) != std::string::npos) continue;
    line += (line.empty() ? "" : "; ") + layer.licence;
  }
  return line.empty() ? "" : c.labels.get("layout", "source") + ": " + line;
}

/// Lines a style takes in a legend: its heading and classes, or one symbol.
std::size_t legend_lines(std::string const& qml) {
  auto const count = [&](std::string_view part) {
    std::size_t n = 0;
    for (auto at = qml.find(part); at != std::string::npos; at = qml.find(part, at + 1)) ++n;
    return n;
  };
  std::size_t const classes = count("<rule key=");
  return classes == 0 ? 1 : 1 + classes + count(legend_break);
}

std::vector<LegendLayer> legend_of(Context const& c, ProjectTheme const& theme, bool scored) {
  std::vector<LegendLayer> legend;
  std::set<std::string> const shown(theme.layers.begin(), theme.layers.end());
  for (Place const place : {Place::result, Place::context, Place::ground})  // the result is read first
    for (std::size_t const i : c.order) {
      if (place_of(c.content, i) != place || !shown.contains(c.content.layers[i].name)) continue;
      auto const styles = styles_of(c.content, i, c.models);
      auto const style =
          std::find_if(styles.begin(), styles.end(), [&](auto const& s) { return s.name == theme.style; });
      std::string const& qml = i == 0 && style != styles.end() ? style->qml : c.content.layers[i].qml;
      legend.push_back({c.id(i),
                        c.title_of(i) + (scored && i == 0 ? ", " + c.labels.get("layout", "legend_score") : ""),
                        legend_lines(qml)});
    }
  return legend;
}

LayoutContent layout_of(Context const& c, ProjectTheme const& theme, ProjectModel const* model,
                        std::string const& source_line) {
  bool const of_model = model != nullptr;
  bool const scored = of_model && c.content.layers[0].table.find(model->key + "_score") != nullptr;
  LayoutContent layout;
  layout.name = "A3 – " + theme.name;
  layout.title = c.title;
  layout.subtitle = theme.name + (scored ? " – " + c.labels.get("layout", "score_subtitle") : "");
  if (scored && c.content.layers[0].table.find(model->key + "_rank") != nullptr)
    layout.subtitle += "; " + c.labels.get("layout", "numbered");
  layout.theme = theme.name;
  if (of_model)
    layout.notice = with_capital(model->notice.empty() ? c.labels.get("layout", "weights") : model->notice) + "\n" +
                    c.labels.get("layout", "screening");
  layout.source = sources(c, theme, source_line);
  Crs const& crs = project_crs(c.content);
  layout.imprint =
      c.labels.get("layout", "made_with") + "\n" + crs.name + (crs.authority.empty() ? "" : " (" + crs.authority + ")");
  layout.legend_title = c.labels.get("layout", "legend");
  layout.north = c.labels.get("layout", "north");
  layout.extent = full_extent(c.content);
  layout.metres_per_unit = crs.metres_per_unit;
  layout.legend = legend_of(c, theme, scored);
  return layout;
}

std::string layouts_xml(Context const& c, std::string const& source_line) {
  std::string xml = "\n  <Layouts>";
  std::size_t const count = std::max<std::size_t>(c.models.size(), 1);
  for (std::size_t i = 0; i < count && i < c.themes.size(); ++i)
    xml += layout_xml(layout_of(c, c.themes[i], c.models.empty() ? nullptr : &c.models[i], source_line));
  return xml + "\n  </Layouts>";
}

/// Paths relative to the project, CRS switched on, a paper-white canvas.
std::string properties_xml() {
  return "\n  <properties>\n   <Paths><Absolute type=\"bool\">false</Absolute></Paths>\n   "
         "<SpatialRefSys><ProjectionsEnabled type=\"int\">1</ProjectionsEnabled></SpatialRefSys>\n   "
         "<Gui><CanvasColorRedPart type=\"int\">255</CanvasColorRedPart><CanvasColorGreenPart "
         "type=\"int\">255</CanvasColorGreenPart><CanvasColorBluePart type=\"int\">255</CanvasColorBluePart></Gui>\n   "
         "<Measurement><DistanceUnits type=\"QString\">meters</DistanceUnits><AreaUnits "
         "type=\"QString\">ha</AreaUnits></Measurement>\n  </properties>";
}

std::string canvas_xml(Box const& extent, Crs const& crs) {
  return fmt::format(
      "\n  <mapcanvas name=\"theMapCanvas\" "
      "annotationsVisible=\"1\"><units>meters</units><extent><xmin>{}</xmin><ymin>{}"
      "</ymin><xmax>{}</xmax><ymax>{}</ymax></extent><rotation>0</rotation><destinationsrs>{}</destinationsrs></"
      "mapcanvas>",
      shortest(extent.min_x), shortest(extent.min_y), shortest(extent.max_x), shortest(extent.max_y), crs_xml(crs));
}

std::vector<std::string> spatial_layers(GeoPackage const& content, bool issues) {
  std::vector<std::string> names;
  for (auto const& layer : content.layers) {
    bool const shown =
        layer.name == "issues" ? issues : theme_of(layer).empty() && !(issues && layer.name == "excluded");
    if (layer.shape != ShapeType::none && shown) names.push_back(layer.name);
  }
  return names;
}

/// A theme per key that layers ask for: those layers over the context. Lines show where they lead to over the
/// candidates; surfaces of their own would hide them.
std::vector<ProjectTheme> own_themes(GeoPackage const& content, std::string const& style, Labels const& labels) {
  std::vector<std::string> keys;
  for (auto const& layer : content.layers)
    if (std::string const key = theme_of(layer); !key.empty() && std::find(keys.begin(), keys.end(), key) == keys.end())
      keys.push_back(key);
  std::vector<ProjectTheme> out;
  for (std::string const& key : keys) {
    auto const belongs = [&key](OutputLayer const& layer) { return theme_of(layer) == key; };
    bool const surfaces = std::any_of(content.layers.begin(), content.layers.end(), [&](OutputLayer const& layer) {
      return belongs(layer) && layer.shape == ShapeType::polygon;
    });
    ProjectTheme theme{labels.get("theme", key), {}, style};
    for (std::size_t i = 0; i < content.layers.size(); ++i) {
      Place const place = place_of(content, i);
      bool const shown = theme_of(content.layers[i]).empty() && (place == Place::context || place == Place::ground);
      if (shown || belongs(content.layers[i]) || (i == 0 && !surfaces)) theme.layers.push_back(content.layers[i].name);
    }
    out.push_back(std::move(theme));
  }
  return out;
}

}  // namespace

std::vector<ProjectTheme> project_themes(GeoPackage const& content, std::vector<ProjectModel> const& models,
                                         Labels const& labels) {
  if (content.layers.empty()) return {};
  auto const styles = styles_of(content, 0, models);
  std::string const first = styles.empty() ? "default" : styles[0].name;
  std::vector<ProjectTheme> themes;
  for (std::size_t i = 0; i < models.size() && i < styles.size(); ++i)
    themes.push_back({styles[i].name, spatial_layers(content, false), styles[i].name});
  if (themes.empty()) themes.push_back({labels.get("theme", "candidates"), spatial_layers(content, false), first});
  // How sure the ranking of the first model is, where the study asks for it.
  std::string const sure = labels.get("style", "robustness");
  auto const robust =
      std::find_if(styles.begin(), styles.end(), [&](auto const& one) { return one.name.starts_with(sure); });
  if (robust != styles.end()) themes.push_back({robust->name, spatial_layers(content, false), robust->name});
  for (ProjectTheme& theme : own_themes(content, first, labels)) themes.push_back(std::move(theme));
  for (auto const& layer : content.layers)
    if (layer.name == "issues") themes.push_back({labels.get("theme", "issues"), spatial_layers(content, true), first});
  return themes;
}

std::string project_qgs(std::string const& title, std::string const& geopackage_file, GeoPackage const& content,
                        std::vector<ProjectModel> const& models, std::string const& source_line, Labels const& labels) {
  Context const c{
      title, geopackage_file, content, models, labels, project_themes(content, models, labels), drawing_order(content)};
  Crs const& crs = project_crs(content);
  Box extent = full_extent(content);
  if (!extent.empty()) extent = extent.grown(0.03 * std::max({extent.width(), extent.height(), 1.0}));
  std::string xml = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis projectname=\"" +
                    xml_escape(title) + "\" version=\"3.22.0\">\n  <homePath path=\"\"/>\n  <title>" +
                    xml_escape(title) + "</title>\n  <projectCrs>" + crs_xml(crs) + "</projectCrs>";
  xml += layer_tree(c);
  if (!extent.empty()) xml += canvas_xml(extent, crs);
  xml += layers_xml(c) + properties_xml() + themes_xml(c) + layouts_xml(c, source_line);
  if (!extent.empty())
    xml += "\n  <ProjectViewSettings UseProjectScales=\"0\" rotation=\"0\"><Scales/>" +
           extent_xml("DefaultViewExtent", extent, crs) + extent_xml("PresetFullExtent", extent, crs) +
           "</ProjectViewSettings>";
  return xml + "\n</qgis>\n";
}

}  // namespace terrein
