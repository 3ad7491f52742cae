#include "terrein/network/inspect.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <set>

#include "graphs.hpp"
#include "network/components.hpp"
#include "support/catch.hpp"
#include "terrein/core/text.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

GraphOptions by(Connect connect, double tolerance_m = 0.01) {
  GraphOptions options;
  options.connect = connect;
  options.tolerance_m = tolerance_m;
  return options;
}

/// "code id other x y value" of every finding, numbers to millimetres, "-" for none.
std::vector<std::string> told(NetworkReport const& report) {
  auto const number = [](double value) {
    return std::isfinite(value) ? shortest(std::round(value * 1000) / 1000) : std::string("-");
  };
  std::vector<std::string> out;
  for (NetworkFinding const& one : report.findings)
    out.push_back(fmt::format("{} {} {} {} {} {}", one.code, one.id, one.other.empty() ? "-" : one.other, number(one.x),
                              number(one.y), number(one.value)));
  return out;
}

std::vector<std::string> told(NetworkReport const& report, std::string const& code) {
  auto all = told(report);
  std::erase_if(all, [&](std::string const& one) { return !one.starts_with(code + " "); });
  return all;
}

using Told = std::vector<std::string>;

}  // namespace

TEST_CASE("A sound network has nothing to tell but its ends") {
  // A square of 100 m with a road of 50 m away from it.
  NetworkReport const report =
      inspect_network(layer_of({"LINESTRING(0 0,100 0)", "LINESTRING(100 0,100 100)", "LINESTRING(100 100,0 100)",
                                "LINESTRING(0 100,0 0)", "LINESTRING(100 100,150 100)"}),
                      by(Connect::ends));
  CHECK(report.rows == 5);
  CHECK(report.lines == 5);
  CHECK(report.nodes == 5);
  CHECK(report.arcs == 10);
  CHECK(report.length_m == 450);
  CHECK(report.joined.count == 1);
  CHECK(report.joined.share_nodes == 1);
  CHECK(report.mutual.count == 1);
  CHECK(report.mutual.share_length == 1);
  CHECK(report.snapped_most_m == 0);
  CHECK(told(report) == Told{"dead_end 5 - 150 100 -"});
}

TEST_CASE("Islands are told where they lie, the longest first") {
  NetworkReport const report = inspect_network(layer_of({"LINESTRING(500 0,510 0)", "LINESTRING(0 0,100 0)",
                                                         "LINESTRING(100 0,200 0)", "LINESTRING(900 0,960 0)"}),
                                               by(Connect::ends));
  CHECK(report.joined.count == 3);
  CHECK(report.joined.share_nodes == Approx(3.0 / 7));
  CHECK(report.joined.share_length == Approx(200.0 / 270));
  CHECK(told(report, "island") == Told{"island 4 - 900 0 60", "island 1 - 500 0 10"});
}

TEST_CASE("Parts that one-way roads let nobody into, or out of, are told within each part") {
  // A two-way road of three nodes, a one-way road out of it, one into it, and an island whose road is one-way.
  Layer roads = layer_of({"LINESTRING(0 0,100 0)", "LINESTRING(100 0,200 0)", "LINESTRING(200 0,300 0)",
                          "LINESTRING(0 100,0 0)", "LINESTRING(0 900,100 900)"});
  roads.attributes.add(texts("oneway", {nullptr, nullptr, "yes", "yes", "yes"}));
  GraphOptions options = by(Connect::ends);
  options.oneway_field = "oneway";
  NetworkReport const report = inspect_network(roads, options);
  CHECK(report.joined.count == 2);
  CHECK(report.mutual.count == 5);
  CHECK(report.mutual.share_nodes == Approx(3.0 / 7));
  CHECK(report.mutual.share_length == Approx(200.0 / 500));
  // Of the island, two nodes of equal size with the same line: the one with the smaller number stays.
  CHECK(told(report, "one_way_part") ==
        Told{"one_way_part 3 - 300 0 0", "one_way_part 4 - 0 100 0", "one_way_part 5 - 100 900 0"});
}

TEST_CASE("Ends within the tolerance are counted with their distance, those beyond it as near misses") {
  NetworkReport const report = inspect_network(layer_of({"LINESTRING(0 0,100 0)", "LINESTRING(100.005 0.007,200 0)",
                                                         "LINESTRING(200 0.05,300 0)", "LINESTRING(300 0.2,400 0)"}),
                                               by(Connect::ends, 0.01));
  CHECK(report.nodes == 7);
  CHECK(report.snapped_most_m == Approx(0.0086023253));  // √(5² + 7²) mm
  CHECK(told(report, "snapped_end") == Told{"snapped_end 2 - 100.005 0.007 0.009"});
  CHECK(told(report, "near_miss") == Told{"near_miss 2 3 200 0 0.05"});  // 0.2 m is no near miss at 0.1 m
}

TEST_CASE("Ends that a short line joins are no near miss, but each of them is to the nearest other end") {
  NetworkReport const report =
      inspect_network(layer_of({"LINESTRING(0 0,100 0)", "LINESTRING(100 0,100.03 0)", "LINESTRING(100.08 0,200 0)"}),
                      by(Connect::ends));
  CHECK(told(report, "near_miss") == Told{"near_miss 1 3 100 0 0.08", "near_miss 2 3 100.03 0 0.05"});
}

TEST_CASE("In a network of vertices an end is compared with every vertex, and vertices with each other are not") {
  NetworkReport const report = inspect_network(
      layer_of({"LINESTRING(0 0,50 0,50.02 0.03,100 0)", "LINESTRING(50 -80,50 -0.04)"}), by(Connect::vertices));
  CHECK(told(report, "near_miss") == Told{"near_miss 2 1 50 -0.04 0.04"});
  CHECK(told(report, "dead_end") ==
        Told{"dead_end 1 - 0 0 -", "dead_end 1 - 100 0 -", "dead_end 2 - 50 -80 -", "dead_end 2 - 50 -0.04 -"});
}

TEST_CASE("A wide tolerance over many ends is no work for hours") {
  std::vector<std::string> wkt;
  for (int i = 0; i < 20000; ++i) wkt.push_back(fmt::format("LINESTRING({} 0,{} 10)", i, i));
  GraphOptions options = by(Connect::vertices, 1e6);  // every end is within it of every other
  NetworkReport const report = inspect_network(layer_of(wkt), options);
  CHECK(report.joined.count == 20000);
  CHECK(told(report, "near_miss").size() >= 20000);
}

TEST_CASE("Loops, parallel lines and lines without length are told, and none of them hangs a search") {
  NetworkReport const report =
      inspect_network(layer_of({"LINESTRING(0 0,5 5,10 0,0 0)", "LINESTRING(0 0,50 0)", "LINESTRING(50 0,25 1,0 0)",
                                "LINESTRING(0 0,50 0)", "LINESTRING(90 0,90 0)"}),
                      by(Connect::ends));
  CHECK(told(report, "self_loop") == Told{"self_loop 1 - 0 0 24.142", "self_loop 5 - 90 0 0"});
  CHECK(told(report, "parallel") == Told{"parallel 3 2 0 0 -", "parallel 4 2 0 0 -"});
  NetworkReport const vertices =
      inspect_network(layer_of({"LINESTRING(0 0,50 0)", "LINESTRING(90 0,90 0)"}), by(Connect::vertices));
  CHECK(vertices.joined.count == 1);
  CHECK(told(vertices, "no_length") == Told{"no_length 2 - 90 0 0"});
  CHECK(told(inspect_network(layer_of({"LINESTRING(90 0,90 0)"}), by(Connect::vertices)), "no_length").size() == 1);
}

TEST_CASE("Lines that are closed or cannot be used are told by what is the matter with them") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  Layer roads = layer_of({"LINESTRING(0 0,100 0)", "LINESTRING(100 0,200 0)", "LINESTRING(200 0,300 0)",
                          "LINESTRING(300 0,400 0)", "LINESTRING(400 0,500 0)", "LINESTRING EMPTY", "POINT(3 4)",
                          "LINESTRING(0 0,7 7)"});
  roads.geometry.xy.back() = nan;
  roads.attributes.add(texts("class", {"road", "path", "road", "road", "road", "road", "road", "road"}));
  roads.attributes.add(texts("route", {nullptr, nullptr, "ferry", nullptr, nullptr, nullptr, nullptr, nullptr}));
  roads.attributes.add(texts("maxweight", {"none", "none", "none", "3.5 t", nullptr, nullptr, nullptr, nullptr}));
  GraphOptions options = by(Connect::ends);
  options.class_field = "class";
  options.speed_by_class = {{"path", 0}};
  options.ferry_field = "route";
  options.ferry_values = {"ferry"};
  options.limits.weight = "maxweight";
  NetworkReport const report = inspect_network(roads, options);
  CHECK(report.rows == 8);
  CHECK(report.lines == 2);
  CHECK(told(report, "class_closed") == Told{"class_closed 2 - 100 0 -"});
  CHECK(told(report, "ferry") == Told{"ferry 3 - 200 0 -"});
  CHECK(told(report, "limit_closed") == Told{"limit_closed 4 - 300 0 -"});
  CHECK(told(report, "limit_unknown") == Told{"limit_unknown 5 - 400 0 -"});
  CHECK(told(report, "no_shape") == Told{"no_shape 6 - - - -"});
  CHECK(told(report, "no_line") == Told{"no_line 7 - 3 4 -"});
  CHECK(told(report, "not_finite") == Told{"not_finite 8 - 0 0 -"});
}

TEST_CASE("Speeds that do not count are told, and so are node ids that are missing or lie elsewhere") {
  Layer roads = layer_of({"LINESTRING(0 0,100 0)", "LINESTRING(100 0,200 0)", "LINESTRING(200 0,300 0)",
                          "LINESTRING(300 7,400 0)", "LINESTRING(0 0,0 50)"});
  roads.attributes.add(texts("speed", {"0", "-30", nullptr, "snel", "x"}));
  roads.attributes.add(texts("from", {"a", "b", "c", "d", nullptr}));
  roads.attributes.add(texts("to", {"b", "c", "d", "e", "b"}));
  GraphOptions options = by(Connect::node_ids);
  options.speed_field = "speed";
  options.from_field = "from";
  options.to_field = "to";
  NetworkReport const report = inspect_network(roads, options);
  CHECK(report.lines == 4);
  CHECK(told(report, "speed_zero") == Told{"speed_zero 1 - 0 0 0"});
  CHECK(told(report, "speed_negative") == Told{"speed_negative 2 - 100 0 -30"});
  CHECK(told(report, "speed_missing") == Told{"speed_missing 3 - 200 0 -"});
  CHECK(told(report, "speed_no_number") == Told{"speed_no_number 4 - 300 7 -"});
  CHECK(told(report, "no_node") == Told{"no_node 5 - 0 0 -"});
  CHECK(told(report, "far_from_node") == Told{"far_from_node 4 - 300 7 7"});
}

TEST_CASE("Layers without lines have empty networks, and say so row by row") {
  NetworkReport const empty = inspect_network(layer_of({}), by(Connect::ends));
  CHECK(empty.rows == 0);
  CHECK(empty.joined.count == 0);
  CHECK(empty.joined.share_nodes == 0);
  CHECK(empty.findings.empty());
  NetworkReport const points = inspect_network(layer_of({"POINT(1 2)", "POINT(3 4)"}), by(Connect::vertices));
  CHECK(points.rows == 2);
  CHECK(points.lines == 0);
  CHECK(points.nodes == 0);
  CHECK(told(points) == Told{"no_line 1 - 1 2 -", "no_line 2 - 3 4 -"});
}

TEST_CASE("Every code of a finding is one of the list, and each is told in its place") {
  std::set<std::string_view> const codes(network_codes().begin(), network_codes().end());
  CHECK(codes.size() == network_codes().size());
}

TEST_CASE("Parts whose nodes reach each other are those of a matrix of all pairs") {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    auto const nodes = static_cast<std::uint32_t>(1 + random() % 12);
    std::vector<Arc> arcs;
    for (std::size_t i = random() % (2 * nodes); i > 0; --i)
      arcs.push_back({static_cast<std::uint32_t>(random() % nodes), static_cast<std::uint32_t>(random() % nodes), 1});
    std::vector<std::vector<bool>> reach(nodes, std::vector<bool>(nodes));
    for (std::uint32_t i = 0; i < nodes; ++i) reach[i][i] = true;
    for (Arc const& arc : arcs) reach[arc.from][arc.to] = true;
    for (std::uint32_t k = 0; k < nodes; ++k)
      for (std::uint32_t i = 0; i < nodes; ++i)
        for (std::uint32_t j = 0; j < nodes; ++j)
          if (reach[i][k] && reach[k][j]) reach[i][j] = true;
    Parts const parts = mutual_parts(graph_of(nodes, arcs));
    std::size_t wrong = 0;
    for (std::uint32_t i = 0; i < nodes; ++i)
      for (std::uint32_t j = 0; j < nodes; ++j)
        wrong += (parts.of_node[i] == parts.of_node[j]) == (reach[i][j] && reach[j][i]) ? 0U : 1U;
    CHECK(wrong == 0);
    CHECK(parts.of_node[0] == 0);
  }
}

TEST_CASE("A road of a hundred thousand nodes in one chain has its parts without recursion") {
  std::string chain = "LINESTRING(0 0";
  for (int i = 1; i < 100000; ++i) chain += "," + std::to_string(i) + " 0";
  Layer roads = layer_of({chain + ")"});
  roads.attributes.add(texts("oneway", {"yes"}));
  GraphOptions options = by(Connect::vertices);
  NetworkReport const both = inspect_network(roads, options);
  CHECK(both.mutual.count == 1);
  options.oneway_field = "oneway";
  NetworkReport const one = inspect_network(roads, options);
  CHECK(one.joined.count == 1);
  CHECK(one.mutual.count == 100000);
}
