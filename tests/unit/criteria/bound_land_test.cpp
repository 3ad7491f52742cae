#include "bound_world.hpp"
#include "support/catch.hpp"
#include "terrein/core/error.hpp"
#include "terrein/network/network.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// "destined suited_low..suited_high frontage depth class" of the first plot.
std::string shown(BoundPlot const& plot) {
  auto const metres = [](std::optional<double> one) { return one ? fmt::format("{:.0f}", *one) : std::string("-"); };
  std::string const suited = plot.suited_low == plot.suited_high ? std::string(to_string(plot.suited_low))
                                                                 : std::string(to_string(plot.suited_low)) + ".." +
                                                                       std::string(to_string(plot.suited_high));
  return fmt::format("{} {} {} {}", suited, metres(plot.frontage_m), metres(plot.depth_m), to_string(plot.group));
}
std::string shown(Study const& study, BoundLandSpec const& spec) {
  auto const found = land(study, spec);
  REQUIRE(found.plots.size() == 1);
  return shown(found.plots[0]);
}

}  // namespace

TEST_CASE("A plot behind a towpath is suitable; a road between, a short front or little land make it unfit") {
  BoundLandSpec spec = plain();
  CHECK(shown(above_canal({box_wkt(0, 30, 70, 90)}), spec) == "suitable 70 60 onbekend");
  CHECK(shown(above_canal({box_wkt(0, 30, 59.9, 90)}), spec) == "no 60 60 onbekend");
  CHECK(shown(above_canal({box_wkt(0, 30, 60, 90)}), spec) == "suitable 60 60 onbekend");
  CHECK(shown(above_canal({box_wkt(0, 30, 70, 79)}), spec) == "no 70 49 onbekend");
  CHECK(shown(above_canal({box_wkt(0, 30, 70, 81)}), spec) == "suitable 70 51 onbekend");
  CHECK(shown(above_canal({box_wkt(0, 41, 70, 90)}), spec) == "no 0 - vermoedelijk in naam");

  Study study = above_canal({box_wkt(0, 30, 70, 90)});
  study.add("roads", {"LINESTRING(-100 10,200 10)", "LINESTRING(-100 20,200 20)"}, {"towpath", "motor"});
  spec.blockers = {{"roads", {"motor"}}};
  CHECK(shown(study, spec) == "no 0 - vermoedelijk in naam");
  study.layers.at("roads").class_of = text_column("class", {"towpath", "towpath"});
  CHECK(shown(study, spec) == "suitable 70 60 onbekend");
  // Two pieces of 40 m on both sides of a building do not make 60.
  Study parted = above_canal({box_wkt(0, 30, 90, 90)});
  parted.add("buildings", {box_wkt(40, 5, 50, 15)});
  spec.blockers = {{"buildings", {}}};
  CHECK(shown(parted, spec) == "no 40 60 onbekend");
  CHECK(*land(parted, spec).plots[0].frontage_total_m == Approx(80).margin(0.01));
}

TEST_CASE("The class of the water makes a plot suitable, small or unfit, and leaves it open where it is not known") {
  BoundLandSpec const spec = plain();
  Study study = above_canal({box_wkt(0, 30, 70, 90)});
  auto const with = [&](char const* cemt) {
    Table attributes(1);
    attributes.add(text_column("cemt", {cemt}));
    study.layers.at("water").layer.attributes = std::move(attributes);
    return shown(study, spec);
  };
  CHECK(with("Va") == "suitable 70 60 onbekend");
  CHECK(with("III") == "small 70 60 onbekend");
  CHECK(with("II") == "small 70 60 onbekend");
  CHECK(with("I") == "no 70 60 onbekend");
  CHECK(with(nullptr) == "no..suitable 70 60 onbekend");
  CHECK(land(study, spec).plots[0].basis == CemtBasis::none);
  with("IV");
  CHECK(land(study, spec).plots[0].basis == CemtBasis::bank);
  BoundLandSpec silent = spec;
  silent.cemt_field.clear();
  CHECK(shown(study, silent) == "no..suitable 70 60 onbekend");
}

TEST_CASE("Of two fronts the one that serves best counts, not the longest") {
  Study study = above_canal({box_wkt(0, 10, 80, 290)});
  study.add("water", {canal_wkt, box_wkt(-20, 300, 70, 350)});
  study.layers.at("water").layer.attributes.add(text_column("cemt", {"I", "Va"}));
  auto const found = land(study, plain());
  CHECK(shown(found.plots[0]) == "suitable 70 280 onbekend");
  CHECK(found.plots[0].bank == 1);
  CHECK(*found.plots[0].frontage_total_m == Approx(150).margin(0.01));
  CHECK(found.fronts.size() == 2);
}

TEST_CASE("The bottleneck on the way to the port counts, and a plot far from the network has no class") {
  Study study = above_canal({box_wkt(0, 30, 70, 90)});
  BoundLandSpec spec = plain();
  auto& ways = study.add(
      "ways", {"LINESTRING(-2000 -25,1000 -25)", "LINESTRING(1000 -25,1500 -25)", "LINESTRING(1500 -25,3000 -25)"});
  ways.graph = GraphOptions{};
  ways.graph->facts.cemt = "class";
  spec.network = "ways";
  spec.ports = {"ports", {}};
  study.add("ports", {"POINT(2900 0)"});
  auto const with = [&](Words const& classes) {
    Table attributes(3);
    attributes.add(text_column("class", classes));
    ways.layer.attributes = std::move(attributes);
    Issues issues;
    Network const network = build_network(ways.layer, *ways.graph, issues);
    return measure_bound_land(spec, study.inputs(), {&network.graph, &network.facts}, issues).plots.at(0);
  };
  CHECK(shown(with({"Vb", "IV", "Va"})) == "suitable 70 60 onbekend");
  CHECK(with({"Vb", "IV", "Va"}).cemt == CemtRange{Cemt::IV, Cemt::IV});
  CHECK(with({"Vb", "IV", "Va"}).basis == CemtBasis::port);
  CHECK(shown(with({"Vb", "II", "Va"})) == "small 70 60 onbekend");
  CHECK(shown(with({"Vb", nullptr, "Va"})) == "no..suitable 70 60 onbekend");
  CHECK(shown(with({"II", nullptr, "Va"})) == "no..small 70 60 onbekend");
  spec.ports = {};
  CHECK(shown(with({"Vb", "II", "Va"})) == "suitable 70 60 onbekend");  // the stretch alone
  CHECK(with({"Vb", "II", "Va"}).basis == CemtBasis::stretch);
  spec.network_m = 20;
  CHECK(shown(with({"Vb", "II", "Va"})) == "no..suitable 70 60 onbekend");
  CHECK(with({"Vb", "II", "Va"}).basis == CemtBasis::none);
}

TEST_CASE("Zones decide what is destined: yes, no, or not known") {
  BoundLandSpec const spec = plain();
  auto const group = [&](std::vector<std::string> const& zones, Words const& classes) {
    Study study = above_canal({box_wkt(0, 30, 70, 90)});
    study.add("zones", zones, classes);
    return shown(study, spec);
  };
  CHECK(group({box_wkt(0, 30, 35, 90)}, {"water_bound"}) == "suitable 70 60 onbekend");  // half of it
  CHECK(group({box_wkt(0, 30, 34.9, 90)}, {"water_bound"}) == "suitable 70 60 niet bestemd");
  CHECK(group({box_wkt(0, 0, 70, 90)}, {"nature"}) == "suitable 70 60 niet bestemd");
  CHECK(group({box_wkt(0, 0, 70, 90)}, {nullptr}) == "suitable 70 60 onbekend");
  Study outside = above_canal({box_wkt(0, 30, 70, 90)});
  outside.add("zones", {box_wkt(200, 0, 300, 90)}, {"water_bound"});
  outside.cover("zones", box_wkt(200, 0, 300, 90));
  CHECK(land(outside, spec).plots[0].destined == Answer::unknown);
  // What is neither destined nor suitable nor used is left out.
  Study far = above_canal({box_wkt(0, 300, 70, 390), box_wkt(0, 30, 70, 90)});
  far.add("zones", {box_wkt(900, 0, 999, 90)}, {"water_bound"});
  auto const left = land(far, spec);
  REQUIRE(left.plots.size() == 1);
  CHECK(left.plots[0].row == 1);
}

TEST_CASE("A table says what is used: tonnes, none, or nothing known") {
  Study study = above_canal({box_wkt(0, 30, 70, 90)});
  auto const used = [&](Words const& ids, std::vector<std::optional<double>> const& tonnes,
                        std::vector<std::optional<double>> const& years, std::optional<std::int64_t> since = {}) {
    BoundLandSpec spec = plain();
    add_use(study, spec, ids, tonnes, years);
    spec.use.since = since;
    BoundPlot const plot = land(study, spec).plots.at(0);
    return fmt::format("{} {} {}", to_string(plot.group), test::shown(plot.tonnes),
                       plot.year ? std::to_string(*plot.year) : "-");
  };
  CHECK(used({"1"}, {5000}, {2023}) == "effectief 5000 2023");
  CHECK(used({"1"}, {0}, {2023}) == "in naam 0 2023");
  CHECK(used({"1"}, {std::nullopt}, {2023}) == "onbekend - 2023");
  CHECK(used({}, {}, {}) == "onbekend - -");
  CHECK(used({"9"}, {5000}, {2023}) == "onbekend - -");
  CHECK(used({"1"}, {-5}, {2023}) == "onbekend - 2023");
  // The latest year counts, and its rows are added up.
  CHECK(used({"1", "1", "1"}, {9000, 0, 0}, {2019, 2023, 2023}) == "in naam 0 2023");
  CHECK(used({"1", "1", "1"}, {0, 300, 400}, {2019, 2023, 2023}) == "effectief 700 2023");
  CHECK(used({"1", "1"}, {300, std::nullopt}, {2023, 2023}) == "effectief - 2023");
  CHECK(used({"1", "1"}, {0, std::nullopt}, {2023, 2023}) == "onbekend - 2023");
  CHECK(used({"1", "1"}, {0, 700}, {2023, std::nullopt}) == "in naam 0 2023");
  CHECK(used({"1"}, {5000}, {2018}, 2019) == "onbekend - -");
  BoundLandSpec spec = plain();
  add_use(study, spec, {"9", nullptr, "1"}, {1, 1, -1}, {2023, 2023, 2023});
  Issues issues;
  (void)measure_bound_land(spec, study.inputs(), {}, issues);
  REQUIRE(issues.size() == 3);
  CHECK(issues.rows()[0].code == "unknown_plot");
  CHECK(issues.rows()[1].code == "unknown_plot");
  CHECK(issues.rows()[2].code == "negative_tonnes");
  spec.use.tonnes = "weight";
  CHECK_THROWS_AS(land(study, spec), Error);
}

TEST_CASE("Quays and buildings tell land that is bound in name only") {
  BoundLandSpec spec = plain();
  spec.quays = {"quays", {}};
  Study study = above_canal({box_wkt(0, 15, 100, 90)});
  study.add("quays", {"LINESTRING(0 0,50 0)"});
  CHECK(shown(study, spec) == "suitable 100 75 onbekend");
  CHECK(*land(study, spec).plots[0].quay_m == 15);
  spec.quay_m = 14;
  CHECK(shown(study, spec) == "suitable 100 75 vermoedelijk in naam");
  spec.quay_m = 20;
  study.add("quays", {});  // none at all is known, for the layer is complete
  CHECK(shown(study, spec) == "suitable 100 75 vermoedelijk in naam");
  study.cover("quays", box_wkt(-9, -9, 105, 120));
  CHECK(shown(study, spec) == "suitable 100 75 onbekend");  // it may lie just outside
  study.add("quays", {"POINT EMPTY"});
  CHECK(shown(study, spec) == "suitable 100 75 onbekend");  // it may lie anywhere

  study.add("quays", {"LINESTRING(0 0,50 0)"});
  spec.buildings = {"buildings", {}};
  study.add("buildings", {box_wkt(0, 20, 59, 40)});
  CHECK(shown(study, spec) == "suitable 100 75 onbekend");
  CHECK(*land(study, spec).plots[0].buildings_share == Approx(0.59).margin(0.01));
  study.add("buildings", {box_wkt(0, 20, 61, 40)});
  CHECK(shown(study, spec) == "suitable 100 75 vermoedelijk in naam");
  study.add("buildings", {box_wkt(0, 26, 61, 40)});
  CHECK(shown(study, spec) == "suitable 100 75 onbekend");
  study.add("buildings", {box_wkt(0, 20, 40, 40), box_wkt(40, 20, 90, 40)}, {"hall", nullptr});
  spec.buildings.classes = {"hall"};
  CHECK(shown(study, spec) == "suitable 100 75 onbekend");
  CHECK_FALSE(land(study, spec).plots[0].buildings_share);
  CHECK(land(study, spec).plots[0].built == Answer::unknown);
}

TEST_CASE("A shared quay within reach makes a plot suitable and rules nothing out") {
  BoundLandSpec spec = plain();
  spec.shared_quays = {"shared", {}};
  Study study = above_canal({box_wkt(0, 300, 70, 390)});
  study.add("shared", {"LINESTRING(500 0,550 0)"});  // 523 m from the corner (70, 300)
  CHECK(shown(study, spec) == "no 0 - vermoedelijk in naam");
  study.add("shared", {"LINESTRING(400 0,550 0)"});  // 446 m
  CHECK(shown(study, spec) == "suitable 0 - onbekend");
  study.add("shared", {"POINT EMPTY"});
  CHECK(shown(study, spec) == "no..suitable 0 - onbekend");
}

TEST_CASE("What is hidden leaves fronts open") {
  BoundLandSpec spec = plain();
  spec.blockers = {{"roads", {"motor"}}};
  Study study = above_canal({box_wkt(0, 30, 70, 90)});
  study.add("roads", {"LINESTRING(-100 20,200 20)"}, {nullptr});
  CHECK(shown(study, spec) == "no..suitable - - onbekend");
  CHECK(land(study, spec).fronts.empty());
  study.add("roads", {}, {});
  study.cover("roads", box_wkt(-10, 20, 80, 100));
  CHECK(shown(study, spec) == "no..suitable - - onbekend");
  study.cover("roads", box_wkt(-50, -20, 120, 140));
  CHECK(shown(study, spec) == "suitable 70 60 onbekend");
  study.cover("water", box_wkt(-10, -50, 80, 120));
  CHECK(shown(study, spec) == "suitable - - onbekend");  // there may be more water
  study.add("water", {canal_wkt}, {nullptr});
  study.layers.at("water").layer.attributes.add(text_column("cemt", {"IV"}));
  spec.banks.classes = {"canal"};
  CHECK(shown(study, spec) == "no..suitable - - onbekend");
  study.add("water", {}, {});
  study.layers.at("water").layer.attributes.add(text_column("cemt", {}));
  CHECK(shown(study, spec) == "no 0 - vermoedelijk in naam");
}

TEST_CASE("Plots without a shape are not known, and no plots are none") {
  BoundLandSpec const spec = plain();
  Study study = above_canal({"POLYGON EMPTY", "LINESTRING(0 10,70 10)"});
  auto const found = land(study, spec);
  REQUIRE(found.plots.size() == 2);
  CHECK(shown(found.plots[0]) == "no..suitable - - onbekend");
  CHECK(shown(found.plots[1]) == "no..suitable - - onbekend");
  CHECK(land(above_canal({}), spec).plots.empty());
}

TEST_CASE("Rail has no classes of water: front, land behind it and sidings decide") {
  Study study(layer_of({box_wkt(0, 10, 220, 90)}, "plots"));
  study.add("zones", {box_wkt(-500, -500, 500, 500)}, {"rail_bound"});
  auto& rail = study.add("rail", {"LINESTRING(-500 0,500 0)"}, {"main"});
  rail.layer.attributes.add(text_column("electrified", {"yes"}));
  rail.layer.attributes.add(text_column("track", {"siding"}));
  rail.graph = GraphOptions{};
  rail.graph->facts.electrified = "electrified";
  rail.graph->facts.track = "track";
  rail.graph->facts.sidings = {"siding"};
  study.add("sidings", {"LINESTRING(230 10,400 10)"});
  BoundLandSpec spec;
  spec.mode = BoundMode::rail;
  spec.destined = {"zones", {"rail_bound"}};
  spec.banks = {"rail", {"main"}};
  spec.network = "rail";
  spec.min_frontage_m = 200;
  spec.quays = {"sidings", {}};
  Issues issues;
  Network const network = build_network(rail.layer, *rail.graph, issues);
  auto const plot = measure_bound_land(spec, study.inputs(), {&network.graph, &network.facts}, issues).plots.at(0);
  CHECK(shown(plot) == "suitable 220 80 onbekend");
  CHECK(*plot.quay_m == 10);
  CHECK(plot.electrified == Electrified::yes);
  CHECK(plot.track == Track::siding);
  spec.quay_m = 5;
  CHECK(shown(land(study, spec).plots.at(0)) == "suitable 220 80 vermoedelijk in naam");
  spec.min_frontage_m = 250;
  CHECK(shown(land(study, spec).plots.at(0)) == "no 220 80 vermoedelijk in naam");
}
