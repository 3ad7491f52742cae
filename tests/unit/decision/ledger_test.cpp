#include <algorithm>
#include <cmath>
#include <numeric>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/decision/rules.hpp"
#include "unit/decision/toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

using R = RuleResult;

RuleSpec named(std::string const& key, RuleEffect effect) {
  RuleSpec out;
  out.key = key;
  out.effect = effect;
  return out;
}

struct Case {
  std::vector<RuleSpec> rules;
  std::vector<std::vector<R>> results;
  LedgerInput input;

  [[nodiscard]] std::vector<LedgerRow> ledger() const {
    std::vector<RuleOutcome> outcomes;
    for (auto const& result : results) outcomes.push_back({result, Column<double>("", result.size())});
    std::vector<RuleOutcome const*> pointers;
    for (auto const& outcome : outcomes) pointers.push_back(&outcome);
    return terrein::ledger(rules, pointers, input);
  }
};

/// Five candidates of 1, 2, 4, 8 and 16 ha, so that every sum tells which candidates are in it.
///
/// | ha | flood (exclude) | noise (exclude) | forest (cut) | soil (condition) | view (inform) | cut out of it       |
/// |  1 | fail            | pass            | pass         | pass             | condition     | 0.25, marginal 0.25 |
/// |  2 | fail            | fail            | pass         | condition        | pass          | 0                   |
/// |  4 | pass            | pass            | fail         | unknown          | pass          | 3.9, marginal 3     |
/// |  8 | unknown         | pass            | pass         | condition        | pass          | 2, marginal 1       |
/// | 16 | pass            | fail            | fail         | pass             | unknown       | 16, marginal 16     |
Case five_candidates() {
  Case out;
  out.rules = {named("flood", RuleEffect::exclude), named("noise", RuleEffect::exclude),
               named("forest", RuleEffect::cut), named("soil", RuleEffect::condition),
               named("view", RuleEffect::inform)};
  out.results = {{R::fail, R::fail, R::pass, R::unknown, R::pass},
                 {R::pass, R::fail, R::pass, R::pass, R::fail},
                 {R::pass, R::pass, R::fail, R::pass, R::fail},
                 {R::pass, R::condition, R::unknown, R::condition, R::pass},
                 {R::condition, R::pass, R::pass, R::pass, R::unknown}};
  out.input.gross_m2 = {1e4, 2e4, 4e4, 8e4, 16e4};
  out.input.net_m2 = {0.75e4, 2e4, 0.1e4, 6e4, 0};
  out.input.cut_own_m2 = {{}, {}, {0.25e4, 0, 3.9e4, 2e4, 16e4}, {}, {}};
  out.input.cut_marginal_m2 = {{}, {}, {0.25e4, 0, 3e4, 1e4, 16e4}, {}, {}};
  return out;
}

std::vector<double> numbers_of(LedgerRow const& row) {
  return {
      static_cast<double>(row.applies_n), row.applies_ha, row.gain_net_ha, static_cast<double>(row.only_n), row.only_ha,
      static_cast<double>(row.unknown_n), row.unknown_ha};
}

}  // namespace

TEST_CASE("the ledger counts what each rule takes alone and with others", "[decision][unit]") {
  auto const rows = five_candidates().ledger();
  REQUIRE(rows.size() == 5);
  CHECK(rows[2].rule == "forest");
  // In order: applies n and ha, gain, only n and ha, unknown n and ha.
  // Flood fails 1 and 2 ha; only the first by itself, whose 0.75 ha net would come back.
  CHECK(numbers_of(rows[0]) == std::vector<double>{2, 3, 0.75, 1, 1, 1, 8});
  // Noise fails 2 and 16 ha, both also failed by another rule: dropping it alone gains nothing.
  CHECK(numbers_of(rows[1]) == std::vector<double>{2, 18, 0, 0, 0, 0, 0});
  // Forest takes 0.25 + 3.9 + 2 + 16 ha. Dropped, the 4 ha candidate no longer fails and offers 0.1 + 3 ha, the 8 ha
  // one gets 1 ha back; the 1 ha (flood) and 16 ha (noise) candidates still fail.
  CHECK(numbers_of(rows[2]) == std::vector<double>{2, 22.15, 4.1, 1, 4, 0, 0});
  // Conditions and information fail nobody, so nothing is gained by dropping them.
  CHECK(numbers_of(rows[3]) == std::vector<double>{2, 10, 0, 0, 0, 1, 4});
  CHECK(numbers_of(rows[4]) == std::vector<double>{1, 1, 0, 0, 0, 1, 16});
}

TEST_CASE("a rule that only informs does not hide what another takes alone", "[decision][unit]") {
  Case toy = five_candidates();
  toy.rules[1].of_site = true;  // noise no longer decides; its results would be "condition"
  std::replace(toy.results[1].begin(), toy.results[1].end(), R::fail, R::condition);
  auto const rows = toy.ledger();
  CHECK(numbers_of(rows[0]) == std::vector<double>{2, 3, 2.75, 2, 3, 1, 8});  // now also the 2 ha candidate alone
  CHECK(rows[1].applies_n == 2);
  CHECK(rows[1].only_n == 0);
  CHECK(rows[1].gain_net_ha == 0);
}

TEST_CASE("the ledger is the same to the bit for every order of the rows", "[decision][property]") {
  std::mt19937 random(41);
  std::size_t const rows = 500;
  Case toy = five_candidates();
  auto const area = [&] {
    return std::exp(uniform(random, 0, 24));
  };  // 1 m² to 26,000 km²: sums need more than 53 bits
  for (auto& result : toy.results) {
    result.resize(rows);
    for (R& cell : result) cell = static_cast<R>(random() % 4);
  }
  for (auto* column :
       {&toy.input.gross_m2, &toy.input.net_m2, &toy.input.cut_own_m2[2], &toy.input.cut_marginal_m2[2]}) {
    column->resize(rows);
    std::generate(column->begin(), column->end(), area);
  }
  auto const before = toy.ledger();
  for (int round = 0; round < 20; ++round) {
    std::vector<std::size_t> order(rows);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::shuffle(order.begin(), order.end(), random);
    auto const permuted = [&](auto const& column) {
      auto out = column;
      for (std::size_t row = 0; row < rows; ++row) out[row] = column[order[row]];
      return out;
    };
    Case moved = toy;
    for (auto& result : moved.results) result = permuted(result);
    for (auto* column :
         {&moved.input.gross_m2, &moved.input.net_m2, &moved.input.cut_own_m2[2], &moved.input.cut_marginal_m2[2]})
      *column = permuted(*column);
    auto const after = moved.ledger();
    for (std::size_t i = 0; i < before.size(); ++i) CHECK(numbers_of(after[i]) == numbers_of(before[i]));
  }
}

TEST_CASE("areas count to the square millimetre", "[decision][unit]") {
  Case toy;
  toy.rules = {named("all", RuleEffect::exclude)};
  toy.results = {std::vector<R>(1000, R::fail)};
  toy.input.gross_m2 = toy.input.net_m2 = std::vector<double>(1000, 0.400001);
  CHECK(toy.ledger().at(0).applies_ha == 0.0400001);  // 400.001 m²
}

TEST_CASE("the sum of many large areas does not overflow", "[decision][unit]") {
  Case toy;
  toy.rules = {named("all", RuleEffect::exclude)};
  toy.results = {std::vector<R>(1000, R::fail)};
  toy.input.gross_m2 = toy.input.net_m2 = std::vector<double>(1000, 8e12);  // 8e18 mm² each, 8e21 together
  CHECK(toy.ledger().at(0).applies_ha == 8e11);
}

TEST_CASE("areas that cannot be summed are refused", "[decision][unit]") {
  for (double const area : {std::nan(""), 1e300, -1e13}) {
    Case toy = five_candidates();
    toy.input.gross_m2[3] = area;
    CHECK(error_of([&] { (void)toy.ledger(); }).kind == ErrorKind::internal);
    CHECK(!error_of([&] { (void)toy.ledger(); }).text.empty());
  }
  Case shorter = five_candidates();
  shorter.input.net_m2.pop_back();
  CHECK(!error_of([&] { (void)shorter.ledger(); }).text.empty());
}
