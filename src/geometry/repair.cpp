#include "terrein/geometry/validity.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "geometry/geos.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

double shoelace(std::span<double const> ring) {
  double sum = 0;
  for (std::size_t i = 2; i + 3 < ring.size(); i += 2)
    sum += (ring[i] - ring[0]) * (ring[i + 3] - ring[1]) - (ring[i + 2] - ring[0]) * (ring[i + 1] - ring[1]);
  return std::abs(sum) / 2;
}

double ring_areas(GeometryColumn const& column, std::size_t row) {
  if (column.kind[row] != GeometryKind::polygon) return 0;
  double sum = 0;
  for (std::size_t part = column.row_begin[row]; part < column.row_begin[row + 1]; ++part)
    for (std::size_t path = column.part_begin[part]; path < column.part_begin[part + 1]; ++path)
      sum += (path == column.part_begin[part] ? 1 : -1) * shoelace(column.path(path));
  return sum;
}

struct ParamsDelete {
  GEOSContextHandle_t handle = nullptr;
  void operator()(GEOSMakeValidParams* params) const noexcept { GEOSMakeValidParams_destroy_r(handle, params); }
};

/// Shells united and holes subtracted; parts that collapse are dropped.
geos::Geom by_structure(geos::Context const& context, GEOSGeometry const* shape) {
  std::unique_ptr<GEOSMakeValidParams, ParamsDelete> const params(GEOSMakeValidParams_create_r(context.get()),
                                                                  ParamsDelete{context.get()});
  GEOSMakeValidParams_setMethod_r(context.get(), params.get(), GEOS_MAKE_VALID_STRUCTURE);
  GEOSMakeValidParams_setKeepCollapsed_r(context.get(), params.get(), 0);
  auto made = geos::own(context, GEOSMakeValidWithParams_r(context.get(), shape, params.get()));
  // GEOS 3.11 can give parts that share an edge: their union is what was meant.
  if (made && GEOSisValid_r(context.get(), made.get()) != 1)
    made = geos::own(context, GEOSUnaryUnion_r(context.get(), made.get()));
  return made;
}

bool is_valid(geos::Context const& context, GEOSGeometry const* shape) {
  return shape != nullptr && GEOSisEmpty_r(context.get(), shape) == 0 && GEOSisValid_r(context.get(), shape) == 1;
}

using Ring = std::vector<Point>;

bool same_place(Point a, Point b) { return a.x == b.x && a.y == b.y; }

/// The ring without repeated vertices and without spikes that run out and back over the same vertices; open (the first
/// vertex is not repeated).
Ring clean_ring(std::span<double const> xy) {
  Ring out;
  for (std::size_t i = 0; i + 3 < xy.size(); i += 2) {
    Point const vertex{xy[i], xy[i + 1]};
    if (!out.empty() && same_place(out.back(), vertex)) continue;
    if (out.size() >= 2 && same_place(out[out.size() - 2], vertex))
      out.pop_back();  // out and back
    else
      out.push_back(vertex);
  }
  std::size_t begin = 0;  // the same across the seam
  while (out.size() - begin >= 3) {
    if (same_place(out.back(), out[begin])) {
      out.pop_back();
    } else if (same_place(out.back(), out[begin + 1])) {
      out.pop_back();
      ++begin;
    } else if (same_place(out[out.size() - 2], out[begin])) {
      out.resize(out.size() - 2);
    } else {
      break;
    }
  }
  out.erase(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(begin));
  return out;
}

/// The row with clean rings. Rings of fewer than three places are dropped; a part whose shell is one with its holes.
void copy_clean_rings(GeometryColumn const& column, std::size_t row, GeometryColumn& out) {
  GeometryBuilder builder(out);
  for (std::size_t part = column.row_begin[row]; part < column.row_begin[row + 1]; ++part) {
    for (std::size_t path = column.part_begin[part]; path < column.part_begin[part + 1]; ++path) {
      Ring const ring = clean_ring(column.path(path));
      bool const is_shell = path == column.part_begin[part];
      if (ring.size() < 3 && is_shell) break;
      if (ring.size() < 3) continue;
      for (Point const& vertex : ring) builder.vertex(vertex.x, vertex.y);
      builder.end_path();
    }
    builder.end_part();
  }
  builder.end_row(GeometryKind::polygon);
}

/// 2^-28 of the power of two above the largest coordinate.
double snapping_grid(Box const& box) {
  double const largest = std::max({std::abs(box.min_x), std::abs(box.max_x), std::abs(box.min_y), std::abs(box.max_y)});
  int exponent = 0;
  std::frexp(largest, &exponent);
  return std::ldexp(1.0, exponent - 28);
}

geos::Geom snapped(geos::Context const& context, GEOSGeometry const* shape, double grid) {
  auto const rounded = geos::own(context, GEOSGeom_setPrecision_r(context.get(), shape, grid, GEOS_PREC_NO_TOPO));
  if (!rounded) return geos::own(context, nullptr);
  auto const valid = by_structure(context, rounded.get());
  if (!valid) return geos::own(context, nullptr);
  return geos::own(context, GEOSGeom_setPrecision_r(context.get(), valid.get(), grid, 0));
}

/// Appends the polygon row made valid, or an empty row.
RepairMethod append_polygon(geos::Context const& context, GeometryColumn const& column, std::size_t row,
                            GeometryColumn& out) {
  GeometryColumn clean;
  copy_clean_rings(column, row, clean);
  auto const shape = clean.has_shape(0) ? geos::to_geos(context, clean, 0) : geos::own(context, nullptr);
  if (is_valid(context, shape.get())) {
    GeometryBuilder(out).copy_row(clean, 0);
    return RepairMethod::cleaned;
  }
  auto valid = shape ? by_structure(context, shape.get()) : geos::own(context, nullptr);
  RepairMethod method = RepairMethod::structure;
  if (shape && !is_valid(context, valid.get())) {
    valid = snapped(context, shape.get(), snapping_grid(clean.box[0]));
    method = RepairMethod::snapped;
  }
  if (!is_valid(context, valid.get())) valid.reset();
  geos::from_geos(context, valid.get(), GeometryKind::polygon, out);
  return out.has_shape(out.size() - 1) ? method : RepairMethod::given_up;
}

/// Lines without repeated vertices; lines of which one vertex remains are dropped.
void copy_clean_lines(GeometryColumn const& column, std::size_t row, GeometryColumn& out) {
  GeometryBuilder builder(out);
  for (std::size_t path = column.first_path(row); path < column.end_path(row); ++path) {
    auto const xy = column.path(path);
    std::vector<double> clean;
    for (std::size_t i = 0; i + 1 < xy.size(); i += 2)
      if (clean.empty() || xy[i] != clean[clean.size() - 2] || xy[i + 1] != clean.back())
        clean.insert(clean.end(), {xy[i], xy[i + 1]});
    if (clean.size() < 4) continue;
    for (std::size_t i = 0; i < clean.size(); i += 2) builder.vertex(clean[i], clean[i + 1]);
    builder.end_path();
    builder.end_part();
  }
  builder.end_row(GeometryKind::line);
}

RepairMethod append_repaired(geos::Context const& context, GeometryColumn const& column, std::size_t row,
                             GeometryColumn& out) {
  GeometryKind const kind = column.kind[row];
  if (!column.has_shape(row) || !column.all_finite(row)) {
    GeometryBuilder(out).end_row(GeometryKind::empty);
    return RepairMethod::given_up;
  }
  if (kind == GeometryKind::polygon) return append_polygon(context, column, row, out);
  if (kind == GeometryKind::point)
    GeometryBuilder(out).copy_row(column, row);
  else
    copy_clean_lines(column, row, out);
  return out.has_shape(out.size() - 1) ? RepairMethod::cleaned : RepairMethod::given_up;
}

/// The last row's coordinates, from `begin` on, as the doubles nearest to decimals of the grid.
void round_row(double grid, std::size_t begin, GeometryColumn& out) {
  double const scale = 1 / grid;  // a whole number for decimal grids
  Box box;
  for (std::size_t i = begin; i < out.xy.size(); ++i) out.xy[i] = std::round(out.xy[i] * scale) / scale;
  for (std::size_t i = begin; i < out.xy.size(); i += 2) box.extend(out.xy[i], out.xy[i + 1]);
  out.box.back() = box;
}

}  // namespace

std::string_view to_string(RepairMethod method) {
  switch (method) {
    case RepairMethod::given_up:
      return "given up";
    case RepairMethod::cleaned:
      return "cleaned";
    case RepairMethod::structure:
      return "made valid by structure";
    case RepairMethod::snapped:
      return "snapped and made valid by structure";
  }
  return "";
}

std::vector<Repair> make_valid(GeometryColumn const& column, std::vector<Row> const& rows, GeometryColumn& out) {
  geos::Context const context;
  std::vector<Repair> repairs;
  for (Row const row : rows) {
    RepairMethod const method = append_repaired(context, column, row, out);
    repairs.push_back({method, ring_areas(column, row), ring_areas(out, out.size() - 1)});
  }
  return repairs;
}

void append_on_grid(GeometryColumn const& column, std::size_t row, double grid, GeometryColumn& out) {
  std::size_t const begin = out.xy.size();
  if (column.kind[row] != GeometryKind::polygon) {
    GeometryBuilder(out).copy_row(column, row);
    round_row(grid, begin, out);
    return;
  }
  geos::Context const context;
  auto const shape = geos::to_geos(context, column, row);
  auto rounded = geos::own(
      context, shape ? GEOSGeom_setPrecision_r(context.get(), shape.get(), grid, GEOS_PREC_VALID_OUTPUT) : nullptr);
  bool const noded = rounded && GEOSisValid_r(context.get(), rounded.get()) == 1;
  if (!noded && shape) {  // what cannot be noded on the grid is rounded vertex by vertex and repaired
    rounded = geos::own(context, GEOSGeom_setPrecision_r(context.get(), shape.get(), grid, GEOS_PREC_NO_TOPO));
    if (rounded) rounded = by_structure(context, rounded.get());
  }
  geos::from_geos(context, rounded.get(), GeometryKind::polygon, out);
  if (noded) round_row(grid, begin, out);
}

}  // namespace terrein
