#include <cmath>
#include <limits>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "unit/decision/toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

/// A function of oracle a14 through the text that a study would hold.
ValueFunction from_cutoffs(nlohmann::json const& function) {
  std::string text;
  for (std::size_t i = 0; i < function["cutoffs"].size(); ++i)
    text += (i > 0 ? "|" : "") + function["cutoffs"][i].dump() + ":" + function["values"][i].dump();
  return parse_value_function("piecewise", text);
}

void check_points(ValueFunction const& function, nlohmann::json const& expected) {
  REQUIRE(!expected.empty());
  for (auto const& point : expected) {
    INFO(point.dump());
    CHECK(function(point[0].get<double>()) == Approx(point[1].get<double>()).margin(1e-12));
  }
}

void check_family(std::string const& kind, std::string const& text, nlohmann::json const& x,
                  nlohmann::json const& expected) {
  INFO(kind << ' ' << text);
  auto const function = parse_value_function(kind, text);
  REQUIRE(x.size() == expected.size());
  for (std::size_t i = 0; i < x.size(); ++i)
    CHECK(function(x[i].get<double>()) == Approx(expected[i].get<double>()).margin(1e-12));
}

void check_range(ValueRange const& range, double low, double high) {
  CHECK(range.low == low);
  CHECK(range.high == high);
}

}  // namespace

TEST_CASE("piecewise functions agree with the published points of the smaa package", "[decision][oracle]") {
  auto const a14 = oracle("a14");
  if (a14.is_null()) return;
  auto const& functions = a14["input"]["functions"];
  for (std::string const name : {"f1", "f2", "f3", "f4"})
    check_points(from_cutoffs(functions[name]), a14["expected"][name]);
  check_points(from_cutoffs(functions["f4"]), a14["expected"]["f4_clip"]);
  check_points(from_cutoffs(functions["f3"]), a14["expected"]["f3_clip"]);
  auto extrapolating = from_cutoffs(functions["f4"]);
  extrapolating.outside = Outside::extrapolate;
  check_points(extrapolating, a14["expected"]["f4_extrapolate"]);
}

TEST_CASE("every family agrees with its closed formula", "[decision][oracle]") {
  auto const a15 = oracle("a15");
  if (a15.is_null()) return;
  auto const &in = a15["input"], &expected = a15["expected"];
  check_family("linear", "lo=5000|hi=1000", in["linear_goalpost"]["x"], expected["linear_goalpost"]);
  check_family("sigmoid", "midpoint=2000|k=-0.002", in["logistic"]["x"], expected["logistic"]);
  check_family("gaussian", "optimum=4|sigma=2", in["gaussian"]["x"], expected["gaussian"]);
  check_family("exponential", "half=1500", in["exp_decay_half_distance"]["x"], expected["exp_decay_half_distance"]);
  check_family("cosine", "lo=10|hi=30", in["smoothstep_cosine"]["x"], expected["smoothstep_cosine"]);
}

TEST_CASE("the falling cosine mirrors the rising one", "[decision][unit]") {
  auto const falling = parse_value_function("cosine", "lo=30|hi=10");
  CHECK(falling(5) == 1);
  CHECK(falling(10) == 1);
  CHECK(falling(20) == Approx(0.5).margin(1e-12));
  CHECK(falling(30) == 0);
  CHECK(falling(inf) == 0);
}

TEST_CASE("no function overflows far from its centre", "[decision][unit]") {
  for (double const x : {-inf, -1e308, -1e6, 1e6, 1e308, inf}) {
    for (auto const& [kind, text] : {std::pair{"sigmoid", "midpoint=0|k=1000"},
                                     {"sigmoid", "midpoint=0|k=-1000"},
                                     {"gaussian", "optimum=0|sigma=1e-300"},
                                     {"exponential", "half=1e-300"},
                                     {"cosine", "lo=-1e308|hi=1e308"},
                                     {"linear", "lo=-1.7e308|hi=1.7e308"}}) {
      INFO(kind << " at " << x);
      double const value = parse_value_function(kind, text)(x);
      CHECK(value >= 0);
      CHECK(value <= 1);
    }
  }
  CHECK(parse_value_function("sigmoid", "midpoint=0|k=1")(-1000) == 0);  // exp(-1000) is below the smallest double
  CHECK(parse_value_function("sigmoid", "midpoint=0|k=1")(1000) == 1);
  CHECK(parse_value_function("exponential", "half=10")(-5) == 1);
}

TEST_CASE("beyond the points the value is clipped, extrapolated or refused", "[decision][unit]") {
  auto function = parse_value_function("piecewise", "0:0|10:1");
  CHECK(function(12) == 1);
  function.outside = Outside::extrapolate;
  CHECK(function(12) == Approx(1.2));
  CHECK(function(-5) == Approx(-0.5));
  function.outside = Outside::error;
  CHECK(function(10) == 1);
  auto const thrown = error_of([&] { (void)function(12); });
  CHECK(thrown.kind == ErrorKind::config);
  CHECK(thrown.text.find("'12' lies outside the points 0 to 10") != std::string::npos);
}

TEST_CASE("a flat end extrapolates to infinity without NaN", "[decision][unit]") {
  auto function = parse_value_function("piecewise", "0:0|10:1|20:1");
  function.outside = Outside::extrapolate;
  CHECK(function(inf) == 1);
  CHECK(function(-inf) == -inf);
}

TEST_CASE("a range of a measure gives the smallest and the largest value in it", "[decision][unit]") {
  auto const hill = parse_value_function("piecewise", "0:0.2|10:1|20:0.4|30:0.6");
  check_range(hill.over(5, 25), 0.4, 1);  // the points at 10 and 20 lie inside; the ends have 0.6 and 0.5
  check_range(hill.over(-inf, inf), 0.2, 1);
  check_range(hill.over(-inf, 5), 0.2, hill(5));
  check_range(hill.over(20, inf), 0.4, 0.6);
  check_range(hill.over(7, 7), hill(7), hill(7));

  auto const bell = parse_value_function("gaussian", "optimum=4|sigma=2");
  check_range(bell.over(2, 10), bell(10), 1);  // the peak lies inside, the far end is the lowest
  check_range(bell.over(4, 6), bell(6), 1);    // the peak lies on the end
  check_range(bell.over(6, 10), bell(10), bell(6));
  check_range(bell.over(-inf, inf), 0, 1);
  check_range(bell.over(-inf, 2), 0, bell(2));

  auto const down = parse_value_function("sigmoid", "midpoint=2000|k=-0.002");
  check_range(down.over(1000, 3000), down(3000), down(1000));
  check_range(down.over(-inf, inf), 0, 1);
  check_range(parse_value_function("cosine", "lo=30|hi=10").over(10, 30), 0, 1);
  check_range(parse_value_function("exponential", "half=1500").over(1500, inf), 0, 0.5);
  check_range(parse_value_function("exponential", "half=1500").over(-inf, 3000), 0.25, 1);
}

TEST_CASE("a range with points that must not be left looks inside them", "[decision][unit]") {
  auto function = parse_value_function("piecewise", "0:0|10:1");
  function.outside = Outside::error;
  check_range(function.over(-inf, inf), 0, 1);
  check_range(function.over(5, inf), 0.5, 1);
  CHECK(error_of([&] { (void)function.over(11, inf); }).kind == ErrorKind::config);
  CHECK(error_of([&] { (void)function.over(-inf, -1); }).kind == ErrorKind::config);
}

TEST_CASE("a range holds every value of a dense sample and is reached by one", "[decision][property]") {
  std::mt19937 random(11);
  std::vector<ValueFunction> const functions{
      parse_value_function("piecewise", "0:0.3|2:1|5:0|7:0.8|10:0.5"),
      parse_value_function("gaussian", "optimum=4|sigma=2"), parse_value_function("sigmoid", "midpoint=5|k=2"),
      parse_value_function("cosine", "lo=8|hi=3"), parse_value_function("exponential", "half=2")};
  for (auto const& function : functions) {
    for (int round = 0; round < 50; ++round) {
      double const low = uniform(random, -2, 12), high = uniform(random, low, 12);
      auto const range = function.over(low, high);
      double least = 1, most = 0;
      for (int step = 0; step <= 4000; ++step) {
        double const value = function(std::min(high, low + (high - low) * step / 4000));
        least = std::min(least, value);
        most = std::max(most, value);
      }
      CHECK(least >= range.low);
      CHECK(most <= range.high);
      CHECK(least == Approx(range.low).margin(0.01));
      CHECK(most == Approx(range.high).margin(0.01));
    }
  }
}

TEST_CASE("rising points never give a better number a lower value", "[decision][property]") {
  std::mt19937 random(12);
  auto const function = parse_value_function("piecewise", "0.1:0|0.3:0.1|0.7:0.3|0.9:0.7|1.1:0.9");
  for (int round = 0; round < 20000; ++round) {
    double const x = uniform(random, 0, 1.2);
    CHECK(function(x) <= function(std::nextafter(x, 2.0)));
  }
  // The last number before a point: its share of the line rounds to 1, and the rise is half a unit in the last place
  // too high, so that the sum would round to the double after the value of the point.
  double const unit = std::ldexp(1.0, -53);
  ValueFunction line;
  line.points = {{-1, 0.125 + 1.5 * unit}, {1, 0.75 + unit}};
  CHECK(line(std::nextafter(1.0, 0.0)) <= line(1));
}
