// Every fault a user can make is answered by one clear sentence, the right exit code, and no file.
#include "small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

void refused(SmallWorld const& world, int code, std::vector<std::string> const& parts,
             std::string const& arguments = "") {
  RunResult const result = world.terrein(arguments);
  INFO(result.err << result.out);
  CHECK(result.exit_code == code);
  CHECK(result.out.empty());
  for (std::string const& part : parts) {
    INFO("expected: " << part);
    CHECK(result.err.find(part) != std::string::npos);
  }
  for (char const* name : {"result.gpkg", "result.qgz", "result.gpkg.run.json"})
    CHECK_FALSE(std::filesystem::exists(world.path(name)));
  for (auto const& entry : std::filesystem::directory_iterator(world.path("")))  // no temporary file either
    CHECK((entry.path().extension() == ".geojson" || entry.path().extension() == ".toml" ||
           entry.path().extension() == ".csv"));
}

}  // namespace

TEST_CASE("an absent file is named", "[cli][golden]") {
  SmallWorld world;
  std::filesystem::remove(world.path("flood.geojson"));
  refused(world, 3, {"flood", "flood.geojson"});
}

TEST_CASE("an absent layer is answered with the nearest names", "[cli][golden]") {
  SmallWorld world;
  world.edit("study.toml", "source = \"rail.geojson\"", "source = \"rail.geojson\"\nlayer = \"rails\"");
  refused(world, 3, {"rails", "Did you mean 'rail'?"});
}

TEST_CASE("an absent field is answered with the nearest names", "[cli][golden]") {
  SmallWorld world;
  world.edit("study.toml", "id = \"key\"", "id = \"kei\"");
  refused(world, 3, {"kei", "Did you mean 'key'?"});
}

TEST_CASE("an empty layer is no absence", "[cli][golden]") {
  SmallWorld world;
  write_file(world.path("flood.geojson"), SmallWorld::collection(""));
  refused(world, 3, {"flood", "no rows"});
}

TEST_CASE("a layer without CRS is refused with the remedy", "[cli][golden]") {
  SmallWorld world;
  write_file(world.path("rail.csv"), "WKT,name\n\"LINESTRING(100300 200000,100300 200300)\",a\n");
  world.edit("study.toml", "rail.geojson", "rail.csv");
  refused(world, 3, {"rail", "CRS", "crs = \"EPSG:"});
}

TEST_CASE("text where numbers belong is named with its row", "[cli][golden]") {
  SmallWorld world;
  world.edit("parcels.geojson", "\"price\":10", "\"price\":\"n.v.t.\"");
  world.edit("study.toml", "[rules.dry]",
             "[criteria.price]\nmeasure = \"own_attribute\"\nfield = \"price\"\n[rules.dry]");
  refused(world, 3, {"parcels", "price", "n.v.t.", "A1"});
}

TEST_CASE("repeated ids stop the run unless the study says otherwise", "[cli][golden]") {
  SmallWorld world;
  world.edit("parcels.geojson", "\"key\":\"B1\"", "\"key\":\"A1\"");
  refused(world, 3, {"parcels", "A1", "duplicates"});
  RunResult const kept = world.terrein("--set study.duplicates=suffix");
  INFO(kept.err);
  CHECK(kept.exit_code == 0);
}

TEST_CASE("faults of weights and value functions end with exit code 2", "[cli][golden]") {
  SmallWorld negative;
  negative.edit("study.toml", "rail_m = 3", "rail_m = -3");
  refused(negative, 2, {"models.own.weights", "-3"});
  SmallWorld zero;
  zero.edit("study.toml", "rail_m = 3\nwet = 1", "rail_m = 0\nwet = 0");
  refused(zero, 2, {"models.own.weights"});
  SmallWorld flat;
  flat.edit("study.toml", "points = \"0:1|200:0\"", "kind = \"linear\"\npoints = \"lo=7|hi=7\"");
  refused(flat, 2, {"models.own.values.rail_m", "7"});
  SmallWorld missing;
  missing.edit("study.toml", "layer = \"flood\"", "layer = \"floot\"");
  refused(missing, 2, {"the study has no layer 'floot'", "Did you mean 'flood'?"});
}

TEST_CASE("a wrong command line ends with exit code 2", "[cli][golden]") {
  SmallWorld const world;
  refused(world, 2, {"--wrokers"}, "--wrokers 2");
  RunResult const none = run(std::string(TERREIN_PROGRAM) + " run /no/such/study.toml");
  CHECK(none.exit_code == 2);
  CHECK(none.err.find("/no/such/study.toml") != std::string::npos);
}

TEST_CASE("nothing is overwritten without --overwrite", "[cli][golden]") {
  SmallWorld const world;
  REQUIRE(world.terrein().exit_code == 0);
  std::string const before = read_file(world.path("result.gpkg"));
  RunResult const again = world.terrein();
  CHECK(again.exit_code == 1);
  CHECK(again.err.find("--overwrite") != std::string::npos);
  CHECK(read_file(world.path("result.gpkg")) == before);
  CHECK(world.terrein("--overwrite").exit_code == 0);
}

TEST_CASE("a geographic study CRS is refused with the remedy", "[cli][golden]") {
  SmallWorld const world;
  refused(world, 3, {"EPSG:4258", "projected", "EPSG:31370"}, "--set study.crs=EPSG:4258");
}

TEST_CASE("--fail-empty tells by exit code that nothing passes", "[cli][golden]") {
  SmallWorld world;
  world.edit("study.toml", "when = \">0.5\"", "when = \">=0\"");
  CHECK(world.terrein().exit_code == 0);
  CHECK(world.terrein("--overwrite --fail-empty").exit_code == 4);
}

TEST_CASE("points are no land", "[cli][golden]") {
  SmallWorld world;
  write_file(world.path("parcels.geojson"),
             SmallWorld::collection(R"({"type":"Feature","properties":{"key":"P1"},"geometry":{"type":"Point",)"
                                    R"("coordinates":[100050,200050]}})"));
  refused(world, 3, {"parcels", "points", "polygons"});
}

TEST_CASE("no input is ever overwritten", "[cli][golden]") {
  SmallWorld world;
  std::filesystem::rename(world.path("rail.geojson"), world.path("result.candidates.geojson"));
  world.edit("study.toml", "rail.geojson", "result.candidates.geojson");
  std::string const before = read_file(world.path("result.candidates.geojson"));
  RunResult const result = world.terrein("--overwrite --set output.geojson='[\"candidates\"]'");
  CHECK(result.exit_code == 2);
  CHECK(result.err.find("never overwritten") != std::string::npos);
  CHECK((read_file(world.path("result.candidates.geojson")) == before));
}

TEST_CASE("what cannot be written is refused before any work", "[cli][golden]") {
  SmallWorld const world;
  refused(world, 2, {"excluded"}, "--set output.leave_out='[\"own\"]' --set output.geojson='[\"excluded\"]'");
  refused(world, 2, {"no column 'val_rail'", "val_rail_m"}, "--set output.columns='[\"key\", \"val_rail\"]'");
  refused(world, 2, {"no column 'val_rail'", "val_rail_m"},
          "--set output.leave_out='[\"own\"]' --set output.columns='[\"key\", \"val_rail\"]'");
  refused(world, 2, {"two layers", "issues"}, "--set output.layer=issues");
  refused(world, 2, {"study.date"}, "--set study.date=2026-02-30");
  refused(world, 2, {"nothing in this study uses '${inptu}'"}, "--set inptu=x");
  refused(world, 2, {"study.crs", "EPSG:99999"}, "--set study.crs=EPSG:99999");
}

TEST_CASE("a missing radius is not zero", "[cli][golden]") {
  SmallWorld world;
  world.edit("study.toml", "[rules.dry]", "[criteria.near]\nmeasure = \"count_within\"\nlayer = \"rail\"\n[rules.dry]");
  refused(world, 2, {"criteria.near.radius_m", "is missing"});
}

TEST_CASE("a layer far from all candidates says nothing about them, and is told", "[cli][golden]") {
  SmallWorld world;
  world.edit("flood.geojson", "[[[100000,200000],[100100,200000],[100100,200300],[100000,200300],[100000,200000]]]",
             "[[[240000,170000],[240100,170000],[240100,170300],[240000,170300],[240000,170000]]]");
  world.edit("study.toml", "class = \"class\"\ncoverage = \"everywhere\"", "class = \"class\"");
  RunResult const result = world.terrein();
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  CHECK(result.out.find("flood far_from_candidates (1)") != std::string::npos);
  Database const database(world.path("result.gpkg"));
  CHECK(database.rows("SELECT 1 FROM candidates WHERE val_wet IS NULL AND rule_dry = 'unknown'").size() == 9);
}

TEST_CASE("a shape with a coordinate that is no number leaves unknown what it would have decided", "[cli][golden]") {
  std::string const coordinate = GENERATE("NaN", "Infinity", "-Infinity", "1e400");
  INFO(coordinate);
  SmallWorld world;
  world.edit("flood.geojson", "[100000,200000],[100100,200000]", "[" + coordinate + ",200000],[100100,200000]");
  RunResult const result = world.terrein();
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  CHECK(result.out.find("flood invalid_coordinate (1)") != std::string::npos);
  Database const database(world.path("result.gpkg"));
  CHECK(database.rows("SELECT 1 FROM candidates WHERE val_wet IS NULL AND rule_dry = 'unknown'").size() == 9);
  CHECK(database.rows("SELECT 1 FROM candidates WHERE val_rail_m IS NOT NULL").size() == 9);
}

TEST_CASE("a number beyond all land is refused with the feature that has it", "[cli][golden]") {
  SmallWorld world;
  world.edit("flood.geojson", "[100000,200000],[100100,200000]", "[1e300,200000],[100100,200000]");
  refused(world, 3, {"flood", "feature '0'", "EPSG:31370"});
}

TEST_CASE("a study that is its own source, result or part is refused", "[cli][golden]") {
  SmallWorld world;
  SECTION("source") {
    world.edit("study.toml", "rail.geojson", "study.toml");
    refused(world, 3, {"rail", "study.toml", "unknown format"});
  }
  SECTION("result") {
    REQUIRE(world.terrein().exit_code == 0);
    std::string const before = read_file(world.path("result.gpkg"));
    world.edit("study.toml", "rail.geojson", "result.gpkg");
    RunResult const result = world.terrein("--overwrite");
    CHECK(result.exit_code == 2);
    CHECK(result.err.find("inputs are never overwritten") != std::string::npos);
    CHECK(read_file(world.path("result.gpkg")) == before);
  }
  SECTION("a layer made of itself") {
    world.edit("study.toml", "[criteria.wet]", "[layers.all]\ncombine = [\"all\"]\n[criteria.wet]");
    refused(world, 2, {"layers.all.combine", "no layer 'all' with a source of its own"});
  }
  SECTION("two layers made of each other") {
    world.edit("study.toml", "[criteria.wet]",
               "[layers.one]\ncombine = [\"two\"]\n[layers.two]\ncombine = [\"one\"]\n[criteria.wet]");
    refused(world, 2, {"layers.one.combine", "layers.two.combine"});
  }
  SECTION("a layer that covers itself") {
    world.edit("study.toml", "source = \"rail.geojson\"\ncoverage = \"everywhere\"",
               "source = \"rail.geojson\"\ncoverage = \"rail\"");
    refused(world, 2,
            {"layers.rail.coverage",
             "nor another layer of this study. Known: extent, everywhere, parcels, flood.\n"});  // and no advice to
                                                                                                 // write it
  }
}

TEST_CASE("a file is what it holds, not what it is called", "[cli][golden]") {
  SmallWorld world;
  SECTION("another format under the name of a shapefile") {
    std::filesystem::rename(world.path("rail.geojson"), world.path("rail.shp"));
    world.edit("study.toml", "rail.geojson", "rail.shp");
    RunResult const result = world.terrein();
    INFO(result.err);
    CHECK(result.exit_code == 0);
  }
  SECTION("text under the name of a GeoPackage") {
    write_file(world.path("rail.csv"), "hello\n");
    std::filesystem::rename(world.path("rail.csv"), world.path("rail.gpkg"));
    world.edit("study.toml", "rail.geojson", "rail.gpkg");
    RunResult const result = world.terrein();
    CHECK(result.exit_code == 3);
    CHECK(result.err.find("rail.gpkg") != std::string::npos);
    CHECK(result.err.find("unknown format") != std::string::npos);
  }
}
