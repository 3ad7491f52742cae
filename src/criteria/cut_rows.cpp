#include "criteria/selection.hpp"

namespace terrein {

std::vector<std::uint8_t> cut_rows(CutSpec const& cut, Inputs const& inputs) {
  CriterionSpec spec;
  spec.key = cut.layer;
  spec.measure = "net_area";
  return select(spec, inputs, cut.layer, cut.classes).chosen;
}

}  // namespace terrein
