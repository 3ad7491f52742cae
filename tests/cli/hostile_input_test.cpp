// Sources that are made to crash, to hang, to fill the memory, to fetch, or to give the terminal orders. Each is
// answered by one sentence and exit code 3, or read as the plain data it also is.
#include <sys/stat.h>

#include <algorithm>
#include <iostream>

#include "small_world.hpp"
#include "support/catch.hpp"
#include "support/sanitized.hpp"
#include "support/sqlite_rows.hpp"
#include "unit/io/io_fixtures.hpp"

using namespace terrein::test;

namespace {

std::string repeated(std::string const& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string feature(std::string const& geometry, std::string const& properties = "{}") {
  return SmallWorld::collection(R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + geometry + "}");
}

std::string const point = R"({"type":"Point","coordinates":[100300,200000]})";

std::string gml(std::string const& types, std::string const& value) {
  return R"(<?xml version="1.0"?>)" + types +
         R"(<ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/" xmlns:gml="http://www.opengis.net/gml" )"
         R"(xmlns:xlink="http://www.w3.org/1999/xlink"><gml:featureMember><ogr:z fid="z.0"><ogr:geometryProperty>)"
         R"(<gml:Point srsName="EPSG:31370"><gml:coordinates>100300,200000</gml:coordinates></gml:Point>)"
         R"(</ogr:geometryProperty><ogr:use>)" +
         value + "</ogr:use></ogr:z></gml:featureMember></ogr:FeatureCollection>";
}

std::string laughs() {
  std::string out = "<!DOCTYPE l [<!ENTITY a \"ha\">";
  for (char c = 'b'; c <= 'k'; ++c)
    out +=
        std::string("<!ENTITY ") + c + " \"" + repeated(std::string("&") + static_cast<char>(c - 1) + ";", 10) + "\">";
  return out + "]>";
}

/// A study of nine parcels and one more layer `h`, which is the hostile one.
class Trial {
 public:
  explicit Trial(std::string const& source, std::string const& more = "") {
    world.edit("study.toml", "[criteria.wet]",
               "[layers.h]\nsource = \"" + source + "\"\ncoverage = \"everywhere\"\n" + more +
                   "\n[criteria.to_h]\nmeasure = \"distance\"\nlayer = \"h\"\n[criteria.wet]");
  }
  /// Runs with limits that a normal run stays far below.
  [[nodiscard]] RunResult run_limited(std::string const& before = "") const {
    return run("ulimit -t 30; timeout -s KILL 90 " + before + " " + TERREIN_PROGRAM + " run " +
               world.path("study.toml").string());
  }
  /// One sentence about the layer, exit code 3, no result.
  void refused(std::string const& part) const {
    RunResult const result = run_limited();
    INFO("expected: " << part << "\n" << result.err.substr(0, 2000));
    CHECK(result.exit_code == 3);
    CHECK(result.err.starts_with("terrein: Layer 'h'"));
    CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
    CHECK(result.err.size() < 1000);
    CHECK(result.err.find(part) != std::string::npos);
    CHECK_FALSE(fs::exists(world.path("result.gpkg")));
  }
  void read() const {
    RunResult const result = run_limited();
    INFO(result.err.substr(0, 2000));
    CHECK(result.exit_code == 0);
  }

  SmallWorld world;
};

void try_text(std::string const& file, std::string const& text, std::string const& part, std::string const& more = "") {
  INFO(file);
  Trial const trial(file, more);
  write_file(trial.world.path(file), text);
  trial.refused(part);
}

}  // namespace

TEST_CASE("nesting without end is refused before any stack overflows", "[cli][hostile]") {
  for (std::size_t const depth : {5000U, 1000000U})
    try_text("h.geojson",
             feature(repeated(R"({"type":"GeometryCollection","geometries":[)", depth) + point + repeated("]}", depth)),
             "Too many nested objects");
  try_text("h.geojson",
           feature(R"({"type":"Polygon","coordinates":)" + repeated("[", 1000000) + repeated("]", 1000000) + "}"),
           "Too many nested objects");
  try_text("h.geojson", feature(point, R"({"a":)" + repeated("[", 1000000) + repeated("]", 1000000) + "}"),
           "Too many nested objects");
  try_text("h.geojson", repeated("[", 1000000), "cannot be read");
  try_text("h.gml", gml("", repeated("<b>", 100000) + repeated("</b>", 100000)), "XML nesting level");
}

TEST_CASE("a WKT of ten thousand collections is a row without shape", "[cli][hostile]") {
  Trial const trial("h.csv", "crs = \"EPSG:31370\"");
  write_file(trial.world.path("h.csv"), "WKT,n\n\"" + repeated("GEOMETRYCOLLECTION(", 10000) + "POINT(1 2)" +
                                            repeated(")", 10000) + "\",1\n\"POINT(100300 200000)\",2\n");
  trial.read();
  Database const result(trial.world.path("result.gpkg"));
  CHECK(result.number("SELECT rows_read FROM sources WHERE layer = 'h'") == 2);
  CHECK(result.number("SELECT count(*) FROM issues WHERE layer = 'h'") > 0);
}

TEST_CASE("entities of XML neither grow nor fetch", "[cli][hostile]") {
  try_text("h.gml", gml(laughs(), "&k;"), "million laugh");
  try_text("h.kml", "<?xml version=\"1.0\"?>" + laughs() + "<kml><Document><name>&k;</name></Document></kml>",
           "cannot be read");
  try_text("h.osm",
           "<?xml version=\"1.0\"?>" + laughs() +
               R"(<osm version="0.6"><node id="1" lat="51" lon="3"><tag k="a" v="&k;"/></node></osm>)",
           "XML parsing", "layer = \"points\"");

  Trial const trial("h.gml");
  write_file(trial.world.path("secret"), "top-secret");
  write_file(trial.world.path("h.gml"),
             gml("<!DOCTYPE l [<!ENTITY x SYSTEM \"" + trial.world.path("secret").string() + "\">]>",
                 "a&x;b</ogr:use><ogr:link xlink:href=\"" + trial.world.path("secret").string() +
                     "\"/><ogr:far xlink:href=\"http://127.0.0.1:9/x\"/><ogr:more>c"));
  // `more` and `use` closed the wrong way round would be no XML at all.
  std::string text = read_file(trial.world.path("h.gml"));
  text.replace(text.rfind("c</ogr:use>"), 11, "c</ogr:more>");
  write_file(trial.world.path("h.gml"), text);
  trial.world.edit("study.toml", "[output]", "[output]\ncontext = [\"h\"]");
  trial.read();
  CHECK(read_file(trial.world.path("result.gpkg")).find("top-secret") == std::string::npos);
}

TEST_CASE("archives that would fill the machine are not unpacked", "[cli][hostile]") {
  for (char const* file : {"h.zip", "h.xlsx"}) {
    INFO(file);
    Trial const trial(file);
    void* const zip = CPLCreateZip((trial.world.path(file).string() + ".zip").c_str(), nullptr);
    REQUIRE(zip != nullptr);
    REQUIRE(CPLCreateFileInZip(zip, "h.geojson", nullptr) == CE_None);
    std::string const blanks(1U << 24U, ' ');
    for (int i = 0; i < 65; ++i)  // a gigabyte and a bit, in one megabyte
      REQUIRE(CPLWriteFileInZip(zip, blanks.data(), static_cast<int>(blanks.size())) == CE_None);
    REQUIRE(CPLCloseFileInZip(zip) == CE_None);
    REQUIRE(CPLCloseZip(zip) == CE_None);
    fs::rename(trial.world.path(file).string() + ".zip", trial.world.path(file));
    trial.refused("as no data do");
  }
  try_text("h.geojson.gz", "\x1f\x8b and more", "Unpack it");
}

TEST_CASE("pipes, devices, loops, folders and empty files do not hang", "[cli][hostile]") {
  for (char const* device : {"/dev/zero", "/dev/random", "/dev/stdin", "/proc/self/mem"}) {
    INFO(device);
    Trial(device).refused(std::string(device) == "/proc/self/mem" ? "cannot be read" : "a pipe, a device or a socket");
  }
  for (char const* file : {"h.gpkg", "h.geojson", "h.shp", "h.zip"}) {
    INFO(file);
    Trial const pipe(file);
    REQUIRE(mkfifo(pipe.world.path(file).c_str(), 0600) == 0);
    pipe.refused("a pipe, a device or a socket");
    Trial const loop(file);
    fs::create_symlink("other", loop.world.path(file));
    fs::create_symlink(file, loop.world.path("other"));
    loop.refused("a symbolic link that leads nowhere");
    Trial const folder(file);
    fs::create_directories(folder.world.path(file));
    folder.refused("it is a folder that holds no data set");
    try_text(file, "", "the file is empty");
  }
  Trial const beside("h.shp");  // the table of a shapefile, opened unasked
  make_source(beside.world.path("h.shp"), "ESRI Shapefile", "h", 31370, {}, {{"POINT (100300 200000)"}});
  fs::remove(beside.world.path("h.dbf"));
  REQUIRE(mkfifo(beside.world.path("h.dbf").c_str(), 0600) == 0);
  beside.refused("h.dbf' is a pipe");
}

TEST_CASE("nothing is fetched from the network", "[cli][hostile]") {
  for (char const* address : {"http://127.0.0.1:9/h.geojson", "https://127.0.0.1:9/h.gpkg",
                              "/vsicurl/http://127.0.0.1:9/h.gpkg", "/vsizip//vsicurl/http://127.0.0.1:9/h.zip"}) {
    INFO(address);
    Trial(address).refused("lies on the network");
  }
  Trial("WFS:http://127.0.0.1:9/wfs").refused("reach the network");
}

TEST_CASE("lines, tables and numbers beyond measure are read or refused", "[cli][hostile]") {
#if defined(TERREIN_SANITIZED)
  std::cout << "SKIPPED: under the address sanitizer GDAL takes minutes over a line of ten megabytes\n";
#else
  Trial const endless("h.csv", "crs = \"EPSG:31370\"");
  write_file(endless.world.path("h.csv"), "WKT,n\n\"POINT(100300 200000)\"," + std::string(200U << 20U, 'x') + "\n");
  endless.read();
#endif
  Trial const wide("h.csv", "crs = \"EPSG:31370\"");
  write_file(wide.world.path("h.csv"),
             "WKT" + repeated(",f", 50000) + "\n\"POINT(100300 200000)\"" + repeated(",1", 50000) + "\n");
  wide.read();
  try_text("h.csv",
           "WKT,n\n\"POINT(nan nan)\",1\n\"POINT(inf 3)\",2\n\"POINT(1e308 1e308)\",3\n\"POLYGON((1e308 1e308,-1e308 "
           "1e308,-1e308 -1e308,1e308 1e308))\",4\n\"POINT(100300 200000)\",5\n",
           "lie outside the area", "crs = \"EPSG:31370\"");
  Trial const some("h.csv", "crs = \"EPSG:31370\"");
  write_file(some.world.path("h.csv"),
             "WKT,n\n\"POINT(nan nan)\",1\n\"POINT(1e308 1e308)\",2\n" + repeated("\"POINT(100300 200000)\",5\n", 9));
  some.read();
  Database const result(some.world.path("result.gpkg"));
  CHECK(result.number("SELECT rows_read FROM sources WHERE layer = 'h'") == 11);
  CHECK(result.number("SELECT count(*) FROM issues WHERE layer = 'h'") >= 2);
  CHECK(result.number("SELECT val_to_h FROM candidates WHERE key = 'C1'") == 0);
}

TEST_CASE("no text of a file reaches the terminal as an order", "[cli][hostile]") {
  std::string const orders = "\x1b]0;owned\x07\x1b[31m\xc2\x9b 2J\xe2\x80\xae\x7f\xff";
  // In the name of a file, in the name of a layer, in a value, in a .cpg, in the study's title, in an id that is shown.
  SmallWorld const world;
  world.edit("study.toml", "Eigen model", "Eigen \\u001b[31m model");
  world.edit("parcels.geojson", "\"key\":\"C1\"", "\"key\":\"C1\\u001b[31m\\u009b\\u202e\"");
  RunResult const shown = world.terrein("-v --best 9");
  CHECK(shown.exit_code == 0);
  CHECK(shown.out.find("C1\\x1b[31m\\xc2\\x9b\\xe2\\x80\\xae") != std::string::npos);
  CHECK(shown.out.find("Eigen \\x1b[31m model") != std::string::npos);

  Trial const name("h\\u001b[31m\\u009b.geojson");
  RunResult const absent = name.run_limited();
  CHECK(absent.exit_code == 3);
  Trial const cpg("h.shp");
  make_source(cpg.world.path("h.shp"), "ESRI Shapefile", "h", 31370, {}, {{"POINT (100300 200000)"}});
  write_file(cpg.world.path("h.cpg"), orders);
  RunResult const read = cpg.run_limited("-v");
  Trial const field("h.geojson", "where = \"x = 1\"");
  write_file(field.world.path("h.geojson"), feature(point, "{\"\\u001b[31mx\\u0007\\n\\\"\":1}"));
  RunResult const fields = field.run_limited();
  CHECK(fields.exit_code == 3);
  for (RunResult const* result : {&shown, &absent, &read, &fields})
    for (std::string const* text : {&result->out, &result->err}) {
      INFO(*text);
      for (char const* order : {"\x1b", "\x07", "\x7f", "\xc2\x9b", "\xe2\x80\xae"})
        CHECK(text->find(order) == std::string::npos);
    }
}

TEST_CASE("a view that runs foreign code is refused", "[cli][hostile]") {
  for (char const* code : {"load_extension('/tmp/none.so')", "BlobFromFile('/etc/passwd')", "st_area(geom)"}) {
    INFO(code);
    Trial const trial("h.gpkg", "layer = \"v\"");
    auto const path = trial.world.path("h.gpkg");
    make_source(path, "GPKG", "h", 31370, {}, {{"POINT (100300 200000)"}});
    sql(path,
        std::string("CREATE VIEW v AS SELECT fid AS OGC_FID, geom, ") + code +
            " AS n FROM h; INSERT INTO gpkg_contents(table_name, data_type, identifier, srs_id) VALUES ('v', "
            "'features', 'v', 31370); INSERT INTO gpkg_geometry_columns VALUES ('v', 'geom', 'POINT', 31370, 0, 0)");
    trial.refused("cannot be");
  }
}
