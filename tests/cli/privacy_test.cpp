// Attributes about persons, on every way out of a run.
#include "cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

constexpr char const* marker = "ZZPERSOON";

/// Every parcel has an owner and an owner key, and so has the rail line; all ways out of a run are open.
class PersonalWorld : public SmallWorld {
 public:
  PersonalWorld() {
    for (char const* id : {"A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3"})
      edit("parcels.geojson", "\"key\":\"" + std::string(id) + "\"",
           "\"key\":\"" + std::string(id) + "\",\"owner\":\"ZZPERSOON " + id + "\",\"nr\":\"ZZPERSOON-" + id + "\"");
    edit("rail.geojson", "\"properties\":{}", R"("properties":{"name":"L50","contact":"ZZPERSOON J. Peeters"})");
    edit("study.toml", "id = \"key\"", "id = \"key\"\npersonal = [\"Owner\", \"nr\"]");
    edit("study.toml", "source = \"rail.geojson\"", "source = \"rail.geojson\"\npersonal = [\"contact\"]");
    edit("study.toml", "[candidates]\nlayer = \"parcels\"", "[candidates]\nlayer = \"parcels\"\nkeep = [\"*\"]");
    edit("study.toml", "file = \"result.gpkg\"",
         "file = \"result.gpkg\"\ncontext = [\"rail\"]\noriginals = [\"parcels\", \"rail\"]\n"
         "geojson = [\"candidates\", \"rail\", \"issues\"]");
    write_file(path("a.csv"),
               "id,field,value,low,high,source,by,date\nA1,wet,0,,,veld,ZZPERSOON Jan,2026-01-01\n"
               "A2,owner,ZZPERSOON X,,,register,ZZPERSOON Jan,2026-01-01\n");
    edit("study.toml", "[candidates]", "[additions]\nsource = \"a.csv\"\n[candidates]");
  }

  /// All that came out: every file of the result, the project unpacked, and what the program said.
  [[nodiscard]] std::map<std::string, std::string> ways_out(RunResult const& said) const {
    std::map<std::string, std::string> out{{"stdout", said.out}, {"stderr", said.err}};
    for (char const* name : {"result.gpkg", "result.gpkg.run.json", "result.candidates.geojson", "result.rail.geojson",
                             "result.issues.geojson"})
      out[name] = read_file(path(name));
    out["result.qgs"] = run("unzip -p " + path("result.qgz").string()).out;
    return out;
  }
};

}  // namespace

TEST_CASE("No attribute about persons leaves in a result for others, on whatever way out") {
  PersonalWorld const world;
  RunResult const run = world.terrein("-v --best 9");
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  auto const out = world.ways_out(run);
  for (auto const& [name, text] : out) {
    INFO(name);
    CHECK(text.find(marker) == std::string::npos);
    CHECK(text.size() > 0);
  }
  Database const result(world.path("result.gpkg"));
  CHECK(result.number("SELECT count(*) FROM issues WHERE code = 'personal_left_out'") == 2);
  CHECK(result.one("SELECT text FROM issues WHERE code = 'personal_left_out' AND layer = 'rail'").find("contact") !=
        std::string::npos);
  CHECK(result.one("SELECT name FROM rail") == "L50");  // and nothing else is missing
  CHECK(result.number("SELECT count(price) FROM candidates") + result.number("SELECT count(price) FROM excluded") == 9);
  CHECK(result.one("SELECT group_concat(outcome, ' ') FROM additions_used") == "used unknown_field");
  CHECK(nlohmann::json::parse(out.at("result.gpkg.run.json"))["audience"] == "extern");
}

TEST_CASE("Inside the house everything is there, by option or by study, and the option goes before the study") {
  PersonalWorld const world;
  RunResult const run = world.terrein("--audience intern");
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  auto const out = world.ways_out(run);
  for (char const* name : {"result.gpkg", "result.candidates.geojson", "result.rail.geojson"}) {
    INFO(name);
    CHECK(out.at(name).find(marker) != std::string::npos);
  }
  Database const result(world.path("result.gpkg"));
  for (char const* table : {"parcels_original", "rail_original", "rail"}) {
    INFO(table);
    CHECK(result.one("SELECT * FROM " + std::string(table)) != "");
  }
  CHECK(result.number("SELECT count(*) FROM parcels_original WHERE owner LIKE 'ZZPERSOON%' AND nr LIKE 'ZZ%'") == 9);
  CHECK(result.one("SELECT contact FROM rail_original").find(marker) == 0);
  CHECK(result.one("SELECT \"by\" || value FROM additions_used WHERE id = 'A2'") == "ZZPERSOON JanZZPERSOON X");
  CHECK(nlohmann::json::parse(out.at("result.gpkg.run.json"))["audience"] == "intern");
  CHECK(result.number("SELECT count(*) FROM issues WHERE code = 'personal_left_out'") == 0);
  world.edit("study.toml", "file = \"result.gpkg\"", "file = \"result.gpkg\"\naudience = \"intern\"");
  REQUIRE(world.terrein("--overwrite").exit_code == 0);
  CHECK(read_file(world.path("result.rail.geojson")).find(marker) != std::string::npos);
  REQUIRE(world.terrein("--overwrite --audience extern").exit_code == 0);
  CHECK(read_file(world.path("result.rail.geojson")).find(marker) == std::string::npos);
}

TEST_CASE("A column about persons that the study keeps or chooses is left out with a note, not an error") {
  PersonalWorld const world;
  world.edit("study.toml", "keep = [\"*\"]", "keep = [\"owner\", \"price\"]");
  world.edit("study.toml", "file = \"result.gpkg\"",
             "file = \"result.gpkg\"\ncolumns = [\"key\", \"owner as o\", \"price\"]");
  RunResult const run = world.terrein();
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  Database const result(world.path("result.gpkg"));
  CHECK(result.one("SELECT group_concat(name) FROM pragma_table_info('candidates')") == "fid,geom,key,price,manual");
  CHECK(read_file(world.path("result.gpkg")).find(marker) == std::string::npos);
}

TEST_CASE("A result for others holds counts and shares of what it may not show") {
  PersonalWorld const world;
  world.edit("parcels.geojson", "ZZPERSOON A2", "ZZPERSOON A1");
  world.edit("parcels.geojson", "ZZPERSOON A3", "ZZPERSOON A1");
  world.edit("parcels.geojson", "\"ZZPERSOON B1\"", "null");
  REQUIRE(world.terrein().exit_code == 0);
  // A1 has three parcels, five others one each, and of one nothing is known: 3 of 8 is 37.5 %.
  CHECK(Database(world.path("result.gpkg"))
            .one("SELECT text FROM issues WHERE code = 'personal_left_out' AND layer = 'parcels'")
            .find("owner (8 of 9 rows have it, 6 values, the commonest in 38 % of those rows)") != std::string::npos);
}

TEST_CASE("A study for others that would show an attribute about persons in another guise is refused") {
  auto const refusal = [](std::string const& from, std::string const& to, std::string const& option = "") {
    PersonalWorld const world;
    world.edit("study.toml", from, to);
    RunResult const run = world.terrein(option);
    CHECK(run.err.find(marker) == std::string::npos);
    return std::to_string(run.exit_code) + (run.err.find("about persons") != std::string::npos ? " told" : "");
  };
  {
    PersonalWorld const world;  // misspelt, so that persons would get out
    world.edit("study.toml", "\"Owner\"", "\"Ownr\"");
    RunResult const run = world.terrein();
    CHECK(run.exit_code == 3);
    CHECK(run.err.find("Did you mean 'owner'") != std::string::npos);
  }
  CHECK(refusal("id = \"key\"", "id = \"nr\"") == "2 told");
  CHECK(refusal("id = \"key\"", "id = \"key\"\nclass = \"owner\"") == "2 told");
  std::string const rule = "[rules.dry]";
  std::string const own = "[criteria.who]\nmeasure = \"own_class\"\nfield = \"owner\"\n" + rule;
  CHECK(refusal(rule, own) == "2 told");
  CHECK(refusal(rule, own, "--audience intern") == "0");
}

TEST_CASE("Passwords of a table of additions and of added tables are shown nowhere") {
  for (char const* key :
       {"[additions]\nsource = ", "[layers.parcels.add.o]\nkey = \"k\"\non = \"key\"\nfields = [\"n\"]\nsource = "}) {
    SmallWorld const world;
    world.edit(
        "study.toml", "[layers.flood]",
        key + std::string("\"PG:host=127.0.0.1 port=1 dbname=d password=ZZGEHEIM\"\nlayer = \"s.t\"\n[layers.flood]"));
    RunResult const run = world.terrein("-v");
    CHECK(run.exit_code == 3);
    CHECK((run.out + run.err).find("ZZGEHEIM") == std::string::npos);
    CHECK(run.err.find("password=***") != std::string::npos);
  }
}

TEST_CASE("The form of a result for others does not carry over who filled it in") {
  PersonalWorld const filled;
  REQUIRE(filled.terrein("--audience intern").exit_code == 0);
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(filled.path("result.gpkg").c_str(), &db) == SQLITE_OK);
  CHECK(sqlite3_exec(
            db, "INSERT INTO additions(id, field, value, source, \"by\") VALUES ('A3', 'wet', '0', 's', 'ZZPERSOON')",
            nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(db);
  filled.edit("study.toml", "source = \"a.csv\"", "source = \"result.gpkg\"");
  RunResult const refused = filled.terrein("--overwrite");
  CHECK(refused.exit_code == 2);
  CHECK(refused.err.find("--audience intern") != std::string::npos);
  RunResult const kept = filled.terrein("--overwrite --audience intern");
  INFO(kept.err);
  REQUIRE(kept.exit_code == 0);
  CHECK(Database(filled.path("result.gpkg")).one("SELECT \"by\" FROM additions WHERE id = 'A3'") == marker);
}

TEST_CASE("info names the attributes about persons that a source has") {
  PersonalWorld const world;
  RunResult const told = run(std::string(TERREIN_PROGRAM) + " info " + world.path("parcels.geojson").string() +
                             " --profile generic_parcels");
  INFO(told.out + told.err);
  CHECK(told.out.find("about persons, left out of results for others: owner\n") != std::string::npos);
}
