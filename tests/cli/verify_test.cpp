// terrein verify and terrein rerun: whether a result is still what its inputs give.
#include <sqlite3.h>

#include <nlohmann/json.hpp>

#include "small_world.hpp"
#include "support/catch.hpp"
#include "support/folder_state.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;
namespace fs = std::filesystem;

namespace {

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

/// A world whose parcels get columns of a table, whose flood layer has a profile, and where names hold blanks.
class RunWorld : public SmallWorld {
 public:
  RunWorld() {
    write_file(path("owners.csv"), "key,owners_n\nA1,2\nB1,1\n");
    write_file(path("profiles/proef.toml"), R"([profile]
role = "flood"
shape = "polygon"
title_nl = "Proef"
publisher = "Proefstad"
facts_date = 2026-01-31
mark = "partly"
[match]
layers = ["flood*"]
fields = ["class"]
[read]
coverage = "everywhere"
[read.class]
field = "class"
)");
    edit("study.toml", "[layers.flood]\nsource = \"flood.geojson\"\nclass = \"class\"\ncoverage = \"everywhere\"",
         "[layers.parcels.add.owners]\nsource = \"${tabel}.csv\"\nkey = \"key\"\non = \"key\"\nfields = "
         "[\"owners_n\"]\n[layers.flood]\nsource = \"flood.geojson\"\nprofile = \"proef\"\nclass = \"class\"");
    edit("study.toml", "[candidates]", "[variables]\ntabel = \"owners\"\nnaam = \"result\"\n[candidates]");
    edit("study.toml", "file = \"result.gpkg\"", "file = \"${naam}.gpkg\"\ngeojson = [\"candidates\"]");
  }

  [[nodiscard]] fs::path manifest() const { return path("result.gpkg.run.json"); }
  [[nodiscard]] RunResult command(std::string const& name, std::string const& arguments = "",
                                  std::string const& before = "") const {
    return run(before + TERREIN_PROGRAM + " " + name + " '" + manifest().string() + "' " + arguments);
  }
  [[nodiscard]] RunResult verify(std::string const& arguments = "", std::string const& before = "") const {
    return command("verify", arguments, before);
  }
  [[nodiscard]] nlohmann::json verify_json(std::string const& arguments = "") const {
    return nlohmann::json::parse(verify("--json " + arguments).out);
  }
};

/// The state of an input or output by kind and name; "absent" when the answer has none.
std::string state(nlohmann::json const& items, std::string const& kind, std::string const& name) {
  for (auto const& one : items)
    if (one["kind"] == kind && one["name"] == name) return one["state"];
  return "absent";
}

/// Changes a GeoPackage. Triggers of the spatial index need functions that plain SQLite lacks.
void sql(fs::path const& file, std::string const& statement) {
  auto const triggers =
      Database(file).rows("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'rtree%'");
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &db) == SQLITE_OK);
  for (auto const& trigger : triggers)
    REQUIRE(sqlite3_exec(db, ("DROP TRIGGER " + *trigger.at("name")).c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  REQUIRE(sqlite3_exec(db, statement.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(db);
}

}  // namespace

TEST_CASE("a result that nobody touched is the same to the byte, and verifying it changes nothing") {
  RunWorld const world;
  REQUIRE(world.terrein("--workers 1").exit_code == 0);
  auto const before = folder_state(world.path(""));
  RunResult const result = world.verify("--workers 3");
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  CHECK(result.err.empty());
  for (char const* line :
       {"same       study study.toml", "same       layer parcels", "same       table parcels.owners",
        "same       layer flood", "same       layer rail", "same       profile proef", "same       labels labels.csv",
        "same       styles styles", "same       output result.gpkg", "same       output result.candidates.geojson",
        "same       output result.qgz", "bytes compared: versions and processor are those of the run",
        "the same: inputs, outputs, and every byte of the repeated run"})
    CHECK(has(result.out, line));
  CHECK(folder_state(world.path("")) == before);
  auto const json = world.verify_json();
  CHECK(json["exit_code"] == 0);
  CHECK(json["repeated"]["comparison"] == "bytes");
  CHECK(json["repeated"]["files"].size() == 3);
  CHECK(json["repeated"]["values_compared"] == false);
}

TEST_CASE("a byte that changed in an input, and an input that is gone, are told by name with both hashes") {
  RunWorld const world;
  REQUIRE(world.terrein().exit_code == 0);
  std::string const hash = run("sha256sum " + world.path("flood.geojson").string()).out.substr(0, 64);
  world.edit("flood.geojson", "\"D\"", "\"E\"");
  std::string const now = run("sha256sum " + world.path("flood.geojson").string()).out.substr(0, 64);
  fs::remove(world.path("owners.csv"));
  RunResult const result = world.verify();
  CHECK(result.exit_code == 3);
  CHECK(has(result.out, "changed    layer flood ("));
  CHECK(has(result.out, "was " + hash));
  CHECK(has(result.out, "is  " + now));
  CHECK(has(result.out, "missing    table parcels.owners ("));
  CHECK(has(result.out, "same       layer rail"));
  CHECK(has(result.out, "the run was not repeated: inputs are no longer what they were"));
  auto const json = world.verify_json("--inputs-only");
  CHECK(json["exit_code"] == 3);
  CHECK_FALSE(json.contains("outputs"));
  CHECK(state(json["inputs"], "layer", "flood") == "changed");
  CHECK(state(json["inputs"], "table", "parcels.owners") == "missing");
}

TEST_CASE("a profile that changed or is gone is an input that changed") {
  RunWorld const world;
  REQUIRE(world.terrein().exit_code == 0);
  world.edit("profiles/proef.toml", "Proefstad", "Proefdorp");
  CHECK(state(world.verify_json("--inputs-only")["inputs"], "profile", "proef") == "changed");
  fs::remove(world.path("profiles/proef.toml"));
  RunResult const gone = world.verify();
  CHECK(gone.exit_code == 3);
  CHECK(has(gone.out, "missing    profile proef"));
}

TEST_CASE("a study that says something else is told, and the run repeated as it was") {
  RunWorld const world;
  REQUIRE(world.terrein("--set models.own.weights.wet=2 --set naam=anders --set naam=result").exit_code == 0);
  world.edit("study.toml", "[study]", "# een opmerking\n[study]");
  RunResult const comment = world.verify();
  CHECK(comment.exit_code == 0);
  CHECK(has(comment.out, "changed    study study.toml ("));
  CHECK(has(comment.out, "it still says the same"));
  world.edit("study.toml", "rail_m = 3", "rail_m = 4");
  RunResult const other = world.verify();
  INFO(other.out);
  CHECK(other.exit_code == 3);
  CHECK(has(other.out, "it says something else now; the settings of the manifest are used"));
  CHECK(has(other.out, "same       output result.gpkg"));
  CHECK(has(other.out, "bytes compared"));
  world.edit("study.toml", "rail_m = 4", "rail_m = 3");
  world.edit("study.toml", "tabel = \"owners\"", "tabel = \"./owners\"");
  CHECK(has(world.verify("--inputs-only").out, "it says something else now"));
  fs::remove(world.path("study.toml"));
  RunResult const gone = world.verify();
  CHECK(gone.exit_code == 0);
  CHECK(has(gone.out, "missing    study study.toml"));
  CHECK(has(gone.out, "the manifest holds its settings"));
}

TEST_CASE("a value that changed in the result is found, with its column, its row and both values") {
  RunWorld const world;
  REQUIRE(world.terrein().exit_code == 0);
  // C2 touches the railway: 0 m. B1 lies 100 m from it.
  sql(world.path("result.gpkg"), "UPDATE candidates SET val_rail_m = 99.5 WHERE key = 'B1'");
  RunResult const result = world.verify();
  INFO(result.out);
  CHECK(result.exit_code == 1);
  CHECK(has(result.out, "changed    output result.gpkg"));
  CHECK(has(result.out, "changed    table candidates: 6 rows by key"));
  CHECK(has(result.out, "val_rail_m: 1 of 6 rows differ, the largest difference is 0.5 (key B1: 99.5, repeated 100)"));
  CHECK(has(result.out, "same       table excluded"));
  CHECK(has(result.out, "the outputs differ"));
  auto const table = world.verify_json()["repeated"]["tables"][0];
  CHECK(table["columns"][0]["column"] == "val_rail_m");
  CHECK(table["columns"][0]["largest"] == 0.5);
}

TEST_CASE("an output that is gone, or another file of the result that changed, is told") {
  RunWorld const world;
  REQUIRE(world.terrein().exit_code == 0);
  fs::remove(world.path("result.qgz"));
  world.edit("result.candidates.geojson", "voldoet", "voldeed");
  auto const json = world.verify_json();
  CHECK(json["exit_code"] == 1);
  CHECK(state(json["outputs"], "output", "result.qgz") == "missing");
  CHECK(state(json["outputs"], "output", "result.candidates.geojson") == "changed");
  CHECK(state(json["outputs"], "output", "result.gpkg") == "same");
  for (auto const& table : json["repeated"]["tables"]) CHECK(table["same"] == true);
  fs::remove(world.path("result.gpkg"));
  CHECK(state(world.verify_json()["outputs"], "output", "result.gpkg") == "missing");
}

TEST_CASE("with other versions values are compared within the tolerance, and it is said which versions") {
  RunWorld const world;
  REQUIRE(world.terrein().exit_code == 0);
  std::string const gdal = nlohmann::json::parse(read_file(world.manifest()))["versions"]["gdal"];
  world.edit("result.gpkg.run.json", "\"gdal\": \"" + gdal + "\"", "\"gdal\": \"3.5.0\"");
  RunResult const result = world.verify();
  INFO(result.out);
  CHECK(result.exit_code == 0);
  CHECK(has(result.out, "bytes not compared: gdal 3.5.0, now " + gdal));
  CHECK(has(result.out, "values of the GeoPackage compared: relative 1e-09, absolute 1e-06"));
  CHECK(has(result.out, "the values of the repeated run within the tolerance"));
  CHECK(world.verify_json()["repeated"]["comparison"] == "values");
}

TEST_CASE("the time stamp of the run is repeated, whatever the environment says") {
  RunWorld const world;
  RunResult const made =
      run("SOURCE_DATE_EPOCH=1700000000 " + std::string(TERREIN_PROGRAM) + " run " + world.path("study.toml").string());
  REQUIRE(made.exit_code == 0);
  CHECK(world.verify().exit_code == 0);
  CHECK(world.verify("", "SOURCE_DATE_EPOCH=1600000000 ").exit_code == 0);
}

TEST_CASE("a folder that moved is found with --base, and results that moved beside their manifest") {
  RunWorld const world;
  REQUIRE(world.terrein().exit_code == 0);
  TempDir const elsewhere;
  for (char const* name : {"result.gpkg", "result.qgz", "result.candidates.geojson", "result.gpkg.run.json"})
    fs::rename(world.path(name), elsewhere.path() / name);
  fs::create_directory(elsewhere.path() / "mijn studie");
  for (char const* name : {"parcels.geojson", "flood.geojson", "rail.geojson", "owners.csv", "study.toml", "profiles"})
    fs::rename(world.path(name), elsewhere.path() / "mijn studie" / name);
  std::string const manifest = " '" + (elsewhere.path() / "result.gpkg.run.json").string() + "'";
  RunResult const lost = run(TERREIN_PROGRAM + (" verify" + manifest));
  CHECK(lost.exit_code == 3);
  CHECK(has(lost.out, "missing    layer parcels"));
  RunResult const found =
      run(TERREIN_PROGRAM + (" verify" + manifest) + " --base '" + (elsewhere.path() / "mijn studie").string() + "'");
  INFO(found.out << found.err);
  CHECK(found.exit_code == 0);
  CHECK(has(found.out, "every byte of the repeated run"));
  CHECK(run(TERREIN_PROGRAM + (" verify" + manifest) + " --base nergens").exit_code == 2);
}

TEST_CASE("what is no manifest is refused with what to name, and an earlier one says what it lacks") {
  RunWorld const world;
  write_file(world.manifest(), "{}");
  RunResult const none = world.verify();
  CHECK(none.exit_code == 3);
  CHECK(none.out.empty());
  CHECK(has(none.err, "is no manifest of a run. Name the file that terrein run wrote beside the result"));
  fs::remove(world.manifest());
  CHECK(has(world.verify().err, "There is no manifest"));
  REQUIRE(world.terrein("--overwrite").exit_code == 0);
  auto json = nlohmann::json::parse(read_file(world.manifest()));
  json.erase("run");
  write_file(world.manifest(), json.dump());
  RunResult const early = world.verify();
  CHECK(early.exit_code == 1);
  CHECK(has(early.out, "was made by an earlier terrein and does not hold what is needed to run again"));
  CHECK(has(early.out, "not verified"));
}

TEST_CASE("a manifest with values that terrein does not write there is damaged, and says so") {
  RunWorld const world;
  REQUIRE(world.terrein().exit_code == 0);
  auto json = nlohmann::json::parse(read_file(world.manifest()));
  for (char const* key : {"layers", "outputs", "shipped"}) {
    auto damaged = json;
    damaged[key] = {1};
    write_file(world.manifest(), damaged.dump());
    RunResult const result = world.verify();
    CHECK(result.exit_code == 3);
    CHECK(result.out.empty());
    CHECK(has(result.err, "is damaged: a value in it is not what terrein writes there"));
  }
}

TEST_CASE("local knowledge is an input; what was read from the replaced result itself is gone as it was") {
  RunWorld const world;
  write_file(world.path("aanvulling.csv"),
             "id,field,value,low,high,source,by,date\nB1,rail_m,12,,,veld,x,2026-01-01\n");
  world.edit("study.toml", "[layers.parcels]", "[additions]\nsource = \"aanvulling.csv\"\n[layers.parcels]");
  REQUIRE(world.terrein().exit_code == 0);
  CHECK(world.verify().exit_code == 0);
  // The form that people filled in since is told, and where.
  sql(world.path("result.gpkg"), "INSERT INTO additions(id, field, value, source) VALUES ('B2', 'rail_m', '7', 'ik')");
  RunResult const filled = world.verify();
  CHECK(filled.exit_code == 1);
  CHECK(has(filled.out, "changed    table additions"));
  CHECK(has(filled.out, "1 rows only in the result"));
  CHECK(has(filled.out, "same       table candidates"));
  world.edit("aanvulling.csv", "12", "13");
  CHECK(state(world.verify_json("--inputs-only")["inputs"], "additions", "additions") == "changed");
  // A study that reads the form of its own result replaces it.
  world.edit("study.toml", "aanvulling.csv", "result.gpkg");
  REQUIRE(world.terrein("--overwrite").exit_code == 0);
  RunResult const own = world.verify();
  INFO(own.out);
  CHECK(own.exit_code == 3);
  CHECK(has(own.out, "it was read from the result that the run replaced; what that file was then is gone"));
}

TEST_CASE("changes that a program has not put into the GeoPackage yet are changes") {
  RunWorld const world;
  REQUIRE(world.terrein().exit_code == 0);
  write_file(world.path("result.gpkg-wal"), "a log");
  auto const json = world.verify_json();
  CHECK(json["exit_code"] == 1);
  CHECK(state(json["outputs"], "output", "result.gpkg") == "changed");
  CHECK(has(json["repeated"]["why"], "has changes in"));
}

TEST_CASE("rerun makes the same result again, and tells what changed since") {
  RunWorld const world;
  REQUIRE(world.terrein("--set models.own.weights.wet=2").exit_code == 0);
  std::string const first = read_file(world.path("result.gpkg"));
  RunResult const taken = world.command("rerun");
  CHECK(taken.exit_code == 1);
  CHECK(has(taken.err, "--overwrite"));
  RunResult const again = world.command("rerun", "--overwrite");
  INFO(again.err);
  CHECK(again.exit_code == 0);
  CHECK(again.err.empty());
  CHECK(has(again.out, "result.gpkg\n"));
  CHECK(read_file(world.path("result.gpkg")) == first);
  CHECK(world.verify().exit_code == 0);  // also of a result that was made from a manifest
  world.edit("flood.geojson", "\"D\"", "\"E\"");
  fs::remove(world.path("study.toml"));
  RunResult const other =
      world.command("rerun", "--output '" + world.path("een ander.gpkg").string() + "' --set models.own.weights.wet=1");
  INFO(other.err);
  CHECK(other.exit_code == 0);
  CHECK(has(other.err, "changed since that run: layer flood"));
  CHECK(has(other.err, "missing since that run: study study.toml"));
  CHECK(read_file(world.path("result.gpkg")) == first);
  // The flood has another class now: no land is wet, and nothing is excluded.
  CHECK(Database(world.path("een ander.gpkg")).one("SELECT count(*) FROM candidates") == "9");
}

TEST_CASE("the manifest names added tables, profiles and what is shipped; only the file beside holds paths") {
  RunWorld const world;
  REQUIRE(world.terrein("--set tabel=owners").exit_code == 0);
  Database const result(world.path("result.gpkg"));
  std::string const hash = run("sha256sum " + world.path("owners.csv").string()).out.substr(0, 64);
  CHECK(result.one("SELECT sha256 FROM sources WHERE layer = 'parcels.owners'") == hash);
  CHECK(result.one("SELECT rows_read FROM sources WHERE layer = 'parcels.owners'") == "2");
  auto const inner = nlohmann::json::parse(result.one("SELECT metadata FROM gpkg_metadata WHERE id = 1"));
  CHECK(inner["layers"][1]["profile"]["sha256"] ==
        run("sha256sum " + world.path("profiles/proef.toml").string()).out.substr(0, 64));
  CHECK(inner["shipped"][0]["kind"] == "labels");
  CHECK_FALSE(inner.contains("run"));
  CHECK_FALSE(has(inner.dump(), world.path("").parent_path().string()));
  auto const outer = nlohmann::json::parse(read_file(world.manifest()));
  CHECK(outer["run"]["set"] == nlohmann::json{"tabel=owners"});
  CHECK(outer["run"]["variables"] == nlohmann::json{{"tabel", "owners"}});
  CHECK(outer["study_sha256"] == run("sha256sum " + world.path("study.toml").string()).out.substr(0, 64));
}

TEST_CASE("help of verify and rerun begins with examples and says what the exit codes mean") {
  RunResult const help = run(std::string(TERREIN_PROGRAM) + " verify --help");
  CHECK(help.out.starts_with("examples:\n  terrein verify result.gpkg.run.json\n"));
  CHECK(has(help.out, "3 inputs changed or missing"));
  CHECK(run(std::string(TERREIN_PROGRAM) + " rerun --help").out.starts_with("examples:\n  terrein rerun"));
}
