// Pairs of rules and near misses against a world of land in cells, where everything can be counted.
#include "terrein/decision/rule_trials.hpp"

#include <algorithm>
#include <random>
#include <set>

#include "support/catch.hpp"
#include "support/support.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

using R = RuleResult;
constexpr double cell_m2 = 2500;

RuleSpec named(std::string const& key, RuleEffect effect) {
  RuleSpec out;
  out.key = key;
  out.effect = effect;
  return out;
}

/// Candidates of some cells of land each. A cut takes cells, the other rules speak of the candidate as a whole.
struct Land {
  std::vector<RuleSpec> rules;
  std::vector<RuleOutcome> said;                ///< per rule
  std::vector<int> cells;                       ///< per candidate
  std::vector<std::vector<std::set<int>>> cut;  ///< per rule and candidate
  [[nodiscard]] std::size_t rows() const { return cells.size(); }

  [[nodiscard]] std::vector<RuleOutcome const*> outcomes() const {
    std::vector<RuleOutcome const*> out;
    for (RuleOutcome const& one : said) out.push_back(&one);
    return out;
  }
  /// Cells that none of the rules cuts out of a candidate, but for those that are dropped.
  [[nodiscard]] int left(std::size_t row, std::set<std::size_t> const& dropped) const {
    int out = 0;
    for (int cell = 0; cell < cells[row]; ++cell) {
      bool taken = false;
      for (std::size_t i = 0; i < rules.size(); ++i)
        taken = taken || (!dropped.contains(i) && cut[i][row].contains(cell));
      out += taken ? 0 : 1;
    }
    return out;
  }
  /// Developable cells of a candidate, none where a rule that is not dropped fails it.
  [[nodiscard]] int developable(std::size_t row, std::set<std::size_t> const& dropped) const {
    for (std::size_t i = 0; i < rules.size(); ++i)
      if (!dropped.contains(i) && said[i].result[row] == R::fail) return 0;
    return left(row, dropped);
  }
  [[nodiscard]] LedgerInput input() const {
    LedgerInput out;
    out.cut_own_m2.resize(rules.size());
    out.cut_marginal_m2.resize(rules.size());
    for (std::size_t row = 0; row < rows(); ++row) {
      out.gross_m2.push_back(cell_m2 * cells[row]);
      out.net_m2.push_back(cell_m2 * left(row, {}));
    }
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (rules[i].effect != RuleEffect::cut) continue;
      for (std::size_t row = 0; row < rows(); ++row) {
        out.cut_own_m2[i].push_back(cell_m2 * static_cast<double>(cut[i][row].size()));
        out.cut_marginal_m2[i].push_back(cell_m2 * (left(row, {i}) - left(row, {})));
      }
    }
    return out;
  }
};

Land random_land(unsigned seed) {
  std::mt19937 random(seed);
  auto const one_in = [&random](unsigned n) { return random() % n == 0; };
  Land out;
  for (auto const& [key, effect] : {std::pair{"flood", RuleEffect::exclude},
                                    {"forest", RuleEffect::cut},
                                    {"soil", RuleEffect::condition},
                                    {"noise", RuleEffect::exclude},
                                    {"line", RuleEffect::cut},
                                    {"view", RuleEffect::inform}})
    out.rules.push_back(named(key, effect));
  constexpr std::size_t rows = 40;
  for (std::size_t row = 0; row < rows; ++row) out.cells.push_back(1 + static_cast<int>(random() % 6));
  for (RuleSpec const& rule : out.rules) {
    RuleOutcome one{std::vector<R>(rows, R::pass), Column<double>("", rows)};
    std::vector<std::set<int>> taken(rows);
    for (std::size_t row = 0; row < rows; ++row) {
      if (rule.effect == RuleEffect::cut) {
        for (int cell = 0; cell < out.cells[row]; ++cell)
          if (one_in(3)) taken[row].insert(cell);
        if (taken[row].size() == static_cast<std::size_t>(out.cells[row])) one.result[row] = R::fail;
      } else if (one_in(3)) {
        one.result[row] = rule.effect == RuleEffect::exclude ? R::fail : R::condition;
      } else if (one_in(5)) {
        one.result[row] = R::unknown;
      }
      if (one.result[row] != R::unknown && !one_in(4)) one.margin.set(row, -static_cast<double>(random() % 5));
    }
    out.said.push_back(std::move(one));
    out.cut.push_back(std::move(taken));
  }
  return out;
}

}  // namespace

TEST_CASE("pairs of rules are what counting cells gives", "[decision][unit]") {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    Land const land = random_land(seed);
    INFO(seed);
    auto const pairs = rule_pairs(land.rules, land.outcomes(), land.input());
    REQUIRE(pairs.size() == 6);  // of flood, forest, noise and line
    for (RulePair const& pair : pairs) {
      std::set<std::size_t> const dropped{pair.a, pair.b};
      std::size_t both_n = 0, only_n = 0;
      int both = 0, only = 0, gain = 0, in_both = 0;
      for (std::size_t row = 0; row < land.rows(); ++row) {
        bool const fails_both = land.said[pair.a].result[row] == R::fail && land.said[pair.b].result[row] == R::fail;
        bool other = false;
        for (std::size_t i = 0; i < land.rules.size(); ++i)
          other = other || (!dropped.contains(i) && land.said[i].result[row] == R::fail);
        both_n += fails_both ? 1U : 0U;
        both += fails_both ? land.cells[row] : 0;
        only_n += fails_both && !other ? 1U : 0U;
        only += fails_both && !other ? land.cells[row] : 0;
        gain += land.developable(row, dropped) - land.developable(row, {});
        // What both cuts take, and nobody else, is gained too, but in the margin of neither.
        if (!other)
          in_both += land.left(row, dropped) - land.left(row, {pair.a}) - land.left(row, {pair.b}) + land.left(row, {});
      }
      CHECK(pair.both_n == both_n);
      CHECK(pair.only_n == only_n);
      CHECK(pair.both_ha == Approx(both * cell_m2 / 1e4));
      CHECK(pair.only_ha == Approx(only * cell_m2 / 1e4));
      CHECK(pair.gain_net_ha == Approx((gain - in_both) * cell_m2 / 1e4));
      CHECK(in_both >= 0);
    }
  }
}

TEST_CASE("near misses are those that fail by one excluding rule alone, nearest first", "[decision][unit]") {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    Land const land = random_land(seed);
    INFO(seed);
    std::vector<std::uint8_t> lost(land.rows(), 0);
    for (std::size_t row = 0; row < land.rows(); ++row) lost[row] = row % 11 == 3 ? 1 : 0;
    std::vector<std::uint32_t> id_rank(land.rows());
    for (std::size_t row = 0; row < land.rows(); ++row) id_rank[row] = static_cast<std::uint32_t>(land.rows() - row);
    std::vector<std::tuple<std::size_t, double, std::uint32_t>> wanted;  // rule, how far, id
    for (std::size_t row = 0; row < land.rows(); ++row) {
      std::vector<std::size_t> failed;
      for (std::size_t i = 0; i < land.rules.size(); ++i)
        if (land.said[i].result[row] == R::fail) failed.push_back(i);
      if (failed.size() != 1 || lost[row] != 0 || land.rules[failed[0]].effect != RuleEffect::exclude) continue;
      if (auto const margin = land.said[failed[0]].margin.at(row))
        wanted.emplace_back(failed[0], -*margin, id_rank[row]);
    }
    std::sort(wanted.begin(), wanted.end());
    std::vector<std::tuple<std::size_t, double, std::uint32_t>> found;
    for (NearMiss const& one : near_misses(land.rules, land.outcomes(), lost, id_rank, 1000))
      found.emplace_back(one.rule, -one.margin, id_rank[one.row]);
    CHECK(found == wanted);
    CHECK(!found.empty());
  }
}

TEST_CASE("a short list takes the nearest of every rule in turn", "[decision][unit]") {
  std::vector<RuleSpec> const rules{named("a", RuleEffect::exclude), named("b", RuleEffect::exclude)};
  RuleOutcome a{{R::fail, R::fail, R::fail, R::pass, R::pass}, Column<double>("", 5)};
  RuleOutcome b{{R::pass, R::pass, R::pass, R::fail, R::pass}, Column<double>("", 5)};
  for (std::size_t row = 0; row < 3; ++row) a.margin.set(row, -3.0 + static_cast<double>(row));
  b.margin.set(3, -1000);
  std::vector<std::uint8_t> const lost(5, 0);
  std::vector<std::uint32_t> const id_rank{0, 1, 2, 3, 4};
  auto const rows = [&](std::size_t most) {
    std::vector<Row> out;
    for (NearMiss const& one : near_misses(rules, {&a, &b}, lost, id_rank, most)) out.push_back(one.row);
    return out;
  };
  CHECK(rows(0).empty());
  CHECK(rows(1) == std::vector<Row>{2});
  CHECK(rows(2) == std::vector<Row>{2, 3});
  CHECK(rows(3) == std::vector<Row>{2, 1, 3});
  CHECK(rows(99) == std::vector<Row>{2, 1, 0, 3});
}

TEST_CASE("trials of no rules, one rule and no candidates are empty", "[decision][unit]") {
  CHECK(rule_pairs({}, {}, {{1}, {1}, {}, {}}).empty());
  RuleOutcome const none;
  std::vector<RuleSpec> const one{named("a", RuleEffect::exclude)};
  CHECK(rule_pairs(one, {&none}, {}).empty());
  CHECK(near_misses(one, {&none}, {}, {}, 5).empty());
  auto const two = rule_pairs({one[0], named("b", RuleEffect::cut)}, {&none, &none}, {});
  REQUIRE(two.size() == 1);
  CHECK(two[0].both_n == 0);
  CHECK(error_of([&] { (void)rule_pairs(one, {}, {}); }).kind == ErrorKind::internal);
  CHECK(error_of([&] { (void)near_misses(one, {&none}, {0}, {0}, 5); }).kind == ErrorKind::internal);
}
