#include "terrein/decision/criteria_tree.hpp"

#include <cmath>
#include <limits>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "unit/decision/toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr auto none = std::nullopt;

/// whole: 0, and access (1, 2, and water: 3, 4), and land (5) with a weight of its own.
CriteriaGroup example() {
  CriteriaGroup const water{"water", {}, {}, {3, 4}, {}};
  CriteriaGroup const access{"access", {}, {}, {1, 2}, {water}};
  CriteriaGroup const land{"land", 4, {}, {5}, {}};
  return {"whole", {}, {}, {0}, {access, land}};
}

std::vector<Values> random_criteria(std::mt19937& random, std::size_t rows) {
  std::vector<Values> out;
  for (std::size_t i = 0; i < 6; ++i) out.push_back(random_values(random, rows));
  return out;
}

Aggregation of(Method method) {
  Aggregation out;
  out.method = method;
  return out;
}

}  // namespace

TEST_CASE("weights along a tree multiply", "[decision][unit]") {
  // whole: 1, access 2 + 3 + (1 + 2) = 8, land 4: 13 in all; within access 2, 3 and water 3 of 8.
  auto const flat = flat_weights(example(), {1, 2, 3, 1, 2, 9});
  std::vector<double> const expected{1.0 / 13, 2.0 / 13, 3.0 / 13, 1.0 / 13, 2.0 / 13, 4.0 / 13};
  for (std::size_t i = 0; i < 6; ++i) CHECK(flat[i] == within(expected[i], 1e-15));
}

TEST_CASE("a weighted sum over a tree is the flat one, also where values are missing", "[decision][property]") {
  std::mt19937 random(31);
  for (Method const method : {Method::weighted_sum, Method::promethee})
    for (int round = 0; round < 50; ++round) {
      auto const values = random_criteria(random, 30);
      std::vector<double> weights;
      for (int i = 0; i < 6; ++i) weights.push_back(i == round % 9 ? 0 : uniform(random, 0.1, 3));
      if (weights[5] == 0) continue;  // its group has a weight
      auto const nested = aggregate_tree(pointers(values), weights, of(method), example());
      auto const flat = aggregate(pointers(values), flat_weights(example(), weights), of(method));
      for (std::size_t row = 0; row < 30; ++row) {
        REQUIRE(nested.scores.score.is_known(row) == flat.score.is_known(row));
        CHECK(nested.scores.score.values[row] == within(flat.score.values[row], 1e-12));
        CHECK(nested.scores.low[row] == within(flat.low[row], 1e-12));
        CHECK(nested.scores.high[row] == within(flat.high[row], 1e-12));
        CHECK(nested.scores.completeness[row] == within(flat.completeness[row], 1e-12));
      }
    }
}

TEST_CASE("every group has its own score, and joins its members in its own way", "[decision][unit]") {
  std::vector<Values> const values{values_of({1.0, none}), values_of({0.9, 0.9}),  values_of({0.1, none}),
                                   values_of({0.5, none}), values_of({0.5, none}), values_of({0.0, none})};
  auto tree = example();
  tree.groups[0].compensation = -std::numeric_limits<double>::infinity();
  auto const found = aggregate_tree(pointers(values), {1, 1, 1, 1, 1, 1}, {}, tree);
  REQUIRE(found.sub_scores.size() == 3);
  CHECK(found.sub_scores[0].key == "access");
  CHECK(found.sub_scores[1].key == "water");
  CHECK(found.sub_scores[2].key == "land");
  Scores const &access = found.sub_scores[0].scores, &water = found.sub_scores[1].scores;
  CHECK(listed(access.score) == Numbers{0.1, 0.9});  // the minimum of what is known
  CHECK(access.low[1] == 0);
  CHECK(access.high[1] == 0.9);
  CHECK(access.completeness[1] == 0.25);
  CHECK(listed(water.score) == Numbers{0.5, none});
  CHECK(water.low[1] == 0);
  CHECK(water.high[1] == 1);
  CHECK(listed(found.sub_scores[2].scores.score) == Numbers{0, none});
  // Weights 1, 4 and 4 of 9; of row 1 only access is known, for a quarter.
  CHECK(found.scores.score.values[0] == within((1 + 4 * 0.1 + 0) / 9, 1e-15));
  CHECK(found.scores.score.values[1] == within(0.9, 1e-15));
  CHECK(found.scores.completeness[1] == within(1.0 / 9, 1e-15));
  CHECK(found.scores.low[1] == 0);
  CHECK(found.scores.high[1] == within((1 + 4 * 0.9 + 4) / 9, 1e-15));
}

TEST_CASE("the range of a group includes its score, without moving that of the whole", "[decision][unit]") {
  // Half of the group is 0.9, the other half within 0.2 to 0.4: renormalised 0.9, filled in 0.55 to 0.65.
  std::vector<Values> values{values_of({0.9}), values_of({none}), values_of({0.1})};
  values[1].low[0] = 0.2;
  values[1].high[0] = 0.4;
  CriteriaGroup const tree{"whole", {}, {}, {2}, {{"group", {}, {}, {0, 1}, {}}}};
  auto const found = aggregate_tree(pointers(values), {1, 1, 2}, {}, tree);
  Scores const& group = found.sub_scores[0].scores;
  CHECK(group.score.at(0) == 0.9);
  CHECK(group.low[0] == within(0.55, 1e-15));
  CHECK(group.high[0] == 0.9);
  CHECK(found.scores.score.values[0] == within((0.9 + 2 * 0.1) / 3, 1e-15));
  CHECK(found.scores.low[0] == within((0.55 + 0.1) / 2, 1e-15));
  CHECK(found.scores.high[0] == within((0.65 + 0.1) / 2, 1e-15));
}

TEST_CASE("a tree without groups is no tree, and every method nests", "[decision][unit]") {
  std::mt19937 random(32);
  auto const values = random_criteria(random, 200);
  std::vector<double> const weights{1, 2, 3, 1, 2, 3};
  CriteriaGroup const flat{"all", {}, {}, {5, 0, 1, 2, 3, 4}, {}};
  for (Method const method :
       {Method::weighted_sum, Method::power_mean, Method::owa, Method::topsis, Method::vikor, Method::promethee}) {
    auto settings = of(method);
    settings.compensation = 0;
    settings.orness = 0.3;
    auto const expected = aggregate(pointers(values), weights, settings);
    auto const found = aggregate_tree(pointers(values), weights, settings, flat);
    CHECK(found.sub_scores.empty());
    CHECK((found.scores.score.values == expected.score.values));
    CHECK((found.scores.low == expected.low));
    auto const one = aggregate_tree(pointers(values), weights, settings, example(), 1);
    for (unsigned const workers : {2U, 7U}) {
      auto const many = aggregate_tree(pointers(values), weights, settings, example(), workers);
      CHECK((many.scores.score.values == one.scores.score.values));
      CHECK((many.sub_scores[0].scores.high == one.sub_scores[0].scores.high));
    }
    bool good = true;
    for (std::size_t row = 0; row < 200; ++row)
      good = good && one.scores.low[row] >= -1e-12 && one.scores.high[row] <= 1 + 1e-12 &&
             one.scores.low[row] <= one.scores.high[row];
    CHECK(good);
  }
}

TEST_CASE("a geometric mean of groups is that of the criteria below", "[decision][twin]") {
  // On complete data: the product of products, with weights multiplied.
  std::mt19937 random(33);
  std::vector<Values> values;
  for (int i = 0; i < 6; ++i) {
    Numbers column(20);
    for (auto& value : column) value = uniform(random, 0.05, 1);
    values.push_back(values_of(column));
  }
  std::vector<double> const weights{1, 2, 3, 1, 2, 3};
  auto settings = of(Method::power_mean);
  settings.compensation = 0;
  auto const nested = aggregate_tree(pointers(values), weights, settings, example());
  auto const flat = aggregate(pointers(values), flat_weights(example(), weights), settings);
  for (std::size_t row = 0; row < 20; ++row)
    CHECK(nested.scores.score.values[row] == within(flat.score.values[row], 1e-12));
}

TEST_CASE("whatever is missing below a tree, its scores lie in their ranges", "[decision][property]") {
  std::mt19937 random(34);
  auto tree = example();
  tree.groups[0].compensation = -1;
  for (int round = 0; round < 60; ++round) {
    auto const values = random_criteria(random, 8);
    auto filled = values;
    for (Values& column : filled)
      for (std::size_t row = 0; row < 8; ++row)
        if (!column.value.is_known(row)) {
          column.value.set(row, uniform(random, column.low[row], column.high[row]));
          column.low[row] = column.high[row] = column.value.values[row];
        }
    for (Method const method : {Method::weighted_sum, Method::owa, Method::topsis, Method::vikor}) {
      auto const open = aggregate_tree(pointers(values), {1, 2, 3, 1, 2, 3}, of(method), tree);
      auto const closed = aggregate_tree(pointers(filled), {1, 2, 3, 1, 2, 3}, of(method), tree);
      for (std::size_t row = 0; row < 8; ++row) {
        CHECK(closed.scores.score.values[row] >= open.scores.low[row] - 1e-12);
        CHECK(closed.scores.score.values[row] <= open.scores.high[row] + 1e-12);
        for (std::size_t group = 0; group < 3; ++group) {
          CHECK(closed.sub_scores[group].scores.score.values[row] >= open.sub_scores[group].scores.low[row] - 1e-12);
          CHECK(closed.sub_scores[group].scores.score.values[row] <= open.sub_scores[group].scores.high[row] + 1e-12);
        }
      }
    }
  }
}

TEST_CASE("a group without weight has no score and counts for nothing", "[decision][unit]") {
  std::vector<Values> values;
  for (int i = 0; i < 6; ++i) values.push_back(values_of({0.1 * (i + 1)}));
  auto const found = aggregate_tree(pointers(values), {1, 1, 1, 0, 0, 1}, {}, example());
  Scores const& water = found.sub_scores[1].scores;
  CHECK(!water.score.is_known(0));
  CHECK(water.low[0] == 0);
  CHECK(water.high[0] == 1);
  CHECK(found.sub_scores[0].scores.completeness[0] == 1);
  CHECK(found.scores.score.values[0] == within((0.1 + 0.2 + 0.3 + 4 * 0.6) / 7, 1e-15));
}

TEST_CASE("a tree that is none is refused by the name of its group", "[decision][unit]") {
  std::vector<Values> values;
  for (int i = 0; i < 6; ++i) values.push_back(values_of({0.5}));
  auto const refused = [&](CriteriaGroup const& tree, std::vector<double> const& weights, std::string const& words,
                           Aggregation const& settings = {}) {
    auto const thrown = error_of([&] { (void)aggregate_tree(pointers(values), weights, settings, tree); });
    INFO(thrown.text);
    CHECK(thrown.kind == ErrorKind::config);
    CHECK(thrown.text.find(words) != std::string::npos);
  };
  std::vector<double> const weights(6, 1);
  auto tree = example();
  tree.criteria = {};
  refused(tree, weights, "Criterion 1 is in no group");
  tree = example();
  tree.groups[1].criteria = {5, 3};
  refused(tree, weights, "Criterion 4 stands in the tree twice");
  tree.groups[1].criteria = {5, 6};
  refused(tree, weights, "criterion 7 of 6");
  tree = example();
  tree.groups[1].key = "water";
  refused(tree, weights, "called 'water'");
  tree = example();
  tree.groups.push_back({"empty", {}, {}, {}, {}});
  refused(tree, weights, "'empty' has no members");
  tree = example();
  tree.groups[1].weight = -1;
  refused(tree, weights, "weight '-1'");
  tree.groups[1].weight = 0;
  refused(tree, {0, 0, 0, 0, 0, 1}, "sum to '0'");
  refused(example(), {1, 1, 1, 1, 1, 0}, "'land' has the weight '4'");
  tree = example();
  tree.groups[0].compensation = 3;
  refused(tree, weights, "compensation '3'");
  auto vector = of(Method::topsis);
  vector.normalisation = Normalisation::vector;
  refused(example(), weights, "'vector'", vector);
}
