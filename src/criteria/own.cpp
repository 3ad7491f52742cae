#include "criteria/kinds.hpp"
#include "criteria/selection.hpp"

namespace terrein {

Measure measure_own_attribute(CriterionSpec const& spec, Workbench& bench) {
  Measure out = bench.numbers();
  out.value = numbers_of(spec, bench.candidates().layer);
  out.value.name.clear();
  return out;
}

/// The text of a field where one is named, else the class of the candidate. Blank text is null.
Measure measure_own_class(CriterionSpec const& spec, Workbench& bench) {
  AnyColumn const* const field = spec.field.empty() ? nullptr : &field_of(spec, bench.candidates().layer);
  if (field == nullptr) require_classes(spec, bench.candidates());
  Measure out = unknown_measure({}, {}, true, 0, {});
  out.by.assign(bench.rows(), no_row);
  for (std::size_t row = 0; row < bench.rows(); ++row) {
    if (field == nullptr) {
      out.text.push(bench.candidates().class_of.at(row));
    } else {
      out.text.push(text_of(*field, row));
    }
  }
  return out;
}

}  // namespace terrein
