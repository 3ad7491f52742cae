#include <algorithm>

#include "io/pg_tables.hpp"
#include "terrein/core/text.hpp"

namespace terrein::pg {
namespace {

constexpr char const* owner = "terrein";  // of a style: which rows are ours to replace

// As QGIS makes it, so that people can keep their own styles beside ours.
constexpr char const* columns =
    " (id serial PRIMARY KEY, f_table_catalog varchar, f_table_schema varchar, f_table_name varchar, "
    "f_geometry_column varchar, stylename text, styleqml xml, stylesld xml, useasdefault boolean, description text, "
    "owner varchar(63), ui xml, update_time timestamp DEFAULT CURRENT_TIMESTAMP, type varchar)";

/// "schema"."layer_styles". QGIS takes the one on the search path; where there is none it is made there, and where that
/// is not allowed in the schema of the result.
std::string style_table(Connection const& connection, std::string const& schema) {
  std::string const found = connection.one(
      "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name FROM pg_class c JOIN pg_namespace n ON "
      "n.oid = c.relnamespace WHERE c.oid = to_regclass('layer_styles')");
  if (!found.empty()) return found;
  std::string const free = connection.one(
      "SELECT quote_ident(s) AS name FROM unnest(current_schemas(false)) WITH ORDINALITY AS t(s, place) WHERE "
      "has_schema_privilege(s, 'CREATE') ORDER BY (s <> 'public'), place LIMIT 1");
  std::string const name = (free.empty() ? identifier(schema) : free) + ".layer_styles";
  connection.run("CREATE TABLE IF NOT EXISTS " + name + columns);
  connection.run("COMMENT ON TABLE " + name + " IS 'Styles of layers, as QGIS keeps them'");
  return name;
}

/// Inserts styles of one table.
class StyleWriter {
 public:
  StyleWriter(Connection const& connection, std::string const& schema, std::string const& time)
      : connection_(connection), schema_(schema), time_(time), table_(style_table(connection, schema)) {}

  void remove_old() const {
    connection_.run("DELETE FROM " + table_ + " WHERE f_table_catalog = current_database() AND f_table_schema = " +
                    literal(schema_) + " AND owner = " + literal(owner));
  }

  /// The type of the shapes stays null, which QGIS takes for any: it asks for the type of the connection, if that has
  /// one.
  void add(NewTable const& table, std::string const& name, std::string const& qml, std::string const& description,
           bool is_default) const {
    std::string const style = renamed_columns(qml, *table.layer, table.columns);
    std::string sql = "INSERT INTO " + table_ +
                      "(f_table_catalog, f_table_schema, f_table_name, f_geometry_column, stylename, styleqml, "
                      "useasdefault, description, owner, update_time) VALUES (current_database(), " +
                      literal(schema_) + ", " + literal(table.name) + ", " + literal(geometry_column) + ", " +
                      literal(name) + ", XMLPARSE(DOCUMENT " + literal(style) + "), " +
                      (is_default ? "true" : "false") + ", " + literal(description) + ", " + literal(owner) + ", " +
                      literal(time_) + ")";
    connection_.run(sql);
  }

  [[nodiscard]] std::string const& table() const noexcept { return table_; }

 private:
  Connection const& connection_;
  std::string const& schema_;
  std::string const& time_;
  std::string table_;
};

}  // namespace

std::string write_styles(Connection const& connection, std::string const& schema, std::vector<NewTable> const& tables,
                         std::string const& time) {
  StyleWriter const writer(connection, schema, time);
  writer.remove_old();
  for (NewTable const& table : tables) {
    OutputLayer const& layer = *table.layer;
    if (layer.shape == ShapeType::none) continue;
    if (!layer.qml.empty())
      writer.add(table, layer.style_name.empty() ? "Default" : layer.style_name, layer.qml, layer.style_description,
                 true);
    for (ExtraStyle const& extra : layer.extra_styles)
      writer.add(table, extra.name, extra.qml, extra.description, false);
  }
  return writer.table();
}

}  // namespace terrein::pg
