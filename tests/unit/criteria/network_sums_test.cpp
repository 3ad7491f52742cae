#include "access_world.hpp"
#include "support/catch.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// A parcel beside a road of 36 km/h (10 m/s) along y = -5, and shops on it, 90 m, 290 m and 990 m by road from where
/// the parcel joins it. The 10 m to the road take 2 s: 11, 31 and 101 s in all; 100, 300 and 1000 m.
Study with_shops() {
  Study study(1);
  auto& roads = study.add("roads", {"LINESTRING(5 -5,95 -5)", "LINESTRING(95 -5,295 -5)", "LINESTRING(295 -5,995 -5)"});
  roads.graph = GraphOptions{};
  roads.graph->default_speed_kmh = 36;
  Issues issues;
  study.graphs["roads"] = build_road_graph(roads.layer, *roads.graph, issues);
  study.add("shops", {"POINT(95 -5)", "POINT(295 -5)", "POINT(995 -5)"}, {"food", "food", "toys"})
      .layer.attributes.add(number_column("jobs", {4, 8, 16}));
  return study;
}

CriterionSpec within(std::string const& measure, double limit_m, std::vector<std::string> classes = {}) {
  CriterionSpec spec = spec_of(measure, "shops", std::move(classes));
  spec.roads = "roads";
  spec.access_kmh = 18;
  spec.field = "jobs";
  spec.access.limit_m = limit_m;
  if (measure == "gravity") {
    spec.access.decay = parse_decay("inverse_power", "beta=1");
    spec.access.decay->unit = 100;
  }
  if (measure == "logsum") spec.access.mu = 0.01;
  return spec;
}

struct Expected {
  double count = 0, sum = 0, gravity = 0, terms = 0;
};

}  // namespace

TEST_CASE("Counts, sums, potentials and logsums over roads are those of all pairs") {
  std::size_t inside = 0, beyond = 0, none = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    AccessWorld const world(seed);
    for (TravelCost const cost : {TravelCost::seconds, TravelCost::metres})
      for (TravelDirection const direction : all_directions) {
        bool const time = cost == TravelCost::seconds;
        double const limit = (time ? 50 : 500) * (direction == TravelDirection::both ? 2 : 1);
        double const beta = time ? 0.02 : 0.002, mu = time ? 0.05 : 0.005;
        std::vector<CriterionSpec> specs;
        for (char const* name : {"network_count", "network_sum", "gravity", "logsum"}) {
          specs.push_back(world.spec(name));
          (time ? specs.back().access.limit_s : specs.back().access.limit_m) = limit;
          specs.back().access.direction = direction;
          specs.back().field = "jobs";
          specs.back().access.mu = mu;
          specs.back().access.decay = parse_decay("exponential", "beta=" + shortest(beta));
        }
        auto const measures = measure_all(specs, world.study.inputs());
        auto const costs = world.costs(cost, direction);
        for (std::size_t row = 0; row < world.parcels.size(); ++row) {
          Expected expected;
          for (std::size_t j = 0; j < world.shops.size(); ++j) {
            double const c = costs[row][j];
            (c <= limit ? inside : beyond) += 1;
            if (!(c <= limit)) continue;
            expected.count += 1;
            expected.sum += world.jobs[j];
            expected.gravity += world.jobs[j] * std::exp(-beta * c);
            expected.terms += world.jobs[j] * std::exp(-mu * c);
          }
          INFO("seed " << seed << ", row " << row);
          REQUIRE(measures[0].value.at(row) == std::optional(expected.count));
          REQUIRE(measures[1].value.at(row) == std::optional(expected.sum));
          REQUIRE(measures[2].is_known(row));
          REQUIRE(measures[2].value.values[row] == Approx(expected.gravity).epsilon(1e-12));
          REQUIRE(measures[3].is_known(row) == (expected.count > 0));
          none += expected.count == 0 ? 1U : 0U;
          if (expected.count > 0)
            REQUIRE(measures[3].value.values[row] == Approx(std::log(expected.terms) / mu).epsilon(1e-11).margin(1e-9));
        }
      }
  }
  CHECK(inside > 3000);
  CHECK(beyond > 3000);
  CHECK(none > 50);
}

TEST_CASE("The limit of a count, a sum and a potential is included") {
  Study const study = with_shops();
  CHECK(shown(study.measure(within("network_count", 300)), 0) == known(2));
  CHECK(shown(study.measure(within("network_count", std::nextafter(300, 0))), 0) == known(1));
  CHECK(shown(study.measure(within("network_sum", 300)), 0) == known(12));
  CHECK(shown(study.measure(within("gravity", 300)), 0) == known(6.666666667));
  auto spec = within("network_count", 1);
  spec.access.limit_m.reset();
  spec.access.limit_s = 101;
  auto const by_time = study.measure(spec);
  CHECK(shown(by_time, 0) == known(3));
  CHECK(by_time.unit == "n");
  CHECK(by_time.by == std::vector<Row>{0});
  CHECK(study.measure(within("network_sum", 1000)).by == std::vector<Row>{2});
  CHECK(study.measure(within("gravity", 1000)).by == std::vector<Row>{0});  // 4, 2.67 and 1.6
}

TEST_CASE("Without a field every feature of a potential counts for one") {
  auto spec = within("gravity", 1000);
  spec.field = "";
  CHECK(shown(with_shops().measure(spec), 0) == known(1.433333333));
  spec = within("logsum", 300);
  spec.field = "";
  // ln(exp(-1) + exp(-3)) / 0.01
  CHECK(with_shops().measure(spec).value.values[0] ==
        Approx(100 * std::log(std::exp(-1) + std::exp(-3))).epsilon(1e-13));
}

TEST_CASE("A potential on a grid is that of a published package") {
  auto const oracle = test::oracle("d04");
  if (oracle.is_null()) return;
  std::vector<std::string> parcels, cells;
  RoadGraph graph;
  graph.first_out = {0};
  for (int x = 0; x < 5; ++x)
    for (int y = 0; y < 5; ++y) {
      parcels.push_back(box_wkt(x - 0.25, y - 0.25, x + 0.25, y + 0.25));
      cells.push_back(fmt::format("POINT({} {})", x, y));
      graph.x.push_back(x);
      graph.y.push_back(y);
      for (int to = 0; to < 25; ++to) {  // a straight road between any two cells
        graph.head.push_back(static_cast<std::uint32_t>(to));
        graph.length_m.push_back(std::hypot(to / 5 - x, to % 5 - y));
        graph.seconds.push_back(graph.length_m.back());
      }
      graph.first_out.push_back(static_cast<std::uint32_t>(graph.head.size()));
    }
  Study study(layer_of(parcels));
  study.add("roads", {});
  study.add("shops", cells);
  study.graphs["roads"] = graph;
  auto spec = within("gravity", 100);
  spec.field = "";
  spec.access.decay = parse_decay("exponential", "beta=0.7");
  auto const potential = study.measure(spec);
  for (auto const& [id, expected] : oracle["expected"]["hansen_exp_beta_0.7"].items())
    CHECK(potential.value.values[std::stoul(id) - 1] == Approx(expected.get<double>()).margin(1e-8).epsilon(0));
  auto const cumulative = study.measure(within("network_count", 1.5));
  for (auto const& [id, expected] : oracle["expected"]["cumulative_within_1.5"].items())
    CHECK(cumulative.value.values[std::stoul(id) - 1] == expected.get<double>());
}

TEST_CASE("What is out of reach by road adds nothing, which is a true zero; without any roads nothing is known") {
  Study study = with_shops();
  CHECK(shown(study.measure(within("network_count", 50)), 0) == known(0));
  CHECK(study.measure(within("network_count", 50)).by == std::vector<Row>{no_row});
  CHECK(shown(study.measure(within("network_sum", 50)), 0) == known(0));
  CHECK(shown(study.measure(within("gravity", 50)), 0) == known(0));
  CHECK(shown(study.measure(within("logsum", 50)), 0) == "- -..-");  // no choice has no utility
  study.candidates.layer = grid_of_parcels(1, 1, 10, 0, 99990);      // 100 km from the road
  CHECK(shown(study.measure(within("network_count", 5000)), 0) == known(0));
  study.graphs["roads"] = RoadGraph{{0}, {}, {}, {}, {}, {}};
  for (char const* name : {"network_count", "network_sum", "gravity", "logsum"})
    CHECK(shown(study.measure(within(name, 1000)), 0) == "- -..-");
}

TEST_CASE("A layer without features has nothing in reach") {
  Study study = with_shops();
  study.add("shops", {}).layer.attributes.add(number_column("jobs", {}));
  CHECK(shown(study.measure(within("network_count", 1000)), 0) == known(0));
  CHECK(shown(study.measure(within("network_sum", 1000)), 0) == known(0));
  auto const none = study.measure(within("logsum", 1000));
  CHECK(shown(none, 0) == "- -..-");
  CHECK(none.why_unknown.en == "layer 'shops' has no feature");
}

TEST_CASE("A feature without class may add to what is in reach") {
  Study study = with_shops();
  study.layers.at("shops").class_of = text_column("class", {"food", nullptr, "toys"});
  CHECK(shown(study.measure(within("network_count", 1000, {"food"})), 0) == "- 1..2");
  CHECK(shown(study.measure(within("network_sum", 1000, {"food"})), 0) == "- 4..12");
  CHECK(shown(study.measure(within("network_sum", 200, {"food"})), 0) == known(4));
  CHECK(shown(study.measure(within("gravity", 1000, {"food"})), 0) == "- 4..6.666666667");
  auto const choice = study.measure(within("logsum", 1000, {"toys"}));
  CHECK(choice.low.values[0] == Approx(100 * std::log(16 * std::exp(-10))).epsilon(1e-13));
  CHECK(choice.high.values[0] == Approx(100 * std::log(16 * std::exp(-10) + 8 * std::exp(-3))).epsilon(1e-13));
  CHECK(shown(study.measure(within("logsum", 500, {"toys"})), 0).starts_with("- -..-"));
}

TEST_CASE("A null among the numbers leaves what is known as lower bound, unless a number is negative") {
  Study study = with_shops();
  auto& shops = study.layers.at("shops").layer;
  auto const with_jobs = [&](std::vector<std::optional<double>> const& jobs) {
    shops.attributes = ::terrein::Table(3);
    shops.attributes.add(number_column("jobs", jobs));
  };
  with_jobs({4, std::nullopt, 16});
  CHECK(shown(study.measure(within("network_sum", 1000)), 0) == "- 20..-");
  CHECK(shown(study.measure(within("network_sum", 200)), 0) == known(4));
  CHECK(shown(study.measure(within("gravity", 1000)), 0) == "- 5.6..-");
  CHECK(shown(study.measure(within("network_count", 1000)), 0) == known(3));
  auto const choice = study.measure(within("logsum", 1000));
  CHECK(choice.low.values[0] == Approx(100 * std::log(4 * std::exp(-1) + 16 * std::exp(-10))).epsilon(1e-13));
  CHECK(!choice.high.is_known(0));
  with_jobs({-4, std::nullopt, 16});
  CHECK(shown(study.measure(within("network_sum", 1000)), 0) == "- -..-");
  CHECK(shown(study.measure(within("logsum", 200)), 0) == "- -..-");  // no size is negative
  with_jobs({-4, 8, 16});
  CHECK(shown(study.measure(within("network_sum", 1000)), 0) == known(20));
  with_jobs({0, 8, 16});
  CHECK(shown(study.measure(within("logsum", 200)), 0) == "- -..-");  // nothing to choose
}

TEST_CASE("Beyond the coverage of the features, and from those without usable shape, more may be in reach") {
  Study study = with_shops();
  study.cover("shops", box_wkt(-2000, -2000, 405, 2000));  // 400 m from the centroid
  CHECK(shown(study.measure(within("network_count", 400)), 0) == known(2));
  CHECK(shown(study.measure(within("network_count", 401)), 0) == "- 2..-");
  CHECK(shown(study.measure(within("network_sum", 1000)), 0) == "- 28..-");
  auto decayed = within("gravity", 1000);
  decayed.access.decay = parse_decay("linear", "limit=400");
  CHECK(shown(study.measure(decayed), 0) == known(4 * 0.75 + 8 * 0.25));  // beyond 400 m nothing would count
  auto both = within("network_count", 800);
  both.access.direction = TravelDirection::both;
  CHECK(shown(study.measure(both), 0) == known(2));
  study = with_shops();
  study.cover("roads", box_wkt(-2000, -2000, 0, 2000));
  CHECK(shown(study.measure(within("network_count", 400)), 0) == "- -..-");
  study = with_shops();
  study.layers.at("shops").layer = layer_of({"POINT(95 -5)", "POINT EMPTY", "POINT(995 -5)"}, "shops");
  study.layers.at("shops").layer.attributes.add(number_column("jobs", {4, 8, 16}));
  CHECK(shown(study.measure(within("network_count", 400)), 0) == "- 1..-");
  CHECK(shown(study.measure(within("gravity", 400)), 0) == "- 4..-");
  CHECK(!study.measure(within("logsum", 400)).is_known(0));
  CHECK(shown(study.measure(within("network_count", 400, {"toys"})), 0) == known(0));
}

TEST_CASE(
    "A way that takes no time hides nothing where the layer is complete everywhere, and anything where it is not") {
  Study study = with_shops();
  auto& seconds = study.graphs["roads"].seconds;
  std::fill(seconds.begin(), seconds.end(), 0.0);
  auto spec = within("network_count", 1);
  spec.access.limit_m.reset();
  spec.access.limit_s = 5;
  CHECK(shown(study.measure(spec), 0) == known(3));
  spec.measure = "network_time";
  spec.access.nth = 3;
  CHECK(shown(study.measure(spec), 0) == known(2));
  study.cover("shops", box_wkt(-2000, -2000, 2000, 2000));
  CHECK(shown(study.measure(spec), 0) == "- 0..2");
  spec.measure = "network_count";
  CHECK(shown(study.measure(spec), 0) == "- 3..-");
}

TEST_CASE("A measure within a limit needs one of both limits, a potential its decay, a logsum its scale") {
  Study const study = with_shops();
  auto const refused = [&](CriterionSpec const& spec) {
    return error_of([&] { (void)study.measure(spec); }).kind == ErrorKind::config;
  };
  for (char const* name : {"network_count", "network_sum", "gravity", "logsum"}) {
    auto spec = within(name, 100);
    std::string const unit = study.measure(spec).unit, kind = name;
    CHECK(unit == (kind == "network_count" ? "n" : kind == "logsum" ? "m" : ""));
    spec.access.limit_s = 100;
    CHECK(refused(spec));
    spec.access.limit_s.reset();
    spec.access.limit_m.reset();
    CHECK(refused(spec));
    spec.access.limit_m = 0;
    CHECK(refused(spec));
  }
  auto gravity = within("gravity", 100);
  gravity.access.decay.reset();
  CHECK(refused(gravity));
  auto logsum = within("logsum", 100);
  logsum.access.mu = 0;
  CHECK(refused(logsum));
  logsum.access.mu.reset();
  CHECK(refused(logsum));
}
