#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "terrein/core/column.hpp"
#include "terrein/decision/weights.hpp"

namespace terrein {

// Weights that follow from how the values of candidates are spread. They describe the DATA, not policy: nobody has said
// that what varies most matters most, and another study area gives other weights. For contrast and sensitivity only,
// and only on request. Rows on which some criterion is unknown are left out.

struct DataWeights {
  std::vector<double> weights;      ///< 0 for criteria that are the same everywhere
  std::vector<double> information;  ///< how much a criterion tells candidates apart; the weights are its shares
  std::size_t rows = 0;             ///< candidates on which all criteria are known
};

/// Shannon's entropy: with p = x / Σ x, 1 − E with E = −Σ p ln p / ln(rows). `columns` hold, per criterion, numbers
/// from 0 up on a scale with a true zero. Throws `Error{input}` for negative or immense numbers, fewer than two rows,
/// and when all criteria are the same everywhere.
[[nodiscard]] DataWeights entropy_weights(WeightSubject const& subject,
                                          std::vector<Column<double> const*> const& columns);

enum class Correlation : std::uint8_t { pearson, spearman };
/// CRITIC (Diakoulaki, Mavrotas and Papayannakis 1995): standard deviation of x brought to 0..1 times Σ (1 − r) over
/// the other criteria that vary. More must be better in all `columns`. Throws as `entropy_weights`, but for negative
/// numbers, and when all criteria that vary rise and fall together.
[[nodiscard]] DataWeights critic_weights(WeightSubject const& subject,
                                         std::vector<Column<double> const*> const& columns,
                                         Correlation correlation = Correlation::pearson);

}  // namespace terrein
