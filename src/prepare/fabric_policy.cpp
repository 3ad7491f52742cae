#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "prepare/fabric_steps.hpp"
#include "prepare/steps.hpp"
#include "terrein/core/text.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {

std::string_view to_string(CommonLand policy) {
  switch (policy) {
    case CommonLand::keep:
      return "keep";
    case CommonLand::first:
      return "first";
    case CommonLand::split:
      return "split";
    case CommonLand::quarantine:
      return "quarantine";
  }
  return "";
}

namespace prepare {
namespace {

void quarantine(Layer& layer, std::span<Overlap const> common, FabricReport& report, Issues& issues) {
  std::set<Row> rows;
  for (Overlap const& one : common) rows.insert({one.a, one.b});
  report.changed = rows.size();
  std::vector<Row> by_id(rows.begin(), rows.end());
  std::sort(by_id.begin(), by_id.end(), [&](Row a, Row b) { return layer.id_rank[a] < layer.id_rank[b]; });
  for (Row const row : by_id)
    issues.add(fabric_issue(layer, "land_quarantined", Severity::error, layer.id[row], layer.geometry.box[row].centre(),
                            fmt::format("Shares land with another row, so that none of its {:.2f} m² is used.",
                                        area(layer.geometry, row))));
  empty_rows(layer.geometry, {rows.begin(), rows.end()});
}

/// Appends a null, or the value that all `rows` have.
template <class AnyOf>
void push_common(AnyOf& column, std::vector<Row> const& rows) {
  auto const first = column.at(rows.front());
  bool const same = std::all_of(rows.begin(), rows.end(), [&](Row row) { return column.at(row) == first; });
  if (!same || !first) {
    column.push(std::nullopt);
    return;
  }
  auto const value =
      typename std::conditional_t<std::is_same_v<AnyOf, TextColumn>, std::string, std::decay_t<decltype(*first)>>(
          *first);
  column.push(value);
}

/// Ids and attributes of the rows of common land.
void add_rows(Layer& layer, std::vector<std::vector<Row>> const& made_of) {
  std::set<std::string> taken(layer.id.begin(), layer.id.end());
  for (auto const& rows : made_of) {
    std::vector<std::string> ids;
    for (Row const row : rows) ids.push_back(layer.id[row]);
    std::string id = join(ids, "+");
    while (!taken.insert(id).second) id += "+";
    layer.id.push_back(std::move(id));
  }
  Table table(layer.id.size());
  for (AnyColumn column : layer.attributes.columns()) {
    std::visit(
        [&](auto& values) {
          for (auto const& rows : made_of) push_common(values, rows);
        },
        column);
    table.add(std::move(column));
  }
  layer.attributes = std::move(table);
  layer.id_rank = rank_ids(layer.id);
}

void tell_of_losses(Layer const& layer, SharedOut const& shared, Issues& issues) {
  std::vector<Row> rows = shared.changed;
  auto const by_id = [&](Row a, Row b) { return layer.id_rank[a] < layer.id_rank[b]; };
  std::sort(rows.begin(), rows.end(), by_id);
  for (Row const row : rows) {
    double const before = area(layer.geometry, row), after = area(shared.geometry, row);
    bool const nothing = after == 0;
    issues.add(fabric_issue(layer, "land_lost", nothing ? Severity::error : Severity::warning, layer.id[row],
                            layer.geometry.box[row].centre(),
                            nothing ? fmt::format("All of its {:.2f} m² is common land; nothing remains.", before)
                                    : fmt::format("Loses {:.2f} m² of common land: {:.2f} m² became {:.2f} m².",
                                                  before - after, before, after)));
  }
  rows = shared.failed;
  std::sort(rows.begin(), rows.end(), by_id);
  for (Row const row : rows)
    issues.add(fabric_issue(layer, "fabric_unknown", Severity::warning, layer.id[row], layer.geometry.box[row].centre(),
                            "Its common land cannot be cut off, so it still counts in more than one parcel."));
}

}  // namespace

void settle_common_land(Layer& layer, std::span<Overlap const> common, FabricOptions const& options,
                        FabricReport& report, Issues& issues) {
  if (options.policy == CommonLand::keep || common.empty()) return;
  if (options.policy == CommonLand::quarantine) return quarantine(layer, common, report, issues);
  SharedOut shared = options.policy == CommonLand::first
                         ? first_keeps(layer, common, options.workers)
                         : split_common(layer, common, options.overlap_m2, options.workers);
  tell_of_losses(layer, shared, issues);
  report.changed = shared.changed.size();
  report.added = shared.made_of.size();
  layer.geometry = std::move(shared.geometry);
  if (!shared.made_of.empty()) add_rows(layer, shared.made_of);
}

}  // namespace prepare
}  // namespace terrein
