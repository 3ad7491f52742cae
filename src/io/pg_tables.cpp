#include "io/pg_tables.hpp"

#include <algorithm>
#include <cmath>

#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/content_hash.hpp"

namespace terrein::pg {
namespace {

std::string_view type_name(ShapeType shape) {
  if (shape == ShapeType::point) return "MultiPoint";
  return shape == ShapeType::line ? "MultiLineString" : "MultiPolygon";
}

/// The number under which the database knows a coordinate system; 0 for an unknown one.
std::string srid_of(Connection const& connection, Crs const& crs) {
  if (!crs.known()) return "0";
  auto const colon = crs.authority.find(':');
  std::string const authority = crs.authority.substr(0, colon);
  std::string const code = colon == std::string::npos ? "" : crs.authority.substr(colon + 1);
  std::string srid;
  if (parse_number(code))
    srid = connection.one("SELECT min(srid)::text FROM spatial_ref_sys WHERE auth_name = " + literal(authority) +
                          " AND auth_srid = " + code);
  if (srid.empty())
    throw_error(ErrorKind::crs,
                "{}: the database does not know the coordinate system '{}' ({}). Add it to the table spatial_ref_sys, "
                "or choose another crs in the study.",
                connection.who(), crs.name, crs.authority.empty() ? "no code" : crs.authority);
  return srid;
}

/// The table as it is stored: its key first, the names that the database takes, and no number that is none.
Table stored_table(NewTable const& table) {
  Table const& from = table.layer->table;
  Table out(from.rows());
  Column<std::int64_t> key("fid", 0);
  for (std::size_t row = 0; row < from.rows(); ++row) key.push(static_cast<std::int64_t>(row) + 1);
  out.add(std::move(key));
  for (std::size_t i = 0; i < from.columns().size(); ++i) {
    AnyColumn column = from.columns()[i];
    std::visit([&](auto& any) { any.name = table.columns[i]; }, column);
    if (auto* const number = std::get_if<Column<double>>(&column))
      for (std::size_t row = 0; row < number->size(); ++row)
        if (!std::isfinite(number->values[row])) number->known[row] = 0;
    out.add(std::move(column));
  }
  return out;
}

/// Rows without a shape have none in the database, whether the source had an empty one or none.
GeometryColumn stored_shapes(GeometryColumn const& from) {
  GeometryColumn out = from;
  for (std::size_t row = 0; row < out.size(); ++row)
    if (!out.has_shape(row)) out.kind[row] = GeometryKind::null;
  return out;
}

/// Rows go by COPY while it lives, on this thread.
struct UseCopy {
  UseCopy() { CPLSetThreadLocalConfigOption("PG_USE_COPY", "YES"); }
  ~UseCopy() { CPLSetThreadLocalConfigOption("PG_USE_COPY", nullptr); }
  UseCopy(UseCopy const&) = delete;
  UseCopy& operator=(UseCopy const&) = delete;
};

/// One table while it is written.
class TableWriter {
 public:
  TableWriter(Connection const& connection, std::string const& schema, NewTable const& table)
      : connection_(connection),
        layer_(*table.layer),
        table_(table),
        schema_(schema),
        name_(identifier(schema) + "." + identifier(table.temporary)),
        real_(identifier(schema) + "." + identifier("terrein_real")) {}

  PostgisResult::TableFacts write(std::string_view mark) {
    check();
    Table const stored = stored_table(table_);
    create();
    copy(stored);
    finish();
    comment(mark);
    std::vector<std::string> ids;
    for (std::size_t row = 1; row <= stored.rows(); ++row) ids.push_back(std::to_string(row));
    GeometryColumn const shapes = spatial() ? stored_shapes(*layer_.geometry) : GeometryColumn{};
    return {table_.name, stored.rows(), content_hash(ids, stored, spatial() ? &shapes : nullptr)};
  }

 private:
  [[nodiscard]] bool spatial() const noexcept { return layer_.shape != ShapeType::none; }

  void check() const {
    if (spatial() != (layer_.geometry != nullptr) || (spatial() && layer_.geometry->size() != layer_.table.rows()))
      throw_error(ErrorKind::internal, "The output layer '{}' has {} rows, its shapes do not fit.", layer_.name,
                  layer_.table.rows());
  }

  /// GDAL copies numbers with fifteen digits but texts whole. A column of a domain is text to it and a number to the
  /// server, and turning the domain into what it is made of costs nothing.
  void create() const {
    connection_.run("CREATE DOMAIN " + real_ + " AS double precision");
    std::string sql = "CREATE TABLE " + name_ + " (fid bigint PRIMARY KEY";
    if (spatial())
      sql += std::string(", ") + geometry_column + " geometry(" + std::string(type_name(layer_.shape)) + ", " +
             srid_of(connection_, layer_.crs) + ")";
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      AnyColumn const& column = layer_.table.columns()[i];
      std::string const type = std::holds_alternative<TextColumn>(column)       ? "text"
                               : std::holds_alternative<Column<double>>(column) ? real_
                                                                                : "bigint";
      sql += ", " + identifier(table_.columns[i]) + " " + type;
    }
    connection_.run(sql + ")");
  }

  void copy(Table const& stored) const {
    gdal::CplErrorScope const said;
    UseCopy const use_copy;
    OGRLayerH const layer = GDALDatasetGetLayerByName(connection_.get(), (schema_ + "." + table_.temporary).c_str());
    bool ok = layer != nullptr &&
              OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(layer)) == static_cast<int>(stored.columns().size()) - 1;
    for (std::size_t row = 0; ok && row < stored.rows(); ++row) {
      constexpr std::size_t rows_between_checks = 4096;
      if (row % rows_between_checks == 0) check_stop();
      ok = OGR_L_CreateFeature(layer, feature_of(layer, stored, row).get()) == OGRERR_NONE;
    }
    ok = ok && OGR_L_SyncToDisk(layer) == OGRERR_NONE;
    if (!ok || !said.failure().empty()) connection_.fail(said.failure());
  }

  [[nodiscard]] gdal::Feature feature_of(OGRLayerH layer, Table const& stored, std::size_t row) const {
    gdal::Feature out(OGR_F_Create(OGR_L_GetLayerDefn(layer)));
    OGR_F_SetFID(out.get(), static_cast<GIntBig>(row) + 1);
    for (std::size_t i = 1; i < stored.columns().size(); ++i) {
      int const field = static_cast<int>(i) - 1;
      if (auto const text = text_at(stored.columns()[i], row))
        OGR_F_SetFieldString(out.get(), field, std::string(*text).c_str());
      else
        OGR_F_SetFieldNull(out.get(), field);
    }
    if (!spatial() || !layer_.geometry->has_shape(row)) return out;
    auto const wkb = to_wkb(*layer_.geometry, row);
    OGRGeometryH shape = nullptr;
    if (OGR_G_CreateFromWkb(wkb.data(), nullptr, &shape, static_cast<int>(wkb.size())) != OGRERR_NONE)
      throw_error(ErrorKind::internal, "Row {} of '{}' has a shape that GDAL cannot read.", row, layer_.name);
    OGR_F_SetGeometryDirectly(out.get(), shape);
    return out;
  }

  void finish() const {
    std::string changes;
    for (std::size_t i = 0; i < table_.columns.size(); ++i)
      if (std::holds_alternative<Column<double>>(layer_.table.columns()[i]))
        changes += (changes.empty() ? "" : ", ") + ("ALTER COLUMN " + identifier(table_.columns[i])) +
                   " TYPE double precision";
    if (!changes.empty()) connection_.run("ALTER TABLE " + name_ + " " + changes);
    connection_.run("DROP DOMAIN " + real_);
    if (spatial())
      connection_.run("CREATE INDEX " + identifier(table_.temporary + "_geom") + " ON " + name_ + " USING gist (" +
                      geometry_column + ")");
    connection_.run("ANALYZE " + name_);
    std::string const count = connection_.one("SELECT count(*)::text FROM " + name_);
    if (count != std::to_string(layer_.table.rows()))
      throw_error(ErrorKind::output, "{}: of {} rows of '{}' the database holds {}. Run again.", connection_.who(),
                  layer_.table.rows(), table_.name, count);
  }

  void comment(std::string_view mark) const {
    std::string text = layer_.title.empty() ? layer_.name : layer_.title;
    for (std::string const& part : {layer_.description, layer_.licence})
      if (!part.empty()) text += "\n" + part;
    connection_.run("COMMENT ON TABLE " + name_ + " IS " + literal(text + "\n" + std::string(mark)));
    auto const names = layer_.table.names();
    for (std::size_t i = 0; i < names.size(); ++i) {
      auto const note = layer_.fields.find(names[i]);
      if (note == layer_.fields.end()) continue;
      std::string words = note->second.alias;
      if (!note->second.description.empty()) words += (words.empty() ? "" : ": ") + note->second.description;
      if (!words.empty())
        connection_.run("COMMENT ON COLUMN " + name_ + "." + identifier(table_.columns[i]) + " IS " + literal(words));
    }
  }

  Connection const& connection_;
  OutputLayer const& layer_;
  NewTable const& table_;
  std::string const& schema_;
  std::string name_;  ///< of the table, as SQL
  std::string real_;  ///< the domain for numbers
};

}  // namespace

PostgisResult::TableFacts write_table(Connection const& connection, std::string const& schema, NewTable const& table,
                                      std::string_view mark) {
  return TableWriter(connection, schema, table).write(mark);
}

}  // namespace terrein::pg
