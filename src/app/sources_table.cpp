#include "sources_table.hpp"

#include <fmt/core.h>

#include <array>

#include "additions.hpp"
#include "change_layers.hpp"

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

/// The columns of the table while it is filled.
class SourcesBuilder {
 public:
  SourcesBuilder(Study const& study, Labels const& labels) : study_(study), labels_(labels) {}

  void add_layer(LayerReport const& report) {
    LayerConfig const& config = *report.config;
    PrepareReport const& prepared = report.prepared;
    std::string const own = labels_.pick(config.label_nl, config.label_en);
    add_origin(config.key, own.empty() ? labels_.get("layer", config.key) : own, config.raw, report.source_layer,
               report.sha256);
    date_.push(text_or_null(config.date));
    add_counts({report.rows_declared, report.rows_read, report.rows_kept, prepared.repaired, prepared.quarantined,
                prepared.null_geometry + prepared.empty_geometry, report.rows_curved});
    tolerance_.push(report.rows_curved > 0 ? std::optional(study_.curve_tolerance_m) : std::nullopt);
    crs_.push(text_or_null(report.crs));
    operation_.push(text_or_null(prepared.transform.name));
    bool const moved = !prepared.transform.name.empty() && prepared.transform.accuracy_m >= 0;
    accuracy_.push(moved ? std::optional<double>(prepared.transform.accuracy_m) : std::nullopt);
    coverage_.push(text_or_null(config.coverage));
    extent_.push(text_or_null(extent_text(report.extent)));
    licence_.push(text_or_null(config.licence));
    attribution_.push(text_or_null(config.attribution));
  }

  /// A table without shapes: columns added to a layer, local knowledge.
  void add_table(std::string const& key, std::string const& title, std::string const& source, std::string const& inside,
                 std::string const& hash, std::size_t rows_read, std::size_t rows_kept) {
    add_origin(key, title, source, inside, hash);
    add_counts({rows_read, rows_read, rows_kept, 0, 0, 0, 0});
    for (TextColumn* column : {&date_, &crs_, &operation_, &coverage_, &extent_, &licence_, &attribution_})
      column->push(std::nullopt);
    for (Column<double>* column : {&accuracy_, &tolerance_}) column->push(std::nullopt);
  }

  OutputLayer build() {
    OutputLayer out;
    out.name = "sources";
    out.title = labels_.get("layer", "sources");
    out.table = Table(key_.size());
    auto const add = [&](AnyColumn column) {
      std::string const name = name_of(column);
      out.fields[name] = {labels_.get("column", name), "", ""};
      out.table.add(std::move(column));
    };
    for (TextColumn* column : {&key_, &title_, &date_, &source_, &inside_}) add(std::move(*column));
    for (Column<std::int64_t>& column : counts_) add(std::move(column));
    add(std::move(tolerance_));
    for (TextColumn* column : {&crs_, &operation_}) add(std::move(*column));
    add(std::move(accuracy_));
    for (TextColumn* column : {&coverage_, &extent_, &licence_, &attribution_, &hash_}) add(std::move(*column));
    return out;
  }

 private:
  void add_origin(std::string const& key, std::string const& title, std::string const& source,
                  std::string const& inside, std::string const& hash) {
    key_.push(key);
    title_.push(title);
    source_.push(source);
    inside_.push(text_or_null(inside));
    hash_.push(text_or_null(hash));
  }

  void add_counts(std::array<std::size_t, 7> const& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) counts_[i].push(count(rows[i]));
  }

  Study const& study_;
  Labels const& labels_;
  TextColumn key_{"layer"}, title_{"label"}, source_{"source"}, inside_{"source_layer"}, date_{"date"}, crs_{"crs"},
      operation_{"operation"}, coverage_{"coverage"}, extent_{"extent"}, licence_{"licence"},
      attribution_{"attribution"}, hash_{"sha256"};
  std::array<Column<std::int64_t>, 7> counts_{
      Column<std::int64_t>("rows_declared", 0), Column<std::int64_t>("rows_read", 0),
      Column<std::int64_t>("rows_kept", 0),     Column<std::int64_t>("repaired_n", 0),
      Column<std::int64_t>("quarantined_n", 0), Column<std::int64_t>("shapeless_n", 0),
      Column<std::int64_t>("curved_n", 0)};
  Column<double> accuracy_{"accuracy_m", 0}, tolerance_{"curve_tolerance_m", 0};
};

}  // namespace

OutputLayer sources_table(Study const& study, StudyLayers const& layers, Additions const& additions,
                          Labels const& labels) {
  SourcesBuilder out(study, labels);
  for (LayerReport const& report : layers.reports) {
    out.add_layer(report);
    for (AddedReport const& one : report.added)
      out.add_table(report.config->key + "." + one.config->name, one.config->name, one.config->raw, one.source_layer,
                    one.sha256, one.rows_read, one.rows_read);
  }
  for (ChangeReport const* change : change_reports(layers))
    if (!change->config->path.empty())
      out.add_table(change->key, change->key, change->config->raw, change->source_layer, change->sha256,
                    change->rows_read, change->rows_joined);
  if (!study.additions.path.empty())
    out.add_table("additions", labels.get("layer", "additions"), study.additions.raw, additions.source_layer(),
                  additions.sha256(), additions.rows_read(), additions.rows().size());
  return out.build();
}

}  // namespace terrein
