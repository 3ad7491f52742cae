#include "sources_table.hpp"

#include <fmt/core.h>

#include "additions.hpp"

namespace terrein {
namespace {

std::optional<std::string_view> text_or_null(std::string const& text) {
  return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

std::string extent_text(Box const& box) {
  if (box.empty()) return {};
  return fmt::format("{:.0f} {:.0f} {:.0f} {:.0f}", box.min_x, box.min_y, box.max_x, box.max_y);
}

std::int64_t count(std::size_t n) { return static_cast<std::int64_t>(n); }

}  // namespace

OutputLayer sources_table(Study const& study, StudyLayers const& layers, Additions const& additions,
                          Labels const& labels) {
  OutputLayer out;
  out.name = "sources";
  out.title = labels.get("layer", "sources");
  TextColumn key("layer"), title("label"), source("source"), inside("source_layer"), date("date"), crs("crs"),
      operation("operation"), coverage("coverage"), extent("extent"), licence("licence"), attribution("attribution"),
      hash("sha256");
  Column<std::int64_t> declared("rows_declared", 0), read("rows_read", 0), kept("rows_kept", 0),
      repaired("repaired_n", 0), quarantined("quarantined_n", 0), shapeless("shapeless_n", 0), curved("curved_n", 0);
  Column<double> accuracy("accuracy_m", 0), tolerance("curve_tolerance_m", 0);
  for (LayerReport const& report : layers.reports) {
    LayerConfig const& config = *report.config;
    PrepareReport const& prepared = report.prepared;
    std::string const own = labels.pick(config.label_nl, config.label_en);
    key.push(config.key);
    title.push(own.empty() ? labels.get("layer", config.key) : own);
    source.push(config.raw);
    inside.push(text_or_null(report.source_layer));
    date.push(text_or_null(config.date));
    declared.push(count(report.rows_declared));
    read.push(count(report.rows_read));
    kept.push(count(report.rows_kept));
    repaired.push(count(prepared.repaired));
    quarantined.push(count(prepared.quarantined));
    shapeless.push(count(prepared.null_geometry + prepared.empty_geometry));
    curved.push(count(report.rows_curved));
    tolerance.push(report.rows_curved > 0 ? std::optional(study.curve_tolerance_m) : std::nullopt);
    crs.push(text_or_null(report.crs));
    operation.push(text_or_null(prepared.transform.name));
    bool const moved = !prepared.transform.name.empty() && prepared.transform.accuracy_m >= 0;
    accuracy.push(moved ? std::optional<double>(prepared.transform.accuracy_m) : std::nullopt);
    coverage.push(text_or_null(config.coverage));
    extent.push(text_or_null(extent_text(report.extent)));
    licence.push(text_or_null(config.licence));
    attribution.push(text_or_null(config.attribution));
    hash.push(text_or_null(report.sha256));
  }
  if (!study.additions.path.empty()) {
    key.push("additions");
    title.push(labels.get("layer", "additions"));
    source.push(study.additions.raw);
    inside.push(text_or_null(additions.source_layer()));
    hash.push(text_or_null(additions.sha256()));
    for (TextColumn* column : {&date, &crs, &operation, &coverage, &extent, &licence, &attribution})
      column->push(std::nullopt);
    declared.push(count(additions.rows_read()));
    read.push(count(additions.rows_read()));
    kept.push(count(additions.rows().size()));
    for (Column<std::int64_t>* column : {&repaired, &quarantined, &shapeless, &curved}) column->push(0);
    for (Column<double>* column : {&accuracy, &tolerance}) column->push(std::nullopt);
  }
  out.table = Table(key.size());
  auto const add = [&](AnyColumn column) {
    std::string const name = name_of(column);
    out.fields[name] = {labels.get("column", name), "", ""};
    out.table.add(std::move(column));
  };
  for (TextColumn* column : {&key, &title, &date, &source, &inside}) add(std::move(*column));
  for (Column<std::int64_t>* column : {&declared, &read, &kept, &repaired, &quarantined, &shapeless, &curved})
    add(std::move(*column));
  add(std::move(tolerance));
  for (TextColumn* column : {&crs, &operation}) add(std::move(*column));
  add(std::move(accuracy));
  for (TextColumn* column : {&coverage, &extent, &licence, &attribution, &hash}) add(std::move(*column));
  return out;
}

}  // namespace terrein
