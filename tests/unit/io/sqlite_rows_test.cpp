// Rows that SQLite asks for in blocks. What stands in the file is asked of SQLite by SQL, against series made by SQL.
#include "io/sqlite_rows.hpp"

#include <limits>

#include "io_fixtures.hpp"
#include "terrein/io/geopackage.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr std::size_t several_blocks = 5000;

/// Row i: i + 1, i / 4 or null for every third, "w" and i % 7, the bytes of "ab" and i % 5 as a digit.
void fill(std::size_t begin, std::size_t end, sqlite::RowBlock& block) {
  static constexpr std::string_view words[] = {"w0", "w1", "w2", "w3", "w4", "w5", "w6"};
  static constexpr unsigned char head[] = {'a', 'b'}, digits[] = {'0', '1', '2', '3', '4'};
  for (std::size_t row = begin; row < end; ++row) {
    block.set(row - begin, 0, static_cast<std::int64_t>(row) + 1);
    if (row % 3 != 0) block.set(row - begin, 1, static_cast<double>(row) / 4);
    block.set(row - begin, 2, words[row % 7]);
    block.set(row - begin, 3, head, std::span(digits).subspan(row % 5, 1));
  }
}

std::string const table =
    "CREATE TABLE \"a table\" (k INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, r REAL, t TEXT, b BLOB)";

fs::path written(fs::path const& path, std::size_t rows, unsigned workers) {
  sqlite::Database database(path.string());
  database.run(table);
  sqlite::insert_rows(database, "a table", rows, 4, fill, workers);
  database.close();
  return path;
}

}  // namespace

TEST_CASE("Rows of several blocks all arrive in their order, whatever the number of workers") {
  TempDir const dir;
  auto const first = written(dir.path() / "1.db", several_blocks, 1);
  std::string const agreeing =
      "WITH RECURSIVE s(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM s WHERE i < 4999) SELECT count(*) FROM (SELECT * "
      "FROM \"a table\" INTERSECT SELECT i + 1, iif(i % 3, i / 4.0, NULL), 'w' || (i % 7), CAST('ab' || (i % 5) AS "
      "BLOB) FROM s)";
  CHECK(sql(first, agreeing) == "5000");
  CHECK(sql(first, "SELECT count(*) FROM \"a table\"") == "5000");
  CHECK(sql(first, "SELECT seq FROM sqlite_sequence WHERE name = 'a table'") == "5000");
  CHECK(sql(first, "SELECT count(*) FROM sqlite_master WHERE name LIKE '%rows%'") == "0");
  for (unsigned const workers : {2U, 3U, 7U})
    CHECK(read_file(written(dir.path() / (std::to_string(workers) + ".db"), several_blocks, workers)) ==
          read_file(first));
}

TEST_CASE("Of no rows not even the counter of keys is begun, one row is a row") {
  TempDir const dir;
  CHECK(sql(written(dir.path() / "none.db", 0, 2), "SELECT count(*) FROM sqlite_sequence") == "0");
  CHECK(sql(written(dir.path() / "one.db", 1, 2), "SELECT k || t || b FROM \"a table\"") == "1w0ab0");
}

TEST_CASE("Numbers that are none become null, a zero with a minus a zero, an empty text stays a text") {
  TempDir const dir;
  auto const path = dir.path() / "a.db";
  sqlite::Database database(path.string());
  database.run("CREATE TABLE t (k INTEGER PRIMARY KEY, a, b, c, d)");
  auto const odd = [](std::size_t, std::size_t, sqlite::RowBlock& block) {
    block.set(0, 1, std::numeric_limits<double>::quiet_NaN());
    block.set(0, 2, -std::numeric_limits<double>::infinity());
    block.set(0, 3, -0.0);
    block.set(0, 4, std::string_view());
  };
  sqlite::insert_rows(database, "t", 1, 5, odd, 1);
  database.close();
  CHECK(sql(path, "SELECT typeof(a) || ' ' || typeof(b) || ' ' || c || ' ' || typeof(d) || length(d) FROM t") ==
        "null null 0.0 text0");
}

TEST_CASE("What fails while rows are made or written is told as it is") {
  TempDir const dir;
  for (unsigned const workers : {1U, 2U}) {
    sqlite::Database database((dir.path() / (std::to_string(workers) + ".db")).string());
    database.run(table);
    auto const broken = [](std::size_t begin, std::size_t end, sqlite::RowBlock& block) {
      if (begin > 0) throw Error(ErrorKind::internal, "no second block");
      fill(begin, end, block);
    };
    Thrown thrown = error_of([&] { sqlite::insert_rows(database, "a table", several_blocks, 4, broken, workers); });
    CHECK(thrown.kind == ErrorKind::internal);
    CHECK(thrown.text == "no second block");
    database.run("PRAGMA max_page_count = 10");
    thrown = error_of([&] { sqlite::insert_rows(database, "a table", several_blocks, 4, fill, workers); });
    CHECK(thrown.kind == ErrorKind::output);
    CHECK(has_text(thrown.text, "could not be written: database or disk is full"));
  }
}
