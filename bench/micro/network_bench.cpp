// Searches over a network of the size of a province, beside Boost.Graph, and chains of freight on top of them.
#include <benchmark/benchmark.h>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <cmath>
#include <random>

#include "terrein/core/parallel.hpp"
#include "terrein/network/chains.hpp"

namespace {

using namespace terrein;

constexpr int side = 374;  // 139,876 nodes and 278,256 two-way roads
constexpr std::size_t terminals = 30, destinations = 10, candidates = 1'200'000;

/// A grid of crooked roads of 100 to 300 m and 30 to 90 km/h.
RoadGraph const& roads() {
  static RoadGraph const graph = [] {
    std::mt19937 random(1);
    RoadGraph out;
    std::vector<std::vector<std::array<double, 3>>> arcs(side * side);  // head, seconds, metres
    auto const join = [&](int a, int b) {
      double const metres = 100 + random() % 200, seconds = metres / ((30 + 10 * (random() % 7)) / 3.6);
      arcs[static_cast<std::size_t>(a)].push_back({static_cast<double>(b), seconds, metres});
      arcs[static_cast<std::size_t>(b)].push_back({static_cast<double>(a), seconds, metres});
    };
    for (int i = 0; i < side * side; ++i) {
      if (i % side + 1 < side) join(i, i + 1);
      if (i + side < side * side) join(i, i + side);
      out.x.push_back(200.0 * (i % side));
      out.y.push_back(200.0 * (i / side));
    }
    for (auto const& of_node : arcs) {
      out.first_out.push_back(static_cast<std::uint32_t>(out.head.size()));
      for (auto const& [head, seconds, metres] : of_node) {
        out.head.push_back(static_cast<std::uint32_t>(head));
        out.seconds.push_back(seconds);
        out.length_m.push_back(metres);
      }
    }
    out.first_out.push_back(static_cast<std::uint32_t>(out.head.size()));
    return out;
  }();
  return graph;
}

std::uint32_t start_node(std::size_t i) {
  return static_cast<std::uint32_t>(i * 2654435761U % static_cast<std::uint32_t>(side * side));
}

void one_search(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(shortest_seconds(roads(), {{start_node(i++ % terminals), 0, 0}}));
}
BENCHMARK(one_search)->Unit(benchmark::kMillisecond);

void one_search_with_metres(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state) {
    Join const arrive{start_node(i++ % terminals), 0, 0};
    benchmark::DoNotOptimize(ways_to(roads(), {&arrive, 1}, TravelCost::seconds));
  }
}
BENCHMARK(one_search_with_metres)->Unit(benchmark::kMillisecond);

struct BoostArc {
  double seconds = 0;
};
using BoostGraph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, BoostArc>;

void one_search_of_boost_graph(benchmark::State& state) {
  RoadGraph const& graph = roads();
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
  std::vector<BoostArc> arcs;
  for (std::uint32_t node = 0; node < graph.nodes(); ++node)
    for (auto arc = graph.first_out[node]; arc < graph.first_out[node + 1]; ++arc) {
      ends.emplace_back(node, graph.head[arc]);
      arcs.push_back({graph.seconds[arc]});
    }
  BoostGraph const other(boost::edges_are_sorted, ends.begin(), ends.end(), arcs.begin(), graph.nodes());
  std::vector<double> seconds(graph.nodes());
  std::size_t i = 0;
  for (auto _ : state) {
    std::uint32_t const start = start_node(i++ % terminals);
    boost::dijkstra_shortest_paths(
        other, start,
        boost::distance_map(boost::make_iterator_property_map(seconds.begin(), get(boost::vertex_index, other)))
            .weight_map(get(&BoostArc::seconds, other)));
    benchmark::DoNotOptimize(seconds.data());
    if (i > terminals) continue;
    auto const ours = shortest_seconds(graph, {{start, 0, 0}});
    for (std::size_t node = 0; node < seconds.size(); ++node)
      if (std::abs(seconds[node] - ours.seconds[node]) > 1e-6) state.SkipWithError("other times");
  }
}
BENCHMARK(one_search_of_boost_graph)->Unit(benchmark::kMillisecond)->Iterations(60);

/// Labels of all nodes to all places, node by node.
std::vector<Way> labels(std::size_t places, unsigned workers) {
  RoadGraph const& graph = roads();
  std::vector<Way> out(graph.nodes() * places);
  parallel_chunks(places, workers, 1, [&](unsigned, std::size_t place, std::size_t) {
    Join const arrive{start_node(place), 0, 0};
    Ways const ways = ways_to(graph, {&arrive, 1}, TravelCost::seconds);
    for (std::size_t node = 0; node < graph.nodes(); ++node) out[node * places + place] = ways.from[node];
  });
  return out;
}

void searches_of_30_terminals(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(labels(terminals, 2));
}
BENCHMARK(searches_of_30_terminals)->Unit(benchmark::kMillisecond)->UseRealTime();

ChainTables chain_tables() {
  ChainTables out;
  out.factors.truck = {{10, 8, 12}, 25, {{0.1, 0.08, 0.15}, {}, {85, 75, 95}}};
  out.terminals = terminals;
  out.destinations = destinations;
  std::mt19937 random(2);
  for (Mode const mode : {Mode::barge, Mode::rail}) {
    MainMode one;
    one.mode = mode;
    for (std::uint32_t i = mode == Mode::rail; i < terminals; i += 2) one.terminals.push_back(i);
    one.from_terminals = OnwardTable(one.terminals.size(), destinations);
    for (std::size_t i = 0; i < one.terminals.size(); ++i)
      for (std::size_t d = 0; d < destinations; ++d) {
        Onward onward;
        onward.totals.euro = Figure(5 + random() % 20);
        onward.totals.hours = Figure(10 + random() % 20);
        onward.totals.kg = Figure(1 + random() % 5);
        one.from_terminals.offer(i, d, onward);
      }
    out.modes.push_back(std::move(one));
  }
  return out;
}

/// The cheapest chain of every candidate, which joins two nodes, to ten destinations.
void chains_of_all_candidates(benchmark::State& state) {
  constexpr std::size_t places = terminals + destinations;
  std::vector<Way> const to = labels(places, 2);
  ChainTables const tables = chain_tables();
  std::vector<double> cheapest(candidates);
  for (auto _ : state)
    parallel_chunks(candidates, 2, 512, [&](unsigned, std::size_t begin, std::size_t end) {
      ChainSearch search(tables);
      std::vector<Way> ways(places);
      for (std::size_t candidate = begin; candidate < end; ++candidate) {
        std::fill(ways.begin(), ways.end(), Way{});
        auto const node =
            static_cast<std::uint32_t>(candidate * static_cast<std::size_t>(side * side - 1) / candidates);
        for (std::uint32_t const join : {node, node + 1})
          for (std::size_t place = 0; place < places; ++place) {
            Way const& rest = to[join * places + place];
            Way const way{5 + rest.seconds, 20 + rest.metres};
            if (is_better(way, ways[place], TravelCost::seconds)) ways[place] = way;
          }
        std::span<Way const> const all(ways);
        search.start({all.first(terminals), all.subspan(terminals), no_row, no_row});
        double sum = 0;
        for (std::size_t d = 0; d < destinations; ++d) {
          double least = unreachable;
          for (ChainKind const kind : {ChainKind::road, ChainKind::barge, ChainKind::rail})
            least = std::min(least, search.value(Best::cheapest, kind, d));
          sum += least;
        }
        cheapest[candidate] = sum;
      }
    });
  benchmark::DoNotOptimize(cheapest.data());
}
BENCHMARK(chains_of_all_candidates)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
