#include "terrein/io/edit_package.hpp"

#include "sqlite.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/xml_text.hpp"

namespace terrein {
namespace {

void bind(sqlite::Statement& statement, AnyColumn const& column, std::size_t row) {
  std::visit(
      [&](auto const& values) {
        if (!values.is_known(row))
          statement.null();
        else if constexpr (requires { values.text(row); })
          statement.text(values.text(row));
        else
          statement.number(values.values[row]);
      },
      column);
}

void replace_values(sqlite::Database& database, ColumnEdit const& edit) {
  std::string sql;
  for (std::string const& name : edit.columns.names())
    sql +=
        (sql.empty() ? "UPDATE " + sqlite::identifier(edit.table) + " SET " : ", ") + sqlite::identifier(name) + " = ?";
  if (sql.empty()) return;
  sqlite::Statement update(database, sql + " WHERE fid = ?");
  for (std::size_t row = 0; row < edit.fids.size(); ++row) {
    constexpr std::size_t rows_between_checks = 4096;
    if (row % rows_between_checks == 0) check_stop();
    for (AnyColumn const& column : edit.columns.columns()) bind(update, column, row);
    update.number(edit.fids[row]).run();
  }
}

void replace_rows(sqlite::Database& database, RowsEdit const& edit) {
  std::string const table = sqlite::identifier(edit.table);
  database.run("DELETE FROM " + table);
  std::string names = "fid", places = "?";
  for (std::string const& name : edit.rows.names()) {
    names += ", " + sqlite::identifier(name);
    places += ", ?";
  }
  sqlite::Statement insert(database, "INSERT INTO " + table + " (" + names + ") VALUES (" + places + ")");
  for (std::size_t row = 0; row < edit.rows.rows(); ++row) {
    insert.number(static_cast<std::int64_t>(row + 1));
    for (AnyColumn const& column : edit.rows.columns()) bind(insert, column, row);
    insert.run();
  }
  // Triggers, which would keep the count of rows, are off.
  sqlite::Statement count(database, "UPDATE gpkg_ogr_contents SET feature_count = ? WHERE table_name = ?");
  count.number(static_cast<std::int64_t>(edit.rows.rows())).text(edit.table).run();
}

void replace_note(sqlite::Database& database, std::string const& old_text, std::string const& new_text) {
  sqlite::Statement contents(database, "UPDATE gpkg_contents SET description = ? WHERE description = ?");
  contents.text(new_text).text(old_text).run();
  std::string const old_xml = xml_escape(old_text), new_xml = xml_escape(new_text);
  sqlite::Statement metadata(
      database, "UPDATE gpkg_metadata SET metadata = replace(metadata, ?, ?) WHERE mime_type = 'text/xml'");
  metadata.text(old_xml).text(new_xml).run();
}

}  // namespace

void edit_package(std::filesystem::path const& path, PackageEdits const& edits) {
  sqlite::Database database = sqlite::Database::existing(path.string());
  // No journal: the file is a copy that is thrown away when something fails.
  database.run(
      "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; "
      "PRAGMA cache_size = -65536; BEGIN");
  // Those of the spatial index look at shapes with functions that only GIS programs have; no shape changes here.
  sqlite3_db_config(database.get(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  for (ColumnEdit const& edit : edits.columns) replace_values(database, edit);
  for (RowsEdit const& edit : edits.rows) replace_rows(database, edit);
  for (auto const& [old_text, new_text] : edits.notes) replace_note(database, old_text, new_text);
  sqlite::Statement manifest(database,
                             "UPDATE gpkg_metadata SET metadata = ? WHERE md_standard_uri LIKE 'urn:terrein:%'");
  manifest.text(edits.manifest).run();
  database.run("COMMIT");
  // Statements end before the database is closed, which they would hold open.
}

}  // namespace terrein
