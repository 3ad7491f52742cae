#include "terrein/network/widest_classes.hpp"

#include <algorithm>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/core/error.hpp"
#include "terrein/network/network.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using terrein::test::layer_of;
using terrein::test::Random;

namespace {

struct Arc {
  std::uint32_t from, to;
  Cemt of;
};

RoadGraph graph_of(std::size_t nodes, std::vector<Arc>& arcs) {
  std::stable_sort(arcs.begin(), arcs.end(), [](Arc const& a, Arc const& b) { return a.from < b.from; });
  RoadGraph graph;
  graph.x.assign(nodes, 0);
  graph.y.assign(nodes, 0);
  graph.first_out.assign(nodes + 1, 0);
  for (Arc const& arc : arcs) {
    ++graph.first_out[arc.from + 1];
    graph.head.push_back(arc.to);
    graph.seconds.push_back(1);
    graph.length_m.push_back(1);
  }
  for (std::size_t node = 0; node < nodes; ++node) graph.first_out[node + 1] += graph.first_out[node];
  return graph;
}

std::vector<Cemt> classes_of(std::vector<Arc> const& arcs) {
  std::vector<Cemt> out;
  for (Arc const& arc : arcs) out.push_back(arc.of);
  return out;
}

/// A network of lines with a class each.
struct Waterways {
  Layer layer;
  Network network;
  std::vector<NetworkEdge> edges;

  Waterways(std::vector<std::string> const& lines, std::vector<char const*> const& classes) : layer(layer_of(lines)) {
    TextColumn cemt("cemt");
    for (char const* one : classes) cemt.push(one == nullptr ? std::nullopt : std::optional<std::string_view>(one));
    layer.attributes.add(std::move(cemt));
    GraphOptions options;
    options.facts.cemt = "cemt";
    Issues issues;
    network = build_network(layer, options, issues);
    edges = network_edges(layer, options);
  }
  [[nodiscard]] std::vector<CemtRange> to(std::vector<std::uint32_t> const& ports) const {
    return port_classes(network.graph, network.facts, edges, ports);
  }
};

}  // namespace

TEST_CASE("The bottleneck counts, and a wide detour beats a narrow short cut") {
  // 0 –IV→ 1 –II→ 2, and 0 –Va→ 3 –IV→ 2: a vessel of class IV gets from 0 to 2.
  std::vector<Arc> arcs{{0, 1, Cemt::IV}, {1, 2, Cemt::II}, {0, 3, Cemt::Va}, {3, 2, Cemt::IV}};
  RoadGraph const graph = graph_of(5, arcs);
  std::vector<WidestStart> const port{{2}};
  auto const found = widest_classes(graph, classes_of(arcs), port);
  CHECK(found == std::vector<Cemt>{Cemt::IV, Cemt::II, Cemt::VIIb, Cemt::IV, Cemt::unknown});
  CHECK(widest_classes(graph, classes_of(arcs), {}) == std::vector<Cemt>(5, Cemt::unknown));
  std::vector<WidestStart> const nowhere{{9}};
  CHECK_THROWS_AS(widest_classes(graph, classes_of(arcs), nowhere), Error);
}

TEST_CASE("Widest ways agree with those of all pairs on random networks") {
  Random random(12);
  int reached = 0, out_of_reach = 0;
  for (int scene = 0; scene < 300; ++scene) {
    auto const nodes = static_cast<std::uint32_t>(1 + random.below(12));
    std::vector<Arc> arcs;
    for (std::size_t i = 0, n = random.below(30); i < n; ++i)
      arcs.push_back({static_cast<std::uint32_t>(random.below(nodes)), static_cast<std::uint32_t>(random.below(nodes)),
                      static_cast<Cemt>(random.below(13))});
    RoadGraph const graph = graph_of(nodes, arcs);
    std::vector<WidestStart> goals;
    for (std::size_t i = 0, n = random.below(3); i < n; ++i)
      goals.push_back({static_cast<std::uint32_t>(random.below(nodes)), static_cast<Cemt>(1 + random.below(12))});
    // Floyd and Warshall with max and min in place of min and plus.
    std::vector<std::vector<Cemt>> all(nodes, std::vector<Cemt>(nodes, Cemt::unknown));
    for (std::uint32_t i = 0; i < nodes; ++i) all[i][i] = Cemt::VIIb;
    for (Arc const& arc : arcs) all[arc.from][arc.to] = std::max(all[arc.from][arc.to], arc.of);
    for (std::uint32_t k = 0; k < nodes; ++k)
      for (std::uint32_t i = 0; i < nodes; ++i)
        for (std::uint32_t j = 0; j < nodes; ++j) all[i][j] = std::max(all[i][j], std::min(all[i][k], all[k][j]));
    auto const found = widest_classes(graph, classes_of(arcs), goals);
    for (std::uint32_t i = 0; i < nodes; ++i) {
      auto best = Cemt::unknown;
      for (WidestStart const& goal : goals) best = std::max(best, std::min(all[i][goal.node], goal.most));
      REQUIRE(found[i] == best);
      ++(best == Cemt::unknown ? out_of_reach : reached);
    }
  }
  CHECK(reached > 200);
  CHECK(out_of_reach > 200);
}

TEST_CASE("A canal between two narrow ones takes what they let through") {
  // A port in the west on IV, then II, then Va; a side arm of IV at the far end.
  Waterways const ways({"LINESTRING(0 0,10 0)", "LINESTRING(10 0,20 0)", "LINESTRING(20 0,30 0)",
                        "LINESTRING(20 0,20 9)", "LINESTRING(90 0,99 0)"},
                       {"IV", "II", "Va", "IV", "Va"});
  auto const found = ways.to({0});
  CHECK(found[0] == CemtRange{Cemt::IV, Cemt::IV});  // the port itself lies on it
  CHECK(found[1] == CemtRange{Cemt::II, Cemt::II});
  CHECK(found[2] == CemtRange{Cemt::II, Cemt::II});
  CHECK(found[3] == CemtRange{Cemt::II, Cemt::II});
  CHECK(found[4] == CemtRange{});  // no way
  // A second port in the east makes it the other way round.
  CHECK(ways.to({0, 2})[3] == CemtRange{Cemt::IV, Cemt::IV});
  CHECK(ways.to({})[0] == CemtRange{});
}

TEST_CASE("A line of unknown class may be the bottleneck, or not") {
  Waterways const ways({"LINESTRING(0 0,10 0)", "LINESTRING(10 0,20 0)", "LINESTRING(20 0,30 0)"},
                       {"Vb", nullptr, "IV"});
  auto const found = ways.to({0});
  CHECK(found[0] == CemtRange{Cemt::Vb, Cemt::Vb});
  CHECK(found[1] == CemtRange{Cemt::below, Cemt::Vb});
  CHECK(found[2] == CemtRange{Cemt::below, Cemt::IV});
  Waterways const unknown({"LINESTRING(0 0,10 0)", "LINESTRING(10 0,20 0)"}, {nullptr, "0"});
  CHECK(unknown.to({0})[0] == CemtRange{Cemt::below, Cemt::VIIb});
  CHECK(unknown.to({0})[1] == CemtRange{Cemt::below, Cemt::below});  // less than class I, whatever follows
}
