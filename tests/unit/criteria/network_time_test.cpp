#include "study.hpp"
#include "support/catch.hpp"
#include "terrein/network/network.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// Three parcels north of a road of 36 km/h (10 m/s) along y = -5, nodes under every centroid; terminals at both ends.
Study with_road() {
  Study study(3);
  auto& roads = study.add("roads", {"LINESTRING(5 -5,15 -5)", "LINESTRING(15 -5,25 -5)", "LINESTRING(25 -5,1025 -5)"});
  roads.graph = GraphOptions{};
  roads.graph->default_speed_kmh = 36;
  Issues issues;
  study.graphs["roads"] = build_road_graph(roads.layer, *roads.graph, issues);
  study.add("terminals", {"POINT(1025 -5)", "POINT(5 -5)"}, {"rail", "barge"});
  return study;
}

CriterionSpec time_to(std::vector<std::string> classes) {
  CriterionSpec spec = spec_of("network_time", "terminals", std::move(classes));
  spec.roads = "roads";
  spec.access_kmh = 18;  // 5 m/s: the 10 m from a centroid to the road take 2 s
  return spec;
}

}  // namespace

TEST_CASE("Network time adds access and road, to the nearest destination") {
  Study const study = with_road();
  auto const all = study.measure(time_to({}));
  CHECK(all.unit == "s");
  CHECK(all.by_layer == "terminals");
  CHECK(shown(all, 0) == known(2));
  CHECK(shown(all, 1) == known(3));
  CHECK(shown(all, 2) == known(4));
  auto spec = time_to({"rail"});
  spec.per = 60;
  spec.unit = "min";
  auto const rail = study.measure(spec);
  CHECK(rail.unit == "min");
  CHECK(shown(rail, 0) == known(1.733333333));
  CHECK(rail.by == std::vector<Row>{0, 0, 0});
}

TEST_CASE("Network time is known where the centroid lies inside the coverage of the roads") {
  Study study = with_road();
  study.cover("roads", box_wkt(-100, -100, 16, 100));
  auto const measure = study.measure(time_to({}));
  CHECK(shown(measure, 0) == known(2));
  CHECK(shown(measure, 1) == known(3));  // its centroid (15, 5) is inside, its east side is not
  CHECK(shown(measure, 2) == "- -..-");
  CHECK(measure.by[2] == no_row);
  study.cover("roads", "POLYGON((-100 -100,100 -100,100 100,-100 100,-100 -100),(14 4,16 4,16 6,14 6,14 4))");
  auto const hole = study.measure(time_to({}));
  CHECK(shown(hole, 0) == known(2));
  CHECK(shown(hole, 1) == "- -..-");
}

TEST_CASE("What cannot be reached is unknown without bounds, never a number") {
  Study study = with_road();
  auto const measure = study.measure(time_to({"sea"}));
  CHECK(shown(measure, 0) == "- -..-");
  CHECK(measure.why_unknown.en == "layer 'terminals' has no feature of class 'sea'");
  auto& roads = study.layers.at("roads");
  roads.layer = layer_of({"LINESTRING(5 -5,15 -5)", "LINESTRING(25 -5,1025 -5)"}, "roads");
  Issues issues;
  study.graphs["roads"] = build_road_graph(roads.layer, *roads.graph, issues);
  auto const broken = study.measure(time_to({"rail"}));
  CHECK(shown(broken, 0) == "- -..-");
  CHECK(broken.why_unknown.empty());
  CHECK(broken.is_known(2));
}

TEST_CASE("A quicker destination without class makes the time to a class unknown") {
  Study study = with_road();
  study.layers.at("terminals").class_of = text_column("class", {"rail", nullptr});
  auto const measure = study.measure(time_to({"rail"}));
  CHECK(shown(measure, 0) == "- 2..104");
  CHECK(shown(study.measure(time_to({})), 0) == known(2));
}

TEST_CASE("Network time needs a road network and a speed") {
  Study study = with_road();
  auto spec = time_to({});
  spec.roads = "wegen";
  CHECK(study.measure(spec).why_unknown.en == "the study has no layer 'wegen'");
  study.add("wegen", {"LINESTRING(0 0,1 1)"});
  CHECK(error_of([&] { (void)study.measure(spec); }).kind == ErrorKind::config);
  spec.roads = "";
  CHECK(error_of([&] { (void)study.measure(spec); }).kind == ErrorKind::config);
  spec = time_to({});
  spec.access_kmh = 0;
  CHECK(error_of([&] { (void)study.measure(spec); }).kind == ErrorKind::config);
}

TEST_CASE("A time is known when no destination outside the coverage can be quicker") {
  Study study = with_road();
  // Centroids (5, 5), (15, 5), (25, 5); times 2, 3 and 4 s; 10 m/s is the highest speed.
  study.cover("terminals", box_wkt(-1000, -1000, 47, 1000));
  auto const measure = study.measure(time_to({}));
  CHECK(shown(measure, 0) == known(2));  // 42 m to the border: 4.2 s
  CHECK(shown(measure, 1) == known(3));  // 32 m: 3.2 s
  CHECK(shown(measure, 2) == "- 2.2..4");
  CHECK(measure.by == std::vector<Row>{1, 1, 1});
  study.cover("terminals", box_wkt(-1000, -1000, 20, 1000));
  CHECK(shown(study.measure(time_to({})), 2) == "- 0..4");  // outside
  CHECK(shown(study.measure(time_to({"sea"})), 1) == "- 0.5..-");
  CHECK(study.measure(time_to({"sea"})).why_unknown.en == "layer 'terminals' has no feature of class 'sea'");
  study.cover("terminals", "");
  CHECK(shown(study.measure(time_to({})), 0) == "- 0..2");
}

TEST_CASE("Where access is quicker than the road, it sets the quickest time to the border of the coverage") {
  Study study = with_road();
  study.cover("terminals", box_wkt(-1000, -1000, 65, 1000));
  auto spec = time_to({"rail"});
  spec.access_kmh = 72;  // 20 m/s: 60 m from (5, 5) to the border take 3 s
  CHECK(shown(study.measure(spec), 0) == "- 3..102.5");
}

TEST_CASE("A destination without usable shape could be quicker than any other") {
  Study study = with_road();
  auto& terminals = study.layers.at("terminals");
  terminals.layer = layer_of({"POINT(1025 -5)", "POINT EMPTY"}, "terminals");
  CHECK(shown(study.measure(time_to({})), 0) == "- 0..104");
  CHECK(shown(study.measure(time_to({"rail"})), 0) == known(104));
  auto const barge = study.measure(time_to({"barge"}));
  CHECK(shown(barge, 0) == "- 0..-");
  CHECK(barge.why_unknown.en == "layer 'terminals' has features of class 'barge' only without a usable shape");
}

TEST_CASE("A destination of which one class is not known may be of the class asked for") {
  Study study = with_road();
  study.layers.at("terminals").class_of = text_column("class", {"barge", "rail;"});
  study.layers.at("terminals").class_separator = ';';
  CHECK(shown(study.measure(time_to({"barge"})), 0) == "- 2..104");
  CHECK(shown(study.measure(time_to({"rail"})), 0) == known(2));
}

TEST_CASE("Destinations whose positions are approximate only are the reason that no time is known") {
  Study study = with_road();
  study.layers.at("terminals").approximate = {1, 0};
  CHECK(study.measure(time_to({"rail"})).why_unknown.en ==
        "layer 'terminals' has features of class 'rail' only with approximate positions");
}

TEST_CASE("Over lines that are perhaps not open a time is between that over all lines and that over the others") {
  Study study = with_road();
  // The middle line, of 1 s, is perhaps not open to the vehicle; a way round from (15, -5) to (5, -5) takes 4 s.
  auto& roads = study.add("roads", {"LINESTRING(5 -5,15 -5)", "LINESTRING(15 -5,5 -25,5 -5)",
                                    "LINESTRING(25 -5,1025 -5)", "LINESTRING(15 -5,25 -5)"});
  TextColumn limit("maxweight");
  for (std::optional<std::string_view> const& text :
       std::vector<std::optional<std::string_view>>{std::nullopt, "none", "none", std::nullopt})
    limit.push(text);
  roads.layer.attributes.add(std::move(limit));
  GraphOptions options;
  options.default_speed_kmh = 36;
  options.limits.weight = "maxweight";
  roads.graph = options;
  Issues issues;
  Network network = build_network(roads.layer, options, issues);
  study.sure_graphs["roads"] = sure_part(network.graph, network.facts);
  study.graphs["roads"] = std::move(network.graph);
  auto const barge = study.measure(time_to({"barge"}));  // at (5, -5)
  CHECK(shown(barge, 0) == known(2));                    // it lies there
  // 20 m and √(10² + 20²) = 22.360679775 m round: 4.236067977 s instead of 1 s, with 2 s to the road.
  CHECK(shown(barge, 1) == "- 3..6.236067977");
  CHECK(shown(barge, 2) == "- 4..-");                  // from (25, -5) only over the line that is not known
  auto const rail = study.measure(time_to({"rail"}));  // at (1025, -5)
  CHECK(shown(rail, 2) == known(102));
  CHECK(shown(rail, 0) == "- 104..-");
  CHECK(barge.by == std::vector<Row>{1, 1, 1});
}
