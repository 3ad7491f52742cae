// What a result does not hold, and what is no result.
#include "explain_support.hpp"

using namespace terrein::test;
namespace fs = std::filesystem;

TEST_CASE("columns that the study leaves out are named, and nothing is guessed") {
  SmallWorld const world;
  world.edit("study.toml", "[output]",
             "[output]\ncolumns = [\"key\", \"own_score\", \"own_v_wet\", \"val_wet as nat\"]");
  run_world(world);
  auto const json = json_of(world.path("result.gpkg"), "B2");
  auto const& model = json["models"][0];
  CHECK(model["outcome"].is_null());
  CHECK(model["score"] == 62.5);
  CHECK(model["rules"][0]["result"].is_null());
  CHECK(entry(json["measures"], "key", "wet")["value"] == 0);  // found under its new name
  CHECK(entry(json["measures"], "key", "rail_m")["shown"] == false);
  auto const wet = entry(model["criteria"], "criterion", "wet");
  CHECK(wet["value"] == 1);
  CHECK(wet["points"].is_null());  // the completeness is not there
  for (char const* column : {"val_rail_m", "own_outcome", "own_completeness", "rule_dry"}) {
    INFO(column);
    auto const& list = json["left_out"];
    CHECK(std::find(list.begin(), list.end(), column) != list.end());
  }
  RunResult const text = explain(world.path("result.gpkg"), "B2");
  CHECK(has(flat(text.out), "Niet te tonen, omdat [output] columns van de studie deze kolommen weglaat: val_rail_m"));
  // The excluded keep all their columns.
  CHECK(json_of(world.path("result.gpkg"), "A1")["left_out"].empty());
  world.edit("study.toml", "\"key\", ", "");
  CHECK(world.terrein("--overwrite").exit_code == 0);
  RunResult const nameless = explain(world.path("result.gpkg"), "B2");
  CHECK(nameless.exit_code == 2);
  CHECK(nameless.err ==
        "terrein: 'B2' is not among the excluded of 'result.gpkg', and layer 'candidates' has no column 'key' to look "
        "for "
        "it. Add 'key' to [output] columns and run again.\n");
}

TEST_CASE("a relative value function is named, and unknown models and ids are refused with the nearest") {
  SmallWorld const world;
  world.edit("study.toml", "points = \"0:1|200:0\"", "kind = \"minmax\"\npoints = \"less\"");
  run_world(world);
  RunResult const result = explain(world.path("result.gpkg"), "B2 --model own");
  CHECK(has(result.out, "Waarde: relatief: 1 bij de kleinste kandidaat, 0 bij de grootste."));
  CHECK(has(flat(result.out), "relatief ten opzichte van de kandidaten: rail_m."));
  auto const before = folder_state(world.path(""));
  RunResult const id = explain(world.path("result.gpkg"), "B9");
  CHECK(id.exit_code == 2);
  CHECK(id.out.empty());
  CHECK(id.err == "terrein: 'result.gpkg' holds no candidate 'B9' (column 'key'). Ids that begin alike: B1, B2, B3.\n");
  RunResult const model = explain(world.path("result.gpkg"), "B2 --model oen");
  CHECK(model.exit_code == 2);
  CHECK(has(model.err, "holds no model 'oen'. Did you mean 'own'?"));
  CHECK(explain(world.path("result.gpkg"), "B2 --json --html").exit_code == 2);
  CHECK((folder_state(world.path("")) == before));
}

TEST_CASE("what is no whole result of this terrein is refused in one sentence") {
  SmallWorld const world;
  run_world(world);
  auto const refused = [](fs::path const& file, std::string const& why) {
    RunResult const result = explain(file, "B2");
    INFO(file << ": " << result.err);
    CHECK(result.exit_code == 3);
    CHECK(result.out.empty());
    CHECK(has(result.err, why));
    CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
  };
  refused(world.path("weg.gpkg"), "there is no such file. Name the GeoPackage that terrein run wrote.");
  refused(world.path(""), "it is a folder");
  refused(world.path("study.toml"), "it is no GeoPackage. Name the GeoPackage that terrein run wrote.");
  refused(std::string(TERREIN_SOURCE_DIR) + "/datasets/demo/kanaalveld.gpkg",
          "it is no result of terrein: it holds no manifest of a run");
  write_file(world.path("leeg.gpkg"), "");
  refused(world.path("leeg.gpkg"), "it is empty (0 bytes)");
  execute(world.path("other.gpkg"), "CREATE TABLE candidates (fid INTEGER PRIMARY KEY, key TEXT)");
  refused(world.path("other.gpkg"), "it is no result of terrein");

  fs::path const older = copy_of(world, "older.gpkg");
  execute(older, "UPDATE gpkg_metadata SET metadata = replace(metadata, '\"result\"', '\"results\"')");
  refused(older, "was made by an older terrein (0.1.0)");
  fs::path const untold = copy_of(world, "untold.gpkg");
  execute(untold, "DROP TABLE rules");
  refused(untold, "was made by an older terrein");
  fs::path const newer = copy_of(world, "newer.gpkg");
  execute(newer,
          "UPDATE gpkg_metadata SET metadata = replace(metadata, '\"manifest_version\": 2', "
          "'\"manifest_version\": 9')");
  refused(newer, "was made by a newer terrein (manifest version 9; this one knows 2)");
  fs::path const garbled = copy_of(world, "garbled.gpkg");
  execute(garbled, "UPDATE gpkg_metadata SET metadata = '{' WHERE md_standard_uri = 'urn:terrein:run'");
  refused(garbled, "its manifest is no JSON");

  fs::path const cut = copy_of(world, "cut.gpkg");
  fs::resize_file(cut, fs::file_size(cut) / 2);
  refused(cut, "it is cut off");
  fs::path const damaged = copy_of(world, "damaged.gpkg");
  std::string bytes = read_file(damaged);
  std::fill(bytes.begin() + 4096, bytes.end(), '\x55');  // all pages but the first
  write_file(damaged, bytes);
  refused(damaged, "it is damaged");
  fs::path const texts = copy_of(world, "texts.gpkg");
  execute(texts, "UPDATE candidates SET val_rail_m = 'ver' WHERE key = 'B2'");
  refused(texts, "column 'val_rail_m' in table 'candidates' holds text where numbers belong");
  fs::path const broken = copy_of(world, "broken.gpkg");
  execute(broken, "UPDATE models SET points = '1:2:3' WHERE criterion = 'wet'");
  refused(broken, "has no value function");
  fs::path const poor = copy_of(world, "poor.gpkg");
  execute(poor, "ALTER TABLE criteria DROP COLUMN unit");
  refused(poor, "its table 'criteria' has no column 'unit'");

  fs::path const edited = copy_of(world, "edited.gpkg");
  write_file(edited.string() + "-wal", "changes");
  refused(edited, "that are not in the file yet");
}

TEST_CASE("a result that QGIS holds open is read with the changes in its log") {
  SmallWorld const world;
  run_world(world);
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(world.path("result.gpkg").c_str(), &db) == SQLITE_OK);
  CHECK(sqlite3_exec(db, "PRAGMA journal_mode = WAL; UPDATE models SET why = 'uit het logboek' WHERE criterion = 'wet'",
                     nullptr, nullptr, nullptr) == SQLITE_OK);
  REQUIRE(fs::file_size(world.path("result.gpkg-wal")) > 0);
  CHECK(has(explain(world.path("result.gpkg"), "B2").out, "uit het logboek"));
  sqlite3_close(db);
}

TEST_CASE("a view in the place of a table is not carried out") {
  SmallWorld const world;
  run_world(world);
  // Would never end.
  execute(world.path("result.gpkg"),
          "CREATE VIEW additions_used AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
          "SELECT i AS fid, 'none' AS id, 'wet' AS field FROM n");
  CHECK(json_of(world.path("result.gpkg"), "B2")["manual"].empty());
}
