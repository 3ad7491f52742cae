// The content of a table that a result was written to, read back.
#include <charconv>

#include "io/pg_source.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/content_hash.hpp"
#include "terrein/io/postgis.hpp"

namespace terrein {
namespace {

using pg::literal;

void push(AnyColumn& column, std::optional<std::string> const& text) {
  if (auto* words = std::get_if<TextColumn>(&column)) {
    words->push(text ? std::optional<std::string_view>(*text) : std::nullopt);
  } else if (auto* real = std::get_if<Column<double>>(&column)) {
    real->push(text ? parse_number(*text) : std::nullopt);
  } else if (auto* whole = std::get_if<Column<std::int64_t>>(&column)) {
    std::int64_t value = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), value);
    whole->push(text ? std::optional(value) : std::nullopt);
  }
}

/// Rows without shapes, or none at all.
std::string hash_without_shapes(pg::Connection const& connection, pg::Relation const& relation) {
  std::string sql = "SELECT fid::text AS k";
  std::vector<AnyColumn> columns;
  for (pg::Attribute const& one : pg::attributes_of(connection, relation)) {
    sql += ", (" + one.expression + ")::text AS c" + std::to_string(columns.size());
    if (one.type == "integer")
      columns.emplace_back(Column<std::int64_t>(one.name, 0));
    else if (one.type == "real")
      columns.emplace_back(Column<double>(one.name, 0));
    else
      columns.emplace_back(TextColumn(one.name));
  }
  std::vector<std::string> ids;
  for (pg::Row const& row : connection.rows(sql + " FROM " + relation.sql())) {
    ids.push_back(row[0].value_or(""));
    for (std::size_t i = 0; i < columns.size(); ++i) push(columns[i], row[i + 1]);
  }
  Table table(ids.size());
  for (AnyColumn& column : columns) table.add(std::move(column));
  return content_hash(ids, table, nullptr);
}

}  // namespace

std::string postgis_table_hash(PostgisTarget const& target, std::string const& table) {
  std::string const name = target.schema + "." + table;
  Origin const origin{table, target.connection, target.written};
  pg::Connection const connection({target.connection, origin.text(), pg::Connection::Access::read, {}});
  if (connection.one("SELECT count(*)::text FROM pg_class WHERE relname = " + literal(table) +
                     " AND relnamespace = to_regnamespace(" + literal(target.schema) + ")") == "0")
    return {};
  pg::Relation const relation = pg::choose_relation(connection, name, table, origin);
  bool const empty = connection.one("SELECT count(*)::text FROM " + relation.sql()) == "0";
  if (relation.geometry.empty() || empty) return hash_without_shapes(connection, relation);
  ReadOptions options;
  options.name = table;
  options.path = target.connection;
  options.written = target.written;
  options.layer = name;
  options.id_field = "fid";
  options.all_fields = true;
  Issues ignored;  // they were told when the table was written
  return read_layer(options, ignored).sha256;
}

}  // namespace terrein
