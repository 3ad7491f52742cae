// A result as tables of a PostGIS database: the same as the GeoPackage, whole or not at all, and no table of another.
#include <signal.h>

#include <filesystem>
#include <iostream>

#include <nlohmann/json.hpp>

#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "terrein/io/read_layer.hpp"
#include "world.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

/// Names of the tables of a schema.
std::string tables(Server const& server, std::string const& schema) {
  return server.sql(
      "SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relnamespace = "
      "to_regnamespace('" +
      schema + "') AND relkind = 'r'");
}

constexpr char const* all_tables =
    "bounds,candidates,criteria,excluded,fabric,issues,ledger,manifest,models,rules,sources";

/// A study with a result in files and in a schema; the next run gives another one.
struct World {
  SmallWorld files;
  Server& server;
  std::string schema, old_package;

  World(Server& of, std::string name) : server(of), schema(std::move(name)) {
    use_output(files, server.connection(), schema);
    RunResult const first = files.terrein();
    INFO(first.err);
    REQUIRE(first.exit_code == 0);
    old_package = read_file(files.path("result.gpkg"));
    REQUIRE(excluded() == "3");
    // By then no parcel is excluded.
    files.edit("study.toml", "when = \">0.5\"", "when = \">2\"");
  }
  [[nodiscard]] std::string excluded() const { return server.sql("SELECT count(*) FROM " + schema + ".excluded"); }
  [[nodiscard]] std::string command() const {
    return std::string(TERREIN_PROGRAM) + " run --overwrite " + files.path("study.toml").string();
  }
  [[nodiscard]] bool waits_for_lock() const {
    return until(server,
                 "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = '" + schema + ".candidates'::regclass",
                 "1");
  }
  /// All of the old result, and nothing else.
  void check_old() const {
    CHECK(excluded() == "3");
    CHECK(server.sql("SELECT count(*) FROM " + schema + ".candidates") == "6");
    CHECK(tables(server, schema) == all_tables);
    CHECK((read_file(files.path("result.gpkg")) == old_package));
    CHECK(server.sql("SELECT count(*) FROM pg_type WHERE typname = 'terrein_real'") == "0");
    std::size_t files_there = 0;
    for (auto const& entry : std::filesystem::directory_iterator(files.path("")))
      if (has(entry.path().filename().string(), "result")) ++files_there;
    CHECK(files_there == 3);  // package, project, manifest; nothing hidden
  }
  void check_new_after_run() const {
    RunResult const result = run(command());
    INFO(result.err);
    CHECK(result.exit_code == 0);
    CHECK(excluded() == "0");
    CHECK(tables(server, schema) == all_tables);
    Database const db(files.path("result.gpkg"));
    CHECK(db.one("SELECT count(*) FROM candidates") == "9");
  }
};

ReadResult read(Server const& server, std::string const& layer) {
  ReadOptions options;
  options.name = "toy";
  options.path = options.written = server.connection();
  options.layer = layer;
  options.all_fields = true;
  Issues issues;
  return read_layer(options, issues);
}

}  // namespace

TEST_CASE("The tables hold what the GeoPackage holds, indexed, commented and styled") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  World const world(*server, "whole");
  CHECK(tables(*server, "whole") == all_tables);
  Database const db(world.files.path("result.gpkg"));
  for (std::string const table : {"candidates", "excluded", "issues", "ledger", "models", "sources"}) {
    INFO(table);
    CHECK(server->sql("SELECT count(*) FROM whole." + table) == db.one("SELECT count(*) FROM " + table));
    std::string columns, quoted;
    for (auto const& row : db.rows("SELECT name FROM pragma_table_info('" + table + "') WHERE name <> 'geom'")) {
      columns += (columns.empty() ? "" : ", ") + *row.at("name");
    }
    CHECK(server->sql("SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'whole." +
                      table + "'::regclass AND attnum > 0 AND attname <> 'geom'") == columns);
  }
  CHECK(server->sql("SELECT type, srid, coord_dimension FROM geometry_columns WHERE f_table_schema = 'whole' AND "
                    "f_table_name = 'candidates'") == "MULTIPOLYGON|31370|2");
  CHECK(
      server->sql("SELECT indexdef FROM pg_indexes WHERE indexname = 'candidates_geom_idx' AND schemaname = 'whole'") ==
      "CREATE INDEX candidates_geom_idx ON whole.candidates USING gist (geom)");
  CHECK(has(server->sql("SELECT obj_description('whole.candidates'::regclass)"), "startgewichten"));
  CHECK(server->sql("SELECT col_description('whole.ledger'::regclass, attnum) FROM pg_attribute WHERE attrelid = "
                    "'whole.ledger'::regclass AND attname = 'applies_ha'") ==
        db.one("SELECT title FROM gpkg_data_columns WHERE table_name = 'ledger' AND column_name = 'applies_ha'"));
  // Values, by another program on both sides.
  auto const shown = db.rows("SELECT key, own_score, hex(substr(geom, 41)) AS shape FROM candidates ORDER BY key");
  REQUIRE(shown.size() == 6);
  for (auto const& row : shown)
    CHECK(server->sql(
              "SELECT own_score, upper(encode(ST_AsBinary(geom, 'NDR'), 'hex')) FROM whole.candidates WHERE key = '" +
              *row.at("key") + "'") ==
          server->sql("SELECT " + *row.at("own_score") + "::float8") + "|" + *row.at("shape"));
  // Styles: what the package has, as QGIS asks for them.
  CHECK(
      server->sql("SELECT count(*) FROM layer_styles WHERE f_table_catalog = 'terrein' AND f_table_schema = 'whole'") ==
      db.one("SELECT count(*) FROM layer_styles"));
  CHECK(server->sql(
            "SELECT stylename, f_geometry_column, xml_is_well_formed_document(styleqml::text) FROM layer_styles WHERE "
            "f_table_schema = 'whole' AND f_table_name = 'candidates' AND useasdefault") == "Score|geom|t");
  // The manifest beside the result names target, tables, rows and what a study says that reads them.
  auto const manifest = nlohmann::json::parse(read_file(world.files.path("result.gpkg.run.json")));
  CHECK(manifest["database"]["schema"] == "whole");
  CHECK(manifest["database"]["styles"] == "public.layer_styles");
  REQUIRE(manifest["database"]["tables"].size() == 11);
  CHECK(manifest["database"]["tables"][0]["name"] == "candidates");
  CHECK(manifest["database"]["tables"][0]["rows"] == 6);
  CHECK(manifest["database"]["tables"][0]["sha256"] == read(*server, "whole.candidates").sha256);
  CHECK(manifest["database"]["tables"][1]["sha256"] == read(*server, "whole.excluded").sha256);
  auto const inner = nlohmann::json::parse(server->sql("SELECT manifest FROM whole.manifest"));
  CHECK(inner["candidates"] == 9);
  CHECK_FALSE(inner.contains("database"));
}

TEST_CASE("The GeoPackage is the same with and without a database") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  SmallWorld const plain;
  REQUIRE(plain.terrein().exit_code == 0);
  World const with(*server, "same");
  CHECK((read_file(plain.path("result.gpkg")) == with.old_package));
}

TEST_CASE("A result that stands is replaced only when asked, and then wholly") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  World world(*server, "again");
  std::filesystem::remove(world.files.path("result.gpkg"));
  std::filesystem::remove(world.files.path("result.gpkg.run.json"));
  std::filesystem::remove(world.files.path("result.qgz"));
  RunResult const refused = world.files.terrein();
  CHECK(refused.exit_code == 1);
  CHECK(has(refused.err, "schema 'again' holds a result already ('bounds'). Say --overwrite"));
  CHECK(world.excluded() == "3");
  CHECK_FALSE(std::filesystem::exists(world.files.path("result.gpkg")));
  // A style of a person stays; what the new result does not have goes; other tables stay.
  static_cast<void>(server->sql(
      "INSERT INTO layer_styles(f_table_catalog, f_table_schema, f_table_name, f_geometry_column, stylename, styleqml, "
      "useasdefault, owner, update_time) SELECT f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
      "'mijn', "
      "styleqml, false, 'jan', now() FROM layer_styles WHERE f_table_schema = 'again' AND stylename = 'Score'; CREATE "
      "TABLE again.mijn(x int);"));
  REQUIRE(run(world.command() + " --set output.layer=land").exit_code == 0);
  CHECK(tables(*server, "again") ==
        "bounds,criteria,excluded,fabric,issues,land,ledger,manifest,mijn,models,rules,sources");
  CHECK(server->sql("SELECT count(*) FROM layer_styles WHERE f_table_schema = 'again' AND owner = 'jan'") == "1");
  CHECK(server->sql(
            "SELECT count(*) FROM layer_styles WHERE f_table_schema = 'again' AND f_table_name = 'candidates' AND "
            "owner = 'terrein'") == "0");
}

TEST_CASE("A table of another is never replaced, whatever is said") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  SmallWorld const world;
  use_output(world, server->connection(), "others");
  static_cast<void>(
      server->sql("CREATE SCHEMA others; CREATE TABLE others.models(x int); INSERT INTO others.models VALUES (7)"));
  RunResult const result = world.terrein("--overwrite");
  CHECK(result.exit_code == 1);
  CHECK(has(result.err, "'others.models' exists and was not written by terrein"));
  CHECK(server->sql("SELECT x FROM others.models") == "7");
  CHECK(tables(*server, "others") == "models");
  CHECK_FALSE(std::filesystem::exists(world.path("result.gpkg")));
}

TEST_CASE("A view over the result, and rights that are missing, are told before the work") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  World const world(*server, "viewed");
  static_cast<void>(
      server->sql("CREATE VIEW public.beste AS SELECT key FROM viewed.candidates; CREATE ROLE guest LOGIN"));
  RunResult const viewed = run(world.command());
  CHECK(viewed.exit_code == 1);
  CHECK(has(viewed.err, "'viewed.candidates' cannot be replaced, because beste depends on it"));
  world.check_old();
  SmallWorld const guest;
  static_cast<void>(
      server->sql("CREATE SCHEMA guest_styles AUTHORIZATION guest; CREATE TABLE guest_styles.layer_styles(id "
                  "serial); ALTER ROLE guest SET search_path = guest_styles, public"));
  use_output(guest, server->connection("guest"), "guests");
  RunResult const denied = guest.terrein();
  CHECK(denied.exit_code == 1);
  CHECK(has(denied.err, "you may not make tables in schema 'guests'. Ask its owner for: CREATE SCHEMA \"guests\""));
  static_cast<void>(server->sql("CREATE SCHEMA guests AUTHORIZATION guest"));
  RunResult const styles = guest.terrein();
  CHECK(styles.exit_code == 1);
  CHECK(has(styles.err,
            "you may not keep styles in 'layer_styles'. Ask its owner for: GRANT SELECT, INSERT, DELETE ON "
            "layer_styles; GRANT USAGE ON SEQUENCE guest_styles.layer_styles_id_seq"));
  SmallWorld const bare;
  use_output(bare, "PG:host=" + server->folder().string() + " user=postgres dbname=postgres", "x");
  CHECK(has(bare.terrein().err, "has no PostGIS"));
}

TEST_CASE("A table that was read is never the target") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  World const world(*server, "eaten");
  world.files.edit("study.toml", "source = \"rail.geojson\"",
                   "source = \"" + server->connection() + " connect_timeout=9\"\nlayer = \"eaten.excluded\"");
  RunResult const result = run(world.command());
  CHECK(result.exit_code == 2);
  CHECK(has(result.err, "'eaten.excluded' would be replaced, but it is the source of layer 'rail'"));
  world.check_old();
}

TEST_CASE("A run that is killed while it writes leaves the old result, and the next run leaves no trace of it") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  World const world(*server, "killed");
  {
    Session reader(*server, "SELECT count(*) FROM killed.candidates");  // holds the old table
    auto const number = world.files.path("pid");
    Beside program("sh -c 'echo $$ > " + number.string() + "; exec " + world.command() + "'");
    REQUIRE(world.waits_for_lock());
    CHECK(world.excluded() == "3");  // all new tables are written by now, and nobody sees them
    CHECK(kill(std::stoi(read_file(number)), SIGKILL) == 0);
    static_cast<void>(program.wait());
    reader.end("ROLLBACK");
  }
  CHECK(until(*server, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'terrein'", "0"));
  CHECK(tables(*server, "killed") == all_tables);
  CHECK(world.excluded() == "3");
  CHECK((read_file(world.files.path("result.gpkg")) == world.old_package));
  world.check_new_after_run();
}

TEST_CASE("A connection that is lost while the tables are swapped leaves the old result in files and tables") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  World const world(*server, "cut");
  Session reader(*server, "SELECT count(*) FROM cut.candidates");
  Beside program(world.command());
  REQUIRE(world.waits_for_lock());
  static_cast<void>(
      server->sql("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted AND relation = "
                  "'cut.candidates'::regclass"));
  RunResult const& result = program.wait();
  reader.end("ROLLBACK");
  CHECK(result.exit_code == 1);
  CHECK(has(result.err, "terminating connection"));
  world.check_old();
  world.check_new_after_run();
}

TEST_CASE("When the files cannot be put in place, the tables stay as they were") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  World const world(*server, "files");
  auto const project = world.files.path("result.qgz");
  Session reader(*server, "SELECT count(*) FROM files.candidates");
  Beside program(world.command());
  REQUIRE(world.waits_for_lock());
  std::filesystem::rename(project, world.files.path("aside"));
  std::filesystem::create_directory(project);  // a folder where the project should go
  reader.end("ROLLBACK");
  RunResult const& result = program.wait();
  CHECK(result.exit_code == 1);
  CHECK(has(result.err, "it is a folder"));
  std::filesystem::remove(project);
  std::filesystem::rename(world.files.path("aside"), project);
  world.check_old();
}

TEST_CASE("When the database refuses at the last moment, the files of before are put back") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  World const world(*server, "refused");
  static_cast<void>(server->sql(R"(
    CREATE FUNCTION refused.no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.f_table_schema = 'refused' THEN RAISE EXCEPTION 'not today'; END IF; RETURN NEW; END $$;
    CREATE CONSTRAINT TRIGGER no AFTER INSERT ON layer_styles DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION
      refused.no();)"));
  RunResult const result = run(world.command());
  static_cast<void>(server->sql("DROP FUNCTION refused.no CASCADE"));
  CHECK(result.exit_code == 1);
  CHECK(has(result.err, "not today"));
  world.check_old();
  world.check_new_after_run();
}

TEST_CASE("Names that PostgreSQL does not take are shortened or changed, and styles follow") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  SmallWorld const world;
  std::string const longest = "prijs_" + std::string(70, 'x');  // 76 bytes
  std::string const accents = std::string(61, 'a') + "ëë";      // 65 bytes: the cut falls in a letter
  std::string text = read_file(world.path("parcels.geojson"));
  for (std::size_t at = text.find("\"price\":"); at != std::string::npos; at = text.find("\"price\":", at + 300))
    text.insert(at, "\"" + longest + "a\":1.5,\"" + longest + "b\":2,\"xmin\":3,\"" + accents +
                        "\":\"é\",\"Naam \\\"x\\\"\":\"q\",");
  write_file(world.path("parcels.geojson"), text);
  use_output(world, server->connection(), "names");
  RunResult const result = world.terrein("--set candidates.keep='[\"*\"]'");
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  std::string const columns = server->sql(
      "SELECT attname FROM pg_attribute WHERE attrelid = 'names.candidates'::regclass AND "
      "attnum > 0 AND attnum < 12 ORDER BY attnum");
  CHECK(has(columns, longest.substr(0, 61) + "_2\n" + longest.substr(0, 61) + "_3\n"));
  CHECK(has(columns, "\nxmin_2\n"));
  CHECK(has(columns, "\n" + std::string(61, 'a') + "_2\n"));
  CHECK(has(columns, "\nNaam \"x\"\n"));
  CHECK(server->sql("SELECT " + longest.substr(0, 61) + "_2, \"Naam \"\"x\"\"\" FROM names.candidates LIMIT 1") ==
        "1.5|q");
  std::string const style = server->sql(
      "SELECT styleqml FROM layer_styles WHERE f_table_schema = 'names' AND f_table_name = "
      "'candidates' AND useasdefault");
  CHECK_FALSE(has(style, longest));
  CHECK(has(style, "\"" + longest.substr(0, 61) + "_2\""));
  CHECK(has(style, "field=\"xmin_2\""));
}

TEST_CASE("QGIS opens the tables styled, with aliases and the right CRS") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  if (run("/usr/bin/python3 -c 'import qgis.core'").exit_code != 0) {
    std::cout << "SKIPPED: PyQGIS is not on this machine (Debian: python3-qgis)\n";
    return;
  }
  World const world(*server, "shown");
  write_file(world.files.path("open.py"), R"(
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import QgsApplication, QgsDataSourceUri, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
uri = QgsDataSourceUri()
uri.setConnection(sys.argv[1], "5432", "terrein", "postgres", "")
uri.setDataSource("shown", "candidates", "geom", "", "fid")
layer = QgsVectorLayer(uri.uri(False), "candidates", "postgres")
alias = layer.attributeAlias(layer.fields().indexOf("own_outcome"))
print(layer.isValid(), layer.crs().authid(), layer.featureCount(), layer.renderer().type(), alias, flush=True)
os._exit(0)
)");
  RunResult const result = run("HOME=" + world.files.path("").string() + " timeout 120 /usr/bin/python3 " +
                               world.files.path("open.py").string() + " " + server->folder().string());
  INFO(result.err);
  Database const db(world.files.path("result.gpkg"));
  std::string const alias =
      db.one("SELECT title FROM gpkg_data_columns WHERE table_name = 'candidates' AND column_name = 'own_outcome'");
  CHECK(result.out == "True EPSG:31370 6 RuleRenderer " + alias + "\n");
}
