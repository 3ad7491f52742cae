#include "io/shape_reader.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// Curves as lines, surfaces of patches as polygons; nothing when the shape is plain already.
gdal::Geometry simplified(OGRGeometryH shape) {
  OGRwkbGeometryType const type = OGR_GT_Flatten(OGR_G_GetGeometryType(shape));
  constexpr double arc_step_degrees = 1;  // as QGIS draws arcs: 4 cm off at a radius of 1 km
  if (OGR_G_HasCurveGeometry(shape, FALSE) != 0)
    return gdal::Geometry(OGR_G_GetLinearGeometry(shape, arc_step_degrees, nullptr));
  if (type == wkbPolyhedralSurface || type == wkbTIN || type == wkbTriangle)
    return gdal::Geometry(OGR_G_ForceToMultiPolygon(OGR_G_Clone(shape)));
  return nullptr;
}

/// A text in the column WKT; empty for a blank one.
std::string wkt_of(OGRFeatureH feature, int field) {
  if (field < 0 || OGR_F_IsFieldSetAndNotNull(feature, field) == 0) return {};
  return std::string(trim(gdal::text_of(OGR_F_GetFieldAsString(feature, field))));
}

/// "SRID=31370;POINT (1 2)", which GDAL does not read; nothing for other texts.
gdal::Geometry shape_with_srid(std::string const& text) {
  if (!lower(text).starts_with("srid=")) return nullptr;
  std::string wkt = text.substr(std::min(text.size(), text.find(';')));
  char* begin = wkt.data() + (wkt.empty() ? 0 : 1);
  OGRGeometryH shape = nullptr;
  gdal::CplErrorScope const quiet;  // what cannot be read is an issue of the row
  if (OGR_G_CreateFromWkt(&begin, nullptr, &shape) != OGRERR_NONE) return nullptr;
  return gdal::Geometry(shape);
}

}  // namespace

void ShapeReader::push(OGRFeatureH feature, std::string const& id, std::string const& fault) {
  if (!wanted_) return GeometryBuilder(column_).end_row(GeometryKind::null);
  if (points_ != nullptr) {
    push_point(feature, id);
    if (!fault.empty()) add_issue(id, "unreadable_value", "GDAL reports a fault in this row: " + fault + ".");
    return;
  }
  OGRGeometryH shape = OGR_F_GetGeometryRef(feature);
  std::string const wkt = shape == nullptr ? wkt_of(feature, wkt_field_) : std::string{};
  gdal::Geometry const made = shape_with_srid(wkt);
  if (made) shape = made.get();
  if (check_ != nullptr) check_->see(feature, shape);
  if (shape == nullptr && fault.empty() && wkt.empty()) return GeometryBuilder(column_).end_row(GeometryKind::null);
  bool mixed = false;
  if (shape == nullptr || !append(shape, mixed)) {
    GeometryBuilder(column_).end_row(GeometryKind::empty);
    add_issue(id, "unreadable_geometry",
              "The shape cannot be read and is taken as empty" + (fault.empty() ? "." : " (" + fault + ")."));
  } else if (!fault.empty()) {
    add_issue(id, "unreadable_value", "GDAL reports a fault in this row: " + fault + ".");
  }
  if (mixed)
    add_issue(id, "mixed_collection",
              "A collection of points, lines or polygons: only the parts of the highest "
              "dimension are kept.");
}

void ShapeReader::push_point(OGRFeatureH feature, std::string const& id) {
  PlaceRead read = points_->read(feature);
  GeometryBuilder builder(column_);
  if (!read.place) {
    builder.end_row(read.code.empty() ? GeometryKind::null : GeometryKind::empty);
    if (!read.code.empty()) add_issue(id, std::move(read.code), std::move(read.text));
    return;
  }
  if (swapped_) std::swap(read.place->x, read.place->y);
  builder.vertex(read.place->x, read.place->y);
  builder.end_path();
  builder.end_part();
  builder.end_row(GeometryKind::point);
}

bool ShapeReader::append(OGRGeometryH shape, bool& mixed) {
  gdal::Geometry const made = simplified(shape);
  if (made) shape = made.get();
  if (swapped_) OGR_G_SwapXY(shape);
  wkb_.resize(static_cast<std::size_t>(std::max(0, OGR_G_WkbSize(shape))));
  if (wkb_.empty() || OGR_G_ExportToIsoWkb(shape, wkbNDR, wkb_.data()) != OGRERR_NONE) return false;
  return append_wkb(column_, wkb_, &mixed);
}

void ShapeReader::add_issue(std::string const& id, std::string code, std::string text) {
  Box const& box = column_.box.back();
  Point const place = box.empty() ? Point{NAN, NAN} : box.centre();
  issues_.add({layer_name_, id, "read", std::move(code), Severity::warning, place.x, place.y, std::move(text), true});
}

}  // namespace terrein
