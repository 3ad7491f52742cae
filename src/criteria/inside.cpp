#include <algorithm>
#include <optional>

#include "criteria/kinds.hpp"
#include "criteria/selection.hpp"

namespace terrein {
namespace {

/// The feature with the largest part of every candidate: a row, `no_row` = none, or not known.
struct Hosts {
  std::vector<Row> row;
  std::vector<std::uint8_t> known;
  Reason why_unknown{};
};

/// Area of every listed candidate under its own host alone.
std::vector<double> host_areas(Workbench const& bench, Layer const& cover, std::vector<Row> candidates,
                               std::vector<Row> const& host) {
  std::vector<double> out(bench.rows(), 0);
  std::stable_sort(candidates.begin(), candidates.end(), [&](Row a, Row b) { return host[a] < host[b]; });
  std::vector<std::uint32_t> const group{0};
  for (std::size_t begin = 0, end = 0; begin < candidates.size(); begin = end) {
    while (end < candidates.size() && host[candidates[end]] == host[candidates[begin]]) ++end;
    std::span<Row const> const run(candidates.data() + begin, end - begin);
    Layer const alone = take(cover, {host[run[0]]});
    auto const areas = cover_areas(take(bench.shapes(), run), alone, group, 1, bench.workers());
    for (std::size_t i = 0; i < run.size(); ++i) out[run[i]] = areas.area[0][i];
  }
  return out;
}

/// A host is not known when the part that is not known (no class, or outside the coverage) could be a larger one, nor
/// when it has no more than half and there is a feature without usable shape.
Hosts hosts_of(CriterionSpec const& spec, Workbench& bench, Selection const& selection) {
  Layer const& cover = bench.layer(spec.layer).layer;
  CoverageCheck const& coverage = bench.coverage(spec.layer);
  std::vector<std::uint32_t> group(cover.size(), no_row);
  for (std::size_t row = 0; row < cover.size(); ++row) {
    if (selection.chosen[row] != 0) group[row] = 0;
    if (selection.unlabelled[row] != 0) group[row] = 1;
  }
  auto const areas = cover_areas(bench.shapes(), cover, group, 2, bench.workers());
  Hosts out{areas.largest[0], std::vector<std::uint8_t>(bench.rows(), 1)};
  std::vector<double> open(bench.rows(), 0);
  std::vector<Row> doubtful;
  for (Row row = 0; row < bench.rows(); ++row) {
    double const unlabelled = areas.area[1][row];
    open[row] = (unlabelled > negligible_share * bench.area(row) ? unlabelled : 0) + coverage.outside_m2(row);
    if (!(open[row] > 0) && !selection.any_shapeless) continue;
    if (out.row[row] == no_row) out.known[row] = 0;
    if (out.row[row] != no_row) doubtful.push_back(row);
  }
  auto const held = host_areas(bench, cover, doubtful, out.row);
  for (Row const row : doubtful)
    if (open[row] >= held[row] || (selection.any_shapeless && !(held[row] > bench.area(row) / 2))) out.known[row] = 0;
  out.why_unknown = all_shapeless(spec.layer, spec.classes, selection);
  return out;
}

Hosts checked_hosts(CriterionSpec const& spec, Workbench& bench) {
  require_polygons(spec, bench.layer(spec.layer));
  return hosts_of(spec, bench, select(spec, bench.inputs(), spec.layer, spec.classes));
}

}  // namespace

/// Null where no feature holds the candidate.
Measure measure_in_attribute(CriterionSpec const& spec, Workbench& bench) {
  auto const numbers = numbers_of(spec, bench.layer(spec.layer).layer);
  auto const hosts = checked_hosts(spec, bench);
  Measure out = bench.numbers(spec.layer);
  for (std::size_t row = 0; row < bench.rows(); ++row) {
    if (hosts.known[row] == 0 || hosts.row[row] == no_row) continue;
    out.by[row] = hosts.row[row];
    if (auto const number = numbers.at(hosts.row[row])) out.value.set(row, *number);
  }
  out.why_unknown = hosts.why_unknown;
  return out;
}

/// "none" where no feature holds the candidate and none can.
Measure measure_in_class(CriterionSpec const& spec, Workbench& bench) {
  MeasuringLayer const& source = bench.layer(spec.layer);
  AnyColumn const* const field = spec.field.empty() ? nullptr : &field_of(spec, source.layer);
  if (field == nullptr) require_classes(spec, source);
  auto const hosts = checked_hosts(spec, bench);
  Measure out = unknown_measure({}, {}, true, 0, hosts.why_unknown);
  out.by_layer = spec.layer;
  out.by.assign(bench.rows(), no_row);
  for (std::size_t row = 0; row < bench.rows(); ++row) {
    Row const host = hosts.row[row];
    if (hosts.known[row] == 0) {
      out.text.push(std::nullopt);
    } else if (host == no_row) {
      out.text.push("none");
    } else {
      out.by[row] = host;
      if (field == nullptr) {
        out.text.push(source.class_of.at(host));
      } else {
        out.text.push(text_of(*field, host));
      }
    }
  }
  return out;
}

}  // namespace terrein
