#include "terrein/decision/ideal_point.hpp"

#include <cmath>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/decision/scoring.hpp"
#include "unit/decision/toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

using List = std::vector<double>;

std::vector<Objective> objectives(nlohmann::json const& names) {
  std::vector<Objective> out;
  for (auto const& name : names) out.push_back(name == "min" ? Objective::cost : Objective::benefit);
  return out;
}

/// TOPSIS as in the books, vector normalisation without turning costs: the ideal of a cost is its smallest.
List plain_topsis(Alternatives matrix, std::vector<Objective> const& goals, List const& weights) {
  List best(goals.size()), worst(goals.size());
  for (std::size_t i = 0; i < goals.size(); ++i) {
    double norm = 0, least = HUGE_VAL, most = -HUGE_VAL;
    for (auto const& row : matrix) norm += row[i] * row[i];
    for (auto& row : matrix) {
      row[i] *= weights[i] / std::sqrt(norm);
      least = std::min(least, row[i]);
      most = std::max(most, row[i]);
    }
    best[i] = goals[i] == Objective::cost ? least : most;
    worst[i] = goals[i] == Objective::cost ? most : least;
  }
  List out;
  for (auto const& row : matrix) {
    double to_best = 0, to_worst = 0;
    for (std::size_t i = 0; i < goals.size(); ++i) {
      to_best += (row[i] - best[i]) * (row[i] - best[i]);
      to_worst += (row[i] - worst[i]) * (row[i] - worst[i]);
    }
    out.push_back(std::sqrt(to_worst) / (std::sqrt(to_worst) + std::sqrt(to_best)));
  }
  return out;
}

}  // namespace

TEST_CASE("TOPSIS agrees with the published closeness", "[decision][oracle]") {
  auto const a03 = oracle("a03");
  if (a03.is_null()) return;
  auto const found = topsis(a03["input"]["matrix"].get<Alternatives>(), objectives(a03["input"]["objectives"]),
                            a03["input"]["weights"].get<List>());
  for (std::size_t row = 0; row < 4; ++row)
    CHECK(found[row] == within(a03["expected"]["closeness_more_digits"][row].get<double>(), 1e-12));
}

TEST_CASE("TOPSIS with costs is that of the books", "[decision][twin]") {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> number(1, 50);
  for (int round = 0; round < 50; ++round) {
    Alternatives matrix(2 + random() % 6, List(4));
    for (auto& row : matrix)
      for (double& x : row) x = number(random);
    std::vector<Objective> const goals{Objective::cost, Objective::benefit, Objective::cost, Objective::benefit};
    List const weights{number(random), number(random), number(random), number(random)};
    auto const found = topsis(matrix, goals, weights), expected = plain_topsis(matrix, goals, weights);
    for (std::size_t row = 0; row < matrix.size(); ++row) CHECK(found[row] == within(expected[row], 1e-12));
  }
}

TEST_CASE("TOPSIS of one alternative, of equal ones, and of none", "[decision][unit]") {
  CHECK(topsis({{3, 4}}, {Objective::benefit, Objective::cost}, {1, 1}) == List{1});
  CHECK(topsis({{3, 4}, {3, 4}}, {Objective::benefit, Objective::cost}, {1, 1}) == List{1, 1});
  CHECK(topsis({}, {Objective::benefit}, {1}).empty());
  CHECK(topsis({{0, 1}, {0, 2}}, {Objective::benefit, Objective::cost}, {1, 1}) == List{1, 0});
  CHECK(!error_of([] { (void)topsis({{1, 2}}, {Objective::benefit}, {1}); }).text.empty());
}

TEST_CASE("VIKOR agrees with the published regrets and compromises under four sets of weights", "[decision][oracle]") {
  auto const a04 = oracle("a04");
  if (a04.is_null()) return;
  for (auto const& expected : a04["expected"]["scenarios"]) {
    Vikor const found = vikor(a04["input"]["matrix"].get<Alternatives>(), objectives(a04["input"]["objectives"]),
                              expected["weights_unnormalised"].get<List>(), a04["input"]["v"].get<double>());
    for (std::size_t row = 0; row < 6; ++row) {
      CHECK(found.s[row] == within(expected["S"][row].get<double>(), 0.0011));
      CHECK(found.r[row] == within(expected["R"][row].get<double>(), 0.0011));
      CHECK(found.q[row] == within(expected["Q"][row].get<double>(), 0.0011));
    }
    std::vector<std::size_t> compromise;
    for (std::size_t const row : found.compromise) compromise.push_back(row + 1);
    CHECK(compromise == expected["compromise_set_1based"].get<std::vector<std::size_t>>());
    CHECK(found.advantage == expected["acceptable_advantage"].get<bool>());
    CHECK(found.stability == expected["acceptable_stability"].get<bool>());
    CHECK(found.constant.empty());
  }
}

TEST_CASE("VIKOR without stability gives the first two", "[decision][unit]") {
  // Regrets of equal weight 1/4. A has 0.6, 0.3, 0.1, 0.1: S = 0.275, R = 0.15; C has four halves: S = 0.5, R = 0.125;
  // the others have one 1: S = 0.25, R = 0.25. Q_A = 0.5 · (0.025 / 0.25 + 0.025 / 0.125) = 0.15, and 0.5 of all
  // others: A leads by 0.35 ≥ 1/5, but is the first neither by S nor by R.
  Alternatives const rows{{0.4, 0.7, 0.9, 0.9}, {0.5, 0.5, 0.5, 0.5}, {0, 1, 1, 1},
                          {1, 0, 1, 1},         {1, 1, 0, 1},         {1, 1, 1, 0}};
  Vikor const six = vikor(rows, std::vector<Objective>(4, Objective::benefit), {1, 1, 1, 1}, 0.5);
  CHECK(six.q[0] == within(0.15, 1e-12));
  for (std::size_t row = 1; row < 6; ++row) CHECK(six.q[row] == within(0.5, 1e-12));
  CHECK(six.advantage);
  CHECK(!six.stability);
  CHECK(six.compromise == std::vector<std::size_t>{0, 1});
}

TEST_CASE("VIKOR drops constant criteria and survives one alternative", "[decision][unit]") {
  Vikor const one = vikor({{5, 7}}, {Objective::benefit, Objective::cost}, {1, 1});
  CHECK(one.q == List{0});
  CHECK(one.compromise == std::vector<std::size_t>{0});
  CHECK(one.constant == std::vector<std::size_t>{0, 1});
  Vikor const two = vikor({{5, 7}, {5, 3}}, {Objective::benefit, Objective::cost}, {1, 1});
  CHECK(two.constant == std::vector<std::size_t>{0});
  CHECK(two.q == List{1, 0});
  CHECK(two.compromise == std::vector<std::size_t>{1});
  Vikor const equal = vikor({{1}, {1}, {1}}, {Objective::cost}, {1});
  CHECK(equal.q == List{0, 0, 0});
  CHECK(equal.compromise == std::vector<std::size_t>{0, 1, 2});
  CHECK(vikor({}, {Objective::cost}, {1}).q.empty());
  CHECK(error_of([] { (void)vikor({{1}}, {Objective::cost}, {1}, 1.5); }).text.find("'1.5'") != std::string::npos);
  CHECK(error_of([] { (void)vikor({{1}}, {Objective::cost}, {0}); }).kind == ErrorKind::config);
}

TEST_CASE("the distance to targets in fixed bounds agrees with the published one", "[decision][oracle]") {
  auto const a17 = oracle("a17");
  if (a17.is_null()) return;
  std::vector<Goalpost> posts;
  for (std::size_t i = 0; i < 3; ++i) {
    double const low = a17["input"]["bounds"][i][0].get<double>(), high = a17["input"]["bounds"][i][1].get<double>();
    posts.push_back({low, high, a17["input"]["objectives"][i] == "min" ? low : high});
  }
  auto const matrix = a17["input"]["matrix"].get<Alternatives>();
  auto const found = spotis(matrix, posts, a17["input"]["weights"].get<List>());
  for (std::size_t row = 0; row < 4; ++row) {
    CHECK(found[row] == within(a17["expected"]["spotis"][row].get<double>(), 6e-5));
    CHECK(1 - found[row] == within(a17["expected"]["weighted_goalpost_score"][row].get<double>(), 1e-12));
    CHECK(spotis({matrix[row]}, posts, a17["input"]["weights"].get<List>()) == List{found[row]});
  }
  CHECK(spotis({{4}}, {{0, 10, 5}}, {3}) == List{0.1});  // one below a target of 5, on a scale of 10
  for (Goalpost const& wrong : {Goalpost{1, 1, 1}, Goalpost{0, 1, 2}, Goalpost{2, 1, 1}})
    CHECK(error_of([&] { (void)spotis({{1}}, {wrong}, {1}); }).kind == ErrorKind::config);
}
