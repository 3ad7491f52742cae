#include "terrein/robustness/weight_space.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/core/error.hpp"
#include "unit/decision/toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr std::size_t many = 40000;

std::vector<std::vector<double>> drawn(WeightSpace const& space, std::size_t n = many) {
  WeightSampler const sampler(space, 5);
  std::vector<std::vector<double>> out(n, std::vector<double>(space.weights.size()));
  for (std::size_t i = 0; i < n; ++i) sampler.draw(i, out[i].data());
  return out;
}

double mean(std::vector<std::vector<double>> const& draws, std::size_t j) {
  double sum = 0;
  for (auto const& one : draws) sum += one[j];
  return sum / static_cast<double>(draws.size());
}

double covariance(std::vector<std::vector<double>> const& draws, std::size_t i, std::size_t j) {
  double const a = mean(draws, i), b = mean(draws, j);
  double sum = 0;
  for (auto const& one : draws) sum += (one[i] - a) * (one[j] - b);
  return sum / static_cast<double>(draws.size());
}

double share_above(std::vector<std::vector<double>> const& draws, double limit) {
  double n = 0;
  for (auto const& one : draws) n += one[0] > limit ? 1 : 0;
  return n / static_cast<double>(draws.size());
}

std::string fault_of(WeightSpace const& space) {
  return error_of([&] { WeightSampler const sampler(space, 1); }).text;
}
bool contains(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

std::vector<double> even(std::size_t n) { return std::vector<double>(n, 1 / static_cast<double>(n)); }

}  // namespace

TEST_CASE("any weights have the moments of the uniform distribution on the simplex", "[robustness][oracle]") {
  auto const b05 = oracle("b05");
  if (b05.is_null()) return;
  for (std::size_t const n : {3U, 5U, 8U}) {
    auto const& expected = b05["expected"][std::to_string(n)];
    auto draws = drawn({WeightKind::any, even(n), 100, {}, {}});
    double const variance = expected["var"].get<double>(), root = std::sqrt(static_cast<double>(many));
    for (std::size_t j = 0; j < n; ++j) {
      CHECK(std::abs(mean(draws, j) - expected["mean"].get<double>()) < 4 * std::sqrt(variance) / root);
      CHECK(std::abs(covariance(draws, j, j) - variance) < 4 * 2 * variance / root);
    }
    CHECK(std::abs(covariance(draws, 0, 1) - expected["cov"].get<double>()) < 4 * 1.5 * variance / root);
    double const p = expected["P(w>0.5)"].get<double>();
    CHECK(std::abs(share_above(draws, 0.5) - p) < 4 * std::sqrt(p * (1 - p)) / root);
    for (auto& one : draws) std::sort(one.begin(), one.end(), std::greater<>());
    auto const sorted = expected["mean_sorted_desc"].get<std::vector<double>>();
    for (std::size_t j = 0; j < n; ++j) CHECK(std::abs(mean(draws, j) - sorted[j]) < 4 * 0.2 / root);
  }
}

TEST_CASE("normalised uniform numbers would not be uniform on the simplex, and ours are not those",
          "[robustness][unit]") {
  std::mt19937 random(3);
  std::vector<std::vector<double>> wrong;
  for (std::size_t i = 0; i < many; ++i) {
    double const a = uniform(random), b = uniform(random), c = uniform(random);
    wrong.push_back({a / (a + b + c), b / (a + b + c), c / (a + b + c)});
  }
  CHECK(std::abs(share_above(wrong, 0.5) - 1.0 / 6) < 0.01);
  CHECK(std::abs(share_above(drawn({WeightKind::any, even(3), 100, {}, {}}), 0.5) - 0.25) < 0.01);
}

TEST_CASE("weights around a set have its mean and the spread of Dirichlet's distribution", "[robustness][unit]") {
  for (double const concentration : {0.5, 3.0, 100.0}) {
    std::vector<double> const weights{0.5, 0.3, 0.15, 0.05};
    auto const draws = drawn({WeightKind::around, weights, concentration, {}, {}});
    for (std::size_t j = 0; j < weights.size(); ++j) {
      double const variance = weights[j] * (1 - weights[j]) / (concentration + 1);
      INFO(concentration << " " << j);
      CHECK(std::abs(mean(draws, j) - weights[j]) < 5 * std::sqrt(variance / many));
      CHECK(std::abs(covariance(draws, j, j) / variance - 1) < 0.1);
    }
    double const together = -weights[0] * weights[1] / (concentration + 1);
    CHECK(std::abs(covariance(draws, 0, 1) / together - 1) < 0.1);
  }
}

TEST_CASE("weights in an order keep it, with the mean of rank order centroids", "[robustness][oracle]") {
  auto const b05 = oracle("b05");
  if (b05.is_null()) return;
  auto const expected = b05["expected"]["5"]["mean_sorted_desc"].get<std::vector<double>>();
  auto const draws = drawn({WeightKind::order, {0.1, 0.4, 0.05, 0.3, 0.15}, 100, {}, {}});
  std::vector<std::size_t> const order{1, 3, 4, 0, 2};
  for (auto const& one : draws)
    for (std::size_t i = 1; i < 5; ++i) CHECK(one[order[i - 1]] >= one[order[i]]);
  for (std::size_t i = 0; i < 5; ++i) CHECK(std::abs(mean(draws, order[i]) - expected[i]) < 0.004);
  // Equal weights have no order among themselves: the last two share their ranks.
  auto const tied = drawn({WeightKind::order, {0.4, 0.3, 0.1, 0.1, 0.1}, 100, {}, {}});
  double const shared = (expected[2] + expected[3] + expected[4]) / 3;
  for (std::size_t j = 2; j < 5; ++j) CHECK(std::abs(mean(tied, j) - shared) < 0.004);
  CHECK(std::count_if(tied.begin(), tied.end(), [](auto const& w) { return w[2] < w[3]; }) >
        static_cast<long>(many / 3));
}

TEST_CASE("weights within ranges are those of the uniform distribution that lie in them", "[robustness][unit]") {
  WeightSpace const space{WeightKind::ranges, {0.3, 0.3, 0.2, 0.2}, 100, {0.1, 0.25, 0, 0.1}, {0.5, 0.4, 0.3, 0.3}};
  auto const draws = drawn(space, 20000);
  std::vector<std::vector<double>> accepted;  // by rejection, the plain way
  std::mt19937 random(9);
  while (accepted.size() < 20000) {
    std::vector<double> w(4);
    for (double& one : w) one = -std::log(uniform(random, 1e-12, 1));
    double const sum = std::accumulate(w.begin(), w.end(), 0.0);
    bool inside = true;
    for (std::size_t j = 0; j < 4; ++j) {
      w[j] /= sum;
      inside = inside && w[j] >= space.low[j] && w[j] <= space.high[j];
    }
    if (inside) accepted.push_back(w);
  }
  for (auto const& one : draws)
    for (std::size_t j = 0; j < 4; ++j) CHECK((one[j] >= space.low[j] - 1e-9 && one[j] <= space.high[j] + 1e-9));
  for (std::size_t j = 0; j < 4; ++j) {
    double const variance = covariance(accepted, j, j);
    CHECK(std::abs(mean(draws, j) - mean(accepted, j)) < 5 * std::sqrt(2 * variance / 20000));
    CHECK(std::abs(covariance(draws, j, j) / variance - 1) < 0.06);
  }
}

TEST_CASE("draws sum to one, keep zeros and do not depend on who asks", "[robustness][unit]") {
  for (WeightKind const kind : {WeightKind::fixed, WeightKind::around, WeightKind::any, WeightKind::order}) {
    WeightSampler const sampler({kind, {0.5, 0, 0.3, 0.2}, 20, {}, {}}, 1);
    std::vector<double> a(4), b(4);
    for (std::size_t i = 0; i < 200; ++i) {
      sampler.draw(i, a.data());
      CHECK(a[1] == 0);
      CHECK(std::abs(a[0] + a[2] + a[3] - 1) < 1e-14);
    }
    sampler.draw(17, a.data());
    WeightSampler({kind, {0.5, 0, 0.3, 0.2}, 20, {}, {}}, 1).draw(17, b.data());
    CHECK(a == b);
  }
  CHECK(weight_kind("around") == WeightKind::around);
  CHECK(to_string(WeightKind::ranges) == "ranges");
  CHECK_FALSE(weight_kind("gauss"));
}

TEST_CASE("one criterion, and weights that cannot be drawn", "[robustness][unit]") {
  double one = 0;
  WeightSampler({WeightKind::any, {1}, 100, {}, {}}, 1).draw(0, &one);
  CHECK(one == 1);
  WeightSampler({WeightKind::ranges, {1}, 100, {0.2}, {1}}, 1).draw(0, &one);
  CHECK(one == 1);
  CHECK(contains(fault_of({WeightKind::any, {0, 0}, 100, {}, {}}), "No criterion"));
  CHECK(contains(fault_of({WeightKind::around, {1}, 0, {}, {}}), "concentration"));
  CHECK(contains(fault_of({WeightKind::ranges, {0.5, 0.5}, 100, {0.6, 0.6}, {0.9, 0.9}}), "'1.2'"));
  CHECK(contains(fault_of({WeightKind::ranges, {0.5, 0.5}, 100, {0, 0}, {0.3, 0.4}}), "No weights fit"));
  CHECK(contains(fault_of({WeightKind::ranges, {0.5, 0.5}, 100, {0.4, 0}, {0.3, 1}}),
                 "weight 1 goes from '0.4' to '0.3'"));
}
