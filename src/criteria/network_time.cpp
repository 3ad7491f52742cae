#include <cmath>
#include <optional>

#include "criteria/kinds.hpp"
#include "criteria/selection.hpp"
#include "terrein/core/error.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

void check(CriterionSpec const& spec, Inputs const& inputs) {
  if (!(spec.access_kmh > 0) || !std::isfinite(spec.access_kmh))
    throw_error(ErrorKind::config, "Criterion '{}' (network_time) has access_kmh '{}'; give a speed above zero.",
                spec.key, spec.access_kmh);
  if (inputs.graphs == nullptr || !inputs.graphs->contains(spec.roads))
    throw_error(ErrorKind::config,
                "Criterion '{}' (network_time) travels over layer '{}', which is not a road network. Say in the study "
                "file how its lines join.",
                spec.key, spec.roads);
}

}  // namespace

/// Known where the centroid lies inside the coverage of the roads and no destination without class is quicker to
/// reach. No road to any destination: unknown, without bounds.
Measure measure_network_time(CriterionSpec const& spec, Workbench& bench) {
  check(spec, bench.inputs());
  Layer const& features = bench.layer(spec.layer).layer;
  auto const selection = select(spec, bench.inputs(), spec.layer, spec.classes);
  CoverageCheck const& coverage = bench.coverage(spec.roads);
  CentroidSearch const& search = bench.centroid_search(spec.roads);
  auto const times = search.times(features, selection.chosen, spec.access_kmh);
  CentroidTimes possible;
  if (selection.any_unlabelled) possible = search.times(features, either(selection), spec.access_kmh);
  Measure out = bench.numbers(spec.layer);
  if (!selection.any_chosen) out.why_unknown = nothing_to_reach(spec);
  bench.each([&](std::size_t row) {
    double const seconds = times.seconds[row];
    bool const found = std::isfinite(seconds);
    if (!coverage.contains(centroid(bench.shapes(), row))) return;
    out.by[row] = times.feature[row];
    if (selection.any_unlabelled && possible.seconds[row] < seconds) {
      bound(out, row, possible.seconds[row], found ? std::optional(seconds) : std::nullopt);
    } else if (found) {
      out.value.set(row, seconds);
    }
  });
  return out;
}

}  // namespace terrein
