#include "io/table_points.hpp"

#include <algorithm>
#include <cmath>

#include "io/coordinate_text.hpp"
#include "io/fields.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

struct Pair {
  char const* x;
  char const* y;
  char const* crs;  ///< what such columns are in; empty = their names do not tell
};

/// Names that mean nothing else; docs/sources.md lists them.
constexpr Pair recognised_pairs[] = {
    {"lon", "lat", "EPSG:4326"},
    {"long", "lat", "EPSG:4326"},
    {"lng", "lat", "EPSG:4326"},
    {"longitude", "latitude", "EPSG:4326"},
    {"lengtegraad", "breedtegraad", "EPSG:4326"},
    {"x_31370", "y_31370", "EPSG:31370"},
    {"x_lambert72", "y_lambert72", "EPSG:31370"},
    {"x_3812", "y_3812", "EPSG:3812"},
    {"x_lambert2008", "y_lambert2008", "EPSG:3812"},
    {"x_28992", "y_28992", "EPSG:28992"},
    {"x_rd", "y_rd", "EPSG:28992"},
    {"x", "y", ""},
    {"x_coord", "y_coord", ""},
    {"x_coordinaat", "y_coordinaat", ""},
    {"point_x", "point_y", ""},
    {"geox", "geoy", ""},
    {"easting", "northing", ""},
};

std::vector<std::string> names_of(OGRLayerH layer) {
  OGRFeatureDefnH const definition = OGR_L_GetLayerDefn(layer);
  std::vector<std::string> out;
  for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i)
    out.push_back(gdal::text_of(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i))));
  return out;
}

/// The place of a name, without heed of capitals; -1 when it is not there.
int place_of(std::vector<std::string> const& names, std::string const& wanted) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (lower(trim(names[i])) == lower(trim(wanted))) return static_cast<int>(i);
  return -1;
}

std::string text_of(OGRFeatureH feature, int field) {
  if (OGR_F_IsFieldSetAndNotNull(feature, field) == 0) return {};
  std::string text = gdal::text_of(OGR_F_GetFieldAsString(feature, field));
  return std::string(trim(is_utf8(text) ? text : utf8_from_latin1(text)));
}

}  // namespace

std::optional<TablePoints> TablePoints::find(OGRLayerH layer, ReadOptions const& options, Origin const& origin) {
  auto const names = names_of(layer);
  TablePoints out;
  auto const require = [&](std::string const& wanted, char const* key) {
    int const index = place_of(names, wanted);
    if (index < 0)
      throw_error(ErrorKind::input, "{} has no column '{}', which the study names as {}.{}", origin.text(), wanted, key,
                  suggestion(wanted, names, 40));
    return Column{index, names[static_cast<std::size_t>(index)]};
  };
  if (!options.coordinates_field.empty()) {
    out.both_ = require(options.coordinates_field, "coordinates");
    out.crs_ = "EPSG:4326";  // UN/LOCODE's
    return out;
  }
  if (!options.x_field.empty()) {
    out.x_ = require(options.x_field, "x");
    out.y_ = require(options.y_field, "y");
    return out;
  }
  std::vector<std::string> found;
  for (Pair const& pair : recognised_pairs) {
    int const x = place_of(names, pair.x), y = place_of(names, pair.y);
    if (x < 0 || y < 0) continue;
    out.x_ = {x, names[static_cast<std::size_t>(x)]};
    out.y_ = {y, names[static_cast<std::size_t>(y)]};
    out.crs_ = pair.crs;
    out.named_ = false;
    found.push_back(out.columns_text());
  }
  if (found.size() > 1)
    throw_error(ErrorKind::input,
                "{} has several pairs of columns that may be its coordinates: {}. Say which with x = \"…\", y = \"…\" "
                "and crs = \"EPSG:…\" for this layer.",
                origin.text(), join(found, ", "));
  if (found.empty()) return std::nullopt;
  return out;
}

std::string TablePoints::columns_text() const {
  return both_.index >= 0 ? "'" + both_.name + "'" : "'" + x_.name + "' and '" + y_.name + "'";
}

std::vector<int> TablePoints::fields() const {
  return both_.index >= 0 ? std::vector<int>{both_.index} : std::vector<int>{x_.index, y_.index};
}

std::optional<double> TablePoints::number(OGRFeatureH feature, Column const& column) const {
  OGRFieldType const type = OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, column.index));
  if (type != OFTReal && type != OFTInteger && type != OFTInteger64)
    return parse_coordinate(text_of(feature, column.index), in_metres_);
  double const value = OGR_F_GetFieldAsDouble(feature, column.index);
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

PlaceRead TablePoints::read_both(OGRFeatureH feature) const {
  std::string const text = text_of(feature, both_.index);
  if (text.empty()) return {};
  if (auto const place = parse_unlocode_place(text)) return {place, {}, {}};
  return {std::nullopt, "not_a_coordinate",
          fmt::format("Column '{}' holds '{}', which is no place as UN/LOCODE writes it (degrees and minutes: '5103N "
                      "00343E'); the row has no shape.",
                      both_.name, text)};
}

PlaceRead TablePoints::read(OGRFeatureH feature) const {
  if (both_.index >= 0) return read_both(feature);
  std::string const x_text = text_of(feature, x_.index), y_text = text_of(feature, y_.index);
  if (x_text.empty() && y_text.empty()) return {};
  if (x_text.empty() || y_text.empty())
    return {std::nullopt, "missing_coordinate",
            fmt::format("Column '{}' is blank while '{}' holds '{}'; the row has no shape.",
                        x_text.empty() ? x_.name : y_.name, x_text.empty() ? y_.name : x_.name,
                        x_text.empty() ? y_text : x_text)};
  auto const x = number(feature, x_), y = number(feature, y_);
  if (x && y) return {Point{*x, *y}, {}, {}};
  return {std::nullopt, "not_a_coordinate",
          fmt::format("Column '{}' holds '{}', which is no plain number; the row has no shape. Write {} without "
                      "thousands separators, degree signs or units.",
                      x ? y_.name : x_.name, x ? y_text : x_text, in_metres_ ? "metres" : "decimal degrees")};
}

}  // namespace terrein
