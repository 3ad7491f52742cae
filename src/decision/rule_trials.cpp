#include "terrein/decision/rule_trials.hpp"

#include <algorithm>

#include "decision/whole_areas.hpp"

namespace terrein {

namespace {

void require_results(std::vector<RuleSpec> const& rules, std::vector<RuleOutcome const*> const& results) {
  if (rules.size() != results.size()) throw_error(ErrorKind::internal, "Every rule of a model needs one result.");
}

bool can_fail(RuleSpec const& rule) { return decides(rule) && rule.effect != RuleEffect::condition; }

/// Counts of a pair, and its areas in mm².
struct Totals {
  std::size_t both_n = 0, only_n = 0;
  Wide both = 0, only = 0, gain = 0;
};

/// Candidates with their land and how many rules each fails; per rule what it says and its marginal cut.
struct Case {
  Areas gross, net;
  std::vector<std::uint32_t> fails;
  std::vector<std::vector<RuleResult> const*> result;
  std::vector<Areas> marginal;

  [[nodiscard]] Totals add_up(std::size_t a, std::size_t b) const {
    Totals out;
    for (std::size_t row = 0; row < gross.size(); ++row) {
      bool const by_a = (*result[a])[row] == RuleResult::fail, by_b = (*result[b])[row] == RuleResult::fail;
      std::uint32_t const own = (by_a ? 1U : 0U) + (by_b ? 1U : 0U);
      if (own == 2) {
        ++out.both_n;
        out.both += gross[row];
      }
      if (fails[row] > own) continue;  // another rule fails it anyway
      out.gain += marginal[a][row] + marginal[b][row];
      if (own > 0) out.gain += net[row];
      if (own < 2) continue;
      ++out.only_n;
      out.only += gross[row];
    }
    return out;
  }
};

/// Every list gives its first, then every list its second, until `most` were taken: how many each gives.
std::vector<std::size_t> taken_in_turn(std::vector<std::size_t> const& sizes, std::size_t most) {
  std::vector<std::size_t> out(sizes.size(), 0);
  for (std::size_t left = most, turn = 0; left > 0; ++turn) {
    std::size_t const before = left;
    for (std::size_t i = 0; i < sizes.size() && left > 0; ++i)
      if (turn < sizes[i]) {
        ++out[i];
        --left;
      }
    if (left == before) break;
  }
  return out;
}

}  // namespace

std::vector<RulePair> rule_pairs(std::vector<RuleSpec> const& rules, std::vector<RuleOutcome const*> const& results,
                                 LedgerInput const& input) {
  require_results(rules, results);
  std::size_t const rows = input.gross_m2.size();
  Case all{whole_mm2(input.gross_m2, rows), whole_mm2(input.net_m2, rows), count_fails(rules, results, rows), {}, {}};
  for (std::size_t i = 0; i < rules.size(); ++i) {
    all.result.push_back(&results[i]->result);
    bool const cuts = rules[i].effect == RuleEffect::cut;
    all.marginal.push_back(cuts ? cut_areas(input.cut_marginal_m2, i, rows) : Areas(rows, 0));
  }
  std::vector<RulePair> out;
  for (std::size_t a = 0; a < rules.size(); ++a)
    for (std::size_t b = a + 1; b < rules.size(); ++b) {
      if (!can_fail(rules[a]) || !can_fail(rules[b])) continue;
      Totals const totals = all.add_up(a, b);
      out.push_back(
          {a, b, totals.both_n, hectares(totals.both), totals.only_n, hectares(totals.only), hectares(totals.gain)});
    }
  return out;
}

std::vector<NearMiss> near_misses(std::vector<RuleSpec> const& rules, std::vector<RuleOutcome const*> const& results,
                                  std::vector<std::uint8_t> const& lost, std::vector<std::uint32_t> const& id_rank,
                                  std::size_t most) {
  require_results(rules, results);
  auto const fails = count_fails(rules, results, lost.size());
  std::vector<std::vector<NearMiss>> of_rule(rules.size());
  std::vector<std::size_t> sizes;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    RuleOutcome const& said = *results[i];
    auto& list = of_rule[i];
    for (std::size_t row = 0; rules[i].effect == RuleEffect::exclude && row < lost.size(); ++row)
      if (said.result[row] == RuleResult::fail && fails[row] == 1 && lost[row] == 0 && said.margin.is_known(row))
        list.push_back({i, static_cast<Row>(row), said.margin.values[row]});
    std::sort(list.begin(), list.end(), [&](NearMiss const& x, NearMiss const& y) {
      return x.margin != y.margin ? x.margin > y.margin : id_rank[x.row] < id_rank[y.row];
    });
    sizes.push_back(list.size());
  }
  auto const taken = taken_in_turn(sizes, most);
  std::vector<NearMiss> out;
  for (std::size_t i = 0; i < rules.size(); ++i)
    out.insert(out.end(), of_rule[i].begin(), of_rule[i].begin() + static_cast<std::ptrdiff_t>(taken[i]));
  return out;
}

}  // namespace terrein
