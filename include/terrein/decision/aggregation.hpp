#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/decision/normalisation.hpp"
#include "terrein/decision/outranking.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein {

/// How the values of the criteria become one score.
enum class Method {
  weighted_sum,  ///< a bad value can be bought off in full
  power_mean,    ///< as `Aggregation::compensation` says
  owa,           ///< ordered weighted average: weight goes to the best or to the worst values, as `orness` says
  topsis,        ///< closeness to the ideal, against the anti-ideal
  vikor,         ///< compromise between the regret of all criteria together and of the worst one
  promethee,     ///< PROMETHEE II: net flow of pairwise preferences
};
[[nodiscard]] std::string_view to_string(Method method);
/// What `to_string` gives; nothing for other words.
[[nodiscard]] std::optional<Method> aggregation_method(std::string_view text);
[[nodiscard]] std::vector<std::string> known_methods();

/// A value below which a candidate cannot be good, whatever its other values (after the veto of ELECTRE).
struct Veto {
  std::size_t criterion = 0;  ///< from 0, in the order of the values
  double below = 0;           ///< in values, 0 to 1
};

/// A method with all its settings; each counts only for the method it belongs to.
struct Aggregation {
  Method method = Method::weighted_sum;
  double compensation = 1;  ///< power_mean: its exponent, 1 or less, -infinity too (see `power_mean`)
  double orness = 0.5;      ///< owa: 0 the worst value, 0.5 the weighted sum, 1 the best value
  Normalisation normalisation = Normalisation::fixed;  ///< topsis: any; vikor: fixed or minmax
  double v = 0.5;                                      ///< vikor: weight of the group, 0 to 1
  std::vector<Preference> preferences;  ///< promethee: one per criterion, q, p and s in values; none = all usual
  std::vector<Veto> vetoes;             ///< for every method; they change no score
};
/// Throws `Error{config}` for a setting that the method cannot use, naming it.
void require_valid(Aggregation const& aggregation, std::size_t criteria);

/// What is scored and on which scales, for a reader: every output names it. `minmax_criteria` are the criteria whose
/// value function is scaled to the candidates.
[[nodiscard]] Bilingual describe(Aggregation const& aggregation, std::vector<std::string> const& minmax_criteria = {});

/// Scores of all candidates, 0 to 1 (best), by any method. `weights` as in `weighted_sum`; they need not sum to 1.
///
/// A candidate is scored on its known criteria as if they were all there are, their weights renormalised; null when
/// none is known. `low` and `high` are the scores with the missing values at their worst and best, widened to include
/// the score. No score depends on the order of the candidates or on the number of workers, to the last bit.
///
/// - weighted_sum, and power_mean with compensation 1: `weighted_sum`, bit for bit.
/// - power_mean: negative values (extrapolated) count as 0. owa: quantifier Q(p) = p^alpha, alpha = (1 - orness) /
/// orness,
///   on cumulative importance.
/// - topsis, vikor with `fixed` normalisation: ideal 1 and anti-ideal 0 on every criterion, values outside count as
/// these.
///   The score of VIKOR is 1 - Q, Q = v S + (1 - v) R / (largest weight): no candidate changes that of another.
/// For all these the score never falls when a value rises, so that no score of complete data lies outside low to high.
///
/// The others depend on the candidates at hand, so that one more can turn the order of others:
/// - topsis with another normalisation: the scale and both ideals of a criterion are those of its known values. vikor
/// with
///   minmax: likewise; S and R run between the least and most of the candidates with a score, and the score is 1 - Q.
///   A criterion with one known number separates nobody; where none differ, all score 1.
/// - promethee: a candidate is compared, per criterion, with the others whose value is known; the score is (1 + φ) / 2.
/// Their `low` and `high` place the missing values of one candidate on the scales, and among the values, that are
/// known: beyond both ends they count as these ends, and what other missing values would do to the scales is not in
/// them. Where the known values of a criterion do not differ (promethee: where there are none), a missing one runs from
/// the worst to the best of a scale as long as min-max would make it.
[[nodiscard]] Scores aggregate(std::vector<Values const*> const& values, std::vector<double> const& weights,
                               Aggregation const& aggregation, unsigned workers = 1);

enum class VetoResult : std::uint8_t { none, vetoed, unknown };
[[nodiscard]] std::string_view to_string(VetoResult result);
/// The vetoes of an aggregation, per candidate: vetoed where one value (or all that it may be) lies below; else unknown
/// where a missing value may lie below. `by` is the first criterion of the list that decided; -1 for none. A criterion
/// without weight can veto too. The score stands beside it, unchanged.
struct VetoOutcome {
  std::vector<VetoResult> result;
  std::vector<std::int32_t> by;
};
[[nodiscard]] VetoOutcome vetoes_of(std::vector<Values const*> const& values, std::vector<Veto> const& vetoes,
                                    unsigned workers = 1);

}  // namespace terrein
