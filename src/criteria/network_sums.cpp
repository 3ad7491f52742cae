#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "criteria/kinds.hpp"
#include "criteria/network_access.hpp"
#include "terrein/core/error.hpp"

namespace terrein {
namespace {

/// What the ways of a candidate add up to.
struct Tally {
  double sum = 0;             // of the features that count
  double less = 0, more = 0;  // that those without class may take or add
  double foremost = 0;        // rank of the feature that decides
  Row by = no_row;
  bool all_known = true, negative = false;
};

/// The number of a feature; null = not known.
using NumberOf = std::function<std::optional<double>(Row)>;
/// How much a feature decides: the greatest does.
using RankOf = double (*)(double cost, double term);

/// Sum of numbers times their weights within the limit, in the order of the ids. What is not known is treated as in
/// `measure_sum_within`. A candidate that joins the roads and reaches nothing has a sum of 0, which is true: no way
/// leads to a feature.
Measure sum_over_ways(CriterionSpec const& spec, Workbench& bench, NetworkAccess const& ways, NumberOf const& number_of,
                      RankOf rank) {
  Selection const& selection = ways.selection();
  std::vector<Tally> tallies(bench.rows());
  ways.sweep([&](std::size_t candidate, std::span<Reach const> features) {
    Tally& tally = tallies[candidate];
    for (Reach const& way : features) {
      double const weight = ways.weight(way.cost);
      if (weight == 0) continue;
      Row const row = ways.row_of(way.at);
      auto const number = number_of(row);
      double const term = number.value_or(0) * weight;
      tally.all_known &= number.has_value();
      tally.negative |= term < 0;
      if (selection.chosen[row] == 0) {
        tally.less += std::min(0.0, term);
        tally.more += std::max(0.0, term);
        continue;
      }
      tally.sum += term;
      if (tally.by != no_row && !(rank(way.cost, term) > tally.foremost)) continue;
      tally.by = row;
      tally.foremost = rank(way.cost, term);
    }
  });
  bool negative_anywhere = false;
  for (Row row = 0; row < selection.shapeless.size(); ++row)
    negative_anywhere |= selection.shapeless[row] != 0 && number_of(row).value_or(0) < 0;
  Measure out = bench.numbers(spec.layer);
  bench.each([&](std::size_t row) {
    if (!ways.can_say(row)) return;
    Tally const& tally = tallies[row];
    out.by[row] = tally.by;
    if (tally.all_known && ways.is_complete(row)) {
      settle(out, row, tally.sum + tally.less, tally.sum + tally.more, 0);
    } else if (!tally.negative && !negative_anywhere) {
      bound(out, row, tally.sum, std::nullopt);
    }
  });
  out.why_unknown = all_shapeless(spec.layer, spec.classes, selection);
  return out;
}

double largest(double /*cost*/, double term) { return std::abs(term); }
double nearest(double cost, double /*term*/) { return -cost; }

/// With terms below zero more open lines may add or take, so that nothing is known while lines are in doubt.
Measure sum_of_field(CriterionSpec const& spec, Workbench& bench) {
  return over_lines(spec, bench, [&](Lines lines) {
    NetworkAccess const ways(spec, bench, cost_of(spec), lines);
    auto const numbers = numbers_of(spec, bench.layer(spec.layer).layer, all_terms(ways.selection()));
    bool const negative = std::any_of(numbers.values.begin(), numbers.values.end(), [](double one) { return one < 0; });
    if (negative && bench.has_doubtful_lines(spec.roads)) return lines_in_doubt(spec, bench);
    return sum_over_ways(
        spec, bench, ways, [&](Row row) { return numbers.at(row); }, largest);
  });
}

Measure count_ways(CriterionSpec const& spec, Workbench& bench, RankOf rank) {
  return over_lines(spec, bench, [&](Lines lines) {
    NetworkAccess const ways(spec, bench, cost_of(spec), lines);
    return sum_over_ways(
        spec, bench, ways, [](Row) { return 1.0; }, rank);
  });
}

/// Counts and sums within a limit take no decay, whatever the criterion says.
CriterionSpec without_decay(CriterionSpec spec) {
  spec.access.decay.reset();
  return spec;
}

}  // namespace

Measure measure_network_count(CriterionSpec const& spec, Workbench& bench) {
  return count_ways(without_decay(spec), bench, nearest);
}

Measure measure_network_sum(CriterionSpec const& spec, Workbench& bench) {
  return sum_of_field(without_decay(spec), bench);
}

Measure measure_gravity(CriterionSpec const& spec, Workbench& bench) {
  if (!spec.access.decay)
    throw_error(ErrorKind::config,
                "Criterion '{}' (gravity) has no decay; say how much less a feature counts the farther it is.",
                spec.key);
  return spec.field.empty() ? count_ways(spec, bench, largest) : sum_of_field(spec, bench);
}

}  // namespace terrein
