#include "access_world.hpp"
#include "support/catch.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

CriterionSpec catchment(double limit_m, std::string const& demand = "") {
  CriterionSpec spec = spec_of("catchment", "clinics");
  spec.roads = "roads";
  spec.field = "beds";
  spec.access.limit_m = limit_m;
  spec.access.demand = demand;
  spec.access.demand_field = "people";
  return spec;
}

/// Three places in a row; every parcel joins a node of its own at its centroid, every clinic one at its point, and
/// roads lead from the ones to the others at the costs of the oracle.
Study hospitals(nlohmann::json const& input, std::string const& scenario) {
  Study study(layer_of({box_wkt(0, 0, 10, 10), box_wkt(100, 0, 110, 10), box_wkt(200, 0, 210, 10)}));
  std::vector<std::optional<double>> people, beds;
  for (char const* zone : {"1", "2", "3"}) {
    people.emplace_back(input["population"][zone].get<double>());
    beds.emplace_back(input["supply"][zone].get<double>());
  }
  study.candidates.layer.attributes.add(number_column("people", people));
  study.add("clinics", {"POINT(5 1000)", "POINT(105 1000)", "POINT(205 1000)"})
      .layer.attributes.add(number_column("beds", beds));
  study.add("roads", {});
  RoadGraph graph;
  graph.x = {5, 105, 205, 5, 105, 205};
  graph.y = {5, 5, 5, 1000, 1000, 1000};
  graph.first_out = {0};
  for (int from = 1; from <= 3; ++from) {
    for (auto const& way : input[scenario]) {
      if (way["from"] != from) continue;
      graph.head.push_back(2 + way["to"].get<std::uint32_t>());
      graph.length_m.push_back(way["cost"]);
      graph.seconds.push_back(way["cost"]);
    }
    graph.first_out.push_back(static_cast<std::uint32_t>(graph.head.size()));
  }
  graph.first_out.resize(7, graph.first_out.back());
  study.graphs["roads"] = graph;
  return study;
}

/// Two parcels with 10 and 30 people, 100 m and 200 m from a clinic of 8 beds by road; another clinic of 6 beds 500 m
/// beyond the first.
Study with_clinics() {
  Study study(layer_of({box_wkt(-5, -5, 5, 5), box_wkt(295, -5, 305, 5)}));
  study.candidates.layer.attributes.add(number_column("people", {10, 30}));
  auto& roads = study.add("roads", {"LINESTRING(0 0,100 0)", "LINESTRING(100 0,300 0)", "LINESTRING(100 0,100 500)"});
  roads.graph = GraphOptions{};
  Issues issues;
  study.graphs["roads"] = build_road_graph(roads.layer, *roads.graph, issues);
  study.add("clinics", {"POINT(100 0)", "POINT(100 500)"}).layer.attributes.add(number_column("beds", {8, 6}));
  return study;
}

}  // namespace

TEST_CASE("Supply per head in two steps is that of a published example, with and without decay, one-way or not") {
  auto const oracle = test::oracle("d02");
  if (oracle.is_null()) return;
  auto const& input = oracle["input"];
  for (std::string const scenario : {"scenario_0", "scenario_1"})
    for (std::string const method : {"2sfca", "e2sfca"}) {
      Study const study = hospitals(input, scenario);
      auto spec = catchment(input["threshold_cost"]);
      if (method == "e2sfca") spec.access.decay = parse_decay("inverse_power", "beta=1");
      auto const measure = study.measure(spec);
      auto const& expected = oracle["expected"][scenario][method];
      double sum = 0;
      for (std::size_t row = 0; row < 3; ++row) {
        INFO(scenario << " " << method << " " << row);
        double const value = expected["A"][std::to_string(row + 1)];
        CHECK(measure.value.at(row).value_or(-1) == Approx(value).epsilon(1e-9));
        sum += measure.value.values[row] * input["population"][std::to_string(row + 1)].get<double>();
      }
      CHECK(sum == Approx(expected["check_sum_pop_times_A"].get<double>()).epsilon(1e-12));
    }
}

TEST_CASE("All supply that demand reaches is shared out, nothing is lost and nothing made") {
  std::size_t shared = 0, left_over = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    AccessWorld const world(seed);
    for (TravelDirection const direction : all_directions)
      for (bool const decays : {false, true}) {
        auto spec = world.spec("catchment");
        spec.field = "jobs";
        spec.access.demand_field = "people";
        spec.access.limit_s = direction == TravelDirection::both ? 110 : 60;
        spec.access.direction = direction;
        if (decays) spec.access.decay = parse_decay("gaussian", "sigma=40");
        Study study = world.study;
        auto const measure = study.measure(spec);
        auto const costs = world.costs(TravelCost::seconds, direction);
        auto const weight = [&](std::size_t i, std::size_t j) {
          double const c = costs[i][j];
          if (!(c <= *spec.access.limit_s)) return 0.0;
          return decays ? std::exp(-c * c / 3200) : 1.0;
        };
        std::vector<double> demand(world.shops.size(), 0);
        double supplied = 0, given = 0;
        for (std::size_t j = 0; j < world.shops.size(); ++j) {
          for (std::size_t i = 0; i < world.parcels.size(); ++i) demand[j] += world.people[i] * weight(i, j);
          if (demand[j] > 0) supplied += world.jobs[j];
          (demand[j] > 0 ? shared : left_over) += 1;
        }
        for (std::size_t i = 0; i < world.parcels.size(); ++i) {
          double expected = 0;
          bool defined = true;
          for (std::size_t j = 0; j < world.shops.size(); ++j) {
            if (weight(i, j) == 0) continue;
            defined &= demand[j] > 0;
            if (demand[j] > 0) expected += weight(i, j) * world.jobs[j] / demand[j];
          }
          INFO("seed " << seed << ", row " << i);
          REQUIRE(measure.is_known(i) == defined);
          if (!defined) REQUIRE(measure.low.at(i).value() == Approx(expected).epsilon(1e-11));
          if (!defined) continue;
          REQUIRE(measure.value.values[i] == Approx(expected).epsilon(1e-11));
          given += world.people[i] * measure.value.values[i];
        }
        REQUIRE(given == Approx(supplied).epsilon(1e-11));
      }
  }
  CHECK(shared > 1500);
  CHECK(left_over > 100);
}

TEST_CASE("Demand may be another layer, and its limit is included as that of the supply") {
  Study study = with_clinics();
  CHECK(shown(study.measure(catchment(200)), 0) == known(0.2));  // 8 / 40
  CHECK(shown(study.measure(catchment(199)), 0) == known(0.8));  // 8 / 10
  CHECK(shown(study.measure(catchment(199)), 1) == known(0));    // out of reach, which is true
  CHECK(shown(study.measure(catchment(600)), 0) == known(0.8));  // 8 / 40 + 6 / 10
  study.add("homes", {"POINT(100 0)", "POINT(100 500)"}).layer.attributes.add(number_column("people", {4, 2}));
  auto const measure = study.measure(catchment(200, "homes"));
  CHECK(shown(measure, 0) == known(2));
  CHECK(shown(measure, 1) == known(2));
  CHECK(measure.by == std::vector<Row>{0, 0});
}

TEST_CASE("A supply that no demand reaches has no ratio: the candidate is not told that it has none") {
  Study study = with_clinics();
  study.add("homes", {"POINT(100 0)"}).layer.attributes.add(number_column("people", {4}));
  auto const measure = study.measure(catchment(600, "homes"));
  CHECK(shown(measure, 0) == known(8 / 4.0 + 6 / 4.0));
  study.add("homes", {"POINT(100 0)"}).layer.attributes.add(number_column("people", {0}));
  CHECK(shown(study.measure(catchment(600, "homes")), 0) == "- 0..-");
  study.layers.at("clinics").layer.attributes = ::terrein::Table(2);
  study.layers.at("clinics").layer.attributes.add(number_column("beds", {0, 0}));
  CHECK(shown(study.measure(catchment(600, "homes")), 0) == known(0));  // nothing to share
}

TEST_CASE("The demand is that of the whole layer, whichever candidates a study chooses") {
  Study const study = with_clinics();
  Study part = study;
  part.layers["parcels"] = study.candidates;
  part.candidates.layer = take(study.candidates.layer, {0});
  Inputs inputs = part.inputs();
  inputs.candidate_layer = "parcels";
  inputs.candidate_rows = {0};
  CHECK(shown(measure(catchment(200), inputs), 0) == known(0.2));
}

TEST_CASE("What is not known of demand or supply leaves bounds") {
  Study study = with_clinics();
  auto const with_people = [&](std::vector<std::optional<double>> const& people) {
    study.candidates.layer.attributes = ::terrein::Table(2);
    study.candidates.layer.attributes.add(number_column("people", people));
  };
  with_people({10, std::nullopt});
  CHECK(shown(study.measure(catchment(200)), 0) == "- 0..0.8");
  CHECK(shown(study.measure(catchment(199)), 0) == known(0.8));
  with_people({std::nullopt, 30});
  CHECK(shown(study.measure(catchment(199)), 0) == "- 0..-");
  with_people({10, -30});
  CHECK(shown(study.measure(catchment(200)), 0) == "- 0..0.8");  // there is no negative demand
  study = with_clinics();
  study.layers.at("clinics").layer.attributes = ::terrein::Table(2);
  study.layers.at("clinics").layer.attributes.add(number_column("beds", {8, std::nullopt}));
  CHECK(shown(study.measure(catchment(200)), 0) == known(0.2));
  CHECK(shown(study.measure(catchment(600)), 0) == "- 0.2..-");
  study = with_clinics();
  study.layers.at("clinics").class_of = text_column("class", {"public", nullptr});
  auto spec = catchment(600);
  spec.classes = {"public"};
  CHECK(shown(study.measure(spec), 0) == "- 0.2..0.8");
}

TEST_CASE("More demand or supply may lie outside the coverage, or without a place") {
  Study study = with_clinics();
  study.candidates.coverage.everywhere = false;
  append_wkt(study.candidates.coverage.area, box_wkt(-500, -150, 800, 800));
  CHECK(shown(study.measure(catchment(150)), 0) == known(0.8));  // 150 m from the clinic to the border
  CHECK(shown(study.measure(catchment(151)), 0) == "- 0..0.8");
  study = with_clinics();
  study.cover("clinics", box_wkt(-500, -500, 800, 800));  // 495 m from the centroid of the second parcel
  CHECK(shown(study.measure(catchment(500)), 0) == known(0.2));
  CHECK(shown(study.measure(catchment(501)), 0) == "- 0.2..-");
  study = with_clinics();
  study.add("homes", {"POINT(100 0)", "POINT EMPTY"}).layer.attributes.add(number_column("people", {4, 12}));
  CHECK(shown(study.measure(catchment(200, "homes")), 0) == "- 0.5..2");  // between 8 / 16 and 8 / 4
  study.layers.at("clinics").layer = layer_of({"POINT(100 0)", "POINT EMPTY"}, "clinics");
  study.layers.at("clinics").layer.attributes.add(number_column("beds", {8, 6}));
  CHECK(shown(study.measure(catchment(200)), 0) == "- 0.2..-");
}

TEST_CASE("A catchment needs fields of supply and demand") {
  Study const study = with_clinics();
  auto spec = catchment(200);
  spec.access.demand_field = "";
  CHECK(error_of([&] { (void)study.measure(spec); }).kind == ErrorKind::config);
  spec = catchment(200);
  spec.field = "";
  CHECK(error_of([&] { (void)study.measure(spec); }).kind == ErrorKind::config);
  spec.field = "rooms";
  CHECK(error_of([&] { (void)study.measure(spec); }).kind == ErrorKind::input);
  spec = catchment(200, "towns");
  CHECK(study.measure(spec).why_unknown.en == "the study has no layer 'towns'");
}
