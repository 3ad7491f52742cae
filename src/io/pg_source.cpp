#include "io/pg_source.hpp"

#include <algorithm>

#include "io/fields.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/database_snapshot.hpp"

namespace terrein::pg {
namespace {

/// The snapshot that a layer is read in; nullptr for the state of now.
DatabaseSnapshots::Snapshot const* snapshot_of(ReadOptions const& options) {
  return options.snapshots == nullptr ? nullptr : options.snapshots->find(options.path);
}

Connection connect(ReadOptions const& options, Origin const& origin) {
  auto const* const snapshot = snapshot_of(options);
  return Connection({options.path, origin.text(), Connection::Access::read, snapshot == nullptr ? "" : snapshot->id});
}

/// The attributes that the study needs, in the order of the table. The id gets its name as the table writes it.
std::vector<Attribute> wanted_attributes(std::vector<Attribute> const& all, ReadOptions const& options,
                                         std::string& id_field, Origin const& origin) {
  std::vector<std::string> names;
  for (Attribute const& one : all) names.push_back(one.name);
  std::vector<bool> wanted(all.size(), options.all_fields);
  auto const mark = [&wanted](int index) { wanted[static_cast<std::size_t>(index)] = true; };
  for (std::string const& field : options.fields) mark(require_field(names, field, "", origin));
  for (std::string const& field : options.optional_fields)
    if (auto const index = find_field(names, field)) mark(*index);
  if (!id_field.empty()) {
    int const id = require_field(names, id_field, ", which the study names as its id", origin);
    id_field = names[static_cast<std::size_t>(id)];
    mark(id);
  }
  std::vector<Attribute> out;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (wanted[i]) out.push_back(all[i]);
  return out;
}

std::string primary_key(std::vector<Attribute> const& all) {
  auto const key = std::find_if(all.begin(), all.end(), [](Attribute const& one) { return one.primary; });
  return key == all.end() ? std::string{} : key->name;
}

}  // namespace

TableReader::TableReader(ReadOptions const& options, Origin const& origin)
    : connection_(connect(options, origin)),
      database_(identity_of(connection_)),
      relation_(choose_relation(connection_, options.layer, options.name, origin)),
      id_field_(options.id_field) {
  if (auto const* const snapshot = snapshot_of(options); snapshot != nullptr && snapshot->database != database_)
    throw_error(ErrorKind::input,
                "{} reached another database than a moment ago, so that its layers would not be of one state. Name one "
                "server in the connection.",
                origin.text());
  if (relation_.geometry.empty())
    throw_error(ErrorKind::input, "{} has no shapes: '{}' is a table without a geometry column. Name one that has.",
                origin.text(), relation_.text());
  auto const all = attributes_of(connection_, relation_);
  if (id_field_.empty()) id_field_ = primary_key(all);
  auto const wanted = wanted_attributes(all, options, id_field_, origin);
  for (Attribute const& one : wanted) fields_.push_back(one.name);
  check_srid(origin);
  rows_ = std::stoll(connection_.one("SELECT count(*)::text FROM " + relation_.sql()));
  gdal::CplErrorScope const said;
  layer_ = GDALDatasetExecuteSQL(connection_.get(), query(wanted).c_str(), nullptr, nullptr);
  // GDAL asks for the coordinate system only now; an answer that did not come must not look like one that has none.
  if (layer_ != nullptr) static_cast<void>(OGR_L_GetSpatialRef(layer_));
  if (layer_ == nullptr || !said.failure().empty()) connection_.fail(said.failure());
}

TableReader::~TableReader() {
  if (layer_ != nullptr) GDALDatasetReleaseResultSet(connection_.get(), layer_);
}

std::string TableReader::query(std::vector<Attribute> const& wanted) const {
  std::string columns, all_values, key;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    Attribute const& one = wanted[i];
    bool const is_id = one.name == id_field_;
    std::string const& value = is_id ? one.key_expression : one.expression;
    columns += value + " AS terrein_" + std::to_string(i) + ", ";
    std::string const sorted = "(" + value + ")" + (one.type == "text" ? " COLLATE \"C\"" : "");
    all_values += sorted + ", ";
    if (is_id && one.unique) key = one.type == "text" ? sorted : identifier(one.name);  // its index gives the order
  }
  // Without a key the content decides, so that the order in which a server happens to keep its rows does not show.
  std::string const order = key.empty() ? all_values + "ST_AsEWKB(" + relation_.shape() + ")" : key;
  return "SELECT " + columns + relation_.shape() + " AS " + identifier(relation_.geometry) + " FROM " +
         relation_.sql() + " ORDER BY " + order;
}

void TableReader::check_srid(Origin const& origin) const {
  // A column that is declared with a system holds no other.
  if (connection_
          .one("SELECT postgis_typmod_srid(atttypmod)::text FROM pg_attribute WHERE attrelid = " +
               literal(relation_.sql()) + "::regclass AND attname = " + literal(relation_.geometry) +
               " AND atttypmod > 0")
          .find_first_not_of('0') != std::string::npos)
    return;
  auto const found = connection_.rows("SELECT ST_SRID(" + relation_.shape() +
                                      ")::text AS srid, count(*)::text AS rows FROM " + relation_.sql() + " WHERE " +
                                      identifier(relation_.geometry) + " IS NOT NULL GROUP BY 1 ORDER BY 1");
  if (found.size() < 2) return;
  std::vector<std::string> counts;
  for (Row const& row : found) counts.push_back(row[1].value_or("") + " in SRID " + row[0].value_or(""));
  throw_error(ErrorKind::crs,
              "{}: the rows of '{}' lie in several coordinate systems: {}. Bring them to one, for instance in a view "
              "with ST_Transform, and name that view.",
              origin.text(), relation_.text(), join(counts, ", "));
}

SourceDescription describe_database(Origin const& origin, std::string const& name, std::string const& layer) {
  Connection const connection({origin.path, origin.text(), Connection::Access::read, {}});
  Relation const relation = choose_relation(connection, layer, name, origin);
  SourceLayer out;
  out.name = layer.empty() ? relation.text() : layer;
  out.shape = relation.geometry.empty() ? "table" : "mixed";
  for (Attribute const& one : attributes_of(connection, relation)) out.fields.push_back({one.name, one.type});
  return {"PostgreSQL", {out}};
}

}  // namespace terrein::pg
