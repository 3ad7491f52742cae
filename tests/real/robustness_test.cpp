// How sure the ranking of real parcels is, against plain loops over the values in the result.
#include <algorithm>
#include <cmath>

#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "support/support.hpp"
#include "terrein/robustness/weight_space.hpp"

using namespace terrein;
using namespace terrein::test;
namespace fs = std::filesystem;

namespace {

/// A ranked parcel of the result: its values, as far as they are known.
struct Parcel {
  std::vector<std::optional<double>> values;
  double in_top = 0, rank_low = 0, rank_high = 0;
  std::vector<std::size_t> ranks;
};

double score_of(Parcel const& parcel, std::vector<double> const& weights) {
  double sum = 0, known = 0;
  for (std::size_t j = 0; j < weights.size(); ++j) {
    if (!parcel.values[j]) continue;
    sum += weights[j] * *parcel.values[j];
    known += weights[j];
  }
  return sum / known;
}

/// The rank of every parcel: one more than those that score more by over 1e-12.
void rank_all(std::vector<Parcel>& parcels, std::vector<double> const& weights) {
  std::vector<double> scores;
  for (Parcel const& parcel : parcels) scores.push_back(score_of(parcel, weights));
  std::vector<double> sorted = scores;
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t i = 0; i < parcels.size(); ++i)
    parcels[i].ranks.push_back(
        static_cast<std::size_t>(sorted.end() - std::upper_bound(sorted.begin(), sorted.end(), scores[i] + 1e-12)) + 1);
}

}  // namespace

TEST_CASE("chances and ranges of ranks of Forest City are those of scoring every draw parcel by parcel", "[real]") {
  if (shared("data/parcels_zoning/forest_city_nc_2264.gpkg").empty()) return;
  constexpr std::size_t draws = 60, top = 25;
  TempDir const folder;
  fs::path const result = folder.path() / "forest.gpkg";
  // The study of these parcels, with a model of what is known of them.
  std::string study = read_file(TERREIN_SOURCE_DIR "/tests/real/forest_city.toml");
  study.replace(study.find("[models.business_park]"), 22, R"(
[criteria.size]
measure = "gross_area"
[criteria.width]
measure = "inscribed_diameter"
[criteria.shape]
measure = "compactness"
[criteria.housing]
measure = "distance"
layer = "zoning"
classes = ["housing"]
[models.business_park]
defaults = "none"
min_completeness = 0
weights = { size = 4, width = 3, shape = 1, housing = 2, business_share = 3 }
[models.business_park.values]
size = { points = "500:0|20000:0.6|80000:1" }
width = { points = "10:0|60:0.7|150:1" }
shape = { points = "0.2:0|0.8:1" }
housing = { points = "0:0|300:1" }
business_share = { points = "0:0|1:1" }
)");
  write_file(folder.path() / "study.toml", study);
  std::string command = TERREIN_PROGRAM;
  command += " run -q " + (folder.path() / "study.toml").string() +
             " --set data=" TERREIN_SHARED_DIR "/data --set output=" + result.string() +
             " --set robustness.draws=60 --set robustness.top=25 --set robustness.weights=any" +
             " --set robustness.missing=left_out --set robustness.seed=9";
  RunResult const made = run(command);
  INFO(made.err);
  REQUIRE(made.exit_code == 0);
  Database const db(result);
  std::vector<std::string> criteria;
  std::vector<double> weights;
  double total = 0;
  for (auto const& row : db.rows("SELECT criterion, weight FROM models WHERE model = 'business_park' ORDER BY fid")) {
    criteria.push_back("business_park_v_" + *row.at("criterion"));
    weights.push_back(std::stod(*row.at("weight")));
    total += weights.back();
  }
  for (double& weight : weights) weight /= total;
  std::vector<Parcel> parcels;
  for (auto const& row : db.rows("SELECT * FROM candidates WHERE business_park_rank IS NOT NULL")) {
    Parcel one;
    for (std::string const& name : criteria)
      one.values.push_back(row.at(name) ? std::optional(std::stod(*row.at(name))) : std::nullopt);
    one.in_top = std::stod(row.at("business_park_p_top_k").value());
    one.rank_low = std::stod(row.at("business_park_rank_p05").value());
    one.rank_high = std::stod(row.at("business_park_rank_p95").value());
    parcels.push_back(std::move(one));
  }
  REQUIRE(parcels.size() > 5000);
  WeightSampler const sampler({WeightKind::any, weights, 100, {}, {}}, 9);
  std::vector<double> drawn(weights.size());
  for (std::size_t draw = 0; draw < draws; ++draw) {
    sampler.draw(draw, drawn.data());
    rank_all(parcels, drawn);
  }
  std::size_t somewhere = 0;
  for (Parcel& parcel : parcels) {
    auto const in =
        std::count_if(parcel.ranks.begin(), parcel.ranks.end(), [](std::size_t rank) { return rank <= top; });
    CHECK(parcel.in_top == Approx(static_cast<double>(in) / draws));
    somewhere += in > 0 && in < static_cast<long>(draws) ? 1U : 0U;
    std::sort(parcel.ranks.begin(), parcel.ranks.end());
    CHECK(parcel.rank_low == static_cast<double>(parcel.ranks[2]));    // 3 of 60
    CHECK(parcel.rank_high == static_cast<double>(parcel.ranks[56]));  // 57 of 60
  }
  CHECK(somewhere > 5);
}
