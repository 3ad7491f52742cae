#include "terrein/network/gates.hpp"

#include <numeric>

#include "graphs.hpp"
#include "support/catch.hpp"
#include "terrein/core/error.hpp"
#include "terrein/geometry/spatial_index.hpp"

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
  Attachment const joins = attach(gates, edges, 18);
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

  // Along the stretch: eastwards on the street only, both ways on the lane.
  Gate const west{0, 0.1, 0, {}, {}}, east{0, 0.6, 10, {}, {}}, up{1, 0.2, 0, {}, {}}, down{1, 0.1, 0, {}, {}};
  CHECK(along_stretch(west, east, edges, 18)->seconds == Approx(5 + 2).epsilon(1e-14));
  CHECK(along_stretch(west, east, edges, 18)->metres == Approx(110).epsilon(1e-14));
  CHECK_FALSE(along_stretch(east, west, edges, 18));
  CHECK(along_stretch(up, down, edges, 18)->seconds == Approx(1).epsilon(1e-14));
  CHECK(along_stretch(down, up, edges, 18)->seconds == Approx(1).epsilon(1e-14));
  CHECK_FALSE(along_stretch(west, up, edges, 18));
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
  auto const direct = direct_ways(here, there, edges, 18);
  REQUIRE(direct.size() == 2);  // the second parcel lies past the terminal, and the street is one-way
  CHECK(direct[0].candidate == 0);
  CHECK(direct[0].feature == 0);
  CHECK(direct[0].metres == Approx(10 + 100 + 6).epsilon(1e-14));
  CHECK(direct[0].seconds == Approx(2 + 5 + 1.2).epsilon(1e-14));
  CHECK(direct[1].candidate == 1);  // 10 m up the lane, to its end
  CHECK(direct[1].feature == 1);
  CHECK(direct[1].seconds == Approx(2 + 9 + 6000).epsilon(1e-14));
}
