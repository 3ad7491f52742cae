#include "terrein/decision/reach_value.hpp"

#include <cmath>
#include <random>

#include "support/catch.hpp"
#include "unit/decision/toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// The nearest number that is worth enough, by looking at very many.
std::optional<double> by_looking(ValueFunction const& function, double from, double value, double low, double high) {
  constexpr int steps = 40000;
  std::optional<double> out;
  for (int i = 0; i <= steps; ++i) {
    double const x = low + (high - low) * i / steps;
    if (function(x) >= value && (!out || std::abs(x - from) < std::abs(*out - from))) out = x;
  }
  return out;
}

}  // namespace

TEST_CASE("the nearest number that is worth enough is that of looking at all", "[decision][unit]") {
  std::mt19937 random(61);
  std::vector<ValueFunction> functions;
  for (auto const& [kind, text] : {std::pair{"piecewise", "3:1|8:0.6|15:0.1|20:0"},
                                   {"piecewise", "0:0|5:1|9:0.2|14:0.8|20:0.3"},
                                   {"sigmoid", "midpoint=9|k=-0.7"},
                                   {"sigmoid", "midpoint=9|k=0.4"},
                                   {"cosine", "lo=4|hi=16"},
                                   {"cosine", "lo=16|hi=4"},
                                   {"gaussian", "optimum=8|sigma=3"},
                                   {"exponential", "half=5"}})
    functions.push_back(parse_value_function(kind, text));
  functions.push_back(functions[1]);
  functions.back().outside = Outside::extrapolate;
  std::size_t found = 0, none = 0;
  for (ValueFunction const& function : functions)
    for (int i = 0; i < 60; ++i) {
      double const from = uniform(random, -5, 25), value = uniform(random, -0.1, 1.1);
      auto const x = nearest_with_value(function, from, value);
      auto const looked = by_looking(function, from, value, -40, 60);
      INFO(to_string(function.kind) << " from " << from << " for " << value);
      REQUIRE(x.has_value() == looked.has_value());
      if (!x) {
        ++none;
        continue;
      }
      ++found;
      CHECK(function(*x) >= value);
      CHECK(std::abs(*x - from) <= std::abs(*looked - from) + 1e-9);
      CHECK(std::abs(*x - from) >= std::abs(*looked - from) - 0.0026);
    }
  CHECK(found > 300);
  CHECK(none > 20);
}

TEST_CASE("what is worth enough already stays, and what cannot be inverted has no answer", "[decision][unit]") {
  ValueFunction const falling = parse_value_function("piecewise", "3:1|15:0");
  CHECK(nearest_with_value(falling, 5, 0.5) == 5);
  CHECK(nearest_with_value(falling, 12, 0.5) == Approx(9));
  CHECK(nearest_with_value(falling, 12, 1) == Approx(3));
  CHECK_FALSE(nearest_with_value(falling, 12, 1.01));
  CHECK_FALSE(nearest_with_value(parse_value_function("minmax", "more"), 1, 0.5));
  CHECK_FALSE(nearest_with_value(parse_value_function("categorical", "a:1"), 1, 0.5));
  CHECK_FALSE(nearest_with_value(parse_value_function("sigmoid", "midpoint=0|k=1"), 0, 1));
  ValueFunction strict = falling;
  strict.outside = Outside::error;
  CHECK(nearest_with_value(strict, 14, 1) == Approx(3));
}
