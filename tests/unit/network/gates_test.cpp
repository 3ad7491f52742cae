#include "terrein/network/gates.hpp"

#include <array>
#include <cmath>
#include <numeric>

#include "graphs.hpp"
#include "support/catch.hpp"
#include "terrein/core/error.hpp"
#include "terrein/geometry/spatial_index.hpp"
#include "terrein/network/access.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

std::vector<std::uint32_t> all_of(GeometryColumn const& shapes) {
  std::vector<std::uint32_t> rows(shapes.size());
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

/// A street of 200 m, 72 km/h, one-way to the east, and a lane of 100 m up from its end, 36 km/h, both ways.
Layer street_and_lane() {
  Layer roads = layer_of({"LINESTRING(0 0,200 0)", "LINESTRING(200 0,200 100)"});
  roads.attributes.add(numbers("kmh", {72.0, 36.0}));
  roads.attributes.add(texts("way", {"F", nullptr}));
  return roads;
}

GraphOptions options() {
  GraphOptions out;
  out.speed_field = "kmh";
  out.oneway_field = "way";
  return out;
}

}  // namespace

TEST_CASE("Stretches carry their line, nodes and directions") {
  Layer const roads = street_and_lane();
  auto const edges = network_edges(roads, options());
  REQUIRE(edges.size() == 2);
  CHECK(edges[0].to == edges[1].from);
  CHECK(edges[0].seconds == Approx(10).epsilon(1e-14));
  CHECK(edges[0].along);
  CHECK_FALSE(edges[0].against);
  CHECK((edges[1].along && edges[1].against));
  CHECK(edges[1].end - edges[1].begin == 2);
  GraphOptions by_vertices = options();
  by_vertices.connect = Connect::vertices;
  Layer const bent = layer_of({"LINESTRING(0 0,5 0,5 0,5 7)"});
  GraphOptions plain;
  plain.connect = Connect::vertices;
  auto const parts = network_edges(bent, plain);
  REQUIRE(parts.size() == 2);  // the segment of no length is none
  CHECK(parts[0].begin == 0);
  CHECK(parts[1].begin == 2);
  CHECK(parts[1].length_m == 7);
}

TEST_CASE("A gate leads to the ends of its stretch, as far as its direction allows") {
  Layer const roads = street_and_lane();
  auto const edges = network_edges(roads, options());
  // 10 m above the street from x = 50 to 90: the gate is the first of the equally near places, 50 m along.
  Layer const parcels = layer_of({"POLYGON((50 10,90 10,90 60,50 60,50 10))", "POLYGON((500 10,590 10,590 60,500 10))",
                                  "POLYGON EMPTY", "POLYGON((190 50,150 50,150 80,190 50))"});
  Gates const gates = find_gates(roads, edges, {}, parcels.geometry, all_of(parcels.geometry), 2);
  REQUIRE(gates.candidates() == 4);
  REQUIRE(gates.of(0).size() == 1);
  CHECK(gates.of(1).empty());
  CHECK(gates.of(2).empty());
  REQUIRE(gates.of(3).size() == 1);
  CHECK(gates.of(0)[0].share == Approx(0.25).epsilon(1e-15));
  CHECK(gates.of(0)[0].metres == 10);
  CHECK(gates.of(3)[0].edge == 1);
  CHECK(gates.of(3)[0].share == 0.5);

  // At 18 km/h the 10 m between boundary and street take 2 s; 150 m on the street 7.5 s, 50 m 2.5 s.
  Issues issues;
  RoadGraph const graph = build_road_graph(roads, options(), issues);
  Attachment const joins = meet_at_gates(graph, edges, gates, {}, 18).candidates;
  REQUIRE(joins.leave.of(0).size() == 1);
  CHECK(joins.leave.of(0)[0].node == edges[0].to);
  CHECK(joins.leave.of(0)[0].seconds == Approx(9.5).epsilon(1e-14));
  CHECK(joins.leave.of(0)[0].metres == Approx(160).epsilon(1e-14));
  REQUIRE(joins.arrive.of(0).size() == 1);
  CHECK(joins.arrive.of(0)[0].node == edges[0].from);
  CHECK(joins.arrive.of(0)[0].seconds == Approx(4.5).epsilon(1e-14));
  CHECK(joins.leave.of(1).empty());
  CHECK(joins.leave.of(3).size() == 2);
  CHECK(joins.arrive.of(3).size() == 2);
}

TEST_CASE("No gate where the road is not for gates, too far, or behind a barrier, which is told") {
  Layer const roads = street_and_lane();
  auto const edges = network_edges(roads, options());
  Layer const parcels = layer_of({"POLYGON((50 10,90 10,90 60,50 60,50 10))"});
  auto const nearby = all_of(parcels.geometry);
  auto const gates_with = [&](GateOptions const& with) {
    return find_gates(roads, edges, with, parcels.geometry, nearby, 1);
  };
  CHECK(gates_with({10, {}, nullptr}).of(0).size() == 1);
  CHECK(gates_with({9.99, {}, nullptr}).of(0).empty());
  CHECK(gates_with({20, {0, 1}, nullptr}).of(0).empty());
  Layer const rail = layer_of({"LINESTRING(400 5,-400 5)", "LINESTRING(-400 6,400 6)"});
  Barriers const barriers(std::vector<Barriers::From>{{&rail}});
  Gates const barred = gates_with({20, {}, &barriers});
  CHECK(barred.of(0).empty());
  CHECK(barred.barred_by[0] == Barriers::Crossed{0, 0});
  CHECK_FALSE(gates_with({9.99, {}, &barriers}).barred_by[0].any());
  CHECK_THROWS_AS(gates_with({-1, {}, nullptr}), Error);
  CHECK_THROWS_AS(gates_with({std::nan(""), {}, nullptr}), Error);
}

TEST_CASE("Gates do not depend on the number of workers or the order of the search") {
  std::vector<std::string> streets, lots;
  for (int i = 0; i < 60; ++i) {
    streets.push_back("LINESTRING(0 " + std::to_string(100 * i) + ",6000 " + std::to_string(100 * i + 7) + ")");
    for (int j = 0; j < 60; ++j) {
      int const x = 100 * j, y = 100 * i + 10 + j % 30;
      auto const at = [](int px, int py) { return std::to_string(px) + " " + std::to_string(py); };
      lots.push_back("POLYGON((" + at(x, y) + "," + at(x + 40, y) + "," + at(x + 40, y + 60) + "," + at(x, y) + "))");
    }
  }
  Layer const roads = layer_of(streets), parcels = layer_of(lots);
  auto const edges = network_edges(roads, {});
  Gates const one = find_gates(roads, edges, {}, parcels.geometry, all_of(parcels.geometry), 1);
  CHECK(one.gate.size() > 1000);
  auto backwards = all_of(parcels.geometry);
  std::reverse(backwards.begin(), backwards.end());
  for (unsigned const workers : {2U, 7U}) {
    Gates const more = find_gates(roads, edges, {}, parcels.geometry, backwards, workers);
    CHECK(more.first == one.first);
    REQUIRE(more.gate.size() == one.gate.size());
    for (std::size_t i = 0; i < one.gate.size(); ++i) {
      REQUIRE(more.gate[i].edge == one.gate[i].edge);
      REQUIRE(more.gate[i].share == one.gate[i].share);
      REQUIRE(more.gate[i].metres == one.gate[i].metres);
    }
  }
}

TEST_CASE("A feature joins at the nearest stretch, however far, and candidates beside it go straight there") {
  Layer const roads = street_and_lane();
  auto const edges = network_edges(roads, options());
  // On the street; 30 km north of the lane; nowhere; not chosen.
  Layer const terminals = layer_of({"POINT(150 -6)", "POINT(200 30100)", "POINT EMPTY", "POINT(1 1)"});
  Gates const there = nearest_gates(roads, edges, {}, terminals.geometry, {1, 1, 1, 0});
  REQUIRE(there.candidates() == 4);
  REQUIRE(there.of(0).size() == 1);
  CHECK(there.of(0)[0].edge == 0);
  CHECK(there.of(0)[0].share == 0.75);
  CHECK(there.of(0)[0].metres == 6);
  REQUIRE(there.of(1).size() == 1);
  CHECK(there.of(1)[0].edge == 1);
  CHECK(there.of(1)[0].share == 1);
  CHECK(there.of(1)[0].metres == 30000);
  CHECK(there.of(2).empty());
  CHECK(there.of(3).empty());
  CHECK(nearest_gates(roads, edges, {0, 0}, terminals.geometry, {}).gate.empty());

  Layer const parcels =
      layer_of({"POLYGON((50 10,90 10,90 60,50 60,50 10))", "POLYGON((160 10,190 10,190 60,160 10))"});
  Gates const here = find_gates(roads, edges, {}, parcels.geometry, all_of(parcels.geometry), 1);
  Issues issues;
  RoadGraph const graph = build_road_graph(roads, options(), issues);
  GateNetwork const met = meet_at_gates(graph, edges, here, there, 18);
  verify(met.graph);
  CHECK(met.graph.nodes() == graph.nodes() + 2);
  CHECK(met.graph.arcs() == graph.arcs());
  AccessNetwork const by_time(met.graph, TravelCost::seconds), by_length(met.graph, TravelCost::metres);
  // The first parcel: 10 m, 100 m along the street, 6 m. The second lies past the terminal, where the street is
  // one-way: to it there is no way; from it there is one.
  auto const to = nth_nearest(by_time, met.candidates, met.features, 1, TravelDirection::to, 1);
  CHECK(to[0].at == 0);
  CHECK(to[0].cost == Approx(2 + 5 + 1.2).epsilon(1e-14));
  CHECK(to[1].at == 1);  // 10 m up the lane, to its end, and 30 km
  CHECK(to[1].cost == Approx(2 + 9 + 6000).epsilon(1e-14));
  auto const metres = nth_nearest(by_length, met.candidates, met.features, 1, TravelDirection::to, 1);
  CHECK(metres[0].cost == Approx(10 + 100 + 6).epsilon(1e-14));
  auto const from = nth_nearest(by_time, met.candidates, met.features, 1, TravelDirection::from, 1);
  CHECK(from[1].at == 0);
  CHECK(from[1].cost == Approx(1.2 + 0.5 + 2).epsilon(1e-12));  // 10 m along the street to x = 160
  auto const second = nth_nearest(by_time, met.candidates, met.features, 2, TravelDirection::to, 1);
  CHECK(second[0].at == 1);
  CHECK(second[0].cost == Approx(2 + 7.5 + 10 + 6000).epsilon(1e-14));
  CHECK(second[1].at == no_row);
}

TEST_CASE("Ways between gates are those of a network that is cut at every gate") {
  Random random(47);
  for (int scene = 0; scene < 60; ++scene) {
    // Streets of a crooked grid, some one-way; small lots beside them, terminals anywhere.
    std::vector<std::string> lines, lots, places;
    std::vector<char const*> ways;
    auto const corner = [&](int i, int j) {
      return fmt::format("{} {}", 100 * i + (i * j) % 7, 100 * j + (3 * i + j) % 5);
    };
    for (int i = 0; i < 4; ++i)
      for (int j = 0; j < 4; ++j) {
        if (i < 3) lines.push_back("LINESTRING(" + corner(i, j) + "," + corner(i + 1, j) + ")");
        if (j < 3) lines.push_back("LINESTRING(" + corner(i, j) + "," + corner(i, j + 1) + ")");
      }
    for (std::size_t i = 0; i < lines.size(); ++i) ways.push_back(std::array{"", "F", "R"}[random.below(3)]);
    for (int i = 0; i < 12; ++i) {
      double const x = random.in(0, 310), y = random.in(0, 310);
      lots.push_back(fmt::format("POLYGON(({0} {1},{2} {1},{2} {3},{0} {1}))", x, y, x + 8, y + 8));
    }
    for (int i = 0; i < 4; ++i) places.push_back(fmt::format("POINT({} {})", random.in(0, 310), random.in(0, 310)));
    Layer roads = layer_of(lines);
    roads.attributes.add(texts("way", ways));
    GraphOptions with;
    with.oneway_field = "way";
    Layer const parcels = layer_of(lots), terminals = layer_of(places);
    auto const edges = network_edges(roads, with);
    Issues issues;
    RoadGraph const graph = build_road_graph(roads, with, issues);
    Gates const here = find_gates(roads, edges, {}, parcels.geometry, all_of(parcels.geometry), 1);
    Gates const there = nearest_gates(roads, edges, {}, terminals.geometry, {});
    GateNetwork const met = meet_at_gates(graph, edges, here, there, 20);
    AccessNetwork const network(met.graph, TravelCost::seconds);

    // The twin: all shortest ways (Floyd and Warshall) between nodes and gates, with every stretch cut at its gates.
    std::vector<std::pair<Gate, std::size_t>> all;  // gates and their owners: lots, then terminals
    for (std::size_t i = 0; i < here.candidates(); ++i)
      for (Gate const& gate : here.of(i)) all.emplace_back(gate, i);
    for (std::size_t i = 0; i < there.candidates(); ++i)
      for (Gate const& gate : there.of(i)) all.emplace_back(gate, 12 + i);
    std::size_t const gates_at = graph.nodes(), owners_at = gates_at + all.size(), size = owners_at + 16;
    std::vector<double> d(size * size, unreachable);
    auto const set = [&](std::size_t a, std::size_t b, double cost) {
      d[a * size + b] = std::min(d[a * size + b], cost);
    };
    for (std::size_t i = 0; i < size; ++i) set(i, i, 0);
    for (std::uint32_t number = 0; number < edges.size(); ++number) {
      NetworkEdge const& edge = edges[number];
      std::vector<std::pair<double, std::size_t>> cuts{{0, edge.from}, {1, edge.to}};
      for (std::size_t g = 0; g < all.size(); ++g)
        if (all[g].first.edge == number) cuts.emplace_back(all[g].first.share, gates_at + g);
      for (auto const& [share, a] : cuts)
        for (auto const& [other, b] : cuts) {
          if (other >= share && edge.along) set(a, b, (other - share) * edge.seconds);
          if (other <= share && edge.against) set(a, b, (share - other) * edge.seconds);
        }
    }
    for (std::size_t g = 0; g < all.size(); ++g) {
      double const beside = all[g].first.metres / (20 / 3.6);
      set(gates_at + g, owners_at + all[g].second, beside);
      set(owners_at + all[g].second, gates_at + g, beside);
    }
    // Nobody drives through a lot or a terminal: those are ends alone.
    for (std::size_t k = 0; k < owners_at; ++k)
      for (std::size_t a = 0; a < size; ++a)
        for (std::size_t b = 0; b < size; ++b) set(a, b, d[a * size + k] + d[k * size + b]);
    for (auto const direction : {TravelDirection::to, TravelDirection::from})
      for (std::size_t n : {1U, 2U, 4U}) {
        auto const found = nth_nearest(network, met.candidates, met.features, n, direction, 1);
        for (std::size_t lot = 0; lot < 12; ++lot) {
          std::vector<double> costs;
          for (std::size_t t = 0; t < 4; ++t) {
            std::size_t const a = owners_at + lot, b = owners_at + 12 + t;
            costs.push_back(direction == TravelDirection::to ? d[a * size + b] : d[b * size + a]);
          }
          std::sort(costs.begin(), costs.end());
          INFO(scene << " lot " << lot << " n " << n);
          if (std::isinf(costs[n - 1]))
            CHECK(std::isinf(found[lot].cost));
          else
            CHECK(found[lot].cost == Approx(costs[n - 1]).epsilon(1e-12));
        }
      }
  }
}
