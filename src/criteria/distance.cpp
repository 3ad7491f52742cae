#include <algorithm>
#include <cmath>
#include <optional>

#include "criteria/kinds.hpp"
#include "criteria/selection.hpp"

namespace terrein {

/// Known when nothing nearer can be hidden: no feature without class, and nothing outside the coverage.
Measure measure_distance(CriterionSpec const& spec, Workbench& bench) {
  Layer const& layer = bench.layer(spec.layer).layer;
  auto const selection = select(spec, bench.inputs(), spec.layer, spec.classes);
  CoverageCheck const& coverage = bench.coverage(spec.layer);
  SegmentIndex const chosen(layer, selection.chosen);
  std::optional<SegmentIndex> unlabelled;
  if (selection.any_unlabelled) unlabelled.emplace(layer, selection.unlabelled);
  Measure out = bench.numbers(spec.layer);
  if (!selection.any_chosen) out.why_unknown = nothing_to_reach(spec);
  bench.each([&](std::size_t row) {
    auto const hit = chosen.nearest(bench.shapes(), row);
    double low = hit.distance;
    if (unlabelled && low > 0) low = std::min(low, unlabelled->nearest(bench.shapes(), row, low).distance);
    if (low > 0) low = std::min(low, coverage.reach(row, low));
    out.by[row] = hit.row;
    bool const found = std::isfinite(hit.distance);
    if (low < hit.distance) {
      bound(out, row, low, found ? std::optional(hit.distance) : std::nullopt);
    } else if (found) {
      out.value.set(row, hit.distance);
    }
  });
  return out;
}

}  // namespace terrein
