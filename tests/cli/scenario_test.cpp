// Scenarios inside a study: a run of the study with the same settings is the judge.
#include "explain_support.hpp"
#include "small_world.hpp"

using namespace terrein::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr char const* scenario = R"(
[scenarios.heavier]
label_nl = "HAG zwaarder, met de brug"
whatif = ["brug"]
[scenarios.heavier.set]
"models.business_park.weights.hag_share" = 40
"models.business_park.min_completeness" = 0.9
"models.multimodal.weights.quay_dist_m" = 2
)";

/// A study beside the bundled data, with more at its end.
fs::path study_in(TempDir const& folder, std::string const& more) {
  std::string text = read_file(TERREIN_SOURCE_DIR "/datasets/demo/study.toml");
  std::string const from = "\"kanaalveld.gpkg\"", to = "\"" TERREIN_SOURCE_DIR "/datasets/demo/kanaalveld.gpkg\"";
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  for (std::string const wanted :
       {"= \"weights/", "= \"scenarios/", "= \"additions"})  // files beside the study, where it has any
    for (std::size_t at = 0; (at = text.find(wanted, at)) != std::string::npos; at += wanted.size())
      text.insert(at + 3, TERREIN_SOURCE_DIR "/datasets/demo/");
  write_file(folder.path() / "study.toml", text + more);
  return folder.path() / "study.toml";
}

RunResult run_study(fs::path const& study, fs::path const& result, std::string const& set = "") {
  std::string command = TERREIN_PROGRAM;
  command += " run -q " + study.string() + " --set output.file=" + result.string() + set;
  return run(command);
}

std::string over_both(fs::path const& one, fs::path const& other, std::string const& sql) {
  Database const db(one);
  (void)db.rows("ATTACH '" + other.string() + "' AS other");
  return db.one(sql);
}

/// A small study with a second track, between the parcels B and C, in a file with a scenario.
class TrackWorld : public SmallWorld {
 public:
  TrackWorld() {
    write_file(path("track.geojson"), collection(R"({"type":"Feature","properties":{},"geometry":
      {"type":"LineString","coordinates":[[100200,200000],[100200,200300]]}})"));
    write_file(path("scenarios/track.toml"), R"(label_nl = "Tweede spoor"
label_en = "Second track"
[layers.rail]
add = { source = "track.geojson" }
[set]
"models.own.weights.rail_m" = 1
)");
    edit("study.toml", "[output]", "[scenarios.track]\nfile = \"${folder}/track.toml\"\n[output]");
    edit("study.toml", "[study]", "[variables]\nfolder = \"scenarios\"\n[study]");
  }
  [[nodiscard]] Database result() const { return Database(path("result.gpkg")); }
  [[nodiscard]] RunResult verify() const {
    return run(std::string(TERREIN_PROGRAM) + " verify " + path("result.gpkg.run.json").string());
  }
};

}  // namespace

TEST_CASE("A scenario gives what a run with its settings and changes gives, and its parts add up", "[slow]") {
  TempDir const folder;
  fs::path const study = study_in(folder, scenario), with = folder.path() / "with.gpkg", as = folder.path() / "as.gpkg";
  RunResult const made = run_study(study, with, " --workers 1");
  INFO(made.err);
  REQUIRE(made.exit_code == 0);
  // The what-if "brug" adds its rows to the roads for good.
  std::string const rows = read_file(study);
  auto const at = rows.find("[whatif.brug.layers.roads]");
  REQUIRE(at != std::string::npos);
  auto const end = rows.find("\n[", at + 5);
  std::string const change = rows.substr(at + 27, end - at - 27);
  write_file(folder.path() / "run.toml", rows + "\n[layers.roads.changes]\n" + change + "\n");
  std::string text = read_file(folder.path() / "run.toml");
  text.erase(text.find("[whatif.brug]"),
             text.find("\n[", text.find("[whatif.brug.layers.roads]") + 5) - text.find("[whatif.brug]"));
  auto const heavier = text.find("[scenarios.heavier]");
  text.erase(heavier, text.find("\n[layers.roads.changes]") - heavier);
  write_file(folder.path() / "run.toml", text);
  RunResult const other = run_study(folder.path() / "run.toml", as,
                                    " --set models.business_park.weights.hag_share=40 "
                                    "--set models.business_park.min_completeness=0.9 "
                                    "--set models.multimodal.weights.quay_dist_m=2");
  INFO(other.err);
  REQUIRE(other.exit_code == 0);
  for (std::string const model : {"business_park", "multimodal"}) {
    INFO(model);
    std::string const all = "(SELECT capakey, " + model + "_score AS score, " + model + "_rank AS rank, " + model +
                            "_outcome AS outcome FROM ";
    std::string const both = all + "other.candidates UNION ALL SELECT capakey, " + model + "_score, " + model +
                             "_rank, " + model + "_outcome FROM other.excluded)";
    CHECK(over_both(with, as,
                    "SELECT count(*) FROM changes_heavier c JOIN " + both + " o ON o.capakey = c.id WHERE c.model = '" +
                        model +
                        "' AND (c.score_after IS NOT o.score OR c.rank_after IS NOT o.rank OR "
                        "(CASE c.outcome_after WHEN o.outcome THEN 0 ELSE 1 END))") == "0");
    CHECK(std::stoi(over_both(with, as, "SELECT count(*) FROM changes_heavier WHERE model = '" + model + "'")) > 100);
  }
  Database const db(with);
  for (char const* parts : {"scenario_steps", "change_causes_heavier"})
    CHECK(db.one(
              std::string("SELECT max(abs(c.score_change - s.p)) < 1e-9 FROM changes_heavier c JOIN (SELECT id, model, "
                          "sum(points) AS p FROM ") +
              parts + " GROUP BY id, model) s USING (id, model)") == "1");
  CHECK(db.one("SELECT count(DISTINCT step) FROM scenario_steps") == "3");  // the share of known weight moves no score
  // The study as it stands, the scenario that it ships, and this one.
  CHECK(db.one("SELECT count(*) FROM scenario_consensus WHERE in_top_n < 1 OR of_n <> 3 OR in_top_n <> "
               "(coalesce(rank_now, 99) <= 20) + (coalesce(rank_hag_excluded, 99) <= 20) + "
               "(coalesce(rank_heavier, 99) <= 20)") == "0");
  fs::path const again = folder.path() / "again.gpkg";
  REQUIRE(run_study(study, again, " --workers 7").exit_code == 0);
  CHECK(over_both(with, again,
                  "SELECT count(*) FROM (SELECT * FROM changes_heavier EXCEPT SELECT * FROM other.changes_heavier)") ==
        "0");
}

TEST_CASE("A scenario that cannot be is told before anything is measured") {
  TempDir const folder;
  for (auto const& [more, said] :
       {std::pair{"[scenarios.a.set]\n\"models.business_park.weights.hag_shar\" = 1\n", "hag_shar"},
        {"[scenarios.a.set]\n\"layers.roads.source\" = \"x\"\n", "what-if"},
        {"[scenarios.a]\nwhatif = [\"tunnel\"]\n", "no what-if 'tunnel'"},
        {"[scenarios.a]\nlabel = \"x\"\n", "say what is otherwise"},
        {"[scenarios.a.set]\n\"models.business_park.weights.hag_share\" = -4\n", "hag_share"}}) {
    RunResult const result = run_study(study_in(folder, std::string("\n") + more), folder.path() / "none.gpkg");
    INFO(more << result.err);
    CHECK(result.exit_code == 2);
    CHECK(has(result.err, said));
    CHECK_FALSE(fs::exists(folder.path() / "none.gpkg"));
    RunResult const checked = run(std::string(TERREIN_PROGRAM) + " check " + (folder.path() / "study.toml").string());
    CHECK(checked.exit_code == 2);
    CHECK(has(checked.out + checked.err, said));
  }
}

TEST_CASE("A scenario in a file of its own brings its settings and its changes of layers") {
  TrackWorld const world;
  // The same, written in the study.
  world.edit("study.toml", "[output]", R"([whatif.line.layers.rail]
add = { source = "track.geojson" }
[scenarios.twin]
whatif = ["line"]
[scenarios.twin.set]
"models.own.weights.rail_m" = 1
[output])");
  RunResult const made = world.terrein("-q");
  INFO(made.err);
  REQUIRE(made.exit_code == 0);
  Database const db = world.result();
  // B lies 100 m from the track along C, and on the second one: (3 * 0.5 + 1) / 4 becomes (1 + 1) / 2.
  CHECK(db.one("SELECT group_concat(id || ' ' || score_before || ' ' || score_after, ', ') FROM changes_track WHERE id "
               "LIKE 'B%'") == "B1 62.5 100.0, B2 62.5 100.0, B3 62.5 100.0");
  CHECK(db.one("SELECT group_concat(step || ' ' || points, ', ') FROM scenario_steps WHERE scenario = 'track' AND id = "
               "'B1'")
            .find("37.5") != std::string::npos);
  CHECK(db.number("SELECT count(*) FROM changes_track") > 5);
  for (char const* difference :
       {"changes_track EXCEPT SELECT * FROM changes_twin", "changes_twin EXCEPT SELECT * FROM changes_track"})
    CHECK(db.number(std::string("SELECT count(*) FROM (SELECT * FROM ") + difference + ")") == 0);
  CHECK(has(db.one("SELECT identifier FROM gpkg_contents WHERE table_name = 'changes_track'"), "Tweede spoor"));
}

TEST_CASE("The file of a scenario is an input: it is hashed, verified, and never written over") {
  TrackWorld const world;
  REQUIRE(world.terrein("-q").exit_code == 0);
  json const manifest = json::parse(read_file(world.path("result.gpkg.run.json")));
  CHECK(manifest["scenario_files"].at(0)["key"] == "scenarios.track.file");
  CHECK(manifest["scenario_files"].at(0)["source"] == "${folder}/track.toml");
  CHECK(manifest["paths"]["scenarios.track.file"] == world.path("scenarios/track.toml").string());
  CHECK(world.verify().exit_code == 0);
  INFO(world.verify().out);
  CHECK(has(world.verify().out, "same       scenario scenarios.track.file"));
  CHECK(has(world.verify().out, "same       table rail.track"));
  world.edit("scenarios/track.toml", "weights.rail_m\" = 1", "weights.rail_m\" = 2");
  RunResult const changed = world.verify();
  CHECK(changed.exit_code == 3);
  CHECK(has(changed.out, "changed    scenario scenarios.track.file"));
  CHECK(has(changed.out, "what it said in the run is used"));
  CHECK(has(changed.out, "bytes compared"));
  CHECK(has(changed.out, "same       output result.gpkg"));
  fs::rename(world.path("result.gpkg"), world.path("before.gpkg"));
  fs::copy(world.path("result.gpkg.run.json"), world.path("before.gpkg.run.json"));
  REQUIRE(world.terrein("-q --overwrite").exit_code == 0);
  RunResult const compared = run(std::string(TERREIN_PROGRAM) + " compare " + world.path("before.gpkg").string() + " " +
                                 world.path("result.gpkg").string());
  INFO(compared.out);
  CHECK(has(compared.out, "scenarios.track.read.said.set.models.own.weights.rail_m"));
  fs::remove(world.path("scenarios/track.toml"));
  RunResult const gone = world.verify();
  CHECK(gone.exit_code == 0);
  CHECK(has(gone.out, "missing    scenario scenarios.track.file"));
  CHECK(has(gone.out, "the manifest holds what it said"));

  TrackWorld const other;  // a file of any name may be called a result
  fs::rename(other.path("scenarios/track.toml"), other.path("scenarios/track.gpkg"));
  other.edit("study.toml", "/track.toml", "/track.gpkg");
  RunResult const over = other.terrein("-q --overwrite --set output.file=scenarios/track.gpkg");
  INFO(over.err);
  CHECK(over.exit_code == 2);
  CHECK(has(flat(over.err), "it holds a scenario (scenarios.track.file)"));
}

TEST_CASE("Faults of a scenario in a file name the file, the key and what to do") {
  for (auto const& [from, to, said] :
       {std::tuple{"[layers.rail]", "[layers.raill]", "the study has no layer 'raill'"},
        {"[layers.rail]", "[layers.parcels]", "holds the candidates"},
        {"[set]", "[sett]", "track.toml"},
        {"[set]", "whatif = [\"tunnel\"]\n[set]", "unknown key"},  // a key of the table above it
        {"\"models.own.weights.rail_m\" = 1", "\"models.own.weights.rial_m\" = 1",
         "Scenario 'track' (scenarios/track.toml), setting 'models.own.weights.rial_m'"},
        {"\"models.own.weights.rail_m\" = 1", "\"layers.rail.source\" = \"x\"", "layers change in its table `layers`"},
        {"label_nl", "label_nl = 3\nlabel", "label_nl"},
        {"track.geojson", "none.geojson", "none.geojson"}}) {
    TrackWorld const world;
    world.edit("scenarios/track.toml", from, to);
    RunResult const result = world.terrein("-q");
    INFO(to << "\n" << result.err);
    CHECK((result.exit_code == 2 || result.exit_code == 3));
    CHECK(has(flat(result.err), said));
    CHECK_FALSE(fs::exists(world.path("result.gpkg")));
  }
  for (auto const& [more, said] :
       {std::pair{"[scenarios.track]\nlabel = \"x\"", "a scenario with a file of its own says all of it there"},
        {"[whatif.track.layers.rail]\nclose_where = \"1 = 1\"\n[scenarios.track]", "one of that name already"},
        {"[scenarios.other]\nfile = \"no.toml\"\n[scenarios.track]", "no.toml' cannot be opened"},
        {"[scenarios.other]\nfile = \"scenarios\"\n[scenarios.track]", "scenarios' cannot be opened"},
        {"[scenarios.other]\nfile = \"\"\n[scenarios.track]", "is empty: name the .toml file"},
        {"[scenarios.other]\nwhatif = [\"track\"]\n[scenarios.track]", "the study has no what-if 'track'"},
        {"[scenarios.track]\nread = { sha256 = \"x\" }", "stands beside `file`"}}) {
    TrackWorld const world;
    world.edit("study.toml", "[scenarios.track]", more);
    RunResult const result = world.terrein("-q");
    INFO(more << "\n" << result.err);
    CHECK(result.exit_code == 2);
    CHECK(has(flat(result.err), said));
    CHECK_FALSE(has(result.err, "unknown key"));
  }
}
