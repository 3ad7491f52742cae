#include "access_world.hpp"
#include "support/catch.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// A parcel at the middle of a road of 36 km/h (10 m/s) along y = -5, from x = -995 to 1005; a lane that only leads
/// from its east end back to the middle, of 500 m at 90 km/h (25 m/s). Terminals 1 (west), 2 (middle), 3 (east).
Study with_lane() {
  Study study(1);
  auto& roads =
      study.add("roads", {"LINESTRING(-995 -5,5 -5)", "LINESTRING(5 -5,1005 -5)", "LINESTRING(1005 -5,5 -5)"});
  roads.layer.attributes.add(number_column("speed", {36, 36, 90}));
  roads.layer.attributes.add(text_column("oneway", {nullptr, "yes", "yes"}));
  roads.graph = GraphOptions{};
  roads.graph->speed_field = "speed";
  roads.graph->oneway_field = "oneway";
  Issues issues;
  study.graphs["roads"] = build_road_graph(roads.layer, *roads.graph, issues);
  study.add("terminals", {"POINT(-995 -5)", "POINT(5 -5)", "POINT(1005 -5)"}, {"rail", "barge", "rail"});
  return study;
}

CriterionSpec way_to(std::string const& measure, std::vector<std::string> classes, std::size_t nth,
                     TravelDirection direction = TravelDirection::to) {
  CriterionSpec spec = spec_of(measure, "terminals", std::move(classes));
  spec.roads = "roads";
  spec.access_kmh = 18;  // 5 m/s: the 10 m from the centroid to the road take 2 s
  spec.access.nth = nth;
  spec.access.direction = direction;
  return spec;
}

}  // namespace

TEST_CASE("Times and distances to the n-th nearest, to it, from it, and there and back, are those of all pairs") {
  std::size_t known_values = 0, unreached = 0, differ = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    AccessWorld const world(seed);
    for (TravelCost const cost : {TravelCost::seconds, TravelCost::metres})
      for (TravelDirection const direction : all_directions) {
        auto const costs = world.costs(cost, direction);
        for (std::size_t n = 1; n <= 3; ++n) {
          auto spec = world.spec(cost == TravelCost::seconds ? "network_time" : "network_distance");
          spec.access.nth = n;
          spec.access.direction = direction;
          auto const measure = world.study.measure(spec);
          CHECK(measure.unit == (cost == TravelCost::seconds ? "s" : "m"));
          for (std::size_t row = 0; row < world.parcels.size(); ++row) {
            std::vector<std::pair<double, Row>> all;
            for (std::size_t j = 0; j < world.shops.size(); ++j) all.emplace_back(costs[row][j], static_cast<Row>(j));
            std::sort(all.begin(), all.end());
            INFO("seed " << seed << ", row " << row << ", n " << n);
            REQUIRE(measure.is_known(row) == std::isfinite(all[n - 1].first));
            (measure.is_known(row) ? known_values : unreached) += 1;
            if (!measure.is_known(row)) continue;
            REQUIRE(measure.value.values[row] == Approx(all[n - 1].first).epsilon(1e-12));
            REQUIRE(costs[row][measure.by[row]] == all[n - 1].first);  // shops at one node may be equally far
            differ += direction != TravelDirection::to && world.costs(cost, TravelDirection::to)[row][0] !=
                                                              world.costs(cost, TravelDirection::from)[row][0]
                          ? 1U
                          : 0U;
          }
        }
      }
  }
  CHECK(known_values > 3000);
  CHECK(unreached > 100);
  CHECK(differ > 500);
}

TEST_CASE("The way there and the way back are told apart") {
  Study const study = with_lane();
  // Beside the road 2 s and 10 m. East: there 1000 m at 10 m/s, back 1000 m at 25 m/s.
  CHECK(shown(study.measure(way_to("network_time", {"rail"}, 1)), 0) == known(102));
  CHECK(shown(study.measure(way_to("network_time", {"rail"}, 1, TravelDirection::from)), 0) == known(42));
  auto const there_and_back = study.measure(way_to("network_time", {"rail"}, 1, TravelDirection::both));
  CHECK(shown(there_and_back, 0) == known(144));
  CHECK(there_and_back.by == std::vector<Row>{2});
  CHECK(shown(study.measure(way_to("network_time", {"rail"}, 2, TravelDirection::both)), 0) == known(204));
  CHECK(shown(study.measure(way_to("network_distance", {}, 1)), 0) == known(10));
  CHECK(shown(study.measure(way_to("network_distance", {}, 1, TravelDirection::both)), 0) == known(20));
  CHECK(shown(study.measure(way_to("network_distance", {}, 3)), 0) == known(1010));
}

TEST_CASE("Equally near features take their ranks in the order of their ids") {
  Study study = with_lane();
  CHECK(study.measure(way_to("network_distance", {"rail"}, 1)).by == std::vector<Row>{0});
  CHECK(study.measure(way_to("network_distance", {"rail"}, 2)).by == std::vector<Row>{2});
  auto& terminals = study.layers.at("terminals").layer;
  terminals.id = {"9", "5", "3"};
  terminals.id_rank = rank_ids(terminals.id);
  CHECK(study.measure(way_to("network_distance", {"rail"}, 1)).by == std::vector<Row>{2});
  CHECK(study.measure(way_to("network_distance", {"rail"}, 2)).by == std::vector<Row>{0});
  CHECK(study.measure(way_to("network_distance", {"rail"}, 2, TravelDirection::both)).by == std::vector<Row>{0});
}

TEST_CASE("Fewer features than asked for are unknown, with the reason when the layer has no more") {
  Study study = with_lane();
  auto const third = study.measure(way_to("network_time", {"rail"}, 3));
  CHECK(shown(third, 0) == "- -..-");
  CHECK(third.by == std::vector<Row>{no_row});
  CHECK(third.why_unknown.en == "layer 'terminals' has 2 features that count, and the one of rank 3 is asked for");
  study.layers.at("roads").layer = layer_of({"LINESTRING(-995 -5,5 -5)", "LINESTRING(600 -5,1005 -5)"}, "roads");
  Issues issues;
  study.graphs["roads"] = build_road_graph(study.layers.at("roads").layer, {}, issues);
  auto const second = study.measure(way_to("network_time", {"rail"}, 2));
  CHECK(shown(second, 0) == "- -..-");  // there are two, but no road to one of them
  CHECK(second.why_unknown.empty());
}

TEST_CASE("A feature without class may take a rank, and so may one without usable shape, wherever it lies") {
  Study study = with_lane();
  study.layers.at("terminals").class_of = text_column("class", {"rail", nullptr, "rail"});
  CHECK(shown(study.measure(way_to("network_distance", {"rail"}, 1)), 0) == "- 10..1010");
  CHECK(shown(study.measure(way_to("network_distance", {"rail"}, 2)), 0) == known(1010));  // both are 1010 m away
  CHECK(shown(study.measure(way_to("network_distance", {"rail"}, 3)), 0) == "- 1010..-");
  study = with_lane();
  study.layers.at("terminals").layer = layer_of({"POINT(-995 -5)", "POINT EMPTY", "POINT(5 -5)"}, "terminals");
  CHECK(shown(study.measure(way_to("network_distance", {}, 1)), 0) == "- 0..10");
  CHECK(shown(study.measure(way_to("network_distance", {}, 2)), 0) == "- 10..1010");
  CHECK(shown(study.measure(way_to("network_distance", {}, 3)), 0) == "- 1010..-");
}

TEST_CASE("A way is known when no feature outside the coverage can be nearer, twice as far for there and back") {
  Study study = with_lane();
  study.cover("terminals", box_wkt(-2000, -2000, 805, 2000));  // 800 m from the centroid
  CHECK(shown(study.measure(way_to("network_distance", {}, 1)), 0) == known(10));
  CHECK(shown(study.measure(way_to("network_distance", {}, 2)), 0) == "- 800..1010");
  CHECK(shown(study.measure(way_to("network_distance", {}, 2, TravelDirection::both)), 0) == "- 1600..2020");
  CHECK(shown(study.measure(way_to("network_time", {}, 2)), 0) == "- 32..102");  // 25 m/s is the highest speed
  CHECK(shown(study.measure(way_to("network_time", {}, 2, TravelDirection::from)), 0) == "- 32..42");
  study.cover("roads", box_wkt(-2000, -2000, 0, 2000));
  CHECK(shown(study.measure(way_to("network_distance", {}, 1)), 0) == "- -..-");
}

TEST_CASE("Without roads, without features and far from any road nothing is taken for a number that it is not") {
  Study study = with_lane();
  study.add("terminals", {});
  for (char const* measure : {"network_distance", "network_time"}) {
    auto const none = study.measure(way_to(measure, {}, 2));
    CHECK(shown(none, 0) == "- -..-");
    CHECK(none.why_unknown.en == "layer 'terminals' has no feature");
  }
  study = with_lane();
  study.candidates.layer = grid_of_parcels(1, 1, 10, 0, 9990);  // 10 km north of the middle of the road
  CHECK(shown(study.measure(way_to("network_distance", {}, 2)), 0) == known(11000));
  study.graphs["roads"] = RoadGraph{{0}, {}, {}, {}, {}, {}};
  CHECK(shown(study.measure(way_to("network_distance", {}, 1)), 0) == "- -..-");
}

TEST_CASE("A rank of nothing is a fault of the study") {
  Study const study = with_lane();
  CHECK(error_of([&] { (void)study.measure(way_to("network_distance", {}, 0)); }).kind == ErrorKind::config);
}
