#include "criteria/bound_facts.hpp"

#include <cmath>

#include "criteria/selection.hpp"

namespace terrein {

CriterionSpec spec_of(BoundLandSpec const& spec, RowsOf const& rows) {
  CriterionSpec out;
  out.key = spec.mode == BoundMode::water ? "water_bound" : "rail_bound";
  out.measure = out.key;
  out.layer = rows.layer;
  out.classes = rows.classes;
  return out;
}

std::vector<Answer> covered(BoundLandSpec const& spec, RowsOf const& rows, double share, Inputs const& inputs) {
  CriterionSpec criterion = spec_of(spec, rows);
  criterion.measure = "area_share";
  Measure const found = measure(criterion, inputs);
  constexpr double slack = 1e-9;
  std::vector<Answer> out(inputs.candidates->layer.size(), Answer::unknown);
  for (std::size_t row = 0; row < out.size(); ++row) {
    double const low = found.value.at(row).value_or(found.low.at(row).value_or(0));
    double const high = found.value.at(row).value_or(found.high.at(row).value_or(1));
    if (low >= share - slack) out[row] = Answer::yes;
    if (high < share - slack) out[row] = Answer::no;
  }
  return out;
}

std::vector<Nearby> nearby(BoundLandSpec const& spec, RowsOf const& rows, double metres, double look_m,
                           Workbench& bench) {
  std::vector<Nearby> out(bench.rows());
  Layer const& layer = bench.layer(rows.layer).layer;
  Selection const selection = select(spec_of(spec, rows), bench.inputs(), rows.layer, rows.classes);
  CoverageCheck const& coverage = bench.coverage(rows.layer);
  SegmentIndex const chosen(layer, selection.chosen);
  std::optional<SegmentIndex> maybe;
  if (selection.any_unlabelled) maybe.emplace(layer, selection.unlabelled);
  bool const anywhere = selection.any_shapeless || selection.any_approximate;
  bench.each([&](std::size_t row) {
    Nearby& found = out[row];
    auto const hit = chosen.nearest(bench.shapes(), row, std::max(metres, look_m));
    if (hit.row != no_row) {
      found.row = hit.row;
      found.metres = hit.distance;
    }
    if (hit.distance <= metres) {
      found.within = Answer::yes;
    } else if (anywhere || (maybe && maybe->nearest(bench.shapes(), row, metres).row != no_row) ||
               coverage.outside_m2(row) > 0 || coverage.reach(row, metres) < metres) {
      found.within = Answer::unknown;
    }
  });
  for (std::size_t row = 0; row < out.size(); ++row)
    if (!(bench.area(row) > 0)) out[row].within = Answer::unknown;
  return out;
}

}  // namespace terrein
