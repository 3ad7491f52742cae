#include "geometry/geos.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace terrein::geos {
namespace {

GEOSCoordSequence* sequence(Context const& context, std::span<double const> path) {
  return GEOSCoordSeq_copyFromBuffer_r(context.get(), path.data(), static_cast<unsigned>(path.size() / 2), 0, 0);
}

/// The path as point, line or ring; null when GEOS refuses it.
Geom path_shape(Context const& context, std::span<double const> path, GeometryKind kind) {
  GEOSCoordSequence* const vertices = sequence(context, path);
  if (vertices == nullptr) return own(context, nullptr);
  switch (kind) {
    case GeometryKind::point:
      return own(context, GEOSGeom_createPoint_r(context.get(), vertices));
    case GeometryKind::line:
      return own(context, GEOSGeom_createLineString_r(context.get(), vertices));
    default:
      return own(context, GEOSGeom_createLinearRing_r(context.get(), vertices));
  }
}

Geom part_shape(Context const& context, GeometryColumn const& column, std::size_t part, GeometryKind kind) {
  std::size_t const first = column.part_begin[part], end = column.part_begin[part + 1];
  Geom shell = path_shape(context, column.path(first), kind);
  if (!shell || kind != GeometryKind::polygon) return shell;
  std::vector<Geom> holes;
  for (std::size_t path = first + 1; path < end; ++path) {
    holes.push_back(path_shape(context, column.path(path), kind));
    if (!holes.back()) return own(context, nullptr);
  }
  std::vector<GEOSGeometry*> raw;
  for (auto& hole : holes) raw.push_back(hole.release());
  return own(context,
             GEOSGeom_createPolygon_r(context.get(), shell.release(), raw.data(), static_cast<unsigned>(raw.size())));
}

Geom collection(Context const& context, int type, std::vector<Geom>& shapes) {
  std::vector<GEOSGeometry*> raw;
  for (auto& shape : shapes) raw.push_back(shape.release());
  shapes.clear();
  return own(context, GEOSGeom_createCollection_r(context.get(), type, raw.data(), static_cast<unsigned>(raw.size())));
}

int multi_type(GeometryKind kind) {
  if (kind == GeometryKind::point) return GEOS_MULTIPOINT;
  return kind == GeometryKind::line ? GEOS_MULTILINESTRING : GEOS_MULTIPOLYGON;
}

void append_vertices(Context const& context, GEOSGeometry const* path, GeometryColumn& out) {
  GEOSCoordSequence const* const vertices = GEOSGeom_getCoordSeq_r(context.get(), path);
  unsigned count = 0;
  if (vertices == nullptr || GEOSCoordSeq_getSize_r(context.get(), vertices, &count) == 0 || count == 0) return;
  std::size_t const begin = out.xy.size();
  out.xy.resize(begin + 2 * std::size_t{count});
  GEOSCoordSeq_copyToBuffer_r(context.get(), vertices, out.xy.data() + begin, 0, 0);
}

void append_polygon(Context const& context, GEOSGeometry const* polygon, GeometryColumn& out) {
  GeometryBuilder builder(out);
  append_vertices(context, GEOSGetExteriorRing_r(context.get(), polygon), out);
  builder.end_path();
  int const holes = GEOSGetNumInteriorRings_r(context.get(), polygon);
  for (int i = 0; i < holes; ++i) {
    append_vertices(context, GEOSGetInteriorRingN_r(context.get(), polygon, i), out);
    builder.end_path();
  }
  builder.end_part();
}

void append_parts(Context const& context, GEOSGeometry const* shape, GeometryKind kind, GeometryColumn& out) {
  int const type = GEOSGeomTypeId_r(context.get(), shape);
  if (type >= GEOS_MULTIPOINT) {
    int const parts = GEOSGetNumGeometries_r(context.get(), shape);
    for (int i = 0; i < parts; ++i) append_parts(context, GEOSGetGeometryN_r(context.get(), shape, i), kind, out);
    return;
  }
  if (GEOSisEmpty_r(context.get(), shape) != 0) return;
  bool const line = type == GEOS_LINESTRING || type == GEOS_LINEARRING;
  if (type == GEOS_POLYGON && kind == GeometryKind::polygon) append_polygon(context, shape, out);
  if ((line && kind == GeometryKind::line) || (type == GEOS_POINT && kind == GeometryKind::point)) {
    GeometryBuilder builder(out);
    append_vertices(context, shape, out);
    builder.end_path();
    builder.end_part();
  }
}

/// Runs `overlay(grid)` in floating point (grid 0) and, where that fails, on ever coarser grids.
template <class Overlay>
Geom with_retries(Context const& context, Overlay const& overlay) {
  for (double const grid : {0.0, 1e-9, 1e-8, 1e-7, 1e-6})
    if (Geom result = own(context, overlay(grid))) return result;
  return own(context, nullptr);
}

}  // namespace

Geom to_geos(Context const& context, GeometryColumn const& column, std::size_t row) {
  std::size_t const first = column.row_begin[row], end = column.row_begin[row + 1];
  if (first == end) return own(context, GEOSGeom_createEmptyPolygon_r(context.get()));
  if (end - first == 1) return part_shape(context, column, first, column.kind[row]);
  std::vector<Geom> parts;
  for (std::size_t part = first; part < end; ++part) {
    parts.push_back(part_shape(context, column, part, column.kind[row]));
    if (!parts.back()) return own(context, nullptr);
  }
  return collection(context, multi_type(column.kind[row]), parts);
}

void from_geos(Context const& context, GEOSGeometry const* shape, GeometryKind kind, GeometryColumn& out) {
  if (shape != nullptr) append_parts(context, shape, kind, out);
  GeometryBuilder(out).end_row(kind);
}

Geom collect(Context const& context, std::vector<Geom>& shapes) {
  return collection(context, GEOS_GEOMETRYCOLLECTION, shapes);
}

Geom polygons_only(Context const& context, Geom shape) {
  if (GEOSGeomTypeId_r(context.get(), shape.get()) != GEOS_GEOMETRYCOLLECTION) return shape;
  GeometryColumn column;
  from_geos(context, shape.get(), GeometryKind::polygon, column);
  return to_geos(context, column, 0);
}

double area(Context const& context, GEOSGeometry const* shape) {
  double out = 0;
  GEOSArea_r(context.get(), shape, &out);
  return out;
}

Box box(Context const& context, GEOSGeometry const* shape) {
  Box out;
  if (GEOSisEmpty_r(context.get(), shape) != 0) return out;
  GEOSGeom_getXMin_r(context.get(), shape, &out.min_x);
  GEOSGeom_getYMin_r(context.get(), shape, &out.min_y);
  GEOSGeom_getXMax_r(context.get(), shape, &out.max_x);
  GEOSGeom_getYMax_r(context.get(), shape, &out.max_y);
  return out;
}

Geom intersection(Context const& context, GEOSGeometry const* a, GEOSGeometry const* b) {
  return with_retries(context, [&](double grid) { return GEOSIntersectionPrec_r(context.get(), a, b, grid); });
}

Geom difference(Context const& context, GEOSGeometry const* a, GEOSGeometry const* b) {
  return with_retries(context, [&](double grid) { return GEOSDifferencePrec_r(context.get(), a, b, grid); });
}

Geom unite(Context const& context, GEOSGeometry const* shapes) {
  return with_retries(context, [&](double grid) {
    return grid == 0 ? GEOSUnaryUnion_r(context.get(), shapes) : GEOSUnaryUnionPrec_r(context.get(), shapes, grid);
  });
}

}  // namespace terrein::geos
