#pragma once

#include <vector>

#include "terrein/app/changes.hpp"

namespace terrein {

/// The rules of a model in two results.
class RuleShifts {
 public:
  RuleShifts(ResultView const& before, ResultView const& after);
  /// Those of the new result, then those that it lacks.
  [[nodiscard]] std::vector<NamedKey> names() const;
  /// Rules that say something else of a candidate which both results have. A rule that only one has counts as a pass
  /// in the other.
  [[nodiscard]] std::vector<RuleShift> of(MatchedRows const& pair) const;

 private:
  struct Pair {
    RuleView const *before = nullptr, *after = nullptr;
    RuleReason reason = RuleReason::measure;
    /// Where the test changed: what each change alone gives, by the rows of the old and the new result.
    std::vector<RuleResult> new_measure, new_test;
  };
  std::vector<Pair> pairs_;
};

}  // namespace terrein
