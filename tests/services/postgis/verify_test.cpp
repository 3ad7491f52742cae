// terrein verify with a database: its tables as sources and as outputs, by their content.
#include <nlohmann/json.hpp>

#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "world.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

std::string state(nlohmann::json const& items, std::string const& name) {
  for (auto const& one : items)
    if (one["name"] == name) return one["state"];
  return "absent";
}

}  // namespace

TEST_CASE("tables of a database are verified by content, and the repeated run writes to none") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  SmallWorld const world;
  (void)server->sql(
      "CREATE SCHEMA vbron; CREATE TABLE vbron.flood (id int PRIMARY KEY, class text, geom geometry(Polygon, 31370)); "
      "INSERT INTO vbron.flood VALUES (1, 'D', ST_GeomFromText('POLYGON((100000 200000,100100 200000,100100 200300,"
      "100000 200300,100000 200000))', 31370))");
  world.edit("study.toml", "source = \"flood.geojson\"", "source = \"${db}\"\nlayer = \"vbron.flood\"");
  world.edit("study.toml", "[candidates]", "[variables]\ndb = \"" + server->connection() + "\"\n[candidates]");
  use_output(world, server->connection(), "vuit");
  RunResult const made = world.terrein();
  INFO(made.err);
  REQUIRE(made.exit_code == 0);
  std::string const verify = std::string(TERREIN_PROGRAM) + " verify " + world.path("result.gpkg.run.json").string();
  std::string const placed = server->sql("SELECT 'vuit.candidates'::regclass::oid");
  RunResult const same = run(verify);
  INFO(same.out << same.err);
  CHECK(same.exit_code == 0);
  CHECK(has(same.out, "same       layer flood"));
  for (char const* table : {"candidates", "excluded", "issues", "ledger", "models", "sources", "fabric", "manifest"})
    CHECK(has(same.out, "same       database vuit." + std::string(table)));
  CHECK(server->sql("SELECT 'vuit.candidates'::regclass::oid") == placed);  // not replaced
  (void)server->sql("UPDATE vuit.ledger SET applies_ha = applies_ha + 1");
  auto const output = nlohmann::json::parse(run(verify + " --json").out);
  CHECK(output["exit_code"] == 1);
  CHECK(state(output["outputs"], "vuit.ledger") == "changed");
  CHECK(state(output["outputs"], "vuit.candidates") == "same");
  (void)server->sql("UPDATE vbron.flood SET class = 'E'; DROP TABLE vuit.ledger");
  auto const input = nlohmann::json::parse(run(verify + " --json").out);
  CHECK(input["exit_code"] == 3);
  CHECK(state(input["inputs"], "flood") == "changed");
  CHECK(state(input["outputs"], "vuit.ledger") == "missing");
  CHECK(input["repeated"]["comparison"] == "none");
}

TEST_CASE("the manifest holds no password, and a run is verified without it") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  SmallWorld const world;
  (void)server->sql(
      "CREATE SCHEMA vgeheim; CREATE TABLE vgeheim.rail (id int PRIMARY KEY, geom geometry(LineString, 31370)); "
      "INSERT INTO vgeheim.rail VALUES (1, ST_GeomFromText('LINESTRING(100300 200000,100300 200300)', 31370))");
  world.edit("study.toml", "source = \"rail.geojson\"",
             "source = \"" + server->connection() + " password=${wacht}\"\nlayer = \"vgeheim.rail\"");
  RunResult const made = world.terrein("--set wacht=zeergeheim1");
  INFO(made.err);
  REQUIRE(made.exit_code == 0);
  CHECK_FALSE(has(read_file(world.path("result.gpkg.run.json")), "zeergeheim1"));
  CHECK_FALSE(has(read_file(world.path("result.gpkg")), "zeergeheim1"));
  RunResult const result = run(std::string(TERREIN_PROGRAM) + " verify " + world.path("result.gpkg.run.json").string());
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  CHECK(has(result.out, "same       layer rail"));
}
