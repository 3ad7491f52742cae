#include <algorithm>
#include <cmath>
#include <optional>

#include "criteria/kinds.hpp"
#include "criteria/network_access.hpp"
#include "criteria/network_nth.hpp"
#include "terrein/core/error.hpp"

namespace terrein {
namespace {

std::size_t count(std::vector<std::uint8_t> const& rows) {
  return static_cast<std::size_t>(std::count(rows.begin(), rows.end(), 1));
}

std::vector<Reach> nth(NetworkAccess const& ways, std::vector<std::uint8_t> const& rows, std::size_t n,
                       CriterionSpec const& spec, Workbench const& bench) {
  return nth_nearest(ways.network(), ways.candidates(), ways.features_at(rows), n, spec.access.direction,
                     bench.workers());
}

/// Why no candidate reaches as many features as are asked for.
Reason too_few(CriterionSpec const& spec, Selection const& selection) {
  if (Reason why = nothing_to_reach(spec, selection); !why.empty()) return why;
  std::size_t const there = count(selection.chosen), n = spec.access.nth;
  if (there >= n) return {};
  return {
      fmt::format("layer '{}' has {} features that count, and the one of rank {} is asked for", spec.layer, there, n),
      fmt::format("laag '{}' heeft {} objecten die tellen, en dat van rang {} wordt gevraagd", spec.layer, there, n)};
}

// A feature without usable shape may be nearer than any other: each takes one rank from those that are known.
Measure nth_over(Lines lines, CriterionSpec const& spec, Workbench& bench, TravelCost cost) {
  NetworkAccess const ways(spec, bench, cost, lines);
  Selection const& selection = ways.selection();
  std::size_t const n = spec.access.nth, anywhere = count(selection.shapeless);
  auto const known = nth(ways, selection.chosen, n, spec, bench);
  bool const in_doubt = selection.any_unlabelled || anywhere > 0;
  std::vector<Reach> possible;
  if (in_doubt && anywhere < n) possible = nth(ways, either(selection), n - anywhere, spec, bench);
  Measure out = bench.numbers(spec.layer);
  bench.each([&](std::size_t row) {
    if (!ways.can_say(row)) return;
    double const cheapest = known[row].cost;
    bool const found = std::isfinite(cheapest);
    out.by[row] = ways.row_of(known[row].at);
    double low = !in_doubt ? cheapest : anywhere >= n ? 0 : possible[row].cost;
    if (low > 0) low = std::min(low, ways.hidden_from(row, low));
    if (low < cheapest) {
      bound(out, row, low, found ? std::optional(cheapest) : std::nullopt);
    } else if (found) {
      out.value.set(row, cheapest);
    }
  });
  out.why_unknown = too_few(spec, selection);
  return out;
}

}  // namespace

Measure measure_nth(CriterionSpec const& spec, Workbench& bench, TravelCost cost) {
  return over_lines(spec, bench, [&](Lines lines) { return nth_over(lines, spec, bench, cost); });
}

Measure measure_network_distance(CriterionSpec const& spec, Workbench& bench) {
  return measure_nth(spec, bench, TravelCost::metres);
}

}  // namespace terrein
