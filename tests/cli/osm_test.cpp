// A study over an OSM file: two layers of one file, a graph over shared nodes, nothing written beside the inputs.
#include <algorithm>

#include "cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

TEST_CASE("A study reads two layers of one OSM file, and its result tells what the file lacks") {
  TempDir const dir;
  write_file(dir.path() / "town.osm", R"(<osm version="0.6">
 <node id="1" lat="51.0" lon="4.0"/><node id="2" lat="51.0" lon="4.001"/><node id="3" lat="51.001" lon="4.001"/>
 <node id="4" lat="51.001" lon="4.0"/><node id="5" lat="51.0" lon="4.01"/>
 <way id="10"><nd ref="1"/><nd ref="2"/><nd ref="5"/><nd ref="99"/><tag k="highway" v="primary"/></way>
 <way id="11"><nd ref="2"/><nd ref="3"/><tag k="highway" v="service"/></way>
 <way id="12"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/><tag k="landuse" v="brownfield"/></way>
</osm>)");
  write_file(dir.path() / "study.toml", R"([study]
crs = "EPSG:31370"
max_crs_error_m = 2
[candidates]
layer = "land"
[layers.land]
source = "town.osm"
layer = "multipolygons"
id = "osm_id"
[layers.roads]
source = "town.osm"
layer = "lines"
graph = { connect = "vertices", class = "highway", oneway = "oneway" }
[criteria.road_m]
measure = "distance"
layer = "roads"
[output]
file = "result.gpkg"
)");
  RunResult const run = terrein::test::run("cd " + dir.path().string() + " && env -u TMPDIR " + TERREIN_PROGRAM +
                                           " run study.toml --workers 2");
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  Database const result(dir.path() / "result.gpkg");
  CHECK(result.one("SELECT osm_id || ' ' || val_road_m FROM candidates") == "way/12 0.0");
  CHECK(result.one("SELECT group_concat(code) FROM (SELECT code FROM issues WHERE layer = 'roads' AND code LIKE "
                   "'osm%' ORDER BY 1)") == "osm_incomplete,osm_references");
  std::vector<std::string> files;
  for (auto const& entry : std::filesystem::directory_iterator(dir.path()))
    files.push_back(entry.path().filename().string());
  std::sort(files.begin(), files.end());
  CHECK(files ==
        std::vector<std::string>{"result.gpkg", "result.gpkg.run.json", "result.qgz", "study.toml", "town.osm"});
}
