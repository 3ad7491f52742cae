// Local knowledge: a table that people fill in, on its way through a run.
#include "cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

constexpr char const* header = "id,field,value,low,high,source,by,date\n";

/// The small world whose study reads the file `a.csv`.
class KnownWorld : public SmallWorld {
 public:
  explicit KnownWorld(std::string const& rows) {
    write_file(path("a.csv"), header + rows);
    edit("study.toml", "[candidates]", "[additions]\nsource = \"a.csv\"\n[candidates]");
  }
  [[nodiscard]] Database result() const { return Database(path("result.gpkg")); }
};

/// Where the candidate lies and what it has: both tables of parcels.
std::string of(Database const& result, std::string const& column, std::string const& id) {
  return result.one("SELECT " + column + " FROM (SELECT key, " + column + " FROM candidates UNION ALL SELECT key, " +
                    column + " FROM excluded) WHERE key = '" + id + "'");
}

/// The hash of a file, by another program.
std::string run_hash(std::filesystem::path const& file) { return run("sha256sum " + file.string()).out.substr(0, 64); }

/// Writes into a result as QGIS would.
void execute(std::filesystem::path const& file, std::string const& sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &db) == SQLITE_OK);
  CHECK(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  CHECK(sqlite3_changes(db) == 1);
  sqlite3_close(db);
}

std::string issues(Database const& result, std::string const& id) {
  return result.one("SELECT coalesce(group_concat(code, ' '), '') FROM (SELECT code FROM issues WHERE feature_id = '" +
                    id + "' AND layer = 'additions' ORDER BY code)");
}

}  // namespace

TEST_CASE("A share that is set by hand changes the score by its weight share, and everything says so") {
  // A1 lies under the flood polygon: wet = 1, value 0, weight share 1/4. By hand it is 0, value 1. Both ways the rail
  // is 200 m away: value 0. So the score goes from 0 to 25, and the rule dry (> 0.5) no longer fails.
  SmallWorld const before;
  REQUIRE(before.terrein().exit_code == 0);
  CHECK(of(Database(before.path("result.gpkg")), "own_score", "A1") == "0.0");
  KnownWorld const world("A1,wet,0,,,veldbezoek,J. Peeters,2026-03-01\n");
  RunResult const run = world.terrein("--best 9");
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.out.find("0,00 (handmatig)") != std::string::npos);
  Database const result = world.result();
  CHECK(of(result, "own_score", "A1") == "25.0");
  CHECK(of(result, "rule_dry", "A1") == "pass");
  CHECK(of(result, "by_wet", "A1") == "handmatig: veldbezoek");
  CHECK(of(result, "manual", "A1") == "wet");
  CHECK(of(result, "manual", "A2") == "NULL");
  CHECK(of(result, "own_score", "A2") == "0.0");
  CHECK(result.one("SELECT was || ' ' || outcome FROM additions_used") == "1 used");
  CHECK(result.one("SELECT styleQML FROM layer_styles WHERE f_table_name = 'candidates' AND useAsDefault = 1")
            .find("(handmatig)") != std::string::npos);
  std::string const hash = run_hash(world.path("a.csv"));
  CHECK(result.one("SELECT sha256 FROM sources WHERE layer = 'additions'") == hash);
  auto const manifest = nlohmann::json::parse(read_file(world.path("result.gpkg.run.json")));
  CHECK(manifest["additions"]["sha256"] == hash);
  CHECK(manifest["additions"]["used"] == 1);
  CHECK(issues(result, "A1") == "");
}

TEST_CASE("Bounds make a value unknown within them") {
  // wet between 0.2 and 0.4: values 0.6 to 0.8, weight share 1/4. The rail is 200 m away: value 0.
  KnownWorld const world("A1,val_wet,,\"0,2\",0.4,plan,ruimte,2026-03-01\n");
  REQUIRE(world.terrein().exit_code == 0);
  Database const result = world.result();
  CHECK(of(result, "val_wet", "A1") == "NULL");
  CHECK(std::stod(of(result, "own_low", "A1")) == Approx(0).margin(1e-9));  // widened to the score of what is known
  CHECK(std::stod(of(result, "own_high", "A1")) == Approx(20));
  CHECK(of(result, "rule_dry", "A1") == "pass");  // both bounds are below 0.5
}

TEST_CASE("An attribute set by hand is what criteria read") {
  KnownWorld const world("B2,price,99.5,,,makelaar,AV,2026-03-01\nC3,price,,5,7,makelaar,AV,2026-03-01\n");
  world.edit("study.toml", "[rules.dry]",
             "[criteria.cost]\nmeasure = \"own_attribute\"\nfield = \"price\"\n[rules.dry]");
  REQUIRE(world.terrein().exit_code == 0);
  Database const result = world.result();
  CHECK(of(result, "val_cost", "B2") == "99.5");
  CHECK(of(result, "val_cost", "A1") == "10.0");
  CHECK(of(result, "val_cost", "C3") == "NULL");
  CHECK(of(result, "manual", "B2") == "cost; price");
  CHECK(of(result, "by_cost", "B2") == "handmatig: makelaar");
  CHECK(result.one("SELECT group_concat(was, ' ') FROM additions_used") == "11 12");
}

TEST_CASE("Nothing is dropped silently: every row that is not used is told with its reason") {
  KnownWorld const world(
      "Z9,wet,0,,,s,b,2026-01-01\n"
      "A1,wett,0,,,s,b,2026-01-01\n"
      "A2,wet,nat,,,s,b,2026-01-01\n"
      "A3,wet,1.5,,,s,b,2026-01-01\n"
      "B1,wet,,0.9,0.1,s,b,2026-01-01\n"
      "B2,wet,0.5,,,,,2026-01-01\n"
      "B3,wet,0.1,,,s,b,2026-01-01\n"
      "B3,val_wet,0.2,,,s,b,2026-02-01\n"
      "C1,wet,0.1,,,s,b,2026-01-01\n"
      "C1,wet,0.2,,,s,b,2026-01-01\n"
      "C2,rail_m,-3,,,s,b,2026-01-01\n"
      "C3,wet,,,,s,b,\n"
      "A1,wet,,,,,,\n");
  REQUIRE(world.terrein().exit_code == 0);
  Database const result = world.result();
  auto const outcome = [&](std::string const& id) {
    return result.one("SELECT group_concat(outcome, ' ') FROM additions_used WHERE id = '" + id + "'");
  };
  CHECK(outcome("Z9") == "unknown_id");
  CHECK(outcome("A1") == "unknown_field");  // and the row of nothing but id and field is an unfilled form
  for (char const* id : {"A2", "A3", "B1", "C2", "C3"}) {
    CHECK(outcome(id) == "bad_value");
    CHECK(issues(result, id) == "addition_bad_value");
  }
  CHECK(outcome("B2") == "used");
  CHECK(issues(result, "B2") == "addition_without_source");
  CHECK(outcome("B3") == "superseded used");
  CHECK(issues(result, "B3") == "addition_superseded");
  CHECK(of(result, "val_wet", "B3") == "0.2");
  CHECK(issues(result, "C1") == "addition_tie");
  CHECK(of(result, "val_wet", "C1") == "0.2");
  CHECK(issues(result, "Z9") == "addition_unknown_id");
  CHECK(result.one("SELECT text FROM issues WHERE code = 'addition_unknown_field'").find("'wet'") != std::string::npos);
  CHECK(result.number("SELECT count(*) FROM additions_used") == 12);
}

TEST_CASE("The form asks for what is unknown, and what people fill in is carried over or never lost") {
  SmallWorld const world;
  world.edit("study.toml", "coverage = \"everywhere\"\n[layers.rail]",
             "[layers.rail]");  // flood known in the west only
  REQUIRE(world.terrein().exit_code == 0);
  {
    Database const result(world.path("result.gpkg"));
    // Unknown are B and C (6 parcels); a rule waits for each, so help is 100 × the best score each may get: C stands at
    // the rail (0 m), B 100 m from it. The form opens with C1, C2, C3, then B.
    CHECK(result.one("SELECT group_concat(id || ' ' || field) FROM additions") ==
          "C1 wet,C2 wet,C3 wet,B1 wet,B2 wet,B3 wet");
    CHECK(result.one("SELECT count(value) + count(low) + count(source) FROM additions") == "0");
    std::string const project = run("unzip -p " + world.path("result.qgz").string()).out;
    auto const form = project.find("layername=additions</datasource>");
    REQUIRE(form != std::string::npos);
    std::string const field = project.substr(project.find("<field name=\"field\">", form), 200);
    CHECK(field.find("ValueMap") != std::string::npos);
    CHECK(project.find("value=\"wet\"", form) != std::string::npos);
  }
  REQUIRE(world.terrein("--overwrite").exit_code == 0);  // nothing was filled in
  execute(world.path("result.gpkg"),
          "UPDATE additions SET value = '0', source = 'kaart' WHERE id = 'C1' AND field = 'wet'");
  RunResult const refused = world.terrein("--overwrite");
  CHECK(refused.exit_code == 1);
  CHECK(refused.err.find("1 rows that people filled in") != std::string::npos);
  world.edit("study.toml", "[candidates]", "[additions]\nsource = \"result.gpkg\"\n[candidates]");
  for (int round = 0; round < 2; ++round) {  // the second reads what the first carried over
    RunResult const run = world.terrein("--overwrite");
    INFO(run.err);
    REQUIRE(run.exit_code == 0);
    Database const result(world.path("result.gpkg"));
    CHECK(result.one("SELECT value || source FROM additions WHERE id = 'C1'") == "0kaart");
    CHECK(result.number("SELECT count(*) FROM additions") == 6);
    CHECK(of(result, "val_wet", "C1") == "0.0");
    CHECK(of(result, "own_score", "C1") == "100.0");
    CHECK(result.number("SELECT count(*) FROM additions_used") == 1);  // empty rows are no additions
    CHECK(issues(result, "C2") == "");
  }
}

TEST_CASE("Additions give the same bytes for any number of workers") {
  KnownWorld const world("A1,wet,0,,,s,b,2026-01-01\nB2,wet,,0.1,0.3,s,b,2026-01-01\nB9,wet,1,,,s,b,\n");
  REQUIRE(world.terrein("--workers 1").exit_code == 0);
  std::string const one = read_file(world.path("result.gpkg"));
  REQUIRE(world.terrein("--workers 7 --overwrite").exit_code == 0);
  CHECK(read_file(world.path("result.gpkg")) == one);
}

TEST_CASE("The table of additions is never written over, and must be one") {
  KnownWorld const world("A1,wet,0,,,s,b,2026-01-01\n");
  std::string const before = read_file(world.path("a.csv"));
  REQUIRE(world.terrein().exit_code == 0);
  CHECK(read_file(world.path("a.csv")) == before);
  write_file(world.path("a.csv"), "parcel,value\nA1,3\n");
  RunResult const run = world.terrein("--overwrite");
  CHECK(run.exit_code == 3);
  CHECK(run.err.find("'id'") != std::string::npos);
  std::filesystem::remove(world.path("a.csv"));
  CHECK(world.terrein("--overwrite").exit_code == 3);
}
