#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/core/measure.hpp"

namespace terrein {

enum class RuleEffect {
  exclude,    ///< the candidate fails
  condition,  ///< the candidate passes under a duty
  cut,        ///< the land is cut out of the candidate; fails only when (nearly) all of it is
  inform,     ///< the outcome does not change; a duty is listed
};
enum class RuleResult : std::uint8_t { pass, condition, fail, unknown };
enum class Ground { wet, beleid, fysiek, praktijk, eigen_keuze };  ///< law, policy, physical, practice, own choice

/// When a rule applies: a comparison of the measure with a threshold, or a set of classes.
struct RuleTest {
  enum class Op { greater, at_least, less, at_most, in, not_in };
  Op op = Op::greater;
  double threshold = 0;
  std::vector<std::string> classes;
};
/// ">0.02", ">= 5", "<100", "in forest|park", "not in business". Throws `Error{config}`.
[[nodiscard]] RuleTest parse_rule_test(std::string_view text);
[[nodiscard]] std::string to_text(RuleTest const& test);

struct RuleSpec {
  std::string key;        ///< columns rule_<key>, m_<key>
  std::string criterion;  ///< key of the criterion that is tested
  RuleEffect effect = RuleEffect::exclude;
  RuleTest test;         ///< the rule applies (excludes, conditions, informs) when this holds
  bool of_site = false;  ///< site level: only informs until sites are assembled
  Ground ground = Ground::eigen_keuze;
  std::string reference;  ///< text of law, plan or judgement
  std::string date;       ///< of the reference
  std::string duty;       ///< what must be done when it applies
  std::string label_nl, label_en;
  std::string mark;  ///< "verified", "unverified" or "judgement"
};

/// What a rule says of every candidate.
struct RuleOutcome {
  std::vector<RuleResult> result;
  Column<double> margin;  ///< distance of the measure to the threshold, positive = does not apply; null for classes
                          ///< and for unknown or infinite numbers, also where bounds decide
};
/// Unknown measures with bounds are decided where both bounds agree. A site-level rule, and effect `inform`, give
/// `condition` where the rule applies and never `fail`. Throws `Error{config}` when a class meets a number.
[[nodiscard]] RuleOutcome apply_rule(RuleSpec const& rule, Measure const& measure);

/// Outcome of a candidate under all rules of a model, in this order: a rule fails → fails; an excluding rule is unknown
/// → unknown; a condition applies → conditional; a condition is unknown → unknown; else passes. Rules that only inform
/// (site level, `inform`) do not count.
enum class Outcome : std::uint8_t { passes, conditional, fails, unknown };
[[nodiscard]] std::vector<Outcome> outcomes(std::vector<RuleSpec> const& rules,
                                            std::vector<RuleOutcome const*> const& results, std::size_t rows);
/// Whether a rule can change an outcome.
[[nodiscard]] bool decides(RuleSpec const& rule);

/// Per rule of a model: hectares and parcels. Sums are kept in whole mm² so that their order does not matter.
struct LedgerRow {
  std::string rule;
  std::size_t applies_n = 0;  ///< candidates it fails (exclude, cut) or conditions or informs
  double applies_ha = 0;      ///< their gross area; for a cut: the area it takes from all candidates
  std::size_t only_n = 0;     ///< candidates that fail this rule and no other
  double only_ha = 0;
  double gain_net_ha = 0;  ///< net developable hectares gained if only this rule were dropped: the net of candidates
                           ///< that only it fails, and for a cut also the marginal area of every candidate that no
                           ///< other rule fails. What is unknown by other rules counts; conditions gain nothing
  std::size_t unknown_n = 0;
  double unknown_ha = 0;
};
struct LedgerInput {
  std::vector<double> gross_m2;
  std::vector<double> net_m2;                        ///< gross minus cuts of the model
  std::vector<std::vector<double>> cut_own_m2;       ///< per rule of the model, empty for rules that do not cut
                                                     ///< (or whose layer is absent: counted as no area)
  std::vector<std::vector<double>> cut_marginal_m2;  ///< likewise
};
/// Throws `Error{internal}` for lengths that differ, and areas that are not finite or over 9 million km².
[[nodiscard]] std::vector<LedgerRow> ledger(std::vector<RuleSpec> const& rules,
                                            std::vector<RuleOutcome const*> const& results, LedgerInput const& input);

[[nodiscard]] std::string_view to_string(RuleEffect effect);
[[nodiscard]] std::string_view to_string(RuleResult result);
[[nodiscard]] std::string_view to_string(Ground ground);  ///< "wet", "beleid", "fysiek", "praktijk", "eigen keuze"
/// "voldoet", "onder voorwaarden", "voldoet niet", "onbekend"
[[nodiscard]] std::string_view to_string(Outcome outcome);
[[nodiscard]] std::optional<RuleEffect> rule_effect(std::string_view text);
[[nodiscard]] std::optional<Ground> ground(std::string_view text);

}  // namespace terrein
