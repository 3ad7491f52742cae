#include "study.hpp"
#include "support/catch.hpp"
#include "terrein/core/error.hpp"

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
