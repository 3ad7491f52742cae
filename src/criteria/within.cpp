#include <algorithm>
#include <cmath>
#include <optional>

#include "criteria/kinds.hpp"
#include "criteria/selection.hpp"
#include "terrein/core/error.hpp"

namespace terrein {
namespace {

/// Features within the radius of a candidate, and what else could be there.
struct Near {
  SegmentIndex chosen;
  std::optional<SegmentIndex> unlabelled;
  CoverageCheck const& coverage;
  bool any_shapeless;

  Near(CriterionSpec const& spec, Workbench& bench, Selection const& selection)
      : chosen(bench.layer(spec.layer).layer, selection.chosen),
        coverage(bench.coverage(spec.layer)),
        any_shapeless(selection.any_shapeless) {
    if (!(spec.radius_m >= 0) || !std::isfinite(spec.radius_m))
      throw_error(ErrorKind::config, "Criterion '{}' ({}) has radius '{}'; give a number of metres, 0 or more.",
                  spec.key, spec.measure, spec.radius_m);
    if (selection.any_unlabelled) unlabelled.emplace(bench.layer(spec.layer).layer, selection.unlabelled);
  }
  [[nodiscard]] std::vector<SegmentIndex::Hit> maybe(GeometryColumn const& shapes, std::size_t row,
                                                     double radius) const {
    return unlabelled ? unlabelled->within(shapes, row, radius) : std::vector<SegmentIndex::Hit>{};
  }
  [[nodiscard]] bool complete(std::size_t row, double radius) const {
    return !any_shapeless && coverage.reach(row, radius) >= radius;
  }
};

}  // namespace

Measure measure_count_within(CriterionSpec const& spec, Workbench& bench) {
  auto const selection = select(spec, bench.inputs(), spec.layer, spec.classes);
  Near const near(spec, bench, selection);
  Measure out = bench.numbers(spec.layer);
  bench.each_nearby([&] {
    return [&, search = NearestSearch(near.chosen)](std::size_t row) mutable {
      auto const counted = search.count_within(bench.shapes(), row, spec.radius_m);
      out.by[row] = counted.nearest.row;
      auto const known = static_cast<double>(counted.rows);
      auto const more = static_cast<double>(near.maybe(bench.shapes(), row, spec.radius_m).size());
      if (near.complete(row, spec.radius_m)) {
        settle(out, row, known, known + more, 0);
      } else {
        bound(out, row, known, std::nullopt);
      }
    };
  });
  out.why_unknown = all_shapeless(spec.layer, spec.classes, selection);
  return out;
}

/// Sum of an attribute in the order of the ids. One null among the features makes the sum unknown. What is hidden
/// outside the coverage is taken to add, not to take away, unless a term of the candidate is itself negative; a feature
/// without usable shape is a term of every candidate in this.
Measure measure_sum_within(CriterionSpec const& spec, Workbench& bench) {
  auto const selection = select(spec, bench.inputs(), spec.layer, spec.classes);
  auto const numbers = numbers_of(spec, bench.layer(spec.layer).layer, all_terms(selection));
  bool negative_anywhere = false;
  for (std::size_t row = 0; row < selection.shapeless.size(); ++row)
    negative_anywhere |= selection.shapeless[row] != 0 && numbers.at(row).value_or(0) < 0;
  Near const near(spec, bench, selection);
  Measure out = bench.numbers(spec.layer);
  bench.each([&](std::size_t row) {
    double sum = 0, less = 0, more = 0, largest = 0;
    bool all_known = true, negative = negative_anywhere, more_known = true;
    for (auto const& hit : near.chosen.within(bench.shapes(), row, spec.radius_m)) {
      auto const number = numbers.at(hit.row);
      if (out.by[row] == no_row || std::abs(number.value_or(0)) > largest) {
        out.by[row] = hit.row;
        largest = std::abs(number.value_or(0));
      }
      all_known &= number.has_value();
      negative |= number.value_or(0) < 0;
      sum += number.value_or(0);
    }
    for (auto const& hit : near.maybe(bench.shapes(), row, spec.radius_m)) {
      auto const number = numbers.at(hit.row);
      more_known &= number.has_value();
      negative |= number.value_or(0) < 0;
      less += std::min(0.0, number.value_or(0));
      more += std::max(0.0, number.value_or(0));
    }
    bool const complete = near.complete(row, spec.radius_m) && all_known && more_known;
    if (complete) {
      settle(out, row, sum + less, sum + more, 0);
    } else if (!negative) {
      bound(out, row, sum, std::nullopt);
    }
  });
  out.why_unknown = all_shapeless(spec.layer, spec.classes, selection);
  return out;
}

}  // namespace terrein
