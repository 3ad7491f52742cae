#include <algorithm>
#include <cmath>
#include <optional>

#include "criteria/kinds.hpp"
#include "criteria/selection.hpp"
#include "terrein/core/error.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {

/// Known when no feature without class or shape, and nothing outside the coverage, can be within the distance.
Measure measure_perimeter_share(CriterionSpec const& spec, Workbench& bench) {
  if (!(spec.distance_m >= 0) || !std::isfinite(spec.distance_m))
    throw_error(ErrorKind::config, "Criterion '{}' ({}) has distance '{}'; give a number of metres, 0 or more.",
                spec.key, spec.measure, spec.distance_m);
  Layer const& layer = bench.layer(spec.layer).layer;
  auto const selection = select(spec, bench.inputs(), spec.layer, spec.classes);
  auto const all = either(selection);
  CoverageCheck const& coverage = bench.coverage(spec.layer);
  SegmentIndex const chosen(layer, selection.chosen);
  std::optional<SegmentIndex> possible;
  if (selection.any_unlabelled) possible.emplace(layer, all);
  Measure out = bench.numbers(spec.layer);
  bench.each([&](std::size_t row) {
    double const perimeter = length(bench.shapes(), row);
    auto const front = chosen.frontage(bench.shapes(), row, spec.distance_m);
    double const low = std::min(1.0, front.length / perimeter);
    double high = low;
    if (possible)
      high = std::clamp(possible->frontage(bench.shapes(), row, spec.distance_m).length / perimeter, low, 1.0);
    if (selection.any_shapeless || coverage.reach(row, spec.distance_m) < spec.distance_m ||
        coverage.outside_m2(row) > 0)
      high = 1;
    settle(out, row, low, high, negligible_share);
    out.by[row] = front.row;
  });
  out.why_unknown = all_shapeless(spec.layer, spec.classes, selection);
  return out;
}

}  // namespace terrein
