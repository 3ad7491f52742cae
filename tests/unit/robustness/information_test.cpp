#include "terrein/robustness/information.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "support/catch.hpp"
#include "unit/robustness/scenes.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// What a choice is worth: the points of the rows chosen, with the scores as they turn out.
double worth(std::vector<Row> const& rows, Column<double> const& score) {
  double sum = 0;
  for (Row const row : rows) sum += 100 * score.values[row];
  return sum;
}

}  // namespace

TEST_CASE("what knowing a value is worth is what choosing anew would gain, on average", "[robustness][unit]") {
  std::mt19937 random(53);
  std::size_t facts = 0;
  for (int world = 0; world < 25; ++world) {
    std::size_t const rows = 6 + random() % 10, criteria = 2 + random() % 3, k = 1 + random() % 4;
    std::vector<Values> columns;
    for (std::size_t j = 0; j < criteria; ++j) columns.push_back(random_values(random, rows));
    Scene scene(columns, random_weights(random, criteria));
    double const least = 0.6;
    std::vector<std::uint8_t> const standing(rows, 1);
    auto const completeness = weighted_sum(scene.problem.values, scene.problem.weights).completeness;
    for (Row row = 0; row < rows; ++row)
      if (completeness[row] < least) scene.problem.ranked[row] = 0;
    std::vector<Row> const chosen = best_rows(scene.problem, k);
    std::map<std::pair<Row, std::size_t>, MissingFact> found;
    for (MissingFact const& fact : worth_knowing(scene.problem, k, {}, least, standing))
      found[{fact.row, fact.index}] = fact;
    for (Row row = 0; row < rows; ++row)
      for (std::size_t j = 0; j < criteria; ++j) {
        if (columns[j].value.is_known(row)) continue;
        constexpr int steps = 2000;
        double gain = 0, chance = 0;
        for (int step = 0; step < steps; ++step) {
          auto known = columns;
          double const along = (step + 0.5) / steps;
          known[j].value.set(row, columns[j].low[row] + along * (columns[j].high[row] - columns[j].low[row]));
          Scene after(known, scene.problem.weights);
          after.problem.ranked = scene.problem.ranked;
          if (weighted_sum(after.problem.values, after.problem.weights).completeness[row] >= least)
            after.problem.ranked[row] = 1;
          std::vector<Row> const better = best_rows(after.problem, k);
          double const more = worth(better, after.problem.score) - worth(chosen, after.problem.score);
          gain += more / steps;
          chance += more > 1e-9 ? 1.0 / steps : 0;
        }
        INFO("world " << world << ", row " << row << ", criterion " << j);
        auto const fact = found.find({row, j});
        CHECK((fact == found.end() ? 0 : fact->second.gain) == Approx(gain).margin(2e-3).epsilon(2e-3));
        CHECK((fact == found.end() ? 0 : fact->second.chance) == Approx(chance).margin(2e-3));
        facts += fact != found.end() ? 1U : 0U;
      }
  }
  CHECK(facts > 60);
}

TEST_CASE("a doubtful exclusion of a chosen candidate is worth the one that would come instead", "[robustness][unit]") {
  Scene const scene(columns_of({{0.9}, {0.8}, {0.6}}), {1});
  DoubtfulRule const rule{3, {0.25, 0, 0.5}};
  auto const found = worth_knowing(scene.problem, 1, {rule}, 0.7, {1, 1, 1});
  REQUIRE(found.size() == 1);  // the third is not chosen, so that its failing changes nothing
  CHECK(found[0].row == 0);
  CHECK(found[0].is_rule);
  CHECK(found[0].index == 3);
  CHECK(found[0].gain == Approx(0.25 * 80));
}

TEST_CASE("the most points come first, and nothing is listed that changes nothing", "[robustness][unit]") {
  std::vector<Values> const columns{values_of({0.9, 0.55, 0.5, 0.5, 0.1}),
                                    values_of({0.9, 0.55, std::nullopt, std::nullopt, std::nullopt})};
  Scene scene(columns, {0.6, 0.4});
  scene.problem.id_rank = {0, 1, 3, 2, 4};
  auto const found = worth_knowing(scene.problem, 1, {}, 0.5, {1, 1, 1, 1, 1});
  CHECK(found.empty());  // none of them reaches 0.9
  auto const two = worth_knowing(scene.problem, 2, {}, 0.5, {1, 1, 1, 1, 1});
  REQUIRE(two.size() >= 2);
  for (std::size_t i = 1; i < two.size(); ++i) CHECK(two[i - 1].gain >= two[i].gain);
  CHECK(worth_knowing(scene.problem, 5, {}, 0.5, {1, 1, 1, 1, 1}).empty());  // all are chosen whatever is known
}

TEST_CASE("the chance that a rule applies is the part of what remains possible", "[robustness][unit]") {
  RuleTest const over = parse_rule_test(">0.02"), under = parse_rule_test("<100");
  CHECK(chance_of(over, 0, 0.08) == Approx(0.75));
  CHECK(chance_of(under, 50, 250) == Approx(0.25));
  CHECK(chance_of(over, 0.5, 0.6) == 1);
  CHECK(chance_of(over, 0, 0.01) == 0);
  CHECK(chance_of(over, 0.5, std::nullopt) == 1);
  CHECK(chance_of(over, std::nullopt, 0.01) == 0);
  CHECK(chance_of(under, std::nullopt, 50) == 1);
  CHECK(chance_of(under, 150, std::nullopt) == 0);
  CHECK(chance_of(over, std::nullopt, std::nullopt) == 0.5);
  CHECK(chance_of(over, 0, std::nullopt) == 0.5);
  CHECK(chance_of(parse_rule_test("in forest|park"), std::nullopt, std::nullopt) == 0.5);
}
