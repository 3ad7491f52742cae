#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "support/support.hpp"
#include "terrein/report/fields.hpp"
#include "terrein/report/project.hpp"
#include "terrein/report/style.hpp"

namespace terrein::test {

inline std::filesystem::path const source_dir = TERREIN_SOURCE_DIR;
inline std::filesystem::path const styles = source_dir / "styles";
inline Labels dutch() { return {source_dir / "datasets/labels.csv", Language::nl}; }
inline Labels english() { return {source_dir / "datasets/labels.csv", Language::en}; }

inline void add_text(Table& table, std::string const& name, std::vector<std::optional<std::string>> const& values) {
  TextColumn column(name);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    auto const& value = values[row % values.size()];
    column.push(value ? std::optional<std::string_view>(*value) : std::nullopt);
  }
  table.add(std::move(column));
}

inline void add_numbers(Table& table, std::string const& name, std::vector<std::optional<double>> const& values) {
  Column<double> column;
  column.name = name;
  for (std::size_t row = 0; row < table.rows(); ++row) column.push(values[row % values.size()]);
  table.add(std::move(column));
}

/// The columns of one model; eight rows cover the five classes, a score without rank, no score at all, and a fail.
inline void add_model(Table& table, std::string const& model) {
  add_text(table, model + "_outcome",
           {"voldoet", "voldoet", "onder voorwaarden", "voldoet", "voldoet", "voldoet", "onbekend", "voldoet niet"});
  add_text(table, model + "_duties", {"plan-MER & <compensatie>", std::nullopt});
  // the second model of a result ranks the other way round, so that its map looks different
  if (model == "brownfield")
    add_numbers(table, model + "_score", {90, 70, 50, 30, 10, 64, std::nullopt, 44});
  else
    add_numbers(table, model + "_score", {10, 30, 50, 70, 100, 64, std::nullopt, 44});
  add_numbers(table, model + "_low", {5, 25, 45, 65, 100, 20, 0, 40});
  add_numbers(table, model + "_high", {15, 35, 55, 75, 100, 90, 100, 50});
  add_numbers(table, model + "_completeness", {1, 0.95, 0.9, 0.8, 1, 0.6, 0, 1});
  add_numbers(table, model + "_rank", {5, 4, 3, 2, 1, std::nullopt, std::nullopt, std::nullopt});
  add_numbers(table, model + "_v_flood_share", {0, 0.2, 0.4, 0.6, 1, std::nullopt, std::nullopt, 0.5});
}

inline Table result_table(std::size_t rows, std::vector<std::string> const& models) {
  Table table(rows);
  add_text(table, "id", {"a", "b", "c", "d", "e", "f", "g", "h"});
  add_text(table, "eigenaar \"x\" & 'y'", {"Jan", std::nullopt});
  add_numbers(table, "val_flood_share", {0.1, 0.2, std::nullopt});
  add_text(table, "val_soil_class", {"t1", std::nullopt});
  add_text(table, "rule_hag", {"pass", "condition", "fail", "unknown"});
  for (auto const& model : models) add_model(table, model);
  return table;
}

/// A small result: parcels of 100 m in rows of four, issues, a terminal, a railway, a business zone, the area, a table.
struct Sample {
  std::vector<std::string> models{"business_park", "brownfield"};
  Layer candidates = grid_of_parcels(4, 2, 100, 100000, 200000);
  Layer excluded = grid_of_parcels(4, 2, 100, 100400, 200000);
  Layer issues = layer_of({"MULTIPOINT((100050 200050))", "MULTIPOINT((100150 200050))", "MULTIPOINT EMPTY"});
  Layer terminals = layer_of({"MULTIPOINT((100250 200250))", "MULTIPOINT((100450 200250))"});
  Layer rail = layer_of({"MULTILINESTRING((100000 200230,100800 200230))"});
  Layer zones = layer_of({"POLYGON((100000 199900,100800 199900,100800 200000,100000 200000,100000 199900))"});
  Layer area = layer_of({"POLYGON((99950 199850,100850 199850,100850 200300,99950 200300,99950 199850))"});
  Labels labels;
  GeoPackage package;
  std::vector<ProjectModel> project_models;

  Sample(Sample const&) = delete;
  Sample& operator=(Sample const&) = delete;
  explicit Sample(Labels words = dutch()) : labels(std::move(words)) {
    package.time = "2026-01-31T12:00:00.000Z";
    package.manifest = "{}";
    package.domains = result_domains(labels);
    add_candidates();
    add_excluded();
    add_issues();
    add_context("terminals", ShapeType::point, terminals, {{"name", "Kaai & co"}, {"modes", "road;rail;barge"}});
    add_context("rail", ShapeType::line, rail, {{"name", "L 50"}});
    add_context("zones", ShapeType::polygon, zones, {{"name", "Zone <1>"}});
    add_context("area", ShapeType::polygon, area, {{"name", "Studiegebied"}});
    OutputLayer ledger;
    ledger.name = "ledger";
    ledger.title = labels.get("layer", "ledger");
    ledger.table = Table(2);
    add_text(ledger.table, "rule", {"hag", "flood"});
    ledger.fields = field_notes(ledger.table, labels);
    package.layers.push_back(std::move(ledger));
  }

  [[nodiscard]] std::string project() const {
    return project_qgs("Titel <met> \"tekens\" & zo", "result.gpkg", package, project_models, "GRB & OSM", labels);
  }

 private:
  [[nodiscard]] OutputLayer layer(std::string const& name, ShapeType shape, Layer const& from, Table table) const {
    OutputLayer out;
    out.name = name;
    out.title = labels.get("layer", name);
    out.description = "Laag voor de test & meer";
    out.shape = shape;
    out.geometry = &from.geometry;
    out.crs = from.crs;
    out.table = std::move(table);
    out.fields = field_notes(out.table, labels);
    out.style_name = "Stijl";
    return out;
  }
  void add_candidates() {
    OutputLayer out = layer("candidates", ShapeType::polygon, candidates, result_table(8, models));
    out.qml = candidates_qml(styles, models[0], out, labels);
    out.extra_styles = extra_candidates_styles(styles, models, out, labels);
    for (auto const& model : models)
      project_models.push_back({model, labels.get("model", model), candidates_qml(styles, model, out, labels)});
    package.layers.push_back(std::move(out));
  }
  void add_excluded() {
    Table table = result_table(8, models);
    add_text(table, "excluded_by", {"Nieuw bedrijventerrein: HAG; Brownfield: bos", std::nullopt});
    OutputLayer out = layer("excluded", ShapeType::polygon, excluded, std::move(table));
    out.qml = excluded_qml(styles, out, labels);
    package.layers.push_back(std::move(out));
  }
  void add_issues() {
    Table table(3);
    add_text(table, "layer", {"candidates"});
    add_text(table, "feature_id", {"1", "2", "3"});
    add_text(table, "stage", {"repair"});
    add_text(table, "code", {"ring_self_intersection"});
    add_text(table, "severity", {"note", "warning", "error"});
    add_text(table, "text", {"a < b & \"c\""});
    OutputLayer out = layer("issues", ShapeType::point, issues, std::move(table));
    out.qml = issues_qml(styles, out, labels);
    package.layers.push_back(std::move(out));
  }
  void add_context(std::string const& key, ShapeType shape, Layer const& from,
                   std::vector<std::pair<std::string, std::string>> const& columns) {
    Table table(from.size());
    for (auto const& [name, value] : columns) add_text(table, name, {value});
    OutputLayer out = layer(key, shape, from, std::move(table));
    out.qml = context_qml(styles, key, out, labels);
    package.layers.push_back(std::move(out));
  }
};

}  // namespace terrein::test
