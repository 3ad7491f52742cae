#include "terrein/io/postgis.hpp"

#include <algorithm>
#include <set>

#include "io/pg_tables.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using pg::identifier;
using pg::literal;

constexpr std::string_view mark = "Written by terrein; the next run with --overwrite replaces this table.";

/// A table, view or other relation that stands in the schema.
struct Standing {
  std::string name;
  bool ours = false;      ///< a table with the mark
  bool mine = false;      ///< this user may drop it
  std::string depending;  ///< views that need it
};

std::vector<Standing> standing_in(pg::Connection const& connection, std::string const& schema) {
  auto const rows = connection.rows(
      "SELECT c.relname::text AS name, (c.relkind = 'r' AND right(obj_description(c.oid, 'pg_class'), " +
      std::to_string(mark.size()) + ") = " + literal(mark) +
      ")::text AS ours, pg_has_role(c.relowner, 'USAGE')::text AS mine, (SELECT string_agg(DISTINCT "
      "r.ev_class::regclass::text, ', ') FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid WHERE d.classid = "
      "'pg_rewrite'::regclass AND d.refobjid = c.oid AND r.ev_class <> c.oid) AS depending FROM pg_class c JOIN "
      "pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = " +
      literal(schema) + " AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') ORDER BY 1");
  std::vector<Standing> out;
  for (pg::Row const& row : rows)
    out.push_back(
        {row[0].value_or(""), row[1].value_or("") == "true", row[2].value_or("") == "true", row[3].value_or("")});
  return out;
}

/// Rights to keep styles where QGIS looks for them, or nothing to keep them in yet.
void check_styles(pg::Connection const& connection) {
  auto const facts = connection.rows(
      "SELECT t::text AS name, s AS sequence FROM to_regclass('layer_styles') AS t, LATERAL (SELECT "
      "pg_get_serial_sequence('layer_styles', 'id') AS s WHERE t IS NOT NULL) AS q WHERE NOT (has_table_privilege(t, "
      "'SELECT') AND has_table_privilege(t, 'INSERT') AND has_table_privilege(t, 'DELETE') AND (s IS NULL OR "
      "has_sequence_privilege(s, 'USAGE')))");
  if (facts.empty()) return;
  std::string const sequence = facts[0][1].value_or("");
  throw_error(ErrorKind::output,
              "{}: you may not keep styles in '{}'. Ask its owner for: GRANT SELECT, INSERT, DELETE ON {}{}.",
              connection.who(), facts[0][0].value_or(""), facts[0][0].value_or(""),
              sequence.empty() ? "" : "; GRANT USAGE ON SEQUENCE " + sequence);
}

void check_database(pg::Connection const& connection, std::string const& schema) {
  auto const facts = connection.rows(
      "SELECT pg_is_in_recovery()::text AS standby, (SELECT count(*) FROM pg_extension WHERE extname = "
      "'postgis')::text AS postgis, to_regnamespace(quote_ident(" +
      literal(schema) + "))::text AS there, coalesce(has_schema_privilege(to_regnamespace(quote_ident(" +
      literal(schema) +
      "))::oid, 'CREATE'), has_database_privilege(current_database(), 'CREATE'))::text AS allowed "
      "FROM pg_database LIMIT 1");
  pg::Row const& row = facts.at(0);
  if (row[0].value_or("") != "false")
    throw_error(ErrorKind::output, "{} cannot be written to: it is a standby server. Name the main one.",
                connection.who());
  if (row[1].value_or("0") == "0")
    throw_error(ErrorKind::output, "{} has no PostGIS. Ask its owner for: CREATE EXTENSION postgis.", connection.who());
  if (row[3].value_or("") != "true")
    throw_error(ErrorKind::output, "{}: you may not make tables in schema '{}'. Ask its owner for: {}.",
                connection.who(), schema,
                row[2] ? "GRANT CREATE ON SCHEMA " + identifier(schema) : "CREATE SCHEMA " + identifier(schema));
}

}  // namespace

struct PostgisResult::Impl {
  PostgisTarget target;
  bool overwrite = false;
  std::string database;            ///< which one
  std::set<std::string> replaced;  ///< names of tables that this result writes or drops
  std::unique_ptr<pg::Connection> connection;
  std::vector<OutputLayer> own_layers;  ///< that the GeoPackage keeps elsewhere
  std::vector<pg::NewTable> tables;
  std::vector<std::string> gone;  ///< names of old tables
  std::string styles;
  std::vector<TableFacts> facts;

  [[nodiscard]] std::unique_ptr<pg::Connection> connect() const {
    return std::make_unique<pg::Connection>(pg::Connection::Options{
        target.connection, "[output] postgis '" + target.written + "'", pg::Connection::Access::write, {}});
  }

  /// Throws when something in the schema stands in the way of `names`. Returns the tables that will go.
  [[nodiscard]] std::vector<std::string> check_schema(pg::Connection const& open,
                                                      std::vector<std::string> const& names) const {
    std::vector<std::string> out;
    for (Standing const& one : standing_in(open, target.schema)) {
      if (!one.ours && std::find(names.begin(), names.end(), one.name) != names.end())
        throw_error(ErrorKind::output,
                    "{}: '{}.{}' exists and was not written by terrein, so it is never replaced. Name another "
                    "postgis_schema, or rename that table.",
                    open.who(), target.schema, one.name);
      if (!one.ours) continue;
      if (!overwrite)
        throw_error(ErrorKind::output,
                    "{}: schema '{}' holds a result already ('{}'). Say --overwrite to replace it, or name another "
                    "postgis_schema.",
                    open.who(), target.schema, one.name);
      if (!one.depending.empty())
        throw_error(ErrorKind::output,
                    "{}: '{}.{}' cannot be replaced, because {} depends on it. Drop that view, or name another "
                    "postgis_schema.",
                    open.who(), target.schema, one.name, one.depending);
      if (!one.mine)
        throw_error(ErrorKind::output, "{}: '{}.{}' belongs to another user, who alone may replace it.", open.who(),
                    target.schema, one.name);
      out.push_back(one.name);
    }
    return out;
  }

  void plan(GeoPackage const& content) {
    OutputLayer manifest;
    manifest.name = "manifest";
    manifest.title = "Manifest";
    TextColumn text("manifest");
    text.push(content.manifest);
    manifest.table.add(std::move(text));
    own_layers.push_back(std::move(manifest));
    std::vector<std::string> names;
    for (auto const* list : {&content.layers, &std::as_const(own_layers)})
      for (OutputLayer const& layer : *list) {
        names.push_back(layer.name);
        tables.push_back({&layer, "", "terrein_new_" + std::to_string(names.size()), pg::column_names(layer.table),
                          layer.shape != ShapeType::none});
      }
    names = pg::fitting_names(names, {"layer_styles"});
    for (std::size_t i = 0; i < names.size(); ++i) tables[i].name = names[i];
  }

  /// What came of a transaction whose end the connection did not live to tell.
  [[nodiscard]] std::string fate_of(std::string const& transaction) const {
    try {
      return connect()->one("SELECT txid_status(" + transaction + ")::text AS fate");
    } catch (Error const&) {
      return {};
    }
  }
};

PostgisResult::PostgisResult(PostgisTarget target, std::vector<std::string> const& planned, bool overwrite)
    : impl_(std::make_unique<Impl>()) {
  impl_->target = std::move(target);
  impl_->overwrite = overwrite;
  auto const open = impl_->connect();
  check_database(*open, impl_->target.schema);
  check_styles(*open);
  impl_->database = pg::identity_of(*open);
  auto names = planned;
  names.emplace_back("manifest");
  names = pg::fitting_names(names, {"layer_styles"});
  auto const gone = impl_->check_schema(*open, names);
  impl_->replaced.insert(names.begin(), names.end());
  impl_->replaced.insert(gone.begin(), gone.end());
}

PostgisResult::~PostgisResult() = default;

void PostgisResult::check_source(std::string const& layer, std::string const& table) const {
  for (std::string const& name : impl_->replaced)
    if (table == impl_->database + " " + identifier(impl_->target.schema) + "." + identifier(name))
      throw_error(ErrorKind::config,
                  "[output] postgis: '{}.{}' would be replaced, but it is the source of layer '{}'; inputs are never "
                  "overwritten. Name another postgis_schema.",
                  impl_->target.schema, name, layer);
}

void PostgisResult::write(GeoPackage const& content) {
  impl_->plan(content);
  impl_->connection = impl_->connect();
  std::vector<std::string> names;
  for (pg::NewTable const& table : impl_->tables) names.push_back(table.name);
  pg::Connection const& open = *impl_->connection;
  std::string const& schema = impl_->target.schema;
  // Another run in the same schema would wait for this one and then fail; it had better know at once.
  if (open.one("SELECT pg_try_advisory_xact_lock(hashtext(" + literal("terrein " + schema) + "))::text AS free") !=
      "true")
    throw_error(ErrorKind::output, "{}: another run of terrein is writing to schema '{}'. Wait for it, and run again.",
                open.who(), schema);
  impl_->gone = impl_->check_schema(open, names);
  open.run("CREATE SCHEMA IF NOT EXISTS " + identifier(schema));
  for (pg::NewTable const& table : impl_->tables) impl_->facts.push_back(pg::write_table(open, schema, table, mark));
  impl_->styles = pg::write_styles(open, schema, impl_->tables, content.time);
  for (pg::NewTable& table : impl_->tables) table.layer = nullptr;  // the content is the caller's
}

void PostgisResult::place() {
  pg::Connection const& open = *impl_->connection;
  std::string const schema = identifier(impl_->target.schema) + ".";
  std::vector<std::string> names;
  for (pg::NewTable const& table : impl_->tables) names.push_back(table.name);
  auto const rename_index = [&](std::string const& from, std::string const& to) {
    names.push_back(pg::fitting_names({to}, names)[0]);  // an index must not be called as a table
    open.run("ALTER INDEX " + schema + identifier(from) + " RENAME TO " + identifier(names.back()));
  };
  open.run("SET LOCAL lock_timeout = '60s'");  // a reader who never ends must not hold up a run for ever
  for (std::string const& name : impl_->gone) open.run("DROP TABLE " + schema + identifier(name));
  for (pg::NewTable const& table : impl_->tables) {
    open.run("ALTER TABLE " + schema + identifier(table.temporary) + " RENAME TO " + identifier(table.name));
    rename_index(table.temporary + "_pkey", table.name + "_pkey");
    if (table.spatial) rename_index(table.temporary + "_geom", table.name + "_geom_idx");
  }
}

void PostgisResult::commit() {
  std::string const transaction = impl_->connection->one("SELECT txid_current()::text AS transaction");
  try {
    impl_->connection->run("COMMIT");
  } catch (Error const& error) {
    std::string const fate = impl_->fate_of(transaction);
    if (fate == "committed") return;
    if (fate == "aborted") throw;
    throw_error(ErrorKind::output,
                "{} The connection broke while the result was being made visible, and the database cannot be asked "
                "whether it was. The files are those of before; run again with --overwrite to bring both together.",
                error.what());
  }
}

PostgisTarget const& PostgisResult::target() const noexcept { return impl_->target; }
std::vector<PostgisResult::TableFacts> const& PostgisResult::tables() const noexcept { return impl_->facts; }
std::string const& PostgisResult::style_table() const noexcept { return impl_->styles; }

}  // namespace terrein
