#include <algorithm>
#include <cmath>
#include <optional>

#include "criteria/kinds.hpp"
#include "criteria/selection.hpp"

namespace terrein {
namespace {

/// Whether something is known of a candidate: a value, or a bound that says more than "0 or more".
bool any_bound(Measure const& measure) {
  for (std::size_t row = 0; row < measure.size(); ++row)
    if (measure.is_known(row) || measure.high.is_known(row) || measure.low.at(row).value_or(0) > 0) return true;
  return false;
}

}  // namespace

/// Known when nothing nearer can be hidden: no feature without class or shape, and nothing outside the coverage.
Measure measure_distance(CriterionSpec const& spec, Workbench& bench) {
  Layer const& layer = bench.layer(spec.layer).layer;
  auto const selection = select(spec, bench.inputs(), spec.layer, spec.classes);
  CoverageCheck const& coverage = bench.coverage(spec.layer);
  SegmentIndex const chosen(layer, selection.chosen);
  std::optional<SegmentIndex> unlabelled;
  if (selection.any_unlabelled) unlabelled.emplace(layer, selection.unlabelled);
  Measure out = bench.numbers(spec.layer);
  bench.each_nearby([&] {
    return [&, near = NearestSearch(chosen)](std::size_t row) mutable {
      auto const hit = near.nearest(bench.shapes(), row);
      double low = selection.any_shapeless ? 0 : hit.distance;
      if (unlabelled && low > 0) low = std::min(low, unlabelled->nearest(bench.shapes(), row, low).distance);
      if (low > 0) low = std::min(low, coverage.reach(row, low));
      out.by[row] = hit.row;
      bool const found = std::isfinite(hit.distance);
      if (low < hit.distance) {
        bound(out, row, low, found ? std::optional(hit.distance) : std::nullopt);
      } else if (found) {
        out.value.set(row, hit.distance);
      }
    };
  });
  if (!any_bound(out)) out.why_unknown = nothing_to_reach(spec, selection);
  return out;
}

}  // namespace terrein
