#include "terrein/geometry/validity.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "geometry/geos.hpp"
#include "geometry/quick_validity.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

constexpr std::size_t chunk = 16;  // small, because a few rows may hold most of the vertices

/// What one chunk of rows found.
struct Found {
  Row row;
  Invalid fault;
};

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

}  // namespace

void Faults::add(Row row, Invalid fault) {
  rows_.push_back(row);
  faults_.push_back(std::move(fault));
}

std::optional<Invalid> Faults::operator[](std::size_t row) const {
  auto const it = std::lower_bound(rows_.begin(), rows_.end(), row);
  if (it == rows_.end() || *it != row) return std::nullopt;
  return faults_[static_cast<std::size_t>(it - rows_.begin())];
}

Faults validity(GeometryColumn const& column, unsigned workers) {
  std::vector<std::vector<Found>> found((column.size() + chunk - 1) / chunk);
  std::vector<QuickValidity> quick(std::max(1U, workers));
  parallel_chunks(column.size(), workers, chunk, [&](unsigned worker, std::size_t begin, std::size_t end) {
    std::optional<geos::Context> context;
    for (std::size_t row = begin; row < end; ++row) {
      if (quick[worker].is_surely_valid(column, row)) continue;
      if (!context) context.emplace();
      if (auto one = fault(*context, column, row)) found[begin / chunk].push_back({static_cast<Row>(row), *one});
    }
  });
  Faults out;
  for (auto& part : found)
    for (Found& one : part) out.add(one.row, std::move(one.fault));
  return out;
}

}  // namespace terrein
