#include <cmath>
#include <limits>
#include <numeric>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "unit/decision/toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr auto none = std::nullopt;

Scores score(std::vector<Values> const& values, std::vector<double> const& weights) {
  return weighted_sum(pointers(values), normalised_weights(weights, "toy"));
}

std::vector<std::uint8_t> all(Column<double> const& column) { return std::vector<std::uint8_t>(column.size(), 1); }

std::vector<double> random_weights(std::mt19937& random, std::size_t n) {
  std::vector<double> out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(uniform(random, 0.1, 10));
  return normalised_weights(out, "toy");
}

std::vector<Values> random_criteria(std::mt19937& random, std::size_t n, std::size_t rows) {
  std::vector<Values> out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(random_values(random, rows));
  return out;
}

void check_ranks(Column<double> const& column, nlohmann::json const& expected) {
  auto const found = ranks(column, all(column));
  for (std::size_t row = 0; row < expected.size(); ++row) CHECK(found.at(row) == expected[row].get<double>());
}

}  // namespace

TEST_CASE("the weighted sum agrees with the published scores", "[decision][oracle]") {
  auto const a01 = oracle("a01");
  if (a01.is_null()) return;
  auto const& matrix = a01["input"]["matrix"];
  std::vector<Values> values;
  for (std::size_t column = 0; column < matrix[0].size(); ++column) {
    bool const inverted = a01["input"]["objectives"][column] == "min";
    Numbers normalised;
    double sum = 0;
    for (auto const& row : matrix) {
      double const x = row[column].get<double>();
      normalised.push_back(inverted ? 1 / x : x);
      sum += *normalised.back();
    }
    for (auto& value : normalised) *value /= sum;
    values.push_back(values_of(normalised));
  }
  auto const found = score(values, a01["input"]["weights"].get<std::vector<double>>());
  for (std::size_t row = 0; row < matrix.size(); ++row)
    CHECK(found.score.values[row] == Approx(a01["expected"]["score"][row].get<double>()).margin(1e-7));
  check_ranks(found.score, a01["expected"]["rank"]);
}

TEST_CASE("fixed goal-posts agree with the published distances to the ideal", "[decision][oracle]") {
  auto const a17 = oracle("a17");
  if (a17.is_null()) return;
  auto const &in = a17["input"], &expected = a17["expected"];
  std::vector<Values> values;
  for (std::size_t column = 0; column < in["bounds"].size(); ++column) {
    bool const more = in["objectives"][column] == "max";
    std::string const worst = in["bounds"][column][more ? 0 : 1].dump(),
                      best = in["bounds"][column][more ? 1 : 0].dump();
    Numbers raw;
    for (auto const& row : in["matrix"]) raw.push_back(row[column].get<double>());
    values.push_back(evaluate(parse_value_function("linear", "lo=" + worst + "|hi=" + best), numbers(raw)));
  }
  auto const found = score(values, in["weights"].get<std::vector<double>>());
  for (std::size_t row = 0; row < expected["rank"].size(); ++row) {
    double const s = found.score.values[row];
    CHECK(s == Approx(expected["weighted_goalpost_score"][row].get<double>()).margin(1e-12));
    CHECK(1 - s == Approx(expected["spotis"][row].get<double>()).margin(6e-5));
  }
  check_ranks(found.score, expected["rank"]);
}

TEST_CASE("a missing value renormalises the score and opens its range", "[decision][oracle]") {
  auto const a18 = oracle("a18");
  if (a18.is_null()) return;
  auto const &in = a18["input"]["missing"], &expected = a18["expected"]["missing"];
  std::vector<Values> values;
  for (auto const& v : in["scores"])
    values.push_back(values_of({v.is_null() ? none : std::optional<double>(v.get<double>())}));
  auto const found = score(values, in["weights"].get<std::vector<double>>());
  CHECK(*found.score.at(0) == Approx(expected["renormalise"].get<double>()).margin(1e-12));
  CHECK(found.low[0] == Approx(expected["interval"][0].get<double>()).margin(1e-12));
  CHECK(found.high[0] == Approx(expected["interval"][1].get<double>()).margin(1e-12));
  CHECK(found.completeness[0] == Approx(expected["completeness_weight_share"].get<double>()).margin(1e-12));
}

TEST_CASE("without any known value there is no score, only a range", "[decision][unit]") {
  std::vector<Values> const values{values_of({none, 0.5}), values_of({none, 0.5})};
  auto const found = score(values, {1, 3});
  CHECK(listed(found.score) == Numbers{none, 0.5});
  CHECK(found.low == std::vector{0.0, 0.5});
  CHECK(found.high == std::vector{1.0, 0.5});
  CHECK(found.completeness == std::vector{0.0, 1.0});
  CHECK(contributions(pointers(values), {0.25, 0.75}, 0) == std::vector{0.0, 0.0});
}

TEST_CASE("the range is widened to the score where a missing value cannot reach the others", "[decision][unit]") {
  // Half the weight is 0.9; the missing half lies within 0.2 to 0.4. Renormalised: 0.9, above (0.9 + 0.4) / 2.
  std::vector<Values> values{values_of({0.9}), values_of({none})};
  values[1].low[0] = 0.2;
  values[1].high[0] = 0.4;
  auto const found = score(values, {1, 1});
  CHECK(*found.score.at(0) == 0.9);
  CHECK(found.low[0] == Approx(0.55).margin(1e-12));
  CHECK(found.high[0] == 0.9);
}

TEST_CASE("a criterion without weight changes nothing, even when unknown", "[decision][unit]") {
  std::vector<Values> const values{values_of({0.4}), values_of({none}),
                                   values_of({std::numeric_limits<double>::infinity()})};
  auto const found = score(values, {2, 0, 0});
  CHECK(*found.score.at(0) == 0.4);
  CHECK(found.low[0] == 0.4);
  CHECK(found.high[0] == 0.4);
  CHECK(found.completeness[0] == 1);
}

TEST_CASE("weights become shares, and those that cannot are refused", "[decision][unit]") {
  CHECK(normalised_weights({1, 3, 0}, "m") == std::vector{0.25, 0.75, 0.0});
  double const inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  for (auto const& [weights, words] :
       std::vector<std::pair<std::vector<double>, std::string>>{{{0, 0}, "sum to '0'"},
                                                                {{}, "sum to '0'"},
                                                                {{1, -2}, "weight '-2'"},
                                                                {{1, inf}, "'inf'"},
                                                                {{nan}, "weight 'nan'"},
                                                                {{1e308, 1e308}, "'inf'"}}) {
    auto const thrown = error_of([&weights = weights] { (void)normalised_weights(weights, "park"); });
    INFO(thrown.text);
    CHECK(thrown.kind == ErrorKind::config);
    CHECK(thrown.text.find(words) != std::string::npos);
    CHECK(thrown.text.find("'park'") != std::string::npos);
  }
}

TEST_CASE("lengths that differ are a broken promise", "[decision][unit]") {
  std::vector<Values> const values{values_of({0.4, 0.5}), values_of({0.1})};
  CHECK(!error_of([&] { (void)weighted_sum(pointers(values), {0.5, 0.5}); }).text.empty());
  CHECK(!error_of([&] { (void)weighted_sum({&values[0]}, {0.5, 0.5}); }).text.empty());
}

TEST_CASE("a better value never lowers a score, its range or its rank", "[decision][property]") {
  std::mt19937 random(51);
  for (int round = 0; round < 300; ++round) {
    auto values = random_criteria(random, 4, 6);
    auto const weights = random_weights(random, 4);
    auto const before = weighted_sum(pointers(values), weights);
    std::size_t const row = random() % 6, criterion = random() % 4;
    if (!values[criterion].value.is_known(row)) continue;
    double const better = uniform(random, values[criterion].value.values[row], 1);
    values[criterion].value.values[row] = values[criterion].low[row] = values[criterion].high[row] = better;
    auto const after = weighted_sum(pointers(values), weights);
    CHECK(after.score.values[row] >= before.score.values[row]);
    CHECK(after.low[row] >= before.low[row]);
    CHECK(after.high[row] >= before.high[row]);
    CHECK(ranks(after.score, all(after.score)).at(row) <= ranks(before.score, all(before.score)).at(row));
    for (std::size_t other = 0; other < 6; ++other)
      if (other != row) CHECK(after.score.at(other) == before.score.at(other));
  }
}

TEST_CASE("low <= score <= high, all within 0 to 1, and contributions add up", "[decision][property]") {
  std::mt19937 random(52);
  for (int round = 0; round < 200; ++round) {
    std::size_t const n = 1 + random() % 12;
    auto const values = random_criteria(random, n, 10);
    auto const weights = random_weights(random, n);
    auto const found = weighted_sum(pointers(values), weights);
    for (std::size_t row = 0; row < 10; ++row) {
      CHECK(found.low[row] <= found.high[row]);
      CHECK(found.low[row] >= 0);
      CHECK(found.high[row] <= 1);
      auto const parts = contributions(pointers(values), weights, row);
      double const sum = std::accumulate(parts.begin(), parts.end(), 0.0);
      CHECK(sum == Approx(100 * found.score.at(row).value_or(0)).margin(1e-9));
      if (!found.score.is_known(row)) continue;
      CHECK(found.low[row] <= found.score.values[row]);
      CHECK(found.score.values[row] <= found.high[row]);
    }
  }
}

TEST_CASE("a criterion split into two halves changes nothing", "[decision][property]") {
  std::mt19937 random(53);
  for (int round = 0; round < 200; ++round) {
    auto values = random_criteria(random, 5, 8);
    auto weights = random_weights(random, 5);
    auto const before = weighted_sum(pointers(values), weights);
    std::size_t const split = random() % 5;
    weights[split] /= 2;
    weights.push_back(weights[split]);
    values.push_back(values[split]);
    auto const after = weighted_sum(pointers(values), weights);
    for (std::size_t row = 0; row < 8; ++row) {
      REQUIRE(after.score.is_known(row) == before.score.is_known(row));
      CHECK(after.score.values[row] == Approx(before.score.values[row]).margin(1e-12));
      CHECK(after.low[row] == Approx(before.low[row]).margin(1e-12));
      CHECK(after.high[row] == Approx(before.high[row]).margin(1e-12));
      CHECK(after.completeness[row] == Approx(before.completeness[row]).margin(1e-12));
    }
  }
}

TEST_CASE("rows in another order, or fewer rows, have the same scores to the bit", "[decision][property]") {
  std::mt19937 random(54);
  std::size_t const rows = 40;
  auto const values = random_criteria(random, 5, rows);
  auto const weights = random_weights(random, 5);
  auto const before = weighted_sum(pointers(values), weights);
  auto const rank_before = ranks(before.score, all(before.score));
  std::vector<std::size_t> order(rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (int round = 0; round < 20; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    std::size_t const kept = round % 2 == 0 ? rows : rows / 2;
    std::vector<Values> moved(5, values_of(Numbers(kept)));
    for (std::size_t i = 0; i < 5; ++i)
      for (std::size_t row = 0; row < kept; ++row) {
        if (auto const value = values[i].value.at(order[row])) moved[i].value.set(row, *value);
        moved[i].low[row] = values[i].low[order[row]];
        moved[i].high[row] = values[i].high[order[row]];
      }
    auto const after = weighted_sum(pointers(moved), weights);
    auto const rank_after = ranks(after.score, all(after.score));
    for (std::size_t row = 0; row < kept; ++row) {
      CHECK(after.score.at(row) == before.score.at(order[row]));
      CHECK(after.low[row] == before.low[order[row]]);
      CHECK(after.high[row] == before.high[order[row]]);
      if (kept == rows) CHECK(rank_after.at(row) == rank_before.at(order[row]));
    }
  }
}

TEST_CASE("scores are those of one candidate after the other, to the last bit, for any number of workers",
          "[decision][twin]") {
  constexpr std::size_t rows = 20011, criteria = 9;
  std::mt19937 random(77);
  std::uniform_real_distribution<double> unit(0, 1);
  std::vector<Values> values(criteria);
  std::vector<double> raw;
  for (std::size_t i = 0; i < criteria; ++i) {
    raw.push_back(i == 4 ? 0 : unit(random));
    values[i].value = Column<double>("", rows);
    for (std::size_t row = 0; row < rows; ++row) {
      bool const known = row % 500 != 0 && unit(random) < 0.8;  // some rows know nothing
      double const value = unit(random);
      if (known) values[i].value.set(row, value);
      if (!known) values[i].value.values[row] = std::nan("");  // and nobody may look at it
      values[i].low.push_back(known ? value : value / 2);
      values[i].high.push_back(known ? value : value / 2 + 0.5);
    }
    if (i == 4) values[i].low.assign(rows, std::nan(""));  // without weight: cannot matter
  }
  std::vector<double> const weights = normalised_weights(raw, "twin");
  Scores expected{Column<double>("score", rows), {}, {}, {}};
  for (std::size_t row = 0; row < rows; ++row) {
    double sum = 0, known = 0, score = 0, low = 0, high = 0;
    for (std::size_t i = 0; i < criteria; ++i) {
      if (weights[i] == 0) continue;
      sum += weights[i];
      low += weights[i] * values[i].low[row];
      high += weights[i] * values[i].high[row];
      if (!values[i].value.is_known(row)) continue;
      known += weights[i];
      score += weights[i] * values[i].value.values[row];
    }
    if (known > 0) expected.score.set(row, score / known);
    expected.low.push_back(known > 0 ? std::min(low / sum, score / known) : low / sum);
    expected.high.push_back(known > 0 ? std::max(high / sum, score / known) : high / sum);
    expected.completeness.push_back(known / sum);
  }
  for (unsigned const workers : {1U, 2U, 7U}) {
    Scores const found = weighted_sum(pointers(values), weights, workers);
    CHECK((found.score.values == expected.score.values));
    CHECK((found.score.known == expected.score.known));
    CHECK((found.low == expected.low));
    CHECK((found.high == expected.high));
    CHECK((found.completeness == expected.completeness));
  }
}
