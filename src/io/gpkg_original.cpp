// The rows of a source, written as they came.
#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "io/gpkg_tables.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"

namespace terrein::gpkg {
namespace {

using sqlite::identifier;

/// Names of the columns: the source's own where SQLite can tell them apart (capitals do not matter there).
class ColumnNames {
 public:
  std::string give(std::string const& wanted) {
    std::string name = wanted.empty() ? "field" : wanted;
    for (int number = 2; !taken_.insert(lower(name)).second; ++number)
      name = (wanted.empty() ? "field" : wanted) + "_" + std::to_string(number);
    return name;
  }

 private:
  std::unordered_set<std::string> taken_;
};

class OriginalWriter {
 public:
  OriginalWriter(sqlite::Database& database, OriginalLayer const& layer, std::int64_t srs, unsigned workers)
      : database_(database), layer_(layer), rows_(*layer.rows), srs_(srs), workers_(workers) {
    ColumnNames names;
    for (OriginalField const& field : rows_.fields) fields_.push_back(names.give(field.name));
    bool const own_key = !rows_.fid_column.empty() && usable(rows_.fid);
    table_ = {layer.name, names.give(own_key ? rows_.fid_column : "fid"), names.give(geometry_column)};
    id_ = names.give(layer.id.name);
    for (std::size_t row = 0; row < rows_.size(); ++row)
      key_.push_back(own_key ? rows_.fid[row] : static_cast<std::int64_t>(row) + 1);
  }

  void write(std::string const& time) {
    if (layer_.id.size() != rows_.size())
      throw_error(ErrorKind::internal, "The original layer '{}' has {} rows and {} ids.", layer_.name, rows_.size(),
                  layer_.id.size());
    create_table();
    register_table(time);
    IndexWriter index(database_, table_, key_, rows_.box, workers_);
    insert_rows();
    index.write();
    write_count(database_, layer_.name, rows_.size());
  }

 private:
  /// Feature ids are kept as keys when they are keys.
  static bool usable(std::vector<std::int64_t> const& fid) {
    std::unordered_set<std::int64_t> seen;
    return std::all_of(fid.begin(), fid.end(), [&seen](std::int64_t id) { return id >= 0 && seen.insert(id).second; });
  }

  [[nodiscard]] std::string shape_type() const { return rows_.types.size() == 1 ? *rows_.types.begin() : "GEOMETRY"; }

  void create_table() {
    std::string sql = "CREATE TABLE " + identifier(layer_.name) + " (" + identifier(table_.key) +
                      " INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, " + identifier(table_.geometry) + " " +
                      shape_type() + ", " + identifier(id_) + " TEXT";
    for (std::size_t i = 0; i < fields_.size(); ++i) sql += ", " + identifier(fields_[i]) + " " + rows_.fields[i].type;
    database_.run(sql + ")");
  }

  void register_table(std::string const& time) {
    sqlite::Statement contents(database_, "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, ?, ?, ?, ?, ?, ?)");
    Box extent;
    for (Box const& box : rows_.box) extent.extend(box);
    contents.text(layer_.name).text(layer_.title).text(layer_.description).text(time);
    for (double const value : {extent.min_x, extent.min_y, extent.max_x, extent.max_y})
      extent.empty() ? contents.null() : contents.number(value);
    contents.number(srs_).run();
    constexpr std::int64_t none = 0, mandatory = 1, optional = 2;
    sqlite::Statement columns(database_, "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, ?, ?)");
    std::string const type = shape_type();
    columns.text(layer_.name).text(table_.geometry).text(type).number(srs_);
    columns.number(!rows_.any_z ? none : rows_.all_z ? mandatory : optional);
    columns.number(!rows_.any_m ? none : rows_.all_m ? mandatory : optional).run();
    for (std::string const& extension : rows_.extensions)
      add_extension(database_, layer_.name, table_.geometry, "gpkg_geom_" + extension,
                    "http://www.geopackage.org/spec120/#extension_geometry_types", "read-write");
  }

  void insert_rows() {
    std::string sql = "INSERT INTO " + identifier(layer_.name) + " VALUES (?, ?, ?";
    for (std::size_t i = 0; i < fields_.size(); ++i) sql += ", ?";
    sqlite::Statement insert(database_, sql + ")");
    std::vector<unsigned char> blob;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      constexpr std::size_t rows_between_checks = 4096;
      if (row % rows_between_checks == 0) check_stop();
      insert.number(key_[row]);
      bind_shape(insert, row, blob);
      layer_.id.is_known(row) ? insert.text(layer_.id.text(row)) : insert.null();
      for (OriginalField const& field : rows_.fields) bind(insert, field, row);
      insert.run();
    }
  }

  void bind_shape(sqlite::Statement& insert, std::size_t row, std::vector<unsigned char>& blob) const {
    std::string const& wkb = rows_.wkb[row];
    if (wkb.empty()) {
      insert.null();
      return;
    }
    encode_head(srs_, rows_.vacant[row] != 0 ? Box{} : rows_.box[row], blob);
    blob.insert(blob.end(), wkb.begin(), wkb.end());
    insert.bytes(blob);
  }

  static void bind(sqlite::Statement& insert, OriginalField const& field, std::size_t row) {
    if (auto const* const text = std::get_if<TextColumn>(&field.values)) {
      if (!text->is_known(row)) {
        insert.null();
      } else if (field.type == "BLOB") {
        std::string_view const bytes = text->text(row);
        insert.bytes({reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size()});
      } else {
        insert.text(text->text(row));
      }
    } else if (auto const* const real = std::get_if<Column<double>>(&field.values)) {
      real->is_known(row) ? insert.number(real->values[row]) : insert.null();
    } else {
      auto const& whole = std::get<Column<std::int64_t>>(field.values);
      whole.is_known(row) ? insert.number(whole.values[row]) : insert.null();
    }
  }

  sqlite::Database& database_;
  OriginalLayer const& layer_;
  OriginalRows const& rows_;
  std::int64_t srs_;
  unsigned workers_;
  ShapeTable table_;
  std::string id_;
  std::vector<std::string> fields_;
  std::vector<std::int64_t> key_;
};

}  // namespace

void write_original(sqlite::Database& database, OriginalLayer const& layer, std::int64_t srs, std::string const& time,
                    unsigned workers) {
  OriginalWriter(database, layer, srs, workers).write(time);
}

}  // namespace terrein::gpkg
