#include "terrein/robustness/stability.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "unit/robustness/scenes.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// Weights with one of them moved.
std::vector<double> moved(std::vector<double> weights, std::size_t j, double to) {
  double const rest = 1 - weights[j];
  for (std::size_t i = 0; i < weights.size(); ++i)
    weights[i] = i == j         ? to
                 : rest > 1e-12 ? weights[i] * (1 - to) / rest
                                : (1 - to) / static_cast<double>(weights.size() - 1);
  return weights;
}

/// Rows of the top k by scoring anew.
std::vector<Row> top_with(RankingProblem const& problem, std::vector<double> const& weights, std::size_t k) {
  Column<double> const rank = ranks(weighted_sum(problem.values, weights).score, problem.ranked);
  std::vector<Row> out;
  for (Row row = 0; row < problem.rows(); ++row)
    if (rank.is_known(row) && rank.values[row] <= static_cast<double>(k)) out.push_back(row);
  return out;
}

}  // namespace

TEST_CASE("stability intervals are the exact ones", "[robustness][oracle]") {
  auto const b02 = oracle("b02");
  if (b02.is_null()) return;
  Scene const scene(columns_of(b02["input"]["values"].get<std::vector<std::vector<double>>>()),
                    b02["input"]["weights"].get<std::vector<double>>());
  auto const scores = b02["expected"]["scores"].get<std::vector<double>>();
  for (std::size_t row = 0; row < scores.size(); ++row)
    CHECK(std::abs(scene.problem.score.values[row] - scores[row]) < 1e-12);
  for (auto const& one : b02["expected"]["intervals"]) {
    auto const found = top_stability(scene.problem, one["k"].get<std::size_t>());
    StabilityInterval const& interval = found[one["criterion"].get<std::size_t>() - 1];
    INFO(one.dump());
    CHECK(std::abs(interval.low - one["interval"][0].get<double>()) < 1e-12);
    CHECK(std::abs(interval.high - one["interval"][1].get<double>()) < 1e-12);
    CHECK(interval.below.has_value() == (interval.low > 0));
    CHECK(interval.above.has_value() == (interval.high < 1));
  }
}

TEST_CASE("within its interval a weight leaves the top as it is, and just beyond it does not", "[robustness][unit]") {
  std::mt19937 random(31);
  std::size_t ends = 0;
  for (unsigned world = 0; world < 80; ++world) {
    bool const complete = world % 2 == 0;
    std::size_t const rows = 5 + random() % 120, criteria = 2 + random() % 5, k = 1 + random() % 9;
    std::vector<Values> columns;
    for (std::size_t j = 0; j < criteria; ++j) {
      columns.push_back(random_values(random, rows));
      if (!complete) continue;
      Numbers column(rows);
      for (auto& value : column) value = uniform(random);
      columns.back() = values_of(column);
    }
    Scene const scene(columns, random_weights(random, criteria));
    std::vector<Row> const base = top_with(scene.problem, scene.problem.weights, k);
    auto const found = top_stability(scene.problem, k, world % 3 + 1U);
    for (std::size_t j = 0; j < criteria; ++j) {
      StabilityInterval const& one = found[j];
      INFO("world " << world << ", criterion " << j << ", from " << one.low << " to " << one.high);
      REQUIRE((one.low <= one.weight && one.weight <= one.high));
      for (int step = 1; step < 50; ++step) {
        double const t = one.low + (one.high - one.low) * step / 50;
        CHECK(top_with(scene.problem, moved(scene.problem.weights, j, t), k) == base);
      }
      for (auto const& [swap, way] : {std::pair{one.below, -1.0}, {one.above, 1.0}}) {
        if (!swap) continue;
        ++ends;
        double const beyond = swap->at + way * 1e-7;
        if (beyond <= 0 || beyond >= 1) continue;
        auto const after = top_with(scene.problem, moved(scene.problem.weights, j, beyond), k);
        CHECK(after != base);
        CHECK(std::find(base.begin(), base.end(), swap->falls) != base.end());
        CHECK(std::find(after.begin(), after.end(), swap->rises) != after.end());
      }
    }
  }
  CHECK(ends > 200);
}

TEST_CASE("two candidates change places where they score the same", "[robustness][unit]") {
  std::mt19937 random(37);
  std::size_t crossings = 0;
  for (int world = 0; world < 300; ++world) {
    std::size_t const criteria = 2 + random() % 4;
    std::vector<Values> columns;
    for (std::size_t j = 0; j < criteria; ++j) columns.push_back(random_values(random, 2));
    Scene const scene(columns, random_weights(random, criteria));
    if (!scene.problem.score.is_known(0) || !scene.problem.score.is_known(1)) continue;
    auto const difference = [&](std::size_t j, double t) {
      auto const score = weighted_sum(scene.problem.values, moved(scene.problem.weights, j, t)).score;
      return score.values[0] - score.values[1];
    };
    double smallest = 2;
    for (std::size_t j = 0; j < criteria; ++j) {
      std::size_t changes = 0;  // of sign, on a fine grid
      for (int step = 1; step < 1999; ++step)
        changes += (difference(j, step / 2000.0) > 0) != (difference(j, (step + 1) / 2000.0) > 0) ? 1U : 0U;
      auto const points = swap_points(scene.problem, j, 0, 1);
      INFO("world " << world << ", criterion " << j);
      std::size_t inner = 0;
      for (double const t : points) {
        if (t < 1 / 2000.0 || t > 1999 / 2000.0) continue;
        ++inner;
        CHECK(std::abs(difference(j, t)) < 1e-9);
      }
      for (double const t : points) smallest = std::min(smallest, std::abs(t - scene.problem.weights[j]));
      if (changes != inner) CHECK(inner == changes + 2);  // two close together, between points of the grid
      crossings += inner;
    }
    auto const move = smallest_swap(scene.problem, 0, 1);
    CHECK(move.has_value() == (smallest < 2));
    if (move) CHECK(std::abs(std::abs(move->to - move->from) - smallest) < 1e-12);
  }
  CHECK(crossings > 100);
}

TEST_CASE("the smallest move of a weight brings a candidate among the best, and less does not", "[robustness][unit]") {
  std::mt19937 random(43);
  std::size_t moves = 0, none = 0;
  for (int world = 0; world < 60; ++world) {
    std::size_t const rows = 8 + random() % 40, criteria = 2 + random() % 4, k = 1 + random() % 5;
    std::vector<Values> columns;
    for (std::size_t j = 0; j < criteria; ++j) columns.push_back(random_values(random, rows));
    Scene const scene(columns, random_weights(random, criteria));
    auto const order = best_rows(scene.problem, rows);
    if (order.size() <= k) continue;
    Row const row = order[k + random() % (order.size() - k)], rival = order[random() % k];
    auto const in_top = [&](std::size_t j, double t) {
      auto const top = top_with(scene.problem, moved(scene.problem.weights, j, t), k);
      return std::find(top.begin(), top.end(), row) != top.end();
    };
    auto const ahead = [&](std::size_t j, double t) {
      auto const score = weighted_sum(scene.problem.values, moved(scene.problem.weights, j, t)).score;
      return score.values[row] > score.values[rival];
    };
    auto const into = moves_into_top(scene.problem, row, k, 2);
    auto const past = moves_past(scene.problem, row, rival);
    INFO("world " << world);
    for (auto const& [list, reached] : {std::pair{&into, std::function<bool(std::size_t, double)>(in_top)},
                                        {&past, std::function<bool(std::size_t, double)>(ahead)}}) {
      for (std::size_t i = 1; i < list->size(); ++i)
        CHECK(std::abs((*list)[i].to - (*list)[i].from) >= std::abs((*list)[i - 1].to - (*list)[i - 1].from) - 1e-15);
      for (std::size_t j = 0; j < criteria; ++j) {
        auto const found =
            std::find_if(list->begin(), list->end(), [j](auto const& one) { return one.criterion == j; });
        double const weight = scene.problem.weights[j];
        double const reach = found == list->end() ? 1 : std::abs(found->to - weight) - 2e-6;
        for (int step = 1; step < 200; ++step)  // nothing nearer does it
          for (double const t : {weight - reach * step / 200, weight + reach * step / 200})
            if (t > 1e-6 && t < 1 - 1e-6) CHECK_FALSE(reached(j, t));
        if (found == list->end()) {
          ++none;
        } else {
          ++moves;
          CHECK(reached(j, found->to));
        }
      }
    }
    CHECK(moves_into_top(scene.problem, order[0], k).empty());
  }
  CHECK(moves > 60);
  CHECK(none > 30);
}

TEST_CASE("the distance to the edge is the smallest swap with the candidate there", "[robustness][unit]") {
  std::mt19937 random(41);
  std::vector<Values> columns;
  for (int j = 0; j < 4; ++j) columns.push_back(random_values(random, 60));
  Scene const scene(columns, random_weights(random, 4));
  auto const order = best_rows(scene.problem, 60);
  for (std::size_t const k : {1U, 7U, 20U}) {
    Column<double> const found = edge_distance(scene.problem, k, 2);
    for (std::size_t i = 0; i < order.size(); ++i) {
      auto const move = smallest_swap(scene.problem, order[i], i < k ? order[k] : order[k - 1]);
      INFO("k " << k << ", place " << i);
      REQUIRE(found.is_known(order[i]) == (i != k - 1 && i != k ? move.has_value() : found.is_known(order[i])));
      if (move && found.is_known(order[i])) CHECK(found.values[order[i]] == Approx(std::abs(move->to - move->from)));
    }
  }
  CHECK(edge_distance(scene.problem, 100).known == std::vector<std::uint8_t>(60, 0));
}

TEST_CASE("ties at the edge, weights of one and of nothing, and one criterion", "[robustness][unit]") {
  Scene const tied(columns_of({{1, 0}, {0.5, 0.5}, {0.2, 0.8 - 1e-13}}), {0.5, 0.5});
  auto const fragile = top_stability(tied.problem, 1);  // all three tie: the top holds them all
  CHECK((fragile[0].low == 0 && fragile[0].high == 1));
  Scene const level(columns_of({{1, 0}, {0.4, 0.6 - 1e-9}}), {0.5, 0.5});
  auto const narrow = top_stability(level.problem, 1);
  CHECK(narrow[0].high == 1);
  CHECK(narrow[0].low == Approx(0.5).epsilon(1e-8));
  CHECK(narrow[0].below->rises == 1);
  Scene const sole(columns_of({{1, 0, 0}, {0.9, 1, 1}, {0.1, 0.1, 0.1}}), {1, 0, 0});
  auto const all_on_one = top_stability(sole.problem, 1);
  CHECK(all_on_one[0].low == Approx(10.0 / 11));  // the others share evenly: t = 0.9 t + (1 - t)
  CHECK(all_on_one[1].high == Approx(1.0 / 11));
  Scene const single(columns_of({{1}, {0.5}}), {1});
  CHECK(top_stability(single.problem, 1)[0].high == 1);
  CHECK_FALSE(smallest_swap(single.problem, 0, 1));
}
