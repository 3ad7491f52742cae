#include <algorithm>

#include "criteria/kinds.hpp"
#include "criteria/selection.hpp"

namespace terrein {
namespace {

/// Area under the classes, as a share of the candidate or in m². What lies under polygons without class, or outside
/// the coverage of the layer, could be of the classes too; a polygon without usable shape could lie anywhere.
Measure area_under(CriterionSpec const& spec, Workbench& bench, bool as_share) {
  require_polygons(spec, bench.layer(spec.layer));
  CoverageCheck const& coverage = bench.coverage(spec.layer);
  ClassAreas areas = bench.class_areas(spec);
  Measure out = bench.numbers(spec.layer);
  bench.each([&](std::size_t row) {
    double const whole = bench.area(row);
    double const unlabelled = areas.unlabelled.empty() ? 0 : areas.unlabelled[row];
    double const open = areas.any_shapeless ? whole : unlabelled + coverage.outside_m2(row);
    double const most = std::min(whole, areas.area[row] + open);
    double const unit = as_share ? whole : 1;
    settle(out, row, areas.area[row] / unit, most / unit, negligible_share * whole / unit);
  });
  out.by = std::move(areas.by);
  out.why_unknown = std::move(areas.why_unknown);
  return out;
}

}  // namespace

Measure measure_area_share(CriterionSpec const& spec, Workbench& bench) { return area_under(spec, bench, true); }
Measure measure_cover_area(CriterionSpec const& spec, Workbench& bench) { return area_under(spec, bench, false); }

}  // namespace terrein
