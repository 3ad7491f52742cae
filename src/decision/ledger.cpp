#include <cstdint>

#include "decision/whole_areas.hpp"
#include "terrein/core/error.hpp"
#include "terrein/decision/rules.hpp"

namespace terrein {

namespace {

/// Sums over candidates in mm², and their counts.
struct Totals {
  std::size_t applies_n = 0, only_n = 0, unknown_n = 0;
  Wide applies = 0, only = 0, gain = 0, unknown = 0;
};

struct Candidates {
  Areas gross, net;
  std::vector<std::uint32_t> fails;
};

Totals add_up(RuleOutcome const& outcome, Candidates const& all) {
  Totals out;
  for (std::size_t row = 0; row < all.gross.size(); ++row) {
    RuleResult const result = outcome.result[row];
    if (result == RuleResult::unknown) {
      ++out.unknown_n;
      out.unknown += all.gross[row];
    } else if (result != RuleResult::pass) {
      ++out.applies_n;
      out.applies += all.gross[row];
    }
    if (result != RuleResult::fail || all.fails[row] != 1) continue;
    ++out.only_n;
    out.only += all.gross[row];
    out.gain += all.net[row];
  }
  return out;
}

/// A cut takes land of every candidate it touches and gives it back to those that no other rule fails.
void add_cut(Totals& totals, RuleOutcome const& outcome, Candidates const& all, Areas const& own,
             Areas const& marginal) {
  totals.applies = 0;
  for (std::size_t row = 0; row < own.size(); ++row) {
    totals.applies += own[row];
    std::uint32_t const other_fails = all.fails[row] - (outcome.result[row] == RuleResult::fail ? 1 : 0);
    if (other_fails == 0) totals.gain += marginal[row];
  }
}

LedgerRow row_of(RuleSpec const& rule, Totals const& totals) {
  LedgerRow out;
  out.rule = rule.key;
  out.applies_n = totals.applies_n;
  out.applies_ha = hectares(totals.applies);
  out.only_n = totals.only_n;
  out.only_ha = hectares(totals.only);
  out.gain_net_ha = hectares(totals.gain);
  out.unknown_n = totals.unknown_n;
  out.unknown_ha = hectares(totals.unknown);
  return out;
}

}  // namespace

std::vector<LedgerRow> ledger(std::vector<RuleSpec> const& rules, std::vector<RuleOutcome const*> const& results,
                              LedgerInput const& input) {
  if (rules.size() != results.size()) throw_error(ErrorKind::internal, "Every rule of a model needs one result.");
  std::size_t const rows = input.gross_m2.size();
  Candidates const all{whole_mm2(input.gross_m2, rows), whole_mm2(input.net_m2, rows),
                       count_fails(rules, results, rows)};
  std::vector<LedgerRow> out;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    Totals totals = add_up(*results[i], all);
    if (rules[i].effect == RuleEffect::cut) {
      add_cut(totals, *results[i], all, cut_areas(input.cut_own_m2, i, rows),
              cut_areas(input.cut_marginal_m2, i, rows));
    }
    out.push_back(row_of(rules[i], totals));
  }
  return out;
}

}  // namespace terrein
