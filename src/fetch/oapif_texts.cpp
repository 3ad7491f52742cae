#include "fetch/oapif_texts.hpp"

#include <algorithm>

#include "fetch/crs_text.hpp"
#include "fetch/json_values.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using Json = nlohmann::json;

/// The first box of the extent, two- or three-dimensional, in CRS84.
std::optional<Box> lon_lat_box(Json const& collection) {
  Json const& boxes = part_in(part_in(part_in(collection, "extent"), "spatial"), "bbox");
  if (!boxes.is_array() || boxes.empty() || !boxes.front().is_array()) return std::nullopt;
  std::vector<double> numbers;
  for (Json const& number : boxes.front())
    if (number.is_number()) numbers.push_back(number.get<double>());
  bool const deep = numbers.size() == 6;
  if (numbers.size() != 4 && !deep) return std::nullopt;
  Box const box{numbers[0], numbers[1], numbers[deep ? 3 : 2], numbers[deep ? 4 : 3]};
  return box.empty() ? std::nullopt : std::optional(box);
}

std::string id_text(Json const& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_number() ? value.dump() : std::string{};
}

std::string id_of(Json const& feature, OapifReading const& reading) {
  bool const own = reading.id_field.empty();
  Json const& holder = own ? feature : part_in(feature, "properties");
  auto const found = holder.find(own ? "id" : reading.id_field.c_str());
  std::string id = found == holder.end() ? std::string{} : id_text(*found);
  if (id.empty() && own)
    throw_error(ErrorKind::input,
                "{} gives rows without id, so that nobody can tell whether a page repeats rows. Name a field whose "
                "values are unique with --id-field.",
                reading.what);
  if (id.empty())
    throw_error(ErrorKind::input,
                "{} gives a row without '{}', which --id-field names. Name a field that every row has.", reading.what,
                reading.id_field);
  return id;
}

Feature read_feature(Json const& json, OapifReading const& reading, bool swapped) {
  Feature out;
  out.id = id_of(json, reading);
  if (auto const id = json.find("id"); id != json.end() && !id->is_null())
    out.values.emplace_back("feature_id", cell_of(*id));
  for (auto const& [name, value] : part_in(json, "properties").items()) out.values.emplace_back(name, cell_of(value));
  auto const shape = json.find("geometry");
  if (shape == json.end()) return out;
  try {
    out.shape = shape_from_geojson(shape->dump(), swapped);
  } catch (Error const& error) {
    throw_error(error.kind(), "{}: row '{}': {} Ask the publisher of the service.", reading.what, out.id, error.what());
  }
  return out;
}

/// The link to the next page; of several the one to GeoJSON.
std::string next_link(Json const& page) {
  std::string out;
  for (Json const& link : part_in(page, "links")) {
    if (!link.is_object() || text_in(link, "rel") != "next") continue;
    std::string const type = text_in(link, "type");
    if (type.find("html") != std::string::npos) continue;
    if (out.empty() || type.find("geo+json") != std::string::npos) out = text_in(link, "href");
  }
  return out;
}

}  // namespace

OapifCollection parse_oapif_collection(std::string const& text, std::string const& what) {
  Json const json = parse_object(text, what);
  OapifCollection out;
  out.id = text_in(json, "id");
  out.title = text_in(json, "title");
  out.description = text_in(json, "description");
  out.attribution = text_in(json, "attribution");
  out.storage_crs = text_in(json, "storageCrs");
  for (Json const& crs : part_in(json, "crs"))
    if (crs.is_string()) out.crs.push_back(crs.get<std::string>());
  out.lon_lat = lon_lat_box(json);
  if (out.id.empty())
    throw_error(ErrorKind::input, "{} is no description of a collection: it has no id. Check the address.", what);
  return out;
}

Page parse_oapif_page(std::string const& text, OapifReading const& reading) {
  Json const json = parse_object(text, reading.what);
  if (text_in(json, "type") != "FeatureCollection" || !part_in(json, "features").is_array())
    throw_error(ErrorKind::input, "{} answers without a list of features where rows are due.", reading.what);
  Page out;
  out.returned = number_in(json, "numberReturned");
  out.matched = number_in(json, "numberMatched");
  out.time = text_in(json, "timeStamp");
  out.next = next_link(json);
  bool const swapped = crs_in(reading.crs).swapped;
  for (Json const& feature : part_in(json, "features")) out.features.push_back(read_feature(feature, reading, swapped));
  return out;
}

std::string offset_name(std::string const& link) {
  auto const mark = link.find('?');
  if (mark == std::string::npos) return {};
  for (std::string const& pair : split(link.substr(mark + 1, link.find('#', mark) - mark - 1), '&')) {
    std::string const name = pair.substr(0, pair.find('='));
    for (char const* known : {"offset", "startindex", "start", "skip"})
      if (lower(name) == known) return name;
  }
  return {};
}

}  // namespace terrein
