#include "terrein/robustness/acceptability.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "robustness/acceptability_tally.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/core/error.hpp"
#include "unit/robustness/scenes.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

WeightSampler uniform_weights(Scene const& scene, std::uint64_t seed = 1) {
  return WeightSampler({WeightKind::any, scene.problem.weights, 100, {}, {}}, seed);
}

AcceptabilityOptions few(std::size_t draws, std::size_t top) {
  AcceptabilityOptions out;
  out.draws = draws;
  out.top = top;
  return out;
}

/// The same counts the plain way: every draw scored row by row, every rank by comparing with every other row.
struct Twin {
  std::vector<double> in_top;
  std::vector<std::vector<std::uint32_t>> rank;  ///< [row][draw]
  std::vector<std::vector<double>> wins;

  Twin(Scene const& scene, WeightSampler const& sampler, AcceptabilityOptions const& options) {
    RankingProblem const& problem = scene.problem;
    std::size_t const rows = problem.rows(), criteria = problem.weights.size();
    in_top.assign(rows, 0);
    rank.resize(rows);
    wins.assign(rows, std::vector<double>(rows, 0));
    for (std::size_t draw = 0; draw < options.draws; ++draw) {
      std::vector<double> weights(criteria), score(rows);
      sampler.draw(draw, weights.data());
      std::vector<std::uint64_t> keys(criteria);
      draw_gap_keys(options.seed, draw, criteria, keys.data());
      for (std::size_t row = 0; row < rows; ++row)
        score[row] = score_of(problem, row, weights, keys, options.missing, draw);
      for (std::size_t a = 0; a < rows; ++a) {
        std::uint32_t better = 0;
        for (std::size_t b = 0; b < rows; ++b) {
          if (problem.ranked[a] == 0 || problem.ranked[b] == 0) continue;
          better += score[b] > score[a] + tie_tolerance ? 1U : 0U;
          wins[a][b] += score[a] > score[b] + tie_tolerance ? 1.0 : 0.0;
        }
        rank[a].push_back(better + 1);
        in_top[a] += better < options.top ? 1 : 0;
      }
    }
    for (double& share : in_top) share /= static_cast<double>(options.draws);
    for (auto& row : wins)
      for (double& share : row) share /= static_cast<double>(options.draws);
  }

  /// What a value is under the factors of a draw, if it rests on any: known, or a range.
  static std::optional<std::pair<double, double>> under_factors(RankingProblem const& problem, std::size_t row,
                                                                std::size_t j, std::size_t draw) {
    for (FactorValues const& one : problem.by_factors) {
      auto const at = std::find(one.rows.begin(), one.rows.end(), row);
      if (one.criterion != j || at == one.rows.end()) continue;
      std::size_t const place = static_cast<std::size_t>(at - one.rows.begin()) * problem.factor_draws;
      return std::pair{one.low[place + draw % problem.factor_draws], one.high[place + draw % problem.factor_draws]};
    }
    return std::nullopt;
  }

  static double score_of(RankingProblem const& problem, std::size_t row, std::vector<double> const& weights,
                         std::vector<std::uint64_t> const& keys, Missing missing, std::size_t draw) {
    double sum = 0, known = 0;
    for (std::size_t j = 0; j < weights.size(); ++j) {
      Values const& one = *problem.values[j];
      bool const is_known = one.value.is_known(row);
      std::pair<double, double> range =
          is_known ? std::pair{one.value.values[row], one.value.values[row]} : std::pair{one.low[row], one.high[row]};
      bool is_range = !is_known;
      if (auto const other = under_factors(problem, row, j, draw)) {
        range = *other;
        is_range = range.first < range.second;
      }
      if (is_range && missing == Missing::left_out) continue;
      double const along = is_range ? to_unit(mixed(keys[j] ^ problem.row_key[row])) : 0;
      sum += weights[j] * (range.first + along * (range.second - range.first));
      known += weights[j];
    }
    return missing == Missing::drawn ? sum : known > 0 ? sum / known : 0;
  }
};

bool same(Acceptability const& a, Acceptability const& b) {
  bool central = a.central.size() == b.central.size();
  for (std::size_t i = 0; central && i < a.central.size(); ++i)
    central = a.central[i].share == b.central[i].share && a.central[i].weights == b.central[i].weights;
  return listed(a.in_top) == listed(b.in_top) && a.rank_low.values == b.rank_low.values &&
         a.rank_high.values == b.rank_high.values && a.listed == b.listed && a.rank_share == b.rank_share &&
         a.wins == b.wins && central && a.same_top == b.same_top;
}

}  // namespace

TEST_CASE("rank acceptabilities, central weights and wins agree with the exact ones", "[robustness][oracle]") {
  auto const b01 = oracle("b01");
  if (b01.is_null()) return;
  for (std::string const name : {"case_2crit", "case_3crit"}) {
    auto const rows = b01["input"][name]["values"].get<std::vector<std::vector<double>>>();
    auto const& expected = b01["expected"][name];
    auto const shares = expected["rank_acceptability"].get<std::vector<std::vector<double>>>();
    Scene const scene(columns_of(rows), normalised_weights(std::vector<double>(rows.front().size(), 1), "b01"));
    auto options = few(40000, 1);
    Acceptability const found = acceptability(scene.problem, uniform_weights(scene), options);
    auto const close = [](double share, double exact) {
      return std::abs(share - exact) <= 3.5 * std::sqrt(exact * (1 - exact) / 40000) + 1e-9;
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Row const row = found.listed[i];
      for (std::size_t r = 0; r < rows.size(); ++r) {
        INFO(name << ", row " << row << ", rank " << r + 1);
        CHECK(close(found.rank_share[i][r], shares[row][r]));
      }
      if (name == "case_2crit" && row == 0) {
        CHECK(std::abs(found.central[i].weights[0] - 0.75) < 0.005);
        CHECK(std::abs(found.central[i].weights[1] - 0.25) < 0.005);
      }
      if (name == "case_2crit" && row == 2) CHECK(found.central[i].weights.empty());
      for (std::size_t other = 0; name == "case_3crit" && row == 3 && other < rows.size(); ++other)
        if (found.listed[other] == 0)
          CHECK(close(found.wins[i][other], expected["pairwise_A4_beats_A1"].get<double>()));
    }
  }
}

TEST_CASE("wins and central weights of given samples are the published ones", "[robustness][oracle]") {
  auto const b07 = oracle("b07");
  if (b07.is_null()) return;
  std::vector<Row> const rows{0, 1};
  AcceptabilityOptions options = few(10, 1);
  options.ranks = 2;
  DrawSetting const setting{rows, 1, options, 2, 1};
  AcceptabilityTally tally(setting);
  double const weight = 1;
  for (int sample = 0; sample < 10; ++sample) {
    std::vector<double> const scores = sample == 0 ? std::vector<double>{0, 1} : std::vector<double>{1, 0};
    tally.count({{0, scores[0]}, {1, scores[1]}}, scores, &weight);
  }
  Acceptability found;
  found.in_top = Column<double>("", 2);
  tally.finish(found);
  auto const& pwi = b07["expected"]["pwi"];
  CHECK(found.wins[0][1] == Approx(pwi["a1_a2"].get<double>()));
  CHECK(found.wins[1][0] == Approx(pwi["a2_a1"].get<double>()));
  CHECK(found.wins[0][0] == 0);
  CHECK(found.wins[1][1] == 0);

  Scene const scene(columns_of({{1, 1, 1}, {0, 0, 0}}), normalised_weights({1, 1, 1}, "b07"));
  options = few(10000, 1);
  WeightSampler const fixed({WeightKind::fixed, scene.problem.weights, 100, {}, {}}, 1);
  Acceptability const nacw = acceptability(scene.problem, fixed, options);
  for (double const one : nacw.central[0].weights) CHECK(std::abs(one - 1.0 / 3) < 1e-12);
  CHECK(nacw.central[1].weights.empty());
  CHECK(confidence(scene.problem, 0, scene.problem.weights, options) == 1);
  CHECK(confidence(scene.problem, 1, scene.problem.weights, options) == 0);
}

TEST_CASE("all counts are those of scoring every draw row by row", "[robustness][unit]") {
  std::mt19937 random(17);
  for (int world = 0; world < 60; ++world) {
    bool const complete = world % 3 == 0;
    std::size_t const rows = 1 + random() % 300, criteria = 1 + random() % 6;
    Scene scene(random_columns(random, criteria, rows, complete), random_weights(random, criteria));
    for (auto& ranked : scene.problem.ranked)
      if (random() % 10 == 0) ranked = 0;
    auto options = few(37, 1 + random() % 12);
    options.listed = random() % 2 == 0 ? 100 : 7;
    options.ranks = 1 + random() % 30;
    options.with_range = random() % 3 == 0 ? 0 : random() % 2 == 0 ? 20 : 1000;
    options.range_draws = random() % 2 == 0 ? 1000 : 21;
    options.missing = random() % 2 == 0 ? Missing::drawn : Missing::left_out;
    if (random() % 2 == 0) {
      scene.problem.factor_draws = 1 + random() % 9;
      for (std::size_t j = criteria; j-- > 0;)  // in whatever order they come
        if (random() % 2 == 0)
          scene.problem.by_factors.push_back(random_factors(random, j, rows, scene.problem.factor_draws));
    }
    WeightSampler const sampler = uniform_weights(scene);
    Twin const twin(scene, sampler, options);
    Acceptability const found = acceptability(scene.problem, sampler, options);
    INFO("world " << world << ", " << rows << " rows, " << criteria << " criteria");
    for (std::size_t row = 0; row < rows; ++row) {
      REQUIRE(found.in_top.is_known(row) == (scene.problem.ranked[row] != 0));
      if (scene.problem.ranked[row] != 0) CHECK(found.in_top.values[row] == Approx(twin.in_top[row]));
      if (!found.rank_low.is_known(row)) continue;
      std::vector<std::uint32_t> ranks = twin.rank[row];
      ranks.resize(std::min(ranks.size(), options.range_draws));
      std::sort(ranks.begin(), ranks.end());
      double const n = static_cast<double>(ranks.size());
      CHECK(found.rank_low.values[row] == ranks[static_cast<std::size_t>(std::ceil(0.05 * n - 1e-9)) - 1]);
      CHECK(found.rank_high.values[row] == ranks[static_cast<std::size_t>(std::ceil(0.95 * n - 1e-9)) - 1]);
    }
    for (std::size_t i = 0; i < found.listed.size(); ++i) {
      auto const& shares = found.rank_share[i];
      CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) == Approx(1).epsilon(1e-9));
      double first = 0;
      for (std::uint32_t const rank : twin.rank[found.listed[i]]) first += rank == 1 ? 1 : 0;
      CHECK(found.central[i].share == Approx(first / 37));
      for (std::size_t j = 0; j < found.listed.size(); ++j)
        CHECK(found.wins[i][j] == Approx(twin.wins[found.listed[i]][found.listed[j]]));
    }
    if (found.listed.size() ==
        static_cast<std::size_t>(std::count(scene.problem.ranked.begin(), scene.problem.ranked.end(), 1)))
      for (std::size_t r = 0; r < std::min(options.ranks, found.listed.size()); ++r) {
        double sum = 0;
        for (auto const& shares : found.rank_share) sum += shares[r];
        CHECK(sum == Approx(1).epsilon(1e-9));
      }
  }
}

TEST_CASE("one worker, two and seven count the same, and shuffled rows count as themselves", "[robustness][unit]") {
  std::mt19937 random(23);
  std::vector<Values> const columns = random_columns(random, 5, 400, false);
  Scene const scene(columns, random_weights(random, 5));
  auto options = few(200, 10);
  options.with_range = 50;
  Acceptability const alone = acceptability(scene.problem, uniform_weights(scene), options);
  for (unsigned const workers : {2U, 7U}) {
    options.workers = workers;
    CHECK(same(alone, acceptability(scene.problem, uniform_weights(scene), options)));
  }
  std::vector<std::size_t> order(400);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), random);
  std::vector<Values> shuffled = columns;
  for (std::size_t j = 0; j < columns.size(); ++j)
    for (std::size_t i = 0; i < order.size(); ++i) {
      shuffled[j].value.values[i] = columns[j].value.values[order[i]];
      shuffled[j].value.known[i] = columns[j].value.known[order[i]];
      shuffled[j].low[i] = columns[j].low[order[i]];
      shuffled[j].high[i] = columns[j].high[order[i]];
    }
  Scene other(shuffled, scene.problem.weights);
  for (std::size_t i = 0; i < order.size(); ++i) {
    other.problem.id_rank[i] = static_cast<std::uint32_t>(order[i]);
    other.problem.row_key[i] = scene.problem.row_key[order[i]];
  }
  Acceptability const found = acceptability(other.problem, uniform_weights(other), options);
  for (std::size_t i = 0; i < order.size(); ++i) {
    CHECK(found.in_top.at(i) == alone.in_top.at(order[i]));
    CHECK(found.rank_low.at(i) == alone.rank_low.at(order[i]));
  }
  for (std::size_t i = 0; i < found.listed.size(); ++i) CHECK(order[found.listed[i]] == alone.listed[i]);
  CHECK(found.wins == alone.wins);
}

TEST_CASE("rows of one class whose value is not known share what is drawn", "[robustness][unit]") {
  std::vector<Values> columns{values_of({std::nullopt, std::nullopt, 0.5})};
  Scene scene(columns, {1});
  scene.problem.ranked = {1, 1, 1};
  for (std::size_t row = 0; row < 2; ++row) scene.problem.score.set(row, 0.4);
  auto const options = few(500, 1);
  Acceptability const apart = acceptability(scene.problem, uniform_weights(scene), options);
  scene.problem.value_key = {{42, 42, 0}};
  Acceptability const together = acceptability(scene.problem, uniform_weights(scene), options);
  CHECK(std::abs(together.in_top.values[0] - 0.5) < 0.1);
  CHECK(together.in_top.values[0] == together.in_top.values[1]);  // they tie in every draw
  CHECK(std::abs(apart.in_top.values[0] - 0.375) < 0.1);          // P(u > v, u > 1/2)
  CHECK(apart.in_top.values[0] + apart.in_top.values[1] + apart.in_top.values[2] == Approx(1));
}

TEST_CASE("a draw of factors is the same for all rows, and each counts in its turn", "[robustness][unit]") {
  Scene scene(columns_of({{0.5}, {0.5}, {0.6}}), {1});
  scene.problem.factor_draws = 4;
  std::vector<double> const values{0.1, 0.9, 0.7, 0.3};
  FactorValues both{0, {0, 1}, values, values};
  both.low.insert(both.low.end(), values.begin(), values.end());
  both.high = both.low;
  scene.problem.by_factors = {both};
  Acceptability const found = acceptability(scene.problem, uniform_weights(scene), few(400, 1));
  CHECK(found.in_top.values[0] == 0.5);  // both pass the third row in draws 2 and 3 of the factors, and tie
  CHECK(found.in_top.values[1] == 0.5);
  CHECK(found.in_top.values[2] == 0.5);
  CHECK(found.wins[0][1] == 0.5);
  CHECK(found.listed[0] == 2);  // the score itself rests on the central values
}

TEST_CASE("a value that rests on factors ties with one that does not", "[robustness][unit]") {
  Scene scene(columns_of({{0.9}, {0.9}}), {1});
  scene.problem.factor_draws = 2;
  scene.problem.by_factors = {{0, {0}, {0.9, 0.2}, {0.9, 0.2}}};
  Acceptability const found = acceptability(scene.problem, uniform_weights(scene), few(10, 1));
  CHECK(found.in_top.values[0] == 0.5);  // in the draws in which they tie
  CHECK(found.in_top.values[1] == 1);
}

TEST_CASE("one candidate, none, and a top that holds all", "[robustness][unit]") {
  Scene one(columns_of({{0.3, 0.7}}), {0.5, 0.5});
  Acceptability found = acceptability(one.problem, uniform_weights(one), few(10, 3));
  CHECK(found.in_top.values[0] == 1);
  CHECK(found.rank_share[0][0] == 1);
  CHECK(found.same_top == 10);
  one.problem.ranked = {0};
  found = acceptability(one.problem, uniform_weights(one), few(10, 3));
  CHECK(found.listed.empty());
  CHECK_FALSE(found.in_top.is_known(0));
  CHECK(error_of([&] { (void)acceptability(one.problem, uniform_weights(one), few(0, 3)); }).kind == ErrorKind::config);
  CHECK(error_of([&] { (void)acceptability(one.problem, uniform_weights(one), few(5, 0)); }).kind == ErrorKind::config);
}
