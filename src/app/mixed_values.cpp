#include "mixed_values.hpp"

#include <algorithm>

#include "terrein/core/error.hpp"
#include "terrein/decision/relative_value.hpp"

namespace terrein {
namespace {

/// Relative functions depend on all candidates, so that the same words need not mean the same.
bool same_function(ValueFunction const& a, ValueFunction const& b) {
  return a.kind != ValueKind::minmax && a.kind == b.kind && a.outside == b.outside && to_text(a) == to_text(b);
}

/// Values of one result's measure under the function of the other; all null where it cannot be applied.
Column<double> values_under(ValueFunction const& function, Measure const& of_function, Measure const& measure) {
  Column<double> const none("", measure.size());
  if (measure.is_class != of_function.is_class) return none;
  std::optional<ValueFunction> const used =
      function.kind == ValueKind::minmax ? relative_line(function, of_function) : std::optional(function);
  if (!used) return none;
  try {
    return evaluate(*used, measure).value;
  } catch (Error const& error) {
    if (error.kind() != ErrorKind::config) throw;
    return none;  // a function that takes no number beyond its points
  }
}

}  // namespace

bool same_measure(Measure const& before, Row row_before, Measure const& after, Row row_after) {
  if (before.is_class != after.is_class) return false;
  if (before.is_class) return before.text.at(row_before) == after.text.at(row_after);
  return before.value.at(row_before) == after.value.at(row_after) &&
         before.low.at(row_before) == after.low.at(row_after) && before.high.at(row_before) == after.high.at(row_after);
}

PairedValues::PairedValues(CriterionView const* before, CriterionView const* after, MeasureOf const& measure_before,
                           MeasureOf const& measure_after)
    : before_(before), after_(after) {
  if (before == nullptr || after == nullptr) return;
  same_function_ = same_function(before->function, after->function);
  if (same_function_) return;
  old_measure_ = measure_before(before->key);
  new_measure_ = measure_after(after->key);
  old_measure_new_function_ = values_under(after->function, new_measure_, old_measure_);
  new_measure_old_function_ = values_under(before->function, old_measure_, new_measure_);
}

ValuePair PairedValues::at(MatchedRows const& pair) const {
  ValuePair out;
  if (before_ != nullptr) out.before = before_->value.at(pair.before);
  if (after_ != nullptr) out.after = after_->value.at(pair.after);
  if (before_ == nullptr || after_ == nullptr) return out;
  out.old_measure_new_function = out.before;
  out.new_measure_old_function = out.after;
  if (same_function_) return out;
  // Also for a number without end, which a file keeps as null.
  bool const same = same_measure(old_measure_, pair.before, new_measure_, pair.after);
  out.old_measure_new_function = same ? out.after : old_measure_new_function_.at(pair.before);
  out.new_measure_old_function = same ? out.before : new_measure_old_function_.at(pair.after);
  return out;
}

}  // namespace terrein
