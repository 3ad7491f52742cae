#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "criteria/kinds.hpp"
#include "criteria/network_access.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

constexpr double no_end = std::numeric_limits<double>::infinity();

struct Range {
  double low = 0, high = 0;
};

/// Who uses the supply, in the order of the ids.
struct Demand {
  MeasuringLayer const& source;
  CoverageCheck const& coverage;
  std::vector<std::optional<double>> heads;  // per place
  Attachment places;
  double anywhere = 0;  // of those without a place that counts; infinite when it is not known

  Demand(CriterionSpec const& spec, Workbench& bench)
      : source(spec.access.demand.empty() ? bench.whole_source() : bench.layer(spec.access.demand)),
        coverage(bench.coverage(source.coverage)) {
    heads.resize(source.layer.size());
    CriterionSpec asked = spec;
    asked.field = spec.access.demand_field;
    auto const numbers = numbers_of(asked, source.layer);
    bool const exact_only = !bench.inputs().allow_approximate && !source.approximate.empty();
    std::vector<std::uint8_t> placed(source.layer.size(), 0);
    for (Row row = 0; row < source.layer.size(); ++row) {
      auto number = numbers.at(row);
      if (number && *number < 0) number.reset();
      heads[source.layer.id_rank[row]] = number;
      placed[row] = source.layer.geometry.has_shape(row) && !(exact_only && source.approximate[row] != 0) ? 1 : 0;
      if (placed[row] == 0) anywhere += number.value_or(no_end);
    }
    places = bench.centroid_search(spec.roads).features_at(source.layer, placed, spec.access_kmh, bench.workers());
  }
  /// Within the limit of a feature.
  [[nodiscard]] Range of(std::span<Reach const> ways, NetworkAccess const& access, Point feature) const {
    Range out;
    bool all_known = coverage.reach(feature, access.farthest_m()) >= access.farthest_m();
    for (Reach const& way : ways) {
      double const weight = access.weight(way.cost);
      all_known &= weight == 0 || heads[way.at].has_value();
      out.low += weight * heads[way.at].value_or(0);
    }
    out.high = all_known ? out.low + anywhere : no_end;
    return out;
  }
};

/// Supply per head. Where no demand is in reach of a feature there is no ratio: any from 0 up.
Range ratio(std::optional<double> supply, Range demand) {
  if (!supply || *supply < 0) return {0, no_end};
  if (*supply == 0) return {0, 0};
  return {demand.high > 0 ? *supply / demand.high : 0, demand.low > 0 ? *supply / demand.low : no_end};
}

/// Per feature, in the order of the ids.
std::vector<Range> ratios(CriterionSpec const& spec, Workbench& bench, NetworkAccess const& ways) {
  Layer const& features = bench.layer(spec.layer).layer;
  auto const supply = numbers_of(spec, features, all_terms(ways.selection()));
  Demand const demand(spec, bench);
  SweepOptions options;
  options.direction = spec.access.direction;
  options.limit = ways.limit();
  options.workers = bench.workers();
  auto const counted = either(ways.selection());
  std::vector<Range> out(features.size());
  sweep_by_destination(ways.network(), demand.places, ways.features_at(counted), options,
                       [&](std::size_t feature, std::span<Reach const> found) {
                         Row const row = ways.row_of(static_cast<std::uint32_t>(feature));
                         if (counted[row] == 0) return;
                         out[feature] = ratio(supply.at(row), demand.of(found, ways, centroid(features.geometry, row)));
                       });
  return out;
}

struct Total {
  Range sum;
  double foremost = 0;
  Row by = no_row;
};

}  // namespace

/// Source: Luo and Wang (2003), with a decay Luo and Qi (2009). The demand is that of the whole layer, so that it does
/// not depend on which candidates a study chooses. A supply or demand that is null or negative is not known; a demand
/// without usable shape may lie within the limit of every feature. Outside the coverage of the demand there may be more
/// of it, outside that of the features more supply. With more lines open a candidate reaches more supply and more
/// demand reaches it, so that nothing is known while lines are in doubt.
Measure measure_catchment(CriterionSpec const& spec, Workbench& bench) {
  NetworkAccess const ways(spec, bench, cost_of(spec), Lines::possible);
  if (bench.has_doubtful_lines(spec.roads)) return lines_in_doubt(spec, bench);
  Selection const& selection = ways.selection();
  auto const per_head = ratios(spec, bench, ways);
  std::vector<Total> totals(bench.rows());
  ways.sweep([&](std::size_t candidate, std::span<Reach const> features) {
    Total& total = totals[candidate];
    for (Reach const& way : features) {
      double const weight = ways.weight(way.cost);
      if (weight == 0) continue;
      Row const row = ways.row_of(way.at);
      total.sum.high += weight * per_head[way.at].high;
      if (selection.chosen[row] == 0) continue;
      double const term = weight * per_head[way.at].low;
      total.sum.low += term;
      if (total.by != no_row && !(term > total.foremost)) continue;
      total.by = row;
      total.foremost = term;
    }
  });
  Measure out = bench.numbers(spec.layer);
  bench.each([&](std::size_t row) {
    if (!ways.can_say(row)) return;
    auto const& [sum, foremost, by] = totals[row];
    out.by[row] = by;
    if (ways.is_complete(row) && std::isfinite(sum.high)) {
      settle(out, row, sum.low, sum.high, 0);
    } else {
      bound(out, row, sum.low, std::nullopt);
    }
  });
  out.why_unknown = all_shapeless(spec.layer, spec.classes, selection);
  return out;
}

}  // namespace terrein
