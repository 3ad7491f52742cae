// The shipped profiles of OpenStreetMap on a raw file, whose layers hold everything of one shape.
#include <set>

#include "profile_support.hpp"
#include "terrein/app/source_info.hpp"
#include "terrein/io/osm.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

using Texts = std::set<std::string>;

DataFolders const folders{std::filesystem::path(TERREIN_SOURCE_DIR) / "datasets",
                          std::filesystem::path(TERREIN_SOURCE_DIR) / "styles"};

/// Of every kind one feature that counts, and of most kinds one that does not.
constexpr char const* town = R"(<osm version="0.6">
 <node id="1" lat="51.0" lon="4.0"><tag k="highway" v="crossing"/></node>
 <node id="2" lat="51.0" lon="4.001"/><node id="3" lat="51.001" lon="4.001"/><node id="4" lat="51.001" lon="4.0"/>
 <way id="10"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/><tag k="oneway" v="yes"/></way>
 <way id="11"><nd ref="2"/><nd ref="3"/><tag k="highway" v="footway"/></way>
 <way id="12"><nd ref="3"/><nd ref="4"/><tag k="waterway" v="river"/></way>
 <way id="13"><nd ref="4"/><nd ref="1"/><tag k="railway" v="rail"/></way>
 <way id="14"><nd ref="1"/><nd ref="3"/><tag k="railway" v="disused"/></way>
 <way id="15"><nd ref="2"/><nd ref="4"/><tag k="power" v="line"/></way>
 <way id="20"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/><tag k="landuse" v="brownfield"/></way>
 <way id="21"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/><tag k="building" v="house"/></way>
 <way id="22"><nd ref="1"/><nd ref="3"/><nd ref="4"/><nd ref="1"/><tag k="building" v="no"/></way>
 <relation id="30"><member type="way" ref="11" role=""/><tag k="type" v="route"/><tag k="route" v="bicycle"/>
  <tag k="cycle_network" v="BE-VLG:cycle_highway"/><tag k="ref" v="F1"/></relation>
 <relation id="31"><member type="way" ref="11" role=""/><tag k="type" v="route"/><tag k="route" v="bicycle"/>
  <tag k="cycle_network" v="BE:node"/></relation>
 <relation id="32"><member type="way" ref="21" role=""/><tag k="type" v="site"/><tag k="building" v="house"/></relation>
</osm>)";

/// A raw file, and the attributes it is read with.
class Town {
 public:
  Town() {
    write_file(file(), town);
    use_osm_config(folders.datasets / "osm" / "osmconf.ini");
  }
  [[nodiscard]] std::filesystem::path file() const { return dir_.path() / "town.osm"; }

  /// The ids of the features that a profile keeps.
  [[nodiscard]] Texts kept(std::string const& profile, std::string const& layer) const {
    auto const ids = read_by_profile(profile, file(), layer).layer.id;
    return {ids.begin(), ids.end()};
  }

  [[nodiscard]] LayerInfo info(std::string const& layer, std::string const& profile = {}) const {
    InfoOptions options;
    options.path = file().string();
    options.layer = layer;
    options.profile = profile;
    return source_info(options, folders).layers.at(0);
  }

 private:
  TempDir dir_;
};

Texts fitting(LayerInfo const& info) {
  Texts out;
  for (ProfileMatch const& match : info.matches) out.insert(match.profile->key);
  return out;
}

}  // namespace

TEST_CASE("of a raw OpenStreetMap file every profile keeps its own features and no other") {
  Town const raw;
  CHECK(raw.kept("osm_roads", "lines") == Texts{"10"});
  CHECK(raw.kept("osm_waterways", "lines") == Texts{"12"});
  CHECK(raw.kept("osm_railways", "lines") == Texts{"13"});
  CHECK(raw.kept("osm_landuse", "multipolygons") == Texts{"20"});
  CHECK(raw.kept("osm_buildings", "multipolygons") == Texts{"21"});
  CHECK(raw.kept("osm_cycle_highways", "multilinestrings") == Texts{"30"});
}

TEST_CASE("info names all profiles that fit a layer of a raw OpenStreetMap file and takes none of them") {
  Town const raw;
  LayerInfo const lines = raw.info("lines");
  CHECK(fitting(lines) == Texts{"osm_cycle_highways", "osm_railways", "osm_roads", "osm_waterways"});
  CHECK(fitting(raw.info("multilinestrings")) == Texts{"osm_cycle_highways", "osm_waterways"});
  LayerInfo const areas = raw.info("multipolygons");
  CHECK(fitting(areas) == Texts{"osm_buildings", "osm_landuse"});
  for (LayerInfo const& one : {lines, areas}) {
    CHECK(one.ambiguous);
    CHECK(one.profile == nullptr);
    CHECK(one.rows_kept == one.rows_read);
  }
  CHECK(lines.rows_read == 6);
  for (char const* name : {"points", "other_relations"}) CHECK(fitting(raw.info(name)).empty());
}

TEST_CASE("info with a profile named counts what that profile keeps of a raw OpenStreetMap file") {
  Town const raw;
  LayerInfo const waterways = raw.info("lines", "osm_waterways");
  CHECK(waterways.rows_read == 6);
  CHECK(waterways.rows_kept == 1);
  CHECK(waterways.classes.empty());  // a river without CEMT may be navigable: not known
  CHECK(waterways.without_class == 1);
  CHECK(waterways.unlisted.empty());
  for (char const* profile : {"osm_roads", "osm_railways"}) CHECK(raw.info("lines", profile).rows_kept == 1);
}
