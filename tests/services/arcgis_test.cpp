// ArcGIS REST as its documentation describes it, from a small server that can break every promise.
#include "same_rows.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

RunResult fetch_arcgis(ServiceWorld const& world, std::string const& arguments = "") {
  return world.fetch("ARCGIS:" + world.address("/rest/services/world/MapServer/0"), arguments);
}

void check_whole(ServiceWorld const& world) {
  CHECK(world.outputs() == whole);
  check_same_rows(world, "Plots", "T00:00:00.000Z", true);  // Esri's shells run clockwise
}

}  // namespace

TEST_CASE("a snapshot of an ArcGIS layer goes by rising object id", "[services]") {
  if (!have({"python3"})) return;
  auto const world = ServiceWorld::fake();
  std::string const fault = GENERATE("", "no_paging", "no_order", "no_order\nno_paging", "limit 7");
  INFO(fault);
  world.faults(fault);
  RunResult const done = fetch_arcgis(world);
  INFO(done.err);
  REQUIRE(done.exit_code == 0);
  check_whole(world);
  auto const manifest = nlohmann::json::parse(read_file(world.path("out/snapshot.gpkg.fetch.json")));
  CHECK(manifest["crs"] == "EPSG:31370");
  CHECK(manifest["count_before"] == 301);
}

TEST_CASE("an ArcGIS layer is found by name or number, and a box limits it", "[services]") {
  if (!have({"python3"})) return;
  auto const world = ServiceWorld::fake();
  std::string const service = "ARCGIS:" + world.address("/rest/services/world/MapServer");
  REQUIRE(world.fetch(service, "--layer Plots --box 100250,200250,100350,200350").exit_code == 0);
  CHECK(rows_of(world.path("out/snapshot.gpkg"), "Plots", "oidn").size() == 4);
  CHECK(says(world.fetch(service, "--overwrite"), "It has: Plots"));
  CHECK(says(world.fetch(service, "--overwrite --layer Plotz"), "Did you mean 'Plots'?"));
}

TEST_CASE("an ArcGIS layer that contradicts itself is refused", "[services]") {
  if (!have({"python3"})) return;
  auto const world = ServiceWorld::fake();
  auto const [fault, words] = GENERATE(table<std::string, std::string>({
      {"stuck", "page 2 repeats rows that came before"},
      {"disorder", "does not go on by rising OBJECTID"},
      {"error 2", "answers with an error: '500 Unable to complete operation. [\"Row 7 is broken\"]'"},
      {"cut_empty 2", "page 2 has no rows, yet says that it was cut off"},
      {"wkid 4326", "answers in EPSG:4326 although EPSG:31370 was asked"},
      {"extra 2", "it says that it has 303 rows, it gave 301: 2 are missing"},
      {"no_order\nstuck", "repeats rows that came before"},
  }));
  INFO(fault);
  world.faults(fault);
  RunResult const refused = fetch_arcgis(world);
  INFO(refused.err);
  CHECK(refused.exit_code == 3);
  CHECK(says(refused, words));
  CHECK_FALSE(std::filesystem::exists(world.path("out/snapshot.gpkg")));
}

TEST_CASE("a fetch of an ArcGIS layer goes on where it broke", "[services]") {
  if (!have({"python3"})) return;
  auto const world = ServiceWorld::fake();
  world.faults("error 3");
  REQUIRE(fetch_arcgis(world).exit_code == 3);
  world.faults("");
  RunResult const done = fetch_arcgis(world, "-v");
  CHECK(says(done, "goes on after 2 pages with 200 rows"));
  REQUIRE(done.exit_code == 0);
  check_whole(world);
}

TEST_CASE("a login stands in a file of headers, never on the command line", "[services]") {
  if (!have({"python3"})) return;
  auto const world = ServiceWorld::fake();
  world.faults("login");
  RunResult const refused = fetch_arcgis(world);
  CHECK(refused.exit_code == 3);
  CHECK(says(refused, "answers with HTTP 401 and an error: '499 Token Required'"));
  write_file(world.path("headers"), "Authorization: Bearer sesame\n");
  setenv("GDAL_HTTP_HEADER_FILE", world.path("headers").c_str(), 1);
  RunResult const done = fetch_arcgis(world);
  unsetenv("GDAL_HTTP_HEADER_FILE");
  INFO(done.err);
  REQUIRE(done.exit_code == 0);
  check_whole(world);
  CHECK(read_file(world.path("out/snapshot.gpkg.fetch.json")).find("sesame") == std::string::npos);
}

TEST_CASE("redirects lead neither in circles nor to files", "[services]") {
  if (!have({"python3"})) return;
  auto const world = ServiceWorld::fake();
  std::string const to = GENERATE("/rest/services/world/MapServer/0?f=json", "file:///etc/hostname");
  INFO(to);
  world.faults("redirect " + to);
  RunResult const refused = fetch_arcgis(world);
  INFO(refused.err);
  CHECK(refused.exit_code == 1);
  CHECK(says(refused, "cannot be fetched"));
}
