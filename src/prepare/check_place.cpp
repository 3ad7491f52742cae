#include <fmt/core.h>

#include <cmath>
#include <optional>
#include <utility>

#include "prepare/steps.hpp"
#include "terrein/core/error.hpp"
#include "terrein/geometry/area_of_use.hpp"

namespace terrein::prepare {
namespace {

/// The corners of the extent lie in the area: true of nearly every layer, and quickly seen.
bool holds_extent(AreaOfUse const& area, Box const& box) {
  return box.empty() || (area.holds({box.min_x, box.min_y}) && area.holds({box.max_x, box.min_y}) &&
                         area.holds({box.min_x, box.max_y}) && area.holds({box.max_x, box.max_y}));
}

/// Longitude and latitude in and around the Low Countries.
bool in_low_countries(Point place) { return place.x > 2 && place.x < 8 && place.y > 49 && place.y < 54; }
bool in_low_countries(Box const& box) {
  return in_low_countries(Point{box.min_x, box.min_y}) && in_low_countries(Point{box.max_x, box.max_y});
}
Box with_axes_swapped(Box const& box) { return {box.min_y, box.min_x, box.max_y, box.max_x}; }

/// Degrees where metres belong: a point, or a shape that lies whole among the degrees of the Low Countries. Other
/// shapes may well lie around the origin of a local system.
bool is_in_degrees(Layer const& layer, Row row) {
  if (!layer.crs.projected) return false;
  Box const& box = layer.geometry.box[row];
  if (layer.geometry.kind[row] == GeometryKind::point) return looks_like_degrees(box.centre());
  return in_low_countries(box) || in_low_countries(with_axes_swapped(box));
}

bool any_in_degrees(Layer const& layer) {
  for (Row row = 0; row < layer.size(); ++row)
    if (is_in_degrees(layer, row)) return true;
  return false;
}

std::vector<Row> rows_outside(AreaOfUse const& area, Layer const& layer) {
  GeometryColumn const& column = layer.geometry;
  std::vector<Row> out;
  for (Row row = 0; row < column.size(); ++row)
    if (column.has_place(row) && column.all_finite(row) &&
        (!area.holds(column.box[row].centre()) || is_in_degrees(layer, row)))
      out.push_back(row);
  return out;
}

std::size_t rows_with_shape(GeometryColumn const& column) {
  std::size_t out = 0;
  for (Row row = 0; row < column.size(); ++row) out += column.has_place(row) ? 1U : 0U;
  return out;
}

/// What the label may have to be: the CRS in use in and around Flanders, and the study's.
struct Reading {
  std::string crs;
  bool swapped;
};

constexpr double near_origin = 1000;  // metres; nobody's land lies there

/// In the area of the CRS; degrees in or around the Low Countries, and planar coordinates away from the origin, because
/// small numbers fit somewhere in most CRS.
bool all_lie_well(Reading const& reading, GeometryColumn const& column) {
  Crs const crs = crs_from(reading.crs);
  AreaOfUse const area(crs);
  for (Row row = 0; row < column.size(); ++row) {
    if (!column.has_place(row) || !column.all_finite(row)) continue;
    Point place = column.box[row].centre();
    if (reading.swapped) std::swap(place.x, place.y);
    if (!area.holds(place)) return false;
    if (crs.projected && std::abs(place.x) < near_origin && std::abs(place.y) < near_origin) return false;
    if (!crs.projected && !in_low_countries(place)) return false;
  }
  return true;
}

/// The first usual CRS that all shapes fit, other than their label.
std::optional<Reading> reading_that_fits(GeometryColumn const& column, Crs const& labelled, Crs const& study,
                                         bool may_be_swapped) {
  std::vector<Reading> readings;
  for (char const* code : {"EPSG:31370", "EPSG:3812", "EPSG:28992", "EPSG:25831"}) readings.push_back({code, false});
  for (bool const swapped : {false, true}) readings.push_back({"EPSG:4258", swapped});
  if (!study.authority.empty()) readings.insert(readings.begin(), {study.authority, false});
  for (Reading const& reading : readings) {
    if (reading.crs == labelled.authority && !reading.swapped) continue;
    if ((!reading.swapped || may_be_swapped) && all_lie_well(reading, column)) return reading;
  }
  return std::nullopt;
}

std::string label(Crs const& crs) { return crs.authority.empty() ? crs.name : crs.authority; }

/// Longitude and latitude in the wrong order lie in the Indian Ocean, where any geographic CRS holds them.
void refuse_swapped_degrees(Layer const& layer, Crs const& study) {
  Box const box = layer.geometry.extent();
  if (layer.crs.projected || box.empty() || !in_low_countries(with_axes_swapped(box))) return;
  std::vector<double> centre{box.centre().x, box.centre().y};
  Transform(layer.crs, study, box).apply(centre);
  if (AreaOfUse(study).holds({centre[0], centre[1]})) return;
  throw_error(
      ErrorKind::crs,
      "Layer '{}' ({}) has its longitudes and latitudes in the wrong order: as they stand ({:.6g} {:.6g} to "
      "{:.6g} {:.6g}) they lie outside the area of {}. Say swap_axes = true for this layer, or correct the file.",
      layer.name, label(layer.crs), box.min_x, box.min_y, box.max_x, box.max_y, label(study));
}

/// Rows that are so many, and fit another CRS so well, that they are no single mistakes.
void refuse_second_crs(Layer const& layer, std::vector<Row> const& outside, std::size_t shapes, Crs const& study) {
  if (outside.size() < 2 || 100 * outside.size() < shapes) return;
  GeometryColumn doubtful;
  GeometryBuilder builder(doubtful);
  for (Row const row : outside) builder.copy_row(layer.geometry, row);
  auto const reading = reading_that_fits(doubtful, layer.crs, study, true);
  if (!reading) return;
  Point const place = doubtful.box.front().centre();
  throw_error(
      ErrorKind::crs,
      "Layer '{}' mixes coordinate systems: {} of its {} shapes lie outside the area of {} and fit {}{} (feature "
      "'{}' at {:.10g} {:.10g}). Split the file by coordinate system, or keep the rows of one with `where`.",
      layer.name, outside.size(), shapes, label(layer.crs), reading->crs,
      reading->swapped ? " with x and y swapped" : "", layer.id[outside.front()], place.x, place.y);
}

}  // namespace

std::string what_fits(GeometryColumn const& column, Crs const& labelled, Crs const& study, bool is_raster) {
  auto const reading = reading_that_fits(column, labelled, study, !is_raster);
  if (!reading) return "No usual CRS fits them either: ask the publisher what they mean.";
  if (reading->swapped)
    return "They fit longitude and latitude in degrees with x and y swapped: say crs_override = \"EPSG:4258\" and "
           "swap_axes = true for this layer, or correct the file.";
  return fmt::format(
      "They fit {}: say crs_override = \"{}\" for this layer, or correct the file with {} -a_srs "
      "{}.",
      reading->crs, reading->crs, is_raster ? "gdal_translate" : "ogr2ogr", reading->crs);
}

bool looks_like_degrees(Point place) { return std::abs(place.x) <= 180 && std::abs(place.y) <= 90; }

void check_place(Layer const& layer, Crs const& study, Issues& issues) {
  refuse_swapped_degrees(layer, study);
  AreaOfUse const area(layer.crs);
  if (holds_extent(area, layer.geometry.extent()) && !any_in_degrees(layer)) return;
  auto const outside = rows_outside(area, layer);
  std::size_t const shapes = rows_with_shape(layer.geometry);
  if (2 * outside.size() > shapes) {
    Point const place = layer.geometry.box[outside.front()].centre();
    throw_error(
        ErrorKind::crs,
        "Layer '{}' says that its coordinates are {} ({}), but {} of its {} shapes lie outside the area of that "
        "CRS (feature '{}' at {:.10g} {:.10g}{}). {}",
        layer.name, layer.crs.authority, layer.crs.name, outside.size(), shapes, layer.id[outside.front()], place.x,
        place.y, is_in_degrees(layer, outside.front()) ? ", degrees where metres belong" : "",
        what_fits(layer.geometry, layer.crs, study, false));
  }
  refuse_second_crs(layer, outside, shapes, study);
  for (Row const row : outside)
    issues.add(issue_at(
        layer, row, "read", "outside_area_of_use", Severity::warning,
        fmt::format("The feature lies outside the area of {}; its coordinates are doubtful.", label(layer.crs))));
}

}  // namespace terrein::prepare
