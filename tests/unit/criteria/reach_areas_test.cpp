#include "terrein/criteria/reach_areas.hpp"

#include <numeric>

#include "access_world.hpp"
#include "geometry/geos.hpp"
#include "support/catch.hpp"
#include "terrein/core/error.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/network/network.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

ReachSpec on_roads(ReachSpec::Kind kind, std::vector<double> limits) {
  ReachSpec out;
  out.key = "r";
  out.kind = kind;
  out.layer = "shops";
  out.roads = "roads";
  out.access_kmh = 3.6 * AccessWorld::access_mps;
  out.limits = std::move(limits);
  out.width_m = 20;
  return out;
}

/// Areas of overlays by GEOS.
class Judge {
 public:
  explicit Judge(GeometryColumn const& shapes) {
    for (std::size_t row = 0; row < shapes.size(); ++row) shapes_.push_back(geos::to_geos(context_, shapes, row));
  }
  double outside(std::size_t a, Judge const& other, std::size_t b) const {
    return geos::area(context_, geos::difference(context_, shapes_[a].get(), other.shapes_[b].get()).get());
  }
  double common(std::size_t a, std::size_t b) const {
    return geos::area(context_, geos::intersection(context_, shapes_[a].get(), shapes_[b].get()).get());
  }
  bool valid(std::size_t row) const { return GEOSisValid_r(context_.get(), shapes_[row].get()) == 1; }
  std::size_t size() const { return shapes_.size(); }

 private:
  geos::Context context_;
  std::vector<geos::Geom> shapes_;
};

double total(GeometryColumn const& shapes) {
  double out = 0;
  for (std::size_t row = 0; row < shapes.size(); ++row) out += area(shapes, row);
  return out;
}

/// One straight road of 1000 m from west to east, 10 m/s, with shops at 100 and at 900 m, beside it by nothing.
Study one_road() {
  Study study(1);
  auto& roads = study.add("roads", {"LINESTRING(0 0,100 0)", "LINESTRING(100 0,900 0)", "LINESTRING(900 0,1000 0)"});
  roads.graph = GraphOptions{};
  roads.graph->default_speed_kmh = 36;
  roads.gates = GateRules{10, {}, {}, {}};
  study.add("shops", {"POINT(900 0)", "POINT(100 0)"}, {"a", "b"});
  Issues issues;
  study.graphs["roads"] = build_road_graph(roads.layer, *roads.graph, issues);
  return study;
}

}  // namespace

TEST_CASE("An isochrone ends where the time does, round by the width") {
  Study const study = one_road();
  auto const found = reach_areas(on_roads(ReachSpec::Kind::isochrones, {5, 30, 90}), study.inputs());
  REQUIRE(found.rows.size() == 3);
  CHECK(found.rows[0].limit == 5);
  CHECK(found.rows[0].metres == Approx(200));   // 50 m to both sides of both shops
  CHECK(found.rows[1].metres == Approx(800));   // 100 + 300 m from each
  CHECK(found.rows[2].metres == Approx(1000));  // all of it
  CHECK(found.rows[2].certain);
  CHECK(found.rows[2].source == no_row);
  Box const box = found.shapes.box[1];
  CHECK(box.min_x == Approx(-20));
  CHECK(box.max_x == Approx(1020));
  CHECK(box.max_y == Approx(20));
  CHECK(locate(found.shapes, 1, {419, 0}) == 1);  // 400 m and the width
  CHECK(locate(found.shapes, 1, {421, 0}) == -1);
  // A rectangle and two half circles of 8 pieces a quarter.
  double const circle = 20 * 20 * 16 * std::sin(std::numbers::pi / 16);
  CHECK(area(found.shapes, 2) == Approx(1000 * 40 + circle).epsilon(1e-9));
}

TEST_CASE("Market areas part at the exact place between two shops, and have no land in common") {
  Study const study = one_road();
  for (JoinAt const join : {JoinAt::centroid, JoinAt::gates}) {
    ReachSpec spec = on_roads(ReachSpec::Kind::market_areas, {});
    spec.join = join;
    auto const found = reach_areas(spec, study.inputs());
    REQUIRE(found.rows.size() == 2);
    CHECK(found.rows[0].source == 0);  // by id
    CHECK(!found.rows[0].limit);
    CHECK(found.rows[0].metres == Approx(500));
    CHECK(found.shapes.box[0].min_x == Approx(500));
    CHECK(found.shapes.box[1].max_x == Approx(500));
    spec.limits = {30};
    auto const within = reach_areas(spec, study.inputs());
    CHECK(within.rows[1].limit == 30);
    CHECK(within.shapes.box[1].max_x == Approx(420));
    spec.classes = {"b"};
    spec.limits.clear();
    auto const alone = reach_areas(spec, study.inputs());
    REQUIRE(alone.rows.size() == 1);
    CHECK(alone.rows[0].source == 1);
    CHECK(alone.rows[0].metres == Approx(1000));
  }
}

TEST_CASE("Isochrones lie in each other, market areas part them, and both say what the candidates' values say") {
  int inside = 0, outside = 0, markets = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    AccessWorld const world(seed, 60, 5);
    std::vector<double> const limits{10, 25, 60};
    auto const rings = reach_areas(on_roads(ReachSpec::Kind::isochrones, limits), world.study.inputs());
    auto const areas = reach_areas(on_roads(ReachSpec::Kind::market_areas, limits), world.study.inputs());
    Judge const ring(rings.shapes), market(areas.shapes);
    for (std::size_t row = 0; row < ring.size(); ++row) CHECK(ring.valid(row));
    for (std::size_t i = 0; i + 1 < limits.size(); ++i) CHECK(ring.outside(i, ring, i + 1) < 1e-4);
    for (std::size_t a = 0; a < market.size(); ++a) {
      CHECK(market.valid(a));
      CHECK(market.outside(a, ring, 2) < 1e-4 * area(rings.shapes, 2));  // round ends and bends are polygons
      for (std::size_t b = a + 1; b < market.size(); ++b) CHECK(market.common(a, b) < 1e-3);
    }
    CHECK(total(areas.shapes) == Approx(area(rings.shapes, 2)).epsilon(1e-4));
    CHECK(std::accumulate(areas.rows.begin(), areas.rows.end(), 0.0, [](double sum, ReachArea const& one) {
            return sum + one.metres;
          }) == Approx(rings.rows[2].metres).margin(0.01));
    // The times of the candidates are those of the node that they join, and the way to it.
    auto const time = world.study.measure(world.spec("network_time"));
    RoadGraph const& graph = world.study.graphs.at("roads");
    for (std::size_t row = 0; row < world.parcels.size(); ++row) {
      double nearest = AccessWorld::never;
      Point at{};
      for (std::size_t node = 0; node < graph.nodes(); ++node) {
        double const metres = std::hypot(graph.x[node] - world.parcels[row].x, graph.y[node] - world.parcels[row].y);
        if (metres < nearest) at = {graph.x[node], graph.y[node]};
        nearest = std::min(nearest, metres);
      }
      if (!time.value.is_known(row)) continue;
      double const seconds = *time.value.at(row) - nearest / AccessWorld::access_mps;
      for (std::size_t i = 0; i < limits.size(); ++i) {
        if (seconds > limits[i] - 1e-9) continue;
        CHECK(locate(rings.shapes, i, at) == 1);
        ++inside;
      }
      outside += seconds > limits.front() && locate(rings.shapes, 0, at) == -1 ? 1 : 0;
      if (seconds > limits.back()) continue;
      for (std::size_t a = 0; a < areas.rows.size(); ++a) {
        if (areas.rows[a].source != time.by[row]) continue;
        CHECK(locate(areas.shapes, a, at) >= 0);
        ++markets;
      }
    }
  }
  CHECK(inside > 200);
  CHECK(outside > 30);
  CHECK(markets > 100);
}

TEST_CASE("Reach is the same for any number of workers, and however the rows of the layers are ordered") {
  AccessWorld world(3, 20, 6);
  auto const make = [&](ReachSpec::Kind kind) { return reach_areas(on_roads(kind, {10, 40}), world.study.inputs()); };
  auto const rings = make(ReachSpec::Kind::isochrones), areas = make(ReachSpec::Kind::market_areas);
  world.study.workers = 7;
  CHECK(make(ReachSpec::Kind::isochrones).shapes.xy == rings.shapes.xy);
  CHECK(make(ReachSpec::Kind::market_areas).shapes.xy == areas.shapes.xy);
  auto& roads = world.study.layers.at("roads");
  std::vector<Row> order(roads.layer.size());
  std::iota(order.begin(), order.end(), 0U);
  std::reverse(order.begin(), order.end());
  roads.layer = take(roads.layer, order);
  auto& shops = world.study.layers.at("shops").layer;
  shops = take(shops, {4, 2, 5, 0, 1, 3});
  Issues issues;
  world.study.graphs["roads"] = build_road_graph(roads.layer, *roads.graph, issues);
  CHECK(make(ReachSpec::Kind::isochrones).shapes.xy == rings.shapes.xy);
  auto const again = make(ReachSpec::Kind::market_areas);
  CHECK(again.shapes.xy == areas.shapes.xy);
  REQUIRE(again.rows.size() == areas.rows.size());
  for (std::size_t row = 0; row < again.rows.size(); ++row) CHECK(again.rows[row].metres == areas.rows[row].metres);
}

TEST_CASE("One-way roads make reach to a shop and from it differ") {
  Study study = one_road();
  auto& roads = study.layers.at("roads");
  roads.layer.attributes.add(text_column("way", {nullptr, "F", nullptr}));
  roads.graph->oneway_field = "way";
  Issues issues;
  study.graphs["roads"] = build_road_graph(roads.layer, *roads.graph, issues);
  ReachSpec spec = on_roads(ReachSpec::Kind::isochrones, {30});
  CHECK(reach_areas(spec, study.inputs()).rows[0].metres == Approx(500));  // 100 m beside each, 300 m before the second
  CHECK(locate(reach_areas(spec, study.inputs()).shapes, 0, {700, 0}) == 1);
  CHECK(locate(reach_areas(spec, study.inputs()).shapes, 0, {300, 0}) == -1);
  spec.direction = TravelDirection::from;
  CHECK(locate(reach_areas(spec, study.inputs()).shapes, 0, {300, 0}) == 1);
  CHECK(locate(reach_areas(spec, study.inputs()).shapes, 0, {700, 0}) == -1);
  spec.kind = ReachSpec::Kind::market_areas;
  spec.direction = TravelDirection::to;
  spec.limits.clear();
  CHECK(reach_areas(spec, study.inputs()).rows[0].metres == Approx(900));  // all of the one-way road leads to it
}

TEST_CASE("Lines that are perhaps not open give a second isochrone") {
  Study study = one_road();
  auto& roads = study.layers.at("roads");
  roads.layer.attributes.add(number_column("tonnes", {44, std::nullopt, 44}));
  roads.graph->limits.weight = "tonnes";
  Issues issues;
  Network network = build_network(roads.layer, *roads.graph, issues);
  study.sure_graphs["roads"] = sure_part(network.graph, network.facts);
  study.graphs["roads"] = network.graph;
  auto const found = reach_areas(on_roads(ReachSpec::Kind::isochrones, {5, 30}), study.inputs());
  REQUIRE(found.rows.size() == 4);
  CHECK(found.rows[0].certain);
  CHECK(!found.rows[1].certain);
  CHECK(found.rows[0].limit == found.rows[1].limit);
  CHECK(found.rows[2].metres == Approx(200));
  CHECK(found.rows[3].metres == Approx(800));
  CHECK(!reach_areas(on_roads(ReachSpec::Kind::market_areas, {}), study.inputs()).rows[0].certain);
}

TEST_CASE("A place that is reached counts, even where no road leads on from it") {
  Study study = one_road();
  auto& roads = study.layers.at("roads");
  roads.layer.attributes.add(text_column("way", {"R", "F", "F"}));  // away from the first shop on both sides
  roads.graph->oneway_field = "way";
  Issues issues;
  study.graphs["roads"] = build_road_graph(roads.layer, *roads.graph, issues);
  ReachSpec spec = on_roads(ReachSpec::Kind::isochrones, {30});
  spec.classes = {"b"};
  auto const found = reach_areas(spec, study.inputs());
  CHECK(found.rows[0].metres == 0);
  CHECK(area(found.shapes, 0) == Approx(20 * 20 * 16 * std::sin(std::numbers::pi / 16)));
  CHECK(locate(found.shapes, 0, {100, 0}) == 1);
  spec.kind = ReachSpec::Kind::market_areas;
  spec.classes.clear();
  auto const areas = reach_areas(spec, study.inputs());
  REQUIRE(areas.rows.size() == 2);
  CHECK(locate(areas.shapes, 1, {100, 0}) == 1);
  CHECK(locate(areas.shapes, 0, {850, 0}) == 1);
}

TEST_CASE("Nothing within reach is an empty area, and what cannot be asked gets a sentence") {
  Study study = one_road();
  study.add("shops", {"POINT EMPTY"});
  auto const none = reach_areas(on_roads(ReachSpec::Kind::isochrones, {30}), study.inputs());
  REQUIRE(none.rows.size() == 1);
  CHECK(none.rows[0].metres == 0);
  CHECK(!none.shapes.has_shape(0));
  CHECK(reach_areas(on_roads(ReachSpec::Kind::market_areas, {}), study.inputs()).rows.empty());
  study.add("shops", {});
  CHECK(!reach_areas(on_roads(ReachSpec::Kind::isochrones, {30}), study.inputs()).shapes.has_shape(0));
  auto const refused = [&](auto const& change) {
    ReachSpec spec = on_roads(ReachSpec::Kind::isochrones, {30});
    change(spec);
    return error_of([&] { (void)reach_areas(spec, study.inputs()); }).text;
  };
  CHECK(refused([](ReachSpec& spec) { spec.roads = "shops"; }).find("not a road network") != std::string::npos);
  CHECK(refused([](ReachSpec& spec) { spec.layer = "x"; }).find("no layer 'x'") != std::string::npos);
  CHECK(refused([](ReachSpec& spec) { spec.width_m = 0; }).find("above zero") != std::string::npos);
  CHECK(refused([](ReachSpec& spec) { spec.direction = TravelDirection::both; }).find("one way") != std::string::npos);
  study.layers.at("roads").gates.reset();
  CHECK(refused([](ReachSpec& spec) { spec.join = JoinAt::gates; }).find("gates") != std::string::npos);
}
