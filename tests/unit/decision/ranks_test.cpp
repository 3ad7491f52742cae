#include <algorithm>
#include <cmath>
#include <random>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "unit/decision/toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr auto none = std::nullopt;

Column<double> column(Numbers const& numbers) {
  Column<double> out;
  for (auto const& number : numbers) out.push(number);
  return out;
}

std::vector<std::uint8_t> all(std::size_t rows) { return std::vector<std::uint8_t>(rows, 1); }

std::vector<std::uint32_t> in_row_order(std::size_t rows) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t row = 0; row < rows; ++row) out.push_back(row);
  return out;
}

}  // namespace

TEST_CASE("ranks and the best k agree with the definitions", "[decision][oracle]") {
  auto const a19 = oracle("a19");
  if (a19.is_null()) return;
  auto const scores = a19["input"]["scores"].get<std::vector<double>>();
  auto const score = column(Numbers(scores.begin(), scores.end()));
  auto const& expected = a19["expected"];
  REQUIRE(a19["input"]["tie_tolerance"].get<double>() == tie_tolerance);
  for (auto const& [kind, name] :
       {std::pair{RankKind::competition, "competition"}, {RankKind::dense, "dense"}, {RankKind::average, "average"}})
    CHECK(ranks(score, all(6), kind).values == expected[name].get<std::vector<double>>());
  CHECK(top(score, all(6), in_row_order(6), 2) == expected["top_2_with_ties"].get<std::vector<Row>>());
}

TEST_CASE("candidates that are not eligible or have no score have no rank", "[decision][unit]") {
  auto const score = column({0.5, none, 0.9, 0.7, std::nan("")});
  CHECK(listed(ranks(score, {1, 1, 0, 1, 1})) == Numbers{2, none, none, 1, none});
  CHECK(top(score, {1, 1, 0, 1, 1}, in_row_order(5), 9) == std::vector<Row>{3, 0});
  CHECK(listed(ranks(score, {0, 0, 0, 0, 0})) == Numbers(5));
}

TEST_CASE("one candidate, none, and all equal", "[decision][unit]") {
  CHECK(listed(ranks(column({0.0}), all(1))) == Numbers{1});
  CHECK(ranks(column({}), {}).size() == 0);
  CHECK(top(column({}), {}, {}, 3).empty());
  auto const equal = column({0.4, 0.4, 0.4});
  CHECK(listed(ranks(equal, all(3), RankKind::competition)) == Numbers{1, 1, 1});
  CHECK(listed(ranks(equal, all(3), RankKind::dense)) == Numbers{1, 1, 1});
  CHECK(listed(ranks(equal, all(3), RankKind::average)) == Numbers{2, 2, 2});
}

TEST_CASE("a chain of near ties does not creep", "[decision][unit]") {
  // Each lies 0.8e-12 below the one before; the third is 1.6e-12 below the first of the group and begins its own.
  auto const score = column({0.5, 0.5 - 0.8e-12, 0.5 - 1.6e-12, 0.5 - 2.4e-12});
  CHECK(listed(ranks(score, all(4))) == Numbers{1, 1, 3, 3});
}

TEST_CASE("the best k keeps whole groups of ties and orders them by id", "[decision][unit]") {
  auto const score = column({0.7, 0.9, 0.7, 0.7 + 1e-13, 0.2});
  std::vector<std::uint32_t> const id_rank{4, 3, 0, 2, 1};
  CHECK(top(score, all(5), id_rank, 0).empty());
  CHECK(top(score, all(5), id_rank, 1) == std::vector<Row>{1});
  CHECK(top(score, all(5), id_rank, 2) == std::vector<Row>{1, 2, 3, 0});
  CHECK(top(score, all(5), id_rank, 4) == std::vector<Row>{1, 2, 3, 0});
  CHECK(top(score, all(5), id_rank, 5) == std::vector<Row>{1, 2, 3, 0, 4});
  CHECK(!error_of([&] { (void)top(score, all(5), {0}, 1); }).text.empty());
  CHECK(!error_of([&] { (void)ranks(score, all(4)); }).text.empty());
}

TEST_CASE("average ranks sum to those without ties", "[decision][property]") {
  std::mt19937 random(61);
  for (int round = 0; round < 100; ++round) {
    std::size_t const rows = 1 + random() % 30;
    Numbers scores(rows);
    for (auto& score : scores) score = static_cast<double>(random() % 6) / 5;
    double sum = 0;
    for (double const rank : ranks(column(scores), all(rows), RankKind::average).values) sum += rank;
    CHECK(sum == static_cast<double>(rows * (rows + 1)) / 2);
    auto const competition = ranks(column(scores), all(rows));
    for (std::size_t a = 0; a < rows; ++a) {  // one more than the number of better candidates, counted one by one
      double better = 0;
      for (auto const& other : scores) better += *other > *scores[a] ? 1 : 0;
      CHECK(competition.values[a] == better + 1);
    }
  }
}

TEST_CASE("ranks of many scores are those of plain sorting, for any number of workers", "[decision][twin]") {
  constexpr std::size_t rows = 300000;  // more than one worker takes at a time
  std::string const form = GENERATE("spread", "crowded", "few values", "all equal", "tiny range", "infinite", "ties");
  INFO(form);
  std::mt19937 random(19);
  std::uniform_real_distribution<double> unit(0, 1);
  Column<double> score("score", rows);
  std::vector<std::uint8_t> eligible(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    double const x = unit(random);
    double value = x;
    if (form == "crowded") value = row % 1000 == 0 ? x : 0.5 + 1e-9 * x;
    if (form == "few values") value = std::floor(x * 7) / 7;
    if (form == "all equal") value = 0.25;
    if (form == "tiny range") value = row % 2 == 0 ? 0.5 : std::nextafter(0.5, 1);
    if (form == "infinite" && row % 5000 == 0) value = row == 0 ? HUGE_VAL : -HUGE_VAL;
    if (form == "ties") value = std::floor(x * 5000) / 5000 + tie_tolerance * unit(random);
    if (row % 97 != 0) score.set(row, value);
    eligible[row] = row % 13 != 0 ? 1 : 0;
  }
  std::vector<Row> order;
  for (std::size_t row = 0; row < rows; ++row)
    if (eligible[row] != 0 && score.is_known(row)) order.push_back(static_cast<Row>(row));
  std::stable_sort(order.begin(), order.end(), [&](Row a, Row b) { return score.values[a] > score.values[b]; });
  Column<double> expected("rank", rows);
  for (std::size_t i = 0, first = 0; i < order.size(); ++i) {
    double const difference = score.values[order[first]] - score.values[order[i]];
    if (!(difference <= tie_tolerance)) first = i;  // infinities do not tie, and are no scores
    expected.set(order[i], static_cast<double>(first + 1));
  }
  for (unsigned const workers : {1U, 2U, 7U}) {
    Column<double> const found = ranks(score, eligible, RankKind::competition, workers);
    CHECK((found.values == expected.values));
    CHECK((found.known == expected.known));
  }
}
