#include "terrein/io/geopackage.hpp"

#include <filesystem>
#include <numeric>
#include <set>

#include "io/gdal.hpp"
#include "io/gpkg_tables.hpp"
#include "io/sqlite_rows.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/progress.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using sqlite::identifier;

std::string_view type_name(ShapeType shape) {
  switch (shape) {
    case ShapeType::point:
      return "MULTIPOINT";
    case ShapeType::line:
      return "MULTILINESTRING";
    case ShapeType::polygon:
      return "MULTIPOLYGON";
    case ShapeType::none:
      break;
  }
  return "";
}

bool fits(GeometryKind kind, ShapeType shape) {
  return (kind == GeometryKind::point && shape == ShapeType::point) ||
         (kind == GeometryKind::line && shape == ShapeType::line) ||
         (kind == GeometryKind::polygon && shape == ShapeType::polygon);
}

/// The shapes of a layer, in whichever form it has them.
class Shapes {
 public:
  explicit Shapes(OutputLayer const& layer) : plain_(layer.geometry), raw_(layer.raw) {}
  [[nodiscard]] bool any() const noexcept { return plain_ != nullptr || raw_ != nullptr; }
  [[nodiscard]] std::size_t size() const noexcept { return raw_ != nullptr ? raw_->size() : plain_->size(); }
  [[nodiscard]] bool has_shape(std::size_t row) const noexcept {
    return raw_ != nullptr ? raw_->has_shape(row) : plain_->has_shape(row);
  }
  [[nodiscard]] Box const& box(std::size_t row) const noexcept { return boxes()[row]; }
  /// One per row; empty for a row without shape.
  [[nodiscard]] std::vector<Box> const& boxes() const noexcept { return raw_ != nullptr ? raw_->box : plain_->box; }
  [[nodiscard]] Box extent() const {
    if (raw_ == nullptr) return plain_->extent();
    Box out;
    for (Box const& box : raw_->box) out.extend(box);
    return out;
  }
  [[nodiscard]] std::vector<unsigned char> wkb(std::size_t row) const {
    if (raw_ == nullptr) return to_wkb(*plain_, row);
    return {raw_->wkb[row].begin(), raw_->wkb[row].end()};
  }

 private:
  GeometryColumn const* plain_;
  RawShapes const* raw_;
};

std::string column_type(AnyColumn const& column) {
  if (std::holds_alternative<TextColumn>(column)) return "TEXT";
  return std::holds_alternative<Column<double>>(column) ? "REAL" : "INTEGER";
}

/// Puts the values of the rows from `begin` on in column `place` of a block.
void put_column(AnyColumn const& column, std::size_t begin, std::size_t end, std::size_t place, sqlite::RowBlock& out) {
  auto const put = [&](auto const& values, auto const& value) {
    for (std::size_t row = begin; row < end; ++row)
      if (values.is_known(row)) out.set(row - begin, place, value(row));
  };
  std::visit(
      [&put](auto const& values) {
        if constexpr (std::is_same_v<std::decay_t<decltype(values)>, TextColumn>)
          put(values, [&values](std::size_t row) { return values.text(row); });
        else
          put(values, [&values](std::size_t row) { return values.values[row]; });
      },
      column);
}

void put_shapes(Shapes const& shapes, std::int64_t srs, std::size_t begin, std::size_t end, sqlite::RowBlock& out) {
  std::vector<unsigned char> head;
  for (std::size_t row = begin; row < end; ++row) {
    if (!shapes.has_shape(row)) continue;
    gpkg::encode_head(srs, shapes.box(row), head);
    out.set(row - begin, 1, head, shapes.wkb(row));
  }
}

/// Writes one table with its registration, rows, spatial index and triggers.
class LayerWriter {
 public:
  LayerWriter(sqlite::Database& database, OutputLayer const& layer, std::int64_t srs, std::string const& time,
              unsigned workers)
      : database_(database), layer_(layer), shapes_(layer), srs_(srs), time_(time), workers_(workers) {}

  void write(std::string const& title) {
    check();
    create_table();
    register_table(title);
    spatial() ? insert_with_index() : insert_rows();
    gpkg::write_count(database_, layer_.name, layer_.table.rows());
  }

 private:
  [[nodiscard]] std::string shape_type() const {
    return layer_.raw != nullptr ? layer_.raw->type : std::string(type_name(layer_.shape));
  }

  /// Curves are an extension of the standard, each type for itself.
  void register_curves() {
    if (layer_.raw == nullptr || (shape_type() != "MULTISURFACE" && shape_type() != "MULTICURVE")) return;
    gpkg::add_extension(database_, layer_.name, gpkg::geometry_column, "gpkg_geom_" + shape_type(),
                        "http://www.geopackage.org/spec120/#extension_geometry_types", "read-write");
  }

  [[nodiscard]] bool spatial() const noexcept { return layer_.shape != ShapeType::none; }

  void check() const {
    if (spatial() != shapes_.any() || (spatial() && shapes_.size() != layer_.table.rows()))
      throw_error(ErrorKind::internal, "The output layer '{}' has {} rows, its shapes do not fit.", layer_.name,
                  layer_.table.rows());
    for (std::size_t row = 0; layer_.geometry != nullptr && row < layer_.table.rows(); ++row)
      if (layer_.geometry->has_shape(row) && !fits(layer_.geometry->kind[row], layer_.shape))
        throw_error(ErrorKind::internal, "Row {} of the output layer '{}' is a {}, the layer is {}.", row, layer_.name,
                    to_string(layer_.geometry->kind[row]), type_name(layer_.shape));
  }

  void create_table() {
    std::string sql =
        "CREATE TABLE " + identifier(layer_.name) + " (\"fid\" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL";
    if (spatial()) sql += ", " + identifier(gpkg::geometry_column) + " " + shape_type();
    for (AnyColumn const& column : layer_.table.columns())
      sql += ", " + identifier(name_of(column)) + " " + column_type(column);
    database_.run(sql + ")");
  }

  void register_table(std::string const& title) {
    sqlite::Statement contents(database_, "INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    contents.text(layer_.name).text(spatial() ? "features" : "attributes").text(title).text(layer_.description);
    contents.text(time_);
    Box const extent = spatial() ? shapes_.extent() : Box{};
    for (double const value : {extent.min_x, extent.min_y, extent.max_x, extent.max_y})
      extent.empty() ? contents.null() : contents.number(value);
    spatial() ? contents.number(srs_) : contents.null();
    contents.run();
    if (!spatial()) return;
    sqlite::Statement columns(database_, "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, ?, ?)");
    constexpr std::int64_t none = 0, optional = 2;
    std::string const type = shape_type();
    columns.text(layer_.name).text(gpkg::geometry_column).text(type).number(srs_);
    columns.number(layer_.raw != nullptr && layer_.raw->has_z ? optional : none);
    columns.number(layer_.raw != nullptr && layer_.raw->has_m ? optional : none).run();
    register_curves();
  }

  void insert_rows() {
    std::size_t const first = spatial() ? 2 : 1;
    auto const& columns = layer_.table.columns();
    auto const fill = [&](std::size_t begin, std::size_t end, sqlite::RowBlock& block) {
      for (std::size_t row = begin; row < end; ++row) block.set(row - begin, 0, static_cast<std::int64_t>(row) + 1);
      if (spatial()) put_shapes(shapes_, srs_, begin, end, block);
      for (std::size_t i = 0; i < columns.size(); ++i) put_column(columns[i], begin, end, first + i, block);
    };
    sqlite::insert_rows(database_, layer_.name, layer_.table.rows(), first + columns.size(), fill, workers_);
  }

  void insert_with_index() {
    std::vector<std::int64_t> ids(layer_.table.rows());
    std::iota(ids.begin(), ids.end(), std::int64_t{1});
    gpkg::IndexWriter index(database_, {layer_.name, "fid", gpkg::geometry_column}, ids, shapes_.boxes(), workers_);
    insert_rows();
    index.write();
  }

  sqlite::Database& database_;
  OutputLayer const& layer_;
  Shapes shapes_;
  std::int64_t srs_;
  std::string const& time_;
  unsigned workers_;
};

/// Removes the file unless all went well.
class Unfinished {
 public:
  explicit Unfinished(std::string const& path) : path_(path) {}
  ~Unfinished() {
    std::error_code ignored;  // the fault that brought us here is what the user must see
    if (!done_) std::filesystem::remove(path_, ignored);
  }
  Unfinished(Unfinished const&) = delete;
  Unfinished& operator=(Unfinished const&) = delete;
  void done() noexcept { done_ = true; }

 private:
  std::string const& path_;
  bool done_ = false;
};

/// Two layers of one name cannot stand in one file; SQLite does not tell capitals from small letters.
void check_names(GeoPackage const& content) {
  std::set<std::string> names;
  auto const check = [&names](std::string const& name) {
    if (!names.insert(lower(name)).second)
      throw_error(ErrorKind::internal, "Two layers of the result are called '{}'; each needs a name of its own.", name);
  };
  for (OutputLayer const& layer : content.layers) check(layer.name);
  for (OriginalLayer const& layer : content.originals) check(layer.name);
}

void write_layers(sqlite::Database& database, GeoPackage const& content, unsigned workers) {
  gpkg::SrsTable srs(database);
  std::set<std::string> titles{"layer_styles"};
  for (OutputLayer const& layer : content.layers) titles.insert(layer.name);
  for (OriginalLayer const& layer : content.originals) titles.insert({layer.name, layer.title});
  std::size_t done = 0;
  for (OutputLayer const& layer : content.layers) {
    std::int64_t const id = srs.id_of(layer.crs);
    // Titles must be unique in the file; a second one gives way to the table name, which is.
    bool const title_free = !layer.title.empty() && titles.insert(layer.title).second;
    LayerWriter(database, layer, id, content.time, workers).write(title_free ? layer.title : layer.name);
    if (auto* const part = ProgressPart::current())
      part->reach(++done, content.layers.size() + content.originals.size());
  }
  for (OriginalLayer const& layer : content.originals)
    gpkg::write_original(database, layer, srs.id_of(layer.rows->crs), content.time, workers);
}

}  // namespace

void write_geopackage(std::string const& path, GeoPackage const& content, unsigned workers) {
  check_names(content);
  gdal::register_drivers();
  sqlite::Database database(path);
  Unfinished file(path);
  // No journal: a run that fails removes the file. Faults while writing are reported by every statement and by close.
  database.run(
      "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = OFF; "
      "PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -4096; BEGIN");
  gpkg::create_core_tables(database);
  write_layers(database, content, workers);
  gpkg::write_schema(database, content);
  gpkg::write_metadata(database, content);
  gpkg::write_styles(database, content);
  database.run("COMMIT");
  database.close();
  file.done();
}

}  // namespace terrein
