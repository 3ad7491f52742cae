#include <algorithm>
#include <cmath>

#include "criteria/kinds.hpp"
#include "criteria/selection.hpp"
#include "terrein/core/error.hpp"

namespace terrein {
namespace {

void check(CriterionSpec const& spec, Workbench const& bench) {
  for (CutSpec const& cut : spec.cuts) {
    if (!(cut.buffer_m >= 0) || !std::isfinite(cut.buffer_m))
      throw_error(ErrorKind::config, "Criterion '{}' ({}) cuts out layer '{}' with buffer '{}'; give 0 m or more.",
                  spec.key, spec.measure, cut.layer, cut.buffer_m);
    if (!cut.classes.empty()) require_classes(spec, bench.layer(cut.layer));
    if (cut.buffer_m == 0) require_polygons(spec, bench.layer(cut.layer));
  }
}

/// What could be cut out beyond what is known to be, per candidate: all of it where a buffer can reach in from outside
/// the coverage, else the part outside. Layers with the same coverage have the same part outside.
double hidden_m2(CriterionSpec const& spec, std::vector<CoverageCheck const*> const& coverage, std::size_t row,
                 double whole) {
  double hidden = 0;
  for (std::size_t i = 0; i < spec.cuts.size(); ++i) {
    double const buffer = spec.cuts[i].buffer_m;
    if (buffer > 0 && coverage[i]->reach(row, buffer) < buffer) return whole;
    auto const same = coverage.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(coverage.begin(), same, coverage[i]) == same) hidden += coverage[i]->outside_m2(row);
  }
  return hidden;
}

/// The row that takes most, when all cuts are of one layer.
void name_largest(CriterionSpec const& spec, Workbench const& bench, CutResult const& result, Measure& out) {
  if (spec.cuts.empty()) return;
  std::string const& layer = spec.cuts.front().layer;
  for (CutSpec const& cut : spec.cuts)
    if (cut.layer != layer) return;
  out.by_layer = layer;
  auto const& rank = bench.layer(layer).layer.id_rank;
  for (std::size_t row = 0; row < bench.rows(); ++row) {
    double most = 0;
    for (std::size_t i = 0; i < spec.cuts.size(); ++i) {
      Row const by = result.largest[i][row];
      double const area = result.own_m2[i][row];
      if (by == no_row || area < most || (area == most && out.by[row] != no_row && rank[out.by[row]] < rank[by]))
        continue;
      out.by[row] = by;
      most = area;
    }
  }
}

/// Without cuts the whole candidate is left. A cut without usable shape could take all of it.
Measure net_m2(CriterionSpec const& spec, Workbench& bench) {
  std::vector<Cut> sure, possible;
  std::vector<CoverageCheck const*> coverage;
  bool any_unlabelled = false, any_shapeless = false, all_hidden = true;
  Reason why;
  for (CutSpec const& cut : spec.cuts) {
    auto selection = select(spec, bench.inputs(), cut.layer, cut.classes);
    any_unlabelled |= selection.any_unlabelled;
    any_shapeless |= selection.any_shapeless;
    Reason reason = all_shapeless(cut.layer, cut.classes, selection);
    all_hidden &= !reason.empty();
    if (why.empty()) why = std::move(reason);
    possible.push_back({&bench.layer(cut.layer).layer, either(selection), cut.buffer_m});
    sure.push_back({&bench.layer(cut.layer).layer, std::move(selection.chosen), cut.buffer_m});
    coverage.push_back(&bench.coverage(cut.layer));
  }
  auto const result = cut_out(bench.shapes(), sure, bench.workers());
  std::vector<double> const least =
      any_unlabelled ? cut_out(bench.shapes(), possible, bench.workers()).net_m2 : result.net_m2;
  Measure out = bench.numbers();
  bench.each([&](std::size_t row) {
    double const whole = bench.area(row), high = result.net_m2[row];
    double const hidden = any_shapeless ? whole : hidden_m2(spec, coverage, row, whole);
    double const low = std::clamp(least[row] - hidden, 0.0, high);
    if (high - low <= negligible_share * whole) {
      out.value.set(row, high);
    } else {
      bound(out, row, low, high);
    }
  });
  if (all_hidden) out.why_unknown = std::move(why);
  name_largest(spec, bench, result, out);
  return out;
}

/// The same cuts are made once.
Measure const& kept_net_m2(CriterionSpec const& spec, Workbench& bench) {
  check(spec, bench);
  std::string key;
  for (CutSpec const& cut : spec.cuts) {
    key += fmt::format("{}:{}:{:a}", cut.layer.size(), cut.layer, cut.buffer_m);
    for (std::string const& word : cut.classes) key += fmt::format(",{}:{}", word.size(), word);
    key += ';';
  }
  return bench.kept(key, [&] { return net_m2(spec, bench); });
}

}  // namespace

Measure measure_net_area(CriterionSpec const& spec, Workbench& bench) { return kept_net_m2(spec, bench); }

Measure measure_net_share(CriterionSpec const& spec, Workbench& bench) {
  Measure out = kept_net_m2(spec, bench);
  bench.each([&](std::size_t row) {
    if (out.value.is_known(row)) out.value.values[row] /= bench.area(row);
    for (BoundColumn* bound : {&out.low, &out.high})
      if (bound->is_known(row)) bound->values[row] /= bench.area(row);
  });
  return out;
}

}  // namespace terrein
