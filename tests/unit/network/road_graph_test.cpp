#include "terrein/network/road_graph.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include "graphs.hpp"
#include "support/catch.hpp"
#include "terrein/network/shortest_paths.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

RoadGraph build(Layer const& roads, GraphOptions const& options) {
  Issues issues;
  RoadGraph graph = build_road_graph(roads, options, issues);
  CHECK(issues.size() == 0);
  verify(graph);
  return graph;
}

GraphOptions by_ids() {
  GraphOptions options;
  options.connect = Connect::node_ids;
  options.from_field = "from";
  options.to_field = "to";
  return options;
}

GraphOptions by(Connect connect, double tolerance = 0.01) {
  GraphOptions options;
  options.connect = connect;
  options.tolerance_m = tolerance;
  return options;
}

using Arcs = std::vector<std::array<double, 3>>;

}  // namespace

TEST_CASE("Node ids join lines, whatever their coordinates") {
  // 50 km/h: 500 m take 36 s, 250 m take 18 s.
  Layer roads = layer_of({"LINESTRING(0 0,500 0)", "LINESTRING(9000 9000,9000 9250)"});
  roads.attributes.add(wholes("from", {17, 4}));
  roads.attributes.add(wholes("to", {4, 90}));
  RoadGraph const graph = build(roads, by_ids());
  REQUIRE(graph.nodes() == 3);
  auto const arcs = arcs_of(graph);
  REQUIRE(arcs.size() == 4);
  CHECK(arcs[0][2] == Approx(36).epsilon(1e-14));
  CHECK(arcs[2][1] == 2);
  CHECK(arcs[2][2] == Approx(18).epsilon(1e-14));
  // Nodes in the order of first mention, each at the end of the first line that mentions it.
  CHECK(graph.x == std::vector<double>{0, 500, 9000});
  CHECK(graph.y == std::vector<double>{0, 0, 9250});
}

TEST_CASE("A node id is the same node as number and as text, and texts are ids too") {
  Layer roads = layer_of({"LINESTRING(0 0,1 0)", "LINESTRING(1 0,2 0)", "LINESTRING(2 0,3 0)"});
  roads.attributes.add(wholes("from", {1, 2, 3}));
  roads.attributes.add(texts("to", {"2", "3", "a3"}));
  CHECK(build(roads, by_ids()).nodes() == 4);
}

TEST_CASE("Crossing lines never connect") {
  std::vector<std::string> const cross{"LINESTRING(0 0,100 100)", "LINESTRING(0 100,100 0)"};
  for (Connect const connect : {Connect::ends, Connect::vertices}) {
    RoadGraph const graph = build(layer_of(cross), by(connect));
    CHECK(graph.nodes() == 4);
    auto const from_first = shortest_seconds(graph, {{0, 0, 0}});
    CHECK(std::count(from_first.source.begin(), from_first.source.end(), no_row) == 2);
  }
}

TEST_CASE("A shared vertex inside lines joins them by vertices and not by ends") {
  Layer const roads = layer_of({"LINESTRING(0 0,50 50,100 100)", "LINESTRING(0 100,50 50,100 0)"});
  RoadGraph const joined = build(roads, by(Connect::vertices));
  CHECK(joined.nodes() == 5);
  CHECK(joined.arcs() == 8);
  CHECK(shortest_seconds(joined, {{0, 0, 0}}).source == std::vector<std::uint32_t>(5, 0));
  RoadGraph const apart = build(roads, by(Connect::ends));
  CHECK(apart.nodes() == 4);
  CHECK(apart.arcs() == 4);
}

TEST_CASE("A repeated vertex makes no arc from a node to itself") {
  CHECK(build(layer_of({"LINESTRING(0 0,5 0,5 0,9 0)"}), by(Connect::vertices)).arcs() == 4);
}

TEST_CASE("Ends meet within the tolerance") {
  std::vector<std::string> const wkt{"LINESTRING(0 0,100.002 0)", "LINESTRING(99.998 0.001,200 0)"};
  CHECK(build(layer_of(wkt), by(Connect::ends, 0.01)).nodes() == 3);
  CHECK(build(layer_of(wkt), by(Connect::ends, 0)).nodes() == 4);
  CHECK(build(layer_of({"LINESTRING(-0.0 0,1 0)", "LINESTRING(0 -0.0,-1 0)"}), by(Connect::ends, 0)).nodes() == 3);
}

TEST_CASE("Every part of a multi-line is a line") {
  RoadGraph const graph = build(layer_of({"MULTILINESTRING((0 0,10 0),(10 0,10 10))"}), by(Connect::ends));
  CHECK(graph.nodes() == 3);
  CHECK(graph.arcs() == 4);
}

TEST_CASE("Loops and parallel lines stay") {
  RoadGraph const graph =
      build(layer_of({"LINESTRING(0 0,5 5,10 0,0 0)", "LINESTRING(0 0,50 0)", "LINESTRING(0 0,25 1,50 0)"}),
            by(Connect::ends));
  CHECK(graph.nodes() == 2);
  CHECK(graph.arcs() == 6);
}

TEST_CASE("Speeds that are zero, negative, null or no number give the default") {
  // 900 m: 90 km/h is 25 m/s = 36 s, the default 45 km/h is 12.5 m/s = 72 s.
  Layer roads = layer_of(std::vector<std::string>(6, "LINESTRING(0 0,900 0)"));
  roads.attributes.add(texts("speed", {"90", "0", "-30", nullptr, "50 mph", " 90 "}));
  GraphOptions options = by(Connect::ends);
  options.speed_field = "speed";
  options.default_speed_kmh = 45;
  RoadGraph const graph = build(roads, options);
  std::vector<double> const expected{36, 72, 72, 72, 72, 36};
  REQUIRE(graph.first_out[1] == 6);
  for (std::size_t i = 0; i < 6; ++i) CHECK(graph.seconds[i] == Approx(expected[i]).epsilon(1e-14));
}

TEST_CASE("Speeds by class: unlisted classes get the default, zero closes the road, an own speed goes first") {
  Layer roads = layer_of(std::vector<std::string>(5, "LINESTRING(0 0,900 0)"));
  roads.attributes.add(texts("class", {"motorway", "lane", "path", nullptr, "motorway"}));
  roads.attributes.add(numbers("speed", {std::nullopt, 0, 90, std::nullopt, 45}));
  GraphOptions options = by(Connect::ends);
  options.class_field = "class";
  options.speed_field = "speed";
  options.speed_by_class = {{"motorway", 90}, {"path", 0}};
  options.default_speed_kmh = 30;
  RoadGraph const graph = build(roads, options);
  REQUIRE(graph.first_out[1] == 4);  // the path is closed, whatever speed it states
  std::vector<double> const expected{36, 108, 108, 72};
  for (std::size_t i = 0; i < 4; ++i) CHECK(graph.seconds[i] == Approx(expected[i]).epsilon(1e-14));
}

TEST_CASE("A closed road is no place to join the network") {
  Layer roads = layer_of({"LINESTRING(0 0,10 0)", "LINESTRING(500 0,600 0)"});
  roads.attributes.add(texts("class", {"path", "road"}));
  GraphOptions options = by(Connect::ends);
  options.class_field = "class";
  options.speed_by_class = {{"path", 0}};
  CHECK(build(roads, options).x == std::vector<double>{500, 600});
}

TEST_CASE("One-way values: along, against, and both ways for all else") {
  struct Case {
    char const* value;
    bool along, against;
  };
  for (Case const& c :
       {Case{"1", true, false}, Case{"yes", true, false}, Case{"true", true, false}, Case{"F", true, false},
        Case{"-1", false, true}, Case{"R", false, true}, Case{"reverse", false, true}, Case{"0", true, true},
        Case{"no", true, true}, Case{"", true, true}, Case{"B", true, true}, Case{"maybe", true, true},
        Case{"2", true, true}, Case{nullptr, true, true}}) {
    Layer roads = layer_of({"LINESTRING(0 0,100 0)"});
    roads.attributes.add(texts("oneway", {c.value}));
    GraphOptions options = by(Connect::ends);
    options.oneway_field = "oneway";
    RoadGraph const graph = build(roads, options);
    INFO((c.value == nullptr ? "null" : c.value));
    CHECK((graph.first_out[1] == 1) == c.along);
    CHECK((graph.first_out[2] - graph.first_out[1] == 1) == c.against);
  }
  Layer roads = layer_of({"LINESTRING(0 0,100 0)", "LINESTRING(0 0,0 100)"});
  roads.attributes.add(numbers("oneway", {1, -1}));
  GraphOptions options = by(Connect::ends);
  options.oneway_field = "oneway";
  RoadGraph const graph = build(roads, options);
  CHECK(graph.first_out == std::vector<std::uint32_t>{0, 1, 1, 2});
}

TEST_CASE("Rows that are no usable line become issues and are left out") {
  Layer roads = layer_of({"LINESTRING(0 0,100 0)", "LINESTRING EMPTY", "POINT(3 4)", "LINESTRING(0 0,1 1)",
                          "LINESTRING(0 0,2 2)", "LINESTRING(7 7,8 8)"});
  roads.attributes.add(texts("from", {"a", "a", "a", nullptr, "a", "b"}));
  roads.attributes.add(texts("to", {"b", "b", "b", "b", " ", "c"}));
  Issues issues;
  RoadGraph const graph = build_road_graph(roads, by_ids(), issues);
  verify(graph);
  CHECK(graph.nodes() == 3);
  CHECK(graph.arcs() == 4);
  std::vector<std::string> seen;
  for (Issue const& issue : issues.rows()) seen.push_back(issue.feature_id + " " + issue.code);
  CHECK(seen == std::vector<std::string>{"2 null_geometry", "3 not_a_line", "4 null_node_id", "5 null_node_id"});
  CHECK(issues.rows()[1].x == 3);
  CHECK(issues.rows()[1].stage == "network");
}

TEST_CASE("Arcs of a node are in the order of the source rows, and turning round twice changes nothing") {
  Layer const roads = layer_of({"LINESTRING(0 0,9 0)", "LINESTRING(5 5,0 0)", "LINESTRING(0 0,0 7)"});
  RoadGraph const graph = build(roads, by(Connect::ends));
  CHECK(std::vector<std::uint32_t>(graph.head.begin(), graph.head.begin() + 3) == std::vector<std::uint32_t>{1, 2, 3});
  RoadGraph const back = reversed(graph);
  verify(back);
  Arcs turned;
  for (auto const& arc : arcs_of(graph)) turned.push_back({arc[1], arc[0], arc[2]});
  auto there = arcs_of(back);
  std::sort(turned.begin(), turned.end());
  std::sort(there.begin(), there.end());
  CHECK(there == turned);
  CHECK(arcs_of(reversed(reversed(graph))) == arcs_of(graph));
}

TEST_CASE("A missing field, a useless default speed and unnamed node fields end the run with a remedy") {
  Layer roads = layer_of({"LINESTRING(0 0,100 0)"}, "wegen");
  roads.attributes.add(numbers("snelheid", {50}));
  GraphOptions options = by(Connect::ends);
  options.speed_field = "snelheit";
  auto const wrong = [&] {
    return error_of([&] {
      Issues issues;
      (void)build_road_graph(roads, options, issues);
    });
  };
  CHECK(wrong().kind == ErrorKind::input);
  CHECK(wrong().text == "Road layer 'wegen' has no field 'snelheit' (speed). Did you mean 'snelheid'?");
  options = by(Connect::ends);
  options.default_speed_kmh = 0;
  CHECK(wrong().kind == ErrorKind::config);
  options = by(Connect::ends, -1);
  CHECK(wrong().kind == ErrorKind::config);
  options = by(Connect::node_ids);
  CHECK(wrong().kind == ErrorKind::config);
}

TEST_CASE("Verify finds broken graphs") {
  RoadGraph const good = graph_of(2, {{0, 1, 5}, {1, 0, 5}});
  CHECK_NOTHROW(verify(good));
  CHECK_NOTHROW(verify(graph_of(0, {})));
  auto const broken = [&](auto const& damage) {
    RoadGraph graph = good;
    damage(graph);
    return error_of([&] { verify(graph); }).text;
  };
  CHECK(broken([](RoadGraph& g) { g.head[1] = 2; }).find("leads to node 2") != std::string::npos);
  CHECK(broken([](RoadGraph& g) { g.seconds[0] = -1; }).find("seconds") != std::string::npos);
  CHECK(broken([](RoadGraph& g) { g.seconds[0] = unreachable; }).find("seconds") != std::string::npos);
  CHECK(broken([](RoadGraph& g) { g.length_m.pop_back(); }).find("lengths") != std::string::npos);
  CHECK(broken([](RoadGraph& g) { g.first_out[1] = 7; }).find("fall") != std::string::npos);
  CHECK(broken([](RoadGraph& g) { g.first_out.pop_back(); }).find("offsets") != std::string::npos);
  CHECK(broken([](RoadGraph& g) { g.y[0] = unreachable; }).find("no finite place") != std::string::npos);
}

TEST_CASE("Geodesic lengths are those on the ellipsoid, however lines join") {
  // Along the equator of WGS 84 a degree is its 360th part: 6378137 m · π / 180 = 111319.490793274 m; 50 km/h.
  Layer roads = layer_of({"LINESTRING(0 0,0.5 0,1 0)"});
  roads.crs = crs_from("EPSG:4326");
  roads.attributes.add(wholes("from", {1}));
  roads.attributes.add(wholes("to", {2}));
  for (GraphOptions options : {by_ids(), by(Connect::vertices), by(Connect::ends)}) {
    options.lengths = Lengths::geodesic;
    RoadGraph const graph = build(roads, options);
    CHECK(std::accumulate(graph.length_m.begin(), graph.length_m.end(), 0.0) ==
          Approx(2 * 111319.490793274).epsilon(1e-13));
    CHECK(graph.seconds[0] == Approx(graph.length_m[0] / 50 * 3.6).epsilon(1e-14));
    options.lengths = Lengths::planar;
    CHECK(build(roads, options).length_m[0] == (options.connect == Connect::vertices ? 0.5 : 1));
  }
}

TEST_CASE("No path is quicker than the straight line at the highest speed where the map stretches lengths") {
  // Web Mercator at 60 degrees north stretches by about 2: a road of 1000 m on the map is some 500 m long.
  Layer roads = layer_of({"LINESTRING(0 8399737.9,1000 8399737.9)"});
  roads.crs = crs_from("EPSG:3857");
  GraphOptions options = by(Connect::ends);
  options.lengths = Lengths::geodesic;
  RoadGraph const graph = build(roads, options);
  CHECK(graph.length_m[0] ==
        Approx(501.26).margin(0.01));  // 1000 / 6378137 radians of a parallel of radius 3197104.6 m
  CHECK(fastest_mps(graph) == Approx(1000 / graph.seconds[0]).epsilon(1e-12));
  CHECK(fastest_mps(reversed(graph)) == fastest_mps(graph));
}

TEST_CASE("A line where its coordinate system has no lengths is an issue, and an unknown system ends the run") {
  Layer roads = layer_of({"LINESTRING(500000 5600000,500100 5600000)", "LINESTRING(500000 5600000,1e12 5600000)"});
  roads.crs = crs_from("EPSG:32631");
  GraphOptions options = by(Connect::vertices);
  options.lengths = Lengths::geodesic;
  Issues issues;
  RoadGraph const graph = build_road_graph(roads, options, issues);
  verify(graph);
  CHECK(graph.arcs() == 2);
  REQUIRE(issues.size() == 1);
  CHECK(issues.rows()[0].feature_id + " " + issues.rows()[0].code == "2 no_length");
  roads.crs = {};
  CHECK(error_of([&] { (void)build_road_graph(roads, options, issues); }).kind == ErrorKind::crs);
}

TEST_CASE("A layer without roads gives an empty network") {
  RoadGraph const graph = build(layer_of({}), by(Connect::vertices));
  CHECK(graph.nodes() == 0);
  CHECK(graph.first_out == std::vector<std::uint32_t>{0});
}

TEST_CASE("Ends meet wherever they lie, and only within the tolerance") {
  // 1 mm apart on both sides of 100.005, half-way between multiples of the tolerance.
  std::vector<std::string> const near{"LINESTRING(0 0,100.0045 0)", "LINESTRING(100.0055 0,200 0)"};
  CHECK(build(layer_of(near), by(Connect::ends, 0.01)).nodes() == 3);
  // 13 mm apart along the diagonal, around a multiple of the tolerance.
  std::vector<std::string> const apart{"LINESTRING(0 0,99.9954 49.9954)", "LINESTRING(100.0046 50.0046,200 0)"};
  CHECK(build(layer_of(apart), by(Connect::ends, 0.01)).nodes() == 4);
}

TEST_CASE("Ends in a chain of steps within the tolerance are one node, at the place first mentioned") {
  RoadGraph const graph =
      build(layer_of({"LINESTRING(0 0,100 0)", "LINESTRING(101.5 0,200 0)", "LINESTRING(100.8 0,100 50)"}),
            by(Connect::ends, 1));
  CHECK(graph.x == std::vector<double>{0, 100, 200, 100});
  CHECK(graph.y == std::vector<double>{0, 0, 0, 50});
  CHECK(arcs_of(graph)[1][1] == 0);
}

TEST_CASE("Ends join the same way in any order of the lines, as every pair tried by hand") {
  std::mt19937 random(5);
  auto const draw = [&] { return static_cast<double>(random() % 4000) / 100 - 20; };
  std::vector<std::array<double, 2>> ends;
  for (int i = 0; i < 600; ++i) ends.push_back({draw(), draw()});
  // Brute force: spread the smallest number over all pairs within the tolerance until nothing changes.
  std::vector<std::size_t> set(ends.size());
  std::iota(set.begin(), set.end(), std::size_t{0});
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t a = 0; a < ends.size(); ++a)
      for (std::size_t b = 0; b < ends.size(); ++b)
        if (std::hypot(ends[a][0] - ends[b][0], ends[a][1] - ends[b][1]) <= 0.755 && set[b] < set[a]) {
          set[a] = set[b];
          changed = true;
        }
  }
  std::size_t const sets = std::set<std::size_t>(set.begin(), set.end()).size();
  REQUIRE(sets > 50);
  REQUIRE(sets < 500);
  std::vector<std::size_t> order(ends.size() / 2);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (unsigned seed = 0; seed < 4; ++seed) {
    if (seed > 0) std::shuffle(order.begin(), order.end(), std::mt19937(seed));
    std::vector<std::string> wkt;
    for (std::size_t const line : order)
      wkt.push_back(fmt::format("LINESTRING({} {},{} {})", ends[2 * line][0], ends[2 * line][1], ends[2 * line + 1][0],
                                ends[2 * line + 1][1]));
    Layer roads = layer_of(wkt);
    GraphOptions options = by(Connect::ends, 0.755);
    options.oneway_field = "oneway";
    roads.attributes.add(texts("oneway", std::vector<char const*>(wkt.size(), "F")));
    RoadGraph const graph = build(roads, options);
    CHECK(graph.nodes() == sets);
    std::map<std::size_t, std::uint32_t> node_of;  // by order of first mention
    std::multiset<std::pair<std::uint32_t, std::uint32_t>> expected, got;
    for (std::size_t const line : order) {
      auto const from = node_of.try_emplace(set[2 * line], node_of.size()).first->second;
      auto const to = node_of.try_emplace(set[2 * line + 1], node_of.size()).first->second;
      expected.emplace(from, to);
    }
    for (std::uint32_t node = 0; node < graph.nodes(); ++node)
      for (auto arc = graph.first_out[node]; arc < graph.first_out[node + 1]; ++arc) got.emplace(node, graph.head[arc]);
    CHECK(got == expected);
  }
}

TEST_CASE("A crowd of ends within the tolerance joins as every pair tried by hand, and in no time") {
  std::mt19937 random(9);
  auto const draw = [&] { return static_cast<double>(random() % 10000) / 1000; };
  for (double const tolerance : {0.7, 1.5, 4.0}) {
    // A knot of 1200 ends amid 900 others that hang together here and there.
    std::vector<std::array<double, 2>> ends;
    for (int i = 0; i < 1200; ++i) ends.push_back({tolerance * (25 + draw() / 12), tolerance * (25 + draw() / 12)});
    for (int i = 0; i < 900; ++i) ends.push_back({tolerance * 4.5 * draw(), tolerance * 4.5 * draw()});
    std::vector<std::size_t> set(ends.size());
    std::iota(set.begin(), set.end(), std::size_t{0});
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t a = 0; a < ends.size(); ++a)
        for (std::size_t b = 0; b < ends.size(); ++b)
          if (std::hypot(ends[a][0] - ends[b][0], ends[a][1] - ends[b][1]) <= tolerance && set[b] < set[a]) {
            set[a] = set[b];
            changed = true;
          }
    }
    std::vector<std::string> wkt;
    for (std::size_t i = 0; i < ends.size(); ++i)  // each from an end of its own, far from all others
      wkt.push_back(fmt::format("LINESTRING({} 5000,{} {})", 100 * i, ends[i][0], ends[i][1]));
    RoadGraph const graph = build(layer_of(wkt), by(Connect::ends, tolerance));
    CHECK(graph.nodes() == ends.size() + std::set<std::size_t>(set.begin(), set.end()).size());
    // Nodes are numbered by first mention: the far end of a line, then its near end where that is the first of its set.
    std::map<std::size_t, std::uint32_t> node_of;
    std::uint32_t next = 0;
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      std::uint32_t const far = next++;
      auto const [it, fresh] = node_of.try_emplace(set[i], next);
      if (fresh) ++next;
      wrong += graph.head[graph.first_out[far]] == it->second ? 0U : 1U;
    }
    CHECK(wrong == 0);
  }
  std::vector<std::string> many;
  for (int i = 0; i < 50000; ++i) many.push_back(fmt::format("LINESTRING({} 0,{} 10)", i, i));
  CHECK(build(layer_of(many), by(Connect::ends, 1e6)).nodes() == 1);
}

TEST_CASE("The highest speed of a network is that of its arcs, or of a jump between nodes") {
  RoadGraph graph = graph_of(4, {{0, 1, 1}, {1, 2, 2}, {2, 3, 4}});
  graph.length_m = {20, 10, 8};
  CHECK(fastest_mps(graph) == 20);
  graph.x[3] = 1002;  // 1000 m from node 2, in the 4 s of a line of 8 m
  CHECK(fastest_mps(graph) == 250);
  graph.x[3] = 2.5;
  graph.length_m[0] = 0;
  CHECK(fastest_mps(graph) == 5);
  CHECK(fastest_mps(RoadGraph{}) == 0);
}
