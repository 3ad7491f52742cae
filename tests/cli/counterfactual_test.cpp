// What would be enough: every change that is told is put into the study by hand and run again.
#include "explain_support.hpp"
#include "terrein/core/text.hpp"

using namespace terrein::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// The bundled study, run once for all tests of this file.
fs::path const& demo() {
  static TempDir const folder;
  static fs::path const result = [] {
    fs::path out = folder.path() / "demo.gpkg";
    RunResult const made = run(std::string(TERREIN_PROGRAM) + " run -q " + TERREIN_SOURCE_DIR +
                               "/datasets/demo/study.toml --set output.file=" + out.string());
    if (made.exit_code != 0) throw std::runtime_error(made.err);
    return out;
  }();
  return result;
}

json changes(std::string const& id, std::string const& more) {
  RunResult const told =
      run(std::string(TERREIN_PROGRAM) + " explain " + demo().string() + " " + id + " --changes --json " + more);
  INFO(told.err);
  REQUIRE(told.exit_code == 0);
  return json::parse(told.out);
}

json const& model_of(json const& report, std::string const& key) {
  for (json const& one : report["models"])
    if (one["model"] == key) return one;
  throw std::runtime_error("no model " + key);
}

double share_of_weight(Database const& db, std::string const& model, std::string const& criterion) {
  return std::stod(db.one("SELECT weight / (SELECT sum(weight) FROM models WHERE model = '" + model +
                          "') FROM models WHERE model = '" + model + "' AND criterion = '" + criterion + "'"));
}

}  // namespace

TEST_CASE("A measure that is told to be enough is enough when it is put in by hand", "[slow]") {
  Database const db(demo());
  std::size_t tried = 0;
  for (int const rank : {25, 60, 150, 400}) {
    std::string const id = db.one("SELECT capakey FROM candidates WHERE business_park_rank = " + std::to_string(rank));
    json const report = changes(id, "--model business_park --top 20");
    for (json const& change : model_of(report, "business_park")["enters_top_with"]) {
      std::string const criterion = change["criterion"];
      TempDir const folder;
      fs::path const after = folder.path() / "after.gpkg";
      std::string set;
      if (change["of"] == "weight") {
        // All other weights keep their proportions when this one alone is written anew: t / (1 - t) of their sum.
        double const t = change["to"].get<double>() / 100;
        double const others = 1 - share_of_weight(db, "business_park", criterion);
        double const scale = std::stod(db.one("SELECT sum(weight) FROM models WHERE model = 'business_park'"));
        set =
            " --set models.business_park.weights." + criterion + "=" + terrein::shortest(t / (1 - t) * others * scale);
      } else {
        std::string const value =
            change["to"].is_string() ? change["to"].get<std::string>() : terrein::shortest(change["to"].get<double>());
        write_file(folder.path() / "more.csv",
                   "id,field,value,source,by\n" + id + "," + criterion + "," + value + ",t,t\n");
        set = " --set additions.source=" + (folder.path() / "more.csv").string();
      }
      INFO(id << " " << change.dump());
      RunResult const made = run(std::string(TERREIN_PROGRAM) + " run -q " + TERREIN_SOURCE_DIR +
                                 "/datasets/demo/study.toml --set output.file=" + after.string() + set);
      INFO(made.err);
      REQUIRE(made.exit_code == 0);
      Database const anew(after);
      std::string const where = " FROM candidates WHERE capakey = '" + id + "'";
      CHECK(std::stoi(anew.one("SELECT business_park_rank" + where)) <= 20);
      CHECK(std::stod(anew.one("SELECT business_park_score" + where)) == Approx(change["score"].get<double>()));
      if (++tried == 5) return;  // a run takes seconds
    }
  }
  CHECK(tried > 2);
}

TEST_CASE("Two candidates side by side: points that add up, and what turns them round") {
  Database const db(demo());
  std::string const first = db.one("SELECT capakey FROM candidates WHERE business_park_rank = 3");
  std::string const second = db.one("SELECT capakey FROM candidates WHERE business_park_rank = 40");
  json const duel = model_of(changes(second, "--against " + first), "business_park")["against"];
  double own = 0, theirs = 0;
  for (json const& row : duel["criteria"]) {
    own += row["points"].get<double>();
    theirs += row["other_points"].get<double>();
  }
  auto const score = [&](std::string const& id) {
    return std::stod(db.one("SELECT business_park_score FROM candidates WHERE capakey = '" + id + "'"));
  };
  CHECK(own == Approx(score(second)));
  CHECK(theirs == Approx(score(first)));
  CHECK(duel["score"].get<double>() == Approx(score(second)));
  CHECK(duel["behind"] == second);
  double const wins = duel["wins_share"].get<double>();
  CHECK((wins >= 0 && wins < 0.5));
  for (json const& change : duel["overtakes_with"]) CHECK(change["score"].get<double>() > 0);
  // The other way round is the same duel.
  json const other = model_of(changes(first, "--against " + second), "business_park")["against"];
  CHECK(other["behind"] == second);
  CHECK(other["overtakes_with"] == duel["overtakes_with"]);

  RunResult const text = run(std::string(TERREIN_PROGRAM) + " explain " + demo().string() + " " + second +
                             " --against " + first + " --model business_park");
  CHECK(text.exit_code == 0);
  CHECK(has(text.out, "punten voor"));
  CHECK(has(text.out, "rang 40"));
  RunResult const plain = run(std::string(TERREIN_PROGRAM) + " explain " + demo().string() + " " + second);
  CHECK(has(plain.out, "Wat zou volstaan"));
  RunResult const page = run(std::string(TERREIN_PROGRAM) + " explain " + demo().string() + " " + second + " --html");
  auto const section = page.out.find("<h2>Wat zou volstaan");
  CHECK(section < page.out.find("<footer>"));
  CHECK(has(page.out.substr(std::min(section, page.out.size())), "<li>"));
}

TEST_CASE("What an excluded candidate needs are the thresholds of the rules that it fails") {
  Database const db(demo());
  auto const row = db.rows(
      "SELECT capakey, val_built_share, excluded_by FROM excluded WHERE excluded_by LIKE '%Al bebouwd%' AND "
      "business_park_outcome = 'voldoet niet' LIMIT 1");
  if (row.empty()) {
    auto const other = db.one("SELECT capakey FROM excluded WHERE business_park_outcome = 'voldoet niet' LIMIT 1");
    CHECK_FALSE(model_of(changes(other, ""), "business_park")["needs"].empty());
    return;
  }
  json const model = model_of(changes(*row[0].at("capakey"), ""), "business_park");
  CHECK(model["outcome"] == "voldoet niet");
  CHECK(model["enters_top_with"].empty());
  bool found = false;
  for (json const& need : model["needs"]) {
    if (need["label"] != "Al bebouwd") continue;
    found = true;
    CHECK(need["now"].get<double>() > need["needed"].get<double>());
    CHECK(has(need["test"].get<std::string>(), ">"));
  }
  CHECK(found);
}

TEST_CASE("Candidates and models that are not there, and one against itself, are told in a sentence") {
  auto const refused = [](std::string const& arguments) {
    return run(std::string(TERREIN_PROGRAM) + " explain " + demo().string() + " " + arguments);
  };
  Database const db(demo());
  std::string const id = db.one("SELECT capakey FROM candidates LIMIT 1");
  for (std::string const& arguments :
       {id + " --against nobody", std::string("nobody --changes"), id + " --against " + id}) {
    RunResult const result = refused(arguments);
    INFO(arguments << ": " << result.err);
    CHECK(result.exit_code == 2);
    CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
  }
}
