// Rows of GeoPackages that are read without GDAL are those that GDAL gives, and whatever is odd is left to GDAL.
#include <cmath>
#include <random>

#include "io_fixtures.hpp"
#include "support/child.hpp"
#include "terrein/core/text.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

std::string const square = "POLYGON((0 0,10 0,10 10,0 10,0 0))";

template <class T>
void add_bytes(std::string& out, std::vector<T> const& values) {
  out += std::to_string(values.size()) + ":";
  out.append(reinterpret_cast<char const*>(values.data()), values.size() * sizeof(T));
}

void add_column(std::string& out, AnyColumn const& column) {
  out += "\n" + name_of(column) + " " + std::to_string(column.index()) + " ";
  for (std::size_t row = 0; row < size_of(column); ++row) out += text_at(column, row).value_or("NULL") + "|";
  if (auto const* const text = std::get_if<TextColumn>(&column)) {
    out += join(text->words(), "|");
    for (std::size_t row = 0; row < text->size(); ++row) out += std::to_string(text->code(row)) + " ";
  }
}

/// All that reading gives, down to the last byte.
std::string everything(ReadResult const& result, Issues const& issues) {
  Layer const& layer = result.layer;
  std::string out = layer.crs.wkt + result.driver + result.source_layer + result.sha256;
  out += fmt::format(" {} {}", result.rows_declared, result.rows_read);
  for (std::string const& id : layer.id) out += "|" + id;
  add_bytes(out, layer.id_rank);
  add_bytes(out, result.id_known);
  add_bytes(out, result.curved_rows);
  for (AnyColumn const& column : layer.attributes.columns()) add_column(out, column);
  add_bytes(out, layer.geometry.xy);
  add_bytes(out, layer.geometry.path_begin);
  add_bytes(out, layer.geometry.part_begin);
  add_bytes(out, layer.geometry.row_begin);
  add_bytes(out, layer.geometry.kind);
  for (Box const& box : layer.geometry.box)
    out += fmt::format(" {} {} {} {}", box.min_x, box.min_y, box.max_x, box.max_y);
  for (Issue const& issue : issues.rows())
    out += fmt::format("\n{} {} {} {} {} {} {}", issue.layer, issue.feature_id, issue.code,
                       static_cast<int>(issue.severity), issue.x, issue.y, issue.text);
  return out;
}

struct Answer {
  std::string text;  ///< everything, or the sentence of the refusal
  bool plain = false;
};

Answer answer(ReadOptions options, bool through_gdal, unsigned workers) {
  options.through_gdal = through_gdal;
  options.workers = workers;
  try {
    Issues issues;
    ReadResult const result = read_layer(options, issues);
    return {everything(result, issues), result.plain};
  } catch (Error const& error) {
    return {std::string("refused: ") + error.what(), false};
  }
}

/// Reads with and without GDAL, by several workers, and compares; whether the rows were read without.
bool is_plain_and_same(ReadOptions const& options) {
  Answer const gdal = answer(options, true, 1);
  CHECK_FALSE(gdal.plain);
  Answer const one = answer(options, false, 1);
  INFO(gdal.text.substr(0, 2000));
  CHECK(one.text == gdal.text);
  for (unsigned const workers : {2U, 7U}) {
    Answer const several = answer(options, false, workers);
    CHECK(several.text == gdal.text);
    CHECK(several.plain == one.plain);
  }
  return one.plain;
}

bool is_plain_and_same(fs::path const& path) {
  ReadOptions options = options_for(path);
  options.all_fields = true;
  return is_plain_and_same(options);
}

/// A table with a column of each type that GeoPackages know, and three rows.
fs::path every_type(fs::path const& path) {
  make_source(path, "GPKG", "toy", 31370, {{"code", OFTString}}, {{square, {"A1"}}, {square, {"é€𝄞"}}, {square, {""}}});
  for (char const* column : {"flag BOOLEAN", "tiny TINYINT", "small SMALLINT", "medium MEDIUMINT", "big INTEGER",
                             "single FLOAT", "real REAL", "short TEXT(4)", "day DATE", "at DATETIME"})
    sql(path, std::string("ALTER TABLE toy ADD COLUMN ") + column);
  sql(path,
      "UPDATE toy SET flag = 1, tiny = -7, small = -32768, medium = 2147483647, big = 9007199254740993, single = 0.1, "
      "real = 1e300, short = 'longer than four', day = '2024-02-29', at = '2026-01-31T12:30:15.250Z' WHERE fid = 1");
  sql(path, "UPDATE toy SET flag = 0, single = 7, real = 7, short = '', at = '2026-01-31T12:30:15.000Z' WHERE fid = 2");
  return path;
}

/// `count` small squares with ids 1 to `count`, some without shape or text.
fs::path many_rows(fs::path const& path, std::size_t count) {
  make_source(path, "GPKG", "toy", 31370, {{"code", OFTString}, {"n", OFTInteger64}}, {{square, {"0", "0"}}});
  sql(path, "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < " + std::to_string(count - 1) +
                ") INSERT INTO toy(geom, code, n) SELECT CASE WHEN i % 11 THEN geom END, CASE WHEN i % 7 THEN 'c' || "
                "(i * 7919 % 1000) END, i * i FROM c, toy");
  return path;
}

}  // namespace

TEST_CASE("Rows of a GeoPackage read without GDAL have the values of every type that GDAL gives") {
  TempDir const dir;
  auto const path = every_type(dir.path() / "a.gpkg");
  CHECK(is_plain_and_same(path));
  ReadOptions options = options_for(path);
  for (char const* id : {"code", "big", "real", "day", "short"}) {
    INFO(id);
    options.id_field = id;
    CHECK(is_plain_and_same(options));
    options.fields = {"REAL", "code"};
    CHECK(is_plain_and_same(options));
  }
  options.where = "big > 1 or short = ''";
  CHECK(is_plain_and_same(options));
  options.where = "big = 2";
  is_plain_and_same(options);  // no row is left: refused in the same words
}

TEST_CASE("Rows of a GeoPackage read without GDAL have the shapes that GDAL gives") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  std::vector<std::string> const shapes{
      "POINT (1 2)",
      "POINT EMPTY",
      "POINT Z (1 2 3)",
      "MULTIPOINT ((1 2),(3 4))",
      "MULTIPOINT EMPTY",
      "LINESTRING (0 0,1 1,2 0)",
      "LINESTRING EMPTY",
      "LINESTRING M (0 0 1,1 1 2)",
      "MULTILINESTRING ((0 0,1 1),(5 5,6 6,7 5))",
      "POLYGON EMPTY",
      "MULTIPOLYGON EMPTY",
      "POLYGON ((0 0,0 10,10 10,10 0,0 0),(2 2,4 2,4 4,2 4,2 2))",
      "POLYGON ZM ((0 0 1 1,5 0 1 2,5 5 1 3,0 0 1 4))",
      "POLYGON Z ((0 0 1,5 0 1,5 5 1,0 0 9))",
      "POLYGON ((0 0,1 0,1 1,0 0,0 0))",
      "MULTIPOLYGON (((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))",
      "MULTIPOLYGON Z (((0 0 1,1 0 2,1 1 3,0 0 1),(0.5 0.1 1,0.6 0.1 1,0.6 0.2 1,0.5 0.1 1)))",
      ""};
  std::vector<SourceRow> rows;
  for (std::string const& shape : shapes) rows.push_back({shape, {"a"}});
  make_source(path, "GPKG", "toy", 31370, {{"code", OFTString}}, rows);
  CHECK(is_plain_and_same(path));
}

TEST_CASE("Shapes of a GeoPackage that are not plain are read through GDAL") {
  for (char const* shape :
       {"CIRCULARSTRING (0 0,1 1,2 0)", "CURVEPOLYGON (CIRCULARSTRING (0 0,1 1,2 0,1 -1,0 0))",
        "COMPOUNDCURVE ((0 0,1 0),CIRCULARSTRING (1 0,2 1,3 0))", "MULTISURFACE (((0 0,1 0,1 1,0 0)))",
        "GEOMETRYCOLLECTION (POINT (1 2),LINESTRING (0 0,1 1))", "POLYGON ((0 0,1 0,1 1,0 1))", "LINESTRING (0 0)",
        "MULTIPOLYGON (EMPTY,((5 5,6 5,6 6,5 5)))", "MULTIPOINT (EMPTY,(1 2))", "POLYGON ((0 0,1 1,0 0))"}) {
    INFO(shape);
    TempDir const dir;
    auto const path = dir.path() / "a.gpkg";
    make_source(path, "GPKG", "toy", 31370, {{"code", OFTString}}, {{square, {"a"}}, {shape, {"b"}}, {"", {"c"}}});
    CHECK_FALSE(is_plain_and_same(path));
  }
}

TEST_CASE("Bytes of a GeoPackage's shape that are not plain are read through GDAL") {
  // Version and flags 1, SRS id 31370 (7a8a) without an envelope, then the WKB of a point.
  std::string const head =
                        "47500001"
                        "8a7a0000",
                    point = "0101000000000000000000f03f0000000000000040";
  std::string const big =
      "47500000"
      "00007a8a"
      "0000000001"
      "3ff00000000000004000000000000000";
  for (std::string const& blob :
       {head, head + "01", head + point + "00", head + point.substr(0, 40),
        "47500101"
        "8a7a0000" +
            point,
        "47500021"
        "8a7a0000" +
            point,
        "4750000b"
        "8a7a0000" +
            point,
        "47500011"
        "8a7a0000" +
            point,
        "47500001"
        "e6100000" +
            point,
        std::string("00"), std::string(""), point, big, head + "0101000000000000000000f07f0000000000000040",
        head + "0101000020"
               "e6100000"
               "000000000000f03f0000000000000040",
        head + "0101000080"
               "000000000000f03f0000000000000040"
               "0000000000000040",
        head + "010300000001000000"
               "ffffffff",
        head + "0106000000"
               "01000000"
               "0101000000"}) {
    INFO(blob);
    TempDir const dir;
    auto const path = dir.path() / "a.gpkg";
    make_source(path, "GPKG", "toy", 31370, {{"code", OFTString}}, {{square, {"a"}}, {square, {"b"}}});
    sql(path, "UPDATE toy SET geom = x'" + blob + "' WHERE fid = 2");
    CHECK_FALSE(is_plain_and_same(path));
    sql(path, "UPDATE toy SET geom = x'" + head + point + "' WHERE fid = 2");
    CHECK(is_plain_and_same(path));
    sql(path,
        "UPDATE toy SET geom = x'47500001"
        "ffffffff" +
            point + "' WHERE fid = 2");  // -1: the layer's CRS
    CHECK(is_plain_and_same(path));
    sql(path, "UPDATE toy SET geom = 'text' WHERE fid = 2");
    CHECK_FALSE(is_plain_and_same(path));
  }
}

TEST_CASE("Values of a GeoPackage that are not what their column promises are read through GDAL") {
  for (char const* value : {"flag = 2",
                            "flag = 'yes'",
                            "tiny = 3000000000",
                            "small = 32768",
                            "medium = 2147483648",
                            "medium = 2.5",
                            "medium = 'many'",
                            "big = 'x'",
                            "big = 1.5",
                            "big = x'3132'",
                            "real = 'x'",
                            "real = 9e999",
                            "single = 'NaN'",
                            "code = x'c3a9'",
                            "code = CAST(x'e9' AS TEXT)",
                            "code = 'a' || char(0) || 'b'",
                            "short = x'00'",
                            "day = '2026/01/31'",
                            "day = '2026-02-30'",
                            "day = '26-01-31'",
                            "day = ''",
                            "day = 20260131",
                            "day = '2026-01-31T00:00:00Z'",
                            "day = '0099-01-31'",
                            "at = '2026-01-31'",
                            "at = '2026-01-31T12:30:15'",
                            "at = '2026-01-31 12:30:15.250Z'",
                            "at = '2026-01-31T12:30:60.000Z'",
                            "at = '2026-01-31T12:30:15.25Z'",
                            "at = '2026-01-31T12:30:15.250+02:00'",
                            "at = 'tomorrow'",
                            "at = 7"}) {
    INFO(value);
    TempDir const dir;
    auto const path = every_type(dir.path() / "a.gpkg");
    sql(path, "UPDATE toy SET " + std::string(value) + " WHERE fid = 3");
    CHECK_FALSE(is_plain_and_same(path));
  }
}

TEST_CASE("Every day and thousandth of a second is the text that GDAL makes of it") {
  TempDir const dir;
  auto const path = many_rows(dir.path() / "a.gpkg", 1500);
  sql(path, "ALTER TABLE toy ADD COLUMN day DATE");
  sql(path, "ALTER TABLE toy ADD COLUMN at DATETIME");
  sql(path,
      "UPDATE toy SET day = date('1899-12-30', (fid * 37) || ' days'), at = printf('%sT%02d:%02d:%02d.%03dZ', "
      "date('2023-01-01', fid || ' days'), fid % 24, fid % 60, 59 - fid % 60, fid % 1000)");
  CHECK(is_plain_and_same(path));
}

TEST_CASE("Many rows of a GeoPackage come in the order of their ids for any number of workers") {
  TempDir const dir;
  auto const path = many_rows(dir.path() / "a.gpkg", 40000);
  CHECK(is_plain_and_same(path));
  sql(path, "DELETE FROM toy WHERE fid % 3 = 1 OR fid BETWEEN 9000 AND 30000");
  CHECK(is_plain_and_same(path));
  sql(path, "UPDATE toy SET fid = fid - 20000 WHERE fid < 5000");
  sql(path, "UPDATE toy SET fid = 9223372036854775807 WHERE fid = (SELECT max(fid) FROM toy)");
  sql(path, "UPDATE toy SET fid = -9223372036854775808 WHERE fid = (SELECT min(fid) FROM toy)");
  CHECK(is_plain_and_same(path));
  ReadOptions options = options_for(path);
  options.id_field = "n";
  options.where = "code like 'c1%'";
  CHECK(is_plain_and_same(options));
}

TEST_CASE("Tables of a GeoPackage that are not plain are read through GDAL") {
  TempDir const dir;
  auto const path = many_rows(dir.path() / "a.gpkg", 50);
  ReadOptions options = options_for(path);
  options.all_fields = true;
  SECTION("whose stated number of rows is wrong") {
    sql(path, "UPDATE gpkg_ogr_contents SET feature_count = 49");
    CHECK_FALSE(is_plain_and_same(options));
  }
  SECTION("with a field that is a blob") {
    sql(path, "ALTER TABLE toy ADD COLUMN bytes BLOB DEFAULT x'00ff'");
    CHECK_FALSE(is_plain_and_same(options));
    options.all_fields = false;
    CHECK(is_plain_and_same(options));  // nobody asks for it
  }
  SECTION("with an index that GDAL may read them by") {
    // A narrow index over all that is asked for is read in place of a wide table, in its own order.
    sql(path, "ALTER TABLE toy ADD COLUMN long TEXT(4000)");
    sql(path, "CREATE INDEX by_n ON toy(n DESC, code, geom)");
    options.all_fields = false;
    options.fields = {"code", "n"};
    CHECK_FALSE(is_plain_and_same(options));
  }
  SECTION("that are views") {
    sql(path, "CREATE VIEW seen AS SELECT fid AS OGC_FID, geom, code FROM toy");
    sql(path,
        "INSERT INTO gpkg_contents(table_name, identifier, data_type, srs_id) VALUES ('seen', 'seen', 'features', "
        "31370)");
    sql(path,
        "INSERT INTO gpkg_geometry_columns SELECT 'seen', column_name, geometry_type_name, srs_id, z, m FROM "
        "gpkg_geometry_columns WHERE table_name = 'toy'");
    options.layer = "seen";
    CHECK_FALSE(is_plain_and_same(options));
  }
  SECTION("whose rows go without shapes, or with x and y exchanged") {
    options.shapes = false;
    CHECK_FALSE(is_plain_and_same(options));
    options.shapes = true;
    options.swap_axes = true;
    CHECK_FALSE(is_plain_and_same(options));
  }
}

TEST_CASE("Reading without GDAL writes nothing beside a GeoPackage, in whichever mode its log is") {
  TempDir const dir;
  auto const path = many_rows(dir.path() / "a.gpkg", 500);
  for (char const* mode : {"DELETE", "WAL"}) {
    INFO(mode);
    sql(path, std::string("PRAGMA journal_mode = ") + mode);
    auto const before = fingerprint(dir.path());
    CHECK(is_plain_and_same(path));
    CHECK(fingerprint(dir.path()) == before);
  }
  write_file(dir.path() / "a.gpkg-wal", "a log with something in it");
  CHECK_FALSE(is_plain_and_same(path));
}

TEST_CASE("A damaged GeoPackage gives the same with and without GDAL") {
  TempDir const dir;
  auto const path = many_rows(dir.path() / "a.gpkg", 700);
  std::string const whole = read_file(path);
  std::mt19937_64 random(3);
  std::size_t plain = 0, different = 0, faults = 0;
  ReadOptions options = options_for(path);
  options.all_fields = true;
  constexpr std::size_t damages = 250, flips_at_once = 3;
  for (std::size_t i = 0; i < damages; ++i) {
    std::string damaged = whole;
    for (std::size_t flip = 0; flip < flips_at_once; ++flip) {
      std::size_t const at = random() % damaged.size();
      damaged[at] = static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ (1U << random() % 8));
    }
    if (i % 5 == 0) damaged.resize(damaged.size() - random() % (damaged.size() / 3));
    write_file(path, damaged);
    ChildResult const result = in_child(
        [&] {
          Answer const with = answer(options, true, 1), without = answer(options, false, 2);
          return std::string(with.text == without.text ? "same" : "different") + (without.plain ? " plain" : "");
        },
        {10, 1024});
    if (!result.fault.empty()) ++faults;
    if (result.text.starts_with("different")) ++different;
    if (result.text == "same plain") ++plain;
  }
  std::cout << "damaged GeoPackages: " << damages << ", " << plain << " of them read without GDAL\n";
  CHECK(faults == 0);
  CHECK(different == 0);
  CHECK(plain > 20);
  CHECK(plain < damages - 20);
}
