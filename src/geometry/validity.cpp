#include "terrein/geometry/validity.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "geometry/geos.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

constexpr std::size_t chunk = 16;  // small, because a few rows may hold most of the vertices

/// The texts of GEOS (TopologyValidationError) and our words for them.
std::string code_of(std::string const& reason) {
  constexpr std::array<std::pair<char const*, char const*>, 12> words{{
      {"Ring Self-intersection", "ring_self_intersection"},
      {"Self-intersection", "self_intersection"},
      {"Too few points in geometry component", "too_few_points"},
      {"Hole lies outside shell", "hole_outside_shell"},
      {"Holes are nested", "nested_holes"},
      {"Nested shells", "nested_shells"},
      {"Interior is disconnected", "disconnected_interior"},
      {"Duplicate Rings", "duplicate_rings"},
      {"Repeated Point", "repeated_point"},
      {"Invalid Coordinate", "invalid_coordinate"},
      {"Ring is not closed", "ring_not_closed"},
      {"Topology Validation Error", "invalid_topology"},
  }};
  auto const* const found =
      std::find_if(words.begin(), words.end(), [&](auto const& word) { return reason == word.first; });
  return found == words.end() ? "invalid_geometry" : found->second;
}

std::span<double const> vertices_of(GeometryColumn const& column, std::size_t row) {
  std::size_t const begin = column.path_begin[column.first_path(row)], end = column.path_begin[column.end_path(row)];
  return {column.xy.data() + 2 * begin, 2 * (end - begin)};
}

/// The first vertex with two finite coordinates, or NaN.
Invalid fault_at_vertex(GeometryColumn const& column, std::size_t row, std::string code, std::string reason) {
  Invalid out{std::move(code), std::move(reason), std::nan(""), std::nan("")};
  auto const xy = vertices_of(column, row);
  for (std::size_t i = 0; i + 1 < xy.size(); i += 2)
    if (std::isfinite(xy[i]) && std::isfinite(xy[i + 1])) {
      out.x = xy[i];
      out.y = xy[i + 1];
      break;
    }
  return out;
}

/// Fewer vertices than a line (2) or a closed ring (4) needs.
bool has_short_path(GeometryColumn const& column, std::size_t row) {
  if (column.kind[row] == GeometryKind::point) return false;
  std::size_t const least = column.kind[row] == GeometryKind::line ? 4 : 8;
  for (std::size_t path = column.first_path(row); path < column.end_path(row); ++path)
    if (column.path(path).size() < least) return true;
  return false;
}

std::optional<Invalid> fault(geos::Context const& context, GeometryColumn const& column, std::size_t row) {
  if (!column.has_shape(row)) return std::nullopt;
  if (!column.all_finite(row)) return fault_at_vertex(column, row, "invalid_coordinate", "Invalid Coordinate");
  if (has_short_path(column, row))
    return fault_at_vertex(column, row, "too_few_points", "Too few points in geometry component");
  auto const shape = geos::to_geos(context, column, row);
  if (!shape) return fault_at_vertex(column, row, "invalid_geometry", context.last_error());
  char* reason = nullptr;
  GEOSGeometry* place = nullptr;
  char const valid = GEOSisValidDetail_r(context.get(), shape.get(), 0, &reason, &place);
  auto const owned_place = geos::own(context, place);
  std::string const text = reason != nullptr ? reason : "";
  GEOSFree_r(context.get(), reason);
  if (valid == 1) return std::nullopt;
  Invalid out = fault_at_vertex(column, row, code_of(text), text.empty() ? context.last_error() : text);
  if (place != nullptr) {
    GEOSGeomGetX_r(context.get(), place, &out.x);
    GEOSGeomGetY_r(context.get(), place, &out.y);
  }
  return out;
}

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
  return geos::own(context, GEOSMakeValidWithParams_r(context.get(), shape, params.get()));
}

/// A copy of the row without paths that are too short to be rings or lines (GEOS refuses the whole row otherwise).
/// A part whose shell is too short is dropped with its holes.
void copy_long_paths(GeometryColumn const& column, std::size_t row, GeometryColumn& out) {
  GeometryBuilder builder(out);
  std::size_t const least = column.kind[row] == GeometryKind::line ? 4 : 8;
  for (std::size_t part = column.row_begin[row]; part < column.row_begin[row + 1]; ++part) {
    std::size_t const first = column.part_begin[part], end = column.part_begin[part + 1];
    if (column.path(first).size() < least) continue;
    for (std::size_t path = first; path < end; ++path) {
      auto const xy = column.path(path);
      if (xy.size() < least) continue;
      for (std::size_t i = 0; i < xy.size(); i += 2) builder.vertex(xy[i], xy[i + 1]);
      builder.end_path();
    }
    builder.end_part();
  }
  builder.end_row(column.kind[row]);
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

void append_repaired(geos::Context const& context, GeometryColumn const& column, std::size_t row, GeometryColumn& out) {
  GeometryKind const kind = column.kind[row];
  if (!column.has_shape(row) || !column.all_finite(row)) {
    GeometryBuilder(out).end_row(GeometryKind::empty);
  } else if (kind == GeometryKind::point) {
    GeometryBuilder(out).copy_row(column, row);
  } else if (kind == GeometryKind::line) {
    copy_clean_lines(column, row, out);
  } else {
    GeometryColumn complete;
    copy_long_paths(column, row, complete);
    auto const shape = geos::to_geos(context, complete, 0);
    auto const valid = shape ? by_structure(context, shape.get()) : geos::own(context, nullptr);
    geos::from_geos(context, valid.get(), GeometryKind::polygon, out);
  }
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

std::vector<std::optional<Invalid>> validity(GeometryColumn const& column, unsigned workers) {
  std::vector<std::optional<Invalid>> out(column.size());
  parallel_chunks(column.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    geos::Context const context;
    for (std::size_t row = begin; row < end; ++row) out[row] = fault(context, column, row);
  });
  return out;
}

std::vector<Repair> make_valid(GeometryColumn const& column, std::vector<Row> const& rows, GeometryColumn& out) {
  geos::Context const context;
  std::vector<Repair> repairs;
  for (Row const row : rows) {
    append_repaired(context, column, row, out);
    std::size_t const made = out.size() - 1;
    repairs.push_back({out.has_shape(made), ring_areas(column, row), ring_areas(out, made)});
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
