// Shapes far from every candidate are not looked at in a run; nothing that is measured depends on it.
#include <nlohmann/json.hpp>

#include "cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;
using nlohmann::json;

namespace {

std::string polygon(std::string const& klass, std::string const& ring) {
  return R"(,{"type":"Feature","properties":{"class":")" + klass +
         R"("},"geometry":{"type":"Polygon","coordinates":[[)" + ring + "]]}}";
}

/// The small world with two flood polygons 20 km to the east: one of the class that is asked for, which crosses itself,
/// and the only one of class E. A second criterion asks for that class.
class WideWorld : public SmallWorld {
 public:
  explicit WideWorld(bool as_package) {
    std::string const bow_tie = "[120000,200000],[120100,200100],[120100,200000],[120000,200100],[120000,200000]";
    std::string const square = "[121000,200000],[121100,200000],[121100,200100],[121000,200100],[121000,200000]";
    std::string const near = "[100000,200000],[100100,200000],[100100,200300],[100000,200300],[100000,200000]";
    std::string const all = (polygon("D", near) + polygon("D", bow_tie) + polygon("E", square)).substr(1);
    write_file(path("flood.geojson"), collection(all));
    edit("study.toml", "[rules.dry]",
         "[criteria.deep]\nmeasure = \"area_share\"\nlayer = \"flood\"\nclasses = [\"E\"]\n[rules.dry]");
    if (!as_package) return;
    REQUIRE(run("ogr2ogr " + path("flood.gpkg").string() + " " + path("flood.geojson").string() + " -nln flood")
                .exit_code == 0);
    edit("study.toml", "flood.geojson", "flood.gpkg");
  }

  [[nodiscard]] json flood() const { return json::parse(read_file(path("result.gpkg.run.json")))["layers"][1]; }
  [[nodiscard]] std::string one(std::string const& sql) const { return Database(path("result.gpkg")).one(sql); }
};

std::string const values =
    "SELECT group_concat(key || ' ' || val_wet || ' ' || val_deep || ' ' || val_rail_m) FROM (SELECT * FROM (SELECT "
    "key, "
    "val_wet, val_deep, val_rail_m FROM candidates UNION ALL SELECT key, val_wet, val_deep, val_rail_m FROM excluded) "
    "ORDER BY key)";

}  // namespace

TEST_CASE("shapes far from every candidate count as there, are not looked at, and change no value") {
  for (bool const as_package : {false, true}) {
    WideWorld const world(as_package);
    RunResult const result = world.terrein("-v");
    INFO(result.err << result.out);
    REQUIRE(result.exit_code == 0);
    CHECK(world.flood()["rows_read"] == 3);
    CHECK(world.flood()["rows_kept"] == 3);
    CHECK(world.flood()["rows_far"] == 2);
    CHECK(world.flood()["repaired"] == 0);
    CHECK(world.flood()["extent"] == json::array({100000.0, 200000.0, 121100.0, 200300.0}));
    CHECK(world.one("SELECT count(*) FROM issues WHERE layer = 'flood'") == "0");
    // The western column is flooded, class E lies on no parcel: 0, which is known.
    std::string const found = world.one(values);
    CHECK(found.starts_with("A1 1.0 0.0 200.0,A2 1.0 0.0 200.0,A3 1.0 0.0 200.0,B1 0.0 0.0 100.0,"));

    // A criterion that looks for the nearest needs all of them, and then the bow tie is repaired and told of.
    world.edit("study.toml", "[rules.dry]", "[criteria.d]\nmeasure = \"distance\"\nlayer = \"flood\"\n[rules.dry]");
    REQUIRE(world.terrein("--overwrite").exit_code == 0);
    CHECK(world.flood()["rows_far"] == 0);
    CHECK(world.flood()["repaired"] == 1);
    CHECK(world.one("SELECT count(*) FROM issues WHERE layer = 'flood' AND stage = 'repair'") == "1");
    CHECK(world.one(values) == found);
  }
}

TEST_CASE("a radius, a buffer and a distance along the boundary widen what is near") {
  // The polygons in the east lie 19.7 and 20.7 km from the last column.
  for (auto const& [criterion, far] :
       {std::pair{"measure = \"count_within\"\nlayer = \"flood\"\nradius_m = 19000", 2},
        std::pair{"measure = \"count_within\"\nlayer = \"flood\"\nradius_m = 20000", 1},
        std::pair{"measure = \"perimeter_share\"\nlayer = \"flood\"\ndistance_m = 21000", 0},
        std::pair{"measure = \"net_area\"\ncuts.flood.buffer_m = 20000", 1}}) {
    WideWorld const world(true);
    world.edit("study.toml", "[rules.dry]", std::string("[criteria.w]\n") + criterion + "\n[rules.dry]");
    RunResult const result = world.terrein();
    INFO(criterion << result.err);
    REQUIRE(result.exit_code == 0);
    CHECK(world.flood()["rows_far"] == far);
  }
}

TEST_CASE("layers whose shapes are used otherwise are read whole") {
  for (auto const& [from, to] : {std::pair{"[output]\n", "[output]\ncontext = [\"flood\"]\n"},
                                 std::pair{"[layers.rail]", "[layers.rest]\ncombine = [\"flood\"]\n[layers.rail]"},
                                 std::pair{"source = \"rail.geojson\"\ncoverage = \"everywhere\"",
                                           "source = \"rail.geojson\"\ncoverage = \"flood\""},
                                 std::pair{"[study]\n", "[study]\nborders = \"flood\"\n"}}) {
    WideWorld const world(true);
    world.edit("study.toml", from, to);
    RunResult const result = world.terrein();
    INFO(to << result.err);
    REQUIRE(result.exit_code == 0);
    CHECK(world.flood()["rows_far"] == 0);
  }
}

TEST_CASE("`terrein check` tells of every faulty shape, however far") {
  WideWorld const world(true);
  RunResult const result = run(std::string(TERREIN_PROGRAM) + " check --json " + world.path("study.toml").string());
  INFO(result.out << result.err);
  CHECK(result.out.find("self_intersection") != std::string::npos);
}
