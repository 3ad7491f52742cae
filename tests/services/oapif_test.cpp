// OGC API Features: MapServer, and a small server that pages as the standard says.
#include "same_rows.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

RunResult fetch_oapif(ServiceWorld const& world, std::string const& arguments = "") {
  return world.fetch("OAPIF:" + world.address("/oapif"), "--layer plots " + arguments);
}

}  // namespace

TEST_CASE("a snapshot of OGC API Features follows the links and keeps the native CRS", "[services]") {
  if (!have({"python3"})) return;
  auto const world = ServiceWorld::fake();
  RunResult const done = fetch_oapif(world);
  INFO(done.err);
  REQUIRE(done.exit_code == 0);
  CHECK(world.outputs() == whole);
  check_same_rows(world);
  auto const manifest = nlohmann::json::parse(read_file(world.path("out/snapshot.gpkg.fetch.json")));
  CHECK(manifest["crs"] == "EPSG:31370");
  CHECK(manifest["pages"] == 4);  // the server gives 100 at most
  CHECK(manifest["attribution"] == "Testdienst");
  CHECK(manifest["proof"] == "the number of rows that it states");
}

TEST_CASE("OGC API Features that contradict themselves are refused", "[services]") {
  if (!have({"python3"})) return;
  auto const world = ServiceWorld::fake();
  auto const [fault, words] = GENERATE(table<std::string, std::string>({
      {"stuck", "page 2 repeats rows that came before"},
      {"extra 1", "it says that it has 302 rows, it gave 301: 1 are missing"},
      {"error 2", "answers with an error: 'The tables are turned'"},
      {"no_crs", "answers with no Content-Crs"},
      {"elsewhere", "sends on to another host for the next page"},
  }));
  INFO(fault);
  world.faults(fault);
  RunResult const refused = fetch_oapif(world);
  INFO(refused.err);
  CHECK(refused.exit_code == 3);
  CHECK(says(refused, words));
  CHECK_FALSE(std::filesystem::exists(world.path("out/snapshot.gpkg")));
}

TEST_CASE("without a stated number of rows, a round number needs an empty page", "[services]") {
  if (!have({"python3"})) return;
  auto const world = ServiceWorld::fake();
  SECTION("301 rows and no further link are the end") {
    world.faults("silent");
    REQUIRE(fetch_oapif(world).exit_code == 0);
    check_same_rows(world);
  }
  SECTION("200 rows and no further link are looked behind") {
    world.faults("silent\ncap 200");
    REQUIRE(fetch_oapif(world).exit_code == 0);
    CHECK(world.requests().find("offset=200") != std::string::npos);
    CHECK(nlohmann::json::parse(read_file(world.path("out/snapshot.gpkg.fetch.json")))["proof"] ==
          "an empty page after the last row");
  }
  SECTION("where that cannot be, nothing is written") {
    world.faults("silent\ncap 100\nstuck");
    RunResult const refused = fetch_oapif(world);
    CHECK(refused.exit_code == 3);
    CHECK(says(refused, "repeats rows"));
  }
}

TEST_CASE("OGC API Features of MapServer 8.0 repeat the first page, and are whole in one", "[services]") {
  if (!have({"mapserv", "python3"})) return;
  auto const world = ServiceWorld::mapserver();
  std::string const service = "OAPIF:" + world.address("/world/ogcapi");
  // MapServer 8.0 has no CRS but CRS84 to offer.
  RunResult const done = world.fetch(service, "--layer plots");
  INFO(done.err);
  REQUIRE(done.exit_code == 0);
  auto const rows = rows_of(world.path("out/snapshot.gpkg"), "plots", "oidn");
  CHECK(rows.size() == 301);
  CHECK(rows.begin()->second.xy[0] == Approx(3.67).margin(0.03));
  CHECK(Database(world.path("out/snapshot.gpkg")).number("SELECT DISTINCT srs_id FROM gpkg_geometry_columns") == 4326);
  if (run("mapserv -v").out.find("version 8.0.0") == std::string::npos) return;  // mended later
  RunResult const repeated = world.fetch(service, "--layer plots --page-size 70 --overwrite");
  CHECK(repeated.exit_code == 3);
  CHECK(says(repeated, "page 2 repeats rows that came before"));
}
