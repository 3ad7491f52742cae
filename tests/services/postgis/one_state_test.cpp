// All layers of a study see one state of a database, nothing is written to it, and what was read has a hash.
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "terrein/io/content_hash.hpp"
#include "terrein/io/database_snapshot.hpp"
#include "terrein/io/read_layer.hpp"
#include "world.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

ReadResult read(Server const& server, std::string const& layer, DatabaseSnapshots const* snapshots = nullptr) {
  ReadOptions options;
  options.name = "toy";
  options.path = options.written = server.connection();
  options.layer = layer;
  options.all_fields = true;
  options.snapshots = snapshots;
  Issues issues;
  return read_layer(options, issues);
}

std::string state_of(ReadResult const& result) {
  return std::string(text_at(*result.layer.attributes.find("state"), 0).value_or("?"));
}

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("What others commit between two layers is not seen") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  static_cast<void>(server->sql(R"(
    CREATE SCHEMA between; CREATE TABLE between.a(id int PRIMARY KEY, state text, geom geometry(Point, 31370));
    INSERT INTO between.a VALUES (1, 'old', 'SRID=31370;POINT(1 1)'); CREATE TABLE between.b AS SELECT * FROM between.a;)"));
  std::string const other = server->connection() + " connect_timeout=5";  // the same database in other words
  DatabaseSnapshots const snapshots({{"a", server->connection(), "x"}, {"b", other, "x"}, {"c", "c.gpkg", "x"}});
  REQUIRE(snapshots.find(server->connection()) != nullptr);
  CHECK(snapshots.find(server->connection())->id == snapshots.find(other)->id);
  CHECK(snapshots.find("c.gpkg") == nullptr);
  CHECK(state_of(read(*server, "between.a", &snapshots)) == "old");
  static_cast<void>(server->sql("UPDATE between.a SET state = 'new'; UPDATE between.b SET state = 'new';"));
  CHECK(state_of(read(*server, "between.b", &snapshots)) == "old");
  CHECK(state_of(read(*server, "between.a", &snapshots)) == "old");
  CHECK(state_of(read(*server, "between.b")) == "new");  // without the snapshot
}

TEST_CASE("A run during which a writer commits gives the result of one state") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  make_tables(*server, "during");
  SmallWorld const world;
  use_tables(world, server->connection(), "during");
  // The writer holds the first layer while it is about to be read, and changes both before it lets go: the connection
  // that reads the second layer is made after that.
  Session writer(*server, "LOCK TABLE during.parcels IN ACCESS EXCLUSIVE MODE");
  REQUIRE(until(*server, "SELECT count(*) FROM pg_locks WHERE relation = 'during.parcels'::regclass AND granted", "1"));
  Beside program(std::string(TERREIN_PROGRAM) + " run --workers 1 " + world.path("study.toml").string());
  REQUIRE(
      until(*server, "SELECT count(*) FROM pg_locks WHERE relation = 'during.parcels'::regclass AND NOT granted", "1"));
  writer.send("UPDATE during.parcels SET price = 99; UPDATE during.flood SET class = 'X';");
  writer.end("COMMIT");
  RunResult const& result = program.wait();
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK(server->sql("SELECT DISTINCT class FROM during.flood") == "X");
  Database const db(world.path("result.gpkg"));
  CHECK(db.one("SELECT count(*) FROM excluded") == "3");  // by the class D of before
}

TEST_CASE("Nothing can be written in the transaction, and nothing is") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  make_tables(*server, "readonly");
  static_cast<void>(server->sql(R"(
    CREATE TABLE readonly.log(t timestamp); CREATE FUNCTION readonly.note() RETURNS int LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO readonly.log VALUES (now()); RETURN 1; END $$;
    CREATE VIEW readonly.writing AS SELECT key, readonly.note() AS n, geom FROM readonly.parcels;)"));
  auto const thrown = error_of([&] { static_cast<void>(read(*server, "readonly.writing")); });
  CHECK(thrown.kind == ErrorKind::input);
  CHECK(has(thrown.text, "cannot execute INSERT in a read-only transaction"));
  SmallWorld const world;
  use_tables(world, server->connection(), "readonly");
  // A transaction that writes takes a number; none was taken. The counters of rows say the same.
  std::string const facts =
      "SELECT pg_snapshot_xmax(pg_current_snapshot()), sum(n_tup_ins), sum(n_tup_upd), sum(n_tup_del) FROM "
      "pg_stat_user_tables WHERE schemaname = 'readonly'";
  static_cast<void>(server->sql("SELECT pg_stat_force_next_flush()"));
  std::string const before = server->sql(facts);
  REQUIRE(world.terrein().exit_code == 0);
  CHECK(server->sql(facts) == before);
  CHECK(server->sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'terrein'") == "0");
}

TEST_CASE("A connection that is lost half-way ends the run; no part of the rows is taken for all") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  static_cast<void>(server->sql(R"(
    CREATE SCHEMA lost; CREATE TABLE lost.t AS SELECT i AS id, repeat('x', 500) AS naam, ST_SetSRID(ST_Point(i, i), 31370) AS
    geom FROM generate_series(1, 60000) i; ALTER TABLE lost.t ADD PRIMARY KEY (id); ANALYZE lost.t;)"));
  bool half_way = false;
  for (int attempt = 0; attempt < 40 && !half_way; ++attempt) {
    // Ends the reader's connection a while after it took hold of the table; which while falls among the rows depends on
    // the machine, so several are tried.
    Beside killer(
        "echo \"DO \\$\\$ DECLARE p int; BEGIN FOR i IN 1..3000 LOOP PERFORM pg_stat_clear_snapshot(); SELECT pid "
        "INTO p FROM pg_locks WHERE relation = 'lost.t'::regclass LIMIT 1; EXIT WHEN p IS NOT NULL; PERFORM "
        "pg_sleep(0.002); END LOOP; PERFORM pg_sleep(" +
        std::to_string(0.01 * attempt) + "); PERFORM pg_terminate_backend(p); END \\$\\$\" | " + server->psql());
    std::size_t rows = 0;
    Thrown const thrown = error_of([&] {
      for (int i = 0; i < 20; ++i) rows = read(*server, "lost.t").layer.size();
    });
    CHECK(killer.wait().exit_code == 0);
    INFO(thrown.text);
    CHECK((rows == 0 || rows == 60000));
    CHECK(thrown.kind == ErrorKind::input);
    half_way = has(thrown.text, "says 60000 rows") && has(thrown.text, "the connection was lost");
  }
  CHECK(half_way);
}

TEST_CASE("The hash of the content is the one that the description gives, computed by the database") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  static_cast<void>(server->sql(R"(
    CREATE SCHEMA hash; CREATE TABLE hash.t(id int PRIMARY KEY, naam text, x float8, geom geometry(Polygon, 31370));
    INSERT INTO hash.t VALUES (10, 'één', 0.1, ST_MakeEnvelope(0, 0, 1, 1, 31370)), (9, NULL, 1e21, NULL),
      (100, '', NULL, 'SRID=31370;POLYGON EMPTY');)"));
  std::string const oracle = R"(
    WITH parts AS (SELECT id,
      convert_to(length(id::text) || ':' || id, 'UTF8') AS id_part,
      coalesce(convert_to(octet_length(naam) || ':' || naam, 'UTF8'), '-') AS naam_part,
      coalesce(convert_to(length(x::text) || ':' || x::text, 'UTF8'), '-') AS x_part,
      CASE WHEN geom IS NULL THEN '-'::bytea WHEN ST_IsEmpty(geom) THEN '0:'::bytea
        ELSE convert_to(length(ST_AsBinary(w, 'NDR')) || ':', 'UTF8') || ST_AsBinary(w, 'NDR') END AS shape_part
      FROM hash.t LEFT JOIN LATERAL (SELECT ST_Multi(ST_ForcePolygonCCW(geom)) AS w) v ON true),
    hashes AS (SELECT id, encode(sha256(id_part || id_part || naam_part || x_part || shape_part), 'hex') AS h FROM parts)
    SELECT encode(sha256(convert_to('2:id4:naam1:x' || chr(10) || string_agg(h || chr(10), '' ORDER BY id), 'UTF8')), 'hex')
    FROM hashes)";
  ReadResult const first = read(*server, "hash.t");
  CHECK(first.sha256.size() == 64);
  CHECK(first.sha256 == server->sql(oracle));
  CHECK(first.sha256 == content_hash(first.layer));

  // The same rows in another order on the disk, and columns in another order and of other types.
  static_cast<void>(
      server->sql("UPDATE hash.t SET naam = naam WHERE id = 9; CREATE TABLE hash.turned AS SELECT geom, "
                  "x::numeric AS x, naam::varchar(9) AS naam, id::bigint AS id FROM hash.t ORDER BY id "
                  "DESC; ALTER TABLE hash.turned ADD PRIMARY KEY (id);"));
  CHECK(read(*server, "hash.t").sha256 == first.sha256);
  CHECK(read(*server, "hash.turned").sha256 == first.sha256);

  for (char const* change :
       {"x = 0.10000000000000002 WHERE id = 10", "naam = '' WHERE id = 9", "naam = 'één ' WHERE id = 10",
        "id = 11 WHERE id = 10", "geom = ST_Translate(geom, 0.0000001, 0) WHERE id = 10", "geom = NULL WHERE id = 100",
        "x = 0 WHERE id = 100"}) {
    INFO(change);
    static_cast<void>(server->sql("CREATE TABLE hash.changed AS SELECT * FROM hash.t; UPDATE hash.changed SET " +
                                  std::string(change) + "; ALTER TABLE hash.changed ADD PRIMARY KEY (id)"));
    CHECK(read(*server, "hash.changed").sha256 != first.sha256);
    static_cast<void>(server->sql("DROP TABLE hash.changed"));
  }
}

TEST_CASE("A study over tables gives the same bytes and hashes however rows lie and however many workers read") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  make_tables(*server, "twice");
  SmallWorld const world;
  use_tables(world, server->connection(), "twice");
  REQUIRE(world.terrein("--set candidates.keep='[\"price\"]'").exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(db.one("SELECT group_concat(key) FROM (SELECT key FROM excluded ORDER BY key)") == "A1,A2,A3");
  CHECK(db.one("SELECT sha256 FROM sources WHERE layer = 'flood'").size() == 64);
  CHECK(db.one("SELECT source_layer FROM sources WHERE layer = 'flood'") == "twice.flood");
  std::string const bytes = read_file(world.path("result.gpkg"));
  static_cast<void>(
      server->sql("CREATE TABLE twice.copy AS SELECT * FROM twice.parcels ORDER BY key DESC; TRUNCATE "
                  "twice.parcels; INSERT INTO twice.parcels SELECT * FROM twice.copy; DROP TABLE twice.copy"));
  for (std::string const workers : {"1", "2", "7"}) {
    REQUIRE(world.terrein("--overwrite --set candidates.keep='[\"price\"]' --workers " + workers).exit_code == 0);
    CHECK((read_file(world.path("result.gpkg")) == bytes));
  }
}
