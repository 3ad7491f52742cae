#include "terrein/decision/means.hpp"

#include <cmath>
#include <limits>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/decision/normalisation.hpp"
#include "unit/decision/toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
using List = std::vector<double>;

List random_list(std::mt19937& random, std::size_t n, double low, double high) {
  List out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(uniform(random, low, high));
  return out;
}

/// The formula as it is written, in long doubles.
double plain_mean(List const& values, List const& weights, long double r) {
  long double sum = 0, weight = 0, logs = 0;
  for (double const one : weights) weight += one;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum += weights[i] / weight * std::pow(static_cast<long double>(values[i]), r);
    logs += weights[i] / weight * std::log(static_cast<long double>(values[i]));
  }
  return static_cast<double>(r == 0 ? std::exp(logs) : std::pow(sum, 1 / r));
}

}  // namespace

TEST_CASE("the degree of compensation runs from the sum to the minimum", "[decision][oracle]") {
  auto const a18 = oracle("a18");
  if (a18.is_null()) return;
  auto const values = a18["input"]["scores"].get<List>(), weights = a18["input"]["weights"].get<List>();
  auto const& expected = a18["expected"]["power_mean"];
  for (auto const& [exponent, name] : std::vector<std::pair<double, std::string>>{
           {1, "r=1 (full compensation)"}, {0, "r=0 (geometric)"}, {-1, "r=-1 (harmonic)"}, {-inf, "min (none)"}})
    CHECK(power_mean(values, weights, exponent) == within(expected[name].get<double>(), 1e-12));
}

TEST_CASE("the weighted product agrees with the published scores and ratios", "[decision][oracle]") {
  auto const a02 = oracle("a02");
  if (a02.is_null()) return;
  auto const weights = a02["input"]["weights"].get<List>();
  std::vector<Objective> const more(4, Objective::benefit);
  auto const shares = normalise(a02["input"]["matrix"].get<Alternatives>(), more, Normalisation::sum);
  List products;
  for (auto const& row : shares.values) products.push_back(power_mean(row, weights, 0));
  auto const& expected = a02["expected"];
  for (std::size_t i = 0; i < 3; ++i)
    CHECK(std::log10(products[i]) == within(expected["log10_score"][i].get<double>(), 1e-7));
  CHECK(products[0] / products[1] == within(expected["ratio_A1_A2"].get<double>(), 1e-6));
  CHECK(products[0] / products[2] == within(expected["ratio_A1_A3"].get<double>(), 1e-6));
  CHECK(products[1] / products[2] == within(expected["ratio_A2_A3"].get<double>(), 1e-6));
}

TEST_CASE("power means are those of the formula, and fall with their exponent", "[decision][twin]") {
  std::mt19937 random(181);
  for (int round = 0; round < 300; ++round) {
    std::size_t const n = 1 + random() % 8;
    auto const values = random_list(random, n, 0.01, 1), weights = random_list(random, n, 0.1, 5);
    double before = power_mean(values, weights, -inf);
    CHECK(before == *std::min_element(values.begin(), values.end()));
    for (double const r : {-30.0, -4.0, -1.0, -0.3, 0.0, 0.2, 0.7, 1.0}) {
      double const mean = power_mean(values, weights, r);
      CHECK(mean == Approx(plain_mean(values, weights, r)).epsilon(1e-12));
      CHECK(mean >= before - 1e-15);
      before = mean;
    }
  }
}

TEST_CASE("power means stay exact where powers overflow or vanish", "[decision][unit]") {
  List const values{0.9, 0.1, 0.5}, weights{0.5, 0.2, 0.3};
  // (0.2 · 0.1^r)^(1/r) for large -r: the others are nothing beside it. 0.2^(-1/1000) = 1.0016107…
  CHECK(power_mean(values, weights, -1000) == Approx(0.1 * std::pow(0.2, -0.001)).epsilon(1e-12));
  for (double const tiny : {1e-18, -1e-18, 1e-300, -1e-300})
    CHECK(power_mean(values, weights, tiny) == Approx(power_mean(values, weights, 0)).epsilon(1e-12));
  CHECK(power_mean(List{0.5, 0.7}, List{1e-300, 1}, -1) == Approx(0.7).epsilon(1e-12));
  CHECK(power_mean(List{1e-300, 1}, List{1, 1}, -1) == Approx(2e-300).epsilon(1e-12));
  for (double const r : {-inf, -7.0, -1.0, 0.0, 0.3, 1.0}) CHECK(power_mean(List{0.3, 0.3}, List{1, 1}, r) == 0.3);
}

TEST_CASE("a zero with weight gives zero without compensation, one without weight nothing", "[decision][unit]") {
  for (double const r : {-inf, -3.0, -1.0, 0.0}) {
    CHECK(power_mean(List{0, 0.8}, List{0.01, 0.99}, r) == 0);
    CHECK(power_mean(List{0, 0.8}, List{0, 1}, r) == 0.8);
    CHECK(power_mean(List{-0.2, 0.8}, List{0.5, 0.5}, r) == 0);
  }
  CHECK(power_mean(List{0, 0.64}, List{1, 1}, 0.5) == Approx(0.16).epsilon(1e-12));  // (0.5 · 0.8)²
  CHECK(power_mean(List{0, 0}, List{1, 1}, 0.5) == 0);
  CHECK(power_mean(List{-0.2, 0.8}, List{1, 1}, 1) == Approx(0.4).epsilon(1e-15));
}

TEST_CASE("ordered weighted averages agree with the definitions", "[decision][oracle]") {
  auto const a13 = oracle("a13");
  if (a13.is_null()) return;
  auto const values = a13["input"]["criterion_scores"].get<List>();
  auto const importance = a13["input"]["importance_weights"].get<List>();
  List const best_first{importance[0], importance[2], importance[1], importance[3]};  // of 0.9, 0.6, 0.4, 0.1
  for (auto const& one : a13["expected"]["quantifier_guided"]) {
    double const alpha = one["alpha"].get<double>();
    auto const order = quantifier_order_weights(best_first, alpha);
    for (std::size_t r = 0; r < 4; ++r) CHECK(order[r] == within(one["order_weights"][r].get<double>(), 1e-12));
    CHECK(owa(values, order) == within(one["score"].get<double>(), 1e-12));
    CHECK(QuantifierMean(quantifier_alpha(1 / (1 + alpha)))(values, importance) ==
          within(one["score"].get<double>(), 1e-12));
  }
  for (auto const& one : a13["expected"]["explicit"]) {
    auto const order = one["order_weights"].get<List>();
    CHECK(owa(values, order) == within(one["score"].get<double>(), 1e-12));
    CHECK(orness(order) == within(one["orness"].get<double>(), 1e-12));
    CHECK(tradeoff(order) == within(one["tradeoff_jiang_eastman"].get<double>(), 1e-12));
    CHECK(dispersion(order) == within(one["dispersion_entropy"].get<double>(), 1e-12));
  }
  auto const& limits = a13["expected"]["limits"];
  CHECK(QuantifierMean(quantifier_alpha(1))(values, importance) == limits["alpha->0"].get<double>());
  CHECK(QuantifierMean(quantifier_alpha(0))(values, importance) == limits["alpha->inf"].get<double>());
}

TEST_CASE("the quantifier passes over what has no importance, and uses up all weight", "[decision][unit]") {
  CHECK(quantifier_order_weights(List{0, 0.5, 0.5, 0}, 2) == List{0, 0.25, 0.75, 0});
  CHECK(quantifier_order_weights(List{0.3, 0.7, 0}, inf) == List{0, 1, 0});
  CHECK(quantifier_order_weights(List{0, 0.7, 0.3}, 0) == List{0, 1, 0});
  // 0.1 added ten times is 0.9999999999999999: the last share must still be 1.
  auto const ten = quantifier_order_weights(List(10, 0.1), inf);
  CHECK(ten.back() == 1);
  CHECK(QuantifierMean(inf)(List{0.9, 0.2, 0.5}, List{1, 0, 1}) == 0.5);
  CHECK(QuantifierMean(0)(List{0.9, 0.2, 0.5}, List{0, 1, 1}) == 0.5);
}

TEST_CASE("an order of one value has no orness", "[decision][unit]") {
  for (auto const& measure : {&orness, &tradeoff, &dispersion}) {
    auto const thrown = error_of([&] { (void)measure(List{1}); });
    CHECK(thrown.kind == ErrorKind::config);
    CHECK(thrown.text.find("at least two") != std::string::npos);
  }
  CHECK(!error_of([] { (void)owa(List{1, 2}, List{1}); }).text.empty());
}
