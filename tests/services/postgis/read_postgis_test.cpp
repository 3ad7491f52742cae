// Tables and views of a PostGIS database as layers: values, shapes, keys, names, and what is refused.
#include <cmath>

#include "server.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/io/read_layer.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

ReadOptions options_for(Server const& server, std::string const& layer) {
  ReadOptions options;
  options.name = "toy";
  options.path = options.written = server.connection();
  options.layer = layer;
  options.all_fields = true;
  return options;
}

ReadResult read(ReadOptions const& options) {
  Issues issues;
  return read_layer(options, issues);
}
ReadResult read(Server const& server, std::string const& layer) { return read(options_for(server, layer)); }

std::string value(ReadResult const& result, std::string const& column, std::size_t row) {
  AnyColumn const* const found = result.layer.attributes.find(column);
  REQUIRE(found != nullptr);
  auto const text = text_at(*found, row);
  return text ? std::string(*text) : "NULL";
}

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

Thrown fault(ReadOptions const& options) {
  return error_of([&] { static_cast<void>(read(options)); });
}
Thrown fault(Server const& server, std::string const& layer) { return fault(options_for(server, layer)); }

}  // namespace

TEST_CASE("Values of every kind are read as what a person would write") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  static_cast<void>(server->sql(R"(
    CREATE SCHEMA kinds; CREATE DOMAIN kinds.naam AS varchar(20); CREATE TYPE kinds.soort AS ENUM ('akker', 'bos');
    CREATE TABLE kinds.t(id int PRIMARY KEY, i2 smallint, i8 bigint, n numeric, n5 numeric(5,2), n12 numeric(12,0),
      f4 real, f8 double precision, b boolean, c char(10), v varchar(10), dom kinds.naam, e kinds.soort, d date, ts timestamp,
      tz timestamptz, ti time, u uuid, j jsonb, a int[], ta text[], by bytea, m money, geom geometry(Point, 31370));
    INSERT INTO kinds.t VALUES (1, -7, 9007199254740993, 1.5, 2.25, 123456789012, 0.1, 0.1, true, 'ab', 'ab ', 'dorp', 'bos',
      '2026-01-31', '2026-01-31 12:00:00.123456', '2026-07-31 12:00:00+02', '08:30', '6BA7B810-9DAD-11D1-80B4-00C04FD430C8',
      '{"b": 1, "a": [true, null]}', '{1,2}', ARRAY['x','y "z"'], '\x00ff', 12.50, ST_SetSRID(ST_Point(1, 2), 31370)),
      (2, NULL, NULL, 'NaN', NULL, NULL, NULL, 'infinity', NULL, NULL, '', NULL, NULL, 'infinity', '2026-01-31 12:00:00',
      '2026-01-31 12:00:00.5+00', NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL);)"));
  Issues issues;
  ReadResult const result = read_layer(options_for(*server, "kinds.t"), issues);
  CHECK(result.driver == "PostgreSQL");
  CHECK(result.source_layer == "kinds.t");
  CHECK(result.layer.crs.authority == "EPSG:31370");
  CHECK(result.layer.id == std::vector<std::string>{"1", "2"});
  CHECK(value(result, "id", 0) == "1");  // the key is an attribute too
  std::vector<std::pair<std::string, std::pair<std::string, std::string>>> const expected{
      {"i2", {"-7", "NULL"}},
      {"i8", {"9007199254740993", "NULL"}},  // 2^53 + 1: not as a double
      {"n", {"1.5", "NULL"}},
      {"n5", {"2.25", "NULL"}},
      {"n12", {"123456789012", "NULL"}},
      {"f4", {"0.1", "NULL"}},
      {"f8", {"0.1", "NULL"}},
      {"b", {"1", "NULL"}},
      {"c", {"ab", "NULL"}},
      {"v", {"ab ", ""}},
      {"dom", {"dorp", "NULL"}},
      {"e", {"bos", "NULL"}},
      {"d", {"2026-01-31", "infinity"}},
      {"ts", {"2026-01-31T12:00:00.123456", "2026-01-31T12:00:00"}},
      {"tz", {"2026-07-31T10:00:00Z", "2026-01-31T12:00:00.500Z"}},  // the server stands in New York
      {"ti", {"08:30:00", "NULL"}},
      {"u", {"6ba7b810-9dad-11d1-80b4-00c04fd430c8", "NULL"}},
      {"j", {R"({"a": [true, null], "b": 1})", "NULL"}},
      {"a", {"[1,2]", "NULL"}},
      {"ta", {R"(["x","y \"z\""])", "[]"}},
      {"by", {"00FF", "NULL"}},
      {"m", {"12.5", "NULL"}}};
  for (auto const& [column, values] : expected) {
    INFO(column);
    CHECK(value(result, column, 0) == values.first);
    CHECK(value(result, column, 1) == values.second);
  }
  REQUIRE(issues.size() == 2);  // NaN and infinity are no numbers
  for (Issue const& issue : issues.rows()) CHECK(issue.code == "not_a_number");
}

TEST_CASE("Shapes of every kind are read: curves, heights, empty and absent ones") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  static_cast<void>(server->sql(R"(
    CREATE SCHEMA shapes; CREATE TABLE shapes.t(id int PRIMARY KEY, geom geometry);
    INSERT INTO shapes.t VALUES (1, 'SRID=31370;POLYGON Z((0 0 5, 10 0 5, 10 10 5, 0 10 5, 0 0 5))'),
      (2, 'SRID=31370;CURVEPOLYGON(CIRCULARSTRING(0 0, 10 10, 20 0, 10 -10, 0 0))'), (3, 'SRID=31370;POLYGON EMPTY'),
      (4, NULL), (5, 'SRID=31370;POINT ZM(1 2 3 4)'),
      (6, 'SRID=31370;GEOMETRYCOLLECTION(POINT(0 0), POLYGON((0 0, 1 0, 1 1, 0 0)))'),
      (7, 'SRID=31370;TIN(((0 0 0, 1 0 0, 0 1 0, 0 0 0)))');)"));
  Issues issues;
  ReadResult const result = read_layer(options_for(*server, "shapes.t"), issues);
  auto const& column = result.layer.geometry;
  REQUIRE(column.size() == 7);
  using enum GeometryKind;
  CHECK(column.kind == std::vector<GeometryKind>{polygon, polygon, empty, null, point, polygon, polygon});
  CHECK(column.box[0].max_x == 10);
  CHECK(column.box[1].max_y == 10);  // the middle point of the arc
  // Chords at most 1 cm off a circle of 10 m span at most 2 acos(1 - 0.001) = 5.13 degrees: 71 or more.
  CHECK(column.vertices(1) > 71);
  REQUIRE(issues.size() == 2);
  CHECK(issues.rows()[1].code == "curves");
  CHECK(issues.rows()[0].code == "mixed_collection");
  CHECK(issues.rows()[0].feature_id == "6");
}

TEST_CASE("Names with quotes, capitals, dots, blanks, brackets and 63 bytes are found") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  std::string const longest = "ë" + std::string(61, 'x');  // 63 bytes
  static_cast<void>(server->sql(
      "CREATE SCHEMA \"O'Neill \"\"x\"\"\"; CREATE TABLE \"O'Neill \"\"x\"\"\".\"Per.ce(e)l\"(\"Ogc_FID\" int PRIMARY "
      "KEY, "
      "\"ST_AsBinary\" text, \"select\" int, \"a b\"\"c'd\" text, \"naam\" text, \"NAAM\" text, \"" +
      longest +
      "\" int, \"Vorm {1}\" geometry(Point, 31370)); INSERT INTO \"O'Neill \"\"x\"\"\".\"Per.ce(e)l\" VALUES "
      "(5, 'p', 6, 'q', 'klein', 'GROOT', 7, 'SRID=31370;POINT(1 2)'); CREATE TABLE \"" +
      longest + "\"(ogc_fid int PRIMARY KEY, wkb_geometry geometry(Point, 31370)); INSERT INTO \"" + longest +
      "\" VALUES (9, 'SRID=31370;POINT(3 4)');"));
  ReadResult const odd = read(*server, "O'Neill \"x\".Per.ce(e)l");
  REQUIRE(odd.layer.size() == 1);
  CHECK(odd.layer.id[0] == "5");
  CHECK(value(odd, "Ogc_FID", 0) == "5");
  CHECK(value(odd, "ST_AsBinary", 0) == "p");
  CHECK(value(odd, "select", 0) == "6");
  CHECK(value(odd, "a b\"c'd", 0) == "q");
  CHECK(value(odd, "naam", 0) == "klein");
  CHECK(value(odd, "NAAM", 0) == "GROOT");
  CHECK(value(odd, longest, 0) == "7");
  CHECK(odd.layer.geometry.box[0].min_x == 1);
  CHECK(read(*server, longest).layer.geometry.box[0].min_x == 3);
  CHECK(read(*server, "public." + longest).layer.id[0] == "9");
  ReadOptions by_key = options_for(*server, "");
  by_key.name = longest;
  CHECK(read(by_key).layer.id[0] == "9");
}

TEST_CASE("A column named by the study as id keeps every digit, and any type may be one") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  static_cast<void>(server->sql(R"(
    CREATE SCHEMA ids; CREATE TABLE ids.t(code numeric(20,0), u uuid PRIMARY KEY, geom geometry(Point, 31370));
    INSERT INTO ids.t VALUES (12345678901234567891, '00000000-0000-0000-0000-000000000002', 'SRID=31370;POINT(1 1)'),
      (12345678901234567890, '00000000-0000-0000-0000-000000000001', 'SRID=31370;POINT(2 2)');)"));
  ReadOptions options = options_for(*server, "ids.t");
  options.id_field = "CODE";
  CHECK(read(options).layer.id == std::vector<std::string>{"12345678901234567890", "12345678901234567891"});
  CHECK(read(*server, "ids.t").layer.id[0] == "00000000-0000-0000-0000-000000000001");  // the primary key
}

TEST_CASE("Views are read; without a key their rows are numbered in the order of their content") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  static_cast<void>(server->sql(R"(
    CREATE SCHEMA views; CREATE TABLE views.t(naam text, geom geometry(Point, 31370));
    INSERT INTO views.t VALUES ('b', 'SRID=31370;POINT(2 2)'), ('a', 'SRID=31370;POINT(3 3)'), ('a', 'SRID=31370;POINT(1 1)');
    CREATE VIEW views.v AS SELECT naam || '!' AS roep, ST_Buffer(geom, 0) AS leeg, geom FROM views.t;
    CREATE MATERIALIZED VIEW views.m AS SELECT * FROM views.t;)"));
  ReadResult const first = read(*server, "views.v(geom)");
  CHECK(value(first, "roep", 0) == "a!");
  // By the bytes of their shapes: in little-endian order those of 3.0 come before those of 1.0.
  CHECK(first.layer.geometry.box[0].min_x == 3);
  CHECK(first.layer.geometry.box[1].min_x == 1);
  CHECK(first.layer.id == std::vector<std::string>{"0", "1", "2"});
  CHECK(read(*server, "views.m").layer.size() == 3);
  // The same rows put down in another order.
  static_cast<void>(
      server->sql("CREATE TABLE views.copy AS SELECT * FROM views.t ORDER BY naam DESC; "
                  "TRUNCATE views.t; INSERT INTO views.t SELECT * FROM views.copy;"));
  ReadResult const second = read(*server, "views.v(geom)");
  CHECK(second.sha256 == first.sha256);
  CHECK(second.layer.geometry.xy == first.layer.geometry.xy);
}

TEST_CASE("A table with several geometry columns is read only when one is named") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  static_cast<void>(server->sql(R"(
    CREATE SCHEMA two; CREATE TABLE two.t(id int PRIMARY KEY, geom geometry(Polygon, 31370), midden geography(Point));
    INSERT INTO two.t VALUES (1, ST_MakeEnvelope(0, 0, 1, 1, 31370), 'POINT(4 51)');)"));
  Thrown const thrown = fault(*server, "two.t");
  CHECK(thrown.kind == ErrorKind::input);
  CHECK(has(thrown.text,
            "has several geometry columns: two.t(geom), two.t(midden). Say which one with layer = "
            "\"two.t(geom)\""));
  CHECK(read(*server, "two.t(geom)").layer.geometry.kind[0] == GeometryKind::polygon);
  ReadResult const geography = read(*server, "two.t(midden)");
  CHECK(geography.layer.crs.authority == "EPSG:4326");
  CHECK(geography.layer.geometry.box[0].min_x == 4);  // longitude is x
  CHECK(geography.source_layer == "two.t(midden)");
}

TEST_CASE("Rows in several coordinate systems are refused with the remedy") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  static_cast<void>(server->sql(R"(
    CREATE SCHEMA mixed; CREATE TABLE mixed.t(id int PRIMARY KEY, geom geometry);
    INSERT INTO mixed.t VALUES (1, 'SRID=31370;POINT(1 1)'), (2, 'SRID=28992;POINT(2 2)'), (3, NULL), (4, 'SRID=31370;POINT(1 1)');
    CREATE VIEW mixed.v AS SELECT id, ST_Transform(geom, 31370)::geometry(Point, 31370) AS geom FROM mixed.t;
    CREATE TABLE mixed.none(id int PRIMARY KEY, geom geometry); INSERT INTO mixed.none VALUES (1, 'POINT(1 1)');)"));
  Thrown const thrown = fault(*server, "mixed.t");
  CHECK(thrown.kind == ErrorKind::crs);
  CHECK(has(thrown.text, "several coordinate systems: 1 in SRID 28992, 2 in SRID 31370"));
  CHECK(has(thrown.text, "ST_Transform"));
  CHECK(read(*server, "mixed.v").layer.size() == 4);
  Thrown const none = fault(*server, "mixed.none");
  CHECK(none.kind == ErrorKind::crs);
  CHECK(has(none.text, "has no CRS"));
  ReadOptions declared = options_for(*server, "mixed.none");
  declared.crs = "EPSG:31370";
  CHECK(read(declared).layer.crs.authority == "EPSG:31370");
}

TEST_CASE("What is not there is told with what is") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  static_cast<void>(server->sql(R"(
    CREATE SCHEMA absent; CREATE TABLE absent.parcels(id int PRIMARY KEY, naam text, geom geometry(Point, 31370));
    CREATE TABLE absent.plain(id int); CREATE ROLE nobody_reads LOGIN; )"));
  CHECK(has(fault(*server, "absent.parcel").text, "has no table 'absent.parcel'"));
  CHECK(has(fault(*server, "absent.parcel").text, "Did you mean 'absent.parcels'"));
  CHECK(has(fault(*server, "absent.plain").text, "has no shapes: 'absent.plain' is a table without a geometry column"));
  CHECK(has(fault(*server, "absent.parcels").text, "has no rows"));
  static_cast<void>(server->sql("INSERT INTO absent.parcels VALUES (1, 'x', NULL)"));
  ReadOptions field = options_for(*server, "absent.parcels");
  field.fields = {"nam"};
  CHECK(has(fault(field).text, "has no field 'nam'. Did you mean 'naam'?"));
  ReadOptions database = options_for(*server, "absent.parcels");
  database.path = database.written = "PG:host=" + server->folder().string() + " user=postgres dbname=nowhere";
  CHECK(has(fault(database).text, "database \"nowhere\" does not exist"));
  ReadOptions rights = options_for(*server, "absent.parcels");
  rights.path = rights.written = server->connection("nobody_reads");
  Thrown const denied = fault(rights);
  CHECK(denied.kind == ErrorKind::input);
  CHECK(has(denied.text, "permission denied"));
  Thrown const plain = [&] {
    ReadOptions options = options_for(*server, "absent.parcels");
    options.path = options.written = "PG:host=" + server->folder().string() + " user=postgres dbname=postgres";
    return fault(options);
  }();
  CHECK(has(plain.text, "has no table 'absent.parcels'"));  // a database without PostGIS
}

TEST_CASE("The filter is terrein's own: the database never sees it") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  static_cast<void>(server->sql(R"(
    CREATE SCHEMA filter; CREATE TABLE filter.t(id int PRIMARY KEY, soort text, geom geometry(Point, 31370));
    INSERT INTO filter.t VALUES (1, 'akker', 'SRID=31370;POINT(1 1)'), (2, 'bos', 'SRID=31370;POINT(2 2)');
    ALTER SYSTEM SET log_statement = 'all'; SELECT pg_reload_conf();)"));
  ReadOptions options = options_for(*server, "filter.t");
  options.where = "soort = 'akker'";
  ReadResult const result = read(options);
  CHECK(result.rows_declared == 2);
  CHECK(result.rows_read == 2);
  CHECK(result.layer.size() == 1);
  CHECK(has(server->log(), "\"filter\".\"t\""));
  CHECK_FALSE(has(server->log(), "soort = 'akker'"));
  CHECK(result.sha256 == read(*server, "filter.t").sha256);  // of all rows that were read
  static_cast<void>(server->sql("ALTER SYSTEM RESET log_statement; SELECT pg_reload_conf();"));
}
