#include "access_world.hpp"
#include "support/catch.hpp"
#include "terrein/core/error.hpp"
#include "terrein/network/network.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// Parcels of 10 m in the west. The main street leads 1000 m east through a village (x 300 to 700) to ramp "1"; a
/// bypass from its start round the north takes 1240 m. 36 km/h in the street, so much round it that the bypass is
/// quicker or not; ramp "2" is farther.
Study village(double bypass_kmh) {
  Study study(1);
  auto& roads = study.add("roads", {"LINESTRING(0 -5,1000 -5)", "LINESTRING(0 -5,-20 -5,-20 95,1000 95,1000 -5)",
                                    "LINESTRING(1000 -5,1500 -5)"});
  roads.layer.attributes.add(number_column("kmh", {36, bypass_kmh, 36}));
  roads.graph = GraphOptions{};
  roads.graph->speed_field = "kmh";
  roads.gates = GateRules{10, {}, {}, {}};
  study.add("ramps", {"POINT(1000 -5)", "POINT(1500 -5)"});
  study.add("zones", {box_wkt(300, -50, 500, 50), box_wkt(450, -20, 700, 40), box_wkt(-30, 50, 1000, 60)},
            {"housing", "housing", "industry"});
  std::vector<std::string> dwellings;
  for (int i = 0; i < 5; ++i) dwellings.push_back(fmt::format("POINT({} {})", 810 + 20 * i, i == 0 ? 20 : -20));
  study.add("dwellings", dwellings);
  Issues issues;
  study.graphs["roads"] = build_road_graph(roads.layer, *roads.graph, issues);
  return study;
}

CriterionSpec passage(JoinAt join = JoinAt::gates) {
  CriterionSpec out = spec_of("network_passage", "ramps");
  out.roads = "roads";
  out.access.join = join;
  out.passage.zones = "zones";
  out.passage.zone_classes = {"housing"};
  return out;
}

}  // namespace

TEST_CASE("A way through a village counts its metres there, and a quicker one round it none") {
  for (JoinAt const join : {JoinAt::gates, JoinAt::centroid}) {
    CHECK(shown(village(36).measure(passage(join)), 0) == known(400));  // 100 s through, 124 s round
    CHECK(shown(village(72).measure(passage(join)), 0) == known(0));    // longer, but quicker
  }
  Study const study = village(36);
  auto const found = study.measure(passage());
  CHECK(found.by[0] == 0);
  CHECK(found.by_layer == "ramps");
  CHECK(found.unit == "m");
  CriterionSpec all = passage();
  all.passage.zone_classes.clear();
  CHECK(shown(village(72).measure(all), 0) == known(20));  // twice across the strip of industry, 10 m wide
  // The feature is the one that the time names.
  CriterionSpec time = passage();
  time.measure = "network_time";
  CHECK(study.measure(time).by == found.by);
}

TEST_CASE("Dense dwellings along a road are a village") {
  Study study = village(36);
  CriterionSpec spec = passage();
  spec.passage.dwellings = "dwellings";
  CHECK(shown(study.measure(spec), 0) == known(500));  // five between 800 and 900, 15 m and 25 m off
  spec.passage.per_100_m = 6;
  CHECK(shown(study.measure(spec), 0) == known(400));
  spec.passage.per_100_m = 5;
  spec.passage.within_m = 24.9;
  CHECK(shown(study.measure(spec), 0) == known(400));  // the first is 25 m off
  spec.passage.within_m = 25;
  spec.passage.zones.clear();
  CHECK(shown(study.measure(spec), 0) == known(100));
  // 130 m of road are one stretch, which takes 6.5 dwellings; 30 m still five.
  auto const short_road = [&](double to, int count) {
    Study one(1);
    auto& roads = one.add("roads", {fmt::format("LINESTRING(0 -5,{} -5)", to)});
    roads.graph = GraphOptions{};
    roads.gates = GateRules{10, {}, {}, {}};
    one.add("ramps", {fmt::format("POINT({} -5)", to)});
    std::vector<std::string> dwellings;
    for (int i = 0; i < count; ++i) dwellings.push_back(fmt::format("POINT({} 0)", i));
    one.add("dwellings", dwellings);
    Issues issues;
    one.graphs["roads"] = build_road_graph(roads.layer, *roads.graph, issues);
    return shown(one.measure(spec), 0);
  };
  CHECK(short_road(130, 6) == known(0));
  CHECK(short_road(130, 7) == known(130));
  CHECK(short_road(30, 4) == known(0));
  CHECK(short_road(30, 5) == known(30));
}

TEST_CASE("What a zone or dwelling may be that is not known gives bounds, never zero") {
  Study study = village(36);
  study.layers.at("zones").class_of = text_column("class", {"housing", nullptr, "industry"});
  CHECK(shown(study.measure(passage()), 0) == "- 200..400");
  study = village(36);
  study.cover("zones", box_wkt(-100, -100, 750, 200));
  CHECK(shown(study.measure(passage()), 0) == "- 400..700");  // the stretches from 700 on are not seen whole
  study = village(36);
  study.add("zones", {box_wkt(300, -50, 500, 50), "POLYGON EMPTY"}, {"housing", "housing"});
  CHECK(shown(study.measure(passage()), 0) == "- 200..1000");
  study = village(36);
  study.cover("dwellings", "");
  CriterionSpec spec = passage();
  spec.passage.dwellings = "dwellings";
  CHECK(shown(study.measure(spec), 0) == "- 500..1000");  // those there are count all the same
  study.cover("zones", "");
  spec.passage.dwellings.clear();
  CHECK(shown(study.measure(spec), 0) == "- 400..1000");
}

TEST_CASE("A way that is not known has no metres, nor has none at all") {
  Study study = village(36);
  study.layers.at("ramps").class_of = text_column("class", {"a", nullptr});
  CriterionSpec spec = passage();
  spec.classes = {"a"};
  CHECK(shown(study.measure(spec), 0) == known(400));  // the other ramp is farther
  study.layers.at("ramps").class_of = text_column("class", {nullptr, "a"});
  CHECK(shown(study.measure(spec), 0) == "- -..-");
  study = village(36);
  study.cover("ramps", box_wkt(-100, -100, 500, 200));  // one beyond may be nearer
  CHECK(shown(study.measure(passage()), 0) == "- -..-");
  study = village(36);
  study.add("ramps", {"POINT(1000 -5)", "POINT EMPTY"});
  CHECK(shown(study.measure(passage()), 0) == "- -..-");
  study = village(36);
  study.add("ramps", {});
  CHECK(shown(study.measure(passage()), 0) == "- -..-");
  CHECK(!study.measure(passage()).why_unknown.empty());
  study = village(36);
  study.layers.at("roads").gates->tolerance_m = 4;  // no gate
  CHECK(shown(study.measure(passage()), 0) == "- -..-");
  CHECK(shown(study.measure(passage(JoinAt::centroid)), 0) == known(400));
  study = village(36);
  study.cover("roads", box_wkt(100, -100, 2000, 200));
  CHECK(shown(study.measure(passage(JoinAt::centroid)), 0) == "- -..-");
}

TEST_CASE("A line that is perhaps not open leaves the way in doubt where it is on the quickest") {
  for (double const bypass : {36.0, 72.0}) {
    Study study = village(bypass);
    auto& roads = study.layers.at("roads");
    roads.layer.attributes.add(number_column("tonnes", {44, std::nullopt, 44}));
    roads.graph->limits.weight = "tonnes";
    Issues issues;
    Network network = build_network(roads.layer, *roads.graph, issues);
    study.sure_graphs["roads"] = sure_part(network.graph, network.facts);
    study.graphs["roads"] = network.graph;
    CHECK(shown(study.measure(passage(JoinAt::centroid)), 0) == (bypass == 36 ? known(400) : "- -..-"));
    CHECK(shown(study.measure(passage()), 0) == "- -..-");  // nor is it known whether the gate on it is one
  }
}

TEST_CASE("A passage asks for what a village is, in numbers that can be used") {
  Study const study = village(36);
  CriterionSpec spec = passage();
  spec.passage.zones.clear();
  CHECK_THROWS_WITH(study.measure(spec), Catch::Contains("must name zones, dwellings or both"));
  spec = passage();
  spec.passage.within_m = 0;
  CHECK_THROWS_WITH(study.measure(spec), Catch::Contains("above zero"));
  spec = passage();
  spec.passage.zones = "dwellings";
  spec.passage.zone_classes.clear();
  CHECK_THROWS_AS(study.measure(spec), Error);  // points hold no road
  spec.passage.zones = "nothing";
  CHECK(!study.measure(spec).why_unknown.empty());
  spec = passage();
  spec.roads = "ramps";
  CHECK_THROWS_WITH(study.measure(spec), Catch::Contains("not a road network"));
}

TEST_CASE("Passages are the same for any number of workers and however rows are ordered") {
  AccessWorld world(5, 40, 5);
  world.study.add("zones", {box_wkt(50, 50, 200, 180), box_wkt(150, 120, 380, 300)});
  CriterionSpec spec = world.spec("network_passage");
  spec.passage.zones = "zones";
  auto const one = world.study.measure(spec);
  world.study.workers = 7;
  auto const seven = world.study.measure(spec);
  int somewhere = 0;
  for (std::size_t row = 0; row < 40; ++row) {
    CHECK(dump(one, world.study, row) == dump(seven, world.study, row));
    somewhere += one.value.at(row).value_or(0) > 0 ? 1 : 0;
  }
  CHECK(somewhere > 10);
}
