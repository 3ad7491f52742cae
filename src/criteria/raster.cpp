#include <algorithm>
#include <cmath>

#include "criteria/kinds.hpp"
#include "criteria/raster_cells.hpp"

namespace terrein {
namespace {

/// The part of the candidate off the grid or on cells without value; 0 when it is negligible.
double missing(RasterCells const& cells, std::size_t row) {
  double const out = 1 - cells.seen(row);
  return out > negligible_share ? out : 0;
}

enum class Extreme { least, most };

/// Known when all of the candidate is seen; else what is seen bounds it on one side.
Measure extreme(CriterionSpec const& spec, Workbench& bench, Extreme which) {
  RasterCells const& cells = bench.raster_cells(spec);
  Measure out = bench.numbers();
  bench.each([&](std::size_t row) {
    double const value = which == Extreme::most ? cells.most(row) : cells.least(row);
    if (!std::isfinite(value)) return;
    if (missing(cells, row) == 0) {
      out.value.set(row, value);
    } else {
      (which == Extreme::most ? out.low : out.high).set(row, value);
    }
  });
  return out;
}

}  // namespace

/// What lies off the grid, on cells without value, or (where classes are asked for) on cells whose value has no class,
/// could be of the classes too.
Measure measure_raster_share(CriterionSpec const& spec, Workbench& bench) {
  RasterCells const& cells = bench.raster_cells(spec);
  Measure out = bench.numbers();
  bench.each([&](std::size_t row) {
    double const chosen = cells.chosen(spec, row);
    double const open = missing(cells, row) + (spec.classes.empty() ? 0 : cells.unclassed(row));
    settle(out, row, chosen, std::min(1.0, chosen + open), negligible_share);
  });
  return out;
}

/// Without the values of all cells there is no bound on a mean.
Measure measure_raster_mean(CriterionSpec const& spec, Workbench& bench) {
  RasterCells const& cells = bench.raster_cells(spec);
  Measure out = bench.numbers();
  bench.each([&](std::size_t row) {
    if (cells.seen(row) > 0 && missing(cells, row) == 0) out.value.set(row, cells.mean(row));
  });
  return out;
}

Measure measure_raster_max(CriterionSpec const& spec, Workbench& bench) { return extreme(spec, bench, Extreme::most); }
Measure measure_raster_min(CriterionSpec const& spec, Workbench& bench) { return extreme(spec, bench, Extreme::least); }

}  // namespace terrein
