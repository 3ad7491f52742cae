#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "terrein/core/column.hpp"

namespace terrein {

/// How far two rankings agree, over the candidates that have a score in both. Scores tie as in `ranks`.
struct Agreement {
  std::size_t candidates = 0;      ///< compared
  std::optional<double> kendall;   ///< tau-b, 1 same order to -1 opposite; null where all of one ranking tie, or fewer
                                   ///< than two candidates are compared (Kendall 1945)
  std::optional<double> spearman;  ///< rho of average ranks, likewise (Spearman 1904)
  std::size_t top_a = 0, top_b = 0, top_both = 0;  ///< the best k of each, ties kept whole, and those in both
  std::optional<double> overlap;  ///< top_both / the larger of the two; 1 only when they are the same; null for none
};
/// O(n log n). Does not depend on the order of the candidates, to the last bit. Throws `Error{internal}` for columns of
/// different lengths.
[[nodiscard]] Agreement agreement(Column<double> const& a, Column<double> const& b,
                                  std::vector<std::uint8_t> const& eligible, std::size_t k);

struct NamedScores {
  std::string name;
  Column<double> const* score = nullptr;
};
/// All pairs, in the order of `scores`: (0, 1), (0, 2) … (1, 2) …
struct AgreementRow {
  std::string a, b;
  Agreement agreement;
};
[[nodiscard]] std::vector<AgreementRow> agreement_table(std::vector<NamedScores> const& scores,
                                                        std::vector<std::uint8_t> const& eligible, std::size_t k);

}  // namespace terrein
