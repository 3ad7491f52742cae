#pragma once

#include "terrein/core/table.hpp"
#include "terrein/decision/weights.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {

/// What tables say of a set of weights: its name and date, how it came about, and how well the judgements agree.
class WeightSetColumns {
 public:
  /// A row; empty for no set.
  void push(WeightSet const* set, Labels const& labels);
  /// The columns, which are gone afterwards.
  [[nodiscard]] std::vector<AnyColumn> take();

 private:
  TextColumn name_{"weight_set"}, date_{"weight_set_date"}, how_{"elicitation"}, consistency_{"consistency"};
  Column<double> ratio_{"consistency_ratio", 0};
};

}  // namespace terrein
