#include "terrein/network/decay.hpp"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "support/catch.hpp"
#include "support/support.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr double never = std::numeric_limits<double>::infinity();

void check_points(Decay const& decay, nlohmann::json const& points, double tolerance) {
  REQUIRE(!points.empty());
  for (auto const& point : points) {
    INFO(to_string(decay.kind) << " at " << point[0]);
    CHECK(decay(point[0]) == Approx(point[1].get<double>()).margin(tolerance).epsilon(0));
  }
}

}  // namespace

TEST_CASE("Decays equal those of published packages") {
  auto const oracle = test::oracle("d03");
  if (oracle.is_null()) return;
  auto const& expected = oracle["expected"];
  double const tolerance = oracle["tolerance"]["abs"];
  check_points(parse_decay("linear", "limit=20"), expected["linear_20"], tolerance);
  check_points(parse_decay("linear", "limit=30"), expected["linear_30"], tolerance);
  check_points(parse_decay("exponential", "beta=0.1"), expected["exponential_0.1"], 1e-15);
  check_points(parse_decay("inverse_power", "beta=0.5"), expected["power_0.5"], tolerance);
  check_points(parse_decay("inverse_power", "beta=0.25"), expected["power_0.25"], tolerance);
  check_points(parse_decay("stepped", "10:0.75|20:0.5|30:0.25|40:0"), expected["stepped"], 0);
  check_points(parse_decay("gaussian", "sigma=20"), expected["gaussian_20"], oracle["tolerance"]["gaussian_abs"]);
}

TEST_CASE("The sides of limits and steps are stated: a limit is included, a step begins at its cost") {
  Decay const binary = parse_decay("binary", " limit = 30 ");
  CHECK(binary(30) == 1);
  CHECK(binary(std::nextafter(30, 31)) == 0);
  Decay const stepped = parse_decay("stepped", "10:0.75|20:0.5");
  CHECK(stepped(std::nextafter(10, 0)) == 1);
  CHECK(stepped(10) == 0.75);
  CHECK(stepped(1e9) == 0.5);  // the last value holds
  CHECK(parse_decay("stepped", "0:0.4")(0) == 0.4);
}

TEST_CASE("The cumulative-logistic decay is 1 at no cost and about a half at its mean") {
  Decay const decay = parse_decay("logistic", "mean=40|sd=10");
  CHECK(decay(0) == Approx(1).epsilon(1e-15));
  // By the formula at c = mean: (1 + exp(-4 pi / sqrt 3)) / 2, with exp(-7.2551974569) = 0.000706494.
  CHECK(decay(40) == Approx((1 + 0.00070649) / 2).margin(1e-8));
  CHECK(decay(1e6) == 0);
}

TEST_CASE("Every decay falls from at most 1 to 0 or more, and there is no way to what is infinitely far") {
  for (auto const& [kind, points] : std::vector<std::pair<char const*, char const*>>{{"binary", "limit=7"},
                                                                                     {"linear", "limit=7"},
                                                                                     {"exponential", "beta=0.3"},
                                                                                     {"gaussian", "sigma=3"},
                                                                                     {"inverse_power", "beta=2"},
                                                                                     {"stepped", "2:0.5|5:0.1"},
                                                                                     {"logistic", "mean=5|sd=2"}}) {
    INFO(kind);
    Decay decay = parse_decay(kind, points);
    CHECK(to_string(decay.kind) == kind);
    double before = 1 + 1e-15;
    for (double cost = 0; cost < 20; cost += 0.25) {
      CHECK(decay(cost) <= before);
      CHECK(decay(cost) >= 0);
      before = decay(cost);
    }
    CHECK(decay(never) == 0);
    double const at_two = decay(2);
    decay.unit = 60;
    CHECK(decay(120) == at_two);
  }
}

TEST_CASE("A decay tells beyond which cost nothing counts") {
  CHECK(parse_decay("binary", "limit=7").nothing_beyond() == 7);
  Decay linear = parse_decay("linear", "limit=7");
  linear.unit = 60;
  CHECK(linear.nothing_beyond() == 420);
  CHECK(parse_decay("stepped", "10:0.5|20:0").nothing_beyond() == 20);
  CHECK(parse_decay("stepped", "10:0.5").nothing_beyond() == never);
  CHECK(parse_decay("exponential", "beta=1").nothing_beyond() == never);
}

TEST_CASE("A decay that cannot be is refused with the reason") {
  auto const told = [](char const* kind, char const* points) {
    return error_of([&] { (void)parse_decay(kind, points); }).text;
  };
  CHECK(told("steep", "beta=1") ==
        "'steep' is not one of binary, linear, exponential, gaussian, inverse_power, stepped, logistic.");
  CHECK(told("linear", "limit=0") == "limit is '0' in 'limit=0'; it must be greater than 0.");
  CHECK(told("linear", "beta=1").find("'beta' in 'beta=1' is not a parameter of this decay.") == 0);
  CHECK(told("logistic", "mean=3") == "'sd' is absent from 'mean=3'; this decay needs mean and sd.");
  CHECK(told("gaussian", "sigma=1|sigma=2") == "'sigma' is given twice in 'sigma=1|sigma=2'; give it once.");
  CHECK(told("exponential", "") == "'beta' is absent from ''; this decay needs beta.");
  CHECK(told("exponential", "3") == "'3' is not an entry of a decay; write entries like 'beta=10', parted by '|'.");
  CHECK(told("stepped", "") == "A stepped decay has no step; write steps like '600:0.5|1200:0'.");
  CHECK(told("exponential", "beta=x").find("'x' in 'beta=x' is not a number") == 0);
  CHECK(told("stepped", "10:0.5|10:0.2").find("The steps in '10:0.5|10:0.2' do not ascend at '10:0.2'") == 0);
  CHECK(told("stepped", "10:0.5|20:0.6").find("The value at '20:0.6'") == 0);
  CHECK(told("stepped", "10:1.5").find("The value at '10:1.5'") == 0);
}

TEST_CASE("A sum of exponentials is that of closed formulas, and does not overflow") {
  auto const oracle = test::oracle("d08");
  if (oracle.is_null()) return;
  double const tolerance = oracle["tolerance"]["abs"];
  auto const& input = oracle["input"]["logsum"];
  for (auto const& [mu, expected] : oracle["expected"]["logsum"].items()) {
    LogSum sum;
    for (double const v : input["V"]) sum.add(std::stod(mu) * v);
    CHECK(sum.log().value() / std::stod(mu) == Approx(expected.get<double>()).margin(tolerance).epsilon(0));
  }
  LogSum up, down;
  up.add(999);
  up.add(1000);
  for (double const v : input["large"]) down.add(v);
  double const large = oracle["expected"]["logsum_large_mu1"];
  CHECK(up.log().value() == Approx(large).margin(tolerance).epsilon(0));
  CHECK(down.log().value() == Approx(large).margin(tolerance).epsilon(0));
}

TEST_CASE("Without a term of any weight there is no logarithm") {
  LogSum sum;
  CHECK(!sum.log());
  sum.add(3, 0);
  CHECK(!sum.log());
  sum.add(3, 2);
  CHECK(sum.log().value() == Approx(3 + std::log(2)).epsilon(1e-15));
  sum.add(-5000, 7);
  CHECK(sum.log().value() == Approx(3 + std::log(2)).epsilon(1e-15));
}
