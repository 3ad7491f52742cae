#include "terrein/network/reach.hpp"

#include <cmath>

#include "graphs.hpp"
#include "support/catch.hpp"
#include "terrein/core/error.hpp"
#include "terrein/network/network.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// A crooked town of streets with several speeds, some of them one-way, and every cost between places on them by the
/// method of Floyd and Warshall.
class Town {
 public:
  Layer roads;
  RoadGraph graph;
  std::vector<NetworkEdge> edges;

  explicit Town(std::uint64_t seed) {
    Random random(seed);
    constexpr int side = 4;
    std::vector<Point> crossing;
    for (int i = 0; i < side * side; ++i)
      crossing.push_back({100.0 * (i % side) + random.in(-30, 30), 100.0 * (i / side) + random.in(-30, 30)});
    std::vector<std::string> lines;
    std::vector<std::optional<double>> speed;
    std::vector<char const*> way;
    for (int i = 0; i < side * side; ++i)
      for (int const step : {1, side}) {
        if ((step == 1 && i % side == side - 1) || i + step >= side * side || random.below(5) == 0) continue;
        Point const a = crossing[static_cast<std::size_t>(i)], b = crossing[static_cast<std::size_t>(i + step)];
        lines.push_back(fmt::format("LINESTRING({} {},{} {},{} {})", a.x, a.y, (a.x + b.x) / 2 + random.in(-9, 9),
                                    (a.y + b.y) / 2, b.x, b.y));
        speed.emplace_back(18.0 * static_cast<double>(1 + random.below(4)));
        std::size_t const kind = random.below(4);
        way.push_back(kind == 0 ? "F" : kind == 1 ? "R" : nullptr);
      }
    roads = layer_of(lines);
    roads.attributes.add(numbers("kmh", speed));
    roads.attributes.add(texts("way", way));
    GraphOptions options;
    options.speed_field = "kmh";
    options.oneway_field = "way";
    Issues issues;
    graph = build_road_graph(roads, options, issues);
    edges = network_edges(roads, options);
  }
  [[nodiscard]] static double cost(NetworkEdge const& edge, TravelCost kind) {
    return kind == TravelCost::seconds ? edge.seconds : edge.length_m;
  }
  /// From node to node.
  [[nodiscard]] std::vector<std::vector<double>> between(TravelCost kind) const {
    std::vector<Arc> arcs;
    for (NetworkEdge const& edge : edges) {
      if (edge.along) arcs.push_back({edge.from, edge.to, cost(edge, kind)});
      if (edge.against) arcs.push_back({edge.to, edge.from, cost(edge, kind)});
    }
    return all_pairs(graph.nodes(), arcs);
  }
};

/// A place on a stretch.
struct Place {
  std::uint32_t edge;
  double share;
};

/// From one place on stretches to another, by its four pairs of ends and along one stretch.
double way(Town const& town, std::vector<std::vector<double>> const& between, TravelCost kind, Place a, Place b) {
  NetworkEdge const &from = town.edges[a.edge], &to = town.edges[b.edge];
  double best = unreachable;
  double const leave[2] = {from.against ? a.share * Town::cost(from, kind) : unreachable,
                           from.along ? (1 - a.share) * Town::cost(from, kind) : unreachable};
  double const arrive[2] = {to.along ? b.share * Town::cost(to, kind) : unreachable,
                            to.against ? (1 - b.share) * Town::cost(to, kind) : unreachable};
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j)
      best = std::min(best, leave[i] + between[i == 0 ? from.from : from.to][j == 0 ? to.from : to.to] + arrive[j]);
  if (a.edge == b.edge && ((b.share >= a.share && from.along) || (b.share <= a.share && from.against)))
    best = std::min(best, std::abs(b.share - a.share) * Town::cost(from, kind));
  return best;
}

constexpr double access_kmh = 18;  // 5 m/s

}  // namespace

TEST_CASE("What every place takes to its nearest source is what all ways between places say") {
  int compared = 0, unreached = 0, on_one_stretch = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Town const town(seed);
    Random random(100 + seed);
    Gates stops;
    std::vector<Place> places;
    for (int source = 0; source < 4; ++source) {
      Gate gate;
      gate.edge = static_cast<std::uint32_t>(random.below(source == 3 ? 2 : town.edges.size()));
      gate.share = random.in(0, 1);
      gate.metres = random.in(0, 20);
      places.push_back({gate.edge, gate.share});
      stops.gate.push_back(gate);
      stops.first.push_back(static_cast<std::uint32_t>(stops.gate.size()));
      stops.barred_by.emplace_back();
    }
    GateNetwork const met = meet_at_gates(town.graph, town.edges, {}, stops, access_kmh);
    for (TravelCost const kind : {TravelCost::seconds, TravelCost::metres}) {
      auto const between = town.between(kind);
      for (TravelDirection const direction : {TravelDirection::to, TravelDirection::from}) {
        StretchReach const reach(met.graph, town.edges, met.features, stops, access_kmh, kind, direction, false);
        double const limit = kind == TravelCost::seconds ? 16 : 130;
        auto const parts = reach.within(limit);
        for (int i = 0; i < 60; ++i) {
          Place const at{static_cast<std::uint32_t>(random.below(town.edges.size())), random.in(0, 1)};
          double best = unreachable, second = unreachable;
          std::uint32_t source = no_row;
          for (std::uint32_t s = 0; s < places.size(); ++s) {
            double const beside = stops.gate[s].metres / (kind == TravelCost::seconds ? access_kmh / 3.6 : 1);
            double const cost = beside + (direction == TravelDirection::to ? way(town, between, kind, at, places[s])
                                                                           : way(town, between, kind, places[s], at));
            second = std::min(second, std::max(cost, best));
            if (cost < best) source = s;
            best = std::min(best, cost);
          }
          Reach const found = reach.at(at.edge, at.share);
          REQUIRE(std::isfinite(best) == std::isfinite(found.cost));
          auto const part = std::find_if(parts.begin(), parts.end(), [&](ReachedPart const& one) {
            return one.edge == at.edge && one.begin <= at.share && at.share <= one.end;
          });
          if (std::isfinite(best)) {
            CHECK(found.cost == Approx(best).epsilon(1e-12));
            if (second > best + 1e-9) CHECK(found.at == source);
            if (second > best + 1e-9 && part != parts.end()) CHECK(part->source == source);
            on_one_stretch += places[source].edge == at.edge ? 1 : 0;
          }
          if (std::abs(best - limit) > 1e-9) CHECK((part != parts.end()) == (best < limit));
          ++compared;
          unreached += std::isfinite(best) ? 0 : 1;
        }
        // At the ends of parts the limit ends, the source changes, or the stretch does.
        for (ReachedPart const& part : parts)
          for (double const end : {part.begin, part.end}) {
            double const step = 1e-6, outside = end == part.begin ? end - step : end + step;
            if (outside < 0 || outside > 1) continue;
            Reach const there = reach.at(part.edge, outside);
            CHECK((there.cost > limit || there.at != part.source || town.edges[part.edge].along == false ||
                   town.edges[part.edge].against == false));
          }
      }
    }
  }
  CHECK(compared == 12 * 4 * 60);
  CHECK(unreached > 20);
  CHECK(on_one_stretch > 100);
}

TEST_CASE("A stretch is cut where the limit ends and where the nearest source changes") {
  Layer const roads = layer_of({"LINESTRING(0 0,100 0)"});  // 36 km/h: 10 m/s
  GraphOptions options;
  options.default_speed_kmh = 36;
  Issues issues;
  RoadGraph const graph = build_road_graph(roads, options, issues);
  auto const edges = network_edges(roads, options);
  Attachment ends;  // one source at each end, the second after 2 s
  ends.arrive = {{0, 1, 2}, {{0, 0, 0}, {1, 2, 10}}};
  ends.leave = ends.arrive;
  StretchReach const reach(graph, edges, ends, {}, 20, TravelCost::seconds, TravelDirection::to, false);
  auto const shown = [&](double limit) {
    std::string out;
    for (auto const& [edge, begin, end, source] : reach.within(limit))
      out += fmt::format("{:.6g}..{:.6g}={} ", begin, end, source);
    return out;
  };
  CHECK(shown(1) == "0..0.1=0 ");
  CHECK(shown(2) == "0..0.2=0 ");  // the other end itself is reached, which is no part
  CHECK(shown(4) == "0..0.4=0 0.8..1=1 ");
  CHECK(shown(6) == "0..0.6=0 0.6..1=1 ");
  CHECK(shown(unreachable) == "0..0.6=0 0.6..1=1 ");
  CHECK(reach.at(0, 0.6).at == 0);  // equally far: the smaller
  CHECK(reach.within(-1).empty());
}

TEST_CASE("Networks without stretches or sources are reached nowhere, and lines in doubt can be left out") {
  Layer const roads = layer_of({"LINESTRING(0 0,100 0)", "LINESTRING(100 0,200 0)"});
  GraphOptions const options;
  Issues issues;
  RoadGraph const graph = build_road_graph(roads, options, issues);
  auto edges = network_edges(roads, options);
  StretchReach const none(graph, edges, {}, {}, 20, TravelCost::seconds, TravelDirection::to, false);
  CHECK(none.within(unreachable).empty());
  CHECK(none.at(0, 0.5).at == no_row);
  Attachment one;
  one.arrive = {{0, 1}, {{0, 0, 0}}};
  one.leave = one.arrive;
  edges[1].certain = false;
  StretchReach const sure(graph, edges, one, {}, 20, TravelCost::seconds, TravelDirection::to, true);
  CHECK(sure.within(unreachable).size() == 1);
  StretchReach const all(graph, edges, one, {}, 20, TravelCost::seconds, TravelDirection::to, false);
  CHECK(all.within(unreachable).size() == 2);
  CHECK(StretchReach({{0}, {}, {}, {}, {}, {}}, {}, {}, {}, 20, TravelCost::seconds, TravelDirection::to, false)
            .within(9)
            .empty());
  CHECK_THROWS_AS(StretchReach(graph, edges, one, {}, 20, TravelCost::seconds, TravelDirection::both, false), Error);
}
