#include "fetch/coverage.hpp"

#include <algorithm>
#include <cmath>

#include "terrein/core/error.hpp"

namespace terrein {
namespace {

/// The outline of a box, counter-clockwise, with `steps` pieces per side.
std::vector<double> outline(Box const& box, int steps) {
  Point const corners[] = {
      {box.min_x, box.min_y}, {box.max_x, box.min_y}, {box.max_x, box.max_y}, {box.min_x, box.max_y}};
  std::vector<double> out;
  for (std::size_t side = 0; side < 4; ++side) {
    Point const &from = corners[side], &to = corners[(side + 1) % 4];
    for (int i = 0; i < steps; ++i) {
      out.push_back(from.x + (to.x - from.x) * i / steps);
      out.push_back(from.y + (to.y - from.y) * i / steps);
    }
  }
  return out;
}

GeometryColumn polygon_of(std::vector<double> const& ring) {
  GeometryColumn out;
  GeometryBuilder builder(out);
  for (std::size_t i = 0; i <= ring.size(); i += 2) builder.vertex(ring[i % ring.size()], ring[(i + 1) % ring.size()]);
  builder.end_path();
  builder.end_part();
  builder.end_row(GeometryKind::polygon);
  return out;
}

/// The stated extent in the CRS of the snapshot; nothing when it cannot be brought there.
std::optional<GeometryColumn> stated(ServiceFacts const& service) {
  if (!service.extent || service.extent->box.width() <= 0 || service.extent->box.height() <= 0) return std::nullopt;
  Box const& box = service.extent->box;
  Crs const from = crs_from(service.extent->crs);
  if (same_crs(from, service.crs)) return polygon_of(outline(box, 1));
  constexpr int pieces = 32;
  std::vector<double> ring = outline(box, pieces);
  try {
    Transform(from, service.crs, box).apply(ring);
  } catch (Error const& error) {
    if (error.kind() != ErrorKind::crs) throw;
    return std::nullopt;
  }
  bool const finite = std::all_of(ring.begin(), ring.end(), [](double value) { return std::isfinite(value); });
  return finite ? std::optional(polygon_of(ring)) : std::nullopt;
}

}  // namespace

Coverage coverage_of(ServiceFacts const& service, std::optional<Box> const& asked, Box const& rows) {
  if (asked) return {polygon_of(outline(*asked, 1)), "box asked"};
  if (auto polygon = stated(service)) return {std::move(*polygon), "extent stated by the service"};
  Coverage out{{}, "extent of the rows"};
  if (rows.width() > 0 && rows.height() > 0)
    out.polygon = polygon_of(outline(rows, 1));
  else
    GeometryBuilder(out.polygon).end_row(GeometryKind::empty);
  return out;
}

void check_axes(ServiceFacts const& service, Box const& rows) {
  auto const polygon = stated(service);
  if (!polygon || rows.empty()) return;
  Box const extent = polygon->extent();
  Box const swapped{rows.min_y, rows.min_x, rows.max_y, rows.max_x};
  if (extent.meets(rows) || !extent.meets(swapped)) return;
  throw_error(ErrorKind::crs,
              "{}, layer '{}': all rows lie outside the extent that the service states, and inside it when x and y "
              "change places. The service mixes up the axes of {}; fetch with another --crs, and tell its publisher.",
              service.service, service.layer, service.crs_asked);
}

}  // namespace terrein
