// Those who have a say: their rankings, what they agree on and where they differ, recomputed from what the result says.
#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

RunResult program(std::string const& arguments) { return run(std::string(TERREIN_PROGRAM) + " " + arguments); }

/// The small world with two who have a say: one wants to be near the rail, one wants cheap land. B is cheaper than C;
/// of C1 the price is not known. A is wet and fails.
class SmallPanel : public SmallWorld {
 public:
  explicit SmallPanel(std::string const& top = "3") {
    edit("parcels.geojson", R"("key":"C1","price":12)", R"("key":"C1","price":null)");
    edit("study.toml", "[rules.dry]", "[criteria.price]\nmeasure = \"own_attribute\"\nfield = \"price\"\n[rules.dry]");
    edit("study.toml", "[models.own.values.wet]",
         "[models.own.values.price]\npoints = \"11:1|12:0\"\n[models.own.values.wet]");
    edit("study.toml", "rail_m = 3\n", "rail_m = 3\nprice = 1\n");
    edit("study.toml", "[output]",
         "[robustness]\ndraws = 10\ntop = " + top +
             "\n[stakeholders.spoor]\nweights = \"spoor.toml\"\nshare = 3\n"
             "[stakeholders.goedkoop]\nlabel = \"Goedkoop & co\"\nweights = \"goedkoop.toml\"\n"
             "[output]");
    write_file(path("spoor.toml"),
               "name = \"Spoor\"\ndate = 2026-01-02\n[models.own]\nweights = { rail_m = 1 }\nwithout = \"*\"\n");
    write_file(path("goedkoop.toml"),
               "name = \"Prijs\"\ndate = 2026-01-03\nadopted_by = \"Bond\"\nadopted_on = "
               "2026-01-04\n[models.own]\nranking = [\"price\"]\nwithout = \"*\"\n");
  }
  void run_it(std::string const& arguments = "") const {
    RunResult const result = terrein("--overwrite " + arguments);
    INFO(result.err << result.out);
    REQUIRE(result.exit_code == 0);
  }
};

/// Rows of a query as "a b|c d".
std::string lines(Database const& db, std::string const& columns, std::string const& from) {
  std::string out;
  for (auto const& row : db.rows("SELECT " + columns + " AS t FROM " + from))
    out += (out.empty() ? "" : "|") + row.at("t").value_or("NULL");
  return out;
}

}  // namespace

TEST_CASE("Each stakeholder has a ranking, and what is not known is nobody's bad mark", "[pipeline]") {
  SmallPanel const world;
  world.run_it();
  Database const db(world.path("result.gpkg"));
  // Near the rail: C on 1 (three alike), B on 4. Cheap: B on 1, C2 and C3 on 4; C1 without price has no rank there.
  CHECK(
      lines(db,
            "id || ' ' || rank_spoor || ' ' || coalesce(rank_goedkoop, '-') || ' ' || acceptance || ' ' || top_k_n || "
            "'/' || stakeholders_ranked_n || ' ' || coalesce(rank_spread, '-')",
            "stakeholders ORDER BY id") ==
      "B1 4 1 not_everyone 1/2 3|B2 4 1 not_everyone 1/2 3|B3 4 1 not_everyone 1/2 3|"
      "C1 1 - unknown 1/1 -|C2 1 4 not_everyone 1/2 3|C3 1 4 not_everyone 1/2 3");
  // Three of four votes are for the rail. Among the five that both rank: C2, C3 have 1,5 there and 4,5 for the price,
  // B 4 and 2; (3 · 1,5 + 4,5) / 4 = 2,25 and (3 · 4 + 2) / 4 = 3,5.
  CHECK(lines(db, "id || ' ' || coalesce(mean_rank || ' ' || consensus_rank, '-') || ' ' || top_k_share",
              "stakeholders ORDER BY id") ==
        "B1 3.5 3 0.25|B2 3.5 3 0.25|B3 3.5 3 0.25|C1 - 0.75|C2 2.25 1 0.75|C3 2.25 1 0.75");
  CHECK(lines(db, "id || ' ' || score_spoor || ' ' || coalesce(score_goedkoop, '-')",
              "stakeholders WHERE id IN ('B1', 'C1') ORDER BY id") == "B1 50.0 100.0|C1 100.0 -");
  // Two opposite rankings have W = 0, tau-b and rho are -1. Among the five, the best three by the rail are C2, C3 and
  // all that tie for the third place, those by the price are B: three in both.
  CHECK(lines(db, "kendall_w || ' ' || compared_n || ' ' || all_accept_n || ' ' || consensus_best",
              "stakeholder_agreement WHERE stakeholder IS NULL") == "0.0 5 0 C2|C3|B1|B2|B3");
  CHECK(lines(db, "kendall || ' ' || round(spearman, 9) || ' ' || top_both_n || ' ' || compared_n",
              "stakeholder_agreement WHERE stakeholder = 'spoor' AND other_stakeholder = 'goedkoop'") ==
        "-1.0 -1.0 3 5");
  CHECK(lines(db, "stakeholder || '-' || other_stakeholder",
              "stakeholder_agreement WHERE stakeholder IS NOT NULL ORDER BY fid") ==
        "(model)-spoor|(model)-goedkoop|spoor-goedkoop");
  CHECK(lines(db, "stakeholder || ' ' || criterion || ' ' || weight_pct || ' ' || say",
              "stakeholder_weights WHERE weight_pct > 0 ORDER BY stakeholder") ==
        "goedkoop price 100.0 1.0|spoor rail_m 100.0 3.0");
  // Names, dates and origin stand with the layer; people read Dutch.
  std::string const description = db.one("SELECT description FROM gpkg_contents WHERE table_name = 'stakeholders'");
  for (char const* part : {"Spoor: gewichten 'Spoor' van 2026-01-02: rechtstreeks", "Goedkoop & co: gewichten 'Prijs'",
                           "vastgesteld door Bond (2026-01-04)", "niet bestuurlijk vastgesteld", "k = 3"}) {
    INFO(description << " lacks " << part);
    CHECK(has(description, part));
  }
  CHECK(db.one(
            "SELECT name FROM gpkg_data_columns WHERE table_name = 'stakeholders' AND column_name = 'rank_goedkoop'") ==
        "rang: Goedkoop & co");
  CHECK(lines(db, "value || '=' || description", "gpkg_data_column_constraints WHERE constraint_name = 'acceptance'") ==
        "everyone=iedereen|not_everyone=niet iedereen|unknown=onbekend");
  RunResult const told = world.terrein("--overwrite");
  CHECK(
      has(told.out, "2 belanghebbenden: 0 kandidaten bij de beste 3 van iedereen, overeenstemming (Kendalls W) 0,00"));
}

TEST_CASE("Those without weights for a model do not count for it, and models left out show nothing", "[pipeline]") {
  SmallPanel const world("6");
  world.edit("study.toml", "[output]",
             "[models.other]\nlabel = \"Ander\"\n[models.other.weights]\nrail_m = 1\n[models.other.values.rail_m]\n"
             "points = \"0:1|200:0\"\n[output]");
  world.edit("spoor.toml", "[models.own]", "[models.other]\nweights = { rail_m = 1 }\n[models.own]");
  world.run_it();
  Database const db(world.path("result.gpkg"));
  // Alone one agrees with oneself: everyone has the top 6 of nine (A fails no rule of this model).
  CHECK(lines(db, "id || acceptance || coalesce(rank_goedkoop, '-') || coalesce(rank_spread, '-')",
              "stakeholders WHERE model = 'other' ORDER BY id") ==
        "B1everyone--|B2everyone--|B3everyone--|C1everyone--|C2everyone--|C3everyone--");
  CHECK(db.one("SELECT all_accept_n FROM stakeholder_agreement WHERE model = 'other' AND stakeholder IS NULL") == "6");
  // With k = 6 both accept all five that both rank.
  CHECK(db.one("SELECT all_accept_n FROM stakeholder_agreement WHERE model = 'own' AND stakeholder IS NULL") == "5");
  world.edit("study.toml", "file = \"result.gpkg\"", "file = \"result.gpkg\"\nleave_out = [\"own\"]");
  world.run_it();
  Database const less(world.path("result.gpkg"));
  for (char const* table : {"stakeholders", "stakeholder_agreement", "stakeholder_weights"})
    CHECK(less.one(std::string("SELECT group_concat(DISTINCT model) FROM ") + table) == "other");
}

TEST_CASE("Stakeholders score by the method and the groups of the model", "[pipeline]") {
  SmallPanel const world("6");
  world.edit("study.toml", "[models.own.weights]",
             "[models.own.groups.grond]\ncriteria = [\"price\", \"wet\"]\nweight = 2\ncompensation = 0\n"
             "[models.own.weights]");
  write_file(world.path("spoor.toml"),
             "name = \"Spoor\"\ndate = 2026-01-02\n[models.own]\nweights = { rail_m = 2, price = 2, wet = 1 }\n");
  world.run_it();
  Database const db(world.path("result.gpkg"));
  // The group is a geometric mean: nothing for C, whose price is the worst, everything for B. With 2 for the rail
  // beside 2 for the group B has (0,5 + 1) / 2 and C2 (1 + 0) / 2.
  CHECK(lines(db, "id || ' ' || round(score_spoor, 9)", "stakeholders WHERE id IN ('B1', 'C2') ORDER BY id") ==
        "B1 75.0|C2 50.0");
  CHECK(lines(db, "criterion || ' ' || round(weight_pct, 6)",
              "stakeholder_weights WHERE stakeholder = 'spoor' ORDER BY criterion") ==
        "price 33.333333|rail_m 50.0|wet 16.666667");
  RunResult const rescored =
      program("rescore " + world.path("result.gpkg").string() + " --weights " + world.path("spoor.toml").string() +
              " --output " + world.path("anew.gpkg").string());
  INFO(rescored.err);
  REQUIRE(rescored.exit_code == 0);
  Database const anew(world.path("anew.gpkg"));
  CHECK(anew.one("SELECT count(*) FROM stakeholders s JOIN candidates c ON c.key = s.id WHERE s.rank_spoor IS NOT "
                 "c.own_rank OR abs(s.score_spoor - c.own_score) > 1e-9") == "0");
}

TEST_CASE("A panel over nothing is told as nothing", "[pipeline]") {
  SmallPanel const world;
  // All land is wet: every candidate fails.
  world.edit("flood.geojson", "[100100,200000],[100100,200300]", "[100400,200000],[100400,200300]");
  world.run_it();
  Database const db(world.path("result.gpkg"));
  CHECK(db.one("SELECT count(*) FROM stakeholders") == "0");
  CHECK(lines(db, "coalesce(kendall_w, '-') || compared_n || all_accept_n || coalesce(consensus_best, '-')",
              "stakeholder_agreement WHERE stakeholder IS NULL") == "-00-");
}

TEST_CASE("The order in which candidates come changes nothing of what stakeholders see", "[pipeline]") {
  SmallPanel const world;
  auto const shown = [&] {
    world.run_it();
    Database const db(world.path("result.gpkg"));
    std::string out;
    for (char const* table : {"stakeholders", "stakeholder_agreement", "stakeholder_weights"})
      for (auto const& row : db.rows(std::string("SELECT * FROM ") + table + " ORDER BY fid"))
        for (auto const& [column, value] : row)
          if (column != "geom") out += column + "=" + value.value_or("NULL") + "\n";
    return out;
  };
  std::string const before = shown();
  CHECK(has(before, "rank_spoor=1"));
  auto json = nlohmann::json::parse(read_file(world.path("parcels.geojson")));
  std::reverse(json["features"].begin(), json["features"].end());
  write_file(world.path("parcels.geojson"), json.dump());
  CHECK(shown() == before);
}

TEST_CASE("Weights that follow from the data say so wherever they stand", "[pipeline]") {
  SmallPanel const world;
  write_file(world.path("goedkoop.toml"),
             "name = \"Gegevens\"\ndate = 2026-01-03\n[models.own]\nfrom_data = \"entropy\"\n");
  world.run_it();
  Database const db(world.path("result.gpkg"));
  // Dry land alone is left: `wet` is 0 everywhere and tells nothing apart. Of the five with all known (C1 lacks the
  // price) the rail gives 0,5 three times and 1 twice, the price 1 three times and 0 twice.
  auto const information = [](std::vector<double> const& values) {
    double sum = 0, entropy = 0;
    for (double const value : values) sum += value;
    for (double const value : values)
      if (value > 0) entropy -= value / sum * std::log(value / sum);
    return 1 - entropy / std::log(static_cast<double>(values.size()));
  };
  double const rail = information({0.5, 0.5, 0.5, 1, 1}), price = information({1, 1, 1, 0, 0});
  auto const weight = [&](std::string const& criterion) {
    return db.number("SELECT weight_pct FROM stakeholder_weights WHERE stakeholder = 'goedkoop' AND criterion = '" +
                     criterion + "'");
  };
  CHECK(weight("rail_m") == Approx(100 * rail / (rail + price)).epsilon(1e-9));
  CHECK(weight("price") == Approx(100 * price / (rail + price)).epsilon(1e-9));
  CHECK(weight("wet") == 0);
  CHECK(has(db.one("SELECT DISTINCT elicitation FROM stakeholder_weights WHERE stakeholder = 'goedkoop'"),
            "beschrijft de gegevens, geen beleid"));
  CHECK(has(db.one("SELECT description FROM gpkg_contents WHERE table_name = 'stakeholders'"),
            "beschrijft de gegevens, geen beleid"));
}

TEST_CASE("A set of weights stands in every output, and a changed file is found out", "[pipeline]") {
  SmallPanel const world;
  world.edit("study.toml", "[models.own.weights]\nrail_m = 3\nprice = 1\nwet = 1\n", "");
  world.edit("study.toml", "label = \"Eigen model\"\n", "label = \"Eigen model\"\nweights_file = \"raad.toml\"\n");
  // Around the three: 2 · 2 against 1.
  write_file(world.path("raad.toml"),
             "name = \"Raadsgewichten\"\ndate = 2026-05-01\nadopted_by = \"Gemeenteraad\"\nadopted_on = 2026-05-04\n"
             "[models.own]\npairs = [[\"rail_m\", \"price\", 2], [\"price\", \"wet\", 2], [\"rail_m\", \"wet\", 1]]\n");
  world.run_it();
  auto const file = world.path("result.gpkg");
  {
    Database const db(file);
    CHECK(db.one("SELECT DISTINCT weight_set || ' ' || weight_set_date || ' ' || elicitation FROM models") ==
          "Raadsgewichten 2026-05-01 paarsgewijze vergelijking (AHP, eigenvector)");
    CHECK(db.number("SELECT DISTINCT consistency_ratio FROM models") > 0.1);
    // By symmetry the eigenvector of these judgements is that of the geometric means: cube roots of 2, 1 and 1/2.
    for (auto const& [criterion, mean] : {std::pair{"rail_m", std::cbrt(2.0)}, {"price", 1.0}, {"wet", std::cbrt(0.5)}})
      CHECK(db.number(std::string("SELECT weight_share FROM models WHERE criterion = '") + criterion + "'") ==
            Approx(mean / (std::cbrt(2.0) + 1 + std::cbrt(0.5))).epsilon(1e-9));
    std::string const note = db.one("SELECT DISTINCT adopted FROM models");
    for (char const* part : {"gewichten 'Raadsgewichten' van 2026-05-01", "vastgesteld door Gemeenteraad (2026-05-04)",
                             "onsistentieverhouding", "'rail_m'"}) {
      INFO(note << " lacks " << part);
      CHECK(has(note, part));
    }
    CHECK(has(db.one("SELECT description FROM gpkg_contents WHERE table_name = 'candidates'"), note));
    RunResult const explained = program("explain " + file.string() + " C2 --json");
    INFO(explained.err);
    CHECK(nlohmann::json::parse(explained.out)["models"][0]["weights_note"] == note);
  }
  auto const manifest = nlohmann::json::parse(read_file(file.string() + ".run.json"));
  CHECK(manifest["models"][0]["weight_set"]["label_nl"] == "Raadsgewichten");
  CHECK(manifest["weights_files"].size() == 3);
  CHECK(manifest["weights_files"][0]["key"] == "models.own.weights_file");
  CHECK(manifest["weights_files"][0]["source"] == "raad.toml");

  std::string const bytes = read_file(file);
  RunResult const same = program("verify " + file.string() + ".run.json");
  INFO(same.out << same.err);
  CHECK(same.exit_code == 0);
  RunResult const again = program("rerun " + file.string() + ".run.json --overwrite");
  INFO(again.err);
  REQUIRE(again.exit_code == 0);
  CHECK(read_file(file) == bytes);
  world.edit("raad.toml", "\"wet\", 2]", "\"wet\", 3]");
  RunResult const changed = program("verify --inputs-only " + file.string() + ".run.json");
  CHECK(changed.exit_code == 3);
  CHECK(has(changed.out, "changed"));
  CHECK(has(changed.out, "models.own.weights_file"));
  std::filesystem::remove(world.path("spoor.toml"));
  CHECK(has(program("verify --inputs-only " + file.string() + ".run.json").out, "missing    weights"));
}

TEST_CASE("Weights that a result is scored with anew are those of a run that reads the same file", "[pipeline]") {
  SmallPanel const world;
  world.run_it("--set output.file=before.gpkg");
  write_file(world.path("raad.toml"),
             "name = \"Raad\"\ndate = 2026-05-01\n[models.own]\nswing = { rail_m = 100, price = "
             "[20, 60], wet = 0 }\n");
  RunResult const rescored =
      program("rescore " + world.path("before.gpkg").string() + " --weights " + world.path("raad.toml").string() +
              " --output " + world.path("anew.gpkg").string());
  INFO(rescored.err);
  REQUIRE(rescored.exit_code == 0);
  world.edit("study.toml", "[models.own.weights]\nrail_m = 3\nprice = 1\nwet = 1\n", "");
  world.edit("study.toml", "label = \"Eigen model\"\n", "label = \"Eigen model\"\nweights_file = \"raad.toml\"\n");
  world.run_it();
  Database const wanted(world.path("result.gpkg"));
  Database const anew(world.path("anew.gpkg"));
  // 100 and 40 of 140 points; the weights keep the sum of 5.
  CHECK(lines(anew, "criterion || ' ' || round(weight, 9) || ' ' || elicitation || ' ' || weight_set",
              "models WHERE weight > 0 ORDER BY criterion") ==
        "price 1.428571429 punten voor de sprong van slechtst naar best (swing) Raad|"
        "rail_m 3.571428571 punten voor de sprong van slechtst naar best (swing) Raad");
  // B: 100/140 · 0,5 + 40/140; C2: 100/140.
  CHECK(lines(anew, "key || ' ' || round(own_score, 6) || ' ' || own_rank",
              "candidates WHERE key IN ('B1', 'C2') ORDER BY "
              "key") == "B1 64.285714 4|C2 71.428571 2");
  for (auto const& [columns, table] :
       {std::pair{"key || coalesce(round(own_score, 9) || ' ' || own_rank, '-')", "candidates ORDER BY key"},
        {"criterion || round(weight_share, 12) || adopted || weight_set || weight_set_date",
         "models ORDER BY criterion"}})
    CHECK(lines(anew, columns, table) == lines(wanted, columns, table));
}

namespace {

/// What the bundled study says of one candidate.
struct Parcel {
  std::string id;
  bool fails = false;
  std::map<std::string, double> values;
};

std::vector<Parcel> parcels_of(Database const& db, std::vector<std::string> const& criteria) {
  std::vector<Parcel> out;
  std::string columns = "capakey, business_park_outcome";
  for (std::string const& one : criteria) columns += ", business_park_v_" + one;
  for (char const* table : {"candidates", "excluded"})
    for (auto const& row : db.rows("SELECT " + columns + " FROM " + table)) {
      Parcel parcel{*row.at("capakey"), row.at("business_park_outcome") == "voldoet niet", {}};
      for (std::string const& one : criteria)
        if (auto const& value = row.at("business_park_v_" + one)) parcel.values[one] = std::stod(*value);
      out.push_back(parcel);
    }
  return out;
}

/// Competition ranks by plain counting; scores that differ by less than 1e-9 tie.
std::map<std::string, double> ranks_of(std::vector<Parcel> const& parcels,
                                       std::map<std::string, double> const& weights) {
  std::vector<std::pair<double, std::string>> scored;
  for (Parcel const& one : parcels) {
    double known = 0, sum = 0;
    for (auto const& [criterion, weight] : weights)
      if (auto const value = one.values.find(criterion); value != one.values.end()) {
        known += weight;
        sum += weight * value->second;
      }
    if (!one.fails && known >= 0.7 - 1e-12) scored.emplace_back(sum / known, one.id);
  }
  std::sort(scored.rbegin(), scored.rend());
  std::map<std::string, double> out;
  double rank = 0, before = 2;
  for (std::size_t i = 0; i < scored.size(); ++i) {
    if (scored[i].first < before - 1e-9) rank = static_cast<double>(i) + 1;
    before = scored[i].first;
    out[scored[i].second] = rank;
  }
  return out;
}

}  // namespace

TEST_CASE("the rankings of the bundled study's stakeholders follow from its values", "[pipeline][demo]") {
  TempDir const folder;
  auto const file = folder.path() / "demo.gpkg";
  RunResult const result =
      program("run -q " TERREIN_SOURCE_DIR "/datasets/demo/study.toml --set output.file=" + file.string());
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  Database const db(file);
  std::vector<std::string> criteria;
  for (auto const& row : db.rows("SELECT criterion FROM models WHERE model = 'business_park' ORDER BY fid"))
    criteria.push_back(*row.at("criterion"));
  auto const parcels = parcels_of(db, criteria);
  std::map<std::string, std::map<std::string, double>> weights;
  for (auto const& row : db.rows("SELECT stakeholder, criterion, weight_pct FROM stakeholder_weights"))
    weights[*row.at("stakeholder")][*row.at("criterion")] = std::stod(*row.at("weight_pct")) / 100;
  REQUIRE(weights.size() == 3);
  // Eleven criteria in ten places: the first has (1/11) (1 + 1/2 + … + 1/11).
  double first = 0;
  for (int i = 1; i <= 11; ++i) first += 1.0 / i / 11;
  CHECK(weights["natuur"]["nature_dist_m"] == Approx(first).epsilon(1e-12));
  // Points 100, 60, 50, 30, 30 and 20, of 290.
  CHECK(weights["landbouw"]["hag_share"] == Approx(100.0 / 290).epsilon(1e-12));
  CHECK(weights["landbouw"]["bundling_share"] == Approx(60.0 / 290).epsilon(1e-12));
  CHECK(weights["ondernemers"]["hag_share"] == 0);

  std::map<std::string, std::map<std::string, double>> ranks;
  std::set<std::string> listed;
  for (auto const& [who, mine] : weights) {
    ranks[who] = ranks_of(parcels, mine);
    for (auto const& [id, rank] : ranks[who])
      if (rank <= 20) listed.insert(id);
  }
  auto const rows = db.rows("SELECT * FROM stakeholders WHERE model = 'business_park'");
  CHECK(rows.size() == listed.size());
  CHECK(rows.size() > 20);
  std::size_t wrong = 0, accepted = 0;
  for (auto const& row : rows) {
    std::string const id = *row.at("id");
    wrong += listed.contains(id) ? 0U : 1U;
    std::size_t in_top = 0, ranked = 0;
    double best = 1e9, worst = 0;
    for (auto const& [who, of] : ranks) {
      auto const rank = of.find(id);
      auto const& told = row.at("rank_" + who);
      wrong += told.has_value() == (rank != of.end()) && (!told || std::stod(*told) == rank->second) ? 0U : 1U;
      if (rank == of.end()) continue;
      ++ranked;
      in_top += rank->second <= 20 ? 1U : 0U;
      best = std::min(best, rank->second);
      worst = std::max(worst, rank->second);
    }
    std::string const acceptance = in_top < ranked ? "not_everyone" : ranked == 3 ? "everyone" : "unknown";
    accepted += acceptance == "everyone" ? 1U : 0U;
    wrong += row.at("acceptance") == acceptance && std::stod(*row.at("best_rank")) == best &&
                     std::stod(*row.at("worst_rank")) == worst
                 ? 0U
                 : 1U;
  }
  CHECK(wrong == 0);
  CHECK(db.number("SELECT all_accept_n FROM stakeholder_agreement WHERE stakeholder IS NULL") ==
        static_cast<double>(accepted));

  // Scored anew with the weights of one, the result ranks as that one does.
  auto const anew = folder.path() / "natuur.gpkg";
  RunResult const rescored = program("rescore " + file.string() +
                                     " --weights " TERREIN_SOURCE_DIR
                                     "/datasets/demo/weights/natuur.toml "
                                     "--output " +
                                     anew.string());
  INFO(rescored.err);
  REQUIRE(rescored.exit_code == 0);
  Database const other(anew);
  CHECK(
      other.one("SELECT count(*) FROM stakeholders s JOIN candidates c ON c.capakey = s.id WHERE s.rank_natuur IS NOT "
                "c.business_park_rank") == "0");
}

TEST_CASE("stakeholders: the same bytes for 1, 2 and 7 workers", "[pipeline]") {
  SmallPanel const world;
  std::string bytes;
  for (char const* workers : {"1", "2", "7"}) {
    world.run_it(std::string("--workers ") + workers);
    std::string const now = read_file(world.path("result.gpkg"));
    if (!bytes.empty()) CHECK((now == bytes));
    bytes = now;
  }
}
