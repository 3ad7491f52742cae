#include "study.hpp"
#include "support/catch.hpp"
#include "terrein/core/error.hpp"
#include "terrein/network/network.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// Five parcels of 10 m in a row. A street 5 m south of the first two; a motorway 6 m north of all; a canal south of
/// the third and the fourth, with a road on its other bank.
Study with_gates() {
  Study study(5);
  auto& roads = study.add("roads", {"LINESTRING(-40 -5,18 -5)", "LINESTRING(-99 16,99 16)", "LINESTRING(21 -9,39 -9)"},
                          {"street", "motorway", "street"});
  roads.graph = GraphOptions{};
  roads.gates = GateRules{10, {"motorway"}, {}, {{"water", {"canal"}}}};
  study.add("water", {"POLYGON((20.8 -3,40 -3,40 -6,20.8 -6,20.8 -3))"}, {"canal"});
  Issues issues;
  study.graphs["roads"] = build_road_graph(roads.layer, *roads.graph, issues);
  return study;
}

CriterionSpec on_roads(std::string const& measure) {
  CriterionSpec spec = spec_of(measure);
  spec.roads = "roads";
  return spec;
}

std::string word(Measure const& measure, std::size_t row) { return std::string(measure.text.at(row).value_or("-")); }

}  // namespace

TEST_CASE("Gates are counted, and their class says why there is none") {
  Study const study = with_gates();
  auto const count = study.measure(on_roads("gates"));
  auto const state = study.measure(on_roads("gate_class"));
  // The third parcel sees the street's end at (18, -5), 5.4 m off. The road beyond the canal is 9 m off it, but the way
  // from the corner it shares with the second, past the head of the canal, is 9.06 m long.
  CHECK(shown(count, 0) == known(1));
  CHECK(shown(count, 1) == known(2));
  CHECK(shown(count, 2) == known(2));
  CHECK(shown(count, 3) == known(0));
  CHECK(shown(count, 4) == known(0));
  CHECK(word(state, 0) == "gate");
  CHECK(word(state, 2) == "gate");
  CHECK(word(state, 3) == "barred");
  CHECK(word(state, 4) == "barred");  // 9.06 m from the end of the road over there, across the canal
  CHECK(count.by == std::vector<Row>{0, 0, 0, no_row, no_row});
  CHECK(count.by_layer == "roads");
  CHECK(count.unit == "n");
}

TEST_CASE("No line within the tolerance is far, and a tolerance of the study counts") {
  Study study = with_gates();
  study.layers.at("roads").gates->tolerance_m = 8;
  auto const state = study.measure(on_roads("gate_class"));
  CHECK(word(state, 0) == "gate");
  CHECK(word(state, 3) == "far");
  study.layers.at("roads").gates = GateRules{10, {}, {}, {}};
  CHECK(shown(study.measure(on_roads("gates")), 3) == known(2));  // the motorway, and across the canal
}

TEST_CASE("Lines and barriers without class leave a gate open to doubt") {
  Study study = with_gates();
  study.layers.at("water").class_of = text_column("class", {nullptr});
  auto const count = study.measure(on_roads("gates"));
  auto const state = study.measure(on_roads("gate_class"));
  CHECK(shown(count, 0) == known(1));
  CHECK(shown(count, 3) == "- 0..1");
  CHECK(word(state, 3) == "-");
  study = with_gates();
  study.layers.at("roads").class_of = text_column("class", {nullptr, "motorway", "street"});
  CHECK(shown(study.measure(on_roads("gates")), 0) == "- 0..1");
  CHECK(word(study.measure(on_roads("gate_class")), 0) == "-");
  CHECK(word(study.measure(on_roads("gate_class")), 3) == "barred");
}

TEST_CASE("Lines that the filter leaves out have no gates, whatever their class") {
  Study study = with_gates();
  auto& roads = study.layers.at("roads");
  roads.layer.attributes = Table(3);
  roads.layer.attributes.add(text_column("bridge", {nullptr, nullptr, "yes"}));
  roads.gates->where = "bridge is null";
  auto const count = study.measure(on_roads("gates"));
  auto const state = study.measure(on_roads("gate_class"));
  // The road on the other bank, the third, was the second gate of the second and the third parcel.
  CHECK(shown(count, 0) == known(1));
  CHECK(shown(count, 1) == known(1));
  CHECK(shown(count, 2) == known(1));
  CHECK(word(state, 3) == "far");  // barred before: nothing else is within 10 m
  roads.gates->not_on.clear();     // the filter alone
  CHECK(shown(study.measure(on_roads("gates")), 0) == known(2));
  roads.class_of = text_column("class", {nullptr, "motorway", "street"});
  roads.gates->not_on = {"motorway"};
  CHECK(shown(study.measure(on_roads("gates")), 0) == "- 0..1");
  roads.gates->where = "track is null";
  CHECK_THROWS_WITH(study.measure(on_roads("gates")), Catch::Contains("track"));
}

TEST_CASE("Outside what the layers cover there may be more lines and more barriers") {
  Study study = with_gates();
  study.cover("water", box_wkt(-100, -100, 15, 100));  // ends within 10 m of the first parcel
  CHECK(shown(study.measure(on_roads("gates")), 0) == "- 0..1");
  CHECK(word(study.measure(on_roads("gate_class")), 0) == "-");
  CHECK(word(study.measure(on_roads("gate_class")), 3) == "barred");  // no barrier more makes it less so
  study.cover("water", box_wkt(-100, -100, 20.5, 100));
  CHECK(shown(study.measure(on_roads("gates")), 0) == known(1));
  study = with_gates();
  study.cover("roads", box_wkt(-100, -100, 15, 100));
  CHECK(shown(study.measure(on_roads("gates")), 0) == "- 1..-");
  CHECK(word(study.measure(on_roads("gate_class")), 0) == "gate");
  CHECK(word(study.measure(on_roads("gate_class")), 3) == "-");
  study = with_gates();
  study.add("water", {"POLYGON((20.8 -3,40 -3,40 -6,20.8 -6,20.8 -3))", "POLYGON EMPTY"}, {"canal", "canal"});
  CHECK(shown(study.measure(on_roads("gates")), 0) == "- 0..1");
}

TEST_CASE("A study that says nothing of gates, or names no network, gets a sentence") {
  Study study = with_gates();
  study.layers.at("roads").gates.reset();
  CHECK_THROWS_WITH(study.measure(on_roads("gates")), Catch::Contains("[layers.roads.gates]"));
  CriterionSpec water = on_roads("gates");
  water.roads = "water";
  CHECK_THROWS_WITH(study.measure(water), Catch::Contains("not a road network"));
  CriterionSpec none = on_roads("gates");
  none.roads.clear();
  CHECK_THROWS_AS(study.measure(none), Error);
}

namespace {

/// A street of 36 km/h (10 m/s) along y = -5 from x = -40 to 1000, five parcels of 10 m from (0, 0) to (50, 10), a rail
/// terminal beside the street at x = 100 and one at x = 500. A wall of water lies before the last two parcels.
Study with_street() {
  Study study(5);
  auto& roads = study.add("roads", {"LINESTRING(-40 -5,1000 -5)"}, {"street"});
  roads.graph = GraphOptions{};
  roads.graph->default_speed_kmh = 36;
  roads.gates = GateRules{10, {}, {}, {{"water", {}}}};
  study.add("water", {"POLYGON((22 -3,60 -3,60 -4,22 -4,22 -3))"}, {"canal"});
  study.add("terminals", {"POINT(100 -15)", "POINT(500 -15)"}).layer.attributes.add(number_column("teu", {7.0, 50.0}));
  Issues issues;
  study.graphs["roads"] = build_road_graph(roads.layer, *roads.graph, issues);
  return study;
}

CriterionSpec at_gates(std::string const& measure) {
  CriterionSpec spec = spec_of(measure, "terminals");
  spec.roads = "roads";
  spec.access_kmh = 18;  // 5 m/s
  spec.access.join = JoinAt::gates;
  return spec;
}

}  // namespace

TEST_CASE("Times and distances start at the gates, and end where the feature meets the street") {
  Study const study = with_street();
  // The gate of the first parcel is at its south-western corner, 5 m from the street at x = 0, its first place among
  // equally near ones: 1 s, 100 m along the street 10 s, 10 m to the terminal 2 s.
  auto const time = study.measure(at_gates("network_time"));
  CHECK(shown(time, 0) == known(13));
  CHECK(shown(time, 1) == known(12));
  CHECK(time.by == std::vector<Row>{0, 0, 0, no_row, no_row});
  CHECK(shown(time, 3) == "- -..-");  // behind the water: no access is neither zero nor endless
  auto const metres = study.measure(at_gates("network_distance"));
  CHECK(shown(metres, 0) == known(115));
  CriterionSpec second = at_gates("network_distance");
  second.access.nth = 2;
  CHECK(shown(study.measure(second), 2) == known(5 + 480 + 10));
  CriterionSpec within = at_gates("network_sum");
  within.field = "teu";
  within.access.limit_m = 110;
  auto const sum = study.measure(within);
  CHECK(shown(sum, 0) == known(0));
  CHECK(shown(sum, 1) == known(7));
  CHECK(shown(sum, 4) == "- -..-");
  for (unsigned const workers : {2U, 7U}) {
    Study again = with_street();
    again.workers = workers;
    auto const same = again.measure(at_gates("network_time"));
    CHECK(same.value.values == time.value.values);
    CHECK(same.value.known == time.value.known);
  }
}

TEST_CASE("A measure from gates that are in doubt is not known") {
  Study study = with_street();
  study.layers.at("roads").gates->barriers = {{"water", {"canal"}}};
  study.layers.at("water").class_of = text_column("class", {nullptr});
  auto const time = study.measure(at_gates("network_time"));
  CHECK(shown(time, 0) == known(13));
  CHECK(shown(time, 3) == "- -..-");
  study.cover("water", box_wkt(-100, -100, 25, 100));  // ends within 10 m of the second parcel
  CHECK(shown(study.measure(at_gates("network_time")), 0) == known(13));
  CHECK(shown(study.measure(at_gates("network_time")), 1) == "- -..-");
}

TEST_CASE("Lines that are perhaps closed give measures over roads their bounds") {
  // Two streets to the terminal: 100 m of which it is not known whether a truck may pass, and a way round of 300 m.
  Study study(1);
  auto& roads = study.add("roads", {"LINESTRING(5 5,105 5)", "LINESTRING(5 5,5 105,105 105,105 5)"});
  roads.graph = GraphOptions{};
  roads.layer.attributes.add(number_column("tonnes", {std::nullopt, 44.0}));
  roads.graph->limits.weight = "tonnes";
  study.add("terminals", {"POINT(105 5)"}).layer.attributes.add(number_column("teu", {7.0}));
  Issues issues;
  Network const network = build_network(roads.layer, *roads.graph, issues);
  study.graphs["roads"] = network.graph;
  study.sure_graphs["roads"] = sure_part(network.graph, network.facts);
  CriterionSpec spec = spec_of("network_distance", "terminals");
  spec.roads = "roads";
  CHECK(shown(study.measure(spec), 0) == "- 100..300");
  spec.measure = "network_count";
  spec.access.limit_m = 200;
  CHECK(shown(study.measure(spec), 0) == "- 0..1");
  spec.access.limit_m = 400;
  CHECK(shown(study.measure(spec), 0) == known(1));
  spec.access.limit_m = 50;
  CHECK(shown(study.measure(spec), 0) == known(0));
  spec.measure = "network_sum";
  spec.field = "teu";
  spec.access.limit_m = 200;
  CHECK(shown(study.measure(spec), 0) == "- 0..7");
  study.layers.at("terminals").layer.attributes = Table();
  study.layers.at("terminals").layer.attributes.add(number_column("teu", {-7.0}));
  CHECK(shown(study.measure(spec), 0) == "- -..-");
  spec.measure = "logsum";
  spec.field.clear();
  spec.access.mu = 1;
  spec.access.limit_m = 400;
  CHECK(shown(study.measure(spec), 0) == "- -300..-100");
}
