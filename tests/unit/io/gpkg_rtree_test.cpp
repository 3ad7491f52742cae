// The packed spatial index against one that SQLite's own module made, row by row, from the same boxes.
#include "io/gpkg_rtree.hpp"

#include <cmath>
#include <random>

#include "io_fixtures.hpp"
#include "support/sqlite_rows.hpp"
#include "terrein/io/geopackage.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr int capacity = 51;  // of a node in pages of 4096 bytes: RTREE_MAXCELLS of rtree.c

/// Random triangles from 1e-3 to 1e6 m wide all over the plane, negative numbers too; every seventh row is null, every
/// eleventh empty.
Layer random_layer(std::size_t rows, unsigned seed, bool gaps) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> unit(0, 1);
  Layer out = layer_of({});
  GeometryBuilder builder(out.geometry);
  for (std::size_t row = 0; row < rows; ++row) {
    if (gaps && (row % 7 == 3 || row % 11 == 5)) {
      builder.end_row(row % 7 == 3 ? GeometryKind::null : GeometryKind::empty);
      continue;
    }
    double const size = std::pow(10, 9 * unit(random) - 3), x = 4e5 * (unit(random) - 0.5),
                 y = 1e6 * unit(random) - 2e5;
    builder.vertex(x, y);
    builder.vertex(x + size, y);
    builder.vertex(x, y + size * unit(random));
    builder.end_path();
    builder.end_part();
    builder.end_row(GeometryKind::polygon);
  }
  return out;
}

void write(fs::path const& path, Layer const& layer, unsigned workers) {
  GeoPackage content;
  content.time = "2026-01-31T12:00:00.000Z";
  OutputLayer out;
  out.name = out.title = "land";
  out.shape = ShapeType::polygon;
  out.geometry = &layer.geometry;
  out.crs = crs_from("EPSG:31370");
  out.table = Table(layer.geometry.size());
  content.layers.push_back(std::move(out));
  write_geopackage(path.string(), content, workers);
}

std::string number(double value) { return fmt::format("{:.17g}", value); }

/// Makes `twin` beside the layer: the module fills it row by row with the boxes of the shapes.
void make_twin(fs::path const& path, Layer const& layer) {
  std::string text = "BEGIN; CREATE VIRTUAL TABLE twin USING rtree(id, minx, maxx, miny, maxy);";
  for (std::size_t row = 0; row < layer.geometry.size(); ++row) {
    Box const& box = layer.geometry.box[row];
    if (box.empty()) continue;
    text += "INSERT INTO twin VALUES (" + std::to_string(row + 1) + "," + number(box.min_x) + "," + number(box.max_x) +
            "," + number(box.min_y) + "," + number(box.max_y) + ");";
  }
  sql(path, text + "COMMIT");
}

std::vector<Database::Row> all(Database const& database, std::string const& table, std::string const& where) {
  return database.rows("SELECT * FROM " + table + where + " ORDER BY id");
}

/// Both hold the same entries and answer the same boxes in the same way; the packed one is found sound by SQLite.
void check_twins(fs::path const& path, std::size_t queries) {
  CHECK(sql(path, "SELECT rtreecheck('rtree_land_geom')") == "ok");
  Database const database(path);
  CHECK(all(database, "rtree_land_geom", "") == all(database, "twin", ""));
  std::mt19937 random(7);
  std::uniform_real_distribution<double> unit(0, 1);
  std::size_t found = 0;
  for (std::size_t i = 0; i < queries; ++i) {
    double const size = std::pow(10, 6 * unit(random)), x = 4e5 * (unit(random) - 0.5), y = 1e6 * unit(random) - 2e5;
    std::string const where = " WHERE maxx >= " + number(x) + " AND minx <= " + number(x + size) +
                              " AND maxy >= " + number(y) + " AND miny <= " + number(y + size);
    auto const packed = all(database, "rtree_land_geom", where);
    CHECK(packed == all(database, "twin", where));
    found += packed.size();
  }
  if (queries > 0) CHECK(found > queries);  // else the queries would prove nothing
}

}  // namespace

TEST_CASE("A packed index holds what SQLite's own holds, for any number of rows around the capacity of a node") {
  // Two full levels take 51 × 51 rows; one more needs a third.
  for (int const rows : {0, 1, 2, capacity - 1, capacity, capacity + 1, capacity * capacity, capacity * capacity + 1}) {
    INFO(rows << " rows");
    TempDir const dir;
    auto const path = dir.path() / "a.gpkg";
    Layer const layer = random_layer(static_cast<std::size_t>(rows), 1, false);
    write(path, layer, 2);
    make_twin(path, layer);
    check_twins(path, 0);
    CHECK(sql(path, "SELECT count(*) FROM rtree_land_geom") == std::to_string(rows));
    CHECK(sql(path, "SELECT count(*) FROM rtree_land_geom_rowid") == std::to_string(rows));
    bool const one_node = rows <= capacity;
    CHECK(sql(path, "SELECT count(*) FROM rtree_land_geom_parent WHERE nodeno != 1") ==
          sql(path, "SELECT count(*) - 1 FROM rtree_land_geom_node"));
    CHECK((sql(path, "SELECT count(*) FROM rtree_land_geom_node") == "1") == one_node);
    CHECK(sql(path, "SELECT count(DISTINCT length(data)) FROM rtree_land_geom_node") == "1");
    CHECK(sql(path, "PRAGMA integrity_check") == "ok");
  }
}

TEST_CASE("A packed index answers boxes as SQLite's own does; rows without shape have no entry") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  Layer const layer = random_layer(8000, 2, true);
  write(path, layer, 2);
  make_twin(path, layer);
  check_twins(path, 300);
  // 8000 rows less those with row % 7 = 3 or row % 11 = 5: 1143 + 727 - 104 (both: row % 77 = 38)
  CHECK(sql(path, "SELECT count(*) FROM rtree_land_geom") == "6234");
  CHECK(sql(path, "SELECT count(*) FROM land") == "8000");
}

TEST_CASE("A packed index stays sound when others add, change and delete rows") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  Layer const layer = random_layer(4000, 3, true);
  write(path, layer, 2);
  make_twin(path, layer);
  for (char const* table : {"rtree_land_geom", "twin"}) {
    std::string const name(table);
    std::string const series = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) ";
    sql(path,
        "BEGIN; INSERT INTO " + name + " " + series +
            "SELECT 10000 + i, i * 37 % 4001, i * 37 % 4001 + 9, i * 91 % 5003, i * 91 % 5003 + 4 FROM n; COMMIT");
    sql(path, "BEGIN; DELETE FROM " + name + " WHERE id % 10 < 6; COMMIT");
    sql(path, "BEGIN; UPDATE " + name + " SET minx = minx - 1000, maxy = maxy + 1000 WHERE id % 10 = 7; COMMIT");
  }
  check_twins(path, 100);
  for (char const* table : {"rtree_land_geom", "twin"}) sql(path, "DELETE FROM " + std::string(table));
  CHECK(sql(path, "SELECT rtreecheck('rtree_land_geom')") == "ok");
  CHECK(sql(path, "SELECT count(*) FROM rtree_land_geom") == "0");
}

TEST_CASE("A GeoPackage has the same bytes for one, two and seven workers") {
  TempDir const dir;
  Layer const layer = random_layer(5000, 4, true);
  std::vector<std::string> bytes;
  for (unsigned const workers : {1U, 2U, 7U}) {
    auto const path = dir.path() / (std::to_string(workers) + ".gpkg");
    write(path, layer, workers);
    bytes.push_back(read_file(path));
  }
  CHECK(bytes[0] == bytes[1]);
  CHECK(bytes[0] == bytes[2]);
}

TEST_CASE("Ids in any order and boxes beyond all measure are packed as well") {
  // Keys of a source need not grow from row to row; 3e38 is close to the largest single-precision number.
  std::vector<std::int64_t> const ids{7, -3, std::int64_t{1} << 60, 0};
  std::vector<Box> const boxes{{0, 0, 1, 1}, {-3e38, -3e38, 3e38, 3e38}, {}, {5, 5, 5, 5}};
  gpkg::PackedTree const tree = gpkg::pack_tree(ids, boxes, 1228);
  CHECK(tree.size() == 1);
  CHECK(tree.leaf_of == std::vector<std::int64_t>{1, 1, 0, 1});
  CHECK(tree.node(1)[1] == 0);  // the height
  CHECK(tree.node(1)[3] == 3);  // the cells
  CHECK(error_of([&] { static_cast<void>(gpkg::pack_tree(ids, boxes, 40)); }).kind == ErrorKind::internal);
}
