#include "terrein/network/network.hpp"

#include <cmath>
#include <random>

#include "graphs.hpp"
#include "support/catch.hpp"
#include "support/certificate.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

GraphOptions with_weights(double weight_t = 44) {
  GraphOptions options;
  options.connect = Connect::vertices;
  options.limits.weight = "maxweight";
  options.vehicle.weight_t = weight_t;
  return options;
}

Network build(Layer const& lines, GraphOptions const& options) {
  Issues issues;
  Network out = build_network(lines, options, issues);
  CHECK(issues.size() == 0);
  verify(out);
  return out;
}

}  // namespace

TEST_CASE("A line is closed, open or unknown by its limits") {
  // One line of one arc each way per limit, apart from each other.
  std::vector<char const*> const limits{"44", "43.9", "none", "default", nullptr, "unsigned", "3.5 t"};
  std::vector<std::string> wkt;
  for (std::size_t i = 0; i < limits.size(); ++i) wkt.push_back(fmt::format("LINESTRING({0} 0,{0} 9)", 100 * i));
  Layer lines = layer_of(wkt);
  lines.attributes.add(texts("maxweight", limits));
  Network const network = build(lines, with_weights());
  CHECK(network.facts.row == std::vector<Row>{0, 0, 2, 2, 3, 3, 4, 4, 5, 5});
  CHECK(network.facts.unknown == std::vector<std::uint8_t>{0, 0, 0, 0, 0, 0, 1, 1, 1, 1});
  // A lighter vehicle passes where the heavy one may not; one that the law forbids does not pass by default.
  CHECK(build(lines, with_weights(3.5)).graph.arcs() == 14);
  CHECK(build(lines, with_weights(60)).facts.row == std::vector<Row>{2, 2, 4, 4, 5, 5});
  // Without a field there is no statement about limits, and all is open.
  GraphOptions options = with_weights();
  options.limits = {};
  CHECK(build(lines, options).graph.arcs() == 14);
  CHECK(build(lines, options).facts.unknown.empty());
}

TEST_CASE("Every limit counts for itself: a known one that is too low closes, whatever is unknown") {
  Layer lines = layer_of(std::vector<std::string>(6, "LINESTRING(0 0,9 0)"));
  lines.attributes.add(texts("w", {"44", nullptr, "44", "44", "44", "44"}));
  lines.attributes.add(numbers("h", {4.0, 3.9, 4.5, 4.5, 4.5, std::nullopt}));
  lines.attributes.add(texts("b", {"2.55", nullptr, "2.5", "3", "3", "3"}));
  lines.attributes.add(texts("l", {"16.5", nullptr, "20", "16", "20", "20"}));
  lines.attributes.add(texts("a", {"11.5", nullptr, "12", "12", "11.4", "12"}));
  GraphOptions options;
  options.limits = {"w", "h", "b", "l", "a"};
  Network const network = build(lines, options);
  CHECK(network.facts.row == std::vector<Row>{0, 5, 0, 5});
  CHECK(network.facts.unknown == std::vector<std::uint8_t>{0, 1, 0, 1});
}

TEST_CASE("A ferry is no road, whatever its class and limits") {
  Layer lines = layer_of({"LINESTRING(0 0,9 0)", "LINESTRING(9 0,19 0)", "LINESTRING(19 0,29 0)"});
  lines.attributes.add(texts("route", {"ferry", nullptr, "bus"}));
  lines.attributes.add(texts("maxweight", {nullptr, nullptr, "none"}));
  GraphOptions options = with_weights();
  options.ferry_field = "route";
  options.ferry_values = {"ferry"};
  CHECK(build(lines, options).facts.row == std::vector<Row>{1, 1, 2, 2});
}

TEST_CASE("The part that is surely open has the same nodes, and its times are never shorter") {
  std::mt19937 random(11);
  auto const draw = [&](unsigned below) { return random() % below; };
  std::vector<std::string> wkt;
  std::vector<char const*> limits;
  for (int i = 0; i < 300; ++i) {
    wkt.push_back(fmt::format("LINESTRING({} {},{} {})", draw(10), draw(10), draw(10), draw(10)));
    limits.push_back(std::array{"none", "3.5", static_cast<char const*>(nullptr)}[draw(3)]);
  }
  Layer lines = layer_of(wkt);
  lines.attributes.add(texts("maxweight", limits));
  Network const network = build(lines, with_weights());
  RoadGraph const sure = sure_part(network.graph, network.facts);
  verify(sure);
  CHECK(sure.x == network.graph.x);
  // Brute force: the graph of the lines that say "none" has the same arcs, counted.
  std::size_t none = 0;
  for (std::size_t i = 0; i < limits.size(); ++i)
    if (limits[i] != nullptr && std::string(limits[i]) == "none") {
      auto const xy = lines.geometry.path(i);
      none += xy[0] != xy[2] || xy[1] != xy[3] ? 2U : 0U;
    }
  CHECK(sure.arcs() == none);
  std::vector<Start> const starts{{0, 0, 0}};
  Reached const low = shortest_seconds(network.graph, starts), high = shortest_seconds(sure, starts);
  CHECK(fault_of(network.graph, starts, low).empty());
  CHECK(fault_of(sure, starts, high).empty());
  std::size_t shorter = 0, longer = 0;
  for (std::uint32_t node = 0; node < sure.nodes(); ++node) {
    shorter += high.seconds[node] < low.seconds[node] ? 1U : 0U;
    longer += high.seconds[node] > low.seconds[node] ? 1U : 0U;
  }
  CHECK(shorter == 0);
  CHECK(longer > 0);
}

TEST_CASE("Facts about waterways and railways are kept by row") {
  Layer lines = layer_of({"LINESTRING(0 0,9 0)", "LINESTRING(9 0,9 9)", "LINESTRING(9 9,0 9)"});
  lines.attributes.add(texts("cemt", {"40", "Vb", nullptr}));
  lines.attributes.add(texts("depth", {"3.5 m", nullptr, "none"}));
  lines.attributes.add(numbers("bridge", {7.0, 5.25, std::nullopt}));
  lines.attributes.add(wholes("electric", {1, 0, std::nullopt}));
  lines.attributes.add(texts("service", {"spur", "main", nullptr}));
  GraphOptions options;
  options.facts = {"cemt", "depth", "bridge", {{"40", "IV"}}, "electric", "service", {"spur"}};
  LineFacts const facts = build(lines, options).facts;
  CHECK(facts.cemt == std::vector<Cemt>{Cemt::IV, Cemt::Vb, Cemt::unknown});
  CHECK(facts.draught_m[0] == 3.5);
  CHECK(std::isnan(facts.draught_m[1]));
  CHECK(std::isnan(facts.draught_m[2]));
  CHECK(facts.air_draught_m[1] == 5.25);
  CHECK(std::isnan(facts.air_draught_m[2]));
  CHECK(facts.electrified == std::vector<Electrified>{Electrified::yes, Electrified::no, Electrified::unknown});
  CHECK(facts.track == std::vector<Track>{Track::siding, Track::main, Track::unknown});
  CHECK(facts.unknown.empty());
  options.facts = {};
  CHECK(build(lines, options).facts.cemt.empty());
}

TEST_CASE("Absent fields of limits, ferries and facts end the run with the nearest name") {
  Layer lines = layer_of({"LINESTRING(0 0,9 0)"}, "wegen");
  lines.attributes.add(texts("maxweight", {"1"}));
  auto const fault = [&](GraphOptions const& options) {
    Issues issues;
    return error_of([&] { (void)build_network(lines, options, issues); });
  };
  GraphOptions options;
  options.limits.weight = "maxweigt";
  CHECK(fault(options).kind == ErrorKind::input);
  CHECK(fault(options).text ==
        "Road layer 'wegen' has no field 'maxweigt' (limit of weight). Did you mean 'maxweight'?");
  options = {};
  options.ferry_field = "route";
  CHECK(fault(options).kind == ErrorKind::input);
  options = {};
  options.facts.cemt = "CEMT";
  CHECK(fault(options).kind == ErrorKind::input);
}

TEST_CASE("Facts that do not fit their graph are an internal fault") {
  Layer lines = layer_of({"LINESTRING(0 0,9 0)"});
  Network network = build(lines, {});
  network.facts.row.pop_back();
  CHECK(error_of([&] { verify(network); }).kind == ErrorKind::internal);
}
