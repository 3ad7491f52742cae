#include "terrein/network/chains.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "factors.hpp"
#include "graphs.hpp"
#include "support/catch.hpp"
#include "terrein/network/network.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// Best of two ways where the first number counts first.
std::pair<double, double> sum(std::pair<double, double> const& a, std::pair<double, double> const& b) {
  return {a.first + b.first, a.second + b.second};
}

/// All pairs by Floyd and Warshall over pairs that are compared in order.
std::vector<std::vector<std::pair<double, double>>> all_pairs_of(RoadGraph const& graph, TravelCost by,
                                                                 std::vector<std::uint8_t> const& open) {
  std::pair<double, double> const never{unreachable, unreachable};
  std::vector d(graph.nodes(), std::vector(graph.nodes(), never));
  for (std::size_t i = 0; i < graph.nodes(); ++i) {
    d[i][i] = {0, 0};
    for (auto arc = graph.first_out[i]; arc < graph.first_out[i + 1]; ++arc) {
      if (!open.empty() && open[arc] == 0) continue;
      std::pair const cost = by == TravelCost::seconds ? std::pair{graph.seconds[arc], graph.length_m[arc]}
                                                       : std::pair{graph.length_m[arc], graph.seconds[arc]};
      d[i][graph.head[arc]] = std::min(d[i][graph.head[arc]], cost);
    }
  }
  for (std::size_t k = 0; k < graph.nodes(); ++k)
    for (std::size_t i = 0; i < graph.nodes(); ++i)
      for (std::size_t j = 0; j < graph.nodes(); ++j) d[i][j] = std::min(d[i][j], sum(d[i][k], d[k][j]));
  return d;
}

/// A net of waterways on a grid with whole lengths and speeds, so that sums are exact, and classes of which some are
/// not known. Some stretches are one-way.
struct Water {
  Layer lines;
  GraphOptions options;
  Network network;

  explicit Water(std::mt19937& random, int side = 4) {
    std::vector<std::string> wkt;
    std::vector<std::optional<double>> speeds;
    std::vector<char const*> classes, ways;
    constexpr std::array<char const*, 6> names{"II", "IV", "Va", "Vb", "0", nullptr};
    for (int i = 0; i < side * side; ++i)
      for (int const step : {1, side}) {
        if ((step == 1 && i % side == side - 1) || i + step >= side * side || draw(random, 5) == 0) continue;
        int const j = i + step;
        wkt.push_back(fmt::format("LINESTRING({} {},{} {})", 360 * (i % side), 360 * (i / side), 360 * (j % side),
                                  360 * (j / side)));
        speeds.emplace_back(3.6 * (1 << draw(random, 3)));
        classes.push_back(names[draw(random, 6)]);
        ways.push_back(draw(random, 6) == 0 ? "F" : nullptr);
      }
    lines = layer_of(wkt);
    lines.attributes.add(numbers("kmh", speeds));
    lines.attributes.add(texts("class", classes));
    lines.attributes.add(texts("way", ways));
    options.speed_field = "kmh";
    options.oneway_field = "way";
    options.facts.cemt = "class";
    Issues issues;
    network = build_network(lines, options, issues);
  }
};

}  // namespace

TEST_CASE("The fewest seconds and of those the fewest metres, or the reverse, are those of all pairs") {
  std::mt19937 random(7);
  std::size_t reached = 0, differ = 0;
  for (int round = 0; round < 60; ++round) {
    std::size_t const nodes = 3 + draw(random, 12);
    std::vector<Arc> arcs;
    for (std::size_t i = 0; i < 3 * nodes; ++i)
      arcs.push_back({draw(random, static_cast<std::uint32_t>(nodes)), draw(random, static_cast<std::uint32_t>(nodes)),
                      static_cast<double>(draw(random, 4))});  // some take no time
    RoadGraph graph = graph_of(nodes, arcs);
    for (double& length : graph.length_m) length = draw(random, 5);
    RoadGraph const against = reversed(graph);
    for (TravelCost const by : {TravelCost::seconds, TravelCost::metres}) {
      auto const expected = all_pairs_of(graph, by, {});
      for (std::uint32_t to = 0; to < nodes; ++to) {
        Join const arrive{to, 2, 5};
        Ways const found = ways_to(against, {&arrive, 1}, by);
        for (std::uint32_t from = 0; from < nodes; ++from) {
          auto const& [first, second] = expected[from][to];
          Way const way = by == TravelCost::seconds ? Way{first + 2, second + 5} : Way{second + 2, first + 5};
          REQUIRE(found.from[from].seconds == way.seconds);
          REQUIRE(found.from[from].metres == way.metres);
          if (!way.exists()) {
            CHECK(found.next[from] == no_row);
            continue;
          }
          ++reached;
          // The nodes on the way are joined by arcs that add up to it.
          Join const leave{from, 0, 0};
          auto const nodes_on = nodes_on_way(leave, found);
          REQUIRE(nodes_on.back() == to);
          for (std::size_t i = 1; i < nodes_on.size(); ++i) {
            bool tight = false;
            Way const a = found.from[nodes_on[i - 1]], b = found.from[nodes_on[i]];
            for (auto arc = graph.first_out[nodes_on[i - 1]]; arc < graph.first_out[nodes_on[i - 1] + 1]; ++arc)
              tight = tight || (graph.head[arc] == nodes_on[i] && a.seconds == graph.seconds[arc] + b.seconds &&
                                a.metres == graph.length_m[arc] + b.metres);
            REQUIRE(tight);
          }
        }
      }
    }
    differ += all_pairs_of(graph, TravelCost::seconds, {}) != all_pairs_of(graph, TravelCost::metres, {});
  }
  CHECK(reached > 2000);
  CHECK(differ > 40);
}

TEST_CASE("Main legs are the shortest and quickest ways per class of vessel that fits all along") {
  std::mt19937 random(11);
  std::size_t legs_found = 0, unknown_vessels = 0;
  for (int round = 0; round < 40; ++round) {
    Water const water(random);
    RoadGraph const& graph = water.network.graph;
    LineFacts const& facts = water.network.facts;
    // Places on nodes, a little beside them.
    std::vector<std::string> points;
    std::vector<std::uint32_t> node_of;
    for (int i = 0; i < 6; ++i) {
      node_of.push_back(draw(random, static_cast<std::uint32_t>(graph.nodes())));
      points.push_back(fmt::format("POINT({} {})", graph.x[node_of.back()], graph.y[node_of.back()]));
    }
    Layer const places = layer_of(points);
    MainNetwork const search(water.lines, water.options, graph, &facts, Mode::barge, places.geometry, 10, true, 2);
    std::vector<std::uint32_t> const all{0, 1, 2, 3, 4, 5};
    auto const found = search.legs(all, all);
    for (std::size_t a = 0; a < all.size(); ++a)
      for (std::size_t b = 0; b < all.size(); ++b) {
        MainLegs const& legs = found[a * all.size() + b];
        if (a == b) {
          CHECK(legs.empty());
          continue;
        }
        bool any_known = false;
        for (Cemt const cls : {Cemt::below, Cemt::II, Cemt::IV, Cemt::Va, Cemt::Vb, Cemt::unknown}) {
          if (std::find(facts.cemt.begin(), facts.cemt.end(), cls) == facts.cemt.end() && cls != Cemt::unknown)
            continue;
          std::vector<std::uint8_t> open(graph.arcs(), 1);
          if (cls != Cemt::unknown)
            for (std::size_t arc = 0; arc < open.size(); ++arc) open[arc] = facts.cemt[facts.row[arc]] >= cls;
          for (TravelCost const by : {TravelCost::metres, TravelCost::seconds}) {
            auto const between = all_pairs_of(graph, by, open)[node_of[a]][node_of[b]];
            bool const exists = between.first != unreachable && node_of[a] != node_of[b];
            if (cls == Cemt::unknown && any_known) continue;
            any_known = any_known || (exists && cls != Cemt::unknown);
            double const metres = by == TravelCost::metres ? between.first : between.second;
            double const seconds = by == TravelCost::metres ? between.second : between.first;
            bool const there = std::any_of(legs.begin(), legs.end(), [&](MainLeg const& leg) {
              return leg.vessel == cls && std::abs(leg.km * 1000 - metres) < 1e-6 &&
                     std::abs(leg.hours * 3600 - seconds) < 1e-6;
            });
            REQUIRE(there == exists);
            legs_found += there;
            unknown_vessels += there && cls == Cemt::unknown;
          }
        }
      }
  }
  CHECK(legs_found > 1000);
  CHECK(unknown_vessels > 50);
}

TEST_CASE("A place too far from the water, or on water that is in doubt, has no legs") {
  Layer lines = layer_of({"LINESTRING(0 0,1000 0)", "LINESTRING(1000 0,3000 0)"});
  lines.attributes.add(numbers("kmh", {10.0, 10.0}));
  lines.attributes.add(texts("class", {"Va", "IV"}));
  lines.attributes.add(texts("max_draught", {"3", nullptr}));
  GraphOptions options;
  options.speed_field = "kmh";
  options.facts.cemt = "class";
  Issues issues;
  Network const network = build_network(lines, options, issues);
  Layer const places = layer_of({"POINT(250 400)", "POINT(750 -30)", "POINT(2500 501)", "POINT(2500 500)"});
  MainNetwork const search(lines, options, network.graph, &network.facts, Mode::barge, places.geometry, 500, true, 1);
  CHECK(search.has(0));
  CHECK_FALSE(search.has(2));
  std::vector<std::uint32_t> const all{0, 1, 2, 3};
  auto const legs = search.legs(all, all);
  // On one stretch past none of its ends: 500 m at 10 km/h, for vessels of class Va and so of IV, too.
  REQUIRE_FALSE(legs[1].empty());
  CHECK(legs[1].front().vessel == Cemt::Va);
  CHECK(legs[1].front().km == Approx(0.5).epsilon(1e-12));
  CHECK(legs[1].front().hours == Approx(0.05).epsilon(1e-12));
  CHECK(legs[2].empty());
  // The bottleneck decides: 750 m of Va and 1500 m of IV take vessels of class IV.
  for (MainLeg const& leg : legs[3]) {
    CHECK(leg.vessel == Cemt::IV);
    CHECK(leg.km == Approx(2.25).epsilon(1e-12));
  }
  auto const line = search.line(0, 3, legs[3].front());
  CHECK(line == std::vector<double>{250, 400, 250, 0, 1000, 0, 2500, 0, 2500, 500});
  CHECK(search.line(1, 0, legs[4].front()) == std::vector<double>{750, -30, 750, 0, 250, 0, 250, 400});
}

TEST_CASE("The best chain of every kind is the best of all that can be named") {
  std::mt19937 random(23);
  FreightFactors const factors = some_factors();
  std::size_t found = 0, none = 0, by_second_terminal = 0;
  for (int round = 0; round < 60; ++round) {
    Water const water(random);
    std::size_t const terminals = 1 + draw(random, 4), destinations = 1 + draw(random, 3), quays = draw(random, 3);
    std::vector<std::string> points;
    for (std::size_t i = 0; i < terminals + destinations + quays; ++i)
      points.push_back(fmt::format("POINT({} {})", draw(random, 1081), draw(random, 1300)));
    Layer const places = layer_of(points);
    MainNetwork const network(water.lines, water.options, water.network.graph, &water.network.facts, Mode::barge,
                              places.geometry, 100, true, 2);
    auto const draw_way = [&random] {
      return draw(random, 6) == 0 ? Way{} : Way{60.0 * draw(random, 90), 1000.0 * draw(random, 60)};
    };
    MainMode mode;
    std::vector<std::uint32_t> terminal_places, destination_places, own_places;
    for (std::uint32_t i = 0; i < terminals; ++i) {
      terminal_places.push_back(i);
      mode.terminals.push_back(2 * i);  // every other terminal is one of road and rail
    }
    for (std::uint32_t i = 0; i < destinations; ++i)
      destination_places.push_back(static_cast<std::uint32_t>(terminals) + i);
    for (std::uint32_t i = 0; i < quays; ++i)
      own_places.push_back(static_cast<std::uint32_t>(terminals + destinations) + i);
    std::vector<Way> post, to_terminals(2 * terminals), to_destinations;
    for (std::size_t i = 0; i < terminals * destinations; ++i) post.push_back(draw_way());
    for (Way& way : to_terminals) way = draw_way();
    for (std::size_t i = 0; i < destinations; ++i) to_destinations.push_back(draw_way());
    MainSearch searched{&network, terminal_places, destination_places, own_places};
    search_legs(searched);
    fill_onward(mode, searched, post, destinations, factors);
    ChainTables tables{factors, 2 * terminals, destinations, {mode}};
    ChainSearch search(tables);
    std::uint32_t const quay = quays > 0 ? draw(random, static_cast<std::uint32_t>(quays)) : no_row;
    search.start({to_terminals, to_destinations, quay, no_row});

    auto const truck = [&](Way const& way) {
      return truck_totals(factors.truck, way.metres / 1000, way.seconds / 3600);
    };
    ChainTotals const transfer = transfer_totals(factors.barge.transfer);
    auto const legs_between = [&](std::uint32_t from, std::uint32_t to) {
      std::vector<ChainTotals> out;
      auto const legs = network.legs({&from, 1}, {&to, 1});
      for (MainLeg const& leg : legs[0])
        out.push_back(leg_totals(factors.barge.of_vessel(leg.vessel), leg.km, leg.hours));
      return out;
    };
    auto const onward = [&](std::uint32_t from, std::size_t destination) {
      std::vector<ChainTotals> out = legs_between(from, destination_places[destination]);
      for (std::size_t t = 0; t < terminals; ++t) {
        Way const& way = post[t * destinations + destination];
        if (!way.exists()) continue;
        for (ChainTotals const& leg : legs_between(from, terminal_places[t]))
          out.push_back(leg + transfer + truck(way));
      }
      return out;
    };
    for (std::size_t destination = 0; destination < destinations; ++destination) {
      std::map<ChainKind, std::vector<ChainTotals>> all;
      if (to_destinations[destination].exists()) all[ChainKind::road].push_back(truck(to_destinations[destination]));
      for (std::size_t t = 0; t < terminals; ++t) {
        if (!to_terminals[2 * t].exists()) continue;
        for (ChainTotals const& rest : onward(terminal_places[t], destination))
          all[ChainKind::barge].push_back(truck(to_terminals[2 * t]) + transfer + rest);
      }
      if (quay != no_row) all[ChainKind::own_quay] = onward(own_places[quay], destination);
      for (ChainKind const kind : all_chain_kinds)
        for (Best const best : all_bests) {
          double least = unreachable;
          for (ChainTotals const& one : all[kind]) least = std::min(least, value_of(one, best));
          auto const chain = search.chain(best, kind, destination);
          REQUIRE(chain.has_value() == std::isfinite(least));
          if (!chain) {
            CHECK(search.value(best, kind, destination) == unreachable);
            ++none;
            continue;
          }
          ++found;
          by_second_terminal += chain->onward && chain->onward->to != no_row;
          REQUIRE(search.value(best, kind, destination) == Approx(least).epsilon(1e-12));
          REQUIRE(value_of(chain->totals, best) == Approx(least).epsilon(1e-12));
          for (Figure const& figure : {chain->totals.euro, chain->totals.hours, chain->totals.kg}) {
            CHECK(figure.low <= figure.value);
            CHECK(figure.value <= figure.high);
          }
        }
    }
  }
  CHECK(found > 300);
  CHECK(none > 100);
  CHECK(by_second_terminal > 30);
}

TEST_CASE("At the break-even distance both chains cost the same, whatever the factors within their ranges") {
  FreightFactors const factors = some_factors();
  Chain road, barge;
  road.truck = {7200, 100000};
  barge.kind = ChainKind::barge;
  barge.from = 0;
  barge.truck = {1200, 12000};
  barge.onward = Onward{1, {110, 9, Cemt::IV, Electrified::unknown}, {1800, 30000}, {}};
  auto const at = [](Figure const& figure, double t) { return figure.low + t * (figure.high - figure.low); };
  auto const found = break_even_km(barge, road, factors);
  REQUIRE(found);
  // Costs of a truck of which the first 25 km are in the price of the trip, written out anew.
  auto const costs = [&](double km, double trip, double rate, double transfer, double main) {
    double const by_road = trip + (km - 25) * rate;
    double const chain = (trip + 0) + transfer + main * 110 * (km / 100) + transfer + (trip + (30 - 25) * rate);
    return std::pair{by_road, chain};
  };
  auto const [by_road, by_chain] = costs(found->value, 10, 0.5, 3, 0.125);
  CHECK(by_road == Approx(by_chain).epsilon(1e-12));
  double least = unreachable, most = 0;
  for (double const trip : {0.0, 0.5, 1.0})
    for (double const rate : {0.0, 0.5, 1.0})
      for (double const transfer : {0.0, 0.5, 1.0})
        for (double const main : {0.0, 0.5, 1.0}) {
          double const e = at(factors.truck.euro_per_trip_t, trip), r = at(factors.truck.leg.euro_per_tkm, rate);
          double const h = at(factors.barge.transfer.euro_per_t, transfer);
          double const m = at(factors.barge.vessels.at(Cemt::IV).euro_per_tkm, main);
          // by_road(km) = by_chain(km), both linear in km.
          auto const [r0, c0] = costs(0, e, r, h, m);
          auto const [r1, c1] = costs(1, e, r, h, m);
          double const km = (c0 - r0) / ((r1 - r0) - (c1 - c0));
          least = std::min(least, km);
          most = std::max(most, km);
        }
  CHECK(found->low == Approx(least).epsilon(1e-12));
  CHECK(found->high == Approx(most).epsilon(1e-12));

  // With a quay of its own and no truck at all it costs less from the first kilometre.
  Chain quay = barge;
  quay.kind = ChainKind::own_quay;
  quay.onward->to = no_row;
  auto const direct = break_even_km(quay, road, factors);
  REQUIRE(direct);
  CHECK(direct->value == 0);
  CHECK(direct->high == 0);
  // A main leg that costs more per kilometre than the road never pays.
  Chain detour = barge;
  detour.onward->main.km = 1000;
  CHECK_FALSE(break_even_km(detour, road, factors));
  CHECK_FALSE(break_even_km(road, road, factors));
  // It may be that it never pays: then the range has no end.
  Chain near_even = barge;
  near_even.onward->main.km = 210;  // 0.2 · 2.1 = 0.42 euro against 0.4 at least by road
  auto const open_end = break_even_km(near_even, road, factors);
  REQUIRE(open_end);
  CHECK(open_end->high == unreachable);
}
