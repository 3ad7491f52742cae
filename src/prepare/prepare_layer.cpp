#include "terrein/prepare/prepare_layer.hpp"

#include "prepare/steps.hpp"

namespace terrein {
namespace prepare {

Issue issue_at(Layer const& layer, std::size_t row, std::string stage, std::string code, Severity severity,
               std::string text) {
  Issue out;
  out.layer = layer.name;
  out.feature_id = layer.id[row];
  out.stage = std::move(stage);
  out.code = std::move(code);
  out.severity = severity;
  out.text = std::move(text);
  out.source_crs = true;
  if (layer.geometry.has_place(row)) {
    Point const centre = layer.geometry.box[row].centre();
    out.x = centre.x;
    out.y = centre.y;
  }
  return out;
}

void empty_rows(GeometryColumn& column, std::vector<Row> const& rows) {
  GeometryColumn out;
  GeometryBuilder builder(out);
  auto next = rows.begin();
  for (Row row = 0; row < column.size(); ++row) {
    bool const emptied = next != rows.end() && *next == row;
    emptied ? builder.end_row(GeometryKind::empty) : builder.copy_row(column, row);
    if (emptied) ++next;
  }
  column = std::move(out);
}

}  // namespace prepare

PrepareReport prepare_layer(Layer& layer, std::vector<std::uint8_t> const& id_known, PrepareOptions const& options,
                            Issues& issues) {
  PrepareReport report;
  auto const unusable = prepare::settle_ids(layer, id_known, options, report, issues);
  if (options.row_crs) prepare::unify_crs(layer, options, report, issues);
  prepare::check_place(layer, options.crs, issues);
  prepare::tell_of_shapeless_rows(layer, report, issues);
  if (!unusable.empty()) prepare::empty_rows(layer.geometry, unusable);
  report.quarantined += unusable.size();
  prepare::repair_shapes(layer, options.workers, false, report, issues);
  prepare::reproject(layer, options, report, issues);
  return report;
}

std::string_view to_string(Duplicates policy) {
  switch (policy) {
    case Duplicates::stop:
      return "stop";
    case Duplicates::suffix:
      return "suffix";
    case Duplicates::first:
      return "first";
    case Duplicates::quarantine:
      return "quarantine";
  }
  return "";
}

}  // namespace terrein
