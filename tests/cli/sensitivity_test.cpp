// How sure a ranking is: a run and the command say the same, and both what plain sums over the columns say.
#include "explain_support.hpp"

using namespace terrein::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

RunResult run_demo(fs::path const& result, std::string const& more = "") {
  return run(std::string(TERREIN_PROGRAM) + " run -q " + TERREIN_SOURCE_DIR +
             "/datasets/demo/study.toml --set output.file=" + result.string() + " " + more);
}

RunResult sensitivity(fs::path const& result, std::string const& more) {
  return run(std::string(TERREIN_PROGRAM) + " sensitivity " + result.string() + " " + more);
}

fs::path const& demo() {
  static TempDir const folder;
  static fs::path const result = [] {
    RunResult const made = run_demo(folder.path() / "demo.gpkg");
    if (made.exit_code != 0) throw std::runtime_error(made.err);
    return folder.path() / "demo.gpkg";
  }();
  return result;
}

double number(std::optional<std::string> const& text) { return std::stod(text.value()); }

}  // namespace

TEST_CASE("The command says of a result what the run wrote into it") {
  Database const db(demo());
  RunResult const told = sensitivity(demo(), "--json");
  REQUIRE(told.exit_code == 0);
  json const report = json::parse(told.out);
  REQUIRE(report["models"].size() == 3);
  for (json const& model : report["models"]) {
    std::string const key = model["model"];
    auto const summary = db.rows("SELECT * FROM robustness WHERE model = '" + key + "'").at(0);
    CHECK(number(summary.at("same_top_share")) == model["same_top_share"].get<double>());
    CHECK(number(summary.at("certain_n")) == model["certain_n"].get<double>());
    CHECK(number(summary.at("possible_n")) == model["possible_n"].get<double>());
    for (json const& one : model["best"]) {
      auto const row =
          db.rows("SELECT " + key + "_p_top_k AS p, " + key + "_rank_p05 AS low, " + key + "_rank_p95 AS high, " + key +
                  "_stability AS edge FROM candidates WHERE capakey = '" + one["id"].get<std::string>() + "'")
              .at(0);
      INFO(one.dump());
      CHECK(number(row.at("p")) == one["p_top_k"].get<double>());
      CHECK(number(row.at("low")) == one["rank_p05"].get<double>());
      CHECK(number(row.at("high")) == one["rank_p95"].get<double>());
      CHECK(row.at("edge").has_value() == !one["stability_pct"].is_null());
      if (row.at("edge")) CHECK(number(row.at("edge")) == Approx(one["stability_pct"].get<double>()));
    }
    std::size_t i = 0;
    for (auto const& row : db.rows("SELECT * FROM weight_stability WHERE model = '" + key + "' ORDER BY fid")) {
      json const& one = model["weights"].at(i++);
      if (!row.at("weight_pct")) continue;
      CHECK(number(row.at("low_pct")) == Approx(one["low_pct"].get<double>()));
      CHECK(number(row.at("high_pct")) == Approx(one["high_pct"].get<double>()));
      CHECK((row.at("score_total").has_value() == !one["score_total"].is_null()));
      if (row.at("score_total")) CHECK(number(row.at("score_total")) == Approx(one["score_total"].get<double>()));
    }
    CHECK(i == model["weights"].size());
    i = 0;
    for (auto const& row : db.rows("SELECT * FROM investigate_first WHERE model = '" + key + "' ORDER BY fid")) {
      json const& one = model["investigate_first"].at(i++);
      CHECK(row.at("id") == one["id"].get<std::string>());
      CHECK(row.at("field") == one["field"].get<std::string>());
      CHECK(number(row.at("gain_points")) == Approx(one["gain_points"].get<double>()));
    }
    CHECK(i == model["investigate_first"].size());
  }
  CHECK(sensitivity(demo(), "--json --workers 7").out == told.out);
}

TEST_CASE("Chances, ranges of ranks and shares of ranks fit together") {
  Database const db(demo());
  for (std::string const model : {"business_park", "brownfield", "multimodal"}) {
    INFO(model);
    std::string const all = " FROM (SELECT " + model + "_p_top_k AS p, " + model + "_rank AS rank, " + model +
                            "_rank_p05 AS low, " + model + "_rank_p95 AS high FROM candidates)";
    CHECK(db.one("SELECT count(*)" + all + " WHERE (rank IS NULL) <> (p IS NULL)") == "0");
    CHECK(db.one("SELECT count(*)" + all + " WHERE low > high OR low < 1") == "0");
    double const ranked = std::stod(db.one("SELECT count(rank)" + all));
    double const in_top = std::stod(db.one("SELECT sum(p)" + all));  // ties at the edge are all in
    CHECK(in_top >= std::min(20.0, ranked) - 1e-9);
    CHECK(in_top < std::min(20.0, ranked) + 10);
    CHECK(db.one("SELECT count(*)" + all + " WHERE p = 1 AND high > 20") == "0");
    CHECK(db.one("SELECT count(*)" + all + " WHERE p = 0 AND low <= 20") == "0");
    // The shares of the ranks of a candidate sum to 1, and those up to 20 to its chance where nobody ties.
    CHECK(db.one("SELECT count(*) FROM (SELECT sum(share) AS s FROM rank_shares WHERE model = '" + model +
                 "' GROUP BY id) WHERE abs(s - 1) > 1e-6") == "0");
    CHECK(db.one("SELECT count(*) FROM pairwise WHERE model = '" + model +
                 "' AND wins_share + loses_share > 1.0000001") == "0");
    CHECK(db.one("SELECT count(*) FROM (SELECT sum(central_pct) AS s FROM central_weights WHERE model = '" + model +
                 "' GROUP BY id) WHERE abs(s - 100) > 1e-6") == "0");
  }
  CHECK(db.one("SELECT count(*) FROM excluded WHERE business_park_p_top_k IS NOT NULL") == "0");
  CHECK(std::stoi(db.one("SELECT count(*) FROM sites WHERE business_park_rank_p95 IS NOT NULL")) > 0);
}

TEST_CASE(
    "A run with the figures of a draw measures what that draw did, and central factors are those of a run without") {
  Database const db(demo());
  TempDir const folder;
  // The shipped table with the figures of the seventh draw in place of those of its first set.
  std::map<std::string, std::string> drawn;
  for (auto const& row : db.rows("SELECT factor_kind || ',' || mode || ',' || coalesce(vehicle, '') || ',' || goods || "
                                 "',' || quantity || ',' || unit AS factor, printf('%.17g', draw_7) AS figure "
                                 "FROM factor_draws"))
    drawn[row.at("factor").value()] = row.at("figure").value();
  CHECK(drawn.size() > 20);
  std::istringstream shipped(read_file(TERREIN_SOURCE_DIR "/datasets/freight/factors.csv"));
  std::string own, line;
  std::size_t replaced = 0;
  while (std::getline(shipped, line)) {
    std::size_t comma = line.find(',');
    if (std::size_t const begin = comma + 1; line.starts_with("starter,")) {
      for (int field = 0; field < 6; ++field) comma = line.find(',', comma + 1);
      if (auto const found = drawn.find(line.substr(begin, comma - begin)); found != drawn.end()) {
        std::size_t end = comma;
        for (int field = 0; field < 3; ++field) end = line.find(',', end + 1);
        line.replace(comma + 1, end - comma - 1, found->second + "," + found->second + "," + found->second);
        ++replaced;
      }
    }
    own += line + "\n";
  }
  CHECK(replaced == drawn.size());
  write_file(folder.path() / "own.csv", own);
  RunResult const with =
      run_demo(folder.path() / "with.gpkg", "--set chains.container.factors=" + (folder.path() / "own.csv").string());
  INFO(with.err);
  REQUIRE(with.exit_code == 0);
  (void)db.rows("ATTACH '" + (folder.path() / "with.gpkg").string() + "' AS own");
  std::string const pairs =
      "FROM main.drawn_measures d JOIN own.candidates c ON c.capakey = d.id WHERE d.criterion = 'euro_saved' AND "
      "d.figure = 'value' AND ";
  CHECK(db.number("SELECT count(*) " + pairs + "abs(d.draw_7 - c.val_euro_saved) <= 1e-12 * abs(d.draw_7)") ==
        db.number("SELECT count(*) FROM main.drawn_measures"));
  CHECK(db.number("SELECT count(*) " + pairs + "abs(d.draw_6 - c.val_euro_saved) > 0.01") > 1000);
  // With factors that are sure of themselves nothing is drawn.
  CHECK(db.number("SELECT count(*) FROM own.sqlite_master WHERE name IN ('factor_draws', 'drawn_measures')") == 0);
  CHECK(db.number("SELECT sum(factor_draws) FROM own.robustness") == 0);

  RunResult const central = run_demo(folder.path() / "central.gpkg", "--set robustness.factor_draws=0");
  REQUIRE(central.exit_code == 0);
  Database const without(folder.path() / "central.gpkg");
  json const told = json::parse(sensitivity(demo(), "--model multimodal --factors central --json").out)["models"].at(0);
  json const as_drawn = json::parse(sensitivity(demo(), "--model multimodal --json").out)["models"].at(0);
  CHECK(told["factor_draws"] == 0);
  CHECK(as_drawn["factor_draws"] == 100);
  CHECK(has(sensitivity(demo(), "--model multimodal --factors central").out, "er zijn er geen getrokken"));
  CHECK(has(sensitivity(demo(), "--model multimodal").out, "zijn 100 keer getrokken"));
  std::size_t differ = 0;
  for (std::size_t i = 0; i < told["best"].size(); ++i) {
    json const& one = told["best"][i];
    CHECK(without.number("SELECT multimodal_p_top_k FROM candidates WHERE capakey = '" + one["id"].get<std::string>() +
                         "'") == one["p_top_k"].get<double>());
    differ += one["p_top_k"] != as_drawn["best"][i]["p_top_k"] ? 1U : 0U;
  }
  CHECK(differ > 5);
}

TEST_CASE("What was set by hand stays under all draws of the factors") {
  TempDir const folder;
  std::string const set = "98102E0115/00B000", other = "98102E0116/00_000";  // two of the best, both at the quay
  write_file(folder.path() / "known.csv",
             "id,field,value,source\n" + set + ",euro_saved,9.5,offerte van een rederij\n");
  RunResult const made =
      run_demo(folder.path() / "set.gpkg", "--set additions.source=" + (folder.path() / "known.csv").string());
  INFO(made.err);
  REQUIRE(made.exit_code == 0);
  Database const db(folder.path() / "set.gpkg");
  std::string const drawn = "SELECT count(*) FROM drawn_measures WHERE criterion = 'euro_saved' AND id = '";
  CHECK(db.number(drawn + set + "'") == 0);
  CHECK(db.number(drawn + other + "'") == 1);
  CHECK(Database(demo()).number(drawn + set + "'") == 1);
  CHECK(db.number("SELECT val_euro_saved FROM candidates WHERE capakey = '" + set + "'") == 9.5);
}

TEST_CASE("A weight at the end of its interval changes the top when it is run, and inside it does not", "[slow]") {
  Database const db(demo());
  auto const row = db.rows(
                         "SELECT s.criterion AS criterion, high_pct, low_pct, rises_above, m.weight AS weight, (SELECT "
                         "sum(weight) FROM models "
                         "WHERE model = 'business_park') AS total FROM weight_stability s JOIN models m ON m.model = "
                         "s.model AND m.criterion = "
                         "s.criterion WHERE s.model = 'business_park' AND rises_above IS NOT NULL ORDER BY high_pct - "
                         "weight_pct LIMIT 1")
                       .at(0);
  double const high = number(row.at("high_pct")) / 100, others = number(row.at("total")) - number(row.at("weight"));
  auto const top_with = [&](double share) {
    TempDir const folder;
    fs::path const after = folder.path() / "after.gpkg";
    std::string const weight = std::to_string(share / (1 - share) * others);
    REQUIRE(run_demo(after, "--set models.business_park.weights." + *row.at("criterion") + "=" + weight).exit_code ==
            0);
    return Database(after).one(
        "SELECT group_concat(capakey) FROM (SELECT capakey FROM candidates WHERE business_park_rank <= 20 ORDER BY "
        "capakey)");
  };
  std::string const now = db.one(
      "SELECT group_concat(capakey) FROM (SELECT capakey FROM candidates WHERE business_park_rank <= 20 ORDER BY "
      "capakey)");
  CHECK(top_with(high - 1e-5) == now);
  std::string const beyond = top_with(high + 1e-5);
  CHECK(beyond != now);
  CHECK(has(beyond, *row.at("rises_above")));
}

TEST_CASE("Settings change what is drawn, and wrong ones are told in a sentence") {
  auto const p = [](std::string const& more) {
    return json::parse(sensitivity(demo(), "--json --model business_park " + more).out)["models"][0];
  };
  json const usual = p("");
  CHECK(p("--seed 2")["best"] != usual["best"]);
  json const fixed = p("--weights fixed --missing left_out");
  CHECK(fixed["same_top_share"] == 1.0);
  CHECK(fixed["weights"][0]["score_total"].is_null());
  json const order = p("--weights order --draws 200 --top 5");
  CHECK(order["top_k"] == 5);
  CHECK(order["draws"] == 200);
  CHECK(p("--weights any")["same_top_share"].get<double>() <= usual["same_top_share"].get<double>());
  for (std::string const arguments :
       {"--model nobody", "--points 100", "--concentration 0", "--draws 0", "--weights gauss"}) {
    RunResult const result = sensitivity(demo(), arguments);
    INFO(arguments << ": " << result.err);
    CHECK(result.exit_code == 2);
  }
  RunResult const english = sensitivity(demo(), "--language en --model business_park --shown 3");
  CHECK(has(english.out, "investigate first"));
  CHECK(has(sensitivity(demo(), "--model business_park").out, "eerst onderzoeken"));
}
