// Why scores differ: hand arithmetic, and a second opinion that changes the causes in all 120 orders and scores every
// state with `weighted_sum`.
#include "terrein/decision/attribution.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "support/catch.hpp"
#include "toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

struct World {
  std::vector<WeightPair> weights;
  std::vector<ValuePair> values;
};

double points(std::vector<CriterionPoints> const& parts, std::size_t criterion, Cause cause) {
  for (CriterionPoints const& one : parts)
    if (one.criterion == criterion && one.cause == cause) return one.points;
  return 0;
}

double total(std::vector<CriterionPoints> const& parts, Cause cause) {
  double out = 0;
  for (CriterionPoints const& one : parts)
    if (one.cause == cause) out += one.points;
  return out;
}

double total(std::vector<CriterionPoints> const& parts) {
  double out = 0;
  for (CriterionPoints const& one : parts) out += one.points;
  return out;
}

std::vector<CriterionPoints> explain(World const& world) {
  return ScoreAttribution(world.weights).explain(world.values);
}

/// The score of a state by what the library scores with; `after` by cause, in the order of `all_causes`.
std::optional<double> score(World const& world, std::array<bool, cause_count> const& after) {
  auto const [measure, known, function, weight, criteria] = after;
  double unit[2] = {0, 0};
  for (WeightPair const& one : world.weights)
    if (one.before && one.after) {
      unit[0] += *one.before;
      unit[1] += *one.after;
    }
  std::vector<Values> columns;
  std::vector<double> shares;
  for (std::size_t i = 0; i < world.weights.size(); ++i) {
    auto const [before, now] = world.weights[i];
    auto const& [v, w, old_new, new_old] = world.values[i];
    bool const common = before && now;
    std::optional<double> value;
    if (!common) {
      value = before ? v : w;
    } else if (known ? w.has_value() : v.has_value()) {
      if (v && w)
        value = measure ? (function ? w : new_old) : (function ? old_new : v);
      else
        value = v ? (function ? old_new : v) : (function ? w : new_old);
    }
    double const share = common     ? (weight ? *now / unit[1] : *before / unit[0])
                         : before   ? (criteria ? 0 : *before / unit[0])
                         : criteria ? *now / unit[1]
                                    : 0;
    columns.push_back(values_of({value}));
    shares.push_back(share);
  }
  double const sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& one : shares) one /= sum;
  return weighted_sum(pointers(columns), shares).score.at(0);
}

/// Shapley's definition, word for word: the mean over all orders of what a cause adds when its turn comes.
std::optional<PointsByCause> by_all_orders(World const& world) {
  std::array<std::size_t, cause_count> order{0, 1, 2, 3, 4};
  PointsByCause out{};
  int orders = 0;
  do {
    std::array<bool, cause_count> after{};
    auto last = score(world, after);
    for (std::size_t const cause : order) {
      after[cause] = true;
      auto const now = score(world, after);
      if (!last || !now) return std::nullopt;
      out[cause] += 100 * (*now - *last);
      last = now;
    }
    ++orders;
  } while (std::next_permutation(order.begin(), order.end()));
  for (double& one : out) one /= orders;
  return out;
}

World random_world(std::mt19937& random, bool all_known) {
  World out;
  std::size_t const count = 2 + random() % 6;
  for (std::size_t i = 0; i < count; ++i) {
    auto const weight = [&] { return random() % 6 == 0 ? 0 : std::round(uniform(random, 1, 30)); };
    double const before = weight(), after = random() % 2 == 0 ? before : weight();
    out.weights.push_back({before, after});
    if (i > 0 && random() % 8 == 0)
      out.weights.back().before.reset();
    else if (i > 0 && random() % 8 == 0)
      out.weights.back().after.reset();
    auto const value = [&] { return all_known || random() % 4 != 0 ? std::optional(uniform(random)) : std::nullopt; };
    ValuePair pair{value(), value(), uniform(random), uniform(random)};
    if (random() % 3 == 0) pair = {pair.before, pair.before, pair.before, pair.before};
    out.values.push_back(pair);
  }
  out.weights[0] = {*out.weights[0].before + 1, *out.weights[0].after + 1};
  return out;
}

World turned(World const& world) {
  World out;
  for (WeightPair const& one : world.weights) out.weights.push_back({one.after, one.before});
  for (ValuePair const& one : world.values)
    out.values.push_back({one.after, one.before, one.new_measure_old_function, one.old_measure_new_function});
  return out;
}

}  // namespace

TEST_CASE("another measure gives its criterion weight times the difference of its values") {
  // 0.75 * (0.9 - 0.5) = 0.3
  auto const parts = explain({{{3, 3}, {1, 1}}, {{0.5, 0.9, 0.5, 0.9}, {0.2, 0.2, 0.2, 0.2}}});
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].criterion == 0);
  CHECK(parts[0].cause == Cause::measure);
  CHECK(parts[0].points == Approx(30));
}

TEST_CASE("another value function on the same measure is told from another measure") {
  // Both changed: f(m) = 0.2, f(m') = 0.4, f'(m) = 0.5, f'(m') = 1. Measure: ((0.4-0.2) + (1-0.5)) / 2 = 0.35.
  auto const parts = explain({{{1, 1}}, {{0.2, 1, 0.5, 0.4}}});
  CHECK(points(parts, 0, Cause::measure) == Approx(35));
  CHECK(points(parts, 0, Cause::value_function) == Approx(45));
  // Where mixed values cannot be told: the one that can fixes the other, else halves.
  CHECK(points(explain({{{1, 1}}, {{0.2, 1, 0.5, {}}}}), 0, Cause::value_function) == Approx(30));
  CHECK(points(explain({{{1, 1}}, {{0.2, 1, {}, 0.4}}}), 0, Cause::measure) == Approx(20));
  auto const halves = explain({{{1, 1}}, {{0.2, 1, {}, {}}}});
  CHECK(points(halves, 0, Cause::measure) == Approx(40));
  CHECK(points(halves, 0, Cause::value_function) == Approx(40));
}

TEST_CASE("the weight that was changed has all of it, though the shares of the others change too") {
  // 0.5 and 0.25, 0.25 become 0.75 and 0.125, 0.125: 0.25 more of 0.8 instead of the others' mean 0.3.
  auto const parts =
      explain({{{2, 6}, {1, 1}, {1, 1}}, {{0.8, 0.8, 0.8, 0.8}, {0.2, 0.2, 0.2, 0.2}, {0.4, 0.4, 0.4, 0.4}}});
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].cause == Cause::weight);
  CHECK(parts[0].points == Approx(12.5));
  // Another scale is no change.
  CHECK(explain({{{2, 40}, {1, 20}}, {{0.8, 0.8, 0.8, 0.8}, {0.2, 0.2, 0.2, 0.2}}}).empty());
}

TEST_CASE("what becomes known has what it adds to the score of the others") {
  // Before 0.6 of the other alone; after 0.25 * 0.2 + 0.75 * 0.6 = 0.5.
  World const world{{{1, 1}, {3, 3}}, {{{}, 0.2, {}, 0.2}, {0.6, 0.6, 0.6, 0.6}}};
  auto const parts = explain(world);
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].cause == Cause::known);
  CHECK(parts[0].criterion == 0);
  CHECK(parts[0].points == Approx(-10));
  CHECK(explain(turned(world)).at(0).points == Approx(10));
  // Its function changed as well, 0.4 under the old one: half of 0.25 * (0.2 - 0.4) is the function's.
  auto const both = explain({{{1, 1}, {3, 3}}, {{{}, 0.2, {}, 0.4}, {0.6, 0.6, 0.6, 0.6}}});
  CHECK(points(both, 0, Cause::value_function) == Approx(-2.5));
  CHECK(points(both, 0, Cause::known) == Approx(-7.5));
}

TEST_CASE("criteria that join and leave have what they add, and the others nothing") {
  // 0.6 before; with weight 1 of 4 for a value of 1: 0.7.
  World const joined{{{3, 3}, {{}, 1}}, {{0.6, 0.6, 0.6, 0.6}, {{}, 1, {}, {}}}};
  auto const parts = explain(joined);
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].cause == Cause::criteria);
  CHECK(parts[0].criterion == 1);
  CHECK(parts[0].points == Approx(10));
  CHECK(explain(turned(joined)).at(0).points == Approx(-10));
  // One that joins without a value changes nothing.
  CHECK(explain({{{3, 3}, {{}, 1}}, {{0.6, 0.6, 0.6, 0.6}, {}}}).empty());
}

TEST_CASE("nothing in common, nothing known in between, nothing known at all") {
  // Other criteria altogether.
  auto const other = explain({{{1, {}}, {{}, 1}}, {{0.2, {}, {}, {}}, {{}, 0.9, {}, {}}}});
  CHECK(total(other) == Approx(70));
  CHECK(total(other, Cause::criteria) == Approx(70));
  // A is known before and weighs nothing after, B the other way round: halfway nothing that counts is known.
  auto const gap = explain({{{1, 0}, {0, 1}}, {{0.2, {}, 0.2, {}}, {{}, 0.9, {}, 0.9}}});
  CHECK(total(gap) == Approx(70));
  for (CriterionPoints const& one : gap) CHECK(std::abs(one.points) <= 100);
  // No score on one side: no difference.
  CHECK(explain({{{1, 1}}, {{{}, 0.5, {}, 0.5}}}).empty());
  CHECK(explain({{{1, 1}}, {{}}}).empty());
  CHECK_THROWS(ScoreAttribution({{0, 1}}));
  CHECK_THROWS(ScoreAttribution({}));
  CHECK_THROWS(ScoreAttribution({{1, 1}}).explain({}));
}

TEST_CASE("parts are those of all 120 orders, and add up to the difference") {
  std::mt19937 random(20260504);
  int compared = 0, incomplete = 0;
  for (int round = 0; round < 3000; ++round) {
    World const world = random_world(random, round % 2 == 0);
    auto const before = score(world, {}), after = score(world, {true, true, true, true, true});
    auto const parts = explain(world);
    if (!before || !after) {
      CHECK(parts.empty());
      continue;
    }
    REQUIRE(std::abs(total(parts) - 100 * (*after - *before)) < 1e-10);
    auto const wanted = by_all_orders(world);
    if (!wanted) {
      ++incomplete;
      continue;
    }
    ++compared;
    for (Cause const cause : all_causes)
      REQUIRE(std::abs(total(parts, cause) - (*wanted)[static_cast<std::size_t>(cause)]) < 1e-9);
  }
  CHECK(compared > 2000);
  CHECK(incomplete > 0);
}

TEST_CASE("the way back has the other sign, and the order of the criteria does not matter") {
  std::mt19937 random(7);
  for (int round = 0; round < 1000; ++round) {
    World const world = random_world(random, false);
    auto const there = explain(world), back = explain(turned(world));
    REQUIRE(there.size() == back.size());
    for (CriterionPoints const& one : there)
      REQUIRE(points(back, one.criterion, one.cause) == Approx(-one.points).margin(1e-9));
    World mirrored = world;
    std::reverse(mirrored.weights.begin(), mirrored.weights.end());
    std::reverse(mirrored.values.begin(), mirrored.values.end());
    auto const mirror = explain(mirrored);
    for (CriterionPoints const& one : there)
      REQUIRE(points(mirror, world.weights.size() - 1 - one.criterion, one.cause) == Approx(one.points).margin(1e-9));
  }
}

TEST_CASE("a criterion in which nothing changed has no part") {
  std::mt19937 random(11);
  for (int round = 0; round < 1000; ++round) {
    World world = random_world(random, false);
    world.weights.push_back({5, 5});
    double const value = uniform(random);
    world.values.push_back({value, value, value, value});
    for (CriterionPoints const& one : explain(world)) REQUIRE(one.criterion + 1 < world.weights.size());
  }
}

TEST_CASE("why a rule says something else") {
  using enum RuleResult;
  CHECK(rule_reason(pass, fail, fail, pass) == RuleReason::measure);
  CHECK(rule_reason(pass, fail, pass, fail) == RuleReason::test);
  CHECK(rule_reason(pass, fail, pass, pass) == RuleReason::measure_and_test);
  CHECK(rule_reason(pass, fail, fail, fail) == RuleReason::measure_and_test);
  CHECK(rule_reason(unknown, pass, pass, unknown) == RuleReason::measure);
}
