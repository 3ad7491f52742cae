// terrein explain: why and why not, from the result alone.
#include "cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/folder_state.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;
using nlohmann::json;

namespace {

RunResult explain(std::filesystem::path const& result, std::string const& arguments) {
  return run(std::string(TERREIN_PROGRAM) + " explain '" + result.string() + "' " + arguments);
}

json explained(std::filesystem::path const& result, std::string const& arguments) {
  RunResult const answer = explain(result, arguments + " --json");
  INFO(answer.err);
  REQUIRE(answer.exit_code == 0);
  CHECK(answer.err.empty());
  return json::parse(answer.out);
}

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

/// The result of the bundled study, made once.
std::filesystem::path demo() {
  static TempDir const folder;
  std::filesystem::path const result = folder.path() / "kanaalveld.gpkg";
  if (!std::filesystem::exists(result)) {
    RunResult const made = run(std::string(TERREIN_PROGRAM) + " run -q " + TERREIN_SOURCE_DIR +
                               "/datasets/demo/study.toml --set output.file=" + result.string());
    INFO(made.err);
    REQUIRE(made.exit_code == 0);
  }
  return result;
}

/// A cell as SQLite holds it, against JSON: null, text, or the same double.
void check_cell(Database const& db, std::string const& table, std::string const& id, std::string const& column,
                json const& told) {
  std::string const where = " FROM " + table + " WHERE capakey = '" + id + "'";
  INFO(id << " " << column << " " << told);
  if (told.is_null()) {
    CHECK(db.one("SELECT typeof(" + column + ")" + where) == "null");
  } else if (told.is_string()) {
    CHECK(db.one("SELECT " + column + where) == told.get<std::string>());
  } else {
    CHECK(std::abs(db.number("SELECT printf('%.17g', " + column + ")" + where) - told.get<double>()) <= 1e-12);
  }
}

}  // namespace

TEST_CASE("The points of every model sum to the score in the file, and rules and measures are those of the columns") {
  Database const db(demo());
  for (std::string const table : {"candidates", "excluded"})
    for (int const offset : {0, 150, 390, 720, 1111, 1500, 1900}) {
      std::string const id =
          db.one("SELECT capakey FROM " + table + " ORDER BY fid LIMIT 1 OFFSET " + std::to_string(offset));
      json const told = explained(demo(), "'" + id + "'");
      CHECK(told["layer"] == table);
      CHECK(told["excluded"] == (table == "excluded"));
      CHECK(told["not_in_file"].empty());
      REQUIRE(told["models"].size() == 3);
      for (json const& model : told["models"]) {
        std::string const key = model["model"];
        for (char const* column : {"outcome", "duties", "score", "low", "high", "completeness", "rank"})
          check_cell(db, table, id, key + "_" + column, model[column]);
        CHECK(model["ranked"] == std::stoi(db.one("SELECT count(" + key + "_rank) FROM candidates")));
        double sum = 0;
        for (json const& one : model["criteria"]) {
          std::string const criterion = one["criterion"];
          check_cell(db, table, id, "val_" + criterion, one["measure"]);
          check_cell(db, table, id, key + "_v_" + criterion, one["value"]);
          CHECK(one["points"].is_null() == one["value"].is_null());
          if (!one["points"].is_null()) sum += one["points"].get<double>();
        }
        std::string const score = "SELECT printf('%.17g', " + key + "_score) FROM " + table + " WHERE capakey = '" + id;
        CHECK(std::abs(sum - db.number(score + "'")) <= 1e-9);
        CHECK(model["criteria"].size() ==
              std::stoul(db.one("SELECT count(*) FROM models WHERE model = '" + key + "'")));
        CHECK(model["rules"].size() == std::stoul(db.one("SELECT count(*) FROM ledger WHERE model = '" + key + "'")));
        for (json const& rule : model["rules"]) {
          std::string const name = rule["rule"];
          check_cell(db, table, id, "rule_" + name, rule["result"]);
          check_cell(db, table, id, "m_" + name, rule["margin"]);
          if (rule["effect"] == "cut") {
            check_cell(db, table, id, "by_" + name, rule["decided_by"]);
          } else {
            check_cell(db, table, id, "val_" + rule["criterion"].get<std::string>(), rule["measure"]);
          }
        }
      }
    }
}

TEST_CASE("explain tells people first what failed, then what a criterion adds and what is unknown") {
  RunResult const answer = explain(demo(), "98101C0028/00B000 --model multimodal");
  INFO(answer.out << answer.err);
  CHECK(answer.exit_code == 0);
  CHECK(answer.err.empty());
  CHECK(has(answer.out,
            "98101C0028/00B000: uitgesloten: voldoet in geen enkel model\n"
            "Resultaat: kanaalveld.gpkg, Kanaalveld (fictief), 2026-01-31\n"
            "Waarom: Nieuw bedrijventerrein: Woning met strook van 30 m; Brownfield: Niet op de inventaris; "
            "Multimodaal: Woning met strook van 30 m\n"
            "\n"
            "Multimodaal (multimodal)\n"
            "  Uitkomst: voldoet niet\n"));
  CHECK(has(answer.out,
            "  Score: 31,7 (mogelijk van 29,8 tot 35,8); gegevens volledig voor 94 %; geen rang: voldoet niet\n"
            "  Gewichten: startgewichten, niet bestuurlijk vastgesteld\n"
            "  Regels:\n"
            "    voldoet niet: Woning met strook van 30 m (uitsnijding)\n"
            "      0 % van het perceel blijft over; beslist door 3\n"
            "      eigen keuze · Planning judgement: dwelling + 30 m; no legal distance · eigen oordeel\n"
            "    voorwaarde: Herbevestigd agrarisch gebied (voorwaarde)\n"
            "      Aandeel HAG (0–1) 1; geldt bij >0,02; marge -0,98; beslist door 11\n"));
  CHECK(has(answer.out,
            "    11,3 van 12,8 punten: Rijtijd tot binnenvaartterminal (min)\n"
            "      gemeten 7,93 min; waarde 0,883; aandeel 12 %; beslist door 28\n"));
  CHECK(has(answer.out,
            "    onbekend: Rijtijd tot spoorterminal (min)\n"
            "      gemeten onbekend; aandeel 6 %; laag 'terminals' heeft objecten van klasse 'rail' alleen met een "
            "positie bij benadering\n"
            "    Som: 31,7 punten\n"));
  CHECK_FALSE(has(answer.out, "(brownfield)"));
  CHECK(
      has(explain(demo(), "98101C0028/00B000 --language en").out, "98101C0028/00B000: excluded: fails in every model"));
}

TEST_CASE("A class whose value is a range is told as such, and a rule at site level as one that does not count") {
  RunResult const answer = explain(demo(), "98101C0001/00_000");
  // soil_class 'none' is worth 0.1 to 1 in the shipped model; the parcel is narrow and yet passes
  CHECK(has(answer.out, "gemeten none; niet eenduidig: [0,1-1]; aandeel 15 %"));
  CHECK(has(answer.out, "marge -57,7; terreinniveau: telt niet in de uitkomst van één perceel"));
  Database const db(demo());
  CHECK(has(answer.out, "rang " +
                            db.one("SELECT CAST(business_park_rank AS INTEGER) FROM candidates WHERE capakey = "
                                   "'98101C0001/00_000'") +
                            " van " + db.one("SELECT count(business_park_rank) FROM candidates")));
}

TEST_CASE("What was set by hand is told as handmatig, with the value it replaced") {
  SmallWorld const world;
  write_file(world.path("a.csv"),
             "id,field,value,low,high,source,by,date\nA1,wet,0,,,veldbezoek,J. Peeters,2026-03-01\n");
  world.edit("study.toml", "[candidates]", "[additions]\nsource = \"a.csv\"\n[candidates]");
  REQUIRE(world.terrein().exit_code == 0);
  RunResult const answer = explain(world.path("result.gpkg"), "A1");
  INFO(answer.out << answer.err);
  CHECK(has(answer.out, "Met de hand ingevuld (handmatig): wet\n  wet: 0 (veldbezoek, 2026-03-01); was 1; gebruikt\n"));
  // weight share 1/4, value 1, all known: 25 points
  CHECK(has(answer.out, "25,0 van 25,0 punten: "));
  CHECK(has(answer.out, "gemeten 0 (handmatig); waarde 1; aandeel 25 %; beslist door handmatig: veldbezoek"));
  json const told = explained(world.path("result.gpkg"), "A1");
  CHECK(told["models"][0]["rules"][0]["by_hand"] == true);
  CHECK(told["additions"][0]["was"] == "1");
  CHECK(explained(world.path("result.gpkg"), "A2")["models"][0]["rules"][0]["by_hand"] == false);
}

TEST_CASE("What the layer does not hold is said and not guessed; excluded candidates hold everything") {
  SmallWorld const world;
  world.edit("study.toml", "file = \"result.gpkg\"",
             "file = \"result.gpkg\"\nlayer = \"land\"\ncolumns = [\"key\", \"own_outcome\", \"own_completeness\", "
             "\"own_v_rail_m\"]");
  REQUIRE(world.terrein().exit_code == 0);
  json const told = explained(world.path("result.gpkg"), "C1");
  CHECK(told["layer"] == "land");
  json const& model = told["models"][0];
  CHECK(model["score"].is_null());
  CHECK(model["rules"][0]["result"].is_null());
  CHECK(model["rules"][0]["measure_in_file"] == false);
  for (json const& one : model["criteria"]) CHECK(one["value_in_file"] == (one["criterion"] == "rail_m"));
  RunResult const text = explain(world.path("result.gpkg"), "C1");
  INFO(text.out);
  CHECK(has(text.out, "Staat niet in dit bestand, want [output] columns laat het weg"));
  CHECK(has(text.out, "Score: staat niet in dit bestand\n"));
  CHECK(has(text.out, "staat niet in dit bestand: dry (uitsluiting)\n"));
  json const excluded = explained(world.path("result.gpkg"), "A1");
  CHECK(excluded["not_in_file"].empty());
  CHECK(excluded["models"][0]["rules"][0]["result"] == "fail");
}

TEST_CASE("An unknown id, an unknown model and a file that is no result end with one sentence") {
  SmallWorld const world;
  REQUIRE(world.terrein().exit_code == 0);
  auto const before = folder_state(world.path(""));
  RunResult const id = explain(world.path("result.gpkg"), "B9");
  CHECK(id.exit_code == 2);
  CHECK(id.out.empty());
  CHECK(id.err == "terrein: 'result.gpkg' holds no candidate 'B9' (column 'key'). Ids that begin alike: B1, B2, B3.\n");
  RunResult const model = explain(world.path("result.gpkg"), "B1 --model owm");
  CHECK(model.exit_code == 2);
  CHECK(has(model.err, "Did you mean 'own'?"));
  for (std::string const name : {"parcels.geojson", "absent.gpkg"}) {
    RunResult const other = explain(world.path(name), "B1");
    CHECK(other.exit_code == 3);
    CHECK(has(other.err, "Name the GeoPackage that terrein run wrote."));
  }
  RunResult const source = explain(std::string(TERREIN_SOURCE_DIR) + "/datasets/demo/kanaalveld.gpkg", "B1");
  CHECK(source.exit_code == 3);
  CHECK(has(source.err, "is no result of terrein: it holds no manifest of a run"));
  CHECK((folder_state(world.path("")) == before));
}
