// The bundled data are what their generator makes: the same rows, whatever the version of SQLite.
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "support/support.hpp"

using namespace terrein::test;

TEST_CASE("the generator makes the bundled data", "[pipeline][demo]") {
  TempDir const dir;
  auto const made = dir.path() / "kanaalveld.gpkg";
  RunResult const result = run(std::string(TERREIN_DEMO_GENERATOR) + " " + made.string());
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  Database const fresh(made), kept(std::string(TERREIN_SOURCE_DIR) + "/datasets/demo/kanaalveld.gpkg");
  auto const tables = kept.rows("SELECT table_name FROM gpkg_contents ORDER BY table_name");
  REQUIRE(tables.size() > 20);
  CHECK((fresh.rows("SELECT table_name FROM gpkg_contents ORDER BY table_name") == tables));
  for (auto const& table : tables) {
    std::string const name = *table.at("table_name");
    std::string columns;
    for (auto const& column : kept.rows("PRAGMA table_info(\"" + name + "\")"))
      columns +=
          (columns.empty() ? "hex(\"" : ", hex(\"") + *column.at("name") + "\") AS \"" + *column.at("name") + "\"";
    std::string const query = "SELECT " + columns + " FROM \"" + name + "\"";
    INFO(name);
    CHECK((fresh.rows(query) == kept.rows(query)));
  }
}
