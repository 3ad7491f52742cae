#include "io/shape_reader.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "io/nowhere.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

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
  WkbFacts facts;
  if (shape == nullptr || !append(shape, facts)) {
    GeometryBuilder(column_).end_row(GeometryKind::empty);
    add_issue(id, "unreadable_geometry",
              "The shape cannot be read and is taken as empty" + (fault.empty() ? "." : " (" + fault + ")."));
  } else if (!fault.empty()) {
    add_issue(id, "unreadable_value", "GDAL reports a fault in this row: " + fault + ".");
  }
  if (facts.arcs) curved_rows_.push_back(static_cast<Row>(column_.size() - 1));
  if (facts.open)
    add_issue(id, "open_ring", "A ring does not come back to its start; it was closed by a straight line.");
  if (facts.mixed)
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

bool ShapeReader::append(OGRGeometryH shape, WkbFacts& facts) {
  if (swapped_) OGR_G_SwapXY(shape);
  wkb_.resize(static_cast<std::size_t>(std::max(0, OGR_G_WkbSize(shape))));
  if (wkb_.empty() || OGR_G_ExportToIsoWkb(shape, wkbNDR, wkb_.data()) != OGRERR_NONE) return false;
  return append_wkb(column_, wkb_, curve_tolerance_, facts);
}

void ShapeReader::add_issue(std::string const& id, std::string code, std::string text) {
  Box const& box = column_.box.back();
  Point const place = box.empty() ? Point{nowhere, nowhere} : box.centre();
  issues_.add({layer_name_, id, "read", std::move(code), Severity::warning, place.x, place.y, std::move(text), true});
}

}  // namespace terrein
