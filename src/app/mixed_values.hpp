#pragma once

#include <vector>

#include "terrein/app/changes.hpp"

namespace terrein {

/// Values of one criterion in both results and, where its function changed, of each measure under the other function.
class PairedValues {
 public:
  /// `before` and `after` are null where that result does not have the criterion.
  PairedValues(CriterionView const* before, CriterionView const* after, MeasureOf const& measure_before,
               MeasureOf const& measure_after);
  [[nodiscard]] ValuePair at(MatchedRows const& pair) const;

 private:
  CriterionView const *before_, *after_;
  bool same_function_ = true;
  Measure old_measure_, new_measure_;  ///< only where functions differ
  Column<double> old_measure_new_function_, new_measure_old_function_;
};

/// Whether a criterion was measured to be the same.
[[nodiscard]] bool same_measure(Measure const& before, Row row_before, Measure const& after, Row row_after);

}  // namespace terrein
