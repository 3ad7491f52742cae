#pragma once

#include <memory>
#include <string>
#include <vector>

#include "io/pg.hpp"
#include "io/source.hpp"
#include "terrein/io/describe.hpp"
#include "terrein/io/read_layer.hpp"

namespace terrein::pg {

/// A table, a view or a foreign table with the geometry column that is meant; `geometry` is empty for a table without.
struct Relation {
  std::string schema, name, geometry;
  bool visible = false;    ///< found without naming its schema
  bool ambiguous = false;  ///< the table has more geometry columns
  bool geography = false;  ///< longitude and latitude on the ellipsoid
  /// "plan.parcels", or "plan.parcels(geom)" where the table has more geometry columns.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string sql() const { return identifier(schema) + "." + identifier(name); }
  /// The shape as SQL. A cast hides from GDAL what a column is declared to hold, so only a geography has one.
  [[nodiscard]] std::string shape() const { return identifier(geometry) + (geography ? "::geometry" : ""); }
};

/// An attribute and how it is read so that its text is the same on every machine.
struct Attribute {
  std::string name;
  std::string type;            ///< integer, real or text
  std::string expression;      ///< SQL of a number, a truth value or a text
  std::string key_expression;  ///< the same for a column that serves as id: no digit of a long number is lost
  bool unique = false;         ///< no two rows share a value, and none is null
  bool primary = false;        ///< the primary key, alone
};

/// Attributes in the order of the table, without its geometry columns.
[[nodiscard]] std::vector<Attribute> attributes_of(Connection const& connection, Relation const& relation);

/// The relation that `wanted` names: "schema.table", "table", either with "(column)"; else the one called `name`, else
/// the only one with shapes. Throws `Error{input}` with the names there are.
[[nodiscard]] Relation choose_relation(Connection const& connection, std::string const& wanted, std::string const& name,
                                       Origin const& origin);

/// The rows of a relation as a layer of GDAL, in the order of their key.
class TableReader {
 public:
  /// Throws `Error{input}` for an absent table or field, for a table without shapes, and for one with several geometry
  /// columns of which none is named; `Error{crs}` for shapes in several coordinate systems.
  TableReader(ReadOptions const& options, Origin const& origin);
  ~TableReader();
  TableReader(TableReader const&) = delete;
  TableReader& operator=(TableReader const&) = delete;

  [[nodiscard]] OGRLayerH layer() const noexcept { return layer_; }
  [[nodiscard]] Relation const& relation() const noexcept { return relation_; }
  [[nodiscard]] std::string const& database() const noexcept { return database_; }
  /// Names of the layer's fields by index; those that GDAL sees are numbered, so that no name has a meaning to it.
  [[nodiscard]] std::vector<std::string> const& fields() const noexcept { return fields_; }
  /// The study's id field, else the primary key if it is one column; empty = rows are numbered in the order of their
  /// content.
  [[nodiscard]] std::string const& id_field() const noexcept { return id_field_; }
  [[nodiscard]] GIntBig rows() const noexcept { return rows_; }
  [[nodiscard]] std::string shown(std::string const& text) const { return connection_.shown(text); }

 private:
  void check_srid(Origin const& origin) const;
  [[nodiscard]] std::string query(std::vector<Attribute> const& wanted) const;

  Connection connection_;
  std::string database_;
  Relation relation_;
  std::vector<std::string> fields_;
  std::string id_field_;
  GIntBig rows_ = 0;
  OGRLayerH layer_ = nullptr;
};

/// What `describe_source` says of a database: the relation that is meant, without reading its rows.
[[nodiscard]] SourceDescription describe_database(Origin const& origin, std::string const& name,
                                                  std::string const& layer);

}  // namespace terrein::pg
