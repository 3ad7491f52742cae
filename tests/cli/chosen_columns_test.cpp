// Which columns of the candidates stand in the result when the study chooses them.
#include "cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

/// The columns of the candidates in a line, then a line for every row.
std::string rows_of(std::filesystem::path const& package, std::string const& columns) {
  std::string out;
  for (auto const& row : Database(package).rows("SELECT group_concat(name, ',') AS t FROM "
                                                "pragma_table_info('candidates')"))
    out += row.at("t").value_or("null");
  for (auto const& row : Database(package).rows("SELECT " + columns + " AS t FROM candidates ORDER BY key"))
    out += "\n" + row.at("t").value_or("null");
  return out;
}

// The small world has the rail along its east side, so that the columns of parcels lie 200, 100 and 0 m from it, and
// the western one is flooded. GDAL numbers the features of a GeoJSON file from 0.
std::string const distances =
    "\nA1 200.0 200.0 0\nA2 200.0 200.0 0\nA3 200.0 200.0 0\nB1 100.0 100.0 0\nB2 100.0 100.0 0\nB3 100.0 100.0 0"
    "\nC1 0.0 0.0 0\nC2 0.0 0.0 0\nC3 0.0 0.0 0";
std::string const columns = "--set output.columns='[\"key\", \"VAL_RAIL_M as a\", \"by_rail_m\", \"val_rail_m as b\"]'";

void run_well(SmallWorld const& world, std::string const& arguments) {
  RunResult const result = world.terrein(arguments);
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
}

}  // namespace

TEST_CASE("chosen columns stand in their order, one of them twice, whether or not a model is written", "[cli]") {
  SmallWorld const world;
  std::string const shown = "key || ' ' || a || ' ' || b || ' ' || by_rail_m", names = "fid,geom,key,a,by_rail_m,b";
  run_well(world, "--set output.leave_out='[\"own\"]' " + columns);
  CHECK(rows_of(world.path("result.gpkg"), shown) == names + distances);
  run_well(world, "--overwrite " + columns);
  std::string const dry = distances.substr(distances.find("\nB1"));  // the flooded parcels are excluded
  CHECK(rows_of(world.path("result.gpkg"), shown) == names + dry);
  CHECK(Database(world.path("result.gpkg")).rows("SELECT val_rail_m, rule_dry FROM excluded").size() == 3);
}
