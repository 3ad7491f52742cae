// Real rows read with the shipped profiles. Every number was counted apart from terrein, with SQL on the source
// (ogrinfo -dialect sqlite) or with Python's csv module.
#include <set>

#include "profile_support.hpp"
#include "terrein/core/csv.hpp"
#include "terrein/network/road_graph.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

struct RealSource {
  char const* file;
  char const* layer;
  char const* profile;  ///< the one that fits best; empty = none does
};

/// Layers of ../shared/data. What stands beside them there and is of no profile's subject is left out.
RealSource const sources[] = {
    {"belgium/grb_adp_leuven_342.geojson", "referencelayer_test", "grb_adp"},
    {"belgium/grb_adp_full_sample.gml", "Adp", "grb_adp"},
    {"belgium/aapd_cadastral_wfs_sample.gml", "Cadastral_parcel", "adp_federal"},
    {"belgium/wegenregister_segmenten.gpkg", "wegsegment_hoegaarden", "wegenregister_v1"},
    {"belgium/wegenregister_segmenten.gpkg", "wegsegment_vlaanderen", "wegenregister_v1"},
    {"belgium/wegenregister_segmenten.gpkg", "wegknoop_hoegaarden", "wegenregister_wegknoop"},
    {"belgium/wegenregister_extract_shapefiles.zip", "iWegsegment", "wegenregister_v1"},
    {"belgium/wegenregister_extract_shapefiles.zip", "Wegsegment", "wegenregister_v1"},
    {"belgium/wegenregister_extract_shapefiles.zip", "eWegsegment", "wegenregister_v1"},
    {"belgium/wegenregister_extract_shapefiles.zip", "iWegknoop", "wegenregister_wegknoop"},
    {"belgium/wegenregister_extract_shapefiles.zip", "Transactiezones", ""},
    {"belgium/wegenregister_extract_shapefiles.zip", "AttWegbreedte", ""},
    {"belgium/vha_waterlopen.gpkg", "albertkanaal_zeeschelde", "vha_vhag"},
    {"belgium/vha_waterlopen.gpkg", "zeeschelde_dijle", "vha_vhag"},
    {"belgium/vlaanderen_gebieden.gpkg", "gemeente", "swing_areas"},
    {"belgium/vlaanderen_gebieden.gpkg", "ggw7", "swing_areas"},
    {"belgium/vlaanderen_gebieden.gpkg", "provincie", ""},
    {"belgium/theme_polygons_33.geojson", "themelayer_not_referenced", ""},
    {"netherlands/vaarwegvakken_28992.gpkg", "vaarwegvakken", "nl_vaarwegvakken"},
    {"netherlands/nwb_segments_missing_in_osm.gpkg", "nwb_segments", "nwb_wegvakken"},
    {"netherlands/brk_perceel_sample_v5.gml", "Perceel", "brk_perceel_gml"},
    {"netherlands/rotterdam_antwerpen_corridor_osm.gpkg", "edges", ""},
    {"osm/puurs_themes_31370.gpkg", "roads", "osm_roads"},
    {"osm/puurs_themes_31370.gpkg", "railways", "osm_railways"},
    {"osm/puurs_themes_31370.gpkg", "waterways", "osm_waterways"},
    {"osm/puurs_themes_31370.gpkg", "landuse", "osm_landuse"},
    {"osm/puurs_themes_31370.gpkg", "buildings", "osm_buildings"},
    {"osm/puurs_themes_31370.gpkg", "nature", ""},
    {"nature_flood/bwk_zwartebeek.gpkg", "bwk", "bwk"},
    {"multimodal/nodus_belgium_multimodal.gpkg", "road_polylines", "nodus_roads"},
    {"multimodal/nodus_belgium_multimodal.gpkg", "rail_polylines", "nodus_rail"},
    {"multimodal/nodus_belgium_multimodal.gpkg", "iww_polylines", "nodus_waterways"},
    {"multimodal/nodus_belgium_multimodal.gpkg", "terminals", "nodus_terminals"},
    {"multimodal/nodus_belgium_multimodal.gpkg", "centroids", ""},
    {"multimodal/rail_stations_be.csv", "rail_stations_be", "stations"},
    {"brownfield/brownfield_gla_london_mixed_crs.csv", "brownfield_gla_london_mixed_crs", "uk_brownfield_register"},
    {"brownfield/brownfield_rochdale_osgb.csv", "brownfield_rochdale_osgb", "uk_brownfield_register"},
    {"brownfield/brownfield_leicester_osgb.csv", "brownfield_leicester_osgb", "uk_brownfield_register"},
    {"brownfield/brownfield_new_forest_wgs84.csv", "brownfield_new_forest_wgs84", "uk_brownfield_register"},
    {"brownfield/brownfield_exeter_latlon_text.csv", "brownfield_exeter_latlon_text", "uk_brownfield_register"},
    {"brownfield/brownfield_wychavon_etrs89.csv", "brownfield_wychavon_etrs89", "uk_brownfield_register"},
    {"../domain/terminals.csv", "terminals", "terminals"}};

SourceLayer layer_named(SourceDescription const& source, std::string const& name) {
  for (SourceLayer const& layer : source.layers)
    if (layer.name == name) return layer;
  FAIL("no layer " << name);
  return {};
}

/// Both directions of every road that is not closed.
std::size_t arcs(ReadByProfile const& roads) {
  Issues issues;
  return build_road_graph(roads.layer, *roads.config.graph, issues).arcs();
}

using Counts = std::map<std::string, int>;

}  // namespace

TEST_CASE("real layers are recognised by the profile of their publisher", "[real]") {
  auto const data = shared("data");
  if (data.empty()) return;
  for (RealSource const& one : sources) {
    auto const file = (data / one.file).lexically_normal().string();
    INFO(one.file << " " << one.layer);
    auto const found = match_profiles(layer_named(describe_source(file, file), one.layer), file, shipped_profiles());
    if (*one.profile == '\0') {
      CHECK(found.empty());
      continue;
    }
    REQUIRE_FALSE(found.empty());
    CHECK(found.front().profile->key == one.profile);
    bool const alone = found.size() == 1 || found[1].by_name != found[0].by_name || found[1].fields < found[0].fields;
    CHECK(alone);
  }
}

TEST_CASE("a profile says that it was tried on real rows only where this file does so") {
  std::set<std::string> tried;
  for (RealSource const& one : sources) tried.insert(one.profile);
  tried.erase("");
  for (auto const& [key, profile] : shipped_profiles()) {
    INFO(key);
    CHECK(profile->tried_on.empty() == !tried.contains(key));
  }
}

TEST_CASE("real parcels keep their number as id", "[real]") {
  auto const data = shared("data/belgium");
  if (data.empty()) return;
  auto const leuven = read_by_profile("grb_adp", data / "grb_adp_leuven_342.geojson");
  CHECK(leuven.layer.size() == 342);
  // count(distinct CAPAKEY) = 342, 17 characters each
  CHECK(leuven.layer.id.front().size() == 17);
  CHECK(std::set<std::string>(leuven.layer.id.begin(), leuven.layer.id.end()).size() == 342);
  CHECK(leuven.config.renames.size() == 4);
  CHECK(read_by_profile("grb_adp", data / "grb_adp_full_sample.gml").layer.size() == 13);
  CHECK(read_by_profile("adp_federal", data / "aapd_cadastral_wfs_sample.gml").layer.size() == 13);
}

TEST_CASE("real roads of the Wegenregister: what is closed to trucks does not carry any", "[real]") {
  auto const data = shared("data/belgium");
  if (data.empty()) return;
  // MORF of the 207: 101 4, 102 11, 103 136, 107 9, 108 2, 111 3, 112 1, 114 9, 125 32; all in use and public. Closed
  // are 112, 114 and 125: 42. No line begins and ends at one node.
  for (auto const& [file, layer] : {std::pair{"wegenregister_segmenten.gpkg", "wegsegment_hoegaarden"},
                                    {"wegenregister_extract_shapefiles.zip", "iWegsegment"}}) {
    INFO(file);
    auto const roads = read_by_profile("wegenregister_v1", data / file, layer);
    CHECK(roads.layer.size() == 207);
    CHECK(arcs(roads) == 2 * (207 - 42));
  }
  // One of the 3322 is forbidden (TGBEP 3). Closed: 112 1, 113 2, 114 228, 116 2, 120 3, 125 224 = 460 of the others.
  auto const all = read_by_profile("wegenregister_v1", data / "wegenregister_segmenten.gpkg", "wegsegment_vlaanderen");
  CHECK(all.layer.size() == 3321);
  CHECK(all.config.graph->class_field == "original:MORF");
  // No line begins and ends at one node here either.
  CHECK(arcs(all) == 2 * (3321 - 460));
  auto const nodes =
      read_by_profile("wegenregister_wegknoop", data / "wegenregister_segmenten.gpkg", "wegknoop_hoegaarden");
  CHECK(nodes.layer.size() == 203);
}

TEST_CASE("real waters: unnavigable, of a class, or not known", "[real]") {
  auto const data = shared("data");
  if (data.empty()) return;
  CHECK(read_by_profile("vha_vhag", data / "belgium/vha_waterlopen.gpkg", "albertkanaal_zeeschelde").layer.size() ==
        21);
  CHECK(read_by_profile("vha_vhag", data / "belgium/vha_waterlopen.gpkg", "zeeschelde_dijle").layer.size() == 12);
  // CEMT VIb 5 (4 canals, 1 river), Va 5; without: ditch 58, drain 247, stream 76, river 5.
  CHECK(counts(read_by_profile("osm_waterways", data / "osm/puurs_themes_31370.gpkg", "waterways").classes) ==
        Counts{{"VIb", 5}, {"Va", 5}, {"unnavigable", 58 + 247 + 76}, {"-", 5}});
  // CLASS 10 20, 20 13, 30 4, 40 36, 50 32, 60 56, none 1.
  CHECK(counts(read_by_profile("nodus_waterways", data / "multimodal/nodus_belgium_multimodal.gpkg", "iww_polylines")
                   .classes) ==
        Counts{{"I", 20}, {"II", 13}, {"III", 4}, {"IV", 36}, {"Va", 32}, {"VIa", 56}, {"-", 1}});
  auto const fairways = read_by_profile("nl_vaarwegvakken", data / "netherlands/vaarwegvakken_28992.gpkg");
  CHECK(fairways.layer.size() == 3721);
  CHECK(fairways.classes.empty());
}

TEST_CASE("real themes of OpenStreetMap", "[real]") {
  auto const file = shared("data/osm/puurs_themes_31370.gpkg");
  if (file.empty()) return;
  // 4673 less path 425, cycleway 418, footway 296, steps 26, pedestrian 2, bridleway 2, platform 9, construction 5 and
  // proposed 1.
  CHECK(read_by_profile("osm_roads", file, "roads").layer.size() == 4673 - 425 - 418 - 296 - 26 - 2 - 2 - 9 - 5 - 1);
  CHECK(read_by_profile("osm_railways", file, "railways").layer.size() == 20 + 36 + 8 + 2);  // railway = rail
  CHECK(read_by_profile("osm_buildings", file, "buildings").layer.size() == 9206 - 2);       // building = no
  auto const landuse = counts(read_by_profile("osm_landuse", file, "landuse").classes);
  CHECK(landuse == Counts{{"business", 45},                                // industrial
                          {"services", 1 + 3 + 11},                        // commercial, retail, cemetery
                          {"housing", 256 + 2},                            // residential, garages
                          {"agriculture", 600 + 57 + 101 + 1049 + 5 + 3},  // farmland, farm, farmyard, meadow,
                                                                           // orchard, plant_nursery
                          {"recreation", 3 + 7},                           // allotments, recreation_ground
                          {"park", 31 + 5 + 340},                          // village_green, city_green, grass
                          {"forest", 1057},
                          {"nature", 1},      // conservation
                          {"extraction", 1},  // quarry
                          {"other", 1 + 6},   // construction, greenfield
                          {"brownfield", 7}});
}

TEST_CASE("real values of the Biologische Waarderingskaart stay as they are", "[real]") {
  auto const file = shared("data/nature_flood/bwk_zwartebeek.gpkg");
  if (file.empty()) return;
  CHECK(counts(read_by_profile("bwk", file).classes) == Counts{{"z", 34}, {"wz", 10}, {"w", 6}});
}

TEST_CASE("real Dutch roads: paths are closed, the rest is open both ways", "[real]") {
  auto const file = shared("data/netherlands/nwb_segments_missing_in_osm.gpkg");
  if (file.empty()) return;
  auto const roads = read_by_profile("nwb_wegvakken", file);
  CHECK(roads.layer.size() == 1797);
  CHECK(arcs(roads) == 2 * (1797 - 611 - 885 - 10));  // FP, VP, BU
}

TEST_CASE("real networks and terminals of Nodus", "[real]") {
  auto const file = shared("data/multimodal/nodus_belgium_multimodal.gpkg");
  if (file.empty()) return;
  auto const roads = read_by_profile("nodus_roads", file, "road_polylines");
  CHECK(roads.layer.size() == 1841);
  CHECK(arcs(roads) == 2 * 1841);
  CHECK(read_by_profile("nodus_rail", file, "rail_polylines").layer.size() == 359);
  CHECK(counts(read_by_profile("nodus_terminals", file, "terminals").classes) == Counts{{"rail;barge", 5}});
}

TEST_CASE("real areas and label points", "[real]") {
  auto const data = shared("data");
  if (data.empty()) return;
  CHECK(read_by_profile("swing_areas", data / "belgium/vlaanderen_gebieden.gpkg", "gemeente").layer.size() == 304);
  CHECK(read_by_profile("swing_areas", data / "belgium/vlaanderen_gebieden.gpkg", "ggw7").layer.size() == 2767);
  CHECK(read_by_profile("brk_perceel_gml", data / "netherlands/brk_perceel_sample_v5.gml").layer.size() == 11);
}

TEST_CASE("real terminals: modes that are no class do not count, and rows for context are left out", "[real]") {
  auto const csv = shared("domain/terminals.csv");
  if (csv.empty()) return;
  auto const table = read_csv(csv);
  nlohmann::json rows = nlohmann::json::array();
  for (auto const& row : table.rows) {
    nlohmann::json one;
    for (std::size_t i = 0; i < table.header.size(); ++i) one[table.header[i]] = row[i];
    rows.push_back(one);
  }
  TempDir const dir;
  write_rows(dir.path() / "terminals.geojson", "point", rows);
  auto const read = read_by_profile("terminals", dir.path() / "terminals.geojson");
  // 47 rows less NSP, VOLVOTRUCK and ARCELOR. Without rail, barge and sea: three airports.
  CHECK(counts(read.classes) == Counts{{"rail;barge;sea", 12},
                                       {"barge", 9},
                                       {"rail", 9},
                                       {"rail;barge", 8},
                                       {"barge;sea", 2},
                                       {"rail;sea", 1},
                                       {"-", 3}});
  CHECK(read.issues.size() == 0);
  CHECK(read.config.approximate->field == "coord_quality");
}

TEST_CASE("real registers without shapes have the columns their profiles look for", "[real]") {
  auto const data = shared("data");
  if (data.empty()) return;
  auto const rows = [&](char const* file) {
    std::string const path = (data / file).string();
    return describe_source(path, path).layers.at(0).rows;
  };
  CHECK(rows("multimodal/rail_stations_be.csv") == 729);
  CHECK(rows("brownfield/brownfield_gla_london_mixed_crs.csv") == 1079);
  CHECK(rows("brownfield/brownfield_rochdale_osgb.csv") == 128);
  CHECK(rows("brownfield/brownfield_new_forest_wgs84.csv") == 56);
  CHECK(rows("brownfield/brownfield_exeter_latlon_text.csv") == 28);
  CHECK(rows("brownfield/brownfield_wychavon_etrs89.csv") == 18);
}
