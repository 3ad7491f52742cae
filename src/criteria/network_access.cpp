#include "criteria/network_access.hpp"

#include <algorithm>
#include <cmath>

#include "terrein/core/error.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

/// There and back is twice as far.
double straight_per_cost(CriterionSpec const& spec, AccessNetwork const& network, TravelCost cost) {
  double const by_road = network.straight_metres_per_cost();
  double const fastest = cost == TravelCost::seconds ? std::max(by_road, spec.access_kmh / 3.6) : by_road;
  return spec.access.direction == TravelDirection::both ? fastest / 2 : fastest;
}

double limit_of(CriterionSpec const& spec, TravelCost cost) {
  auto const& limit = cost == TravelCost::seconds ? spec.access.limit_s : spec.access.limit_m;
  double const decays = spec.access.decay ? spec.access.decay->nothing_beyond() : unreachable;
  return std::min(limit.value_or(unreachable), decays);
}

Workbench& checked(CriterionSpec const& spec, Workbench& bench) {
  check_network(spec, bench.inputs());
  return bench;
}

}  // namespace

void check_network(CriterionSpec const& spec, Inputs const& inputs) {
  if (!(spec.access_kmh > 0) || !std::isfinite(spec.access_kmh))
    throw_error(ErrorKind::config, "Criterion '{}' ({}) has access_kmh '{}'; give a speed above zero.", spec.key,
                spec.measure, spec.access_kmh);
  if (inputs.graphs == nullptr || !inputs.graphs->contains(spec.roads))
    throw_error(ErrorKind::config,
                "Criterion '{}' ({}) travels over layer '{}', which is not a road network. Say in the study "
                "file how its lines join.",
                spec.key, spec.measure, spec.roads);
  if (spec.access.nth < 1)
    throw_error(ErrorKind::config, "Criterion '{}' ({}) has nth '{}'; the nearest is 1.", spec.key, spec.measure,
                spec.access.nth);
}

NetworkAccess::NetworkAccess(CriterionSpec const& spec, Workbench& bench, TravelCost cost)
    : spec_(spec),
      bench_(checked(spec, bench)),
      selection_(select(spec, bench.inputs(), spec.layer, spec.classes)),
      network_(bench.access_network(spec.roads, cost)),
      candidates_(bench.candidates_at(spec.roads, spec.access_kmh)),
      roads_(bench.coverage(spec.roads)),
      destinations_(bench.coverage(spec.layer)),
      limit_(limit_of(spec, cost)),
      straight_(straight_per_cost(spec, network_, cost)) {
  Layer const& features = bench.layer(spec.layer).layer;
  row_of_rank_.resize(features.size());
  for (Row row = 0; row < features.size(); ++row) row_of_rank_[features.id_rank[row]] = row;
}

TravelCost cost_of(CriterionSpec const& spec) {
  auto const &seconds = spec.access.limit_s, &metres = spec.access.limit_m;
  double const limit = seconds.value_or(metres.value_or(0));
  if (seconds.has_value() == metres.has_value() || !(limit > 0) || !std::isfinite(limit))
    throw_error(ErrorKind::config, "Criterion '{}' ({}) needs either limit_s or limit_m, a number above zero.",
                spec.key, spec.measure);
  return seconds ? TravelCost::seconds : TravelCost::metres;
}

void NetworkAccess::sweep(std::function<void(std::size_t, std::span<Reach const>)> const& take) const {
  SweepOptions options;
  options.direction = spec_.access.direction;
  options.limit = limit_;
  options.workers = bench_.workers();
  terrein::sweep(network_, candidates_, features_at(either(selection_)), options, take);
}

Attachment NetworkAccess::features_at(std::vector<std::uint8_t> const& rows) const {
  return bench_.centroid_search(spec_.roads)
      .features_at(bench_.layer(spec_.layer).layer, rows, spec_.access_kmh, bench_.workers());
}

bool NetworkAccess::can_say(std::size_t row) const {
  return !candidates_.leave.of(row).empty() && !candidates_.arrive.of(row).empty() &&
         roads_.contains(centroid(bench_.shapes(), row));
}

double NetworkAccess::hidden_from(std::size_t row, double most) const {
  double const metres = destinations_.reach(centroid(bench_.shapes(), row), most * straight_);
  return std::isinf(metres) ? metres : metres / straight_;  // the highest speed may be infinite, too
}

bool NetworkAccess::is_complete(std::size_t row) const {
  return !selection_.any_shapeless && hidden_from(row, limit_) >= limit_;
}

}  // namespace terrein
