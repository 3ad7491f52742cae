#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "terrein/core/error.hpp"
#include "terrein/decision/rules.hpp"

namespace terrein {

// Areas in whole mm², so that the order of a sum does not matter, and who fails how many rules: what the ledger and the
// trials of rules count with.

__extension__ using Wide = __int128;
using Areas = std::vector<std::int64_t>;  // mm²

inline std::int64_t whole_mm2(double m2) {
  constexpr double most_m2 = 9e12;  // what 64 bits of mm² can hold
  if (!(std::abs(m2) < most_m2)) throw_error(ErrorKind::internal, "An area of {} m² cannot be summed.", m2);
  return std::llround(m2 * 1e6);
}

inline Areas whole_mm2(std::vector<double> const& m2, std::size_t rows) {
  if (m2.size() != rows) throw_error(ErrorKind::internal, "The ledger has {} areas for {} rows.", m2.size(), rows);
  Areas out;
  out.reserve(rows);
  for (double const area : m2) out.push_back(whole_mm2(area));
  return out;
}

inline double hectares(Wide mm2) { return static_cast<double>(mm2) / 1e10; }

/// Areas of the cut of rule `i`; zeros when it has none.
inline Areas cut_areas(std::vector<std::vector<double>> const& per_rule, std::size_t i, std::size_t rows) {
  return i < per_rule.size() && !per_rule[i].empty() ? whole_mm2(per_rule[i], rows) : Areas(rows, 0);
}

/// How many rules each candidate fails.
inline std::vector<std::uint32_t> count_fails(std::vector<RuleSpec> const& rules,
                                              std::vector<RuleOutcome const*> const& results, std::size_t rows) {
  std::vector<std::uint32_t> out(rows, 0);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    auto const& result = results[i]->result;
    if (result.size() != rows) {
      throw_error(ErrorKind::internal, "The rule '{}' has results for {} rows of {}.", rules[i].key, result.size(),
                  rows);
    }
    for (std::size_t row = 0; row < rows; ++row)
      if (result[row] == RuleResult::fail) ++out[row];
  }
  return out;
}

}  // namespace terrein
