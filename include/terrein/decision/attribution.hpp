#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "terrein/decision/rules.hpp"

namespace terrein {

// Why a score differs between two results. A score (a weighted sum, see `weighted_sum`) follows from five things that
// may change: what was measured, what is known, value functions, weights, and which criteria the model has. Each cause
// gets its Shapley value (L. S. Shapley, "A value for n-person games", 1953): the mean, over all orders in which the
// causes may change one after the other, of what it adds to the score. It is the one division that adds up to the
// difference, treats causes alike, and gives nothing to a cause that changes nothing; the way back gives the same with
// the other sign.
//
// Within a step the criteria share what it adds. With u the weight shares among what is known (they sum to 1) and v the
// values, a step of measures or value functions gives criterion i u_i (v_i' - v_i). A step of weights, of what is known
// or of criteria gives it (u_i' - u_i)(v_i - c), with c the score of the criteria that the step leaves alone, which get
// nothing: what is taken from them all alike is no news about any of them. Where it leaves none alone, c is the mean of
// the scores before and after the step.

enum class Cause : std::uint8_t { measure, known, value_function, weight, criteria };
inline constexpr std::size_t cause_count = 5;
inline constexpr std::array<Cause, cause_count> all_causes{Cause::measure, Cause::known, Cause::value_function,
                                                           Cause::weight, Cause::criteria};
/// "measure", "known", "value_function", "weight", "criteria"
[[nodiscard]] std::string_view to_string(Cause cause);
/// Points by cause, in the order of `all_causes`.
using PointsByCause = std::array<double, cause_count>;

/// Weight of a criterion in two models, as written; nothing where the model does not have it.
struct WeightPair {
  std::optional<double> before, after;
};

/// Value (0..1) of a criterion for one candidate, null where it is not known. Where a mixed one cannot be told it is
/// taken so that measure and function add up, by halves when neither can.
struct ValuePair {
  std::optional<double> before, after;
  std::optional<double> old_measure_new_function, new_measure_old_function;
};

/// What causes have of one criterion.
struct CriterionPoints {
  std::size_t criterion = 0;  ///< in the order of the weights
  Cause cause = Cause::measure;
  double points = 0;  ///< of 100
};

/// Attributes differences of scores under two models. For one thread at a time: it keeps its buffers.
class ScoreAttribution {
 public:
  /// `weights` by criterion of either model, none negative, with a positive sum on each side; throws `Error{internal}`.
  explicit ScoreAttribution(std::vector<WeightPair> weights);

  /// The parts of the difference (after minus before, in points), by criterion, then cause. Their sum in this order is
  /// the difference of the two scores to within 1e-10; parts up to 1e-12 are left out. Values of a criterion that a
  /// model does not have are not looked at. Nothing when one of the scores is null, as there is no difference. Throws
  /// `Error{internal}` for another number of values.
  [[nodiscard]] std::vector<CriterionPoints> explain(std::vector<ValuePair> const& values);

 private:
  static constexpr std::size_t worlds = std::size_t{1} << cause_count;
  /// A state between before and after: weight shares among what is known, values, and the score they give. `alive`
  /// unless nothing that counts is known.
  struct World {
    std::vector<double> share, value;
    double score = 0;
    bool made = false, alive = false;
  };
  /// The value of a criterion by measure (0 old, 1 new), then function.
  struct Facts {
    double value[2][2] = {};
    bool known[2] = {};
  };

  [[nodiscard]] Facts facts_of(std::size_t criterion, ValuePair const& pair) const;
  [[nodiscard]] std::size_t active_causes() const;
  World const& world(std::size_t after);
  /// Whether a step of a cause touches a criterion itself.
  [[nodiscard]] bool is_touched(Cause cause, std::size_t criterion) const;
  void add_step(Cause cause, std::size_t from, double coefficient, std::vector<PointsByCause>& out);
  void add_shift(Cause cause, World const& from, World const& to, double coefficient, std::vector<PointsByCause>& out);

  std::vector<WeightPair> weights_;
  std::vector<double> weight_[2][2];  ///< by criteria (0 those of before), then weights (0 those of before)
  std::vector<Facts> facts_;
  std::array<World, worlds> world_;
  bool weights_differ_ = false, criteria_differ_ = false;
};

/// Why a rule says something else of a candidate.
enum class RuleReason : std::uint8_t {
  measure,           ///< something else was measured
  test,              ///< the threshold or the classes changed
  measure_and_test,  ///< neither alone gives the new result, or each alone does
  effect,            ///< another effect: exclude, condition, cut or inform
  definition,        ///< another measure is tested, or a cut takes other land
  added,
  removed
};
/// "measure", "test", "measure_and_test", "effect", "definition", "added", "removed"
[[nodiscard]] std::string_view to_string(RuleReason reason);
/// For a rule whose test changed, by what each alone would give: `new_measure` the new measure under the old rule,
/// `new_test` the old measure under the new one. Precondition: before differs from after.
[[nodiscard]] RuleReason rule_reason(RuleResult before, RuleResult after, RuleResult new_measure, RuleResult new_test);

}  // namespace terrein
