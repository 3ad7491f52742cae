#include <map>
#include <set>

#include "report/field_xml.hpp"
#include "report/style_parts.hpp"
#include "report/template.hpp"
#include "terrein/core/csv.hpp"
#include "terrein/core/data_file.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/report/style.hpp"

namespace terrein {

namespace {

using namespace report;

char const* shape_name(ShapeType shape) {
  switch (shape) {
    case ShapeType::point:
      return "point";
    case ShapeType::line:
      return "line";
    case ShapeType::polygon:
      return "polygon";
    case ShapeType::none:
      break;
  }
  return "";
}

char const* symbol_type(ShapeType shape) {
  return shape == ShapeType::point ? "marker" : shape == ShapeType::line ? "line" : "fill";
}

/// The look a layer key stands for: itself, or what styles/looks.csv says.
std::string look_of(std::filesystem::path const& styles, std::string const& key) {
  CsvTable const looks = read_csv(styles / "looks.csv");
  std::size_t const name = looks.column("key"), look = looks.column("look");
  for (auto const& row : looks.rows)
    if (row[name] == key) return row[look];
  return key;
}

/// A look becomes part of a file name, so only plain words may ask for one.
bool is_plain_word(std::string_view look) {
  return !look.empty() && look.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

/// True when a template draws this type of shape.
bool draws(std::filesystem::path const& file, ShapeType shape) {
  if (!std::filesystem::exists(file)) return false;
  auto const text = read_data_file(file);
  auto const symbol = text.find("<symbol name=\"0\" type=\"");
  return symbol != std::string::npos &&
         text.compare(symbol + 23, std::string_view(symbol_type(shape)).size(), symbol_type(shape)) == 0;
}

std::string template_for(std::filesystem::path const& styles, std::string const& look, ShapeType shape) {
  std::string const shape_file = std::string("context_") + shape_name(shape) + ".qml";
  if (!is_plain_word(look)) return shape_file;
  for (std::string const& file : {"context_" + look + '_' + shape_name(shape) + ".qml", "context_" + look + ".qml"})
    if (draws(styles / file, shape)) return file;
  return shape_file;
}

/// Colours of the templates by shape type: those of the key, else of its look, else neutral.
void set_colours(Values& values, std::string const& key, std::string const& look, ShapeType shape) {
  for (std::string const part : {"fill", "line"}) {
    auto found = values.find(key + '_' + part);
    if (found == values.end()) found = values.find(look + '_' + part);
    if (found == values.end()) found = values.find(std::string(shape_name(shape)) + '_' + part);
    if (found != values.end()) values[part] = found->second;
  }
}

/// Whether a text column has one of some words; false without the column.
std::string has_word(std::string const& column, std::string const& pattern) {
  if (column.empty()) return "false";
  return "coalesce(regexp_match(lower(" + column_ref(column) + "), '" + pattern + "') > 0, false)";
}

/// The column that tells motorways from streets, as road data sets of several makers call it; empty without one.
std::string road_class_column(Table const& table) {
  for (std::string_view const wanted : {"class", "highway", "fclass", "lblmorf", "lblwegcat", "klasse", "wegklasse"})
    for (auto const& name : table.names())
      if (lower(name) == wanted && std::holds_alternative<TextColumn>(*table.find(name))) return name;
  return {};
}

Labeling labeling_of(std::string const& look, OutputLayer const& layer) {
  Labeling labeling{.expression = heading_expression(layer.table)};
  if (layer.shape == ShapeType::point) labeling.placement = "6";
  if (look == "terminals") labeling.smallest_scale = "120000";
  if (look == "stations") labeling.smallest_scale = "60000";
  if (look == "municipalities") labeling.smallest_scale = "250000";
  return labeling;
}

}  // namespace

std::string issues_qml(std::filesystem::path const& styles, OutputLayer const& layer, Labels const& labels) {
  Values values = template_values(styles, labels);
  std::vector<std::pair<std::string, std::string>> severities;
  for (auto const& [code, text] : labels.all("severity")) {
    severities.emplace_back(code, text);
    values["severity_" + code + "_label"] = text;
  }
  values["severity"] = column_ref("severity");
  values["fields"] = fields_xml(layer, labels);
  values["map_tip"] = fill_file(styles, "tip_issue.html", {{"severity_label", label_case("severity", severities)}});
  return fill_file(styles, "issues.qml", values);
}

std::string context_qml(std::filesystem::path const& styles, std::string const& look, OutputLayer const& layer,
                        Labels const& labels) {
  if (layer.shape == ShapeType::none)
    throw_error(ErrorKind::internal, "layer '{}' has no shapes, so it has no style", layer.name);
  std::string const key = lower(look), known = look_of(styles, key);
  Values values = template_values(styles, labels);
  set_colours(values, key, known, layer.shape);
  std::string const modes = layer.table.find("modes") == nullptr ? "" : "modes";
  values["rail"] = has_word(modes, "rail|spoor");
  values["water"] = has_word(modes, "barge|sea|water|binnenvaart|zeevaart");
  std::string const road_class = road_class_column(layer.table);
  values["motorway"] = has_word(road_class, "^(motorway|trunk|autosnelweg|snelweg|autoweg|hoofdweg)");
  values["main_road"] =
      has_word(road_class, "^(primary|secondary|gewestweg|primaire|secundaire|motorway_link|op- en afrit)");
  values["fields"] = fields_xml(layer, labels);
  values["map_tip"] = fill_file(styles, "tip_plain.html", {{"heading", heading_expression(layer.table)}});
  values["labeling"] = labeling_xml(styles, values, labeling_of(known, layer));
  std::string const drawn = known == "roads" && !road_class.empty() ? "roads_by_class" : known;
  return fill_file(styles, template_for(styles, drawn, layer.shape), values);
}

}  // namespace terrein
