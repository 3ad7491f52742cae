#include "terrein/robustness/sobol.hpp"

#include <cmath>
#include <numbers>
#include <numeric>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/core/error.hpp"
#include "unit/robustness/scenes.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

std::vector<std::uint8_t> all(Scene const& scene) { return std::vector<std::uint8_t>(scene.problem.rows(), 1); }

}  // namespace

TEST_CASE("indices of the function of Ishigami and Homma are the known ones", "[robustness][oracle]") {
  auto const b03 = oracle("b03");
  if (b03.is_null()) return;
  double const a = b03["input"]["a"].get<double>(), b = b03["input"]["b"].get<double>();
  auto const ishigami = [a, b](double const* u, double* out) {
    double x[3];
    for (int i = 0; i < 3; ++i) x[i] = std::numbers::pi * (2 * u[i] - 1);
    *out = std::sin(x[0]) + a * std::sin(x[1]) * std::sin(x[1]) + b * std::pow(x[2], 4) * std::sin(x[0]);
  };
  auto const& expected = b03["expected"];
  for (std::uint64_t const seed : {1U, 2U, 99U}) {
    SobolIndices const found = sobol_indices(3, 1, 65536, seed, 2, ishigami).front();
    CHECK(std::abs(found.variance / expected["variance"].get<double>() - 1) < 0.005);
    for (std::size_t i = 0; i < 3; ++i) {
      INFO("seed " << seed << ", input " << i);
      CHECK(std::abs(*found.first[i] - expected["S1"][i].get<double>()) < 0.005);
      CHECK(std::abs(*found.total[i] - expected["ST"][i].get<double>()) < 0.005);
    }
  }
  SobolIndices const alone = sobol_indices(3, 1, 1024, 1, 1, ishigami).front();
  SobolIndices const seven = sobol_indices(3, 1, 1024, 1, 7, ishigami).front();
  CHECK(alone.first == seven.first);
  CHECK(alone.total == seven.total);
}

TEST_CASE("indices of a weighted sum of independent numbers are their parts in its variance", "[robustness][oracle]") {
  auto const b04 = oracle("b04");
  if (b04.is_null()) return;
  auto const weights = b04["input"]["weights"].get<std::vector<double>>();
  auto const found = sobol_indices(3, 2, 65536, 1, 2, [&weights](double const* u, double* out) {
    out[0] = std::inner_product(weights.begin(), weights.end(), u, 0.0);
    out[1] = 4;
  });
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(std::abs(*found[0].first[i] - b04["expected"]["S1"][i].get<double>()) < 0.005);
    CHECK(std::abs(*found[0].total[i] - b04["expected"]["ST"][i].get<double>()) < 0.005);
    CHECK_FALSE(found[1].first[i]);  // what does not vary has no indices
    CHECK_FALSE(found[1].total[i]);
  }
  CHECK(std::abs(found[0].variance - b04["expected"]["variance"].get<double>()) < 1e-4);
  CHECK(error_of([] { (void)sobol_indices(1, 1, 100, 1, 1, [](double const*, double*) {}); }).kind ==
        ErrorKind::config);
}

TEST_CASE("what a score depends on", "[robustness][unit]") {
  // The first row is worth 1 by the first criterion and nothing by the second; the third criterion is 1/2 for all.
  Scene const scene(columns_of({{1, 0, 0.5}, {0.2, 0.7, 0.5}, {0, 0, 0.5}}), {0.4, 0.4, 0.2});
  ScoreVarianceOptions options;
  options.points = 4096;
  options.top = 1;
  options.workers = 2;
  ScoreVariance const found =
      score_variance(scene.problem, {WeightKind::around, scene.problem.weights, 10, {}, {}}, all(scene), options);
  REQUIRE(found.listed.size() == 3);
  std::size_t const first = found.listed[0] == 0 ? 0 : found.listed[1] == 0 ? 1 : 2;
  // W1 / (W1 + W2 + W3) with gamma weights is beta with 4 and 6: its variance is known.
  double const variance = found.score[first].variance;
  CHECK(variance > 0);
  CHECK(*found.score[first].first[3] == Approx(0).margin(1e-9));  // nothing is missing
  CHECK(*found.score[first].total[3] == Approx(0).margin(1e-9));
  for (std::size_t i = 0; i < 3; ++i) CHECK(*found.score[first].total[i] >= *found.score[first].first[i] - 0.02);
  // 0.5 (1 - w1 - w2) + w1 = 1/2 + (w1 - w2) / 2, with the variance of a difference of Dirichlet shares.
  double const c = 11;
  CHECK(variance == Approx((0.4 * 0.6 / c + 0.4 * 0.6 / c + 2 * 0.4 * 0.4 / c) / 4).epsilon(0.02));
  CHECK(*found.score[first].first[0] == Approx(*found.score[first].first[1]).margin(0.02));  // they are alike
  CHECK(*found.all_in_top.total[0] > 0.3);
}

TEST_CASE("missing values are one more input, and may be the only one that matters", "[robustness][unit]") {
  std::vector<Values> const columns{values_of({0.5, 0.5}), values_of({std::nullopt, 0.5})};
  Scene const scene(columns, {0.5, 0.5});
  ScoreVarianceOptions options;
  options.points = 1024;
  options.top = 1;
  ScoreVariance const found =
      score_variance(scene.problem, {WeightKind::around, {0.5, 0.5}, 1e7, {}, {}}, all(scene), options);
  std::size_t const open = found.listed[0] == 0 ? 0 : 1;
  CHECK(*found.score[open].first[2] == Approx(1).margin(0.05));
  CHECK(*found.score[open].total[2] == Approx(1).margin(0.05));
  CHECK(*found.in_top[open].total[2] == Approx(1).margin(0.1));
  CHECK(found.score[open].variance == Approx(0.25 / 12).epsilon(0.1));
}

TEST_CASE("draws of factors are one more input, there where values rest on them", "[robustness][unit]") {
  Scene scene(columns_of({{0.5, 0.5}, {0.5, 0.5}}), {0.5, 0.5});
  ScoreVarianceOptions options;
  options.points = 1024;
  options.top = 1;
  auto const found = [&] {
    return score_variance(scene.problem, {WeightKind::around, {0.5, 0.5}, 1e7, {}, {}}, all(scene), options);
  };
  CHECK(found().all_scores.first.size() == 3);
  scene.problem.factor_draws = 8;
  FactorValues one{1, {0}, {}, {}};
  for (int draw = 0; draw < 8; ++draw) one.low.push_back(draw / 8.0);
  one.high = one.low;
  scene.problem.by_factors = {one};
  ScoreVariance const with = found();
  REQUIRE(with.all_scores.first.size() == 4);
  std::size_t const open = with.listed[0] == 0 ? 0 : 1;
  CHECK(*with.score[open].first[3] == Approx(1).margin(0.02));
  CHECK(*with.score[open].total[3] == Approx(1).margin(0.02));
  CHECK(*with.score[open].total[2] == Approx(0).margin(1e-6));                // nothing is missing
  CHECK(with.score[open].variance == Approx(0.25 * 63 / 768).epsilon(0.02));  // of eight even steps of an eighth
}

TEST_CASE("weights that are fixed or depend on each other are refused", "[robustness][unit]") {
  Scene const scene(columns_of({{1, 0}, {0, 1}}), {0.5, 0.5});
  for (WeightKind const kind : {WeightKind::fixed, WeightKind::order})
    CHECK(error_of([&] {
            (void)score_variance(scene.problem, {kind, {0.5, 0.5}, 100, {}, {}}, all(scene), {});
          }).kind == ErrorKind::config);
}
