#include "issues_table.hpp"

#include <cmath>
#include <optional>

namespace terrein {
namespace {

std::optional<std::string_view> text_or_null(std::string const& text) {
  return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

std::optional<double> finite_or_null(double value) {
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

void add_place(Issue const& issue, GeometryBuilder& places) {
  if (!issue.has_place() || issue.source_crs) return places.end_row(GeometryKind::null);
  places.vertex(issue.x, issue.y);
  places.end_path();
  places.end_part();
  places.end_row(GeometryKind::point);
}

}  // namespace

IssuesTable issues_table(Issues const& issues, Labels const& labels) {
  IssuesTable out;
  GeometryBuilder places(out.places);
  TextColumn layer("layer"), id("feature_id"), stage("stage"), code("code"), severity("severity"), text("text"),
      method("method");
  Column<double> before("area_before_m2", 0), after("area_after_m2", 0);
  for (Issue const& issue : issues.rows()) {
    add_place(issue, places);
    layer.push(issue.layer);
    id.push(text_or_null(issue.feature_id));
    stage.push(issue.stage);
    code.push(issue.code);
    severity.push(to_string(issue.severity));
    text.push(issue.text);
    method.push(text_or_null(issue.method));
    before.push(finite_or_null(issue.area_before_m2));
    after.push(finite_or_null(issue.area_after_m2));
  }
  out.table = Table(issues.size());
  auto const add = [&](AnyColumn column, char const* domain = "") {
    std::string const name = name_of(column);
    out.fields[name] = {labels.get("column", name), "", domain};
    out.table.add(std::move(column));
  };
  for (TextColumn* column : {&layer, &id, &stage, &code}) add(std::move(*column));
  add(std::move(severity), "severity");
  for (TextColumn* column : {&text, &method}) add(std::move(*column));
  for (Column<double>* column : {&before, &after}) add(std::move(*column));
  return out;
}

}  // namespace terrein
