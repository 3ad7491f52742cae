#include <cmath>
#include <optional>

#include "criteria/kinds.hpp"
#include "criteria/network_access.hpp"
#include "terrein/core/error.hpp"

namespace terrein {
namespace {

/// The choices of a candidate: those that count, and those with what may count.
struct Choices {
  LogSum known, possible;
  bool all_known = true;
  double foremost = 0;  // log of the largest term
  Row by = no_row;
};

double checked_mu(CriterionSpec const& spec) {
  if (spec.access.mu && *spec.access.mu > 0 && std::isfinite(*spec.access.mu)) return *spec.access.mu;
  throw_error(ErrorKind::config,
              "Criterion '{}' (logsum) needs mu, a scale above zero per second or metre: the larger, the less all but "
              "the best feature count.",
              spec.key);
}

Measure logsum_over(Lines lines, CriterionSpec const& spec, Workbench& bench) {
  double const mu = checked_mu(spec);
  CriterionSpec plain = spec;
  plain.access.decay.reset();
  NetworkAccess const ways(plain, bench, cost_of(plain), lines);
  Selection const& selection = ways.selection();
  Column<double> sizes;
  if (!spec.field.empty()) sizes = numbers_of(spec, bench.layer(spec.layer).layer, all_terms(selection));
  std::vector<Choices> all(bench.rows());
  ways.sweep([&](std::size_t candidate, std::span<Reach const> features) {
    Choices& choices = all[candidate];
    for (Reach const& way : features) {
      Row const row = ways.row_of(way.at);
      double const size = spec.field.empty() ? 1 : sizes.at(row).value_or(-1);
      choices.all_known &= size >= 0;
      if (!(size > 0)) continue;
      double const utility = -mu * way.cost;
      choices.possible.add(utility, size);
      if (selection.chosen[row] == 0) continue;
      choices.known.add(utility, size);
      double const term = utility + std::log(size);
      if (choices.by != no_row && !(term > choices.foremost)) continue;
      choices.by = row;
      choices.foremost = term;
    }
  });
  Measure out = bench.numbers(spec.layer);
  bench.each([&](std::size_t row) {
    if (!ways.can_say(row)) return;
    Choices const& choices = all[row];
    out.by[row] = choices.by;
    auto low = choices.known.log(), high = choices.possible.log();
    if (low) *low /= mu;
    if (high) *high /= mu;
    bool const complete = choices.all_known && ways.is_complete(row);
    if (complete && low && high) {
      settle(out, row, *low, *high, 0);
    } else {
      bound(out, row, low, complete ? high : std::nullopt);
    }
  });
  out.unit = std::string(plain.access.limit_s ? "s" : "m");
  out.why_unknown = nothing_to_reach(spec, selection);
  return out;
}

}  // namespace

/// Source: Ben-Akiva and Lerman (1985), with V = −c and ln of the field as size. A field that is null or negative is
/// not known, and a feature of field 0 is no choice. Nothing in reach has no utility, which is unknown without bounds:
/// it is not 0. More choices never lower it, so that what is not known leaves the known ones as lower bound.
Measure measure_logsum(CriterionSpec const& spec, Workbench& bench) {
  return over_lines(spec, bench, [&](Lines lines) { return logsum_over(lines, spec, bench); });
}

}  // namespace terrein
