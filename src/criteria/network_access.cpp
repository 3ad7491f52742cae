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

/// Without the places of rows that are not chosen.
Joins chosen(Joins const& all, std::vector<Row> const& row_of, std::vector<std::uint8_t> const& rows) {
  Joins out;
  for (std::size_t place = 0; place < all.places(); ++place) {
    if (rows[row_of[place]] != 0)
      for (Join const& join : all.of(place)) out.join.push_back(join);
    out.first.push_back(static_cast<std::uint32_t>(out.join.size()));
  }
  return out;
}
Attachment chosen(Attachment const& all, std::vector<Row> const& row_of, std::vector<std::uint8_t> const& rows) {
  return {chosen(all.leave, row_of, rows), chosen(all.arrive, row_of, rows)};
}

/// The value, or the bound of one that is not known.
std::optional<double> end_of(Measure const& measure, BoundColumn const& bound, std::size_t row) {
  return measure.value.is_known(row) ? measure.value.at(row) : bound.at(row);
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

NetworkAccess::NetworkAccess(CriterionSpec const& spec, Workbench& bench, TravelCost cost, Lines lines)
    : spec_(spec),
      bench_(checked(spec, bench)),
      selection_(select(spec, bench.inputs(), spec.layer, spec.classes)),
      cost_(cost),
      roads_(bench.coverage(spec.roads)),
      destinations_(bench.coverage(spec.layer)),
      limit_(limit_of(spec, cost)) {
  if (spec.access.join == JoinAt::gates) {
    gates_ = &bench.network_gates(spec);
    gate_ways_ = &bench.gate_ways(spec, cost, lines);
  } else {
    network_ = &bench.access_network(spec.roads, cost, lines);
    candidates_ = &bench.candidates_at(spec.roads, spec.access_kmh);
  }
  straight_ = straight_per_cost(spec, network(), cost);
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
  terrein::sweep(network(), candidates(), features_at(either(selection_)), options, take);
}

Attachment NetworkAccess::features_at(std::vector<std::uint8_t> const& rows) const {
  if (gate_ways_ != nullptr) return chosen(gate_ways_->met.features, row_of_rank_, rows);
  return bench_.centroid_search(spec_.roads)
      .features_at(bench_.layer(spec_.layer).layer, rows, spec_.access_kmh, bench_.workers());
}

bool NetworkAccess::can_say(std::size_t row) const {
  if (candidates().leave.of(row).empty() && candidates().arrive.of(row).empty()) return false;
  return gates_ != nullptr ? gates_->are_known(row) : roads_.contains(centroid(bench_.shapes(), row));
}

double NetworkAccess::hidden_from(std::size_t row, double most) const {
  double const farthest = most * straight_;
  double const metres = gates_ != nullptr ? destinations_.reach(row, farthest)
                                          : destinations_.reach(centroid(bench_.shapes(), row), farthest);
  return std::isinf(metres) ? metres : metres / straight_;  // the highest speed may be infinite, too
}

bool NetworkAccess::is_complete(std::size_t row) const {
  return !selection_.any_shapeless && hidden_from(row, limit_) >= limit_;
}

Measure lines_in_doubt(CriterionSpec const& spec, Workbench const& bench) {
  Measure out = bench.numbers(spec.layer);
  out.why_unknown = {
      fmt::format("network '{}' has lines of which it is not known whether the vehicle may pass", spec.roads),
      fmt::format("netwerk '{}' heeft lijnen waarvan niet geweten is of het voertuig erdoor mag", spec.roads)};
  return out;
}

Measure over_lines(CriterionSpec const& spec, Workbench& bench, std::function<Measure(Lines)> const& measure) {
  check_network(spec, bench.inputs());
  Measure out = measure(Lines::possible);
  if (!bench.has_doubtful_lines(spec.roads)) return out;
  Measure const sure = measure(Lines::sure);
  for (std::size_t row = 0; row < bench.rows(); ++row) {
    if (out.value.is_known(row) && out.value.at(row) == sure.value.at(row)) continue;
    auto const low = end_of(out, out.low, row), low_sure = end_of(sure, sure.low, row);
    auto const high = end_of(out, out.high, row), high_sure = end_of(sure, sure.high, row);
    out.value.known[row] = out.low.known[row] = out.high.known[row] = 0;
    out.value.values[row] = out.low.values[row] = out.high.values[row] = 0;
    bound(out, row, low && low_sure ? std::optional(std::min(*low, *low_sure)) : std::nullopt,
          high && high_sure ? std::optional(std::max(*high, *high_sure)) : std::nullopt);
  }
  return out;
}

}  // namespace terrein
