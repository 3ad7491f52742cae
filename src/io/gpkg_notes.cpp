// What a GeoPackage says about its layers: aliases and allowed values, metadata, styles.
#include <algorithm>
#include <set>

#include "io/gpkg_tables.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/xml_text.hpp"

namespace terrein::gpkg {
namespace {

constexpr char const* schema_tables = R"sql(
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
  constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,
  max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
)sql";

constexpr char const* metadata_tables = R"sql(
CREATE TABLE gpkg_metadata (
  id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (
  reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
)sql";

// All columns that QGIS and PostGIS know, so that users can save their own styles beside ours.
constexpr char const* style_table = R"sql(
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
  description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME);
)sql";

constexpr char const* schema_definition = "http://www.geopackage.org/spec121/#extension_schema";
constexpr char const* metadata_definition = "http://www.geopackage.org/spec120/#extension_metadata";

std::string tag(std::string const& name, std::string_view text) {
  return " <" + name + ">" + xml_escape(text) + "</" + name + ">\n";
}

/// The metadata that QGIS shows in the layer's properties. The licence is attribution text, so it is told as rights
/// too.
std::string qgis_metadata(OutputLayer const& layer) {
  std::string out = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\">\n";
  out += tag("identifier", layer.name) + " <parentidentifier></parentidentifier>\n <language></language>\n";
  out += tag("type", "dataset") + tag("title", layer.title) + tag("abstract", layer.description);
  out += " <links/>\n <fees></fees>\n";
  if (!layer.licence.empty()) out += tag("rights", layer.licence) + tag("license", layer.licence);
  out += " <encoding>UTF-8</encoding>\n";
  if (layer.crs.known())
    out += " <crs>\n  <spatialrefsys nativeFormat=\"Wkt\"><wkt>" + xml_escape(layer.crs.wkt) + "</wkt><authid>" +
           xml_escape(layer.crs.authority) + "</authid></spatialrefsys>\n </crs>\n";
  return out + " <extent/>\n</qgis>\n";
}

/// Adds a metadata document that belongs to a table, or to the file when `table` is empty.
void add_metadata(sqlite::Database& database, std::int64_t id, std::string const& table, std::string const& standard,
                  std::string const& mime, std::string const& text, std::string const& time) {
  sqlite::Statement document(database, "INSERT INTO gpkg_metadata VALUES (?, 'dataset', ?, ?, ?)");
  document.number(id).text(standard).text(mime).text(text).run();
  sqlite::Statement reference(database, "INSERT INTO gpkg_metadata_reference VALUES (?, ?, NULL, NULL, ?, ?, NULL)");
  reference.text(table.empty() ? "geopackage" : "table").text_or_null(table).text(time).number(id).run();
}

void write_domains(sqlite::Database& database, std::vector<Domain> const& domains) {
  sqlite::Statement insert(database,
                           "INSERT INTO gpkg_data_column_constraints VALUES (?, 'enum', ?, NULL, NULL, NULL, NULL, ?)");
  for (Domain const& domain : domains)
    for (auto const& [code, label] : domain.values) insert.text(domain.name).text(code).text(label).run();
}

void write_field_notes(sqlite::Database& database, OutputLayer const& layer, std::vector<Domain> const& domains) {
  sqlite::Statement insert(database, "INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, ?)");
  std::set<std::string> used;
  for (std::string const& column : layer.table.names()) {
    auto const note = layer.fields.find(column);
    if (note == layer.fields.end()) continue;
    auto const& [alias, description, domain] = note->second;
    if (!domain.empty() && std::none_of(domains.begin(), domains.end(),
                                        [&domain = domain](Domain const& known) { return known.name == domain; }))
      throw_error(ErrorKind::internal, "Column '{}' of '{}' names the domain '{}', which is not in the file.", column,
                  layer.name, domain);
    std::string name = alias;  // unique in its table, as the standard wants
    if (!alias.empty() && !used.insert(alias).second) name += " (" + column + ")";
    insert.text(layer.name).text(column).text_or_null(name).text_or_null(alias);
    insert.text_or_null(description).text_or_null(domain).run();
  }
}

struct Style {
  std::string_view name, qml, description;
  bool is_default;
};

std::vector<Style> styles_of(OutputLayer const& layer) {
  std::vector<Style> out;
  if (!layer.qml.empty())
    out.push_back({layer.style_name.empty() ? std::string_view("Default") : layer.style_name, layer.qml,
                   layer.style_description, true});
  for (ExtraStyle const& extra : layer.extra_styles) out.push_back({extra.name, extra.qml, extra.description, false});
  return out;
}

}  // namespace

void write_schema(sqlite::Database& database, GeoPackage const& content) {
  bool const noted = std::any_of(content.layers.begin(), content.layers.end(),
                                 [](OutputLayer const& layer) { return !layer.fields.empty(); });
  if (!noted && content.domains.empty()) return;
  database.run(schema_tables);
  for (char const* table : {"gpkg_data_columns", "gpkg_data_column_constraints"})
    add_extension(database, table, "", "gpkg_schema", schema_definition, "read-write");
  write_domains(database, content.domains);
  for (OutputLayer const& layer : content.layers) write_field_notes(database, layer, content.domains);
}

void write_metadata(sqlite::Database& database, GeoPackage const& content) {
  database.run(metadata_tables);
  for (char const* table : {"gpkg_metadata", "gpkg_metadata_reference"})
    add_extension(database, table, "", "gpkg_metadata", metadata_definition, "read-write");
  std::int64_t id = 0;
  if (!content.manifest.empty())
    add_metadata(database, ++id, "", "urn:terrein:" + content.manifest_kind, "application/json", content.manifest,
                 content.time);
  for (OutputLayer const& layer : content.layers)
    if (layer.shape != ShapeType::none)
      add_metadata(database, ++id, layer.name, "http://mrcc.com/qgis.dtd", "text/xml", qgis_metadata(layer),
                   content.time);
}

void write_styles(sqlite::Database& database, GeoPackage const& content) {
  bool const any = std::any_of(content.layers.begin(), content.layers.end(), [](OutputLayer const& layer) {
    return layer.shape != ShapeType::none && !styles_of(layer).empty();
  });
  if (!any) return;
  database.run(style_table);
  sqlite::Statement contents(database,
                             "INSERT INTO gpkg_contents(table_name, data_type, identifier, last_change) "
                             "VALUES ('layer_styles', 'attributes', 'layer_styles', ?)");
  contents.text(content.time).run();
  sqlite::Statement insert(database,
                           "INSERT INTO layer_styles(f_table_catalog, f_table_schema, f_table_name, "
                           "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, "
                           "update_time) VALUES ('', '', ?, ?, ?, ?, '', ?, ?, '', ?)");
  for (OutputLayer const& layer : content.layers) {
    if (layer.shape == ShapeType::none)
      continue;  // only layers of features have styles; forms of tables are in the project
    for (Style const& style : styles_of(layer)) {
      insert.text(layer.name).text(geometry_column).text(style.name).text(style.qml);
      insert.number(std::int64_t{style.is_default ? 1 : 0}).text(style.description).text(content.time).run();
    }
  }
}

}  // namespace terrein::gpkg
