#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/decision/bilingual.hpp"

namespace terrein {

/// Raw numbers of alternatives: a row per alternative, as long as there are criteria.
using Alternatives = std::vector<std::vector<double>>;

enum class Objective { benefit, cost };  ///< more is better; less is better

/// How numbers of different units become comparable. All but `fixed` depend on the alternatives at hand: one more or
/// less can turn the order of the others.
enum class Normalisation {
  fixed,          ///< value functions on fixed scales: nothing more is done
  minmax,         ///< (x - min) / (max - min); cost (max - x) / (max - min)
  max,            ///< x / max; cost 1 - x / max
  sum,            ///< x / Σx; cost (1 / x) / Σ(1 / x)
  vector,         ///< x / √Σx²; cost 1 - x / √Σx²
  zscore,         ///< (x - mean) / deviation of the population (divided by m); cost with the sign turned
  zscore_sample,  ///< the same by the deviation of a sample (divided by m - 1)
};
[[nodiscard]] std::string_view to_string(Normalisation normalisation);
/// What `to_string` gives; nothing for other words.
[[nodiscard]] std::optional<Normalisation> normalisation(std::string_view text);
[[nodiscard]] std::vector<std::string> known_normalisations();

/// Part of a sentence, without capital and full stop.
[[nodiscard]] Bilingual describe(Normalisation normalisation);

/// Where a normalisation puts the zero of a column and how long its unit is: (x - offset) / unit.
struct ColumnScale {
  double offset = 0, unit = 1;
  double least = 0, most = 0;  ///< of the column
  bool constant = true;        ///< no two different numbers
};
/// Sums do not depend on the order of the numbers. Throws `Error{config}` for numbers that are not finite, and for
/// `max` and `sum` for negative numbers. The unit of a constant column may be 0.
[[nodiscard]] ColumnScale column_scale(std::span<double const> column, Normalisation normalisation);

/// A column by the textbook, higher better (but for `fixed`, where a cost is only turned around). A constant column
/// gives every alternative the same: 1 for minmax, 0 for z-scores, and 0 (cost: 1) where all is 0 for max, sum (benefit
/// only) and vector. Throws as `column_scale`, and for sum of costs that are not above 0.
[[nodiscard]] std::vector<double> normalised_column(std::span<double const> column, Objective objective,
                                                    Normalisation normalisation);
/// All columns, and which of them (from 0) are constant, so that a warning can be given. Throws also for rows of
/// different lengths (`Error{internal}`).
struct NormalisedAlternatives {
  Alternatives values;
  std::vector<std::size_t> constant;
};
[[nodiscard]] NormalisedAlternatives normalise(Alternatives const& alternatives,
                                               std::vector<Objective> const& objectives, Normalisation normalisation);

}  // namespace terrein
