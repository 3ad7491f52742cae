// Measures over roads through a whole run, on nine parcels whose ways can be counted by hand.
#include "cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

std::string feature(std::string const& properties, std::string const& type, std::string const& coordinates) {
  return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":{"type":")" + type +
         R"(","coordinates":)" + coordinates + "}}";
}

/// The small world with a street north through the centroids of each column, and a street along the north side that
/// leads from west to east only; 36 km/h, which is 10 m/s. Shop 1 (10 jobs) stands where the street of column A meets
/// that in the north, shop 2 (30 jobs) where that of column C does.
class WorldWithStreets : public SmallWorld {
 public:
  WorldWithStreets() {
    std::string streets;
    for (char const* x : {"100050", "100150", "100250"}) {
      std::string at;
      for (char const* y : {"200050", "200150", "200250", "200350"})
        at += (at.empty() ? "[" : ",[") + std::string(x) + "," + y + "]";
      streets += feature(R"("way":null)", "LineString", "[" + at + "]") + ",";
    }
    streets += feature(R"("way":"F")", "LineString", "[[100050,200350],[100150,200350],[100250,200350]]");
    write_file(path("streets.geojson"), collection(streets));
    write_file(path("shops.geojson"), collection(feature(R"("jobs":10)", "Point", "[100050,200350]") + "," +
                                                 feature(R"("jobs":30)", "Point", "[100250,200350]")));
    edit("parcels.geojson", R"("price":10)", R"("heads":1,"price":10)");
    edit("study.toml", "layer = \"parcels\"", "layer = \"parcels\"\nkeep = [\"price\"]");
    edit("study.toml", "id = \"key\"", "id = \"key\"\ncoverage = \"everywhere\"");
    edit("study.toml", "[criteria.wet]", R"([layers.streets]
source = "streets.geojson"
coverage = "everywhere"
graph = { connect = "vertices", default_speed_kmh = 36, oneway = "way" }
[layers.shops]
source = "shops.geojson"
coverage = "everywhere"
[criteria.second_m]
measure = "network_distance"
layer = "shops"
roads = "streets"
nth = 2
[criteria.back_s]
measure = "network_time"
layer = "shops"
roads = "streets"
nth = 2
direction = "from"
[criteria.near]
measure = "network_count"
layer = "shops"
roads = "streets"
limit_m = 400
[criteria.jobs]
measure = "network_sum"
layer = "shops"
field = "jobs"
roads = "streets"
limit_s = 40
[criteria.pull]
measure = "gravity"
layer = "shops"
field = "jobs"
roads = "streets"
limit_m = 1000
decay = { kind = "inverse_power", points = "beta=1", per = 100 }
[criteria.choice]
measure = "logsum"
layer = "shops"
roads = "streets"
limit_m = 1000
mu = 0.01
[criteria.share]
measure = "catchment"
layer = "shops"
field = "jobs"
demand_field = "price"
roads = "streets"
limit_m = 1000
[criteria.wet])");
  }
  [[nodiscard]] RunResult runs(std::string const& arguments = "") const {
    return run("TERREIN_CACHE_MB=2000 XDG_CACHE_HOME=" + path("cache").string() + " " + TERREIN_PROGRAM + " run " +
               path("study.toml").string() + " --overwrite -v " + arguments);
  }
};

/// A column of a parcel, wherever it stands; "-" for null.
std::string value(Database const& db, std::string const& column, std::string const& parcel) {
  std::string const of = " FROM (SELECT key, " + column + " AS v FROM candidates UNION ALL SELECT key, " + column +
                         " FROM excluded) WHERE key = '" + parcel + "'";
  return db.one("SELECT coalesce(round(v, 6), '-')" + of);
}

}  // namespace

TEST_CASE("ways over streets, some of them one-way, are those counted by hand", "[pipeline]") {
  WorldWithStreets const world;
  RunResult const result = world.runs();
  INFO(result.err << result.out);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  // A1 is 300 m from the north: shop 1 is 300 m away, shop 2 500 m. No street leads from column C to shop 1.
  CHECK(value(db, "val_second_m", "A1") == "500.0");
  CHECK(value(db, "val_second_m", "C1") == "-");
  CHECK(value(db, "by_second_m", "A1") == "1.0");
  CHECK(value(db, "val_back_s", "A1") == "-");  // nor from shop 2 to column A
  CHECK(value(db, "val_back_s", "C1") == "50.0");
  CHECK(value(db, "val_near", "A1") == "1.0");
  CHECK(value(db, "val_near", "A3") == "2.0");
  CHECK(value(db, "val_near", "B1") == "1.0");  // 400 m, the limit included
  CHECK(value(db, "val_jobs", "A1") == "10.0");
  CHECK(value(db, "val_jobs", "A3") == "40.0");
  CHECK(value(db, "val_jobs", "C1") == "30.0");
  CHECK(value(db, "val_pull", "A1") == "9.333333");  // 10 / 3 + 30 / 5
  CHECK(value(db, "val_pull", "C1") == "10.0");
  CHECK(value(db, "val_choice", "C1") == "-300.0");       // one choice is worth what it costs
  CHECK(value(db, "val_choice", "A1") == "-287.307199");  // 100 ln(exp(-3) + exp(-5))
  // Prices are 10, 11 and 12 by column: shop 1 is reached by 30, shop 2 by 99.
  CHECK(value(db, "val_share", "A2") == "0.636364");  // 10 / 30 + 30 / 99
  CHECK(value(db, "val_share", "C3") == "0.30303");
  CHECK(db.number("SELECT sum(price * val_share) FROM (SELECT price, val_share FROM candidates UNION ALL "
                  "SELECT price, val_share FROM excluded)") == Approx(40));  // all jobs are shared out
}

TEST_CASE("measures over streets are the same bytes for any number of workers, and for part of the parcels",
          "[pipeline]") {
  WorldWithStreets const world;
  REQUIRE(world.runs("--no-cache --workers 1").exit_code == 0);
  std::string const one = read_file(world.path("result.gpkg"));
  REQUIRE(world.runs("--no-cache --workers 7").exit_code == 0);
  CHECK((read_file(world.path("result.gpkg")) == one));
  REQUIRE(world.runs("--no-cache --set area.box='[100150,200000,100300,200200]'").exit_code == 0);
  Database const part(world.path("result.gpkg"));
  CHECK(part.one("SELECT count(*) FROM candidates") == "4");
  CHECK(value(part, "val_share", "C1") == "0.30303");  // the demand of the others counts
}

TEST_CASE("a measure over streets is kept for the next run, and taken anew when a setting or a field changes",
          "[pipeline]") {
  WorldWithStreets const world;
  auto const kept = [&](std::string const& arguments) {
    std::string const told = world.runs(arguments).err;
    auto const at = told.find(" criteria were measured by an earlier run");
    return at == std::string::npos ? told : told.substr(told.rfind('\n', at) + 1, at - told.rfind('\n', at) - 1);
  };
  REQUIRE(world.runs().exit_code == 0);
  std::string const all = kept("");
  CHECK(all == "9");
  for (char const* setting :
       {"criteria.second_m.nth=1", "criteria.back_s.direction=both", "criteria.near.limit_m=300",
        "criteria.jobs.limit_s=30", "criteria.pull.decay.points='beta=2'", "criteria.pull.decay.kind=exponential",
        "criteria.pull.decay.per=50", "criteria.choice.mu=0.02", "criteria.share.demand_field=heads",
        "criteria.share.demand=shops --set criteria.share.demand_field=jobs"}) {
    INFO(setting);
    CHECK(kept("--set " + std::string(setting)) == "8");
  }
  world.edit("parcels.geojson", R"("heads":1)", R"("heads":2)");
  CHECK(kept("") == "9");  // nobody looks at it
  CHECK(kept("--set criteria.share.demand_field=heads") == "8");
}

TEST_CASE("a study that asks for ways without saying how far or how is told what is missing", "[pipeline]") {
  WorldWithStreets const world;
  auto const told = [&](std::string const& from, std::string const& to) {
    WorldWithStreets const other;
    other.edit("study.toml", from, to);
    RunResult const result = other.runs();
    CHECK(result.exit_code == 2);
    return result.err;
  };
  auto const has = [](std::string const& text, char const* part) { return text.find(part) != std::string::npos; };
  CHECK(has(told("limit_m = 400\n", ""), "limit_s: or `limit_m`, one of both"));
  CHECK(has(told("limit_m = 400\n", "limit_m = 400\nlimit_s = 40\n"), "limit_s: or `limit_m`, one of both"));
  CHECK(has(told("mu = 0.01\n", ""), "mu: is missing"));
  CHECK(has(told("demand_field = \"price\"\n", ""), "demand_field: is missing"));
  CHECK(has(told("demand_field", "demand = \"towns\"\ndemand_field"), "the study has no layer 'towns'"));
  CHECK(has(told("decay = { kind = \"inverse_power\", points = \"beta=1\", per = 100 }\n", ""), "decay: is missing"));
  CHECK(has(told("points = \"beta=1\"", "points = \"alpha=1\""), "'alpha' in 'alpha=1' is not a parameter"));
  CHECK(has(told("nth = 2", "nth = 0"), "nth: must be a whole number"));
  CHECK(has(told("roads = \"streets\"\nnth", "roads = \"shops\"\nnth"), "name a road layer"));
}
