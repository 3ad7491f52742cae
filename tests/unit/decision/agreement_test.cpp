#include "terrein/decision/agreement.hpp"

#include <algorithm>
#include <cmath>
#include <set>

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

/// Everything pair by pair and row by row, of scores that are known.
Agreement plain(std::vector<double> const& a, std::vector<double> const& b, std::size_t k) {
  std::size_t const n = a.size();
  auto const rank = [n](std::vector<double> const& scores, std::size_t row, bool average) {
    double better = 0, same = 0;
    for (std::size_t other = 0; other < n; ++other) {
      better += scores[other] > scores[row] ? 1 : 0;
      same += scores[other] == scores[row] ? 1 : 0;
    }
    return better + 1 + (average ? (same - 1) / 2 : 0);
  };
  Agreement out;
  out.candidates = n;
  double lead = 0, apart_a = 0, apart_b = 0, ab = 0, aa = 0, bb = 0;
  double const middle = (static_cast<double>(n) + 1) / 2;
  for (std::size_t x = 0; x < n; ++x) {
    for (std::size_t y = 0; y < x; ++y) {
      double const sign_a = (a[x] > a[y] ? 1 : 0) - (a[x] < a[y] ? 1 : 0);
      double const sign_b = (b[x] > b[y] ? 1 : 0) - (b[x] < b[y] ? 1 : 0);
      lead += sign_a * sign_b;
      apart_a += std::abs(sign_a);
      apart_b += std::abs(sign_b);
    }
    double const ra = rank(a, x, true) - middle, rb = rank(b, x, true) - middle;
    ab += ra * rb;
    aa += ra * ra;
    bb += rb * rb;
    bool const in_a = rank(a, x, false) <= static_cast<double>(k), in_b = rank(b, x, false) <= static_cast<double>(k);
    out.top_a += in_a ? 1U : 0U;
    out.top_b += in_b ? 1U : 0U;
    out.top_both += in_a && in_b ? 1U : 0U;
  }
  if (apart_a > 0 && apart_b > 0) out.kendall = lead / std::sqrt(apart_a * apart_b);
  if (aa > 0 && bb > 0) out.spearman = ab / std::sqrt(aa * bb);
  if (std::max(out.top_a, out.top_b) > 0)
    out.overlap = static_cast<double>(out.top_both) / static_cast<double>(std::max(out.top_a, out.top_b));
  return out;
}

}  // namespace

TEST_CASE("agreement is that of comparing pair by pair, with few values and many ties", "[decision][twin]") {
  std::mt19937 random(71);
  for (int round = 0; round < 300; ++round) {
    std::size_t const n = 1 + random() % 40, values = 1 + random() % 12, k = random() % 8;
    Numbers a(n), b(n);
    std::vector<double> plain_a, plain_b;
    for (std::size_t row = 0; row < n; ++row) {
      plain_a.push_back(static_cast<double>(random() % values) / 12);
      plain_b.push_back(random() % 2 == 0 ? plain_a.back() : static_cast<double>(random() % values) / 12);
      a[row] = plain_a.back();
      b[row] = plain_b.back();
    }
    auto const found = agreement(column(a), column(b), all(n), k), expected = plain(plain_a, plain_b, k);
    CHECK(found.candidates == n);
    REQUIRE(found.kendall.has_value() == expected.kendall.has_value());
    REQUIRE(found.spearman.has_value() == expected.spearman.has_value());
    if (found.kendall) CHECK(*found.kendall == within(*expected.kendall, 1e-12));
    if (found.spearman) CHECK(*found.spearman == within(*expected.spearman, 1e-12));
    CHECK(found.top_a == expected.top_a);
    CHECK(found.top_b == expected.top_b);
    CHECK(found.top_both == expected.top_both);
    CHECK(found.overlap == expected.overlap);
  }
}

TEST_CASE("the same, the opposite, and a swap of two", "[decision][unit]") {
  auto const up = column({0.1, 0.2, 0.3, 0.4}), down = column({0.4, 0.3, 0.2, 0.1}),
             swapped = column({0.1, 0.2, 0.4, 0.3});
  CHECK(agreement(up, up, all(4), 2).kendall == 1.0);
  CHECK(agreement(up, up, all(4), 2).spearman == 1.0);
  CHECK(agreement(up, up, all(4), 2).overlap == 1.0);
  CHECK(agreement(up, down, all(4), 2).kendall == -1.0);
  CHECK(agreement(up, down, all(4), 2).spearman == -1.0);
  CHECK(agreement(up, down, all(4), 2).overlap == 0.0);
  auto const one = agreement(up, swapped, all(4), 1);
  CHECK(*one.kendall == within(4.0 / 6, 1e-15));  // five pairs agree, one does not
  CHECK(*one.spearman == within(0.8, 1e-15));     // 1 - 6 · 2 / (4 · 15)
  CHECK(one.overlap == 0.0);
}

TEST_CASE("only candidates with a score in both rankings are compared, and ties have their tolerance",
          "[decision][unit]") {
  auto const a = column({0.9, 0.5, none, 0.1, 0.3, std::nan("")});
  auto const b = column({none, 0.6, 0.9, 0.2, 0.2 + 1e-13, 0.4});
  auto const found = agreement(a, b, {1, 1, 1, 1, 1, 1}, 1);
  CHECK(found.candidates == 3);
  CHECK(*found.kendall == within(2 / std::sqrt(3.0 * 2), 1e-15));  // one pair of b ties
  CHECK(found.top_both == 1);
  auto const fewer = agreement(a, b, {1, 0, 1, 1, 1, 1}, 1);
  CHECK(fewer.candidates == 2);
  CHECK(!fewer.kendall);
  CHECK(!fewer.spearman);
  CHECK(fewer.top_a == 1);
  CHECK(fewer.top_b == 2);
  CHECK(fewer.overlap == 0.5);
  auto const nobody = agreement(a, b, all(6), 0);
  CHECK(!nobody.overlap);
  CHECK(agreement(column({}), column({}), {}, 3).candidates == 0);
  CHECK(!error_of([&] { (void)agreement(a, b, all(5), 1); }).text.empty());
}

TEST_CASE("the table has every pair once", "[decision][unit]") {
  auto const a = column({0.1, 0.2, 0.3}), b = column({0.3, 0.2, 0.1}), c = column({0.1, 0.3, 0.2});
  auto const table = agreement_table({{"sum", &a}, {"owa", &b}, {"topsis", &c}}, all(3), 1);
  REQUIRE(table.size() == 3);
  CHECK(table[0].a == "sum");
  CHECK(table[0].b == "owa");
  CHECK(table[0].agreement.kendall == -1.0);
  CHECK(table[1].b == "topsis");
  CHECK(*table[1].agreement.kendall == within(1.0 / 3, 1e-15));
  CHECK(table[2].a == "owa");
}

TEST_CASE("agreement of many candidates does not depend on their order, to the bit", "[decision][property]") {
  std::mt19937 random(72);
  std::vector<std::pair<double, double>> pairs;
  for (int i = 0; i < 50000; ++i) {
    double const x = std::floor(uniform(random) * 20000) / 20000;
    pairs.emplace_back(x, random() % 3 == 0 ? uniform(random) : x);
  }
  auto const measured = [&] {
    Column<double> a, b;
    for (auto const& [x, y] : pairs) {
      a.push(x);
      b.push(y);
    }
    return agreement(a, b, all(pairs.size()), 500);
  };
  auto const before = measured();
  std::shuffle(pairs.begin(), pairs.end(), random);
  auto const after = measured();
  CHECK(after.kendall == before.kendall);
  CHECK(after.spearman == before.spearman);
  CHECK(after.overlap == before.overlap);
  CHECK(*before.kendall > 0.3);
  CHECK(*before.kendall < *before.spearman);
}
