#include "fabric_table.hpp"

namespace terrein {
namespace {

struct Columns {
  TextColumn layer{"layer"}, kind{"kind"}, label{"label"}, policy{"policy"};
  Column<std::int64_t> count{"count_n", 0};
  Column<double> area{"area_m2", 0};
};

bool is_common_land(std::string const& kind) { return kind == "overlap" || kind == "stacked" || kind == "identical"; }

void add_report(LayerReport const& report, bool is_candidates, Labels const& labels, Columns& out) {
  for (FabricCount const& one : report.fabric.counts) {
    out.layer.push(report.config->key);
    out.kind.push(one.kind);
    out.label.push(labels.get("fabric", one.kind));
    out.count.push(static_cast<std::int64_t>(one.count));
    out.area.push(one.kind == "t_junction" ? std::nullopt : std::optional<double>(one.area_m2));
    bool const settled = is_candidates && is_common_land(one.kind);
    out.policy.push(settled ? std::optional<std::string_view>(to_string(report.fabric.policy)) : std::nullopt);
  }
}

}  // namespace

OutputLayer fabric_table(Study const& study, StudyLayers const& layers, Labels const& labels) {
  Columns columns;
  for (LayerReport const& report : layers.reports)
    add_report(report, report.config->key == study.candidates, labels, columns);
  if (!study.borders.layer.empty()) {
    columns.layer.push(study.candidates);
    columns.kind.push("crosses_border");
    columns.label.push(labels.get("fabric", "crosses_border"));
    columns.count.push(static_cast<std::int64_t>(layers.crosses_border.size()));
    columns.area.push(std::nullopt);
    columns.policy.push(std::nullopt);
  }
  OutputLayer out;
  out.name = "fabric";
  out.title = labels.get("layer", "fabric");
  out.table = Table(columns.layer.size());
  auto const add = [&](AnyColumn column) {
    std::string const name = name_of(column);
    out.fields[name] = {labels.get("column", name), "", ""};
    out.table.add(std::move(column));
  };
  add(std::move(columns.layer));
  add(std::move(columns.kind));
  add(std::move(columns.label));
  add(std::move(columns.count));
  add(std::move(columns.area));
  add(std::move(columns.policy));
  return out;
}

}  // namespace terrein
