#include "terrein/prepare/place_raster.hpp"

#include <fmt/core.h>

#include <cmath>
#include <vector>

#include "prepare/steps.hpp"
#include "terrein/core/error.hpp"
#include "terrein/geometry/area_of_use.hpp"

namespace terrein {
namespace {

constexpr int steps = 64;  // points along a side of a box

std::string label(Crs const& crs) { return crs.authority.empty() ? crs.name : crs.authority; }

/// The layer that messages of the room speak of: name, CRS and extent of the raster.
Layer as_layer(Raster const& raster) {
  Layer out;
  out.name = raster.name;
  out.crs = raster.crs;
  Box const box = raster.grid.extent();
  GeometryBuilder builder(out.geometry);
  for (auto const& [x, y] :
       {std::pair{box.min_x, box.min_y}, {box.max_x, box.min_y}, {box.max_x, box.max_y}, {box.min_x, box.max_y}})
    builder.vertex(x, y);
  builder.end_path();
  builder.end_part();
  builder.end_row(GeometryKind::polygon);
  return out;
}

/// Part of the grid lies where its CRS may be used. A grid of the whole world holds that area too.
bool meets(AreaOfUse const& area, Box const& box) {
  constexpr int lattice = 32;
  for (int i = 0; i <= lattice; ++i)
    for (int k = 0; k <= lattice; ++k)
      if (area.holds({box.min_x + box.width() * i / lattice, box.min_y + box.height() * k / lattice})) return true;
  return false;
}

void check_label(Raster const& raster, Layer const& place, Crs const& study) {
  Box const box = raster.grid.extent();
  if (meets(AreaOfUse(raster.crs), box)) return;
  throw_error(ErrorKind::crs,
              "Layer '{}' says that its cells lie in {} ({}), but the whole grid ({:.3f} {:.3f} to {:.3f} {:.3f}) lies "
              "outside the area of that CRS. {}",
              raster.name, label(raster.crs), raster.crs.name, box.min_x, box.min_y, box.max_x, box.max_y,
              prepare::what_fits(place.geometry, raster.crs, study, true));
}

/// The box around a box in another CRS, from points along its sides, with a hundredth of its size of room for what
/// sides do between them. Empty when some have no coordinates there.
Box moved(Box const& box, Transform const& transform) {
  if (box.empty() || transform.identity()) return box;
  std::vector<double> xy;
  for (int i = 0; i <= steps; ++i) {
    double const x = box.min_x + box.width() * i / steps, y = box.min_y + box.height() * i / steps;
    xy.insert(xy.end(), {x, box.min_y, x, box.max_y, box.min_x, y, box.max_x, y});
  }
  transform.apply(xy);
  Box out;
  for (std::size_t i = 0; i < xy.size(); i += 2) {
    if (!std::isfinite(xy[i]) || !std::isfinite(xy[i + 1])) return {};
    out.extend(xy[i], xy[i + 1]);
  }
  return out.grown(0.01 * std::max(out.width(), out.height()));
}

}  // namespace

RasterPlace place_raster(Raster const& raster, Box const& whole, Box const& near, PrepareOptions const& options,
                         Issues& issues) {
  Layer const place = as_layer(raster);
  check_label(raster, place, options.crs);
  RasterPlace out;
  Box const grid = raster.grid.extent();
  if (same_crs(raster.crs, options.crs)) {
    out.candidates = near;
    out.extent = grid;
  } else {
    Transform const there(options.crs, raster.crs, whole);
    out.transform = there.info();
    prepare::check_accuracy(place, place.crs, options.crs, options.max_crs_error_m, out.transform);
    out.candidates = moved(near, there);
    if (out.candidates.empty() && !near.empty()) out.candidates = grid;  // no coordinates there for some of it
    out.extent = moved(grid, Transform(raster.crs, options.crs, grid));
  }
  if (!near.empty() && !grid.meets(out.candidates))
    issues.add({.layer = raster.name,
                .stage = "read",
                .code = "far_from_candidates",
                .text = fmt::format("The raster holds none of the candidates, so that everything about it is unknown. "
                                    "Check its CRS ({}), and whether it is of this region.",
                                    label(raster.crs))});
  return out;
}

}  // namespace terrein
