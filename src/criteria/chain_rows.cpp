#include <algorithm>
#include <map>

#include "criteria/chain_ways.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/network/way_lines.hpp"

namespace terrein {
namespace {

/// The chains that are worth a row, and what each is best at.
struct Chosen {
  Chain chain;
  bool cheapest = false, fastest = false, cleanest = false;
};

bool is_same(Chain const& a, Chain const& b) { return a.kind == b.kind && a.from == b.from && a.totals == b.totals; }

std::vector<Chosen> chosen_chains(ChainSearch const& search, std::size_t destination) {
  std::vector<Chosen> out;
  for (ChainKind const kind : all_chain_kinds)
    if (auto chain = search.chain(Best::cheapest, kind, destination)) out.push_back({std::move(*chain)});
  for (Best const best : all_bests) {
    std::optional<Chain> top;
    for (ChainKind const kind : all_chain_kinds) {
      auto chain = search.chain(best, kind, destination);
      if (chain && (!top || value_of(chain->totals, best) < value_of(top->totals, best))) top = std::move(chain);
    }
    if (!top) continue;
    auto known = std::find_if(out.begin(), out.end(), [&](Chosen const& one) { return is_same(one.chain, *top); });
    if (known == out.end()) known = out.insert(out.end(), Chosen{*top});
    (best == Best::cheapest ? known->cheapest : best == Best::fastest ? known->fastest : known->cleanest) = true;
  }
  return out;
}

/// Draws the chains of a study.
class ChainLines {
 public:
  ChainLines(ChainSpec const& spec, ChainWays const& ways, Workbench& bench)
      : ways_(ways),
        shapes_(bench.shapes()),
        against_(reversed(ways.road_graph())),
        edges_(network_edges(bench.layer(spec.roads).layer, *bench.layer(spec.roads).graph, bench.workers())),
        roads_(bench.layer(spec.roads).layer, edges_) {
    for (MainMode const& mode : ways.tables().modes) terminals_.push_back(mode.terminals);
  }

  [[nodiscard]] std::vector<std::vector<double>> of(std::size_t candidate, std::size_t destination,
                                                    Chain const& chain) {
    std::vector<std::vector<double>> out;
    auto const end = static_cast<std::uint32_t>(ways_.terminals() + destination);
    if (chain.kind == ChainKind::road) {
      out.push_back(from_candidate(candidate, end));
    } else {
      if (!is_direct(chain.kind)) out.push_back(from_candidate(candidate, chain.from));
      out.push_back(main_line(chain, destination));
      if (chain.onward->to != no_row) out.push_back(from_place(chain.onward->to, end));
    }
    std::erase_if(out, [](std::vector<double> const& line) { return line.size() < 4; });
    return out;
  }

 private:
  [[nodiscard]] Ways const& ways_to_place(std::uint32_t place) {
    auto const [known, fresh] = ways_to_.try_emplace(place);
    if (fresh) known->second = ways_to(against_, ways_.places().arrive.of(place), TravelCost::seconds);
    return known->second;
  }

  [[nodiscard]] std::vector<double> drawn(std::span<Join const> leave, std::span<Gate const> gates,
                                          std::uint32_t place) {
    Ways const& ways = ways_to_place(place);
    WayFrom const from = way_from(leave, ways, TravelCost::seconds);
    if (from.join == nullptr) return {};
    auto const to = ways_.gates() == nullptr ? std::span<Gate const>{} : ways_.place_gates().of(place);
    return roads_.line(gates, nodes_on_way(*from.join, ways), to);
  }

  [[nodiscard]] std::vector<double> from_candidate(std::size_t candidate, std::uint32_t place) {
    if (ways_.gates() != nullptr)
      return drawn(ways_.candidate_joins().of(candidate), ways_.gates()->sure().of(candidate), place);
    std::vector<double> line = drawn(ways_.candidate_joins().of(candidate), {}, place);
    Point const start = centroid(shapes_, candidate);
    line.insert(line.begin(), {start.x, start.y});
    return line;
  }

  [[nodiscard]] std::vector<double> from_place(std::uint32_t from, std::uint32_t to) {
    auto const gates = ways_.gates() == nullptr ? std::span<Gate const>{} : ways_.place_gates().of(from);
    return drawn(ways_.places().leave.of(from), gates, to);
  }

  [[nodiscard]] std::vector<double> main_line(Chain const& chain, std::size_t destination) {
    for (std::size_t i = 0; i < ways_.tables().modes.size(); ++i) {
      if (ways_.tables().modes[i].mode != mode_of(chain.kind)) continue;
      MainSearch const& search = ways_.search(i);
      auto const place_of = [&](std::uint32_t terminal) {
        auto const& all = terminals_[i];
        return search.terminal_places[static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), terminal) -
                                                               all.begin())];
      };
      std::uint32_t const from = is_direct(chain.kind) ? search.own_places[chain.from] : place_of(chain.from);
      std::uint32_t const to =
          chain.onward->to == no_row ? search.destination_places[destination] : place_of(chain.onward->to);
      return search.network->line(from, to, chain.onward->main);
    }
    return {};
  }

  ChainWays const& ways_;
  GeometryColumn const& shapes_;
  RoadGraph against_;
  std::vector<NetworkEdge> edges_;
  WayLines roads_;
  std::vector<std::vector<std::uint32_t>> terminals_;  // per mode
  std::map<std::uint32_t, Ways> ways_to_;
};

}  // namespace

std::vector<ChainRow> chain_rows(ChainSpec const& chains, Inputs const& inputs,
                                 std::vector<std::size_t> const& candidates) {
  Workbench bench(inputs, {});
  ChainWays const ways(chains, bench, Lines::possible);
  FreightFactors const& factors = ways.tables().factors;
  ChainLines lines(chains, ways, bench);
  ChainWays::Reader reader(ways);
  ChainSearch search(ways.tables());
  std::vector<ChainRow> out;
  for (std::size_t const candidate : candidates) {
    search.start(reader.of(candidate));
    for (std::size_t destination = 0; destination < ways.destinations(); ++destination) {
      auto const road = search.chain(Best::cheapest, ChainKind::road, destination);
      for (Chosen const& one : chosen_chains(search, destination)) {
        ChainRow row;
        row.candidate = candidate;
        row.destination = ways.destination_row(destination);
        row.chain = one.chain;
        row.cheapest = one.cheapest;
        row.fastest = one.fastest;
        row.cleanest = one.cleanest;
        if (is_direct(one.chain.kind))
          row.own = ways.own_row(mode_of(one.chain.kind), one.chain.from);
        else
          row.terminal = ways.terminal_row(one.chain.from);
        if (one.chain.onward) row.to_terminal = ways.terminal_row(one.chain.onward->to);
        if (road) {
          row.saving_euro = road->totals.euro - one.chain.totals.euro;
          row.saving_kg = road->totals.kg - one.chain.totals.kg;
          row.break_even_km = break_even_km(one.chain, *road, factors);
        }
        row.lines = lines.of(candidate, destination, one.chain);
        out.push_back(std::move(row));
      }
    }
  }
  return out;
}

}  // namespace terrein
