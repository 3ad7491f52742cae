#include "report/layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/template.hpp"
#include "report/text_fit.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/text.hpp"
#include "terrein/report/style.hpp"

namespace terrein::report {

namespace {

/// Place of an item on the page in millimetres.
struct Frame {
  double x, y, width, height;
};

// A3 landscape: the map on the left, everything else in a column on the right, sources at the foot.
constexpr double page_width = 420, page_height = 297;
constexpr Frame title_frame{12, 8, 396, 12.5}, subtitle_frame{12, 21, 396, 7}, rule_frame{12, 29.5, 396, 0.6},
    map_frame{12, 34, 298, 240}, legend_frame{316, 33, 92, 190}, notice_frame{318, 229, 90, 15},
    scale_frame{317, 256, 76, 16}, north_frame{393, 251, 15, 21}, source_frame{12, 278, 298, 12},
    imprint_frame{318, 278, 90, 12};

constexpr std::size_t longest_heading = 42;  ///< characters of a line of the legend in bold

constexpr char const* ink = "35,35,35,255";
constexpr char const* grey = "112,112,110,255";

std::string rgba_element(char const* name, std::string const& colour) {
  auto const c = split(colour, ',');
  return fmt::format("<{} red=\"{}\" green=\"{}\" blue=\"{}\" alpha=\"{}\"/>", name, c[0], c[1], c[2], c[3]);
}

/// The attributes and first elements that every kind of item has.
struct Item {
  int type;
  std::string id;  ///< name of the item in the layout
  Frame frame;
  int z;
  std::string background;  ///< colour; empty = none
  bool framed = false;
};

std::string item_xml(LayoutContent const& content, Item const& item, std::string const& attributes,
                     std::string const& body) {
  std::string const uuid = stable_uuid(content.name + '/' + item.id);
  auto const& f = item.frame;
  return fmt::format(
      "\n   <LayoutItem type=\"{}\" id=\"{}\" uuid=\"{}\" templateUuid=\"{}\" position=\"{},{},mm\" "
      "positionOnPage=\"{},{},mm\" size=\"{},{},mm\" zValue=\"{}\" referencePoint=\"0\" visibility=\"1\" opacity=\"1\" "
      "itemRotation=\"0\" blendMode=\"0\" positionLock=\"false\" groupUuid=\"\" excludeFromExports=\"0\" frame=\"{}\" "
      "frameJoinStyle=\"miter\" outlineWidthM=\"0.2,mm\" background=\"{}\" {}>\n    {}{}{}\n   </LayoutItem>",
      item.type, xml_escape(item.id), uuid, uuid, shortest(f.x), shortest(f.y), shortest(f.x), shortest(f.y),
      shortest(f.width), shortest(f.height), item.z, item.framed, !item.background.empty(), attributes,
      rgba_element("FrameColor", "150,150,148,255"),
      rgba_element("BackgroundColor", item.background.empty() ? "255,255,255,255" : item.background), body);
}

std::string font(std::string const& size, bool bold) {
  return fmt::format("Arial,{},-1,5,{},0,0,0,0,0", size, bold ? 75 : 50);
}

struct TextStyle {
  double largest, smallest;  ///< points; the text decides what fits
  bool bold = false;
  std::string colour = ink;
  int align = 1;    ///< 1 left, 2 right, 4 centre
  int valign = 32;  ///< 32 top, 64 bottom, 128 centre
  double margin = 0;
};

std::string label_xml(LayoutContent const& content, Item const& item, std::string const& text, TextStyle const& style) {
  FittedText const shown = fitted(text, {item.frame.width - 2 * style.margin, item.frame.height - 2 * style.margin,
                                         style.largest, style.smallest, style.bold});
  return item_xml(
      content, item,
      fmt::format("labelText=\"{}\" htmlState=\"0\" halign=\"{}\" valign=\"{}\" marginX=\"{}\" marginY=\"{}\"",
                  xml_escape(shown.text), style.align, style.valign, shortest(style.margin), shortest(style.margin)),
      fmt::format("\n    <LabelFont description=\"{}\" style=\"\"/>\n    {}", font(shortest(shown.size), style.bold),
                  rgba_element("FontColor", style.colour)));
}

std::string fill_symbol(std::string const& colour) {
  return fmt::format(
      "<symbol name=\"\" type=\"fill\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\"><layer class=\"SimpleFill\" "
      "enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\"><Option name=\"color\" type=\"QString\" "
      "value=\"{}\"/>"
      "<Option name=\"style\" type=\"QString\" value=\"solid\"/><Option name=\"outline_style\" type=\"QString\" "
      "value=\"no\"/></Option></layer></symbol>",
      colour);
}

std::string line_symbol(std::string const& colour, std::string const& width) {
  return fmt::format(
      "<symbol name=\"\" type=\"line\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\"><layer class=\"SimpleLine\" "
      "enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\"><Option name=\"line_color\" type=\"QString\" "
      "value=\"{}\"/><Option name=\"line_width\" type=\"QString\" value=\"{}\"/><Option name=\"line_width_unit\" "
      "type=\"QString\" value=\"MM\"/><Option name=\"capstyle\" type=\"QString\" value=\"square\"/></Option></layer>"
      "</symbol>",
      colour, width);
}

std::string rule_xml(LayoutContent const& content) {
  return item_xml(content, {65643, "rule", rule_frame, 3, ""}, "shapeType=\"1\" cornerRadiusMeasure=\"0,mm\"",
                  "\n    " + fill_symbol("59,82,139,255"));
}

/// The extent widened to the shape of the map frame, so that QGIS need not change it.
Box map_extent(Box box) {
  if (box.empty()) box = {0, 0, 1000, 1000};
  double const margin = 0.02 * std::max({box.width(), box.height(), 1.0});
  box = box.grown(margin);
  Point const centre = box.centre();
  double const ratio = map_frame.width / map_frame.height;
  double const width = std::max(box.width(), box.height() * ratio), height = width / ratio;
  return {centre.x - width / 2, centre.y - height / 2, centre.x + width / 2, centre.y + height / 2};
}

std::string map_xml(LayoutContent const& content, Box const& extent) {
  return item_xml(
      content, {65639, "map", map_frame, 1, "255,255,255,255", true},
      fmt::format("followPreset=\"true\" followPresetName=\"{}\" keepLayerSet=\"false\" keepLayerStyles=\"false\" "
                  "drawCanvasItems=\"true\" mapRotation=\"0\" mapFlags=\"0\" labelMargin=\"0,mm\" isTemporal=\"0\"",
                  xml_escape(content.theme)),
      fmt::format("\n    <Extent xmin=\"{}\" ymin=\"{}\" xmax=\"{}\" ymax=\"{}\"/>\n    <LayerSet/>",
                  shortest(extent.min_x), shortest(extent.min_y), shortest(extent.max_x), shortest(extent.max_y)));
}

std::string legend_style(char const* name, double size, bool bold, std::string const& margins) {
  return fmt::format(
      "\n     <style name=\"{}\" alignment=\"1\" indent=\"0\" {}><styleFont description=\"{}\" style=\"\"/></style>",
      name, margins, font(shortest(size), bold));
}

/// How much smaller than usual a legend must be to end above the notice: its lines are 5.6 mm apart, headings 8 mm.
double legend_scale(LayoutContent const& content) {
  double height = 8;
  for (auto const& layer : content.legend)
    height += 5.6 * static_cast<double>(layer.lines) + (layer.lines > 1 ? 2.4 : 0);
  double const scale = std::min(1.0, legend_frame.height / height);
  return std::max(0.55, std::floor(scale * 50) / 50);
}

std::string legend_styles(double scale) {
  auto const mm = [scale](double size) { return shortest(std::round(size * scale * 100) / 100); };
  return "\n    <styles>" + legend_style("title", 13, true, "marginBottom=\"2\"") +
         legend_style("group", 10 * scale, true, "marginTop=\"" + mm(3) + "\"") +
         legend_style("subgroup", 9.5 * scale, true, "marginTop=\"" + mm(3.5) + "\"") +
         legend_style("symbol", 9 * scale, false, "marginTop=\"" + mm(1.6) + "\"") +
         legend_style("symbolLabel", 9 * scale, false, "marginLeft=\"2.5\" marginTop=\"" + mm(1.6) + "\"") +
         "\n    </styles>";
}

std::string legend_xml(LayoutContent const& content) {
  double const scale = legend_scale(content);
  std::string layers;
  for (auto const& layer : content.legend)
    layers += fmt::format(
        "\n     <layer-tree-layer id=\"{}\" name=\"{}\" checked=\"Qt::Checked\" expanded=\"1\" "
        "providerKey=\"ogr\"><customproperties><Option type=\"Map\"><Option name=\"cached_name\" type=\"QString\" "
        "value=\"{}\"/><Option name=\"legend/title-label\" type=\"QString\" value=\"{}\"/></Option></customproperties>"
        "</layer-tree-layer>",
        layer.id, xml_escape(layer.name), xml_escape(layer.name), xml_escape(wrapped(layer.name, longest_heading)));
  return item_xml(
      content, {65642, "legend", legend_frame, 4, ""},
      fmt::format("title=\"{}\" titleAlignment=\"1\" map_uuid=\"{}\" legendFilterByAtlas=\"0\" columnCount=\"1\" "
                  "splitLayer=\"0\" equalColumnWidth=\"0\" resizeToContents=\"1\" boxSpace=\"2\" columnSpace=\"2\" "
                  "symbolWidth=\"7\" symbolHeight=\"{}\" minSymbolSize=\"0\" maxSymbolSize=\"0\" symbolAlignment=\"1\" "
                  "lineSpacing=\"1\" wrapChar=\"{}\" fontColor=\"#232323\" rasterBorder=\"1\" rasterBorderWidth=\"0\" "
                  "rasterBorderColor=\"0,0,0,255\" wmsLegendWidth=\"50\" wmsLegendHeight=\"25\"",
                  xml_escape(content.legend_title), stable_uuid(content.name + "/map"), shortest(4 * scale),
                  legend_break),
      legend_styles(scale) + "\n    <layer-tree-group>" + layers + "\n    </layer-tree-group>");
}

/// A double bar that QGIS fits to 45–70 mm in round numbers, also after the user zooms the map.
std::string scale_bar_xml(LayoutContent const& content, Box const& extent) {
  bool const kilometres = extent.width() * content.metres_per_unit > 6000;
  char const* const unit = kilometres ? "km" : "m";
  return item_xml(
      content, {65646, "scale_bar", scale_frame, 5, ""},
      fmt::format(
          "style=\"Single Box\" mapUuid=\"{}\" unitType=\"{}\" unitLabel=\"{}\" numMapUnitsPerScaleBarUnit=\"1\" "
          "segmentSizeMode=\"1\" minBarWidth=\"45\" maxBarWidth=\"62\" numSegments=\"2\" numSegmentsLeft=\"0\" "
          "numSubdivisions=\"1\" subdivisionsHeight=\"1.5\" numUnitsPerSegment=\"1\" segmentMillimeters=\"25\" "
          "height=\"2\" labelBarSpace=\"2\" boxContentSpace=\"1\" alignment=\"0\" labelVerticalPlacement=\"0\" "
          "labelHorizontalPlacement=\"0\" lineJoinStyle=\"miter\" lineCapStyle=\"square\" outlineWidth=\"0.2\"",
          stable_uuid(content.name + "/map"), kilometres ? "km" : "meters", unit),
      fmt::format("\n    <text-style fontFamily=\"Arial\" fontSize=\"8\" fontSizeUnit=\"Point\" fontWeight=\"50\" "
                  "textColor=\"{}\" textOpacity=\"1\"/>\n    <lineSymbol>{}</lineSymbol>\n    <divisionLineSymbol>{}"
                  "</divisionLineSymbol>\n    <subdivisionLineSymbol>{}</subdivisionLineSymbol>\n    <fillSymbol1>{}"
                  "</fillSymbol1>\n    <fillSymbol2>{}</fillSymbol2>",
                  ink, line_symbol(ink, "0.2"), line_symbol(ink, "0.2"), line_symbol(ink, "0.2"), fill_symbol(ink),
                  fill_symbol("255,255,255,255")));
}

std::string north_xml(LayoutContent const& content) {
  std::string const svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"42\" viewBox=\"0 0 30 42\"><text x=\"15\" "
      "y=\"9\" "
      "text-anchor=\"middle\" font-family=\"Arial, sans-serif\" font-size=\"10\" font-weight=\"bold\" "
      "fill=\"#232323\">{}</text><path d=\"M15 12 L24 40 L15 34 Z\" fill=\"#232323\"/><path d=\"M15 12 L6 40 L15 34 "
      "Z\" "
      "fill=\"#ffffff\" stroke=\"#232323\" stroke-width=\"0.8\" stroke-linejoin=\"round\"/></svg>",
      xml_escape(content.north));
  return item_xml(
      content, {65640, "north_arrow", north_frame, 6, ""},
      fmt::format("file=\"base64:{}\" mode=\"0\" resizeMode=\"0\" anchorPoint=\"4\" pictureRotation=\"0\" "
                  "mapUuid=\"{}\" northMode=\"0\" northOffset=\"0\" svgFillColor=\"255,255,255,255\" "
                  "svgBorderColor=\"0,0,0,255\" svgBorderWidth=\"0.2\" pictureWidth=\"15\" pictureHeight=\"21\"",
                  base64(svg), stable_uuid(content.name + "/map")),
      "");
}

std::string page_xml(LayoutContent const& content) {
  return "\n   <PageCollection>\n    " + fill_symbol("255,255,255,255") +
         item_xml(content, {65638, "page", {0, 0, page_width, page_height}, 0, "255,255,255,255"}, "",
                  "\n    " + fill_symbol("255,255,255,255")) +
         "\n    <GuideCollection visible=\"1\"/>\n   </PageCollection>";
}

}  // namespace

std::string stable_uuid(std::string const& text) {
  std::string const h = sha256(text);
  return fmt::format("{{{}-{}-{}-{}-{}}}", h.substr(0, 8), h.substr(8, 4), h.substr(12, 4), h.substr(16, 4),
                     h.substr(20, 12));
}

std::string layout_xml(LayoutContent const& content) {
  Box const extent = map_extent(content.extent);
  std::string xml = fmt::format("\n  <Layout name=\"{}\" units=\"mm\" printResolution=\"300\" worldFileMap=\"{}\">",
                                xml_escape(content.name), stable_uuid(content.name + "/map"));
  xml +=
      "\n   <Snapper snapToGuides=\"1\" snapToItems=\"1\" snapToGrid=\"0\" tolerance=\"5\"/>\n   <Grid "
      "resolution=\"10\" "
      "resUnits=\"mm\" offsetX=\"0\" offsetY=\"0\" offsetUnits=\"mm\"/>";
  xml += page_xml(content) + map_xml(content, extent);
  auto const label = [&](char const* id, Frame const& frame, std::string const& text, TextStyle const& style) {
    if (!text.empty()) xml += label_xml(content, {65641, id, frame, 2, ""}, text, style);
  };
  label("title", title_frame, content.title, {.largest = 22, .smallest = 9, .bold = true, .valign = 64});
  label("subtitle", subtitle_frame, content.subtitle, {.largest = 12, .smallest = 7, .colour = grey});
  xml += rule_xml(content) + legend_xml(content);
  if (!content.notice.empty())
    xml += label_xml(content, {65641, "notice", notice_frame, 5, "255,244,214,255"}, content.notice,
                     {.largest = 8.5, .smallest = 5, .bold = true, .valign = 128, .margin = 2});
  xml += scale_bar_xml(content, extent) + north_xml(content);
  label("source", source_frame, content.source, {.largest = 8, .smallest = 5, .colour = grey});
  label("imprint", imprint_frame, content.imprint, {.largest = 8, .smallest = 5, .colour = grey, .align = 2});
  xml +=
      "\n   <Atlas enabled=\"0\" coverageLayer=\"\" hideCoverage=\"0\" sortFeatures=\"0\" filterFeatures=\"0\" "
      "pageNameExpression=\"\" filenamePattern=\"\"/>";
  return xml + "\n  </Layout>";
}

}  // namespace terrein::report
