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

namespace {

std::vector<std::string> parts(std::string const& text, std::string const& separator) {
  std::vector<std::string> out;
  std::size_t from = 0;
  for (std::size_t at = 0; (at = text.find(separator, from)) != std::string::npos; from = at + separator.size())
    out.push_back(text.substr(from, at - from));
  out.push_back(text.substr(from));
  return out;
}

}  // namespace

TEST_CASE("the page of the bundled data counts the rows of every layer", "[pipeline][demo]") {
  std::string const folder = std::string(TERREIN_SOURCE_DIR) + "/datasets/demo/";
  std::string const page = read_file(folder + "README.md");
  std::size_t const table = page.find("| layer | rows |"), end = page.find("\n\n", table);
  REQUIRE(table != std::string::npos);
  Database const db(folder + "kanaalveld.gpkg");
  std::size_t told = 0;
  for (std::string const& line : parts(page.substr(table, end - table), "\n")) {
    auto const cells = parts(line, " | ");
    if (line.starts_with("| layer") || line.starts_with("|---")) continue;
    auto const names = parts(cells.at(0).substr(2), ", "), rows = parts(cells.at(1), ", ");
    INFO(line);
    REQUIRE(names.size() == rows.size());
    for (std::size_t i = 0; i < names.size(); ++i, ++told) {
      INFO(names[i]);
      CHECK(db.one("SELECT count(*) FROM \"" + names[i] + "\"") == rows[i]);
    }
  }
  CHECK(std::to_string(told) == db.one("SELECT count(*) FROM gpkg_contents"));
}
