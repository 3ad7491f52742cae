// What holds for every method, and where it does not.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/decision/aggregation.hpp"
#include "unit/decision/toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr std::size_t criteria = 5;

Aggregation of(Method method, Normalisation normalisation = Normalisation::fixed) {
  Aggregation out;
  out.method = method;
  out.normalisation = normalisation;
  return out;
}

/// Methods in which no candidate changes the score of another.
std::vector<Aggregation> row_wise() {
  std::vector<Aggregation> out{of(Method::weighted_sum), of(Method::topsis), of(Method::vikor)};
  for (double const r : {1.0, 0.5, 0.0, -1.0, -8.0, -inf}) {
    out.push_back(of(Method::power_mean));
    out.back().compensation = r;
  }
  for (double const orness : {0.0, 0.2, 0.5, 0.9, 1.0}) {
    out.push_back(of(Method::owa));
    out.back().orness = orness;
  }
  for (double const v : {0.0, 1.0}) {
    out.push_back(of(Method::vikor));
    out.back().v = v;
  }
  return out;
}

std::vector<Aggregation> flows() {
  std::vector<Aggregation> out;
  for (Preference const& preference : std::vector<Preference>{{PreferenceKind::usual, 0, 0, 0},
                                                              {PreferenceKind::u_shape, 0.1, 0, 0},
                                                              {PreferenceKind::v_shape, 0, 0.4, 0},
                                                              {PreferenceKind::level, 0.1, 0.3, 0},
                                                              {PreferenceKind::linear, 0.1, 0.3, 0},
                                                              {PreferenceKind::gaussian, 0, 0, 0.2}}) {
    out.push_back(of(Method::promethee));
    out.back().preferences.assign(criteria, preference);
  }
  return out;
}

std::vector<Aggregation> every_method() {
  std::vector<Aggregation> out = row_wise();
  for (std::string const& name : known_normalisations()) out.push_back(of(Method::topsis, *normalisation(name)));
  out.push_back(of(Method::vikor, Normalisation::minmax));
  for (Aggregation const& one : flows()) out.push_back(one);
  return out;
}

std::vector<Values> random_criteria(std::mt19937& random, std::size_t rows) {
  std::vector<Values> out;
  for (std::size_t i = 0; i < criteria; ++i) out.push_back(random_values(random, rows));
  return out;
}

std::vector<double> random_weights(std::mt19937& random) {
  std::vector<double> out;
  for (std::size_t i = 0; i < criteria; ++i) out.push_back(uniform(random, 0.1, 3));
  return out;
}

void set_known(Values& values, std::size_t row, double value) {
  values.value.set(row, value);
  values.low[row] = values.high[row] = value;
}

Values taken(Values const& values, std::vector<std::size_t> const& rows) {
  Values out = values_of(Numbers(rows.size()));
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (auto const value = values.value.at(rows[row])) out.value.set(row, *value);
    out.low[row] = values.low[rows[row]];
    out.high[row] = values.high[rows[row]];
  }
  return out;
}

void check_same(Scores const& found, Scores const& expected) {
  CHECK((found.score.values == expected.score.values));
  CHECK((found.score.known == expected.score.known));
  CHECK((found.low == expected.low));
  CHECK((found.high == expected.high));
  CHECK((found.completeness == expected.completeness));
}

}  // namespace

TEST_CASE("candidates in another order have the same scores to the bit, in every method", "[decision][property]") {
  std::mt19937 random(101);
  std::size_t const rows = 300;
  auto const values = random_criteria(random, rows);
  auto const weights = random_weights(random);
  std::vector<std::size_t> order(rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), random);
  std::vector<Values> moved;
  for (Values const& column : values) moved.push_back(taken(column, order));
  for (Aggregation const& aggregation : every_method()) {
    INFO(describe(aggregation).en);
    auto const before = aggregate(pointers(values), weights, aggregation);
    auto const after = aggregate(pointers(moved), weights, aggregation);
    std::size_t different = 0;
    for (std::size_t row = 0; row < rows; ++row)
      different += after.score.at(row) == before.score.at(order[row]) && after.low[row] == before.low[order[row]] &&
                           after.high[row] == before.high[order[row]] &&
                           after.completeness[row] == before.completeness[order[row]]
                       ? 0U
                       : 1U;
    CHECK(different == 0);
  }
}

TEST_CASE("1, 2 and 7 workers give the same bytes in every method", "[decision][property]") {
  std::mt19937 random(102);
  auto const values = random_criteria(random, 9001);
  auto const weights = random_weights(random);
  for (Aggregation const& aggregation : every_method()) {
    INFO(describe(aggregation).en);
    auto const one = aggregate(pointers(values), weights, aggregation, 1);
    for (unsigned const workers : {2U, 7U}) check_same(aggregate(pointers(values), weights, aggregation, workers), one);
  }
  std::vector<Veto> const vetoes{{0, 0.4}, {3, 0.2}};
  auto const one = vetoes_of(pointers(values), vetoes, 1);
  for (unsigned const workers : {2U, 7U}) {
    CHECK((vetoes_of(pointers(values), vetoes, workers).result == one.result));
    CHECK((vetoes_of(pointers(values), vetoes, workers).by == one.by));
  }
}

TEST_CASE("row-wise methods do not see the other candidates", "[decision][property]") {
  std::mt19937 random(103);
  auto const values = random_criteria(random, 60);
  auto const weights = random_weights(random);
  for (Aggregation const& aggregation : row_wise()) {
    INFO(describe(aggregation).en);
    auto const all = aggregate(pointers(values), weights, aggregation);
    for (std::size_t row = 0; row < 60; row += 7) {
      std::vector<Values> alone;
      for (Values const& column : values) alone.push_back(taken(column, {row}));
      auto const found = aggregate(pointers(alone), weights, aggregation);
      CHECK(found.score.at(0) == all.score.at(row));
      CHECK(found.low[0] == all.low[row]);
      CHECK(found.high[0] == all.high[row]);
    }
  }
}

TEST_CASE("the default is the weighted sum to the bit", "[decision][property]") {
  std::mt19937 random(104);
  auto const values = random_criteria(random, 700);
  auto const weights = random_weights(random);
  auto const expected = weighted_sum(pointers(values), weights);
  check_same(aggregate(pointers(values), weights, {}), expected);
  check_same(aggregate(pointers(values), weights, of(Method::power_mean)), expected);
  auto const neutral = aggregate(pointers(values), weights, of(Method::owa));  // orness 0.5
  for (std::size_t row = 0; row < 700; ++row) {
    REQUIRE(neutral.score.is_known(row) == expected.score.is_known(row));
    CHECK(neutral.score.values[row] == within(expected.score.values[row], 1e-12));
    CHECK(neutral.low[row] == within(expected.low[row], 1e-12));
    CHECK(neutral.high[row] == within(expected.high[row], 1e-12));
  }
}

TEST_CASE("a better value never lowers a score or its range, but where scales depend on the candidates",
          "[decision][property]") {
  std::mt19937 random(105);
  auto monotone = row_wise();
  for (Aggregation const& one : flows()) monotone.push_back(one);
  for (int round = 0; round < 60; ++round) {
    auto values = random_criteria(random, 6);
    auto const weights = random_weights(random);
    auto const before_values = values;
    std::size_t const row = random() % 6, criterion = random() % criteria;
    if (!values[criterion].value.is_known(row)) continue;
    set_known(values[criterion], row, uniform(random, values[criterion].value.values[row], 1));
    for (Aggregation const& aggregation : monotone) {
      INFO(describe(aggregation).en);
      auto const before = aggregate(pointers(before_values), weights, aggregation);
      auto const after = aggregate(pointers(values), weights, aggregation);
      CHECK(after.score.values[row] >= before.score.values[row] - 1e-12);
      CHECK(after.low[row] >= before.low[row] - 1e-12);
      CHECK(after.high[row] >= before.high[row] - 1e-12);
    }
  }
}

TEST_CASE("whatever the missing values turn out to be, the score lies in its range", "[decision][property]") {
  std::mt19937 random(106);
  for (int round = 0; round < 60; ++round) {
    auto const values = random_criteria(random, 8);
    auto const weights = random_weights(random);
    auto filled = values;
    for (Values& column : filled)
      for (std::size_t row = 0; row < 8; ++row)
        if (!column.value.is_known(row)) set_known(column, row, uniform(random, column.low[row], column.high[row]));
    for (Aggregation const& aggregation : row_wise()) {
      INFO(describe(aggregation).en);
      auto const open = aggregate(pointers(values), weights, aggregation);
      auto const closed = aggregate(pointers(filled), weights, aggregation);
      for (std::size_t row = 0; row < 8; ++row) {
        CHECK(closed.score.values[row] >= open.low[row] - 1e-12);
        CHECK(closed.score.values[row] <= open.high[row] + 1e-12);
      }
    }
  }
}

TEST_CASE("all scores and ranges lie within 0 to 1 around the score", "[decision][property]") {
  std::mt19937 random(107);
  for (int round = 0; round < 20; ++round) {
    auto const values = random_criteria(random, 30);
    auto const weights = random_weights(random);
    for (Aggregation const& aggregation : every_method()) {
      INFO(describe(aggregation).en);
      auto const found = aggregate(pointers(values), weights, aggregation);
      bool good = true;
      for (std::size_t row = 0; row < 30; ++row) {
        good = good && found.low[row] >= -1e-12 && found.low[row] <= found.high[row] && found.high[row] <= 1 + 1e-12;
        if (!found.score.is_known(row)) continue;
        good = good && found.low[row] <= found.score.values[row] && found.score.values[row] <= found.high[row];
      }
      CHECK(good);
    }
  }
}

TEST_CASE("less compensation never gives more", "[decision][property]") {
  std::mt19937 random(108);
  auto const values = random_criteria(random, 500);
  auto const weights = random_weights(random);
  std::vector<Scores> falling;
  for (double const r : {1.0, 0.0, -1.0, -inf}) {
    auto mean = of(Method::power_mean);
    mean.compensation = r;
    falling.push_back(aggregate(pointers(values), weights, mean));
  }
  for (std::size_t i = 1; i < falling.size(); ++i)
    for (std::size_t row = 0; row < 500; ++row) {
      CHECK(falling[i].score.values[row] <= falling[i - 1].score.values[row] + 1e-12);
      CHECK(falling[i].low[row] <= falling[i - 1].low[row] + 1e-12);
      CHECK(falling[i].high[row] <= falling[i - 1].high[row] + 1e-12);
    }
}

TEST_CASE("a criterion split into two halves changes nothing, but in TOPSIS and VIKOR", "[decision][property]") {
  // TOPSIS squares weights and VIKOR looks for the largest: half a weight twice is not the same there.
  std::mt19937 random(109);
  std::size_t changed_topsis = 0, changed_vikor = 0;
  for (int round = 0; round < 40; ++round) {
    auto const values = random_criteria(random, 12);
    auto const weights = random_weights(random);
    auto split_values = values;
    auto split_weights = weights;
    split_weights[1] /= 2;
    split_weights.push_back(split_weights[1]);
    split_values.push_back(values[1]);
    auto const largest_change = [&](Aggregation aggregation) {
      auto const before = aggregate(pointers(values), weights, aggregation);
      if (!aggregation.preferences.empty()) aggregation.preferences.push_back(aggregation.preferences[1]);
      auto const after = aggregate(pointers(split_values), split_weights, aggregation);
      double change = 0;
      for (std::size_t row = 0; row < 12; ++row)
        change = std::max({change, std::abs(after.score.values[row] - before.score.values[row]),
                           std::abs(after.low[row] - before.low[row]), std::abs(after.high[row] - before.high[row])});
      return change;
    };
    for (Aggregation const& aggregation : every_method()) {
      if (aggregation.method == Method::topsis || aggregation.method == Method::vikor) continue;
      INFO(describe(aggregation).en);
      CHECK(largest_change(aggregation) < 1e-12);
    }
    changed_topsis += largest_change(of(Method::topsis)) > 1e-6 ? 1U : 0U;
    changed_vikor += largest_change(of(Method::vikor)) > 1e-6 ? 1U : 0U;
  }
  CHECK(changed_topsis > 20);
  CHECK(changed_vikor > 20);
}

TEST_CASE("values that nobody may look at do not matter", "[decision][property]") {
  std::mt19937 random(110);
  auto values = random_criteria(random, 200);
  auto weights = random_weights(random);
  weights[2] = 0;
  auto spoilt = values;
  for (std::size_t row = 0; row < 200; ++row)
    for (Values& column : spoilt)
      if (!column.value.is_known(row)) column.value.values[row] = std::nan("");
  spoilt[2].value.values.assign(200, inf);
  spoilt[2].low.assign(200, std::nan(""));
  for (Aggregation const& aggregation : every_method()) {
    INFO(describe(aggregation).en);
    auto const before = aggregate(pointers(values), weights, aggregation);
    auto const after = aggregate(pointers(spoilt), weights, aggregation);
    CHECK(listed(after.score) == listed(before.score));
    CHECK((after.low == before.low));
    CHECK((after.high == before.high));
  }
}
