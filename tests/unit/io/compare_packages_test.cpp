// Two GeoPackages against each other: one is written, the other is a copy that SQL changes.
#include "terrein/io/compare_packages.hpp"

#include <cstring>

#include "io_fixtures.hpp"
#include "support/sqlite_rows.hpp"
#include "terrein/io/geopackage.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// Three parcels and a table without a column that tells its rows apart.
class TwoFiles {
 public:
  TwoFiles() {
    Layer const parcels = layer_of(
        {"POLYGON((0 0,4 0,4 2,0 2,0 0))", "POLYGON((5 0,9 0,9 2,5 2,5 0))", "POLYGON((10 0,14 0,14 2,10 2,10 0))"});
    GeoPackage content;
    OutputLayer& layer = content.layers.emplace_back();
    layer.name = "candidates";
    layer.shape = ShapeType::polygon;
    layer.crs = parcels.crs;
    layer.geometry = &parcels.geometry;
    TextColumn id("key"), outcome("outcome");
    Column<double> score("score", 0);
    Column<std::int64_t> rank("rank", 0);
    for (char const* one : {"A1", "A2", "A3"}) id.push(one);
    for (char const* one : {"voldoet", "onbekend", "voldoet"}) outcome.push(one);
    for (double const one : {80.0, 1e6, 40.0}) score.push(one);
    for (std::int64_t const one : {1, 2, 3}) rank.push(one);
    layer.table = Table(3);
    layer.table.add(id);
    layer.table.add(outcome);
    layer.table.add(score);
    layer.table.add(rank);
    OutputLayer& issues = content.layers.emplace_back();
    issues.name = "issues";
    TextColumn code("code");
    for (char const* one : {"repaired", "repaired"}) code.push(one);
    issues.table = Table(2);
    issues.table.add(code);
    content.time = "2026-01-31T00:00:00.000Z";
    write_geopackage(first().string(), content);
    fs::copy_file(first(), second());
  }

  [[nodiscard]] fs::path first() const { return dir_.path() / "first.gpkg"; }
  [[nodiscard]] fs::path second() const { return dir_.path() / "second.gpkg"; }
  /// Changes the second file. Triggers of the spatial index need functions that plain SQLite lacks.
  void sql(std::string const& text) const {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(second().c_str(), &db) == SQLITE_OK);
    sqlite3_exec(db,
                 "DROP TRIGGER rtree_candidates_geom_insert; DROP TRIGGER rtree_candidates_geom_update1; "
                 "DROP TRIGGER rtree_candidates_geom_update2; DROP TRIGGER rtree_candidates_geom_update3; "
                 "DROP TRIGGER rtree_candidates_geom_update4; DROP TRIGGER rtree_candidates_geom_delete;",
                 nullptr, nullptr, nullptr);
    char* fault = nullptr;
    sqlite3_exec(db, text.c_str(), nullptr, nullptr, &fault);
    INFO((fault == nullptr ? "" : fault));
    REQUIRE(fault == nullptr);
    sqlite3_close(db);
  }
  [[nodiscard]] std::vector<TableComparison> compare(Tolerance const& tolerance = {}) const {
    return compare_packages(first(), second(), tolerance);
  }

 private:
  TempDir dir_;
};

}  // namespace

TEST_CASE("two copies of a GeoPackage are the same, table by table") {
  TwoFiles const files;
  auto const tables = files.compare();
  REQUIRE(tables.size() == 2);
  CHECK(tables[0].table == "candidates");
  CHECK(tables[0].key == "key");
  CHECK(tables[0].rows == 3);
  CHECK(tables[1].table == "issues");
  CHECK(tables[1].key == "rowid");  // two rows have the same code
  for (TableComparison const& table : tables) {
    CHECK(table.same());
    CHECK(table.columns.empty());
  }
}

TEST_CASE("numbers are compared within the tolerance, and the largest difference is told even then") {
  TwoFiles const files;
  // 1e6 off by 5e-4: within 1e-9 of its size. 80 off by 5e-7: within 1e-6. 40 off by 2e-6: neither.
  files.sql(
      "UPDATE candidates SET score = score + 5e-4 WHERE key = 'A2'; "
      "UPDATE candidates SET score = score + 5e-7 WHERE key = 'A1'");
  auto tables = files.compare();
  CHECK(tables[0].same());
  REQUIRE(tables[0].columns.size() == 1);
  CHECK(tables[0].columns[0].column == "score");
  CHECK(tables[0].columns[0].rows == 0);
  CHECK(tables[0].columns[0].id == "A2");
  CHECK(tables[0].columns[0].largest == Approx(5e-4).epsilon(1e-6));
  CHECK_FALSE(files.compare({0, 1e-6})[0].same());
  files.sql("UPDATE candidates SET score = score + 2e-6 WHERE key = 'A3'");
  tables = files.compare();
  CHECK_FALSE(tables[0].same());
  CHECK(tables[0].columns[0].rows == 1);
}

TEST_CASE("ranks and texts are compared exactly, and nothing is not zero") {
  TwoFiles const files;
  files.sql(
      "UPDATE candidates SET rank = 4 WHERE key = 'A3'; UPDATE candidates SET outcome = 'Voldoet' WHERE key = "
      "'A1'; UPDATE candidates SET score = NULL WHERE key = 'A2'");
  auto const tables = files.compare({1, 1e9});  // no tolerance makes them the same
  REQUIRE(tables[0].columns.size() == 3);
  CHECK(tables[0].columns[0].column == "outcome");
  CHECK(tables[0].columns[0].first == "voldoet");
  CHECK(tables[0].columns[0].second == "Voldoet");
  CHECK(tables[0].columns[1].column == "score");
  CHECK(tables[0].columns[1].second == "null");
  CHECK(tables[0].columns[2].column == "rank");
  CHECK(tables[0].columns[2].id == "A3");
  CHECK(tables[0].columns[2].largest == 1);
  for (ColumnDifference const& column : tables[0].columns) CHECK(column.rows == 1);
}

TEST_CASE("rows are found again by their id, whatever their number") {
  TwoFiles const files;
  files.sql(
      "DELETE FROM candidates WHERE key = 'A1'; INSERT INTO candidates SELECT 9, geom, 'A9', outcome, score, rank "
      "FROM candidates WHERE key = 'A2'; UPDATE candidates SET fid = 7 WHERE key = 'A3'");
  auto const tables = files.compare();
  CHECK_FALSE(tables[0].same());
  CHECK(tables[0].rows == 2);
  CHECK(tables[0].only_first == 1);
  CHECK(tables[0].example_first == "A1");
  CHECK(tables[0].only_second == 1);
  CHECK(tables[0].example_second == "A9");
  CHECK(tables[0].columns.empty());
}

TEST_CASE("shapes are compared vertex by vertex within the tolerance") {
  TwoFiles const files;
  Database const db(files.first());
  std::string const blob = db.one("SELECT hex(geom) AS g FROM candidates WHERE key = 'A1'");
  auto const with_x = [&](double from, double to) {
    auto const hex = [](double value) {
      std::string out;
      unsigned char bytes[sizeof value];
      std::memcpy(bytes, &value, sizeof value);
      for (unsigned char const byte : bytes) out += fmt::format("{:02X}", byte);
      return out;
    };
    std::string moved = blob;
    auto const at = moved.rfind(hex(from));
    REQUIRE(at != std::string::npos);
    moved.replace(at, 16, hex(to));
    files.sql("UPDATE candidates SET geom = x'" + moved + "' WHERE key = 'A1'");
  };
  with_x(4, 4.0000001);  // a tenth of a micrometre
  auto tables = files.compare();
  CHECK(tables[0].same());
  REQUIRE(tables[0].columns.size() == 1);
  CHECK(tables[0].columns[0].column == "geom");
  CHECK(tables[0].columns[0].largest == Approx(1e-7).epsilon(1e-3));
  with_x(4, 4.001);
  tables = files.compare();
  CHECK_FALSE(tables[0].same());
  CHECK(tables[0].columns[0].id == "A1");
}

TEST_CASE("tables and columns that only one file has are told") {
  TwoFiles const files;
  files.sql("ALTER TABLE candidates ADD COLUMN more TEXT; DELETE FROM gpkg_contents WHERE table_name = 'issues'");
  auto const tables = files.compare();
  CHECK(tables[0].columns_only_second == std::vector<std::string>{"more"});
  CHECK_FALSE(tables[0].same());
  CHECK_FALSE(tables[1].in_second);
  CHECK_FALSE(tables[1].same());
}

TEST_CASE("a file that cannot be compared is an error, and nothing is written beside either") {
  TwoFiles const files;
  CHECK(error_of([&] {
          (void)compare_packages(files.first(), files.first().string() + "x", {});
        }).text.find("There is no file") != std::string::npos);
  write_file(files.second(), "no database at all, but long enough to be looked at");
  auto const thrown = error_of([&] { (void)files.compare(); });
  CHECK(thrown.kind == ErrorKind::input);
  CHECK(thrown.text.find("cannot be compared") != std::string::npos);
  std::size_t found = 0;
  for ([[maybe_unused]] auto const& entry : fs::directory_iterator(files.first().parent_path())) ++found;
  CHECK(found == 2);
}
