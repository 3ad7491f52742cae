#include "io/json_shapes.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

using Json = nlohmann::json;

/// Coordinates that hold anything but empty lists.
bool holds_something(Json const& coordinates) {
  if (!coordinates.is_array()) return !coordinates.is_null();
  return std::any_of(coordinates.begin(), coordinates.end(), holds_something);
}

/// Whether a geometry member says that there is a shape.
bool states_shape(Json const& geometry) {
  if (geometry.is_null()) return false;
  if (!geometry.is_object()) return true;
  if (auto const parts = geometry.find("geometries"); parts != geometry.end())
    return !parts->is_array() || std::any_of(parts->begin(), parts->end(),
                                             [](Json const& part) { return !part.is_object() || states_shape(part); });
  auto const coordinates = geometry.find("coordinates");
  return coordinates != geometry.end() && holds_something(*coordinates);
}

/// The text of a feature, or of a document that is a geometry and nothing else.
bool text_states_shape(std::string const& text) {
  Json const json = Json::parse(text, nullptr, false);
  if (json.is_discarded() || !json.is_object()) return true;
  auto const geometry = json.find("geometry");
  return geometry != json.end() ? states_shape(*geometry) : states_shape(json);
}

std::string document(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::vector<Row> unreadable_json_shapes(Source const& source, std::string const& layer, std::vector<Row> const& rows) {
  std::vector<Row> out;
  if (rows.empty() || !source.driver.starts_with("GeoJSON")) return out;
  gdal::CplErrorScope const quiet;
  std::string const path = gdal::text_of(GDALGetDescription(source.dataset.get()));
  gdal::List const options(CSLSetNameValue(nullptr, "NATIVE_DATA", "YES"));
  char const* const driver[] = {source.driver.c_str(), nullptr};
  gdal::Dataset const dataset(
      GDALOpenEx(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, driver, options.get(), nullptr));
  OGRLayerH const again = dataset ? GDALDatasetGetLayerByName(dataset.get(), layer.c_str()) : nullptr;
  if (again == nullptr) return rows;  // what cannot be looked at again was not read
  auto next = rows.begin();
  for (Row row = 0; next != rows.end(); ++row) {
    if (row % 1024 == 0) check_stop();
    gdal::Feature const feature{OGR_L_GetNextFeature(again)};
    if (!feature) break;
    if (row != *next) continue;
    char const* const native = OGR_F_GetNativeData(feature.get());
    if (text_states_shape(native != nullptr ? native : document(path))) out.push_back(row);
    ++next;
  }
  return out;
}

}  // namespace terrein
