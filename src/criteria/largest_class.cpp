#include <algorithm>
#include <optional>

#include "criteria/kinds.hpp"
#include "criteria/selection.hpp"

namespace terrein {
namespace {

struct Leader {
  std::size_t group = 0;
  double area = 0;
  double next = 0;  ///< area of the runner-up
  Row by = no_row;
};

/// Largest of the first `classes` groups; equal areas go to the class whose largest part has the smallest id.
Leader leader_of(CoverAreas const& areas, std::size_t classes, std::size_t candidate,
                 std::vector<std::uint32_t> const& rank) {
  Leader best;
  for (std::size_t group = 0; group < classes; ++group) {
    double const area = areas.area[group][candidate];
    Row const by = areas.largest[group][candidate];
    if (!(area > 0)) continue;
    bool const leads = area > best.area || (area == best.area && rank[by] < rank[best.by]);
    if (leads) {
      best = {group, area, best.area, by};
    } else {
      best.next = std::max(best.next, area);
    }
  }
  return best;
}

}  // namespace

/// The class with the most area. Not known when what is not known (no class, no shape, or outside the coverage) could
/// make another class the largest.
Measure measure_largest_class(CriterionSpec const& spec, Workbench& bench) {
  MeasuringLayer const& source = bench.layer(spec.layer);
  require_polygons(spec, source);
  require_classes(spec, source);
  CoverageCheck const& coverage = bench.coverage(spec.layer);
  auto const& words = source.class_of.words();
  auto const selection = select(spec, bench.inputs(), spec.layer, spec.classes);
  std::vector<std::uint32_t> group(source.layer.size(), no_row);
  for (std::size_t row = 0; row < group.size(); ++row) {
    bool const has_class = selection.chosen[row] != 0 && source.class_of.is_known(row);
    if (has_class) group[row] = source.class_of.code(row);
    if (!has_class && (selection.chosen[row] != 0 || selection.unlabelled[row] != 0))
      group[row] = static_cast<std::uint32_t>(words.size());
  }
  auto const areas = cover_areas(bench.shapes(), source.layer, group, words.size() + 1, bench.workers());
  Measure out = unknown_measure({}, {}, true, 0, {});
  out.by_layer = spec.layer;
  out.by.assign(bench.rows(), no_row);
  for (std::size_t row = 0; row < bench.rows(); ++row) {
    auto const leader = leader_of(areas, words.size(), row, source.layer.id_rank);
    double const unlabelled = areas.area[words.size()][row];
    double const open = (unlabelled > negligible_share * bench.area(row) ? unlabelled : 0) + coverage.outside_m2(row);
    bool const may_win = source.hidden_may_replace || !(leader.area > bench.area(row) / 2);
    bool const hidden = selection.any_shapeless && may_win;
    if (hidden || (open > 0 && leader.next + open >= leader.area)) {
      out.text.push(std::nullopt);
    } else {
      out.text.push(leader.by == no_row ? std::string_view("none") : std::string_view(words[leader.group]));
      out.by[row] = leader.by;
    }
  }
  out.why_unknown = all_shapeless(spec.layer, spec.classes, selection);
  return out;
}

}  // namespace terrein
