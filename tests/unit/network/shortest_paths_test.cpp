#include "terrein/network/shortest_paths.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <sstream>

#include "graphs.hpp"
#include "support/catch.hpp"
#include "support/certificate.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// Whole seconds 0 … 4, so that sums are exact and ties, zero times, loops and parallel arcs are frequent.
std::vector<Arc> random_arcs(std::mt19937& random, std::uint32_t nodes, std::uint32_t count) {
  std::vector<Arc> arcs;
  for (std::uint32_t i = 0; i < count; ++i)
    arcs.push_back({draw(random, nodes), draw(random, nodes), static_cast<double>(draw(random, 5))});
  return arcs;
}

struct Road {
  std::map<int, std::uint32_t> node;
  std::vector<int> name;
  std::vector<Arc> arcs;

  std::uint32_t number(int id) {
    auto const [it, fresh] = node.try_emplace(id, static_cast<std::uint32_t>(name.size()));
    if (fresh) name.push_back(id);
    return it->second;
  }
};

Road oracle_road(nlohmann::json const& edges) {
  Road road;
  for (auto const& edge : edges) {
    auto const a = road.number(edge["source"]), b = road.number(edge["target"]);
    if (edge["cost"] >= 0) road.arcs.push_back({a, b, edge["cost"]});
    if (edge["reverse_cost"] >= 0) road.arcs.push_back({b, a, edge["reverse_cost"]});
  }
  return road;
}

}  // namespace

TEST_CASE("Driving distances of the pgRouting sample are exact") {
  auto const oracle = test::oracle("d01");
  if (oracle.is_null()) return;
  Road road = oracle_road(oracle["input"]["edges"]);
  RoadGraph const graph = graph_of(road.name.size(), road.arcs);
  verify(graph);

  auto const one = shortest_seconds(graph, {{road.number(11), 0, 11}}, 3);
  std::map<std::string, double> found;
  for (std::size_t node = 0; node < graph.nodes(); ++node)
    if (one.source[node] != no_row) found[std::to_string(road.name[node])] = one.seconds[node];
  CHECK(found == oracle["expected"]["from_11"].get<std::map<std::string, double>>());
  for (int const id : oracle["expected"]["unreachable_from_11"]) {
    CHECK(one.seconds[road.number(id)] == unreachable);
    CHECK(one.source[road.number(id)] == no_row);
  }

  auto const two = shortest_seconds(graph, {{road.number(11), 0, 11}, {road.number(16), 0, 16}}, 3);
  std::map<std::string, double> seconds;
  std::map<std::string, std::uint32_t> source;
  for (std::size_t node = 0; node < graph.nodes(); ++node)
    if (two.source[node] != no_row) {
      seconds[std::to_string(road.name[node])] = two.seconds[node];
      source[std::to_string(road.name[node])] = two.source[node];
    }
  auto const& expected = oracle["expected"]["multi_source_11_16"];
  CHECK(seconds == expected["distance"].get<std::map<std::string, double>>());
  CHECK(source == expected["nearest_source"].get<std::map<std::string, std::uint32_t>>());
}

TEST_CASE("Distances in the road network of Rome are exact") {
  auto const file = shared("data/routing/rome99.gr"), sample = shared("data/routing/rome99_expected_sample.csv");
  if (file.empty() || sample.empty()) return;
  std::ifstream in(file);
  std::vector<Arc> arcs;
  std::size_t nodes = 0;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string kind, word;
    words >> kind;
    if (kind == "p") words >> word >> nodes;
    std::uint32_t from = 0, to = 0;
    double metres = 0;
    if (kind == "a" && words >> from >> to >> metres) arcs.push_back({from - 1, to - 1, metres});
  }
  REQUIRE(nodes == 3353);
  REQUIRE(arcs.size() == 8870);
  RoadGraph const graph = graph_of(nodes, arcs), back = reversed(graph);
  verify(graph);
  verify(back);
  std::vector<Start> const starts{{0, 0, 1}, {1000, 250, 2}, {2000, 0, 3}};
  CHECK(fault_of(graph, starts, shortest_seconds(graph, starts)).empty());
  CHECK(fault_of(back, starts, shortest_seconds(back, starts)).empty());
  std::istringstream rows(read_file(sample));
  std::string line;
  std::getline(rows, line);
  int pairs = 0;
  while (std::getline(rows, line)) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream words(line);
    std::uint32_t from = 0, to = 0;
    double expected = 0;
    words >> from >> to >> expected;
    CHECK(shortest_seconds(graph, {{from - 1, 0, 0}}).seconds[to - 1] == expected);
    CHECK(shortest_seconds(back, {{to - 1, 0, 0}}).seconds[from - 1] == expected);
    ++pairs;
  }
  CHECK(pairs == 40);
}

TEST_CASE("Times on small random networks equal those of Floyd and Warshall, ties go to the smallest source") {
  std::mt19937 random(20240311);
  for (int round = 0; round < 300; ++round) {
    std::uint32_t const nodes = 2 + draw(random, 9);
    auto const arcs = random_arcs(random, nodes, draw(random, 3 * nodes));
    auto const expected = all_pairs(nodes, arcs);
    std::vector<Start> starts;
    for (std::uint32_t i = 0; i < 1 + draw(random, 4); ++i)
      starts.push_back({draw(random, nodes), static_cast<double>(draw(random, 3)), draw(random, 6)});
    double const limit = draw(random, 2) == 0 ? unreachable : static_cast<double>(draw(random, 8));
    auto const found = shortest_seconds(graph_of(nodes, arcs), starts, limit);
    for (std::uint32_t node = 0; node < nodes; ++node) {
      std::pair best{unreachable, no_row};
      for (Start const& start : starts)
        best = std::min(best, std::pair{start.seconds + expected[start.node][node], start.source});
      if (best.first > limit || best.first == unreachable) best = {unreachable, no_row};
      INFO("round " << round << ", node " << node);
      REQUIRE(found.seconds[node] == best.first);
      REQUIRE(found.source[node] == best.second);
    }
  }
}

TEST_CASE("No arc relaxes a result further and every reached node has a tight arc or is a start") {
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    std::uint32_t const nodes = 500 + draw(random, 1500);
    std::vector<Arc> arcs;
    for (std::uint32_t i = 0; i < 3 * nodes; ++i)
      arcs.push_back(
          {draw(random, nodes), draw(random, nodes), static_cast<double>(random()) * 1e-7 * draw(random, 3)});
    std::vector<Start> starts;
    for (std::uint32_t i = 0; i < 5; ++i) starts.push_back({draw(random, nodes), static_cast<double>(i) / 7, i});
    RoadGraph const graph = graph_of(nodes, arcs);
    CHECK(fault_of(graph, starts, shortest_seconds(graph, starts)).empty());
  }
}

TEST_CASE("The certificate finds times that are too long, too short, and held up by nothing but themselves") {
  // 0 → 1 → 2, and a ring 3 ⇄ 4 without time that nothing leads to.
  RoadGraph const graph = graph_of(5, {{0, 1, 2}, {1, 2, 2}, {3, 4, 0}, {4, 3, 0}});
  std::vector<Start> const starts{{0, 0, 0}};
  Reached const good = shortest_seconds(graph, starts);
  CHECK(fault_of(graph, starts, good).empty());
  auto const with = [&](std::vector<std::pair<std::uint32_t, double>> const& changes) {
    Reached bad = good;
    for (auto const& [node, seconds] : changes) {
      bad.seconds[node] = seconds;
      bad.source[node] = seconds == unreachable ? no_row : 0;
    }
    return fault_of(graph, starts, bad);
  };
  CHECK(with({{0, 1}}) == "start 0 is better");
  CHECK(with({{2, 5}}) == "arc 1 relaxes further");
  CHECK(with({{2, unreachable}}) == "arc 1 relaxes further");
  CHECK(with({{2, 3}}) == "node 2 is reached by no tight arc");
  CHECK(with({{3, 7}, {4, 7}}) == "node 3 is reached by no tight arc");
}

TEST_CASE("The limit of a search is included") {
  RoadGraph const graph = graph_of(3, {{0, 1, 2}, {1, 2, 2}});
  auto const found = shortest_seconds(graph, {{0, 1, 0}}, 3);
  CHECK(found.seconds == std::vector<double>{1, 3, unreachable});
  CHECK(shortest_seconds(graph, {{0, 4, 0}}, 3).source == std::vector<std::uint32_t>(3, no_row));
  CHECK(shortest_seconds(graph, {}).source == std::vector<std::uint32_t>(3, no_row));
}

TEST_CASE("A start that is no node is an internal fault") {
  CHECK(error_of([] {
          (void)shortest_seconds(graph_of(2, {}), {{2, 0, 0}});
        }).text.find("node 2") != std::string::npos);
}

namespace {

/// A road of 1,000 m from west to east at 36 km/h (10 m/s), with a side road that only leads away from it.
Layer two_roads() {
  Layer roads = layer_of({"LINESTRING(0 0,1000 0)", "LINESTRING(1000 0,1000 500)"}, "roads");
  roads.attributes.add(numbers("speed", {36, 36}));
  roads.attributes.add(texts("oneway", {nullptr, "yes"}));
  return roads;
}

RoadGraph graph_from(Layer const& roads) {
  GraphOptions options;
  options.speed_field = "speed";
  options.oneway_field = "oneway";
  Issues issues;
  return build_road_graph(roads, options, issues);
}

}  // namespace

TEST_CASE("Centroid mode adds the straight ways at both ends to the way by road") {
  RoadGraph const graph = graph_from(two_roads());
  Layer const parcels = layer_of({"POLYGON((-10 90,10 90,10 110,-10 110,-10 90))", "POLYGON EMPTY"});
  Layer const terminals = layer_of({"POINT(1000 -36)", "POINT(1000 530)", "POINT(5000 5000)"});
  // Parcel 1: 100 m to node (0, 0) at 18 km/h = 5 m/s is 20 s; 100 s by road; 36 m at 5 m/s is 7.2 s.
  auto const times = centroid_times(graph, parcels.geometry, terminals, {}, 18, 1);
  CHECK(times.seconds[0] == Approx(127.2).epsilon(1e-14));
  CHECK(times.feature[0] == 0);
  CHECK(times.seconds[1] == unreachable);
  CHECK(times.feature[1] == no_row);
  // Only the second terminal: 20 + 100 + 50 + 30/5 s, along the one-way.
  auto const second = centroid_times(graph, parcels.geometry, terminals, {0, 1, 0}, 18, 1);
  CHECK(second.seconds[0] == Approx(176).epsilon(1e-14));
  CHECK(second.feature[0] == 1);
  auto const none = centroid_times(graph, parcels.geometry, terminals, {0, 0, 0}, 18, 1);
  CHECK(none.seconds == std::vector<double>(2, unreachable));
  CHECK(none.feature == std::vector<Row>(2, no_row));
}

TEST_CASE("Times are those towards the feature: a one-way cannot be driven back") {
  RoadGraph const graph = graph_from(two_roads());
  Layer const parcel = layer_of({"POLYGON((990 500,1010 500,1010 520,990 520,990 500))"});
  Layer const at_start = layer_of({"POINT(0 0)"});
  CHECK(centroid_times(graph, parcel.geometry, at_start, {}, 20, 1).seconds[0] == unreachable);
}

TEST_CASE("Equally near road nodes give the smallest node number, equally near features the smallest id") {
  Layer roads = layer_of({"LINESTRING(0 0,-500 0)", "LINESTRING(20 0,900 0)"}, "roads");
  RoadGraph const graph = build_road_graph(roads, GraphOptions{}, *std::make_unique<Issues>());
  Layer const parcel = layer_of({"POLYGON((8 -1,12 -1,12 1,8 1,8 -1))"});  // centroid (10, 0), 10 m from nodes 0 and 2
  Layer const features = layer_of({"POINT(-500 3)", "POINT(-500 -3)", "POINT(900 0)"});
  auto const times = centroid_times(graph, parcel.geometry, features, {}, 20, 1);
  CHECK(times.feature[0] == 0);
  // The same features in another order of rows keep their ids: "2" is now row 0, and "1" still wins.
  Layer const turned = take(features, {1, 0, 2});
  CHECK(turned.id[centroid_times(graph, parcel.geometry, turned, {}, 20, 1).feature[0]] == "1");
}

TEST_CASE("One, two and seven workers give the same times") {
  std::mt19937 random(5);
  std::vector<std::string> lines, points;
  auto const text = [&](double x, double y) { return std::to_string(x) + " " + std::to_string(y); };
  for (int i = 0; i < 400; ++i) {
    double const x = draw(random, 20) * 100.0, y = draw(random, 20) * 100.0;
    lines.push_back("LINESTRING(" + text(x, y) + "," + text(x + 100, y + 100.0 * draw(random, 2)) + ")");
    if (i % 40 == 0) points.push_back("POINT(" + text(x + 3, y + 7) + ")");
  }
  RoadGraph const graph = build_road_graph(layer_of(lines, "roads"), GraphOptions{}, *std::make_unique<Issues>());
  Layer const parcels = grid_of_parcels(40, 40, 50, 0, 0), features = layer_of(points);
  auto const one = centroid_times(graph, parcels.geometry, features, {}, 20, 1);
  for (unsigned const workers : {2U, 7U}) {
    auto const many = centroid_times(graph, parcels.geometry, features, {}, 20, workers);
    CHECK(many.seconds == one.seconds);
    CHECK(many.feature == one.feature);
  }
}
