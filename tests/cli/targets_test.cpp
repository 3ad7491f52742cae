// Candidates like a given one: distances are computed again from the columns of the result.
#include <cmath>

#include "explain_support.hpp"

using namespace terrein::test;
namespace fs = std::filesystem;

TEST_CASE("Candidates most like a given one are those with the smallest mean difference of values", "[slow]") {
  TempDir const folder;
  fs::path const result = folder.path() / "demo.gpkg";
  std::string const run_demo =
      std::string(TERREIN_PROGRAM) + " run -q " + TERREIN_SOURCE_DIR +
      "/datasets/demo/study.toml --set output.file=" + result.string() +
      " --set targets.near.model=business_park --set targets.near.n=10 --set targets.near.like=";
  RunResult const made = run(run_demo + "98102C0140/00A000");
  INFO(made.err);
  REQUIRE(made.exit_code == 0);
  Database const db(result);
  std::vector<std::string> criteria;
  std::vector<double> weights;
  double total = 0;
  for (auto const& row : db.rows("SELECT criterion, weight FROM models WHERE model = 'business_park' ORDER BY fid")) {
    criteria.push_back(*row.at("criterion"));
    weights.push_back(std::stod(*row.at("weight")));
    total += weights.back();
  }
  auto const like = db.rows("SELECT * FROM candidates WHERE capakey = '98102C0140/00A000'").at(0);
  std::vector<std::pair<double, std::string>> all;
  for (auto const& row : db.rows("SELECT * FROM candidates WHERE business_park_outcome <> 'voldoet niet'")) {
    double sum = 0, shared = 0;
    for (std::size_t j = 0; j < criteria.size(); ++j) {
      auto const &own = row.at("business_park_v_" + criteria[j]), &theirs = like.at("business_park_v_" + criteria[j]);
      if (!own || !theirs) continue;
      sum += weights[j] * std::abs(std::stod(*own) - std::stod(*theirs));
      shared += weights[j];
    }
    if (shared / total >= 0.7 && *row.at("capakey") != "98102C0140/00A000")
      all.emplace_back(sum / shared, *row.at("capakey"));
  }
  std::sort(all.begin(), all.end());
  auto const listed = db.rows("SELECT * FROM similar_sites WHERE target = 'near' ORDER BY fid");
  REQUIRE(listed.size() == 10);
  for (std::size_t i = 0; i < listed.size(); ++i) {
    CHECK(std::stod(*listed[i].at("alike_pct")) == Approx(100 * (1 - all[i].first)));
    CHECK(std::stoul(*listed[i].at("place")) == i + 1);
  }
  CHECK(
      db.one(
          "SELECT max(abs(s.alike_pct - 100 + d.p)) < 1e-9 FROM similar_sites s JOIN (SELECT target, id, 100 * "
          "sum(abs(difference) * weight_pct) / sum(CASE WHEN difference IS NULL THEN 0 ELSE weight_pct END) AS p FROM "
          "similar_differences GROUP BY target, id) d USING (target, id)") == "1");
  REQUIRE(run(run_demo + "98102C0140/00A00 --overwrite").exit_code == 0);
  Database const wrong(result);
  CHECK(wrong.one("SELECT count(*) FROM similar_sites WHERE target = 'near'") == "0");
  // The issue names the nearest id.
  CHECK(has(wrong.one("SELECT text FROM issues WHERE code = 'no_target'"), "98102C0140/00A000"));
}
