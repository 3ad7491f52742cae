#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "terrein/decision/normalisation.hpp"

namespace terrein {

enum class PreferenceKind {
  usual,     ///< 1 for every lead
  u_shape,   ///< 1 for a lead above q
  v_shape,   ///< lead / p, at most 1
  level,     ///< 0 up to q, 0.5 up to p, 1 above
  linear,    ///< 0 up to q, rising to 1 at p
  gaussian,  ///< 1 - exp(-lead² / (2 s²))
};
/// How strongly one is preferred to another for its lead on a criterion, in the unit of the criterion; 0 without lead.
/// Source: Brans and Vincke 1985.
struct Preference {
  PreferenceKind kind = PreferenceKind::usual;
  double q = 0, p = 0, s = 0;
  [[nodiscard]] double operator()(double lead) const;
};
[[nodiscard]] std::string_view to_string(PreferenceKind kind);  ///< "usual", "u-shape", "v-shape", "level" …
[[nodiscard]] std::optional<PreferenceKind> preference_kind(std::string_view text);
[[nodiscard]] Bilingual describe(PreferenceKind kind);  ///< one word
/// Throws `Error{config}` for q < 0, p ≤ q (level, linear), p ≤ 0 (v-shape), s ≤ 0 (gaussian), and what is not finite.
void require_valid(Preference const& preference);

/// Most candidates whose leads are compared two by two, as the gaussian preference needs; the others are counted in a
/// sorted column and know no limit.
inline constexpr std::size_t most_pairwise_candidates = 20000;

/// Of one criterion, higher better: mean preference of every number over the others (`plus`) and of the others over it
/// (`minus`), over the numbers of `column`; 0 when there is no other. O(m log m), for gaussian O(m²). Does not depend
/// on the order of `column`, to the last bit. Throws `Error{config}` for gaussian over more than
/// `most_pairwise_candidates`, naming both.
struct Flows {
  std::vector<double> plus, minus;
};
[[nodiscard]] Flows criterion_flows(std::vector<double> const& column, Preference const& preference);
/// The same for numbers that are not in the column, each compared with all of it.
[[nodiscard]] Flows criterion_flows(std::vector<double> const& numbers, std::vector<double> const& column,
                                    Preference const& preference);

/// The textbook PROMETHEE II of raw numbers: flows over all criteria, and net flow plus - minus, from -1 to 1 (best).
/// Weights are made to sum to 1.
struct Promethee {
  std::vector<double> plus, minus, net;
};
[[nodiscard]] Promethee promethee(Alternatives const& alternatives, std::vector<Objective> const& objectives,
                                  std::vector<double> const& weights, std::vector<Preference> const& preferences);
/// π(a, b): how strongly alternative a is preferred to b, from 0 to 1.
[[nodiscard]] Alternatives preference_indices(Alternatives const& alternatives,
                                              std::vector<Objective> const& objectives,
                                              std::vector<double> const& weights,
                                              std::vector<Preference> const& preferences);

/// ELECTRE I: concordance(a, b) is the weight of the criteria on which a is at least as good as b; discordance(a, b)
/// the largest lead of b, over the largest range of a criterion. NaN on the diagonal. The numbers must be of one scale:
/// they are taken as they are. Weights are made to sum to 1. Source: Roy 1968; Cebrián and Porcar 2009.
struct Electre {
  Alternatives concordance, discordance;
};
[[nodiscard]] Electre electre(Alternatives const& alternatives, std::vector<Objective> const& objectives,
                              std::vector<double> const& weights);
/// Rows of the kernel of "a outranks b where concordance ≥ `concordance` and discordance ≤ `discordance`": none of them
/// outranks another, and every other is outranked by one of them. Those that outrank each other in a cycle are taken as
/// one, which makes the kernel single; all of such a cycle are given.
[[nodiscard]] std::vector<std::size_t> electre_kernel(Electre const& of, double concordance, double discordance);

}  // namespace terrein
