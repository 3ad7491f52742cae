#include "decision/exact_sum.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include "support/catch.hpp"

using namespace terrein;

namespace {

double exact(std::vector<double> const& numbers) {
  ExactSum sum;
  for (double const x : numbers) sum.add(x);
  return sum.value();
}

}  // namespace

TEST_CASE("an exact sum keeps what doubles lose", "[decision][unit]") {
  CHECK(exact({}) == 0);
  CHECK(exact({1e300, 1, -1e300}) == 1);
  CHECK(exact({-1e300, -1, 1e300}) == -1);
  CHECK(exact({0.1, 0.2, -0.1, -0.2}) == 0);
  CHECK(exact({5e-324, 5e-324}) == 1e-323);
  CHECK(exact({-5e-324}) == -5e-324);
  CHECK(exact({1.7e308, -1.7e308, 2.5}) == 2.5);
  CHECK(exact({1.7e308, 1.7e308}) == HUGE_VAL);
  CHECK(exact({-0.75}) == -0.75);
  CHECK(exact(std::vector<double>(1000, 0.5)) == 500);
}

TEST_CASE("an exact sum does not depend on the order, and is that of whole numbers", "[decision][property]") {
  std::mt19937 random(5);
  for (int round = 0; round < 50; ++round) {
    std::vector<double> numbers;
    long long whole = 0;
    for (int i = 0; i < 200; ++i) {
      long long const one = static_cast<long long>(random()) - 2147483648LL;
      whole += one;
      numbers.push_back(std::ldexp(static_cast<double>(one), -40));
    }
    CHECK(exact(numbers) == std::ldexp(static_cast<double>(whole), -40));
    for (double& x : numbers) x *= std::ldexp(1.0 + 1.0 / 3, static_cast<int>(random() % 200) - 100);
    double const before = exact(numbers);
    std::shuffle(numbers.begin(), numbers.end(), random);
    CHECK(exact(numbers) == before);
    long double plain = 0;
    for (double const x : numbers) plain += x;
    CHECK(before == Approx(static_cast<double>(plain)).epsilon(1e-9));
  }
}
