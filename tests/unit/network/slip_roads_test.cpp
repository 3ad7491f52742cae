#include "terrein/network/slip_roads.hpp"

#include "graphs.hpp"
#include "support/catch.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// A motorway along y = 0, a slip road from (100, 0) to (150, 50), and a country road along y = 50.
Layer junction(std::vector<char const*> const& classes) {
  Layer roads = layer_of({"LINESTRING(0 0,100 0)", "LINESTRING(100 0,200 0)", "LINESTRING(100 0,120 30,150 50)",
                          "LINESTRING(0 50,150 50)", "LINESTRING(150 50,300 50)"});
  roads.attributes.add(texts("MORF", classes));
  return roads;
}

GraphOptions by(Connect connect) {
  GraphOptions out;
  out.connect = connect;
  return out;
}

SlipRoads const flemish{"morf", {"107", "108"}, {"101"}};

}  // namespace

TEST_CASE("a ramp is where a slip road meets an ordinary road, not where it leaves the motorway") {
  Layer const ramps =
      slip_road_ends(junction({"101", "101", "107", "103", "103"}), by(Connect::ends), flemish, "ramps");
  REQUIRE(ramps.size() == 1);
  CHECK(ramps.geometry.box[0] == Box{150, 50, 150, 50});
  CHECK(ramps.geometry.kind[0] == GeometryKind::point);
  CHECK(ramps.id[0] == "150.000 50.000");
  CHECK(text_at(*ramps.attributes.find("slip_road"), 0) == "3");
  CHECK(text_at(*ramps.attributes.find("road"), 0) == "4");  // the smaller of 4 and 5
}

TEST_CASE("slip roads that meet each other, unknown classes and closed roads make no ramp") {
  CHECK(slip_road_ends(junction({"101", "101", "107", "108", "107"}), by(Connect::ends), flemish, "r").size() == 0);
  CHECK(slip_road_ends(junction({"101", "101", "107", nullptr, nullptr}), by(Connect::ends), flemish, "r").size() == 0);
  GraphOptions closed = by(Connect::ends);
  closed.class_field = "MORF";
  closed.speed_by_class = {{"114", 0}};  // a footpath
  CHECK(slip_road_ends(junction({"101", "101", "107", "114", "114"}), closed, flemish, "r").size() == 0);
}

TEST_CASE("roads join by node ids and by shared vertices as in the graph") {
  Layer roads = layer_of({"LINESTRING(0 0,100 0)", "LINESTRING(100 0,150 50)", "LINESTRING(0 50,151 50,300 50)"});
  roads.attributes.add(texts("MORF", {"101", "107", "103"}));
  CHECK(slip_road_ends(roads, by(Connect::vertices), flemish, "r").size() == 0);  // 1 m beside each other
  roads.attributes.add(wholes("B", {1, 2, 3}));
  roads.attributes.add(wholes("E", {2, 3, 4}));
  GraphOptions ids = by(Connect::node_ids);
  ids.from_field = "B";
  ids.to_field = "E";
  Layer const ramps = slip_road_ends(roads, ids, flemish, "r");
  REQUIRE(ramps.size() == 1);
  CHECK(ramps.geometry.box[0] == Box{150, 50, 150, 50});  // where the first line that names node 3 puts it
  Layer osm = layer_of({"LINESTRING(0 0,100 0)", "LINESTRING(100 0,150 50)", "LINESTRING(0 50,150 50,300 50)"});
  osm.attributes.add(texts("MORF", {"101", "107", "103"}));
  CHECK(slip_road_ends(osm, by(Connect::vertices), flemish, "r").size() == 1);
}

TEST_CASE("an absent field is an error with the names there are") {
  auto const thrown = error_of([] {
    (void)slip_road_ends(junction({"1", "1", "1", "1", "1"}), by(Connect::ends), {"MORFO", {"1"}, {}}, "r");
  });
  CHECK(thrown.kind == ErrorKind::input);
  CHECK(thrown.text.find("'MORF'") != std::string::npos);
}
