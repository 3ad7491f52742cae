// OpenStreetMap files: layers, ids, and what cut extracts lack. Expected numbers come from osmium-tool 1.15 (osmium cat
// to OPL, counted with a few lines of Python) unless a comment says otherwise.
#include <cmath>
#include <set>
#include <thread>

#include "io/osm_references.hpp"
#include "io_fixtures.hpp"
#include "terrein/geometry/validity.hpp"
#include "terrein/io/describe.hpp"
#include "terrein/io/osm.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

ReadOptions osm_options(fs::path const& path, std::string const& layer) {
  use_osm_config(fs::path(TERREIN_SOURCE_DIR) / "datasets/osm/osmconf.ini");
  ReadOptions options = options_for(path);
  options.layer = layer;
  options.all_fields = true;
  return options;
}

std::size_t count(Issues const& issues, std::string const& code) {
  auto const all = codes(issues);
  return static_cast<std::size_t>(std::count(all.begin(), all.end(), code));
}

std::string text_of(Issues const& issues, std::string const& code) {
  for (Issue const& issue : issues.rows())
    if (issue.code == code) return issue.text;
  return "";
}

std::set<std::string> known(Layer const& layer, char const* column) {
  std::set<std::string> out;
  AnyColumn const* const found = layer.attributes.find(column);
  REQUIRE(found != nullptr);
  AnyColumn const& ids = *layer.attributes.find("osm_id");
  AnyColumn const* const way_ids = layer.attributes.find("osm_way_id");
  for (std::size_t row = 0; row < layer.size(); ++row) {
    if (!text_at(*found, row)) continue;
    auto const id = text_at(ids, row);
    out.insert(id ? *id : "way/" + text_at(*way_ids, row).value_or("?"));
  }
  return out;
}

/// A small town: a road through a shared node, a closed road, a building, a lake with an island, a bus route; the road
/// and the route lack what lies outside.
std::string const town = R"(<?xml version="1.0"?>
<osm version="0.6"><!-- a > b -->
 <node id="1" lat="51.0" lon="4.0"><tag k="name" v="a &gt; b"/><tag k="barrier" v='gate'/></node>
 <node id="2" lat="51.0" lon="4.001"/><node id="3" lat="51.001" lon="4.001"/><node id="4" lat="51.001" lon="4.0"/>
 <node id="5" lat="51.0004" lon="4.0004"/><node id="6" lat="51.0004" lon="4.0006"/>
 <node id="7" lat="51.0006" lon="4.0006"/>
 <way id="10"><nd ref="1"/><nd ref="2"/><nd ref="2"/><nd ref="99"/><nd ref="3"/><tag k="highway" v="primary"/>
  <tag k="oneway" v="yes"/><tag k="maxspeed:hgv" v="60"/></way>
 <way id="11"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/><tag k="highway" v="service"/></way>
 <way id="12"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/></way>
 <way id="13"><nd ref="5"/><nd ref="6"/><nd ref="7"/><nd ref="5"/><tag k="building" v="yes"/></way>
 <way id="14"><nd ref="4"/><nd ref="98"/><tag k="railway" v="rail"/></way>
 <way id="15"><nd ref="1"/><nd ref="2"/></way>
 <relation id="20"><member type="way" ref="12" role="outer"/><member type="way" ref="13" role="inner"/>
  <tag k="type" v="multipolygon"/><tag k="natural" v="water"/></relation>
 <relation id="21"><member type="way" ref="12" role="outer"/><member type="way" ref="77" role="outer"/>
  <tag k="type" v="multipolygon"/><tag k="landuse" v="industrial"/></relation>
 <relation id="22"><member type="way" ref="10" role=""/><member type="way" ref="78" role=""/>
  <tag k="type" v="route"/><tag k="route" v="bus"/></relation>
 <relation id="23"><member type="way" ref="15" role="outer"/><tag k="type" v="multipolygon"/>
  <tag k="landuse" v="forest"/></relation>
</osm>)";

}  // namespace

TEST_CASE("The five layers of an OSM file have terrein's attributes, and tell of everything that the file lacks") {
  TempDir const dir;
  write_file(dir.path() / "town.osm", town);
  auto const before = fingerprint(dir.path());
  Issues issues;
  ReadResult const lines = read_layer(osm_options(dir.path() / "town.osm", "lines"), issues);
  CHECK(lines.driver == "OSM");
  CHECK(lines.layer.crs.authority == "EPSG:4326");
  CHECK(lines.layer.id == std::vector<std::string>{"10", "11"});
  CHECK(text_at(*lines.layer.attributes.find("oneway"), 0) == "yes");
  CHECK(text_at(*lines.layer.attributes.find("maxspeed_hgv"), 0) == "60");
  // The repeated node stays: graphs connect where ways share coordinates, to the last digit.
  std::vector<double> const road{4, 51, 4.001, 51, 4.001, 51, 4.001, 51.001};
  CHECK(std::vector<double>(lines.layer.geometry.xy.begin(), lines.layer.geometry.xy.begin() + 8) == road);
  REQUIRE(codes(issues) == std::vector<std::string>{"osm_incomplete", "osm_missing_way", "osm_references"});
  CHECK(issues.rows()[0].feature_id == "10");
  CHECK(has_text(issues.rows()[0].text, "1 of 5 nodes"));
  CHECK(has_text(issues.rows()[1].text, "(14)"));
  CHECK(has_text(issues.rows()[2].text, "Of 7 nodes, 6 ways and 4 relations in the file, 2 ways lack nodes"));

  issues = {};
  ReadOptions options = osm_options(dir.path() / "town.osm", "multipolygons");
  options.id_field = "osm_id";
  ReadResult const areas = read_layer(options, issues);
  CHECK(areas.layer.id == std::vector<std::string>{"20", "way/13"});
  CHECK(areas.id_known == std::vector<std::uint8_t>{1, 1});
  CHECK(text_at(*areas.layer.attributes.find("building"), 1) == "yes");
  CHECK(areas.layer.geometry.part_begin == std::vector<std::uint32_t>{0, 2, 3});  // the lake has a hole
  CHECK(count(issues, "osm_missing_relation") == 2);
  CHECK(has_text(text_of(issues, "osm_missing_relation"), "relation 21 is missing: the file lacks 1 of 2 members"));
  CHECK(has_text(issues.rows()[1].text, "relation 23 is missing: its ways do not close to rings"));

  issues = {};
  ReadResult const routes = read_layer(osm_options(dir.path() / "town.osm", "multilinestrings"), issues);
  CHECK(routes.layer.id == std::vector<std::string>{"22"});
  CHECK(has_text(text_of(issues, "osm_incomplete"), "lacks 1 of 2 members and 1 of 2 members lack nodes"));

  issues = {};
  ReadResult const points = read_layer(osm_options(dir.path() / "town.osm", "points"), issues);
  CHECK(points.layer.id == std::vector<std::string>{"1"});
  CHECK(issues.size() == 0);
  CHECK(error_of([&] {
          (void)read_layer(osm_options(dir.path() / "town.osm", "other_relations"), issues);
        }).text.find("has no rows") != std::string::npos);
  CHECK(describe_source((dir.path() / "town.osm").string(), "town.osm").layers.at(1).rows == -1);
  CHECK(fingerprint(dir.path()) == before);
}

TEST_CASE("The attributes of OSM do not depend on the machine, and none are guessed without terrein's table") {
  TempDir const dir;
  write_file(dir.path() / "town.osm", town);
  setenv("OSM_CONFIG_FILE", "/nowhere/osmconf.ini", 1);
  setenv("GDAL_DATA", "/nowhere", 1);
  Issues issues;
  ReadResult const lines = read_layer(osm_options(dir.path() / "town.osm", "lines"), issues);
  unsetenv("OSM_CONFIG_FILE");
  unsetenv("GDAL_DATA");
  CHECK(lines.layer.attributes.find("maxspeed_hgv") != nullptr);
  ReadOptions const options = osm_options(dir.path() / "town.osm", "lines");
  use_osm_config(dir.path() / "absent.ini");
  Thrown const thrown = error_of([&] { (void)read_layer(options, issues); });
  CHECK(thrown.kind == ErrorKind::config);
  CHECK(has_text(thrown.text, "absent.ini"));
}

TEST_CASE("Issues of OSM rows go with the rows that a filter leaves out; those of the file stay") {
  TempDir const dir;
  write_file(dir.path() / "town.osm", town);
  ReadOptions options = osm_options(dir.path() / "town.osm", "lines");
  options.where = "highway = 'service'";
  Issues issues;
  ReadResult const result = read_layer(options, issues);
  CHECK(result.layer.id == std::vector<std::string>{"11"});
  CHECK(codes(issues) == std::vector<std::string>{"osm_missing_way", "osm_references"});
}

TEST_CASE("Damaged OSM files are refused with what is wrong") {
  TempDir const dir;
  auto const broken = [&](std::string const& name, std::string const& bytes) {
    write_file(dir.path() / name, bytes);
    return error_of([&] { (void)read_osm_references((dir.path() / name).string()); });
  };
  CHECK(has_text(broken("cut.osm", town.substr(0, town.size() - 20)).text, "ends inside a tag"));
  CHECK(has_text(broken("id.osm", "<osm><node id=\"x\"/></osm>").text, "'x' is no id"));
  auto const real = shared("data/osm/wechelderzande.osm.pbf");
  if (real.empty()) return;
  std::string const bytes = read_file(real);
  CHECK(broken("cut.osm.pbf", bytes.substr(0, bytes.size() / 2)).kind == ErrorKind::input);
  for (std::size_t at = 100; at < bytes.size(); at += bytes.size() / 40) {  // never a crash
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0x5a);
    (void)broken("changed.osm.pbf", changed);
  }
}

TEST_CASE("The Puurs extract gives the features of its themes, and tells of its 9843 missing references") {
  auto const file = shared("data/osm/puurs-bornem-willebroek.osm.pbf");
  auto const themes = shared("data/osm/puurs_themes_31370.gpkg");
  if (file.empty() || themes.empty()) return;
  OsmReferences const references = read_osm_references(file.string());
  CHECK(references.nodes == 121633);
  CHECK(references.ways == 19502);
  CHECK(references.relations == 591);
  CHECK(references.missing_references == 9843);  // also osmium check-refs -r
  CHECK(references.incomplete_ways.size() == 577);
  CHECK(references.areas.size() == 70);
  Issues issues;
  ReadResult lines, areas;
  {  // two layers of one file side by side, as a study reads them
    Issues other;
    std::thread worker([&] { areas = read_layer(osm_options(file, "multipolygons"), other); });
    lines = read_layer(osm_options(file, "lines"), issues);
    worker.join();
    issues.append(std::move(other));
  }
  // 41 areas lack ways (GDAL's own count with CPL_DEBUG=OSM); every other one is there.
  std::size_t const relations = areas.layer.size() - [&] {
    std::size_t ways = 0;
    for (std::size_t row = 0; row < areas.layer.size(); ++row)
      ways += text_at(*areas.layer.attributes.find("osm_way_id"), row) ? 1U : 0U;
    return ways;
  }();
  CHECK(relations + count(issues, "osm_missing_relation") == 70);
  CHECK(count(issues, "osm_missing_relation") >= 41);
  CHECK(has_text(text_of(issues, "osm_references"), "577 ways lack nodes, 9843 references"));
  auto const same = [&](Layer const& ours, char const* column, std::string const& theme) {
    ReadOptions options = options_for(themes);
    options.layer = theme;
    options.all_fields = true;
    Issues none;
    ReadResult const expected = read_layer(options, none);
    INFO(theme);
    CHECK(known(ours, column).size() == expected.layer.size());
    AnyColumn const& ids = *expected.layer.attributes.find("osm_id");
    auto const mine = known(ours, column);
    for (std::size_t row = 0; row < expected.layer.size(); ++row)
      if (auto const id = text_at(ids, row)) CHECK(mine.contains(*id));
  };
  same(lines.layer, "highway", "roads");
  same(lines.layer, "railway", "railways");
  same(lines.layer, "waterway", "waterways");
  same(areas.layer, "landuse", "landuse");
  same(areas.layer, "building", "buildings");
  // Reading again gives the same rows in the same order.
  Issues again;
  ReadResult const second = read_layer(osm_options(file, "lines"), again);
  CHECK(second.layer.id == lines.layer.id);
  CHECK(second.layer.geometry.xy == lines.layer.geometry.xy);
}

TEST_CASE("Every way of the Kempen roads is a line, an area, or told as missing") {
  auto const file = shared("data/osm/kempen-highways.osm.pbf");
  if (file.empty()) return;
  Issues issues;
  ReadResult const lines = read_layer(osm_options(file, "lines"), issues);
  CHECK(has_text(text_of(issues, "osm_references"), "231 ways lack nodes, 1250 references"));
  CHECK(has_text(text_of(issues, "osm_missing_way"), "58 tagged ways"));
  Issues more;
  ReadResult const areas = read_layer(osm_options(file, "multipolygons"), more);
  CHECK(lines.layer.size() + areas.layer.size() + 58 == 3702);
  CHECK(count(more, "osm_missing_relation") == 45);
}

TEST_CASE("A village and an XML file with ways out of order are read whole") {
  auto const village = shared("data/osm/wechelderzande.osm.pbf");
  auto const packed = shared("data/osm/berlare-wichelen.osm.bz2");
  if (!village.empty()) {
    OsmReferences const references = read_osm_references(village.string());
    CHECK(references.missing_references == 2010);
    CHECK(references.incomplete_ways.size() == 105);
    Issues issues;
    CHECK(read_layer(osm_options(village, "multipolygons"), issues).layer.size() > 2000);
    CHECK(count(issues, "osm_missing_relation") == 9);
  }
  if (packed.empty()) return;
  TempDir const dir;
  auto const file = dir.path() / "berlare.osm";
  if (run("(bzip2 -dc " + packed.string() + " > " + file.string() + ")").exit_code != 0 || !fs::exists(file)) {
    std::cout << "SKIPPED: bzip2 is not on this machine\n";
    return;
  }
  OsmReferences const references = read_osm_references(file.string());
  CHECK(references.ways == 1728);
  CHECK(references.missing_references == 0);
  CHECK(references.areas.size() == 4);
  Issues issues;
  ReadResult const lines = read_layer(osm_options(file, "lines"), issues);
  CHECK(count(issues, "osm_incomplete") == 0);
  CHECK(lines.layer.size() > 400);
}
