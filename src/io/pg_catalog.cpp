// What a database holds: its relations with shapes, their attributes and how each is read.
#include <algorithm>
#include <set>

#include "io/pg_source.hpp"
#include "terrein/core/text.hpp"

namespace terrein::pg {
namespace {

/// Every relation one may name, once per geometry column. PostGIS's own are left out.
std::vector<Relation> relations_of(Connection const& connection) {
  auto const rows = connection.rows(
      "SELECT n.nspname::text AS c0, c.relname::text AS c1, g.attname::text AS c2, "
      "pg_table_is_visible(c.oid)::text AS c3, (count(g.attname) OVER (PARTITION BY c.oid) > 1)::text AS c4, "
      "(g.typname = 'geography')::text AS c5 "
      "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
      "LEFT JOIN (SELECT a.attrelid, a.attname, a.attnum, t.typname FROM pg_attribute a JOIN pg_type t ON t.oid = "
      "a.atttypid "
      "WHERE t.typname IN ('geometry', 'geography') AND a.attnum > 0 AND NOT a.attisdropped) g ON g.attrelid = c.oid "
      "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' "
      "AND c.relname NOT IN ('spatial_ref_sys', 'geometry_columns', 'geography_columns', 'raster_columns', "
      "'raster_overviews', 'layer_styles') ORDER BY 1, 2, g.attnum");
  std::vector<Relation> out;
  for (Row const& row : rows)
    out.push_back({row[0].value_or(""), row[1].value_or(""), row[2].value_or(""), row[3].value_or("") == "true",
                   row[4].value_or("") == "true", row[5].value_or("") == "true"});
  return out;
}

/// How well a relation fits a name; 0 = not at all. The schema before the search path, capitals before none.
int fit(Relation const& relation, std::string const& wanted) {
  std::string const column = "(" + relation.geometry + ")";
  std::string const whole = relation.schema + "." + relation.name;
  int best = 0;
  auto const compare = [&](std::string const& name, int value) {
    if (name == wanted)
      best = std::max(best, value + 1);
    else if (lower(name) == lower(wanted))
      best = std::max(best, value);
  };
  compare(whole, 7);
  compare(whole + column, 5);
  if (!relation.visible) return best;
  compare(relation.name, 3);
  compare(relation.name + column, 1);
  return best;
}

std::vector<Relation> best_fits(std::vector<Relation> const& all, std::string const& wanted) {
  int best = 1;
  for (Relation const& one : all) best = std::max(best, fit(one, wanted));
  std::vector<Relation> out;
  for (Relation const& one : all)
    if (fit(one, wanted) == best) out.push_back(one);
  return out;
}

std::vector<std::string> texts_of(std::vector<Relation> const& relations) {
  std::vector<std::string> out;
  for (Relation const& one : relations) out.push_back(one.text());
  return out;
}

/// Date and time as ISO 8601, with as many decimals of a second as it has (none, three or six).
std::string iso_time(std::string const& value, std::string const& zone) {
  std::string const micro = "date_part('microseconds', " + value + ")::int8";
  return "CASE WHEN NOT isfinite(" + value + ") THEN " + value + "::text ELSE to_char(" + value +
         ", 'YYYY-MM-DD\"T\"HH24:MI:SS') || CASE WHEN " + micro + " % 1000000 = 0 THEN '' WHEN " + micro +
         " % 1000 = 0 THEN to_char(" + value + ", '.MS') ELSE to_char(" + value + ", '.US') END || '" + zone +
         "' || CASE WHEN date_part('year', " + value + ") < 0 THEN ' BC' ELSE '' END END";
}

/// How one column is read. `digits` and `decimals` are those of a numeric; negative = any.
void set_expressions(Attribute& out, std::string const& type, std::string const& category, long digits, long decimals) {
  std::string const column = identifier(out.name);
  constexpr long whole_digits = 18;  // fit 64 bits
  auto const read_as = [&](char const* kind, std::string const& sql) {
    out.type = kind;
    out.expression = sql;
  };
  if (type == "int2" || type == "int4" || type == "int8" || type == "oid")
    read_as("integer", column + "::int8");
  else if (type == "bool")
    read_as("integer", column + "::int4::int8");
  else if (type == "numeric" && decimals == 0 && digits <= whole_digits)
    read_as("integer", column + "::int8");
  else if (type == "float4")
    read_as("real", column + "::text::float8");  // 0.1 stays 0.1
  else if (type == "float8" || type == "numeric")
    read_as("real", column + "::float8");
  else if (type == "money")
    read_as("real", column + "::numeric::float8");
  else if (type == "timestamp")
    read_as("text", iso_time(column, ""));
  else if (type == "timestamptz")
    read_as("text", iso_time("(" + column + " AT TIME ZONE 'UTC')", "Z"));
  else if (type == "bytea")
    read_as("text", "upper(encode(" + column + ", 'hex'))");
  else if (category == "A")
    read_as("text", "to_json(" + column + ")::text");
  else
    read_as("text", column + "::text");
  out.key_expression = type == "numeric" && out.type == "real" ? column + "::text" : out.expression;
}

}  // namespace

std::string Relation::text() const {
  return schema + "." + name + (ambiguous && !geometry.empty() ? "(" + geometry + ")" : "");
}

Relation choose_relation(Connection const& connection, std::string const& wanted, std::string const& name,
                         Origin const& origin) {
  auto const all = relations_of(connection);
  std::vector<Relation> spatial;
  for (Relation const& one : all)
    if (!one.geometry.empty()) spatial.push_back(one);
  auto found = best_fits(wanted.empty() ? spatial : all, wanted.empty() ? name : wanted);
  if (found.empty() && wanted.empty()) {
    if (spatial.size() > 1)
      throw_error(ErrorKind::input, "{} holds {} tables with shapes.{} Say which one with layer = \"schema.table\".",
                  origin.text(), spatial.size(), suggestion(name, texts_of(spatial)));
    found = spatial;
  }
  if (found.empty())
    throw_error(ErrorKind::input, "{} has no table '{}' that you may see.{} Write layer = \"schema.table\".",
                origin.text(), wanted.empty() ? name : wanted, suggestion(wanted, texts_of(all)));
  if (found.size() == 1) return found.front();
  bool const one_table = std::all_of(found.begin(), found.end(), [&](Relation const& one) {
    return one.schema == found[0].schema && one.name == found[0].name;
  });
  throw_error(ErrorKind::input, "{}: '{}' {}: {}. Say which one with layer = \"{}\".", origin.text(),
              wanted.empty() ? name : wanted, one_table ? "has several geometry columns" : "names several tables",
              join(texts_of(found), ", "), found[0].text());
}

std::vector<Attribute> attributes_of(Connection const& connection, Relation const& relation) {
  // A domain is read as what it is made of. The typmod of a numeric is (digits << 16 | decimals) + 4.
  auto const rows = connection.rows(
      "SELECT a.attname::text AS c0, coalesce(b.typname, t.typname)::text AS c1, "
      "coalesce(b.typcategory, t.typcategory)::text AS c2, ((m.typmod - 4) >> 16)::text AS c3, "
      "((m.typmod - 4) & 2047)::text AS c4, m.typmod::text AS c5, "
      "(a.attnotnull AND EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique AND "
      "i.indpred IS NULL AND i.indnatts = 1 AND i.indkey[0] = a.attnum))::text AS c6, "
      "EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary AND i.indnatts = 1 AND "
      "i.indkey[0] = a.attnum)::text AS c7 "
      "FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type b ON b.oid = t.typbasetype "
      "CROSS JOIN LATERAL (SELECT CASE WHEN b.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END AS typmod) m "
      "WHERE a.attrelid = " +
      literal(relation.sql()) +
      "::regclass AND a.attnum > 0 AND NOT a.attisdropped AND t.typname NOT IN ('geometry', 'geography', 'raster') "
      "ORDER BY a.attnum");
  std::vector<Attribute> out;
  for (Row const& row : rows) {
    Attribute one;
    one.name = row[0].value_or("");
    bool const any = row[5].value_or("-1") == "-1";
    auto const number = [&](std::size_t i) { return any ? -1L : std::stol(row[i].value_or("-1")); };
    set_expressions(one, row[1].value_or(""), row[2].value_or(""), number(3), number(4));
    one.unique = row[6].value_or("") == "true";
    one.primary = row[7].value_or("") == "true";
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace terrein::pg
