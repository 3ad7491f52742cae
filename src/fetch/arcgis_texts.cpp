#include "fetch/arcgis_texts.hpp"

#include <algorithm>
#include <cmath>

#include "fetch/json_values.hpp"
#include "terrein/core/clock.hpp"
#include "terrein/core/error.hpp"

namespace terrein {
namespace {

using Json = nlohmann::json;

std::string crs_of(Json const& reference) {
  for (char const* name : {"latestWkid", "wkid"}) {
    auto const code = number_in(reference, name);
    constexpr long long first_of_esri = 37000, web_mercator = 102100;
    if (!code || *code == 0) continue;
    if (*code == web_mercator) return "EPSG:3857";
    return (*code < first_of_esri ? "EPSG:" : "ESRI:") + std::to_string(*code);
  }
  return {};
}

bool flag(Json const& object, char const* name) {
  auto const found = object.find(name);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}

std::optional<Box> box_of(Json const& extent) {
  double numbers[4] = {};
  char const* const names[] = {"xmin", "ymin", "xmax", "ymax"};
  for (std::size_t i = 0; i < 4; ++i) {
    auto const found = extent.find(names[i]);
    if (found == extent.end() || !found->is_number()) return std::nullopt;  // "NaN" for an empty layer
    numbers[i] = found->get<double>();
  }
  Box const box{numbers[0], numbers[1], numbers[2], numbers[3]};
  return box.empty() ? std::nullopt : std::optional(box);
}

/// Milliseconds since 1970 as ISO text; anything else as it is.
Cell date_cell(Json const& value) {
  constexpr double far_away_ms = 2.5e14;  // the year 9892
  if (!value.is_number() || std::abs(value.get<double>()) > far_away_ms) return cell_of(value);
  return iso_time(static_cast<long long>(std::floor(value.get<double>() / 1000)));
}

Cell cell(ArcgisLayer::Field const* field, Json const& value) {
  return field != nullptr && field->type == "esriFieldTypeDate" ? date_cell(value) : cell_of(value);
}

ArcgisLayer::Field const* find_field(ArcgisLayer const& layer, std::string const& name) {
  for (ArcgisLayer::Field const& field : layer.fields)
    if (field.name == name) return &field;
  return nullptr;
}

Feature read_feature(Json const& json, ArcgisReading const& reading) {
  Feature out;
  Json const& attributes = part_in(json, "attributes");
  auto const id = attributes.find(reading.layer.id_field);
  if (id == attributes.end() || id->is_null())
    throw_error(ErrorKind::input, "{} gives a row without '{}', its object id. Ask the publisher of the service.",
                reading.what, reading.layer.id_field);
  out.id = id->is_string() ? id->get<std::string>() : id->dump();
  for (auto const& [name, value] : attributes.items())
    out.values.emplace_back(name, cell(find_field(reading.layer, name), value));
  auto const shape = json.find("geometry");
  if (shape == json.end() || shape->empty()) return out;
  try {
    out.shape = shape_from_esri_json(shape->dump());
  } catch (Error const& error) {
    throw_error(error.kind(), "{}: row '{}': {} Ask the publisher of the service.", reading.what, out.id, error.what());
  }
  return out;
}

}  // namespace

std::string arcgis_crs(std::string const& spatial_reference) {
  return crs_of(Json::parse(spatial_reference, nullptr, false));
}

ArcgisLayer parse_arcgis_layer(std::string const& text, std::string const& what) {
  Json const json = parse_object(text, what);
  ArcgisLayer out;
  out.name = text_in(json, "name");
  out.description = text_in(json, "description");
  out.attribution = text_in(json, "copyrightText");
  out.id_field = text_in(json, "objectIdField");
  for (Json const& field : part_in(json, "fields")) {
    out.fields.push_back({text_in(field, "name"), text_in(field, "type")});
    if (out.id_field.empty() && out.fields.back().type == "esriFieldTypeOID") out.id_field = out.fields.back().name;
  }
  std::erase_if(out.fields, [](ArcgisLayer::Field const& field) { return field.type == "esriFieldTypeGeometry"; });
  if (text_in(json, "geometryType").empty() || out.fields.empty())
    throw_error(ErrorKind::input,
                "{} is no layer with shapes (its type is '{}'). Name a layer by its number, as in …/MapServer/3.", what,
                text_in(json, "type"));
  if (out.id_field.empty())
    throw_error(ErrorKind::input,
                "{} has no object id field: nobody can tell whether all rows came. Ask its publisher.", what);
  if (auto const most = number_in(json, "maxRecordCount"); most && *most > 0)
    out.most_rows = static_cast<std::size_t>(*most);
  Json const& abilities = part_in(json, "advancedQueryCapabilities");
  out.pages = flag(abilities, "supportsPagination");
  out.orders = flag(abilities, "supportsOrderBy") || flag(json, "supportsAdvancedQueries");
  Json const& extent = part_in(json, "extent");
  out.crs = crs_of(part_in(json, "sourceSpatialReference"));
  std::string const of_extent = crs_of(part_in(extent, "spatialReference"));
  if (out.crs.empty()) out.crs = of_extent;
  if (out.crs == of_extent) out.extent = box_of(extent);
  return out;
}

Page parse_arcgis_page(std::string const& text, ArcgisReading const& reading) {
  Json const json = parse_object(text, reading.what);
  if (!part_in(json, "features").is_array())
    throw_error(ErrorKind::input, "{} answers without a list of features where rows are due.", reading.what);
  Page out;
  out.more = flag(json, "exceededTransferLimit");
  std::string const crs = crs_of(part_in(json, "spatialReference"));
  Json const& features = part_in(json, "features");
  if (!features.empty() && !crs.empty() && crs != reading.crs)
    throw_error(ErrorKind::input, "{} answers in {} although {} was asked. Fetch with --crs {}.", reading.what, crs,
                reading.crs, crs);
  for (Json const& feature : features) out.features.push_back(read_feature(feature, reading));
  return out;
}

}  // namespace terrein
