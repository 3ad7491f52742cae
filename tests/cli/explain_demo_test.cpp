// Why and why not in the bundled study: the columns of the file are the judge.
#include "explain_support.hpp"

using namespace terrein::test;
using nlohmann::json;

namespace {

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
    CHECK(std::abs(db.number("SELECT printf('%!.17g', " + column + ")" + where) - told.get<double>()) <= 1e-12);
  }
}

/// Texts of a list as one cell holds them; null for none.
json joined(json const& list) {
  std::string out;
  for (json const& one : list) out += (out.empty() ? "" : "; ") + one.get<std::string>();
  return out.empty() ? json() : json(out);
}

void check_model(Database const& db, json const& told, json const& model) {
  std::string const id = told["id"], table = told["table"], key = model["model"];
  for (char const* column : {"outcome", "score", "low", "high", "completeness", "net_m2"})
    check_cell(db, table, id, key + "_" + column, model[column]);
  check_cell(db, table, id, key + "_duties", joined(model["duties"]));
  check_cell(db, table, id, key + "_rank", model["position"]["rank"]);
  CHECK(model["position"]["ranked"] == std::stoi(db.one("SELECT count(" + key + "_rank) FROM candidates")));
  double sum = 0;
  for (json const& one : model["criteria"]) {
    std::string const criterion = one["criterion"];
    check_cell(db, table, id, "val_" + criterion, entry(told["measures"], "key", criterion)["value"]);
    check_cell(db, table, id, key + "_v_" + criterion, one["value"]);
    CHECK(one["points"].is_null() == one["value"].is_null());
    if (!one["points"].is_null()) sum += one["points"].get<double>();
  }
  std::string const score = "SELECT printf('%.17g', " + key + "_score) FROM " + table + " WHERE capakey = '" + id;
  CHECK(std::abs(sum - db.number(score + "'")) <= 1e-9);
  CHECK(model["criteria"].size() == std::stoul(db.one("SELECT count(*) FROM models WHERE model = '" + key + "'")));
  CHECK(model["rules"].size() == std::stoul(db.one("SELECT count(*) FROM ledger WHERE model = '" + key + "'")));
  for (json const& rule : model["rules"]) {
    std::string const name = rule["key"];
    check_cell(db, table, id, "rule_" + name, rule["result"]);
    check_cell(db, table, id, "m_" + name, rule["margin"]);
    if (rule["effect"] == "cut") check_cell(db, table, id, "by_" + name, rule["by"]);
  }
}

}  // namespace

TEST_CASE("the points of every model sum to the score in the file, and rules and measures are those of the columns") {
  Database const db(demo());
  for (std::string const table : {"candidates", "excluded"})
    for (int const offset : {0, 150, 390, 720, 1111, 1500, 1900}) {
      std::string const id =
          db.one("SELECT capakey FROM " + table + " ORDER BY fid LIMIT 1 OFFSET " + std::to_string(offset));
      json const told = json_of(demo(), "'" + id + "'");
      CHECK(told["table"] == table);
      CHECK(told["excluded"] == (table == "excluded"));
      CHECK(told["left_out"].empty());
      REQUIRE(told["models"].size() == 3);
      for (json const& model : told["models"]) check_model(db, told, model);
    }
}

TEST_CASE("people are told first why, then what failed, what a criterion adds and what is unknown") {
  RunResult const answer = explain(demo(), "98101C0028/00B000 --model multimodal");
  INFO(answer.out << answer.err);
  CHECK(answer.exit_code == 0);
  CHECK(answer.err.empty());
  std::string const text = flat(answer.out);
  CHECK(
      has(text,
          "98101C0028/00B000 · Kanaalveld (fictief) ======================================== 0,10 ha · een van 4501 "
          "kandidaten · kanaalveld.gpkg Uitgesloten: voldoet in geen enkel model. Nieuw bedrijventerrein: Woning met "
          "strook van 30 m; Brownfield: Niet op de inventaris; Multimodaal: Woning met strook van 30 m. Multimodaal: "
          "voldoet niet ------------------------- Uitgesloten door: Woning met strook van 30 m. Score 31,0 van 100 op "
          "wat bekend is, 94,5 % van het gewicht; met het onbekende tussen 29,3 en 34,7. Geen rang: voldoet niet;"));
  CHECK(has(text, "Gewichten: startgewichten, niet bestuurlijk vastgesteld."));
  CHECK(has(text,
            "✗ Woning met strook van 30 m: 100,0 % (0,10 ha), strook van 30 m Grond: eigen keuze · Planning judgement: "
            "dwelling + 30 m; no legal distance · vakkundig oordeel Bron: Woningen (kanaalveld.gpkg); meest door 3"));
  CHECK(has(text, "= Netto over na alle uitsnijdingen: 0,00 ha van 0,10 ha"));
  CHECK(has(text,
            "! Herbevestigd agrarisch gebied: voorwaarde Aandeel HAG 100,0 %; geldt bij meer dan 2 %; marge -98,0 "
            "procentpunt."));
  CHECK(has(text, "Rijtijd tot binnenvaartterminal 7,9 min 0,88 10,9 % 10,2 van 11,5"));
  CHECK(has(text, "Rijtijd tot spoorterminal onbekend ? 5,5 % 0,0 tot 5,5"));
  CHECK(
      has(text, "onbekend (laag 'terminals' heeft objecten van klasse 'rail' alleen met een positie bij benadering)"));
  CHECK(has(text, "Som 31,0 van 100"));
  CHECK(text.find("✗ Woning") < text.find("✓ Natura"));  // what takes land goes first
  CHECK_FALSE(has(text, "Brownfield: voldoet"));
  CHECK(has(explain(demo(), "98101C0028/00B000 --language en").out, "Excluded: fails in every model."));
  std::string const two = explain(demo(), "98101C0028/00B000 --model multimodal --model brownfield").out;
  CHECK(has(two, "Brownfield: voldoet niet"));
  CHECK_FALSE(has(two, "Nieuw bedrijventerrein: voldoet niet"));
}

TEST_CASE("a class whose value is a range is told as such, and a rule at site level as one that does not count") {
  std::string const text = flat(explain(demo(), "98101C0001/00_000").out);
  INFO(text);
  // soil_class 'none' is worth 0.1 to 1 in the shipped model with weight 15 %; the parcel is narrow and yet passes.
  CHECK(has(text, "none; goed voor 1,5 tot 15,0 punten van 100 (15,0 % van het gewicht)."));
  CHECK(has(text, "Niet eenduidig: waarde 0,1 tot 1."));
  CHECK(has(text, "marge -58 m. Terreinniveau: telt niet in de uitkomst van één perceel."));
  Database const db(demo());
  CHECK(has(text, "Rang " +
                      db.one("SELECT CAST(business_park_rank AS INTEGER) FROM candidates WHERE capakey = "
                             "'98101C0001/00_000'") +
                      " van " + db.one("SELECT count(business_park_rank) FROM candidates")));
}
