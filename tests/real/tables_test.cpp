// Registers and lists as their publishers give them. The expected counts were taken from the files by script (Python's
// csv module), not from terrein.
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "support/support.hpp"

using namespace terrein::test;

namespace {

/// A study of one candidate of 1 km² with its corner at (x, y), and the table as layer `register`.
class TableStudy {
 public:
  TableStudy(std::string const& crs, int x, int y, std::string const& layer) {
    auto const at = [](int px, int py) { return "[" + std::to_string(px) + "," + std::to_string(py) + "]"; };
    write_file(dir_.path() / "candidates.geojson",
               R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::)" +
                   crs + R"("}},"features":[{"type":"Feature","properties":{"id":"c"},"geometry":{"type":"Polygon",)" +
                   R"("coordinates":[[)" + at(x, y) + "," + at(x + 1000, y) + "," + at(x + 1000, y + 1000) + "," +
                   at(x, y + 1000) + "," + at(x, y) + "]]}}]}");
    write_file(dir_.path() / "study.toml", "[study]\ncrs = \"EPSG:" + crs + R"("
max_crs_error_m = 3
[candidates]
layer = "candidates"
[layers.candidates]
source = "candidates.geojson"
id = "id"
[layers.register]
coverage = "everywhere"
)" + layer + R"(
[criteria.near]
measure = "distance"
layer = "register"
[models.m]
defaults = "none"
[models.m.weights]
near = 1
[models.m.values.near]
points = "0:1|1000:0"
[output]
file = "result.gpkg"
context = ["register"]
project = false
)");
  }
  [[nodiscard]] RunResult run() const {
    return terrein::test::run(std::string(TERREIN_PROGRAM) + " run " + (dir_.path() / "study.toml").string());
  }
  /// Rows, rows with a shape, and the issues of the register by code.
  [[nodiscard]] std::string outcome() const {
    Database const db(dir_.path() / "result.gpkg");
    return db.one("SELECT count(*) FROM register") + " rows, " + db.one("SELECT count(*) FROM rtree_register_geom") +
           " shapes; " +
           db.one(
               "SELECT coalesce(group_concat(code || ' ' || n, ', '), '') FROM (SELECT code, count(*) AS n FROM issues "
               "WHERE layer = 'register' GROUP BY code ORDER BY code)");
  }
  [[nodiscard]] std::string one(std::string const& sql) const { return Database(dir_.path() / "result.gpkg").one(sql); }

 private:
  TempDir dir_;
};

/// The lines of [layers.register] for a file of the shared folder; empty where that is absent.
std::string source(std::string const& file, std::string const& lines) {
  auto const path = shared(file);
  return path.empty() ? std::string{} : "source = \"" + path.string() + "\"\n" + lines;
}

std::string const geo = "x = \"GeoX\"\ny = \"GeoY\"\n";

bool says(RunResult const& result, std::string const& text) { return result.err.find(text) != std::string::npos; }

}  // namespace

TEST_CASE("registers in one CRS give a point per row", "[real]") {
  struct Register {
    char const* file;
    std::string lines;
    int x, y;
    std::string outcome;
  };
  std::string const osgb = geo + "crs = \"EPSG:27700\"\n", wgs = geo + "crs = \"EPSG:4326\"\n";
  // Leicester and Rochdale state British grid coordinates in words of their own, Wychavon calls them ETRS89 although
  // they are British, New Forest has y before x and some text in Windows-1252, Exeter says nothing.
  Register const registers[] = {
      {"leicester_osgb", osgb + "id = \"SiteReference\"", 458000, 304000, "66 rows, 66 shapes; "},
      {"rochdale_osgb", osgb + "id = \"LA SITE REF\"", 389000, 412000, "128 rows, 128 shapes; "},
      {"wychavon_etrs89", osgb + "id = \"SiteReference\"", 394000, 246000, "18 rows, 18 shapes; "},
      {"new_forest_wgs84", wgs + "id = \"SiteReference\"", 430000, 103000, "56 rows, 56 shapes; encoding 1"},
      {"exeter_latlon_text", wgs, 292000, 92000, "28 rows, 28 shapes; "},
  };
  for (Register const& one : registers) {
    INFO(one.file);
    std::string const layer = source(std::string("data/brownfield/brownfield_") + one.file + ".csv", one.lines);
    if (layer.empty()) return;
    TableStudy const study("27700", one.x, one.y, layer);
    RunResult const result = study.run();
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    CHECK(study.outcome() == one.outcome);
  }
}

TEST_CASE("labels and coordinates that contradict each other are refused", "[real]") {
  std::string const wychavon = "data/brownfield/brownfield_wychavon_etrs89.csv";
  std::string const layer = source(wychavon, geo +
                                                 "crs = \"EPSG:27700\"\ncrs_field = \"CoordinateReferenceSystem\"\n"
                                                 "[layers.register.crs_values]\nETRS89 = \"EPSG:4258\"");
  if (layer.empty()) return;
  RunResult const labels = TableStudy("27700", 394000, 246000, layer).run();
  CHECK(labels.exit_code == 3);
  CHECK(says(labels, "18 of its 18 shapes do not lie in the CRS"));
  CHECK(says(labels, "They fit EPSG:27700."));
  RunResult const degrees =
      TableStudy("27700", 292000, 92000,
                 source("data/brownfield/brownfield_exeter_latlon_text.csv", geo + "crs = \"EPSG:27700\""))
          .run();
  CHECK(degrees.exit_code == 3);
  CHECK(says(degrees, "28 of its 28 shapes"));
  CHECK(says(degrees, "degrees where metres belong"));
}

TEST_CASE("the register of London mixes coordinate systems", "[real]") {
  std::string const file = "data/brownfield/brownfield_gla_london_mixed_crs.csv";
  std::string const plain = source(file, geo + "crs = \"EPSG:27700\"\nid = \"SiteReference\"");
  if (plain.empty()) return;
  RunResult const refused = TableStudy("27700", 530000, 180000, plain).run();
  CHECK(refused.exit_code == 3);
  // 149 rows say OSGB36 and 61 more with a line break behind it; 110 more labels were made by filling down.
  CHECK(says(refused, "'ETRS89' (710 rows), 'OSGB36' (210 rows), 'ETRS8' (49 rows)"));
  TableStudy const study("27700", 530000, 180000,
                         plain +
                             "\ncrs_field = \"CoordinateReferenceSystem\"\n[layers.register.crs_values]\nOSGB36 = "
                             "\"EPSG:27700\"\n\"ETRS*\" = \"EPSG:4326\"");
  RunResult const result = study.run();
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  // 609 ETRS89 and 159 ETRS… in degrees, 147 OSGB36 in metres. 101 ETRS89 are earth-centred metres, 63 OSGB36 are
  // degrees: quarantined. Three columns hold text in Windows-1252.
  CHECK(study.outcome() == "1079 rows, 915 shapes; crs_contradicted 164, empty_geometry 164, encoding 3");
  CHECK(study.one("SELECT count(*) FROM issues WHERE text LIKE '%They fit EPSG:4326.%'") == "63");
  // LBBD01 says OSGB36 at 0.165927 51.54623; P052245 says ETRS89 at 3975323.664 -7125.8838.
  CHECK(study.one("SELECT group_concat(feature_id) FROM (SELECT feature_id FROM issues WHERE code = 'crs_contradicted' "
                  "AND feature_id IN ('LBBD01', 'P052245') ORDER BY feature_id)") == "LBBD01,P052245");
  // All that is left lies in Greater London.
  CHECK(study.one("SELECT count(*) FROM rtree_register_geom WHERE minx < 503000 OR maxx > 562000 OR miny < 155000 OR "
                  "maxy > 201000") == "0");
}

TEST_CASE("lists with longitude and latitude are recognised by their columns", "[real]") {
  std::string const stations =
      source("data/multimodal/rail_stations_be.csv", "id = \"URI\"\nwhere = \"\\\"country-code\\\" = 'be'\"");
  std::string const terminals = source("domain/terminals.csv", "id = \"id\"");
  if (stations.empty() || terminals.empty()) return;
  TableStudy const rail("31370", 104000, 193000, stations);
  RunResult const result = rail.run();
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK(rail.outcome() == "579 rows, 579 shapes; coordinates_recognised 1");
  TableStudy const quays("31370", 104000, 193000, terminals);
  REQUIRE(quays.run().exit_code == 0);
  CHECK(quays.outcome() == "47 rows, 47 shapes; coordinates_recognised 1");
}

TEST_CASE("places of UN/LOCODE are read from their one column", "[real]") {
  std::string const file = "data/ports/unlocode_2025-1_be_nl_lu_de_fr.csv";
  std::string const plain = source(file, "where = \"Country = 'BE'\"\n");
  if (plain.empty()) return;
  RunResult const refused = TableStudy("31370", 104000, 193000, plain).run();
  CHECK(refused.exit_code == 3);
  CHECK(says(refused, "Name the columns with its coordinates"));
  TableStudy const study("31370", 104000, 193000, plain + "coordinates = \"Coordinates\"");
  RunResult const result = study.run();
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  // Ten without a place; one with 94 minutes.
  CHECK(study.outcome() == "1842 rows, 1831 shapes; empty_geometry 1, not_a_coordinate 1, null_geometry 10");
  // Ghent, 51° 03' N 3° 43' E: 104275.3 193515.8 by gdaltransform, a metre or so without the grid.
  CHECK(
      study.one("SELECT count(*) FROM register JOIN rtree_register_geom AS r ON r.id = fid WHERE Location = 'GNE' AND "
                "abs(minx - 104275.3) < 2 AND abs(miny - 193515.8) < 2") == "1");
}
