#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "criteria/chain_ways.hpp"
#include "criteria/kinds.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// The kinds of chains and the destinations that a criterion counts.
struct Counted {
  std::vector<ChainKind> kinds;
  std::vector<std::size_t> destinations;  // numbers
  std::vector<double> share;              // of each destination
  std::size_t heaviest = 0;               // place in `destinations`
};

Counted counted(CriterionSpec const& spec, Workbench& bench, ChainWays const& ways) {
  Counted out;
  for (std::string const& word : spec.by) {
    auto const kind = chain_kind(word);
    if (!kind)
      throw_error(ErrorKind::config, "Criterion '{}' ({}) counts chains by '{}', which is no kind of chain.", spec.key,
                  spec.measure, word);
    out.kinds.push_back(*kind);
  }
  if (out.kinds.empty()) out.kinds.assign(all_chain_kinds.begin(), all_chain_kinds.end());
  Layer const& ends = bench.layer(bench.chains(spec).destinations).layer;
  std::vector<std::string> known;
  double total = 0;
  for (std::size_t i = 0; i < ways.destinations(); ++i) {
    known.push_back(ends.id[ways.destination_row(i)]);
    if (!spec.to.empty() && std::find(spec.to.begin(), spec.to.end(), known.back()) == spec.to.end()) continue;
    if (!(ways.weights()[i] > 0)) continue;
    out.destinations.push_back(i);
    out.share.push_back(ways.weights()[i]);
    total += ways.weights()[i];
  }
  for (std::string const& id : spec.to)
    if (std::find(known.begin(), known.end(), id) == known.end())
      throw_error(ErrorKind::config, "Criterion '{}' ({}) names destination '{}', which layer '{}' does not have.{}",
                  spec.key, spec.measure, id, bench.chains(spec).destinations, suggestion(id, known));
  for (double& share : out.share) share /= total;
  if (!out.share.empty())
    out.heaviest = static_cast<std::size_t>(std::max_element(out.share.begin(), out.share.end()) - out.share.begin());
  return out;
}

/// What a candidate's chains come to.
struct Found {
  double chain = unreachable, road = unreachable;  // means over the destinations
  ChainKind kind = ChainKind::road;                // of the chain to the heaviest destination
};

Found find(ChainSearch const& search, Counted const& counts, Best best) {
  Found out{0, 0, ChainKind::road};
  for (std::size_t i = 0; i < counts.destinations.size(); ++i) {
    double cheapest = unreachable;
    for (ChainKind const kind : counts.kinds) {
      double const value = search.value(best, kind, counts.destinations[i]);
      if (!(value < cheapest)) continue;
      cheapest = value;
      if (i == counts.heaviest) out.kind = kind;
    }
    out.chain += counts.share[i] * cheapest;
    out.road += counts.share[i] * search.value(best, ChainKind::road, counts.destinations[i]);
  }
  return out;
}

/// The least that a chain by a terminal can be of which nothing but its distance is known: the truck that drives there.
double least_by_hidden(ChainTables const& tables, double metres, Best best) {
  if (!std::isfinite(metres)) return unreachable;
  return value_of(truck_totals(tables.factors.truck, metres / 1000, 0), best);
}

bool uses_terminals(Counted const& counts) {
  return std::any_of(counts.kinds.begin(), counts.kinds.end(),
                     [](ChainKind kind) { return kind == ChainKind::barge || kind == ChainKind::rail; });
}
bool uses_own(Counted const& counts) { return std::any_of(counts.kinds.begin(), counts.kinds.end(), is_direct); }

/// A candidate over lines that are possibly open, and over those that surely are.
struct Bounds {
  Found most_open, least_open;
  double low = 0;  ///< of `most_open.chain`, for terminals and quays that are perhaps there
  Row by = no_row;
};
using Take = std::function<void(std::size_t row, Bounds const& bounds)>;

/// Calls `take` for every candidate of which anything can be said.
void each_candidate(CriterionSpec const& spec, Workbench& bench, Best best, Take const& take) {
  ChainWays const& open = bench.chain_ways(spec, Lines::possible);
  bool const doubtful = bench.has_doubtful_lines(bench.chains(spec));
  ChainWays const& sure = doubtful ? bench.chain_ways(spec, Lines::sure) : open;
  Counted const counts = counted(spec, bench, open);
  if (counts.destinations.empty()) return;
  bool const by_terminal = uses_terminals(counts), by_own = uses_own(counts);
  bench.each_nearby([&] {
    return
        [&, open_ways = ChainWays::Reader(open), sure_ways = ChainWays::Reader(sure),
         open_search = ChainSearch(open.tables()), sure_search = ChainSearch(sure.tables())](std::size_t row) mutable {
          if (!open.can_say(row)) return;
          Bounds out;
          open_search.start(open_ways.of(row));
          out.most_open = out.least_open = find(open_search, counts, best);
          out.low = out.most_open.chain;
          if (by_terminal)
            out.low = std::min(out.low, least_by_hidden(open.tables(), open.hidden_terminal_m(row), best));
          if (by_own && !open.knows_own(row)) out.low = 0;
          if (auto const chain = open_search.chain(best, out.most_open.kind, counts.destinations[counts.heaviest]);
              chain && !is_direct(chain->kind))
            out.by = open.terminal_row(chain->from);
          if (doubtful) {
            sure_search.start(sure_ways.of(row));
            out.least_open = find(sure_search, counts, best);
          }
          take(row, out);
        };
  });
}

/// Why nothing is known when no destination counts.
Reason no_destination(CriterionSpec const& spec, Workbench& bench) {
  ChainWays const& ways = bench.chain_ways(spec, Lines::possible);
  if (!counted(spec, bench, ways).destinations.empty()) return {};
  std::string const& key = bench.chains(spec).destinations;
  return {fmt::format("layer '{}' has no destination that counts", key),
          fmt::format("laag '{}' heeft geen bestemming die telt", key)};
}

void set_between(Measure& out, std::size_t row, double low, double high) {
  if (low == high && std::isfinite(low)) return out.value.set(row, low);
  bound(out, row, std::isfinite(low) ? std::optional(low) : std::nullopt,
        std::isfinite(high) ? std::optional(high) : std::nullopt);
}

Measure least(CriterionSpec const& spec, Workbench& bench, Best best) {
  Measure out = bench.numbers(bench.chains(spec).terminals);
  each_candidate(spec, bench, best, [&](std::size_t row, Bounds const& of) {
    out.by[row] = of.by;
    if (std::isfinite(of.low)) set_between(out, row, of.low, of.least_open.chain);
  });
  out.why_unknown = no_destination(spec, bench);
  return out;
}

Measure saving(CriterionSpec const& spec, Workbench& bench, Best best) {
  Measure out = bench.numbers(bench.chains(spec).terminals);
  each_candidate(spec, bench, best, [&](std::size_t row, Bounds const& of) {
    out.by[row] = of.by;
    double const road_low = of.most_open.road, road_high = of.least_open.road;
    if (!std::isfinite(road_low) || !std::isfinite(of.low)) return;
    bool const known = road_low == road_high && of.low == of.least_open.chain;
    double const low = road_low - of.least_open.chain, high = road_high - of.low;
    if (known || std::isfinite(low) || std::isfinite(high)) set_between(out, row, low, high);
  });
  out.why_unknown = no_destination(spec, bench);
  return out;
}

}  // namespace

/// Unknown where no chain of the kinds that count leads to some destination. With bounds where lines, terminals or a
/// quay of its own are in doubt.
Measure measure_chain_cost(CriterionSpec const& spec, Workbench& bench) { return least(spec, bench, Best::cheapest); }
Measure measure_chain_time(CriterionSpec const& spec, Workbench& bench) { return least(spec, bench, Best::fastest); }
Measure measure_chain_co2(CriterionSpec const& spec, Workbench& bench) { return least(spec, bench, Best::cleanest); }
Measure measure_chain_saving(CriterionSpec const& spec, Workbench& bench) {
  return saving(spec, bench, Best::cheapest);
}
Measure measure_chain_co2_saving(CriterionSpec const& spec, Workbench& bench) {
  return saving(spec, bench, Best::cleanest);
}

/// Known where it is the same whatever is in doubt.
Measure measure_chain_kind(CriterionSpec const& spec, Workbench& bench) {
  std::vector<std::optional<std::string_view>> kinds(bench.rows());
  Measure out = unknown_measure({}, {}, true, 0, {});
  out.by.assign(bench.rows(), no_row);
  out.by_layer = bench.chains(spec).terminals;
  each_candidate(spec, bench, Best::cheapest, [&](std::size_t row, Bounds const& of) {
    out.by[row] = of.by;
    bool const known = of.low == of.least_open.chain && of.most_open.kind == of.least_open.kind;
    if (known && std::isfinite(of.low)) kinds[row] = to_string(of.most_open.kind);
  });
  out.text.reserve(bench.rows());
  for (auto const& kind : kinds) out.text.push(kind);
  out.why_unknown = no_destination(spec, bench);
  return out;
}

}  // namespace terrein
