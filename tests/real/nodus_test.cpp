// Chains of freight over the Belgian network of NODUS, against what a program in Python made of the same data.
#include <cmath>
#include <map>

#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "support/support.hpp"

using namespace terrein::test;

namespace fs = std::filesystem;

namespace {

/// Means over the five terminals from a province: euro per tonne by the cheapest chain, by road, euro saved on the way
/// to Antwerp and by what, hours by the fastest and kilograms of CO₂e by the cleanest chain.
///
/// Computed in Python (geopandas, pyproj, shapely): centroids and nearest nodes in EPSG:3812, lengths by pyproj.Geod
/// over the coordinates of the source, ways by Dijkstra over a dictionary, terminals projected on the nearest line of
/// water or rail by shapely, chains by four nested loops over terminals, classes and both kinds of shortest ways;
/// factors of set `starter` typed in.
struct Expected {
  char const* id;
  double euro, by_road, saved;
  char const* kind;
  double hours, kg;
};
Expected const expected[] = {
    {"BE33", 15.679698, 21.292059, 7.750726, "barge", 1.631482, 3.544282},
    {"BE34", 24.183723, 27.341459, 6.590370, "barge", 2.314853, 9.944250},
    {"BE35", 18.982678, 20.412552, 2.469727, "barge", 1.614430, 7.652269},
    {"BE10", 13.486717, 13.901062, 0.000000, "road", 0.779078, 1.533411},
    {"BE21", 14.043823, 15.796056, 0.000000, "road", 1.045928, 3.679511},
    {"BE22", 18.118549, 18.271446, 0.000000, "road", 1.302631, 6.845373},
    {"BE23", 14.599315, 15.915912, 0.000000, "road", 1.029134, 4.014539},
    {"BE24", 13.892650, 14.275714, 0.000000, "road", 0.861750, 2.727038},
    {"BE25", 20.104164, 21.268406, 0.000000, "road", 1.725112, 7.864872},
    {"BE31", 14.416346, 15.049237, 0.693535, "barge", 0.962051, 3.797197},
    {"BE32", 14.360840, 17.230193, 3.495668, "barge", 1.232404, 3.007319},
};

}  // namespace

TEST_CASE("Chains between the provinces of Belgium and its trimodal terminals are those of another program", "[real]") {
  fs::path const nodus = shared("data/multimodal/nodus_belgium_multimodal.gpkg");
  if (nodus.empty()) return;
  TempDir const dir;
  fs::path const file = dir.path() / "nodus.gpkg";
  RunResult const done = run(fmt::format("{} run {}/tests/real/nodus.toml --set nodus={} --set output={}",
                                         TERREIN_PROGRAM, TERREIN_SOURCE_DIR, nodus.string(), file.string()));
  INFO(done.err);
  REQUIRE(done.exit_code == 0);
  Database const result(file);
  std::map<std::string, Database::Row> of;
  for (Database::Row& row : result.rows("SELECT * FROM candidates")) of[*row.at("nuts_id")] = row;
  REQUIRE(of.size() == std::size(expected));
  for (Expected const& one : expected) {
    INFO(one.id);
    Database::Row const& row = of.at(one.id);
    auto const number = [&row](char const* column) { return std::stod(row.at(column).value_or("nan")); };
    CHECK(number("val_euro") == Approx(one.euro).epsilon(1e-6));
    CHECK(number("val_euro_by_road") == Approx(one.by_road).epsilon(1e-6));
    CHECK(number("val_saved_to_antwerp") == Approx(one.saved).epsilon(1e-6).margin(1e-9));
    CHECK(row.at("val_kind_to_antwerp") == one.kind);
    CHECK(number("val_hours") == Approx(one.hours).epsilon(1e-6));
    CHECK(number("val_co2") == Approx(one.kg).epsilon(1e-6));
  }

  // The layer has, per province and terminal, one cheapest chain; costs lie within their ranges.
  Database::Row chains = result.rows(
      "SELECT count(*) AS n, count(DISTINCT candidate || destination) AS pairs, sum(best_at LIKE '%cheapest%') AS "
      "best, "
      "min(cost_euro_t - cost_low) AS above, min(cost_high - cost_euro_t) AS below, count(geom) AS drawn, "
      "sum(chain_kind = 'barge' AND vessel IS NULL) AS without FROM chains")[0];
  CHECK(chains["pairs"] == "55");
  CHECK(chains["best"] == "55");
  CHECK(std::stod(*chains["above"]) >= 0);
  CHECK(std::stod(*chains["below"]) >= 0);
  CHECK(chains["drawn"] == chains["n"]);
  CHECK(chains["without"] == "0");
  // The Albert canal takes class VIa; no other way leads from Liège to Antwerp.
  auto albert = result.rows(
      "SELECT vessel, to_terminal, break_even_km FROM chains WHERE candidate = 'BE33' AND "
      "destination = 'Antwerp Gateway' AND chain_kind = 'barge' AND best_at LIKE '%cheapest%'");
  REQUIRE(albert.size() == 1);
  CHECK(albert[0]["vessel"] == "VIa");
  CHECK_FALSE(albert[0]["to_terminal"]);
  CHECK(albert[0]["break_even_km"]);
  CHECK(result.rows("SELECT count(*) AS n FROM chain_factors WHERE mark = 'verified'")[0]["n"] == "0");
}
