#include <algorithm>
#include <cmath>
#include <optional>

#include "criteria/kinds.hpp"
#include "criteria/network_access.hpp"
#include "criteria/network_nth.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {

/// Known where the centroid lies inside the coverage of the roads and no destination that is not known can be quicker:
/// none without class or shape, and none outside the coverage of the destinations, to which no path is quicker than the
/// straight line at the highest speed of all. Over lines that are perhaps not open a time is the least there can be,
/// and that over the others the most. No road to any destination: unknown.
Measure measure_network_time(CriterionSpec const& spec, Workbench& bench) {
  check_network(spec, bench.inputs());
  if (!is_plain_time(spec)) return measure_nth(spec, bench, TravelCost::seconds);
  Layer const& features = bench.layer(spec.layer).layer;
  auto const selection = select(spec, bench.inputs(), spec.layer, spec.classes);
  CoverageCheck const &roads = bench.coverage(spec.roads), &destinations = bench.coverage(spec.layer);
  CentroidSearch const& search = bench.centroid_search(spec.roads);
  double const fastest = std::max(search.fastest_mps(), spec.access_kmh / 3.6);
  CentroidTimes const times = bench.centroid_times(spec);
  CentroidTimes possible;
  if (selection.any_unlabelled) possible = search.times(features, either(selection), spec.access_kmh);
  CentroidSearch const* const sure = bench.sure_search(spec.roads);
  CentroidTimes const most = sure == nullptr ? times : sure->times(features, selection.chosen, spec.access_kmh);
  Measure out = bench.numbers(spec.layer);
  bench.each([&](std::size_t row) {
    double const seconds = times.seconds[row], high = most.seconds[row];
    bool const found = std::isfinite(high);
    Point const start = centroid(bench.shapes(), row);
    if (!roads.contains(start)) return;
    out.by[row] = times.feature[row];
    double low = selection.any_shapeless ? 0 : seconds;
    if (selection.any_unlabelled) low = std::min(low, possible.seconds[row]);
    if (low > 0) low = std::min(low, destinations.reach(start, low * fastest) / fastest);
    if (low < high) {
      bound(out, row, low, found ? std::optional(high) : std::nullopt);
    } else if (found) {
      out.value.set(row, seconds);
    }
  });
  out.why_unknown = nothing_to_reach(spec, selection);
  return out;
}

}  // namespace terrein
